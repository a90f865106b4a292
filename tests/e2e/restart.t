#!/bin/sh
# The unit of a kiosk under a real systemd, in a process namespace of its own: whatever ends the
# program, it stands there again, on a clean screen, however often.
unset TMPDIR
. "$TOCSIN_TOP/tests/e2e/lib.sh"
skip() {
  echo "1..0 # SKIP $1"
  exit 0
}
systemd=/lib/systemd/systemd
[ -x "$systemd" ] || skip "systemd is not installed"
[ "$(id -u)" = 0 ] || skip "a systemd of our own needs root"
nothing() { # why: no fault of the machine's set-up that somebody should mend
  echo "1..1"
  echo "ok 1 - nothing to say: $1"
  exit 0
}
[ -z "${TOCSIN_SANITIZED:-}" ] || nothing "a sanitizer needs more than the unit grants"
# What a container may not do, it may not do for us.
unshare --pid --mount --cgroup --fork sh -c 'mount -t tmpfs tmpfs /run && mount -t cgroup2 none /sys/fs/cgroup' 2>/dev/null ||
  nothing "no systemd of our own can be started in this container"
# Below a group of its own, which is gone afterwards.
groups=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
groups=$groups$(sed -n 's/^0:://p' /proc/self/cgroup)/tocsin-test-$$
mkdir "$groups" 2>/dev/null || nothing "no group of processes may be made here"

# Its accounts, its directory, its program, its unit.
account=tocsin-kiosk
mkdir -p "$work/etc/tocsin" "$work/units/$account@.service.d" "$work/bin" "$scope/journal"
for f in nsswitch.conf ld.so.cache localtime terminfo; do
  [ ! -e "/etc/$f" ] || cp -aL "/etc/$f" "$work/etc/$f" 2>/dev/null || true
done
printf 'root:x:0:0::/root:/bin/sh\n%s:x:64990:64990::/nonexistent:/bin/false\n' $account >"$work/etc/passwd"
printf 'root:x:0:\n%s:x:64990:\ntocsin-public:x:64991:%s\ntty:x:5:\n' $account $account >"$work/etc/group"
printf '[terminal]\nsite = SAB\nscope = %s\n' "$scope" >"$work/etc/tocsin/tocsin.conf"
cp "$tocsin" "$work/bin/tocsin"
chmod 755 "$work"
chgrp -R 64991 "$scope"
chmod -R g+rX "$scope"
chmod 3770 "$scope/journal"
sed "s,/usr/local/bin/tocsin,$work/bin/tocsin," "$TOCSIN_TOP/dist/systemd/$account@.service" >"$work/units/$account@.service"
ok "the program of the unit was found" grep -qx "ExecStart=$work/bin/tocsin --kiosk" "$work/units/$account@.service"
# What a terminal of the test lacks, and where its directory lies; nothing of how it is started.
cat >"$work/units/$account@.service.d/test.conf" <<D
[Unit]
DefaultDependencies=no
After=
[Service]
PrivateTmp=no
ReadWritePaths=$scope/journal
TTYVHangup=no
TTYVTDisallocate=no
DeviceAllow=char-pts rw
Environment=TERM=tmux-256color
D
cat >"$work/boot" <<'GO'
mount --bind "$work/etc" /etc && mount -t tmpfs tmpfs /run && mount -t cgroup2 none /sys/fs/cgroup &&
  container=other SYSTEMD_UNIT_PATH="$work/units" exec /lib/systemd/systemd --system --show-status=no \
    --log-target=console --log-level=info --unit="$1"
GO
pane 24 80
keys "clear; tty >$work/tty; exec sleep 3600" Enter
until_true test -s "$work/tty"
line=$(sed 's,^/dev/,,; s,/,-,' "$work/tty")
(
  sh -c 'echo $PPID' >"$groups/cgroup.procs" &&
    exec unshare -m -p -f -C -u --kill-child --mount-proc sh "$work/boot" "$account@$line.service"
) >"$work/boot.log" 2>&1 </dev/null &
booted=$!
clean() {
  kill -KILL "$booted" 2>/dev/null
  tm kill-server 2>/dev/null
  until_true without_groups
  chmod -R u+rwx "$work"
  rm -rf "$work"
}
without_groups() {
  find "$groups" -depth -type d -exec rmdir {} + 2>/dev/null
  [ ! -d "$groups" ]
}
trap clean EXIT
running() {
  now=$(perl -e 'for (glob "/proc/[0-9]*") { print(m{(\d+)}), last if (readlink("$_/exe") // "") eq $ARGV[0] }' "$work/bin/tocsin")
  [ -n "$now" ] && [ "$now" != "${was:-}" ]
}
up() { until_true running && shows 'emergency codes here'; }
was=
up || {
  sed 's/^/# /' "$work/boot.log"
  grep -q -e "Failed to mount" -e "Operation not permitted" -e "Permission denied" "$work/boot.log" && skip "a systemd of our own does not start here"
}
ok "systemd starts it on the terminal" up
ok "as the account of the unit" sh -c "grep -q '^Uid:.64990' /proc/$now/status"
ok "in its group" sh -c "grep '^Groups:' /proc/$now/status | grep -qw 64991"
ok "with its sandbox and its own lock" sh -c "grep -q '^Seccomp:.2' /proc/$now/status && grep -q '^NoNewPrivs:.1' /proc/$now/status"
for sig in KILL SEGV HUP TERM ABRT; do
  keys C-n
  typing 'rea chir'
  shows 'Find: rea chir' >"$work/said" || sed 's/^/# /' "$work/said"
  was=$now
  kill "-$sig" "$was"
  ok "it is there again after SIG$sig" up
  ok "on a clean screen" screen_lacks 'rea chir'
  typing '7731'
  ok "which takes keys" shows 'Find: 7731'
done
again() {
  for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    was=$now
    kill -KILL "$was"
    until_true running || return 1
  done
  shows 'emergency codes here'
}
ok "twelve times in a row it is" again
finish
