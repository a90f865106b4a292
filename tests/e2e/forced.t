#!/bin/sh
# A running kiosk whose own process is made to try what it may not: run a program, reach a network,
# open a file, signal another process.
[ -z "${TOCSIN_SANITIZED:-}" ] || {
  echo "1..1"
  echo "ok 1 - a sanitizer's own library comes first: it is tried without"
  exit 0
}
. "$TOCSIN_TOP/tests/e2e/lib.sh"
own_etc
printf '[terminal]\nsite = SAB\nscope = %s\n' "$scope" >"$work/etc/tocsin/tocsin.conf"
mkdir "$scope/journal"
cat >"$work/kiosk" <<'GO'
$unshare sh -c 'mount --bind "$work/etc" /etc && FORCED_OUT="$work/forced" LD_PRELOAD="$TOCSIN_BUILD/tests/e2e/forced.so" exec "$tocsin" --kiosk'
GO
pane 24 80
keys "clear; . $work/kiosk" Enter
ok "it_starts" shows 'Find:'
tried() { until_true grep -q "^own tgkill" "$work/forced"; }
ok "all_was_tried" tried
answers() { grep -qx "$1" "$work/forced" || { sed 's/^/# /' "$work/forced"; false; }; }
for what in execve fork 'socket inet' 'socket unix'; do
  ok "$what" answers "$what: EPERM"
done
for what in kill tgkill; do
  ok "no_${what}_of_another" answers "$what: ENOSYS"
done
ok "its_own_threads_it_may" answers "own tgkill: DONE"
if TOCSIN_CONFIG=/dev/null "$tocsin" --version --verbose | grep -q 'Landlock): NO'; then
  ok "without_Landlock_its_account_alone_holds" true
else
  for what in 'open passwd' 'open proc' create; do
    ok "$what" answers "$what: EACCES"
  done
fi
typing 'rea chir'
ok "it_goes_on" shows '7731'
finish
