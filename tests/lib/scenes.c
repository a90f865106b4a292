#include "tests/lib/scenes.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "db/journal.h"
#include "db/state.h"
#include "tests/lib/downtime.h"
#include "tests/lib/small_directory.h"
#include "tui/app_state.h"

#define CALL "rea interne{F8}"
#define TRIED CALL "1NE{enter}{saved}"
#define ICU "rea chirurgicale sab{enter}"
/* Who covers is asked. */
#define ABSENT                                                                                     \
  "nina{enter}+2"                                                                                  \
  "3d{enter}"
#define PIN "{F11}{home}{enter}"
#define ROUND "{F11}{home}{round}{enter}"
#define GROUPS "{F11}{home}{groups}{enter}{home}"
#define CASCADE GROUPS "{down}{enter}"
#define TICKED CASCADE "3NE{enter}{saved}{+60}1{saved}"
#define NIGHT_CALLS                                                                                \
  "surgical intern{F8}1NE{enter}{+60}{F8}1{+60}{F10}pharm{F8}5{saved}{F10}" ROUND                  \
  "2{saved}{+60}{F10}"
/* Everything but the domain is as the form has it. */
#define BEGIN "{F11}{enter}pbx-sab{enter}{enter}{enter}Blanc{enter}xy{enter}"
#define CENTRE "{F4}+north{enter}{enter}{enter}power{enter}xy{enter}{saved}{F10}"
#define REPORTED(domain) "{F4}+" domain "{enter}{enter}{enter}no tone{enter}xy{enter}{saved}{F10}"
#define DECLARED(domain) REPORTED(domain) /* where the tier is held */
#define REPORT "{F4}+rouge{enter}{enter}{enter}{enter}xy{enter}"

const struct scene scenes[] = {
    /* looking up */
    {"ward-start", PLACE_WARD, ""},
    {"ward-found", PLACE_WARD, "rea"},
    {"ward-nothing", PLACE_WARD, "raednimxtion"},
    {"ward-nearest", PLACE_WARD, "pnemologie nina"},
    {"ward-others", PLACE_WARD, "{up}{up}"},
    {"ward-card", PLACE_WARD, ICU},
    {"ward-digits", PLACE_WARD, ICU "1"},
    {"ward-digits-fax", PLACE_WARD, ICU "2"},
    {"ward-masked", PLACE_WARD, ICU "3"},
    {"ward-reason", PLACE_WARD, ICU "3{enter}"},
    {"ward-revealed", PLACE_WARD, ICU "3{enter}{enter}{saved}"},
    {"ward-changed-row", PLACE_WARD, "rea chirurgicale sab{revision}"},
    {"ward-changed-card", PLACE_WARD, ICU "{revision}"},
    {"ward-changed", PLACE_WARD, ICU "1{revision}"},
    {"ward-fax", PLACE_WARD, "rea chirurgicale sab{F6}"},
    {"ward-fax-right", PLACE_WARD, "rea chirurgicale sab{F6}5240"},
    {"ward-fax-alike", PLACE_WARD, "rea chirurgicale sab{F6}5204"},
    {"ward-fax-server", PLACE_WARD, "laboratoire{F6}{down}"},
    {"ward-fax-none", PLACE_WARD, "nina{F6}"},
    {"ward-sites", PLACE_WARD, "{F2}"},
    {"ward-browse", PLACE_WARD, "{F2}{end}{enter}"},
    {"ward-from", PLACE_WARD, "{F5}"},
    {"ward-from-mobile", PLACE_WARD, "{F5}3rea"},
    {"ward-print", PLACE_WARD, ICU "{F7}"},
    {"ward-help", PLACE_WARD, "{F1}"},
    {"ward-leave", PLACE_WARD, "{^X}"},
    {"ward-warning", PLACE_WARD, "rea{+106}"},
    {"ward-rest", PLACE_WARD, "rea{+600}"},
    {"ward-dead", PLACE_WARD, "45244"},
    {"ward-away", PLACE_WARD, "pneumo{enter}"},
    /* what is written */
    {"desk-nothing", PLACE_DESK, "{F11}"},
    {"desk-write", PLACE_DESK, ICU "+"},
    {"desk-note", PLACE_DESK, ICU "+{enter}ring twice, then 2"},
    {"desk-number", PLACE_DESK,
     ICU "+2"
         "0639980001{enter}"},
    {"desk-log", PLACE_DESK, TRIED "{+60}{F8}2{saved}{F11}"},
    {"desk-noted", PLACE_DESK,
     ICU "+{enter}ring twice, then 2{enter}{enter}NE{enter}{saved}{F10}rea chirurgicale sab"},
    {"desk-absence", PLACE_DESK, ABSENT "rea"},
    /* the switchboard's part */
    {"tier-ask", PLACE_TIER, PIN},
    {"tier-typed", PLACE_TIER, PIN "2607"},
    {"tier-wrong", PLACE_TIER, PIN "999111{enter}"},
    {"tier-open", PLACE_TIER, PIN "260727{enter}"},
    {"tier-card", PLACE_TIER, PIN "260727{enter}{F10}" ICU},
    {"tier-absent", PLACE_TIER,
     PIN "260727{enter}{F10}" ABSENT "rea{down}{enter}{enter}leave{enter}NE{enter}{saved}"},
    {"tier-away", PLACE_TIER,
     PIN "260727{enter}{F10}" ABSENT
         "rea{down}{enter}{enter}leave{enter}NE{enter}{saved}{F10}nina"},
    /* a call in work */
    {"call-ask", PLACE_DESK, CALL},
    {"call-initials", PLACE_DESK, CALL "1NE"},
    {"call-next", PLACE_DESK, TRIED "{+75}"},
    {"call-wrong-person-said", PLACE_DESK, CALL "4NE{enter}{saved}"},
    {"call-words", PLACE_DESK, TRIED "{+75}{F8}2"},
    {"call-wrong-person", PLACE_DESK, CALL "4NE{enter}{saved}{esc}"},
    {"call-busy", PLACE_DESK, CALL "2{enter}{saved}{esc}"},
    {"call-end", PLACE_DESK, TRIED "{+60}{F8}2{saved}{+60}{F8}1{saved}{+60}{F8}1{saved}{+60}{F8}1"},
    {"call-digits", PLACE_DESK, TRIED "{+75}1"},
    {"call-aside", PLACE_DESK, TRIED "{+75}1{F10}"},
    {"call-not-now", PLACE_DESK, TRIED "{+75}{F3}sun 20:00{enter}"},
    {"call-back", PLACE_DESK, TRIED "{+75}{F3}sun 20:00{enter}{F3}"},
    {"call-tried", PLACE_DESK, TRIED "{+75}1{F10}rea"},
    /* a night with the PBX down */
    {"down-find", PLACE_NIGHT, "surg"},
    {"down-card", PLACE_NIGHT, "surgical icu{enter}"},
    {"down-digits", PLACE_NIGHT, "surgical icu{enter}1"},
    {"down-role", PLACE_NIGHT, "surgical intern{enter}"},
    {"down-role-digits", PLACE_NIGHT, "surgical intern{enter}1"},
    {"down-instead", PLACE_NIGHT, "surgery lab{enter}"},
    {"down-gap", PLACE_NIGHT, "night super{enter}"},
    {"down-oncall", PLACE_NIGHT, "{F9}"},
    {"down-incidents", PLACE_NIGHT, "{F4}"},
    {"down-cut-off", PLACE_NIGHT, "{F4}{down}{down}{enter}"},
    {"down-say", PLACE_NIGHT, "{F4}+"},
    {"down-say-typed", PLACE_NIGHT, "{F4}+red"},
    {"down-say-calls", PLACE_NIGHT, "{F4}+rou{enter}{right}{right}"},
    {"down-said", PLACE_NIGHT, "{F4}+rouge{enter}{right}{enter}{enter}works{enter}xy{enter}"},
    {"down-one", PLACE_NIGHT, "{F4}{enter}"},
    {"down-what-if", PLACE_NIGHT, "{F4}{down}{down}{down}{down}{down}{down}{down}{enter}"},
    {"down-what-if-carrier", PLACE_NIGHT, "{F4}{down}{down}{down}{down}{down}{enter}"},
    {"down-as-at", PLACE_NIGHT, "{F3}sun 09"},
    {"down-not-now", PLACE_NIGHT, "{F3}sun 20:00{enter}surg"},
    {"down-not-now-card", PLACE_NIGHT, "{F3}mon 09:00{enter}surgical icu{enter}"},
    {"not-now-on-call", PLACE_NIGHT, "{F3}mon 09:00{enter}{F9}"},
    {"not-now-chase", PLACE_NIGHT_DESK, NIGHT_CALLS "{F3}mon 09:00{enter}{F9}{F9}"},
    {"not-now-incidents", PLACE_NIGHT, "{F3}mon 09:00{enter}{F4}"},
    {"down-not-now-digits", PLACE_NIGHT, "{F3}mon 09:00{enter}surgical icu{enter}1"},
    {"down-two", PLACE_NIGHT, "{+32400}surg"},
    {"down-away", PLACE_NIGHT, "exemple"},
    {"clock-card", PLACE_NIGHT, "{-86400}surgical icu{enter}"},
    {"up-find", PLACE_NIGHT_UP, "surg"},
    {"up-incidents", PLACE_NIGHT_UP, "{F4}"},
    {"up-reported", PLACE_NIGHT_UP,
     "{F4}+pbx{enter}{enter}{enter}no tone{enter}xy{enter}{saved}{F10}intern"},
    {"up-unknown", PLACE_NIGHT_UP,
     "{F4}+pbx{enter}{enter}{enter}no tone{enter}xy{enter}{saved}{+46800}intern"},
    {"up-unknown-list", PLACE_NIGHT_UP,
     "{F4}+pbx{enter}{enter}{enter}no tone{enter}xy{enter}{saved}{+46800}{F4}"},
    {"up-hours", PLACE_NIGHT_UP, "surgical icu{enter}"},
    {"up-hours-unreadable", PLACE_NIGHT_UP, "pharm{enter}"},
    {"desk-say", PLACE_NIGHT_TIER, "{F4}+rou"},
    {"desk-said", PLACE_NIGHT_TIER, "{F4}+rouge{enter}{enter}{enter}works{enter}xy{enter}"},
    {"desk-one", PLACE_NIGHT_TIER, "{F4}{enter}"},
    {"desk-disputed", PLACE_NIGHT_TIER, "{disputed}{F4}{enter}"},
    {"desk-disputed-list", PLACE_NIGHT_TIER, "{disputed}{F4}"},
    {"desk-disputed-past", PLACE_NIGHT_TIER, "{disputed}{+36000}{F4}{down}{enter}"},
    {"desk-ended-second", PLACE_NIGHT_TIER, REPORT "{saved}{enter}2found{enter}{saved}"},
    {"desk-back", PLACE_NIGHT_TIER, REPORT "{saved}{enter}{esc}"},
    {"desk-still", PLACE_NIGHT_TIER, "{F4}{enter}1"},
    {"desk-over", PLACE_NIGHT_TIER, "{F4}{enter}2"},
    {"desk-ended", PLACE_NIGHT_TIER, "{F4}{enter}2found{enter}xy{enter}"},
    {"down-declared-digits", PLACE_NIGHT_TIER_UP,
     "surgical icu{enter}1{F4}+pbx-sab{enter}{enter}{enter}no tone{enter}xy{enter}{saved}{esc}"},
    {"desk-unconfirmed", PLACE_NIGHT_TIER_UP, REPORT "{+46800}surg"},
    {"desk-unconfirmed-list", PLACE_NIGHT_TIER_UP, REPORT "{+46800}{F4}"},
    /* states that the night has not */
    {"state-expired", PLACE_STATES, "endoscopy"},
    {"state-expired-card", PLACE_STATES, "endoscopy{enter}"},
    {"state-expired-digits", PLACE_STATES, "endoscopy{enter}3"},
    {"state-override", PLACE_STATES, "dialysis"},
    {"state-override-card", PLACE_STATES, "dialysis{enter}"},
    {"state-overlap", PLACE_STATES, "cardiology{enter}"},
    {"state-overlap-list", PLACE_STATES, "{F9}"},
    {"state-former", PLACE_STATES, "4840"},
    {"state-former-card", PLACE_STATES, "neurology{enter}"},
    {"state-ring", PLACE_STATES, "physio{F8}1NE{enter}{saved}{F8}1{saved}"},
    {"state-zone-hours", PLACE_STATES, "maternity{enter}"},
    {"state-zone-rota", PLACE_STATES, "midwife{enter}"},
    {"state-alike", PLACE_STATES, "consultation"},
    {"state-three", PLACE_STATES, ""},
    {"state-three-list", PLACE_STATES, "{F4}"},
    /* what was announced begins, what holds for a time ends: with the minute, without a key */
    {"down-begins", PLACE_NIGHT, "{+31500}exemple{+90}"},
    {"down-begins-card", PLACE_NIGHT, "{+31500}surgical icu{enter}{+90}"},
    {"down-begins-list", PLACE_NIGHT, "{+31500}{F4}{+90}"},
    {"down-relieved", PLACE_NIGHT, "{+18900}surgical intern{+100}"},
    {"down-ends", PLACE_STATES, "{+17100}dialysis{+90}"},
    {"clock-away", PLACE_NIGHT, "{-86400}exemple"},
    /* what takes others with it, and what the source is */
    {"data-centre", PLACE_NIGHT_TIER_UP, CENTRE "surg"},
    {"data-centre-list", PLACE_NIGHT_TIER_UP, CENTRE "{F4}"},
    {"data-centre-what-if", PLACE_NIGHT_UP, "{F4}{end}{enter}"},
    {"source-stale", PLACE_NIGHT, "{stale}surg"},
    {"source-held", PLACE_NIGHT, "{held}surg"},
    {"source-restored", PLACE_NIGHT, "{restored}surg"},
    {"day-closed", PLACE_STATES, "diabet"},
    {"day-closed-card", PLACE_STATES, "diabet{enter}"},
    {"day-holiday", PLACE_STATES, "{F3}2026-12-25 10:00{enter}diabet{enter}"},
    {"day-open", PLACE_STATES, "{F3}2026-12-24 10:00{enter}diabet{enter}"},
    {"up-what-if-carrier", PLACE_NIGHT_UP, "{F4}{down}{down}{enter}"},
    {"day-spring", PLACE_NIGHT_UP, "{F3}2027-03-28 03:00{enter}surgical intern{enter}"},
    {"day-skipped", PLACE_NIGHT_UP, "{F3}2027-03-28 02:30{enter}"},
    {"day-summer", PLACE_ODD, "{F3}2027-10-31 02:10{enter}autumn{enter}"},
    {"day-winter", PLACE_ODD, "{F3}2027-10-31 02:10 winter{enter}autumn{enter}"},
    {"day-hiver", PLACE_ODD, "{F3}2027-10-31 02:10 hiver"},
    {"day-twice-on-call", PLACE_ODD, "{F3}2027-10-31 02:50{enter}{F9}"},
    {"day-coming", PLACE_ODD, "{+29629560}{esc}autumn{F3}dim 02:30{enter}"},
    {"fault-shift", PLACE_FAULTS, "faulty"},
    {"fault-shift-card", PLACE_FAULTS, "faulty{enter}"},
    {"fault-shift-on-call", PLACE_FAULTS, "{F9}"},
    {"fault-hours", PLACE_FAULTS, "pharm"},
    {"clock-rows", PLACE_FAULTS, "{-86400}intern"},
    {"clock-hours", PLACE_FAULTS, "{-86400}pharm"},
    {"clock-fault", PLACE_FAULTS, "{-86400}faulty"},
    {"clock-on-call", PLACE_FAULTS, "{-86400}{F9}"},
    {"fault-report", PLACE_FAULTS, "ambul"},
    {"clock-report", PLACE_FAULTS, "{-86400}ambul"},
    {"clock-report-list", PLACE_FAULTS, "{-86400}{F4}"},
    {"domain-ring", PLACE_ODD, "{F4}"},
    {"domain-ring-down", PLACE_ODD,
     "{F4}+odd-north{enter}{enter}{enter}no tone{enter}xy{enter}{saved}{F4}"},
    {"desk-shorter", PLACE_NIGHT_TIER,
     "{F4}{enter}1{enter}{back}{back}{back}1h{enter}{enter}xy{enter}"},
    /* lines between the sites, and other kinds of number */
    {"lines-tie", PLACE_LINES_UP, "tie"},
    {"lines-tie-card", PLACE_LINES_UP, "tie{enter}"},
    {"lines-tie-down", PLACE_LINES_UP, DECLARED("tie-n") "tie th{enter}"},
    {"lines-trunk-down", PLACE_LINES_UP, DECLARED("trunk") "tie"},
    {"lines-trunk-outside", PLACE_LINES_UP, DECLARED("trunk") "{F5}3porter{enter}"},
    {"lines-pager", PLACE_LINES_UP, "porter"},
    {"lines-pager-card", PLACE_LINES_UP, "porter on{enter}"},
    {"lines-pager-call", PLACE_LINES_UP, "porter on{enter}{F8}1NE{enter}{saved}{F8}"},
    {"lines-pager-down", PLACE_LINES_UP, DECLARED("pagers") "porter on{enter}"},
    {"lines-no-phone", PLACE_LINES, "fax archive"},
    {"lines-no-phone-card", PLACE_LINES, "fax archive{enter}"},
    {"lines-no-phone-fax", PLACE_LINES, "fax archive{F6}"},
    {"lines-not-yet", PLACE_LINES_UP, "transfer{enter}"},
    {"lines-not-from-here", PLACE_LINES_UP, "{F5}3transfer{enter}"},
    {"lines-ward-phone", PLACE_LINES_UP, "{F5}2fax archive{enter}"},
    {"up-reported-mobile", PLACE_NIGHT_UP, REPORTED("carrier") "exemple"},
    {"lines-code-reported", PLACE_NIGHT_UP, REPORTED("pbx") "2222"},
    {"lines-code-reported-card", PLACE_NIGHT_UP, REPORTED("pbx") "2222{enter}"},
    {"lines-set-reported", PLACE_NIGHT, REPORTED("rouge") "surgery lab"},
    /* what few columns must still tell apart, and say */
    {"alike-names", PLACE_ALIKE, "cardiology"},
    {"alike-units", PLACE_ALIKE, "day hospital"},
    {"alike-warned", PLACE_ALIKE, "neuro"},
    {"alike-noted", PLACE_ALIKE, "blood"},
    {"group-desk", PLACE_GROUP, ""},
    {"group-incidents", PLACE_GROUP, "{F4}"},
    /* what is not saved, what cannot be read, and what a probe says */
    {"not-saved", PLACE_DESK, "{nowhere}" ICU "+{enter}ring twice{enter}{enter}NE{enter}{unsaved}"},
    {"not-saved-call", PLACE_DESK, "{nowhere}" CALL "1NE{enter}{unsaved}"},
    {"not-saved-report", PLACE_NIGHT_UP, "{nowhere}" REPORT "{unsaved}"},
    {"journal-damaged", PLACE_NIGHT_TIER_UP, REPORT "{saved}{rotten}surg"},
    {"journal-damaged-list", PLACE_NIGHT_TIER_UP, REPORT "{saved}{rotten}{F4}"},
    {"probed", PLACE_NIGHT_TIER_UP, "{probed}surgical icu{enter}"},
    {"probed-list", PLACE_NIGHT_TIER_UP, "{probed}{F4}"},
    {"probed-one", PLACE_NIGHT_TIER_UP, "{probed}{F4}{enter}"},
    {"probed-ward", PLACE_NIGHT_UP, "{probed}{F4}{enter}"},
    {"not-now-fax", PLACE_LINES, "{F3}mon 09:00{enter}fax archive{F6}"},
    {"not-now-fax-digits", PLACE_LINES, "{F3}mon 09:00{enter}fax archive{F6}7062"},
    {"not-now-roll-call", PLACE_NIGHT_GROUPS, "{F3}mon 09:00{enter}surg{F11}"},
    {"roll-call-second", PLACE_NIGHT_GROUPS,
     TICKED "{esc}{home}{enter}{+60}2{saved}{+7200}" GROUPS "{enter}1NE{enter}{saved}"},
    /* rounds, groups, the morning */
    {"desk-to-do", PLACE_NIGHT_DESK, "{F11}"},
    {"round", PLACE_NIGHT_DESK, ROUND},
    {"round-noted", PLACE_NIGHT_DESK, ROUND "1NE{enter}{saved}{+60}2{saved}"},
    {"chase", PLACE_NIGHT_DESK, NIGHT_CALLS "{F9}{F9}"},
    {"cascade", PLACE_NIGHT_GROUPS, CASCADE},
    {"cascade-ticked", PLACE_NIGHT_GROUPS, TICKED},
    {"groups", PLACE_NIGHT_GROUPS, TICKED "{esc}"},
    {"roll-call", PLACE_NIGHT_GROUPS, TICKED "{esc}{home}{enter}{+60}2{saved}"},
    {"roll-call-anew", PLACE_NIGHT_GROUPS,
     TICKED "{esc}{home}{enter}{+60}2{saved}{+7200}" GROUPS "{enter}"},
    {"cascade-pager", PLACE_LINES_UP, GROUPS "{down}{enter}"},
    {"cascade-paged", PLACE_LINES_UP, GROUPS "{down}{enter}1NE{enter}{saved}"},
    {"cascade-called-back", PLACE_LINES_UP,
     GROUPS "{down}{enter}1NE{enter}{saved}{up}{+60}3{saved}{up}"},
    /* an exercise */
    {"exercise-form", PLACE_EXERCISE, "{F11}{enter}pbx{down}"},
    {"exercise-begun", PLACE_EXERCISE, BEGIN},
    {"exercise-find", PLACE_EXERCISE, BEGIN "surg"},
    {"exercise-card", PLACE_EXERCISE, BEGIN "surgical icu{enter}"},
    {"exercise-digits", PLACE_EXERCISE, BEGIN "surgical icu{enter}1"},
    {"exercise-real", PLACE_EXERCISE, BEGIN "surgical icu{enter}{F3}"},
    {"exercise-called", PLACE_EXERCISE, BEGIN "surgical icu{enter}{F8}1"},
    {"exercise-incidents", PLACE_EXERCISE, BEGIN "{F4}"},
    {"exercise-say", PLACE_EXERCISE, BEGIN "{F4}+"},
    {"exercise-oncall", PLACE_EXERCISE, BEGIN "{F9}"},
    {"exercise-desk", PLACE_EXERCISE, BEGIN "{F11}"},
    {"exercise-print", PLACE_EXERCISE, BEGIN "{F7}"},
    {"exercise-bare", PLACE_BARE, BEGIN "dental"},
    {"exercise-bare-card", PLACE_BARE, BEGIN "dental surgeon{enter}"},
    {"exercise-bare-oncall", PLACE_BARE, BEGIN "{F9}"},
    {"exercise-over", PLACE_EXERCISE, BEGIN "{+14700}{F4}"},
    {"exercise-broken", PLACE_EXERCISE,
     BEGIN "surgical icu{enter}{F4}+rouge{enter}{enter}{enter}{enter}"},
};
const size_t scene_count = sizeof scenes / sizeof *scenes;

const struct scene_size scene_sizes[SCENE_SIZES] = {{24, 80}, {10, 40}, {60, 200}};

static const struct {
  const char *zone, *settings, *without, *more;
  enum audience audience;
} places[PLACE_COUNT] = {
    [PLACE_WARD] = {"UTC", "", NULL, NULL, AUDIENCE_PUBLIC},
    [PLACE_DESK] = {"UTC", "desk = yes\n", NULL, NULL, AUDIENCE_PUBLIC},
    [PLACE_TIER] = {"UTC", "", NULL, NULL, AUDIENCE_SWITCHBOARD},
    [PLACE_NIGHT] = {"Europe/Paris", "", NULL, NULL, AUDIENCE_PUBLIC},
    [PLACE_NIGHT_UP] = {"Europe/Paris", "", "incident", NULL, AUDIENCE_PUBLIC},
    [PLACE_NIGHT_DESK] = {"Europe/Paris", "desk = yes\n", NULL, NULL, AUDIENCE_CLINICAL},
    [PLACE_NIGHT_TIER] = {"Europe/Paris", "", NULL, NULL, AUDIENCE_SWITCHBOARD},
    [PLACE_NIGHT_TIER_UP] = {"Europe/Paris", "", "incident", NULL, AUDIENCE_SWITCHBOARD},
    [PLACE_NIGHT_GROUPS] = {"Europe/Paris", "desk = yes\n", NULL, NULL, AUDIENCE_SWITCHBOARD},
    [PLACE_EXERCISE] = {"Europe/Paris", "desk = yes\nname = desk-1\n", "incident", NULL,
                        AUDIENCE_SWITCHBOARD},
    [PLACE_BARE] = {"Europe/Paris", "desk = yes\nname = desk-1\n", "incident", "bare",
                    AUDIENCE_SWITCHBOARD},
    [PLACE_STATES] = {"Europe/Paris", "desk = yes\n", NULL, "states", AUDIENCE_PUBLIC},
    [PLACE_ODD] = {"Europe/Paris", "", "incident", "odd", AUDIENCE_PUBLIC},
    [PLACE_FAULTS] = {"Europe/Paris", "", NULL, "faults", AUDIENCE_SWITCHBOARD},
    [PLACE_LINES] = {"Europe/Paris", "", NULL, "lines", AUDIENCE_PUBLIC},
    [PLACE_LINES_UP] = {"Europe/Paris", "desk = yes\n", "incident", "lines", AUDIENCE_SWITCHBOARD},
    [PLACE_ALIKE] = {"Europe/Paris", "desk = yes\n", "incident", "alike", AUDIENCE_SWITCHBOARD},
    [PLACE_GROUP] = {"Europe/Paris", "desk = yes\n" BENCH_NOWHERE, NULL, "several",
                     AUDIENCE_SWITCHBOARD},
};

static bool is_small(enum scene_place place) {
  return place <= PLACE_TIER;
}

void scene_open(struct bench *b, enum scene_place place, const struct scene_size *size) {
  struct tc_error err = {0};
  tc_status status;
  setenv("TZ", places[place].zone, 1);
  tzset();
  prepare_with(b, places[place].settings);
  if (place == PLACE_TIER) {
    status = small_switchboard(b->scope, &err);
    if (status == TC_OK)
      status = pin_set(b->scope, "260727", &err);
  } else if (is_small(place)) {
    status = small_directory(b->scope, 1, &err);
  } else {
    b->now = DOWNTIME_NOW;
    status = downtime_directory_with(b->scope, places[place].without, places[place].audience,
                                     places[place].more, &err);
  }
  if (status != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  open_app(b);
  scene_resize(b, size);
}

void scene_resize(struct bench *b, const struct scene_size *size) {
  assert_int_equal(grid_resize(&b->grid, size->rows, size->cols, NULL), TC_OK);
  app_size(b->app, size->rows, size->cols);
}

static void to_target(struct bench *b, enum target_kind kind) {
  while (b->app->targets[b->app->list.selected].kind != kind)
    press(b, K_DOWN);
}

/* How the daemon left it at its last round; false: no such state. */
static bool put_state(struct bench *b, const char *name) {
  static const struct {
    const char *name, *result;
    int64_t confirmed, offered, held; /* confirmed: seconds ago */
  } states[] = {{"stale", "failed", 57600, 0, 0},
                {"held", "held", 120, 12, 22481},
                {"restored", "restored", 60, 0, 0}};
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    if (strcmp(states[i].name, name) == 0) {
      struct tc_error err = {0};
      struct sync_state state = {.confirmed = b->now - states[i].confirmed,
                                 .checked = b->now,
                                 .offered = states[i].offered,
                                 .held = states[i].held};
      snprintf(state.result, sizeof state.result, "%s", states[i].result);
      if (state_write(&state, b->scope, &err) != TC_OK)
        fail_msg("%s", err.text);
      return true;
    }
  return false;
}

/* An act of another switchboard at this machine. */
static void put_act(struct bench *b, struct act *act) {
  struct buffer record = BUFFER_INIT;
  struct tc_error err = {0};
  act->audience = act->audience ? act->audience : AUDIENCE_SWITCHBOARD;
  act->account = "";
  assert_int_equal(uuid_random(&act->uuid, NULL), TC_OK);
  if (act_encode(act, &record, &err) != TC_OK ||
      journal_append(b->scope, record.data, record.len, &err) != TC_OK)
    fail_msg("%s", err.text);
  buffer_free(&record);
}

/* Whoever ends it has not heard that somebody extended it, and why. */
static void put_dispute(struct bench *b) {
  const struct incident *n = cache_house(b->app->setup.cache)->incidents;
  const struct domain *d = house_domain(cache_house(b->app->setup.cache), n->domain);
  struct arena arena = ARENA_INIT;
  struct act longer = {.type = "incident-change",
                       .initials = "JD",
                       .at = b->now,
                       .subject = d->uuid},
             over = {.type = "incident-end", .initials = "MB", .at = b->now, .subject = d->uuid};
  longer.terminal.b[15] = 200;
  over.terminal.b[15] = 201;
  act_put_uuid(&longer, &arena, "incident", &n->uuid);
  act_put_int(&longer, &arena, "until", b->now + 8 * 3600);
  act_put(&longer, &arena, "reason",
          "power supply; JD 2026-11-22 02:10 UTC: the second feed is down too, the generator of "
          "the east wing holds "
          "until the morning; MB 2026-11-22 02:12 UTC: ended, there is tone in the west wing and "
          "the desk can be "
          "called from outside");
  act_put_uuid(&over, &arena, "incident", &n->uuid);
  act_put_int(&over, &arena, "was", n->until);
  put_act(b, &longer);
  put_act(b, &over);
  arena_free(&arena);
  app_tick(b->app);
}

/* As tocsin-sync writes it (sync/propose.c), at the time of the scene. */
static void put_probe(struct bench *b) {
  const struct domain *d = house_domain(cache_house(b->app->setup.cache), "pbx-sab");
  struct arena arena = ARENA_INIT;
  struct act act = {.type = "incident-report",
                    .initials = "probe",
                    .at = b->now,
                    .subject = d->uuid,
                    .audience = d->audience};
  act.terminal.b[15] = 202;
  act_put(&act, &arena, "domain", d->code);
  act_put_ways(&act, &arena, "directions", 1u << DIRECTION_INBOUND);
  act_put(&act, &arena, "reason", "probe: no answer on the network, 3 times");
  act_put_int(&act, &arena, "until", b->now + 4 * 3600);
  put_act(b, &act);
  arena_free(&arena);
  app_tick(b->app);
}

/* A file is in the way of the journal; a kiosk says so without a path. */
static void put_in_the_way(struct bench *b) {
  char path[FOLDER_PATH + 16];
  snprintf(path, sizeof path, "%s/journal", b->scope);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  assert_int_equal(fclose(f), 0);
  b->app->setup.kiosk = true;
}

/* The disk has refused it, and that is said. */
static void wait_until_told(struct bench *b) {
  int64_t end = clock_monotonic_us() + 20 * INT64_C(1000000);
  struct tc_error why = {.status = TC_OK};
  while (!journal_writer_unsaved(b->app->journal, &why) || why.status == TC_OK) {
    assert_true(clock_monotonic_us() < end);
    sched_yield();
  }
  b->app->unsaved = 0;
  app_tick(b->app);
}

static void rot_journal(struct bench *b) {
  struct buffer bytes = BUFFER_INIT;
  char path[FOLDER_PATH + 32];
  int64_t at = b->app->setup.clock.at, now = b->now;
  app_close(b->app);
  snprintf(path, sizeof path, "%s/journal/%lu", b->scope, (unsigned long)getuid());
  assert_int_equal(file_read(&bytes, path, 1 << 20, NULL), TC_OK);
  assert_true(bytes.len > 80);
  memcpy(bytes.data + 60, "rotten", 6);
  assert_int_equal(file_replace(path, bytes.data, bytes.len, 0640, NULL), TC_OK);
  buffer_free(&bytes);
  b->now = at;
  open_app(b);
  b->now = now;
}

static void named_key(struct bench *b, const char *name) {
  static const struct {
    const char *name;
    enum key_name key;
  } names[] = {{"enter", K_ENTER}, {"esc", K_ESC},       {"up", K_UP},   {"down", K_DOWN},
               {"left", K_LEFT},   {"right", K_RIGHT},   {"tab", K_TAB}, {"home", K_HOME},
               {"end", K_END},     {"F1", K_F1},         {"F2", K_F2},   {"F3", K_F3},
               {"F4", K_F4},       {"F5", K_F5},         {"F6", K_F6},   {"F7", K_F7},
               {"F8", K_F8},       {"F9", K_F9},         {"F10", K_F10}, {"F11", K_F11},
               {"F12", K_F12},     {"back", K_BACKSPACE}};
  struct tc_error err = {0};
  if (*name == '+' || *name == '-') {
    later(b, strtoll(name, NULL, 10));
  } else if (*name == '^') {
    control(b, name[1]);
  } else if (strcmp(name, "round") == 0) {
    to_target(b, TARGET_ROUND);
  } else if (strcmp(name, "groups") == 0) {
    to_target(b, TARGET_GROUPS);
  } else if (strcmp(name, "saved") == 0) {
    wait_until_saved(b);
    b->app->message[0] = '\0'; /* it may say that the disk was slow */
  } else if (strcmp(name, "probed") == 0) {
    put_probe(b);
  } else if (strcmp(name, "nowhere") == 0) {
    put_in_the_way(b);
  } else if (strcmp(name, "unsaved") == 0) {
    wait_until_told(b);
  } else if (strcmp(name, "rotten") == 0) {
    rot_journal(b);
  } else if (strcmp(name, "disputed") == 0) {
    put_dispute(b);
  } else if (put_state(b, name)) {
    app_tick(b->app);
  } else if (strcmp(name, "revision") == 0) {
    assert_int_equal(small_directory(b->scope, 2, &err), TC_OK);
    app_tick(b->app);
  } else {
    size_t i = 0, count = sizeof names / sizeof *names;
    while (i < count && strcmp(names[i].name, name) != 0)
      i++;
    if (i == count)
      fail_msg("no such key: %s", name);
    press(b, names[i].key);
  }
}

void keys(struct bench *b, const char *text) {
  char name[16];
  while (*text) {
    const char *end = *text == '{' ? strchr(text, '}') : NULL;
    if (!end) {
      type(b, (char[]){*text++, '\0'});
      continue;
    }
    snprintf(name, sizeof name, "%.*s", (int)(end - text - 1), text + 1);
    named_key(b, name);
    text = end + 1;
  }
}
