#include <string.h>

#include "base/i18n.h"
#include "tui/on_call.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"

/* Cuts the last part of a unit path off. */
static void up_one(char *path) {
  char *up = path;
  for (char *at = strstr(path, " / "); at; at = strstr(at + 1, " / "))
    up = at;
  *up = '\0';
}

/* Of the nearest entry above in the unit path, at the same site, whose red phone may be tried; one
 * of which a test failed only where there is no other. */
static const struct entry *red_phone_above(const struct present *p, const struct entry *e) {
  struct entry *failed = NULL, *other = arena_zalloc(p->arena, 1, sizeof *other);
  for (char *path = arena_strdup(p->arena, e->unit); other && path && *path; up_one(path)) {
    const struct red_phone *at;
    size_t count;
    if (cache_red_phones(p->cache, e->site, path, &at, &count, NULL) != TC_OK)
      return failed;
    for (size_t i = 0; other && i < count; i++) {
      struct channel c;
      if (uuid_equal(&at[i].entry, &e->uuid) ||
          cache_entry(p->cache, &at[i].entry, p->arena, other, NULL) != TC_OK ||
          !reach_best(&c, other, NULL, &p->world, CONTACT_RED_PHONE) || !reach_rings(&c))
        continue;
      if (!c.failed)
        return other;
      if (!failed) {
        failed = other;
        other = arena_zalloc(p->arena, 1, sizeof *other);
      }
    }
  }
  return failed;
}

static struct reach_instead other_of(const struct present *p, enum reach_label label,
                                     const struct entry *e, const char *text) {
  const struct on_call *held = e ? present_held(p, e) : NULL;
  return (struct reach_instead){.label = label,
                                .entry = e,
                                .holders = held && held->now.count ? &held->holders : NULL,
                                .away = e && present_is_away(p, e, held),
                                .text = text};
}

/* The site one stands at, where its switchboard is another than the entry's, which may have none;
 * NULL: nobody asks it of a switchboard itself. */
static const struct site *own_site(const struct present *p, const struct entry *e,
                                   const struct site *site) {
  const struct site *mine = p->world.from ? house_site(p->world.house, p->world.from->site) : NULL;
  if (!mine || mine == site || uuid_is_nil(&mine->switchboard) ||
      uuid_equal(&mine->switchboard, &e->uuid) ||
      (site && (uuid_equal(&site->switchboard, &e->uuid) ||
                uuid_equal(&site->switchboard, &mine->switchboard))))
    return NULL;
  return mine;
}

/* The chain, the switchboard, the red phone above, one's own switchboard: all that there is when
 * the entry's own numbers are DOWN. */
static size_t read_instead(const struct present *p, const struct entry *e,
                           struct reach_instead list[INSTEAD_MAX]) {
  size_t n = 0;
  const struct site *site = house_site(p->world.house, e->site);
  struct entry *others = arena_zalloc(p->arena, INSTEAD_MAX, sizeof *others);
  if (!others)
    return 0;
  for (size_t i = 0; i < e->chain_count && n + 2 < INSTEAD_MAX; i++) {
    bool held = !uuid_is_nil(&e->chain[i].entry) &&
                cache_entry(p->cache, &e->chain[i].entry, p->arena, &others[n], NULL) == TC_OK;
    list[n] = other_of(p, REACH_CHAIN, held ? &others[n] : NULL, e->chain[i].text);
    n++;
  }
  if (site && !uuid_is_nil(&site->switchboard) && !uuid_equal(&site->switchboard, &e->uuid) &&
      cache_entry(p->cache, &site->switchboard, p->arena, &others[n], NULL) == TC_OK) {
    list[n] = other_of(p, REACH_SWITCHBOARD, &others[n], "");
    n++;
  }
  const struct entry *above = red_phone_above(p, e);
  if (above)
    list[n++] = other_of(p, REACH_ABOVE, above, "");
  const struct site *mine = own_site(p, e, site);
  if (mine && n < INSTEAD_MAX &&
      cache_entry(p->cache, &mine->switchboard, p->arena, &others[n], NULL) == TC_OK) {
    list[n] = other_of(p, REACH_SWITCHBOARD, &others[n], mine->code);
    n++;
  }
  return n;
}

static const char *dialled_of(const struct channel *c) {
  return *c->dial.shown ? c->dial.shown : c->stands_in ? c->stands_in->number : c->contact->number;
}

/* Two ways to a number are one number to dial. */
static bool is_same(const struct channel *a, const struct channel *b) {
  return a->set == b->set && strcmp(dialled_of(a), dialled_of(b)) == 0;
}

/* Who it is: the switchboard of another site by that. */
static const char *instead_name(const struct present *p, const struct reach_instead *s) {
  if (s->label == REACH_SWITCHBOARD && *s->text)
    return or_empty(arena_printf(p->arena, _("switchboard of %s"), s->text));
  return present_named(p, s->entry, present_held(p, s->entry));
}

static void put_label(struct instead_line *line, const struct present *p,
                      const struct reach_instead *s) {
  line->word = s->label == REACH_CHAIN         ? "chain"
               : s->label == REACH_SWITCHBOARD ? "switchboard"
                                               : "red-phone-above";
  line->label = s->label == REACH_CHAIN         ? _("instead")
                : s->label == REACH_SWITCHBOARD ? _("instead, switchboard")
                                                : _("instead, red phone above");
  if (s->label == REACH_SWITCHBOARD && *s->text)
    line->label = or_empty(arena_printf(p->arena, _("instead, switchboard of %s"), s->text));
}

size_t present_instead_lines(const struct present *p, const struct entry *e,
                             struct instead_line out[INSTEAD_MAX]) {
  struct reach_instead list[INSTEAD_MAX];
  const struct channel *said[INSTEAD_MAX];
  size_t count = read_instead(p, e, list), lines = 0;
  size_t good = reach_instead(list, count, &p->world);
  for (size_t i = 0; i < good; i++) {
    const struct reach_instead *s = &list[i];
    size_t at = 0;
    while (at < lines && !is_same(said[at], &s->best))
      at++;
    if (at < lines && s->label != REACH_CHAIN) /* a step of the chain that is the switchboard */
      put_label(&out[at], p, s);
    if (at < lines)
      continue;
    struct instead_line *line = &out[lines];
    said[lines++] = &s->best;
    put_label(line, p, s);
    line->entry = s->entry;
    line->kind = channel_kind(&s->best);
    line->number = or_empty(present_number(p, &s->best));
    const char *state = or_empty(present_state(p, &s->best, s->entry->site));
    const struct on_call *held = present_held(p, s->entry);
    line->warning = present_warning(p, s->entry, held);
    /* a warning stands before the number, with whose it is */
    const char *first = *line->warning ? present_named(p, s->entry, held) : line->number;
    line->text = or_empty(arena_printf(
        p->arena, "%s  %s, %s", *line->warning ? first : present_called(p, &s->best),
        *line->warning ? present_called(p, &s->best) : or_empty(present_name(p, s->entry)), state));
  }
  return lines;
}

const char *present_instead(const struct present *p, const struct entry *e) {
  struct reach_instead list[INSTEAD_MAX];
  size_t count = read_instead(p, e, list);
  if (!reach_instead(list, count, &p->world))
    return "";
  const char *number = present_called(p, &list[0].best),
             *state = reach_strip_text(&list[0].best, &p->world, p->arena);
  return or_empty(arena_printf(p->arena, *state ? "%s %s %s" : "%s %s", instead_name(p, &list[0]),
                               number, state));
}

const char *present_then_call(const struct present *p, const struct entry *e) {
  struct reach_instead list[INSTEAD_MAX];
  size_t count = read_instead(p, e, list);
  if (!reach_instead(list, count, &p->world))
    return or_empty(
        arena_printf(p->arena, _("switchboard %s"), or_empty(present_switchboard(p, e->site))));
  const struct reach_instead *s = &list[0];
  const char *number = present_called(p, &s->best),
             *state = reach_row_text(&s->best, &p->world, p->arena);
  if (s->label == REACH_SWITCHBOARD && !*s->text)
    number = or_empty(arena_printf(p->arena, _("switchboard %s"), number));
  else
    number = or_empty(arena_printf(p->arena, "%s %s", instead_name(p, s), number));
  return or_empty(arena_printf(p->arena, "%s%s%s", number, *state ? " " : "", state));
}

/* Is it known of a channel that nothing fails on its way? */
static bool is_clear(const struct channel *c) {
  return reach_rings(c) && !c->away && !reach_in_doubt(c);
}

struct asked present_ask(const struct present *p, const char *code) {
  const struct site *site = house_site(p->world.house, code);
  struct entry *e = arena_zalloc(p->arena, 1, sizeof *e);
  struct reach_instead list[INSTEAD_MAX];
  struct channel c;
  struct asked own = {.number = or_empty(present_switchboard(p, code))};
  if (!site || !e || uuid_is_nil(&site->switchboard) ||
      cache_entry(p->cache, &site->switchboard, p->arena, e, NULL) != TC_OK ||
      !reach_best(&c, e, NULL, &p->world, CONTACT_OTHER) || is_clear(&c))
    return own;
  size_t count = read_instead(p, e, list), good = reach_instead(list, count, &p->world);
  for (size_t i = 0; i < good; i++)
    if (is_clear(&list[i].best)) {
      const char *state = reach_strip_text(&list[i].best, &p->world, p->arena);
      const char *text = arena_printf(p->arena, *state ? "%s %s %s" : "%s %s",
                                      or_empty(present_name(p, list[i].entry)),
                                      present_called(p, &list[i].best), state);
      return (struct asked){.number = or_empty(text), .other = true};
    }
  own.doubted = true;
  if (reach_is_spoken(&c) && c.dial.form != DIAL_NONE && !c.contact->masked)
    own.number = or_empty(
        arena_printf(p->arena, "%s (%s)", or_empty(present_number(p, &c)), reach_brief_text(&c)));
  return own;
}
