# The small directory of data/directory.txt as a scope folder: $scope.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$TOCSIN_TOP/tests/cli/data/directory.txt" >"$work/stream" &&
  "$sync" import "$work/stream" --format records --cache "$scope" >"$work/out" 2>"$work/err" || {
  echo "1..1"
  echo "not ok 1 - the directory of the test is made"
  sed 's/^/# /' "$work/err"
  exit 1
}
# t ARGUMENT...: tocsin on that directory
t() { run "$tocsin" --scope "$scope" "$@"; }
exits() { is "$rc" "$1"; }
silent() { ! [ -s "$work/$1" ]; }
keeps_quiet_of() { ! grep -qF -- "$1" "$work/out" || { echo "# said: $1"; false; }; }
# json EXPRESSION: true of $j, the decoded output (Perl's JSON::PP)
json() {
  perl -MJSON::PP -e 'local $/; open my $f, "<", shift or die; my $j = JSON::PP->new->utf8->decode(<$f>);
    exit(eval(shift) ? 0 : 1)' "$work/out" "$1"
}
