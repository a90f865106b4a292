#!/bin/sh
# A kiosk over SSH: a real sshd on loopback, with a port, keys, accounts and an /etc of its own, and
# the snippet of dist/ssh.  What asks for a shell, a command, a file or a forwarded port gets none.
. "$TOCSIN_TOP/tests/e2e/lib.sh"
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
ok "sshd accepts the snippet and listens" until_true grep -q 'listening on' "$work/sshd.log"

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
at() { run ssh -F "$work/ssh_config" "$@" </dev/null; }
let_in() { [ "$(grep -c "Accepted publickey for $1 " "$work/sshd.log")" -ge "$2" ]; }
no_shell() { ! grep -Eq 'uid=|root:|tocsin-cli' "$work/out" "$work/err"; }

for account in tocsin-kiosk kiosk-shell; do
  at "$account" id
  ok "$account: a command is not run" no_shell
  ok "$account: and it ends with an error" sh -c "[ $rc != 0 ]"
  at "$account" "cat /etc/passwd; id"
  ok "$account: nor several" no_shell
  at "$account" --kiosk --version
  ok "$account: nor an option taken" no_shell
  at -T "$account"
  ok "$account: without a terminal there is nothing" sh -c "[ $rc != 0 ]"
  at -s "$account" sftp
  ok "$account: no file is had by sftp" no_shell
  run scp -F "$work/ssh_config" "$account:/etc/passwd" "$work/got" </dev/null
  ok "$account: nor by scp" sh -c "[ ! -e '$work/got' ]"
  run scp -F "$work/ssh_config" "$work/key.pub" "$account:$work/drop/got" </dev/null
  ok "$account: nor left there" sh -c "[ ! -e '$work/drop/got' ]"
  at -W "127.0.0.1:$port" "$account"
  ok "$account: no connection is forwarded" sh -c "! grep -q SSH- '$work/out'"
  at -N -o ExitOnForwardFailure=yes -R 127.0.0.1:0:127.0.0.1:1 "$account"
  ok "$account: nor taken in" sh -c "[ $rc != 0 ]"
  ok "$account: and all of them were let in by sshd" let_in "$account" 8
done

pane 24 80
connect() { keys "clear; ssh -F $work/ssh_config -tt -A -X -o SendEnv=LANGUAGE -o SetEnv='TOCSIN_CONFIG=/nowhere LC_ALL=C' $1; echo left \$?" Enter; }
# It, and the sshd of its connection.
alone() { ! pgrep -u "$ACCOUNT" -l . | grep -Ev ' (sshd|tocsin|tocsin-kiosk)$' | sed 's/^/# /' | grep .; }
for account in tocsin-kiosk kiosk-shell; do
  connect "$account"
  ok "$account: the search screen is there" shows 'SAB Saint-Aubin, ward phone'
  typing 'rea chir'
  ok "$account: it finds" shows '7731'
  keys C-c
  keys C-z
  keys 'C-\'
  keys C-d
  keys C-x
  ok "$account: no key leaves it" shows 'not on this terminal'
  ok "$account: no shell runs beside it" alone
  ok "$account: what was forwarded is not in its environment" sh -c \
    '! tr "\0" "\n" <"/proc/$1/environ" | grep -q SSH_AUTH_SOCK' sh "$(theirs)"
  keys C-n
  kill $(theirs)
  ok "$account: where it ends, so does the connection" shows 'left '
done
connect tocsin-kiosk
ok "the next connection is a new caller's" shows 'SAB Saint-Aubin, ward phone'
ok "and shows nothing of the one before" screen_lacks 'rea chir'
kill $(theirs)
ok "and ends" shows 'left '
ok "no query is in sshd's log" sh -c "! grep -q 'rea chir' '$work/sshd.log'"
finish
