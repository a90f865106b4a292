#!/bin/sh
# A kiosk over SSH: a real sshd on loopback, with a port, keys, accounts and an /etc of its own, and
# the snippet of dist/ssh.  What asks for a shell, a command, a file or a forwarded port gets none.
. "$TOCSIN_TOP/tests/e2e/lib.sh"
. "$TOCSIN_TOP/tests/e2e/sshd.sh"
ok "sshd accepts the snippet and listens" listening
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
