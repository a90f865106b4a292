# A real sshd on loopback, with a port, keys, accounts and an /etc of its own, and the snippet of
# dist/ssh: for tests of a kiosk over SSH.  Sourced behind lib.sh; skips where it cannot be.
skip() {
  echo "1..0 # SKIP $1"
  exit 0
}
PATH=$PATH:/usr/sbin
command -v sshd >/dev/null 2>&1 && command -v ssh >/dev/null 2>&1 || skip "sshd is not installed"
[ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null || skip "accounts and an /etc of the test's own need root"

ACCOUNT=$((60000 + $$ % 5000)) # of this run alone
mkdir -p "$work/bin" "$work/etc/tocsin" "$work/etc/ssh" "$work/run/sshd"
cp "$tocsin" "$work/bin/tocsin"
ln -s tocsin "$work/bin/tocsin-kiosk"
cp -aL /etc/nsswitch.conf /etc/ld.so.cache /etc/localtime "$work/etc/" 2>/dev/null
[ ! -d /etc/terminfo ] || cp -aL /etc/terminfo "$work/etc/"
{
  grep -E '^(root|sshd):' /etc/passwd
  echo "tocsin-kiosk:x:$ACCOUNT:$ACCOUNT::/nonexistent:/bin/sh"
  echo "kiosk-shell:x:$ACCOUNT:$ACCOUNT::/nonexistent:$work/bin/tocsin-kiosk"
} >"$work/etc/passwd"
{
  grep -E '^(root|sshd|tty):' /etc/group
  echo "tocsin:x:$ACCOUNT:"
} >"$work/etc/group"
printf '[terminal]\nsite = SAB\nscope = %s\n' "$scope" >"$work/etc/tocsin/tocsin.conf"
ssh-keygen -q -t ed25519 -N '' -f "$work/host"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
cp "$work/key.pub" "$work/etc/ssh/tocsin-kiosk.keys"
perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport' >"$work/port"
port=$(cat "$work/port")
{
  cat <<C
Port $port
ListenAddress 127.0.0.1
HostKey $work/host
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
PrintMotd no
AcceptEnv *
Subsystem sftp internal-sftp
C
  for account in tocsin-kiosk kiosk-shell; do
    sed "s,/usr/local/bin,$work/bin,; s/User tocsin-kiosk/User $account/" "$TOCSIN_TOP/dist/ssh/tocsin-kiosk.conf"
  done
} >"$work/etc/ssh/sshd_config"
chmod 755 "$work"
chgrp -R "$ACCOUNT" "$scope"
chmod -R g+rX "$scope"
mkdir -m 1777 "$work/drop"
mkdir "$scope/journal"
chown "$ACCOUNT" "$scope/journal"

theirs() { pgrep -u "$ACCOUNT" "^tocsin"; }
# Its own /etc and /run, for sshd and all that it starts.
unshare -m --propagation private sh -c 'mount --bind "$1/etc" /etc && mount --bind "$1/run" /run && echo $$ >"$1/sshd.pid" &&
  exec "$(command -v sshd)" -D -e -f /etc/ssh/sshd_config' sh "$work" 2>"$work/sshd.log" &
trap 'kill $(theirs) $(cat "$work/sshd.pid") 2>/dev/null; wait; tm kill-server 2>/dev/null; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
listening() { until_true grep -q 'listening on' "$work/sshd.log"; }
listening

cat >"$work/ssh_config" <<C
Host tocsin-kiosk
  User tocsin-kiosk
Host kiosk-shell
  User kiosk-shell
Host *
  HostName 127.0.0.1
  Port $port
  IdentityFile $work/key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile $work/known
  LogLevel ERROR
  BatchMode yes
  ConnectTimeout 30
C
