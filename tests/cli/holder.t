#!/bin/sh
# Whoever holds a role now is dialled at the point that the shift names, with what stands in for that point
# and what it rides on, and at no other.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
{
  cat <<'X'
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
plan | SAB
zone | Europe/Paris

plan | public | @p1
code | SAB
country | FR
name | Saint-Aubin
out | 0

domain | public | @d1
code | car-a
kind | carrier
name | Carrier A

entry | public | @e1
c | 000 | @c1 | 3610 | kind=extension | plan=SAB
c | 001 | @c2 | 0639981234 | e=+33639981234 | kind=mobile
name | Anne A.
over | @o1 | 3699 | at=1795280520 | kind=extension | of=@c1 | plan=SAB
site | SAB
type | person

entry | public | @e2
name | Astreinte alpha
site | SAB
type | role

entry | public | @e3
name | Astreinte beta
site | SAB
type | role

entry | public | @e4
name | Astreinte gamma
site | SAB
type | role

rule | public | @q1
domains | car-a
high | +33639989999
kind | mobile
low | +33639980000
order | 1

rota | public | @r1
made | 1795280520
role | @e2
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | c=@c2 | line=1 | text=A. Anne | who=@e1

rota | public | @r2
made | 1795280520
role | @e3
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | c=@c7 | line=1 | text=A. Anne | who=@e1

rota | public | @r3
made | 1795280520
role | @e4
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | e=+33639985678 | line=1 | no=0639985678 | text=A. Anne | who=@e1
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
t() { TZ=Europe/Paris run "$tocsin" --scope "$scope" --site SAB "$@"; }
keeps_quiet_of() { ! grep -v '^from: ' "$work/out" | grep -qF -- "$1"; } # the foot has the time of day
ok "a directory with three rotas" is "$rc" 0
t find astreinte alpha
ok "the shift's own point is dialled" says "06 39 98 12 34"
ok "and not what stands in for another point of the holder" keeps_quiet_of 3699
t find astreinte beta
ok "where the point of the shift is not held, no other is taken for it" keeps_quiet_of 36
t incident report car-a --reason test
t find astreinte gamma
ok "the shift's own number has the holder's carrier" says "reported DOWN"
finish
