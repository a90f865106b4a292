#include "db/fewer.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "core/fold.h"

/* Each word that is left out is a search of its own, between two keys. */
enum { WORDS = 8, SHOWN = 3, TRIES_MOST = 4, DIGITS_LEAST = 4, DIGITS_LEFT_OUT = 6 };

struct typed_word {
  const char *text; /* as typed */
  size_t len;
  bool filter;  /* kind:fax: it says where to look, not for what */
  bool missing; /* no entry has it */
};

struct typed_words {
  struct typed_word items[WORDS];
  size_t count;
};

static bool is_missing(const struct typed_word *word, const struct fewer_words *missing,
                       struct arena *arena) {
  struct fold_words folded;
  if (fold_split(&folded, word->text, word->len, arena, NULL) != TC_OK)
    return false;
  for (size_t i = 0; i < folded.count; i++)
    for (size_t k = 0; k < missing->count; k++)
      if (strlen(missing->items[k]) == folded.items[i].len &&
          memcmp(missing->items[k], folded.items[i].text, folded.items[i].len) == 0)
        return true;
  return false;
}

/* Between blanks; false: too many to try each. */
static bool split(struct typed_words *out, const char *text, const struct fewer_words *missing,
                  struct arena *arena) {
  out->count = 0;
  for (const char *p = text + strspn(text, " "); *p; p += strspn(p, " ")) {
    size_t len = strcspn(p, " ");
    if (out->count == WORDS)
      return false;
    struct typed_word *word = &out->items[out->count++];
    *word = (struct typed_word){.text = p, .len = len, .filter = memchr(p, ':', len)};
    word->missing = !word->filter && is_missing(word, missing, arena);
    p += len;
  }
  return true;
}

/* What a text finds, as the query would; its sentence: form, of what was left out or is left, and
 * of what there is.  Whether something was found. */
static tc_status try_text(struct cache *c, const struct search_query *query, const char *text,
                          const char *form, const char *of, struct arena *arena,
                          struct search_result *out, bool *found, struct tc_error *err) {
  struct search_query less = *query;
  struct search_result r;
  struct buffer names = {.limit = 512};
  less.text = text;
  less.limit = SHOWN;
  less.offset = 0;
  less.alone = true;
  tc_status status = search_run(c, &less, arena, &r, err);
  *found = status == TC_OK && r.count > 0;
  if (!*found)
    return status;
  size_t all = r.here + r.elsewhere;
  for (size_t i = 0; i < r.count; i++)
    buffer_printf(&names, "%s%s%s%s", i ? ", " : "", r.rows[i].entry.site,
                  *r.rows[i].entry.site ? " " : "", r.rows[i].entry.name);
  if (r.more_here || r.more_elsewhere)
    buffer_add_text(&names, ", …");
  else if (all > r.count)
    buffer_printf(&names, ", +%zu", all - r.count);
  out->fewer = arena_printf(arena, form, of, buffer_text(&names));
  buffer_free(&names);
  return out->fewer ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* Without one word; or without all that are missing. */
static tc_status try_without(struct cache *c, const struct search_query *query,
                             const struct typed_words *words, size_t but, struct arena *arena,
                             struct search_result *out, bool *found, struct tc_error *err) {
  struct buffer left = {.limit = SEARCH_TEXT_MAX * 2}, of = {.limit = SEARCH_TEXT_MAX * 2};
  size_t kept = 0;
  for (size_t i = 0; i < words->count; i++) {
    const struct typed_word *word = &words->items[i];
    bool out_of_it = but < words->count ? i == but : word->missing;
    struct buffer *to = out_of_it ? &of : &left;
    buffer_printf(to, "%s%.*s", *buffer_text(to) ? " " : "", (int)word->len, word->text);
    kept += !out_of_it && !word->filter;
  }
  tc_status status = TC_OK;
  /* TRANSLATORS: what there is without a word that was typed: names, "+66" */
  if (kept)
    status = try_text(c, query, buffer_text(&left), _("without \"%s\" there is: %s"),
                      buffer_text(&of), arena, out, found, err);
  buffer_free(&left);
  buffer_free(&of);
  return status;
}

static tc_status try_words(struct cache *c, const struct search_query *query,
                           const struct fewer_words *missing, struct arena *arena,
                           struct search_result *out, struct tc_error *err) {
  struct typed_words words;
  bool found = false;
  int tries = 0; /* each is a search: who types waits for all of them */
  tc_status status = TC_OK;
  if (!split(&words, query->text, missing, arena))
    return TC_OK;
  for (int known = 0; known < 2; known++) { /* what is typed last is what is wrong most often */
    for (size_t i = words.count; i-- > 0 && !found && tries < TRIES_MOST && status == TC_OK;)
      if (words.items[i].missing == !known && !words.items[i].filter && ++tries)
        status = try_without(c, query, &words, i, arena, out, &found, err);
    if (!known && missing->count > 1 && !found && status == TC_OK)
      status = try_without(c, query, &words, words.count, arena, out, &found, err);
  }
  return status;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* A number without its last digits, one after the other. */
static tc_status try_number(struct cache *c, const struct search_query *query, struct arena *arena,
                            struct search_result *out, struct tc_error *err) {
  char text[SEARCH_TEXT_MAX];
  size_t digits = 0;
  bool found = false;
  tc_status status = TC_OK;
  if ((size_t)snprintf(text, sizeof text, "%s", query->text) >= sizeof text)
    return TC_OK;
  for (const char *p = text; *p; p++)
    digits += is_digit(*p);
  for (int n = 0; n < DIGITS_LEFT_OUT && digits > DIGITS_LEAST && !found && status == TC_OK; n++) {
    size_t len = strlen(text);
    while (len && !is_digit(text[len - 1]))
      len--;
    for (len -= len > 0; len && !is_digit(text[len - 1]);)
      len--;
    text[len] = '\0';
    digits--;
    status =
        try_text(c, query, text, _("\"%s\" is in a number of: %s"), text, arena, out, &found, err);
  }
  return status;
}

tc_status fewer_say(struct cache *c, const struct search_query *query,
                    const struct fewer_words *missing, struct arena *arena,
                    struct search_result *out, struct tc_error *err) {
  const char *p = query->text + strspn(query->text, "+ ");
  bool number = is_digit(*p) && !p[strspn(p, "0123456789 .-/()")];
  return number ? try_number(c, query, arena, out, err)
                : try_words(c, query, missing, arena, out, err);
}
