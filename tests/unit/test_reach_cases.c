/* tests/data/reach_cases.tsv: every row comes out as it is written, and the properties hold over
 * all of its rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/civil.h"
#include "core/reach.h"
#include "tests/lib/cases.h"
#include "tests/lib/reach_house.h"

enum { POINTS_MAX = 8, HOLDERS_MAX = 4, INCIDENTS_MAX = 8, CASES_LEAST = 200, TEXT = 256 };

static const struct zone *paris(void) {
  return house_zone(&reach_house, house_site(&reach_house, "SAB"));
}

/* ---- reading a row -----------------------------------------------------------------------------
 */

struct given {
  const struct case_row *row;
  struct arena arena;
  struct standpoint from;
  int64_t now;
  bool trusted;
  struct incident incidents[INCIDENTS_MAX];
  size_t incident_count;
  struct entry entry, people[HOLDERS_MAX];
  const struct entry *persons[HOLDERS_MAX];
  struct reach_holders holders;
};

static void bad(const struct given *g, const char *what, const char *text) {
  fail_msg("line %d: %s: %s", g->row->line, what, text);
}

/* "2026-11-22 03:14" of Paris; a plus behind it: the second time the clock shows it. */
static int64_t instant(const struct given *g, const char *text) {
  char shown[TEXT];
  int64_t wall, first, last;
  size_t len = strlen(text);
  bool second = len && text[len - 1] == '+';
  snprintf(shown, sizeof shown, "%.*s", (int)(len - second), text);
  for (char *p = shown; *p; p++)
    if (*p == '_')
      *p = ' ';
  if (!civil_read_wall(shown, &wall))
    bad(g, "no time", text);
  zone_instants(paris(), wall, &first, &last);
  return second ? last : first;
}

static struct uuid named(char letter) {
  struct uuid u = {{(uint8_t)letter}};
  return u;
}

static const char *kept(struct given *g, const char *text) {
  char *copy = arena_strdup(&g->arena, text);
  for (char *p = copy; *p; p++)
    if (*p == '_')
      *p = ' ';
  return copy;
}

static const char *e164_of(struct given *g, const char *number) {
  if (number[0] == '+')
    return kept(g, number);
  if (number[0] == '0' && strlen(number) == 10)
    return arena_printf(&g->arena, "+33%s", number + 1);
  return "";
}

static void read_attribute(struct given *g, struct contact *c, char *word) {
  char *value = strchr(word, '=');
  if (!value)
    bad(g, "no attribute", word);
  *value++ = '\0';
  if (strcmp(word, "h") == 0)
    c->hours = kept(g, value);
  else if (strcmp(word, "dom") == 0)
    c->domains = kept(g, value);
  else if (strcmp(word, "from") == 0)
    c->from = instant(g, value);
  else if (strcmp(word, "until") == 0)
    c->until = instant(g, value);
  else if (strcmp(word, "id") == 0)
    c->uuid = named(*value);
  else if (strcmp(word, "via") == 0)
    c->via = named(*value);
  else if (strcmp(word, "failed") == 0)
    c->label = kept(g, value); /* until its note is made (read_tests) */
  else if (strcmp(word, "rep") == 0 || strcmp(word, "of") == 0)
    c->replaces_uuid = named(*value);
  else
    bad(g, "no such attribute", word);
}

static void read_points(struct given *g, struct entry *e, char *text) {
  struct contact *contacts = arena_zalloc(&g->arena, POINTS_MAX, sizeof *contacts);
  struct override *overrides = arena_zalloc(&g->arena, POINTS_MAX, sizeof *overrides);
  char *save = NULL, *inner = NULL;
  e->contacts = contacts;
  e->overrides = overrides;
  for (char *point = strtok_r(text, ";", &save); point; point = strtok_r(NULL, ";", &save)) {
    struct contact c = contact_empty;
    char *kind = strtok_r(point, " ", &inner);
    if (!kind || strcmp(kind, "-") == 0)
      continue;
    bool over = strcmp(kind, "over") == 0;
    int read = over ? CONTACT_MOBILE : contact_kind_from_word(kind);
    if (read < 0) { /* hours go on behind a semicolon */
      e->contact_count--;
      struct contact *before = &contacts[e->contact_count++];
      before->hours = arena_printf(&g->arena, "%s; %s", before->hours, kept(g, kind));
      continue;
    }
    c.kind = (enum contact_kind)read;
    c.number = kept(g, strtok_r(NULL, " ", &inner));
    c.e164 = e164_of(g, c.number);
    c.order = (int64_t)e->contact_count;
    for (char *word; (word = strtok_r(NULL, " ", &inner)) != NULL;)
      if (strchr(word, '='))
        read_attribute(g, &c, word);
      else
        c.plan = kept(g, word);
    if (over)
      overrides[e->override_count++] = (struct override){.uuid = named('!'),
                                                         .contact = c.replaces_uuid,
                                                         .number = c.number,
                                                         .plan = c.plan,
                                                         .e164 = c.e164,
                                                         .kind = c.kind,
                                                         .until = c.until,
                                                         .by = "",
                                                         .reason = ""};
    else
      contacts[e->contact_count++] = c;
  }
}

/* A test that failed is a note of its entry: "failed=gone", "failed=silent". */
static void read_tests(struct given *g, struct entry *e) {
  struct note *notes = arena_zalloc(&g->arena, POINTS_MAX, sizeof *notes);
  struct contact *contacts = arena_zalloc(&g->arena, POINTS_MAX, sizeof *contacts);
  for (size_t i = 0; i < e->contact_count; i++) {
    contacts[i] = e->contacts[i];
    if (!*contacts[i].label)
      continue;
    int test = test_result_from_word(contacts[i].label);
    if (test < 0)
      bad(g, "no result of a test", contacts[i].label);
    if (uuid_is_nil(&contacts[i].uuid))
      contacts[i].uuid = named((char)(128 + i));
    notes[e->note_count++] = (struct note){.contact = contacts[i].uuid,
                                           .test = (enum test_result)test,
                                           .at = g->now - 3600,
                                           .by = "",
                                           .text = ""};
    contacts[i].label = "";
  }
  e->notes = notes;
  e->contacts = contacts;
}

/* " | Dr N. Exemple: mobile ..." */
static void read_entry(struct given *g) {
  static const struct entry none = {.name = "", .site = "", .unit = ""};
  char type[TEXT], text[CASE_TEXT], site[TEXT];
  int words = sscanf(g->row->columns[4], "%255s %255s", type, site);
  int kind = entry_type_from_word(type);
  if (words != 2 || kind < 0)
    bad(g, "no entry", g->row->columns[4]);
  g->entry = none;
  g->entry.type = (enum entry_type)kind;
  g->entry.site = kept(g, site);
  snprintf(text, sizeof text, "%s", g->row->columns[5]);
  char *next = strchr(text, '|');
  if (next)
    *next++ = '\0';
  read_points(g, &g->entry, text);
  read_tests(g, &g->entry);
  while (next) {
    char *from = strchr(next, ':');
    struct entry *person = &g->people[g->holders.count];
    next = strchr(next, '|');
    if (next)
      *next++ = '\0';
    *person = none;
    person->site = g->entry.site;
    if (!from)
      bad(g, "no holder", g->row->columns[5]);
    read_points(g, person, from + 1);
    g->persons[g->holders.count++] = person;
  }
  g->holders.persons = g->persons;
}

static uint32_t read_directions(struct given *g, const char *word) {
  uint32_t set = 0;
  char copy[TEXT], *save = NULL;
  if (strcmp(word, "all") == 0)
    return 0;
  snprintf(copy, sizeof copy, "%s", word);
  for (char *d = strtok_r(copy, "+", &save); d; d = strtok_r(NULL, "+", &save)) {
    int direction = direction_from_word(d);
    if (direction < 0)
      bad(g, "no direction", d);
    set |= 1u << direction;
  }
  return set;
}

static void read_incidents(struct given *g) {
  char text[CASE_TEXT], *save = NULL, *inner = NULL;
  snprintf(text, sizeof text, "%s", g->row->columns[3]);
  for (char *one = strtok_r(text, ";", &save); one; one = strtok_r(NULL, ";", &save)) {
    struct incident i = {.declared = true, .reason = "", .by = ""};
    char *word = strtok_r(one, " ", &inner);
    if (strcmp(word, "reported") == 0) {
      i.declared = false;
      word = strtok_r(NULL, " ", &inner);
    }
    i.domain = kept(g, word);
    i.directions = read_directions(g, strtok_r(NULL, " ", &inner));
    while ((word = strtok_r(NULL, " ", &inner)) != NULL) {
      char when[TEXT];
      const char *day = strtok_r(NULL, " ", &inner), *clock = strtok_r(NULL, " ", &inner);
      snprintf(when, sizeof when, "%s %s", day, clock);
      int64_t at = instant(g, when);
      if (strcmp(word, "since") == 0)
        i.since = at;
      else if (strcmp(word, "until") == 0)
        i.until = at;
      else if (strcmp(word, "ended") == 0)
        i.ended = at;
      else
        bad(g, "no such word", word);
    }
    i.uuid.b[0] = (uint8_t)(1 + g->incident_count);
    g->incidents[g->incident_count++] = i;
  }
}

static void read_given(struct given *g, const struct case_row *row) {
  char set[TEXT], site[TEXT];
  *g = (struct given){.row = row, .trusted = true};
  int words = sscanf(row->columns[1], "%255s %255s", set, site), kind = set_kind_from_word(set);
  if (words != 2 || kind < 0)
    bad(g, "no standpoint", row->columns[1]);
  g->from = (struct standpoint){.set = (enum set_kind)kind, .plan = "", .country = "FR"};
  char *plan = strchr(site, '/'); /* "SAB/SAB2": a phone of another plan than its usual one */
  if (plan)
    *plan++ = '\0';
  g->from.site = kept(g, site);
  const struct site *its = house_site(&reach_house, g->from.site);
  if (kind == SET_WARD)
    g->from.plan = plan ? kept(g, plan) : its ? its->plan : "";
  else if (kind == SET_RED)
    g->from.plan = "ROUGE";
  const char *when = row->columns[2];
  g->trusted = strncmp(when, "clock ", 6) != 0;
  g->now = instant(g, g->trusted ? when : when + 6);
  read_incidents(g);
  read_entry(g);
}

static struct reach_world world_of(struct given *g, const struct incident *incidents,
                                   size_t count) {
  return (struct reach_world){
      .house = &reach_house,
      .from = &g->from,
      .now = g->now,
      .clock_trusted = g->trusted,
      .outage = outage_make(&reach_house, incidents, count, g->now, g->trusted, &g->arena)};
}

/* ---- writing what came out ---------------------------------------------------------------------
 */

static const char *local(int64_t at) {
  static char text[TEXT];
  int64_t wall = zone_wall(paris(), at), first, last;
  struct civil c = civil_date(civil_day_of(wall));
  int64_t second = wall - civil_day_of(wall) * CIVIL_DAY;
  bool twice = zone_instants(paris(), wall, &first, &last) == ZONE_TWICE && at == last;
  snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d%s", (int)c.year, c.month, c.day,
           (int)(second / 3600), (int)(second / 60 % 60), twice ? "+" : "");
  return text;
}

static const char *number_of(const struct channel *c) {
  return c->stands_in ? c->stands_in->number : c->contact->number;
}

static void add_state(struct buffer *out, const struct channel *c, const char *wanted) {
  const char *domain = c->outage.incident ? c->outage.incident->domain : "";
  switch (c->state) {
  case REACH_NO_FAULT_KNOWN:
    buffer_add_text(out, "ok");
    break;
  case REACH_NOT_KNOWN:
    if (c->doubt == DOUBT_TEST) {
      buffer_add_text(out, test_result_word(c->failed->test));
      break;
    }
    if (c->doubt == DOUBT_REPORTED || c->doubt == DOUBT_UNCONFIRMED)
      buffer_printf(out, "%s %s", c->doubt == DOUBT_REPORTED ? "reported" : "unconfirmed", domain);
    else
      buffer_add_text(out, c->doubt == DOUBT_RIDES_ON ? "unknown" : "hours?");
    if (c->outage.level == OUTAGE_PERHAPS)
      buffer_printf(out, " perhaps %s", domain);
    break;
  case REACH_OTHER_SET:
    buffer_printf(out, "by %s", set_kind_word(c->set));
    if (c->outage.level == OUTAGE_PERHAPS)
      buffer_printf(out, " perhaps %s", domain);
    else if (c->doubt == DOUBT_RIDES_ON && strstr(wanted, " not known"))
      buffer_add_text(out, " not known");
    break;
  case REACH_OUTSIDE_HOURS:
    buffer_printf(out, "closed until %s", local(c->when));
    break;
  case REACH_DOWN:
    buffer_printf(out, "down %s %s", domain, direction_word(c->direction));
    break;
  case REACH_NOT_FROM_HERE:
    buffer_add_text(out, "none");
    break;
  case REACH_NOT_YET:
    buffer_add_text(out, "not-yet");
    break;
  case REACH_REPLACED:
    buffer_printf(out, "replaced %s", c->replaced_by);
    if (c->last_resort)
      buffer_add_text(out, " last-resort");
    if (c->last_resort && c->other_set)
      buffer_printf(out, " by %s", set_kind_word(c->set));
    break;
  default:
    buffer_add_text(out, "expired");
    break;
  }
}

/* One channel as the table writes it; words that the table may leave out are only added where
 * `wanted` has them. */
static void add_channel(struct buffer *out, const struct channel *c, const char *wanted) {
  buffer_printf(out, "%s ", number_of(c));
  add_state(out, c, wanted);
  if (c->state == REACH_NO_FAULT_KNOWN) {
    if (c->hours.state == HOURS_OPEN)
      buffer_printf(out, " until %s", local(c->hours.until));
    if (strstr(wanted, " tie"))
      buffer_add_text(out, c->dial.form == DIAL_TIE ? " tie" : " no tie");
    if (strstr(wanted, " inside"))
      buffer_add_text(out, c->dial.form == DIAL_BARE ? " inside" : " not inside");
    if (strstr(wanted, " public"))
      buffer_add_text(out, c->dial.form == DIAL_OUTSIDE ? " public" : " not public");
  }
  if (c->failed && c->state != REACH_NOT_KNOWN)
    buffer_printf(out, " %s", test_result_word(c->failed->test));
  if (c->stands_in)
    buffer_add_text(out, " over");
  if (c->holder)
    buffer_add_text(out, " holder");
}

static bool row_holds(struct given *g) {
  char wanted[CASE_TEXT], *save = NULL;
  struct buffer got = BUFFER_INIT;
  struct reach_world w = world_of(g, g->incidents, g->incident_count);
  size_t count = 0, n = 0;
  struct channel best;
  struct channel *all = reach_order(&g->entry, &g->holders, &w, &g->arena, &count);
  bool holds = true;
  snprintf(wanted, sizeof wanted, "%s", g->row->columns[6]);
  for (char *one = strtok_r(wanted, ";", &save); one; one = strtok_r(NULL, ";", &save)) {
    one += strspn(one, " ");
    buffer_clear(&got);
    if (strncmp(one, "best ", 5) == 0) {
      bool found = reach_best(&best, &g->entry, &g->holders, &w, CONTACT_OTHER);
      buffer_printf(&got, "best %s", found ? number_of(&best) : "none");
    } else if (n < count) {
      add_channel(&got, &all[n++], one);
    } else {
      buffer_add_text(&got, "-");
    }
    if (strcmp(buffer_text(&got), one) != 0) {
      print_error("line %d: %s: \"%s\", not \"%s\"\n", g->row->line, g->row->columns[0],
                  buffer_text(&got), one);
      holds = false;
    }
  }
  if (n != count) {
    print_error("line %d: %s: %zu more channels\n", g->row->line, g->row->columns[0], count - n);
    holds = false;
  }
  buffer_free(&got);
  return holds;
}

/* ---- the table ---------------------------------------------------------------------------------
 */

static void check_row(const struct case_row *row, void *data) {
  struct given g;
  read_given(&g, row);
  *(int *)data += !row_holds(&g);
  arena_free(&g.arena);
}

static void every_case_comes_out_as_it_is_written(void **state) {
  (void)state;
  int wrong = 0;
  size_t rows = cases_run("reach_cases.tsv", check_row, &wrong);
  assert_true(rows >= CASES_LEAST);
  assert_int_equal(wrong, 0);
}

/* ---- properties --------------------------------------------------------------------------------
 */

/* A fault of every domain, in every set of directions, on top of the row's own incidents. */
static void each_more(struct given *g, void (*each)(struct given *, const struct reach_world *,
                                                    const struct reach_world *)) {
  static const enum outage_level levels[] = {OUTAGE_DOWN, OUTAGE_REPORTED};
  struct reach_world before = world_of(g, g->incidents, g->incident_count);
  for (size_t d = 0; d < reach_house.domain_count; d++)
    for (uint32_t set = 1; set < 8; set++)
      for (size_t k = 0; k < 2; k++) {
        g->incidents[g->incident_count] = (struct incident){.domain = reach_house.domains[d].code,
                                                            .directions = set,
                                                            .since = g->trusted ? g->now : 0,
                                                            .declared = levels[k] == OUTAGE_DOWN,
                                                            .reason = "",
                                                            .by = ""};
        struct reach_world after = world_of(g, g->incidents, g->incident_count + 1);
        each(g, &before, &after);
      }
}

static size_t find(const struct channel *all, size_t count, const struct channel *wanted) {
  size_t i = 0;
  while (i < count && !(all[i].contact == wanted->contact && all[i].stands_in == wanted->stands_in))
    i++;
  return i;
}

static void is_no_better(struct given *g, const struct reach_world *before,
                         const struct reach_world *after) {
  size_t count = 0, more = 0;
  struct channel *a = reach_order(&g->entry, &g->holders, before, &g->arena, &count);
  struct channel *b = reach_order(&g->entry, &g->holders, after, &g->arena, &more);
  assert_int_equal(count, more);
  for (size_t i = 0; i < count; i++) {
    size_t k = find(b, more, &a[i]);
    assert_true(k < more);
    if (b[k].state < a[i].state)
      fail_msg("line %d: %s: with %s down too, %s goes from %s to %s", g->row->line,
               g->row->columns[0], after->outage ? g->incidents[g->incident_count].domain : "",
               number_of(&a[i]), reach_state_text(a[i].state), reach_state_text(b[k].state));
  }
}

static enum contact_kind kind_of(const struct channel *c) {
  return c->stands_in && c->stands_in->kind != CONTACT_OTHER ? c->stands_in->kind
                                                             : c->contact->kind;
}

/* Nobody speaks over it. */
static bool is_written(const struct channel *c) {
  static const enum contact_kind written[] = {CONTACT_FAX, CONTACT_FAX_SERVER, CONTACT_MAIL,
                                              CONTACT_SECURE_MAIL};
  enum contact_kind kind = kind_of(c);
  for (size_t i = 0; i < sizeof written / sizeof *written; i++)
    if (kind == written[i])
      return true;
  return false;
}

/* Of a list by state: what stands before DOWN without being of a state that does. */
static int place_of(const struct channel *c) {
  return c->last_resort ? 2 * REACH_OUTSIDE_HOURS + 1 : 2 * (int)c->state;
}

static void no_down_is_first(struct given *g, const struct reach_world *before,
                             const struct reach_world *after) {
  struct channel best;
  size_t count = 0;
  (void)before;
  struct channel *all = reach_order(&g->entry, &g->holders, after, &g->arena, &count);
  bool found = reach_best(&best, &g->entry, &g->holders, after, CONTACT_OTHER);
  assert_int_equal(found, count > 0);
  for (size_t i = 0; i < count; i++) {
    if (i > 1 && place_of(&all[i]) < place_of(&all[i - 1]))
      fail_msg("line %d: not in order", g->row->line);
    if (reach_may_be_tried(&all[i]) && is_written(&all[0]) && !is_written(&all[i]))
      fail_msg("line %d: the digit 1 is no call", g->row->line);
    if (reach_may_be_tried(&all[i]) && kind_of(&all[0]) == CONTACT_PAGER && !all[i].failed &&
        !all[i].last_resort && kind_of(&all[i]) != CONTACT_PAGER &&
        kind_of(&all[i]) != CONTACT_RADIO && !is_written(&all[i]) &&
        all[i].state != REACH_OUTSIDE_HOURS)
      fail_msg("line %d: a pager stands before what one speaks into", g->row->line);
    if (!i && (best.contact != all[0].contact || best.stands_in != all[0].stands_in))
      fail_msg("line %d: the row shows another number than the card's first", g->row->line);
    if (reach_may_be_tried(&all[i]) && (!reach_may_be_tried(&all[0]) || !reach_may_be_tried(&best)))
      fail_msg("line %d: %s is first while %s has no known fault", g->row->line, number_of(&all[0]),
               number_of(&all[i]));
  }
}

static void ends_as_it_began(struct given *g, const struct reach_world *before,
                             const struct reach_world *after) {
  size_t count = 0, again = 0;
  (void)after;
  g->incidents[g->incident_count].ended = g->now;
  struct reach_world ended = world_of(g, g->incidents, g->incident_count + 1);
  if (!g->trusted)
    return; /* when it ended cannot be told */
  struct channel *a = reach_order(&g->entry, &g->holders, before, &g->arena, &count);
  struct channel *b = reach_order(&g->entry, &g->holders, &ended, &g->arena, &again);
  assert_int_equal(count, again);
  for (size_t i = 0; i < count; i++) {
    assert_ptr_equal(a[i].contact, b[i].contact);
    assert_int_equal(a[i].state, b[i].state);
    assert_string_equal(a[i].dial.press, b[i].dial.press);
  }
}

/* The order of the contacts in memory, and that of the incidents, decide nothing. */
static void is_stable(struct given *g, const struct reach_world *before,
                      const struct reach_world *after) {
  size_t count = 0, again = 0;
  struct incident turned[INCIDENTS_MAX + 1];
  size_t n = g->incident_count + 1;
  (void)before;
  for (size_t i = 0; i < n; i++)
    turned[i] = g->incidents[n - 1 - i];
  struct reach_world w = world_of(g, turned, n);
  struct channel *a = reach_order(&g->entry, &g->holders, after, &g->arena, &count);
  struct channel *b = reach_order(&g->entry, &g->holders, &w, &g->arena, &again);
  for (size_t i = 0; i < count; i++) {
    assert_ptr_equal(a[i].contact, b[i].contact);
    assert_int_equal(a[i].state, b[i].state);
  }
}

static void (*property)(struct given *, const struct reach_world *, const struct reach_world *);

static void property_row(const struct case_row *row, void *data) {
  struct given g;
  (void)data;
  read_given(&g, row);
  each_more(&g, property);
  arena_free(&g.arena);
}

#define PROPERTY(name, each)                                                                       \
  static void name(void **state) {                                                                 \
    (void)state;                                                                                   \
    property = each;                                                                               \
    assert_true(cases_run("reach_cases.tsv", property_row, NULL) >= CASES_LEAST);                  \
  }
PROPERTY(more_incidents_never_make_a_point_reachable, is_no_better)
PROPERTY(no_down_number_is_first_while_another_has_no_known_fault, no_down_is_first)
PROPERTY(ending_all_incidents_gives_the_first_answer_back, ends_as_it_began)
PROPERTY(the_order_is_stable, is_stable)

/* ---- instead -----------------------------------------------------------------------------------
 */

static void when_everything_is_down_the_chain_the_switchboard_then_the_red_phone_above(void **st) {
  (void)st;
  struct given g = {.from = {.set = SET_WARD, .plan = "SAB", .site = "SAB", .country = "FR"}};
  struct contact night = contact_empty, nine = contact_empty,
                 above[2] = {contact_empty, contact_empty};
  struct incident pbx = {.domain = "pbx-sab", .declared = true, .reason = "", .by = ""};
  night.kind = CONTACT_MOBILE;
  night.number = "0639985001";
  night.e164 = "+33639985001";
  nine.kind = CONTACT_EXTENSION;
  nine.plan = "SAB";
  nine.number = "9";
  above[0] = nine;
  above[1].kind = CONTACT_RED_PHONE;
  above[1].plan = "ROUGE";
  above[1].number = "7701";
  struct entry chain = {.name = "", .site = "SAB", .contacts = &night, .contact_count = 1};
  struct entry swb = {.name = "", .site = "SAB", .contacts = &nine, .contact_count = 1};
  struct contact paper[] = {contact_empty, nine};
  paper[0].kind = CONTACT_FAX;
  paper[0].number = "0199005691";
  paper[0].e164 = "+33199005691";
  struct entry fax = {.name = "", .site = "SAB", .contacts = paper, .contact_count = 2};
  struct entry up = {.name = "", .site = "SAB", .contacts = above, .contact_count = 2};
  struct contact office = night;
  office.number = "0639985002";
  office.e164 = "+33639985002";
  office.hours = "mo-fr 08:30-17:00";
  struct entry shut = {.name = "", .site = "SAB", .contacts = &office, .contact_count = 1};
  g.trusted = true;
  g.now = 1000;
  struct reach_world w = world_of(&g, &pbx, 1);
  struct reach_instead list[] = {{.label = REACH_CHAIN, .entry = &shut, .text = ""},
                                 {.label = REACH_CHAIN, .entry = &fax, .text = ""},
                                 {.label = REACH_CHAIN, .entry = &chain, .text = ""},
                                 {.label = REACH_CHAIN, .entry = NULL, .text = "words"},
                                 {.label = REACH_SWITCHBOARD, .entry = &swb, .text = ""},
                                 {.label = REACH_ABOVE, .entry = &up, .text = ""}};
  assert_int_equal(reach_instead(list, 6, &w), 3); /* nobody is called over a fax */
  assert_ptr_equal(list[0].entry, &chain);         /* from a mobile */
  assert_int_equal(list[0].best.state, REACH_OTHER_SET);
  assert_ptr_equal(list[1].entry, &up);
  assert_string_equal(list[1].best.contact->number, "7701");
  assert_ptr_equal(list[2].entry, &shut); /* an office that is closed, after what answers */
  assert_ptr_equal(list[3].entry, &fax);
  assert_string_equal(list[4].text, "words");
  assert_ptr_equal(list[5].entry, &swb); /* DOWN, and still readable */
  assert_int_equal(list[5].best.state, REACH_DOWN);
  arena_free(&g.arena);
}

static void of_what_is_called_instead_a_failed_test_comes_last(void **state) {
  (void)state;
  struct given g = {.from = {.set = SET_RED, .plan = "ROUGE", .site = "SAB", .country = "FR"},
                    .now = 1000,
                    .trusted = true};
  struct contact gone = contact_empty, there = contact_empty;
  gone.kind = there.kind = CONTACT_RED_PHONE;
  gone.plan = there.plan = "ROUGE";
  gone.number = "7701";
  there.number = "7702";
  gone.uuid = named('g');
  struct note note = {
      .contact = named('g'), .test = TEST_GONE, .at = 900, .until = 2000, .by = "", .text = ""};
  struct entry one = {.name = "", .site = "SAB", .contacts = &gone, .contact_count = 1},
               two = {.name = "", .site = "SAB", .contacts = &there, .contact_count = 1};
  one.notes = &note;
  one.note_count = 1;
  struct reach_world w = world_of(&g, NULL, 0);
  struct reach_instead list[] = {{.label = REACH_CHAIN, .entry = &one, .text = ""},
                                 {.label = REACH_ABOVE, .entry = &two, .text = ""}};
  assert_int_equal(reach_instead(list, 2, &w), 2);
  assert_ptr_equal(list[0].entry, &two);
  assert_ptr_equal(list[1].entry, &one);
  assert_ptr_equal(list[1].best.failed, &note);
  w.now = 2000; /* it is over */
  struct reach_instead again[] = {{.label = REACH_CHAIN, .entry = &one, .text = ""},
                                  {.label = REACH_ABOVE, .entry = &two, .text = ""}};
  assert_int_equal(reach_instead(again, 2, &w), 2);
  assert_ptr_equal(again[0].entry, &one);
  arena_free(&g.arena);
}

static void a_ring_of_domains_is_told(void **state) {
  (void)state;
  const char *ring[8];
  struct house straight = reach_house;
  assert_int_equal(domain_ring(&reach_house, ring, 8), 2);
  assert_string_equal(ring[0], "ring-a");
  assert_string_equal(ring[1], "ring-b");
  straight.domain_count = 20; /* up to power-sab */
  assert_int_equal(domain_ring(&straight, ring, 8), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_case_comes_out_as_it_is_written),
      cmocka_unit_test(more_incidents_never_make_a_point_reachable),
      cmocka_unit_test(no_down_number_is_first_while_another_has_no_known_fault),
      cmocka_unit_test(ending_all_incidents_gives_the_first_answer_back),
      cmocka_unit_test(the_order_is_stable),
      cmocka_unit_test(when_everything_is_down_the_chain_the_switchboard_then_the_red_phone_above),
      cmocka_unit_test(of_what_is_called_instead_a_failed_test_comes_last),
      cmocka_unit_test(a_ring_of_domains_is_told),
  };
  return cmocka_run_group_tests(tests, reach_house_open, reach_house_close);
}
