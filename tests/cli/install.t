#!/bin/sh
# What make install puts where, that make uninstall takes all of it back, and that a release is the
# same bytes every time.
. "$TOCSIN_TOP/tests/cli/lib.sh"
cd "$TOCSIN_TOP" || exit 1
# What is built is installed as it stands: "-o all" keeps this make from building anything.
into() { # DESTDIR, target, PREFIX
  env -u MAKEFLAGS -u MAKELEVEL make --no-print-directory -s -o all "$2" B="$TOCSIN_BUILD" DESTDIR="$1" \
    PREFIX="${3:-/usr}"
}
files() { (cd "$1" && find . ! -type d | LC_ALL=C sort); }

root=$work/a\ root
run into "$root" install
ok "make install works, into a folder with a space in its name too" is $rc 0
here() { [ -f "$root/usr/$1" ]; }
for f in bin/tocsin bin/tocsin-sync share/doc/tocsin/tocsin.conf share/doc/tocsin/pg_service.conf lib/systemd/system/tocsin-sync.service \
  lib/systemd/system/tocsin-kiosk@.service share/doc/tocsin/tocsin-kiosk.conf \
  share/locale/fr/LC_MESSAGES/tocsin.mo; do
  ok "$f is installed" here "$f"
done
for m in man/*.[1-8]; do
  ok "${m#man/} is installed in its section" here "share/man/man${m##*.}/${m#man/}"
done
for f in dist/systemd/*/*.conf dist/sysctl.d/*.conf; do # what keeps the keys of a console from leaving it
  ok "${f#dist/} is there to be copied" sh -c "sed 's,/usr/local/bin/,/usr/bin/,' '$f' | cmp -s - '$root/usr/share/doc/tocsin/${f#dist/}'"
done
unlinked() { # a page that one of them names is there
  (cd "$root/usr/share/doc/tocsin/doc" && grep -oh '](\([a-z]*\.md\)' -- *.md | sed 's/](//' | sort -u | while read -r page; do
    [ -f "$page" ] || echo "$page"
  done)
}
ok "the pages are there" sh -c "[ -f '$root/usr/share/doc/tocsin/doc/kiosk.md' ] && [ -f '$root/usr/share/doc/tocsin/doc/security.md' ]"
ok "and name no page that is not" is "$(unlinked)" ""
for m in dist/maps/*.map; do
  ok "${m#dist/} is installed" here "share/tocsin/${m#dist/}"
done
ok "the unit starts what was installed" grep -q '^ExecStart=/usr/bin/tocsin-sync watch$' "$root/usr/lib/systemd/system/tocsin-sync.service"
ok "so does the kiosk's" grep -q '^ExecStart=/usr/bin/tocsin --kiosk$' "$root/usr/lib/systemd/system/tocsin-kiosk@.service"
# Each program that a unit, a sample or a manual names by its path is where it is said to be.
named() { # of what is installed below DESTDIR: the paths that are not there
  (cd "$1" && grep -rhIoE '/[a-z/]*/bin/tocsin[a-z-]*' . | sort -u | while read -r path; do
    [ -x "./$path" ] || echo "$path"
  done)
}
ok "every path of a program is one that is there" is "$(named "$root")" ""
ok "that of sshd's kiosk" grep -q '^  ForceCommand exec /usr/bin/tocsin-kiosk$' "$root/usr/share/doc/tocsin/tocsin-kiosk.conf"
for prefix in /usr/local /opt/tocsin; do
  run into "$work/other$prefix" install "$prefix"
  ok "and below $prefix" is "$rc $(named "$work/other$prefix")" "0 "
  ok "the daemon's among them" grep -q "^ExecStart=$prefix/bin/tocsin-sync watch\$" "$work/other$prefix$prefix/lib/systemd/system/tocsin-sync.service"
done
ok "INSTALL says paths of the PREFIX that it says" is "$(grep -c '/usr/bin/tocsin' INSTALL)" 0
run "$root/usr/bin/tocsin" --version
ok "what was installed runs" is $rc 0
ok "nothing else can be written by the group or by others" is "$(find "$root" ! -type l -perm /022)" ""
run into "$root" uninstall
ok "make uninstall works" is $rc 0
ok "nothing is left but shared folders" is "$(files "$root")" ""
ok "folders of our own are gone" is "$(find "$root" -name tocsin)" ""

if git -C "$TOCSIN_TOP" rev-parse -q --verify HEAD >/dev/null 2>&1; then
  dist() { env -u MAKEFLAGS -u MAKELEVEL make --no-print-directory -s dist B="$work/dist$1" | cut -d' ' -f1; }
  first=$(dist 1)
  ok "make dist makes an archive" sh -c "[ ${#first} -eq 64 ]"
  ok "the same bytes every time" is "$(dist 2)" "$first"
fi
finish
