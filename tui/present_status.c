#include <string.h>

#include "base/i18n.h"
#include "core/texts.h"
#include "db/state.h"
#include "tui/present.h"
#include "tui/when.h"

enum { LINES_MAX = 24 };

struct facts {
  const struct present *p;
  struct card_line *lines;
  size_t count;
};

static void add(struct facts *f, const char *label, bool warn, const char *text) {
  if (f->lines && text && f->count < LINES_MAX)
    f->lines[f->count++] = (struct card_line){.label = label, .text = text, .warn = warn};
}

static const char *moment(const struct present *p, int64_t at) {
  char seen[WHEN_TEXT], age[WHEN_TEXT];
  if (at > p->world.now) /* a clock of another machine, or ours, is wrong */
    return arena_strdup(p->arena, when_seen(at, p->world.now, seen));
  return arena_printf(p->arena, "%s (%s)", when_seen(at, p->world.now, seen),
                      when_age(at, p->world.now, age));
}

/* What the last round came to, by the word that tocsin-sync left. */
static const char *result_text(const char *word) {
  static const struct {
    const char *word, *text;
  } results[] = {{"first", N_("loaded for the first time")},
                 {"same", N_("nothing new")},
                 {"delta", N_("changes were taken")},
                 {"much", N_("changes were taken, all anew")},
                 {"repaired", N_("did not agree with the source, loaded anew")},
                 {"restored", N_("the source was restored from a backup; loaded anew")},
                 {"grants", N_("what this terminal may hold has changed")},
                 {"old-cursor", N_("away for too long, loaded anew")},
                 {"held", N_("held: the source offers so little that somebody must look first")},
                 {"behind", N_("the source is behind this directory; it stays")}};
  for (size_t i = 0; i < sizeof results / sizeof *results; i++)
    if (strcmp(results[i].word, word) == 0)
      return _(results[i].text);
  return word;
}

static void add_source(struct facts *f, const char *scope) {
  const struct present *p = f->p;
  struct sync_state s;
  struct tc_error err = {.status = TC_OK};
  tc_status status = state_read(&s, scope, &err);
  const struct cache_info *info = cache_info(p->cache);
  if (status == TC_NEVER_SYNCED && info->pulled) {
    add(f, _("source"), false, arena_strdup(p->arena, info->source));
    add(f, _("last confirmed"), true,
        _("nobody can tell: the file that tells of the last round is not there"));
    return;
  }
  if (status == TC_NEVER_SYNCED) {
    add(f, _("source"), false, _("none: this directory was imported from a file"));
    return;
  }
  if (status != TC_OK) {
    add(f, _("source"), true, arena_strdup(p->arena, err.text));
    return;
  }
  add(f, _("source"), false, arena_strdup(p->arena, s.source));
  add(f, _("last confirmed"), s.confirmed == 0, s.confirmed ? moment(p, s.confirmed) : _("never"));
  add(f, _("last round"), false, s.checked ? moment(p, s.checked) : _("never"));
  add(f, _("it came to"), s.text[0] != '\0', arena_strdup(p->arena, result_text(s.result)));
  if (s.text[0])
    add(f, _("because"), true, arena_strdup(p->arena, s.text));
  if (s.held)
    add(f, _("held back"), true,
        arena_printf(p->arena, _("the source offers %lld of %lld; the directory stays as it was"),
                     (long long)s.offered, (long long)s.held));
}

bool present_status(const struct present *p, const char *scope, struct facts_view *out) {
  const struct cache_info *info = cache_info(p->cache);
  struct facts f = {.p = p, .lines = arena_zalloc(p->arena, LINES_MAX, sizeof *f.lines)};
  if (!p->world.clock_trusted)
    add(&f, _("clock"), true,
        _("before the directory's own: hours and rota are not told until it is set right"));
  if (p->setup && p->setup->fault_count)
    add(&f, _("configuration"), true,
        arena_strdup(p->arena, setup_fault_text(p->setup, (char[SETUP_FAULT_TEXT]){0})));
  if (*cache_written_trouble(p->cache))
    add(&f, _("written here"), true,
        p->setup && p->setup->kiosk ? _("what is written here may be lost: call the switchboard")
                                    : arena_strdup(p->arena, cache_written_trouble(p->cache)));
  add(&f, _("revision"), false, arena_printf(p->arena, "%lld", (long long)info->revision));
  add(&f, _("written"), false, moment(p, info->source_time));
  add_source(&f, scope);
  if (info->frozen)
    add(&f, _("frozen"), true,
        _("the files cannot be read in the usual way: changes may not be followed"));
  if (cache_hidden(p->cache) == AUDIENCE_NONE) /* nor is what is hidden counted */
    add(&f, _("entries"), false,
        arena_printf(p->arena, _("%lld, with %lld contact points"), (long long)info->entries,
                     (long long)info->contacts));
  bool damaged = cache_whole(p->cache, NULL) != TC_OK;
  add(&f, _("unreadable"), damaged || info->unreadable > 0,
      damaged ? _("DAMAGED: some of this directory cannot be read")
      : info->unreadable
          ? arena_printf(p->arena, _("%lld records: ask the switchboard for what is missing"),
                         (long long)info->unreadable)
          : _("none"));
  add(&f, _("held here"), false, audience_text(info->audience));
  add(&f, _("files"), false, arena_printf(p->arena, _("%s, format %d"), scope, info->format));
  add(&f, _("program"), false, "tocsin " TC_VERSION);
  *out = (struct facts_view){.title = _("Status"), .lines = f.lines, .count = f.count};
  return f.lines && !arena_failed(p->arena);
}
