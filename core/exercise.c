#include "core/exercise.h"

#include <string.h>
#include <strings.h>

#include "core/incident.h"

/* It holds for so long whatever its record says. */
static int64_t latest(const struct exercise *x) {
  int64_t most = x->from + EXERCISE_MOST_S;
  return x->until && x->until < most ? x->until : most;
}

/* Did it begin beside this one?  A report that was declared since is news. */
static bool knew(const struct exercise *x, const struct incident *i) {
  char uuid[UUID_SHORT];
  uuid_format_short(&i->uuid, uuid);
  for (size_t k = 0; k < x->known.count; k++) {
    const char *known = x->known.items[k];
    bool reported = *known == '?';
    if (strcmp(known + reported, uuid) == 0)
      return !reported || !i->declared;
  }
  return false;
}

/* When the incident broke in on it; 0: it did not until now. */
static int64_t breaks(const struct exercise *x, const struct incident *i, int64_t now) {
  if (incident_is_ahead(i, now, MOMENT_NOW) || (i->ended && i->ended < x->from) || knew(x, i))
    return 0;
  int64_t since = i->since < now ? i->since : now;
  return since > x->from ? since : x->from;
}

struct exercise_now exercise_look(const struct exercise *x, const struct house *house,
                                  int64_t now) {
  struct exercise_now out = {EXERCISE_OVER, latest(x), ""};
  if (*x->broken || x->ended) {
    int64_t ended = x->ended && x->ended < out.until ? x->ended : out.until;
    out = (struct exercise_now){*x->broken ? EXERCISE_BROKEN : EXERCISE_ENDED, ended, x->broken};
  }
  for (size_t i = 0; i < house->incident_count; i++) {
    int64_t at = breaks(x, &house->incidents[i], now);
    if (at && at < out.until)
      out = (struct exercise_now){EXERCISE_BROKEN, at, house->incidents[i].domain};
  }
  if (now < x->from)
    out = (struct exercise_now){EXERCISE_AHEAD, latest(x), ""};
  else if (now < out.until)
    out.state = EXERCISE_RUNS;
  return out;
}

bool exercise_names(const struct exercise *x, const char *terminal) {
  for (size_t i = 0; *terminal && i < x->terminals.count; i++)
    if (strcasecmp(x->terminals.items[i], terminal) == 0)
      return true;
  return false;
}

const struct exercise *exercise_played(const struct house *house, const char *terminal,
                                       int64_t now) {
  for (size_t i = 0; i < house->exercise_count; i++) {
    const struct exercise *x = &house->exercises[i];
    if (exercise_names(x, terminal) && exercise_look(x, house, now).state == EXERCISE_RUNS)
      return x;
  }
  return NULL;
}

const struct incident *exercise_incidents(const struct exercise *x, const struct house *house,
                                          struct arena *arena, size_t *count) {
  size_t real = house->incident_count;
  struct incident *all = arena_zalloc(arena, real + x->domains.count + 1, sizeof *all);
  *count = 0;
  if (!all)
    return NULL;
  if (real)
    memcpy(all, house->incidents, real * sizeof *all);
  for (size_t i = 0; i < x->domains.count; i++)
    all[real + i] = (struct incident){.uuid = x->uuid,
                                      .audience = x->audience,
                                      .domain = x->domains.items[i],
                                      .since = x->from,
                                      .reason = x->name,
                                      .by = x->by,
                                      .declared = true,
                                      .played = true};
  *count = real + x->domains.count;
  return all;
}

const char *exercise_known(const struct house *house, int64_t now, struct arena *arena) {
  const char *text = "";
  size_t count = 0;
  for (size_t k = 0; k < house->incident_count && text; k++) {
    const struct incident *i = &house->incidents[k];
    char uuid[UUID_SHORT];
    if (incident_is_ahead(i, now, MOMENT_NOW) || (i->ended && i->ended < now))
      continue;
    if (++count > EXERCISE_KNOWN_MAX)
      return NULL;
    uuid_format_short(&i->uuid, uuid);
    text = arena_printf(arena, "%s%s%s%s", text, *text ? "," : "", i->declared ? "" : "?", uuid);
  }
  return text;
}

struct text_list exercise_words(const char *text, struct arena *arena) {
  size_t most = 1, count = 0;
  for (const char *p = text; *p; p++)
    most += *p == ',';
  const char **items = arena_zalloc(arena, most, sizeof *items);
  while (items && *text) {
    text += strspn(text, ", ");
    size_t len = strcspn(text, ","), used = len;
    while (used && text[used - 1] == ' ')
      used--;
    char *word = arena_copy(arena, text, used + 1);
    if (!word)
      break;
    word[used] = '\0';
    if (used)
      items[count++] = word;
    text += len;
  }
  return (struct text_list){items, count};
}

bool exercise_has(const struct exercise *played, const struct attempt *t) {
  return played ? uuid_equal(&t->exercise, &played->uuid) : uuid_is_nil(&t->exercise);
}

const char *exercise_state_word(enum exercise_state state) {
  static const char *const words[EXERCISE_STATE_COUNT] = {
      [EXERCISE_AHEAD] = "ahead", [EXERCISE_RUNS] = "runs",     [EXERCISE_ENDED] = "ended",
      [EXERCISE_OVER] = "over",   [EXERCISE_BROKEN] = "broken",
  };
  return words[state];
}
