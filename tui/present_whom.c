#include "base/i18n.h"
#include "core/texts.h"
#include "tui/on_call.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"
#include "tui/when.h"

/* Whoever is named as whom to call: next, instead, for another, in a cascade, on a scenario card.
 * What is to be read before the number is what a row of theirs would say. */

static const char *whom(const struct present *p, const struct uuid *uuid, const char *text,
                        bool covers);

const struct absence *present_absence(const struct present *p, const struct entry *e) {
  const struct absence *last;
  return entry_absences(e, p->world.now, p->world.clock_trusted, &last, 1) ? last : NULL;
}

const char *present_absent(const struct present *p, const struct absence *a) {
  char when[WHEN_TEXT];
  if (a->until && !p->world.clock_trusted)
    return or_empty(arena_printf(p->arena, _("absent until %s (this clock is wrong)"),
                                 when_seen(a->until, p->world.now, when)));
  return or_empty(a->until ? arena_printf(p->arena, _("absent until %s"),
                                          when_seen(a->until, p->world.now, when))
                           : arena_strdup(p->arena, _("absent")));
}

/* "ABSENT until 09:04, covered by Burns unit  4560"; of who covers and is away too the next is
 * named without a number: whoever is there is on that one's card. */
static void add_absence(struct buffer *out, const struct present *p, const struct absence *a,
                        bool covers) {
  char when[WHEN_TEXT];
  struct entry other;
  const char *of = _("nobody stands in");
  if (a->until && !p->world.clock_trusted) {
    buffer_add_text(out, present_absent(p, a));
  } else {
    buffer_add_text(out, _("ABSENT"));
    if (a->until)
      buffer_printf(out, _(" until %s"), when_seen(a->until, p->world.now, when));
  }
  if (a->pending)
    buffer_add_char(out, '?');
  if (uuid_is_nil(&a->covered_by)) {
    buffer_printf(out, ", %s", *a->text ? a->text : of);
    return;
  }
  if (!covers)
    of = whom(p, &a->covered_by, a->text, true);
  else if (cache_entry(p->cache, &a->covered_by, p->arena, &other, NULL) == TC_OK && *other.name)
    of = or_empty(present_name(p, &other));
  else
    of = _("(not held here)");
  buffer_add_text(out, ", ");
  buffer_printf(out, _("covered by %s"), of);
}

bool present_is_away(const struct present *p, const struct entry *e, const struct on_call *held) {
  return present_absence(p, e) ||
         (held && held->now.count && held->holders.away == held->holders.count);
}

static const char *warning(const struct present *p, const struct entry *e,
                           const struct on_call *held, bool covers) {
  struct buffer out = {.limit = 8192};
  const struct absence *away = present_absence(p, e);
  if (away)
    add_absence(&out, p, away, covers);
  for (size_t i = 0; !away && held && present_is_away(p, e, held) && i < held->now.count; i++) {
    const struct absence *theirs = on_call_absence(held, i, p->world.now);
    buffer_separate(&out, "; ");
    buffer_printf(&out, "%s ", on_call_name(held, i));
    if (theirs)
      add_absence(&out, p, theirs, covers);
  }
  if (held && on_call_is_open(held)) {
    struct buffer fault = {.limit = 512};
    on_call_fault(&fault, held, e, &p->world);
    buffer_separate(&out, "; ");
    buffer_add_text(&out, buffer_text(&fault));
    buffer_free(&fault);
  }
  if (held)
    on_call_lacking(&out, held, e);
  if (*e->do_not_call_if) {
    buffer_separate(&out, "; ");
    buffer_printf(&out, "%s %s", _("do NOT call if"), e->do_not_call_if);
  }
  const char *text = arena_strdup(p->arena, buffer_text(&out));
  buffer_free(&out);
  return or_empty(text);
}

const char *present_warning(const struct present *p, const struct entry *e,
                            const struct on_call *held) {
  return warning(p, e, held, false);
}

void present_warned(const struct present *p, const struct entry *e, const char **said,
                    const char **brief) {
  const struct on_call *held = present_held(p, e);
  bool open = held && on_call_is_open(held);
  *said = present_warning(p, e, held);
  *brief = present_is_away(p, e, held) ? _("ABSENT")
           : open                      ? _("NOBODY LISTED")
           : *e->do_not_call_if        ? _("do NOT call?")
                                       : "";
}

/* "A. Fictif (ABSENT until 09:04, covered by Burns unit  4560)" */
static const char *named(const struct present *p, const struct entry *e, const struct on_call *held,
                         bool covers) {
  const char *name = or_empty(present_name(p, e)), *warned = warning(p, e, held, covers);
  return *warned ? or_empty(arena_printf(p->arena, "%s (%s)", name, warned)) : name;
}

const char *present_named(const struct present *p, const struct entry *e,
                          const struct on_call *held) {
  return named(p, e, held, false);
}

const char *present_called(const struct present *p, const struct channel *c) {
  enum contact_kind kind = channel_kind(c);
  const char *number = or_empty(present_number(p, c));
  if (contact_answers(kind) == ANSWER_VOICE || !*number)
    return number;
  return or_empty(arena_printf(p->arena, "%s %s", contact_kind_text(kind), number));
}

static const char *whom(const struct present *p, const struct uuid *uuid, const char *text,
                        bool covers) {
  struct entry other;
  struct channel c;
  if (uuid_is_nil(uuid))
    return text;
  bool known = cache_entry(p->cache, uuid, p->arena, &other, NULL) == TC_OK && *other.name;
  if (!known)
    return *text ? text : _("(not held here)");
  const struct on_call *held = present_held(p, &other);
  const char *name = named(p, &other, held, covers);
  if (!present_best(p, &other, held, false, CONTACT_OTHER, &c))
    return name;
  const char *state = reach_row_text(&c, &p->world, p->arena);
  return or_empty(
      arena_printf(p->arena, "%s  %s%s%s", name, present_called(p, &c), *state ? " " : "", state));
}

const char *present_other(const struct present *p, const struct uuid *uuid, const char *text) {
  return whom(p, uuid, text, false);
}

const char *present_cover(const struct present *p, const struct absence *a) {
  return whom(p, &a->covered_by, "", true);
}
