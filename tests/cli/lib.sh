# Helpers of the shell tests: TAP, a folder of their own, runs with their status and output kept.
n=0
failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/tocsin-cli-XXXXXX") || exit 1
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
sync=$TOCSIN_BUILD/tocsin-sync
maps=$TOCSIN_TOP/dist/maps

# ok "what" command...: passes when the command does
ok() {
  n=$((n + 1))
  ok_name=$1
  shift
  if "$@"; then
    echo "ok $n - $ok_name"
  else
    echo "not ok $n - $ok_name"
    failed=1
    [ -f "$work/out" ] && head -5 "$work/out" | sed 's/^/# out: /'
    [ -f "$work/err" ] && head -5 "$work/err" | sed 's/^/# err: /'
  fi
}

# run command...: status in $rc, output in $work/out and $work/err
run() {
  "$@" >"$work/out" 2>"$work/err"
  rc=$?
}

is() { [ "$1" = "$2" ] || { echo "# got '$1', not '$2'"; false; }; }
says() { grep -qF -- "$1" "$work/out" || { echo "# not said: $1"; false; }; }
complains() { grep -qF -- "$1" "$work/err" || { echo "# no such complaint: $1"; false; }; }
one_line() { [ "$(wc -l <"$work/err")" -eq 1 ]; }
count() { grep -c "^$1" "$work/out"; }

finish() {
  echo "1..$n"
  exit $failed
}

# A folder for a directory of the test's own ($scope), and no configuration of the account.
tocsin=$TOCSIN_BUILD/tocsin
private_scope() {
  scope=$work/scope
  XDG_CONFIG_HOME=$work/config
  export XDG_CONFIG_HOME
  unset TOCSIN_CONFIG LANGUAGE COLUMNS 2>/dev/null || true
}

# The languages that there are, as they are said: "en, fr".
languages() { printf en; for l in "$TOCSIN_BUILD"/locale/*/; do l=${l%/}; printf ', %s' "${l##*/}"; done; }

# Without the real data the test is skipped; tools/run-test makes that a failure where it is required.
need_real_data() {
  if [ -z "${TOCSIN_REAL_DATA:-}" ] || [ ! -d "$TOCSIN_REAL_DATA" ]; then
    echo "1..0 # SKIP TOCSIN_REAL_DATA is not set: no real files to import"
    exit 0
  fi
  csv=$TOCSIN_REAL_DATA/csv
}
