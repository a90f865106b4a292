#include <string.h>

#include "base/date.h"
#include "base/emit.h"
#include "base/i18n.h"
#include "base/width.h"
#include "core/hours.h"
#include "core/texts.h"
#include "tui/answer.h"
#include "tui/not_now.h"
#include "tui/output.h"
#include "tui/played.h"
#include "tui/present.h"
#include "tui/reach_text.h"
#include "tui/switchboard.h"
#include "tui/write.h"

enum { NUMBER_WIDEST = 24, KIND_WIDEST = 28, NAME_LEAST = 12, INDENT = 4, GAP = 2 };

/* One row as it is seen: every text harmless and in what the locale can show. */
struct line {
  const char *site, *name, *place, *number, *kind;
};

struct page {
  struct buffer *out;
  struct arena arena;
  enum translit target;
  int columns;
  bool not_now;                        /* it is of another time: every line says so */
  bool told;                           /* the place of a row says what is to be read first */
  const struct exercise *played;       /* so does every line of this; NULL: it is real */
  int site, name, place, number, kind; /* widths */
};

static int width(const char *text) {
  return (int)utf8_width(text, strlen(text));
}

static const char *shown(struct page *p, const char *text) {
  return emit_shown(&p->arena, text, p->target);
}

/* Appends text padded or cut ("...") to so many columns, and a gap. */
static void add_cell(struct page *p, const char *text, int columns) {
  size_t used;
  int wide = width(text);
  if (columns <= 0)
    return;
  if (wide <= columns) {
    buffer_printf(p->out, "%s%*s", text, columns - wide + GAP, "");
    return;
  }
  const char *dots = p->target == TRANSLIT_NONE ? "…" : "...";
  int room = columns - width(dots);
  size_t fit = utf8_fit(text, strlen(text), room > 0 ? (size_t)room : 0, &used);
  buffer_add(p->out, text, fit);
  buffer_printf(p->out, "%s%*s", dots, columns - (int)used - width(dots) + GAP, "");
}

static void end_line(struct page *p) {
  struct buffer *out = p->out;
  while (out->status == TC_OK && out->len && out->data[out->len - 1] == ' ')
    out->data[--out->len] = '\0';
  buffer_add_char(out, '\n');
}

/* Appends one sentence or label and text, harmless, on a line of its own. */
static void add_line(struct page *p, int indent, const char *label, const char *text) {
  buffer_printf(p->out, "%*s%s%s", indent, "", label, shown(p, text));
  end_line(p);
}

/* What is said of a contact point: "fax machine, outside its hours". */
static const char *kind_of(struct page *p, const struct answer_channel *c, bool in_list) {
  struct buffer text = BUFFER_INIT;
  buffer_add_text(&text, contact_kind_text(channel_kind(c->reach)));
  if (c->contact->label[0])
    buffer_printf(&text, " (%s)", c->contact->label);
  if (c->contact->masked)
    buffer_printf(&text, ", %s", _("masked"));
  if (p->not_now)
    buffer_printf(&text, ", %s", _("NOT NOW"));
  if (c->via[0])
    buffer_printf(&text, ", %s", c->via);
  if (in_list && c->reason[0])
    buffer_printf(&text, ", %s", c->reason);
  else if (in_list && *c->mark)
    buffer_printf(&text, ", %s", c->mark);
  const char *kind = shown(p, buffer_text(&text));
  buffer_free(&text);
  return kind;
}

/* "2222  DOWN: red phone 7700": the code's own number, and what is left of it. */
static void say_code_down(struct page *p, struct line *to, const struct answer_row *row) {
  const char *left = row->left;
  if (left && p->not_now)
    left = arena_printf(&p->arena, "%s, %s", left, _("NOT NOW"));
  to->number = shown(p, row->down->number);
  to->kind = shown(p, left ? left : "");
}

static void fill_line(struct page *p, struct line *to, const struct answer_row *row) {
  const struct entry *e = row->entry;
  struct buffer text = BUFFER_INIT;
  buffer_printf(&text, "%s%s", match_approximate(row->match) ? "~" : "", e->name);
  to->site = shown(p, e->site);
  to->name = shown(p, buffer_text(&text));
  buffer_free(&text);
  const char *found = row->matched[0] ? found_as(&p->arena, e, row->matched) : row->place;
  p->told = p->told || *row->brief;
  to->place = shown(p, *row->brief ? row->brief : found ? found : "");
  to->number = "";
  to->kind =
      p->not_now
          ? emit_shown(&p->arena, arena_printf(&p->arena, "%s, %s", _("no number"), _("NOT NOW")),
                       p->target)
          : _("no number");
  if (row->channel_count) {
    to->number = shown(p, row->channels[row->best].number);
    to->kind = kind_of(p, &row->channels[row->best], true);
    if (row->down)
      say_code_down(p, to, row);
  }
}

static void widen(int *to, const char *text, int most) {
  int wide = width(text);
  if (wide <= most && wide > *to)
    *to = wide;
}

/* Numbers and sites are never cut: name and place share what they leave. */
static void measure(struct page *p, const struct line *lines, size_t count) {
  for (size_t i = 0; i < count; i++) {
    widen(&p->site, lines[i].site, p->columns);
    widen(&p->name, lines[i].name, p->columns);
    int place =
        width(lines[i].place); /* it may be cut, what is to be read first is never left out */
    widen(&p->place, lines[i].place, p->columns);
    if (place > p->columns)
      p->place = p->columns;
    widen(&p->number, lines[i].number, NUMBER_WIDEST);
    widen(&p->kind, lines[i].kind, KIND_WIDEST);
  }
  int left = p->columns - p->site - p->number - p->kind - 4 * GAP;
  if (left < 2 * NAME_LEAST) { /* the kind goes on a line of its own */
    left += p->kind + GAP;
    p->kind = 0;
  }
  if (left < NAME_LEAST)
    left = NAME_LEAST;
  if (p->name + p->place <= left)
    return;
  int third = left / 3;
  if (p->place > third)
    p->place = left - p->name > third ? left - p->name : third;
  p->name = left - p->place;
  if (p->place < NAME_LEAST / 2) {
    p->place = p->told ? NAME_LEAST / 2 : 0;
    p->name = left - p->place;
  }
}

/* Whether another row would look the same. */
static bool ambiguous(const struct page *p, const struct line *lines, size_t count, size_t i) {
  size_t name = utf8_fit(lines[i].name, strlen(lines[i].name), (size_t)p->name, NULL);
  size_t place = utf8_fit(lines[i].place, strlen(lines[i].place), (size_t)p->place, NULL);
  for (size_t k = 0; k < count; k++)
    if (k != i && strcmp(lines[k].site, lines[i].site) == 0 &&
        strncmp(lines[k].name, lines[i].name, name) == 0 &&
        strncmp(lines[k].place, lines[i].place, place) == 0 &&
        (width(lines[k].name) > p->name || lines[k].name[name] == '\0') &&
        (width(lines[i].name) > p->name || lines[k].name[name] == '\0'))
      return true;
  return false;
}

/* Whom to call where none of its numbers may be tried: so many, the first to try first. */
static void add_instead(struct page *p, const struct answer_row *row, size_t most) {
  for (size_t i = 0; i < row->instead_count && i < most; i++) {
    buffer_printf(p->out, "%*s! ", INDENT, "");
    buffer_printf(p->out, _("%s: %s"), row->instead[i].label, shown(p, row->instead[i].text));
    end_line(p);
  }
  if (row->stuck && !row->instead_count) {
    buffer_printf(p->out, "%*s! ", INDENT, "");
    buffer_printf(p->out, _("%s: %s"), _("instead"),
                  _("no other number without a known fault: go there, or a radio"));
    end_line(p);
  }
}

static void add_row(struct page *p, const struct line *l, const struct answer_row *row,
                    bool unclear) {
  bool number_apart = width(l->number) > p->number, kind_apart = width(l->kind) > p->kind;
  add_cell(p, l->site, p->site);
  add_cell(p, l->name, p->name);
  add_cell(p, l->place, p->place);
  if (!number_apart)
    add_cell(p, l->number, p->number);
  if (!number_apart && !kind_apart)
    buffer_add_text(p->out, l->kind);
  end_line(p);
  if (number_apart)
    buffer_printf(p->out, "%*s%s%*s%s\n", INDENT, "", l->number, GAP, "", l->kind);
  else if (kind_apart)
    buffer_printf(p->out, "%*s%s\n", INDENT, "", l->kind);
  for (size_t i = 0; i < row->before_count; i++)
    add_line(p, INDENT, p->not_now ? _("! NOT NOW: ") : "! ", row->before[i]);
  if (row->former)
    add_line(p, INDENT, "! ", row->fate.text);
  add_instead(p, row, 1);
  if (unclear) {
    const struct entry *e = row->entry;
    buffer_printf(p->out, "%*s%s", INDENT, "", shown(p, e->name));
    if (row->place[0])
      buffer_printf(p->out, "; %s", shown(p, row->place));
    if (e->unit[0])
      buffer_printf(p->out, "; %s", shown(p, e->unit));
    buffer_add_char(p->out, '\n');
  }
}

static void add_rule(struct page *p, const char *label) {
  const char *bar = p->target == TRANSLIT_NONE ? "─" : "-";
  int wide = width(label) + 4;
  buffer_printf(p->out, "%s%s %s ", bar, bar, label);
  for (; wide < p->columns; wide++)
    buffer_add_text(p->out, bar);
  buffer_add_char(p->out, '\n');
}

static void add_list(struct page *p, const struct answer *a) {
  struct line *lines = arena_zalloc(&p->arena, a->count ? a->count : 1, sizeof *lines);
  if (!lines) {
    p->out->status = TC_NO_MEMORY;
    return;
  }
  for (size_t i = 0; i < a->count; i++)
    fill_line(p, &lines[i], &a->rows[i]);
  measure(p, lines, a->count);
  const char *section = "";
  for (size_t i = 0; i < a->count; i++) {
    const struct answer_row *row = &a->rows[i];
    const char *here = found_section(row->match, row->here || !a->sections);
    if (strcmp(section, here) != 0)
      add_rule(p, here);
    section = here;
    add_row(p, &lines[i], row, ambiguous(p, lines, a->count, i));
  }
}

static void add_channel(struct page *p, const struct answer_channel *c, int number) {
  char date[DATE_TEXT];
  const struct contact *k = c->contact;
  struct buffer more = BUFFER_INIT, hours = BUFFER_INIT;
  buffer_printf(p->out, "%*s", INDENT, "");
  add_cell(p, shown(p, c->number[0] ? c->number : "-"), number);
  buffer_printf(p->out, "%s, %s", kind_of(p, c, false), shown(p, c->said));
  if (*c->holder) {
    buffer_add_text(p->out, ", ");
    buffer_printf(p->out, _("of %s"), shown(p, c->holder));
  }
  end_line(p);
  purposes_text(&more, k->purposes);
  hours_text(&hours, k->hours);
  const struct {
    const char *label, *text;
  } said[] = {{_("for: "), buffer_text(&more)},
              {_("where: "), k->place},
              {_("hours: "), buffer_text(&hours)},
              {_("how: "), k->how},
              {_("as written: "), k->reason[0] && !k->masked ? k->raw : ""},
              {_("confirm arrival with: "), c->check}};
  for (size_t i = 0; i < sizeof said / sizeof *said; i++)
    if (said[i].text[0])
      add_line(p, 2 * INDENT, said[i].label, said[i].text);
  if (k->verified && !c->reach->stands_in)
    add_line(p, 2 * INDENT, _("verified: "), date_day(k->verified, date));
  buffer_free(&more);
  buffer_free(&hours);
}

/* What people wrote: temporary numbers, notes, and what has changed nothing yet. */
static void add_written(struct page *p, const struct answer *a, const struct entry *e) {
  char date[DATE_TEXT];
  struct arena arena = ARENA_INIT;
  struct present present = answer_present(a, &p->arena);
  for (size_t i = 0; i < e->override_count; i++) {
    const struct override *o = &e->overrides[i];
    if (o->until && o->until <= a->now)
      continue;
    buffer_printf(p->out, "%*s%s: %s", INDENT, "", _("for now"),
                  shown(p, write_override_number(e, o, a->setup, &arena)));
    if (o->until)
      buffer_printf(p->out, _(" until %s"), date_text(o->until, date));
    if (*o->reason)
      buffer_printf(p->out, ": %s", shown(p, o->reason));
    buffer_printf(p->out, ", %s%s%s", *o->by ? shown(p, o->by) : _("unsigned"),
                  o->pending ? ", " : "", o->pending ? act_state_text(ACT_PENDING) : "");
    end_line(p);
  }
  for (size_t i = 0; i < e->note_count; i++)
    if (!e->notes[i].until || e->notes[i].until > a->now)
      add_line(p, INDENT, _("note: "), present_note(&present, &e->notes[i]));
  for (size_t i = 0; i < e->attempt_count; i++) {
    const struct attempt *t = &e->attempts[i];
    if (t->at + ATTEMPT_SHOWN_S <= a->now || !exercise_has(p->played, t))
      continue;
    const struct contact *k = NULL;
    for (size_t c = 0; !k && c < e->contact_count; c++)
      if (uuid_equal(&e->contacts[c].uuid, &t->contact))
        k = &e->contacts[c];
    bool named = k && !k->masked && !*t->way;
    buffer_printf(p->out, "%*s", INDENT, "");
    date_text(t->at, date);
    if (*t->way)
      buffer_printf(p->out, _("roll-call%s %s %s"), "", date, act_way_text(t->way));
    else
      buffer_printf(p->out, _("tried%s %s %s"), "", date, act_result_text(t->result));
    buffer_printf(p->out, "%s%s, %s%s%s", named ? ": " : "",
                  named ? shown(p, *t->number ? t->number : k->number) : "",
                  *t->by ? shown(p, t->by) : _("unsigned"), t->pending ? ", " : "",
                  t->pending ? act_state_text(ACT_PENDING) : "");
    end_line(p);
  }
  for (size_t i = 0; i < e->beside_count; i++) {
    const struct act_held *held = e->beside[i];
    const struct act_rule *rule = act_rule(act_kind_of(&held->act));
    buffer_printf(p->out, "%*s%s: %s (%s)", INDENT, "", rule ? _(rule->label) : "",
                  shown(p, write_sentence(&held->act, a->setup, a->now, &arena)),
                  shown(p, write_state(held, a->setup, &arena)));
    end_line(p);
  }
  arena_free(&arena);
}

/* "no answer 30 s: Standard  9" */
static void add_step(struct page *p, const struct answer *a, const struct chain_step *s) {
  struct present present = answer_present(a, &p->arena);
  char wait[WAIT_TEXT];
  wait_text(wait, s->wait);
  buffer_printf(p->out, "%*s", INDENT, "");
  /* TRANSLATORS: "no answer 30 s", and who is called then */
  buffer_printf(p->out, _("%s: %s"), wait, shown(p, present_other(&present, &s->entry, s->text)));
  end_line(p);
}

/* After whom to call next, and what is not held here. */
static void add_rest(struct page *p, const struct answer *a, const struct entry *e) {
  for (size_t i = 0; i < e->chain_count; i++)
    add_step(p, a, &e->chain[i]);
  add_written(p, a, e);
  for (size_t i = 0; i < e->withheld_count; i++) {
    buffer_printf(p->out, "%*s", INDENT, "");
    /* TRANSLATORS: the second is an audience: public, clinical, switchboard, restricted */
    buffer_printf(p->out, _("%lld more, not held here (%s)"), (long long)e->withheld[i].count,
                  audience_text(e->withheld[i].audience));
    end_line(p);
  }
}

static void add_holders(struct page *p, const struct answer_row *row, int number) {
  if (row->rota == ROTA_NOT_HELD && !*row->rota_fault)
    add_line(p, INDENT, "", _("no rota held here: the numbers of the role itself are above"));
  for (size_t i = 0; i < row->holder_count; i++) {
    const struct answer_holder *h = &row->holders[i];
    add_line(p, INDENT, p->not_now ? _("NOT NOW: ") : _("now: "), h->said);
    for (size_t c = 0; c < h->channel_count; c++)
      add_channel(p, &h->channels[c], number);
  }
}

/* Who is on call now: their numbers are among those of the role.  One who is away was said. */
static void add_listed(struct page *p, const struct answer_row *row) {
  for (size_t i = 0; i < row->holder_count; i++)
    if (!row->holders[i].away)
      add_line(p, INDENT, p->not_now ? _("NOT NOW: ") : _("now: "), row->holders[i].said);
}

static bool said_of_holder(const struct answer_row *row, const char *text) {
  for (size_t i = 0; i < row->holder_count; i++)
    if (row->holders[i].said == text)
      return true;
  return false;
}

static void add_card(struct page *p, const struct answer *a, const struct answer_row *row) {
  const struct entry *e = row->entry;
  char uuid[UUID_TEXT];
  int number = 1;
  for (size_t i = 0; i < row->channel_count; i++)
    widen(&number, shown(p, row->channels[i].number), p->columns);
  for (size_t i = 0; i < row->holder_count; i++)
    for (size_t c = 0; c < row->holders[i].channel_count; c++)
      widen(&number, shown(p, row->holders[i].channels[c].number), p->columns);
  buffer_printf(p->out, "%s  %s", shown(p, e->site), shown(p, e->name));
  if (row->site_name[0])
    buffer_printf(p->out, "  [%s]", shown(p, row->site_name));
  end_line(p);
  const struct {
    const char *label, *text;
  } said[] = {{"", entry_type_text(e->type)},
              {"", e->title},
              {"", e->speciality},
              {"", row->place},
              {"", e->unit},
              {_("for: "), e->purpose},
              {_("area: "), e->area},
              {_("call if: "), e->call_if}};
  for (size_t i = 0; i < sizeof said / sizeof *said; i++)
    if (said[i].text[0])
      add_line(p, INDENT, said[i].label, said[i].text);
  for (size_t i = 0; i < e->aliases.count; i++)
    add_line(p, INDENT, _("also called: "), e->aliases.items[i]);
  for (size_t i = 0; i < row->before_count; i++)
    if (!a->rota || !said_of_holder(row, row->before[i])) /* there it stands above their numbers */
      add_line(p, INDENT, p->not_now ? _("! NOT NOW: ") : "! ", row->before[i]);
  if (!a->rota)
    add_listed(p, row);
  for (size_t i = 0; i < row->channel_count; i++)
    add_channel(p, &row->channels[i], number);
  if (!row->channel_count)
    add_line(p, INDENT, "", _("no contact point is held here"));
  add_instead(p, row, row->instead_count);
  if (a->rota)
    add_holders(p, row, number);
  add_rest(p, a, e);
  uuid_format(&e->uuid, uuid);
  add_line(p, INDENT, "", uuid);
}

static void add_nothing(struct page *p, const struct answer *a) {
  struct reach_world world;
  setup_world(a->setup, &world);
  world.now = a->now;
  add_line(p, 0, _("Nothing found: "), a->asked);
  for (size_t i = 0; i < a->tried_count; i++)
    add_line(p, INDENT, _("tried: "), a->tried[i]);
  for (size_t i = 0; i < a->nearest_count; i++)
    add_line(p, INDENT, _("nearest: "), a->nearest[i]);
  if (a->fewer && *a->fewer)
    add_line(p, INDENT, "", a->fewer);
  const char *number =
      switchboard_number(a->setup->cache, &world, a->setup->config.site, &p->arena);
  if (*number)
    add_line(p, INDENT, _("ask the switchboard: "), number);
}

/* From where the numbers are dialled, and of when they are. */
static void add_foot(struct page *p, const struct answer *a) {
  char date[DATE_TEXT];
  const struct cache_info *info = cache_info(a->setup->cache);
  const struct standpoint *from = &a->setup->from;
  const struct site *site = house_site(cache_house(a->setup->cache), from->site);
  buffer_printf(p->out, _("from: %s"), shown(p, set_kind_text(from->set)));
  if (from->set == SET_WARD && site && *from->plan && strcmp(from->plan, site->plan) != 0)
    buffer_printf(p->out, " %s", shown(p, from->plan)); /* none of the usual plan there */
  if (from->site[0])
    buffer_printf(p->out, ", %s", shown(p, from->site));
  buffer_add_text(p->out, _("; "));
  buffer_printf(p->out, _("directory of %s, revision %lld"), date_text(info->source_time, date),
                (long long)info->revision);
  buffer_add_char(p->out, '\n');
  if (!a->setup->at && a->now < info->source_time)
    add_line(p, 0, "! ", _("this machine's clock is behind the directory: hours are not told"));
}

static void add_counts(struct page *p, const struct answer *a) {
  size_t found = a->here + a->elsewhere;
  const char *here = a->more_here ? "+" : "", *elsewhere = a->more_elsewhere ? "+" : "";
  if (a->sections)
    buffer_printf(p->out, _("%zu%s here, %zu%s elsewhere"), a->here, here, a->elsewhere, elsewhere);
  else
    buffer_printf(p->out, _("%zu%s found"), found, a->more_here || a->more_elsewhere ? "+" : "");
  if (found > a->count) {
    buffer_add_text(p->out, _("; "));
    buffer_printf(p->out, _("the first %zu are shown (--limit)"), a->count);
  }
  buffer_add_char(p->out, '\n');
}

void answer_text(struct buffer *out, const struct answer *a, int columns) {
  const struct exercise *played = setup_played(a->setup);
  const char *mark = played ? setup_mark(a->setup) : "";
  size_t from = out->len;
  struct page p = {.out = out,
                   .arena = ARENA_INIT,
                   .target = emit_target(),
                   .columns = played ? columns - width(mark) - 1 : columns,
                   .not_now = a->setup->at != 0,
                   .played = played};
  if (played)
    played_text(out, a->setup);
  not_now_text(out, a->setup, a->now);
  if (a->note[0])
    add_line(&p, 0, "", a->note);
  if (a->count == 0) {
    add_nothing(&p, a);
  } else if (a->full) {
    for (size_t i = 0; i < a->count; i++)
      add_card(&p, a, &a->rows[i]);
    if (a->here + a->elsewhere > a->count)
      add_counts(&p, a);
  } else {
    add_list(&p, a);
    add_counts(&p, a);
  }
  add_foot(&p, a);
  output_mark(out, from, mark);
  if (arena_failed(&p.arena) && out->status == TC_OK)
    out->status = TC_NO_MEMORY;
  arena_free(&p.arena);
}
