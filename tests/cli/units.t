#!/bin/sh
# What systemd says of the units: that they can be read, and how much is open to them.
. "$TOCSIN_TOP/tests/cli/lib.sh"
command -v systemd-analyze >/dev/null 2>&1 || {
  echo "1..0 # SKIP systemd-analyze is not installed"
  exit 0
}
units=$work/units
mkdir -p "$units/getty@tty1.service.d"
put() { sed "s,=/usr/bin/tocsin,=$TOCSIN_BUILD/tocsin,; s,=/usr/local/bin/tocsin,=$TOCSIN_BUILD/tocsin," "$TOCSIN_TOP/$1" >"$units/$2"; }
put dist/tocsin-sync.service tocsin-sync.service
put dist/systemd/tocsin-kiosk@.service tocsin-kiosk@tty1.service
for unit in tocsin-sync.service tocsin-kiosk@tty1.service; do
  run systemd-analyze verify --man=no --recursive-errors=no "$units/$unit"
  ok "$unit can be read: nothing is said of it" sh -c "[ $rc = 0 ] && ! grep -F '$unit' '$work/err'"
done
exposure() { # unit, most of ten times the figure
  run systemd-analyze security --offline=true --no-pager --threshold="$2" "$units/$1"
  sed -n 's/^.*Overall exposure level/# &/p' "$work/out"
  [ "$rc" = 0 ]
}
ok "the daemon's exposure is 2.0 or less" exposure tocsin-sync.service 20
ok "the kiosk's too" exposure tocsin-kiosk@tty1.service 20
ok "the kiosk is started again at once, always" sh -c "grep -qx 'Restart=always' '$units/tocsin-kiosk@tty1.service' && grep -qx 'RestartSec=0' '$units/tocsin-kiosk@tty1.service' && grep -qx 'StartLimitIntervalSec=0' '$units/tocsin-kiosk@tty1.service'"
# The console speaks the language of the machine: as systemd makes the environment, file after file.
spoken() { # what the kiosk says with a file /etc/... of that text
  mkdir -p "$work/machine/etc/default"
  rm -f "$work/machine/etc/default/locale" "$work/machine/etc/locale.conf"
  [ -z "${1:-}" ] || echo "$2" >"$work/machine$1"
  sed -n "s/^Environment=//p; s,^EnvironmentFile=-,$work/machine,p" "$units/tocsin-kiosk@tty1.service" | while read -r line; do
    case $line in
      /*) [ ! -f "$line" ] || tr -d '"' <"$line" ;;
      *) echo "$line" ;;
    esac
  done >"$work/environment"
  # shellcheck disable=SC2046
  env -i $(cat "$work/environment") "$tocsin" frobnicate 2>&1 | head -1
}
differ() { [ "$1" != "$2" ]; }
french=$(env -i LANG=fr_FR.UTF-8 "$tocsin" frobnicate 2>&1 | head -1)
english=$(env -i LANG=C.UTF-8 "$tocsin" frobnicate 2>&1 | head -1)
ok "the two languages are not one" differ "$french" "$english"
ok "a machine that says nothing has English" is "$(spoken)" "$english"
ok "one that Debian set to French has a French console" is "$(spoken /etc/default/locale 'LANG="fr_FR.UTF-8"')" "$french"
ok "one that systemd did too" is "$(spoken /etc/locale.conf LANG=fr_FR.UTF-8)" "$french"
# The drop-in, on a getty as Debian has it.
printf '[Unit]\nDescription=x\n[Service]\nExecStart=-/sbin/agetty -o "-p -- \\\\u" --noclear - $TERM\nType=idle\n' >"$units/getty@tty1.service"
cp "$TOCSIN_TOP/dist/systemd/getty@.service.d/tocsin.conf" "$units/getty@tty1.service.d/"
run systemd-analyze verify --man=no --recursive-errors=no "$units/getty@tty1.service"
ok "the drop-in for getty can be read" sh -c "[ $rc = 0 ] && ! grep -F tocsin '$work/err'"
ok "and starts it again however often it ended" grep -qx 'StartLimitIntervalSec=0' "$units/getty@tty1.service.d/tocsin.conf"
# What keeps the keys of a console from leaving it.
for part in logind system; do
  mkdir -p "$work/root/etc/systemd/$part.conf.d"
  cp "$TOCSIN_TOP/dist/systemd/$part.conf.d/tocsin-kiosk.conf" "$work/root/etc/systemd/$part.conf.d/"
  run systemd-analyze cat-config --no-pager --root="$work/root" "systemd/$part.conf"
  ok "systemd reads what it is told of $part" says 'tocsin-kiosk.conf'
done
finish
