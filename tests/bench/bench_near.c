/* Recall, precision and speed of folding and nearness, one figure a line: name value unit.
 *
 * tests/data/variants_*.tsv are what people typed and what they meant; tests/data/vocabulary.txt is
 * what there is to be found.  A word found counts as right only where the list names it; the word
 * as typed, where it is one of the vocabulary, is an exact hit and is left out.  -v lists what is
 * missed and what is found beside. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "core/fold.h"
#include "core/near.h"

struct pair {
  char *typed, *right;
};

struct list {
  struct pair *items;
  size_t count;
};

struct words {
  char **items;
  size_t count;
};

static void die(const char *what) {
  fprintf(stderr, "bench_near: %s\n", what);
  exit(1);
}

static char *folded(const char *text, size_t len) {
  struct buffer out = BUFFER_INIT, joined = BUFFER_INIT;
  fold_text(&out, text, len, NULL);
  for (size_t i = 0; i < out.len; i++)
    if (out.data[i] != ' ')
      buffer_add_char(&joined, out.data[i]);
  buffer_free(&out);
  if (!joined.data)
    die("an empty word in a list");
  return joined.data;
}

static void read_data(struct buffer *out, const char *name) {
  const char *top = getenv("TOCSIN_TOP");
  char path[4096];
  struct tc_error err = {.status = TC_OK};
  snprintf(path, sizeof path, "%s/tests/data/%s", top ? top : ".", name);
  if (file_read(out, path, 1 << 20, &err) != TC_OK)
    die(err.text);
}

/* Calls take with each line that is no comment, split at tabs into at most three fields. */
static void each_line(const char *name, void (*take)(void *, char **, size_t), void *context) {
  struct buffer text = BUFFER_INIT;
  read_data(&text, name);
  char *save = NULL;
  for (char *line = strtok_r(text.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
    char *fields[3] = {NULL, NULL, NULL}, *inner = NULL;
    size_t n = 0;
    if (line[0] == '#')
      continue;
    for (char *f = strtok_r(line, "\t", &inner); f && n < 3; f = strtok_r(NULL, "\t", &inner))
      fields[n++] = f;
    take(context, fields, n);
  }
  buffer_free(&text);
}

static void *grown(void *items, size_t count, size_t size) {
  if (count & (count - 1))
    return items;
  void *more = realloc(items, (count ? count * 2 : 1) * size);
  if (!more)
    die("out of memory");
  return more;
}

static void take_word(void *context, char **fields, size_t n) {
  struct words *w = context;
  w->items = grown(w->items, w->count, sizeof *w->items);
  if (n)
    w->items[w->count++] = folded(fields[0], strlen(fields[0]));
}

static void take_pair(void *context, char **fields, size_t n) {
  struct list *l = context;
  if (n < 2)
    die("a line without a tab");
  l->items = grown(l->items, l->count, sizeof *l->items);
  l->items[l->count++] = (struct pair){.typed = folded(fields[0], strlen(fields[0])),
                                       .right = folded(fields[1], strlen(fields[1]))};
}

typedef bool is_near(const char *a, const char *b);

static bool sounds_like(const char *a, const char *b) {
  char ka[NEAR_SOUND_MAX], kb[NEAR_SOUND_MAX];
  near_sound(a, strlen(a), ka);
  near_sound(b, strlen(b), kb);
  return ka[0] && strcmp(ka, kb) == 0;
}

static bool mistyped(const char *typed, const char *word) {
  int most = near_allowance(strlen(typed));
  return near_distance(typed, strlen(typed), word, strlen(word), most) <= most;
}

static bool either(const char *typed, const char *word) {
  return sounds_like(typed, word) || mistyped(typed, word);
}

static bool named_right(const struct list *list, const char *typed, const char *word) {
  for (size_t i = 0; i < list->count; i++)
    if (strcmp(list->items[i].typed, typed) == 0 && strcmp(list->items[i].right, word) == 0)
      return true;
  return false;
}

static void measure(const char *name, const struct list *list, const struct words *vocabulary,
                    is_near *near, bool verbose) {
  size_t hit = 0, returned = 0, right = 0;
  for (size_t i = 0; i < list->count; i++) {
    const struct pair *p = &list->items[i];
    bool found = near(p->typed, p->right);
    hit += found;
    if (!found && verbose)
      printf("# missed %s: %s for %s\n", name, p->typed, p->right);
    for (size_t k = 0; k < vocabulary->count; k++) {
      const char *word = vocabulary->items[k];
      if (strcmp(word, p->typed) == 0 || !near(p->typed, word))
        continue;
      bool is_right = named_right(list, p->typed, word);
      returned++;
      right += is_right;
      if (!is_right && verbose)
        printf("# beside %s: %s found %s, meant %s\n", name, p->typed, word, p->right);
    }
  }
  printf("%s_recall %.3f ratio\n", name, (double)hit / (double)list->count);
  printf("%s_precision %.3f ratio\n", name, (double)right / (double)returned);
  printf("%s_candidates %.2f words\n", name, (double)returned / (double)list->count);
}

struct refusals {
  size_t count, wrong;
  bool verbose;
};

static void take_refusal(void *context, char **fields, size_t n) {
  struct refusals *r = context;
  if (n < 3)
    die("a line of variants_not.tsv without two tabs");
  bool near = strcmp(fields[0], "sound") == 0 ? sounds_like(fields[1], fields[2])
                                              : mistyped(fields[1], fields[2]);
  r->count++;
  r->wrong += near;
  if (near && r->verbose)
    printf("# confused: %s %s %s\n", fields[0], fields[1], fields[2]);
}

enum { PASSES = 7, SCAN_WORDS = 30000, FOLD_ROUNDS = 20000 };

/* 30,000 words made of the vocabulary, each with its mask, scanned for one query. */
static void time_scan(const struct words *vocabulary) {
  struct {
    char text[FOLD_WORD_MAX];
    size_t len;
    uint32_t mask;
  } *all = calloc(SCAN_WORDS, sizeof *all);
  if (!all)
    die("out of memory");
  for (size_t i = 0; i < SCAN_WORDS; i++) {
    const char *word = vocabulary->items[i % vocabulary->count];
    size_t turn = i / vocabulary->count % strlen(word);
    all[i].len =
        (size_t)snprintf(all[i].text, sizeof all[i].text, "%s%.*s", word + turn, (int)turn, word);
    all[i].mask = near_mask(all[i].text, all[i].len);
  }
  static const char *const queries[] = {"cardiolgie", "duoont", "reanimaiton", "benaisas"};
  int64_t best = INT64_MAX;
  size_t found = 0;
  for (int pass = 0; pass < PASSES; pass++) {
    int64_t start = clock_monotonic_us();
    for (size_t q = 0; q < 4; q++) {
      struct near_pattern p;
      size_t len = strlen(queries[q]);
      int most = near_allowance(len);
      near_pattern_set(&p, queries[q], len);
      for (size_t i = 0; i < SCAN_WORDS; i++)
        if (__builtin_popcount(p.mask & ~all[i].mask) <= most &&
            near_pattern_prefix(&p, all[i].text, all[i].len, most) <= most)
          found++;
    }
    int64_t took = (clock_monotonic_us() - start) / 4;
    best = took < best ? took : best;
  }
  if (!found)
    die("the scan found nothing");
  printf("typo_scan_30k_us %lld us\n", (long long)best);
  free(all);
}

static void time_fold(const struct words *vocabulary) {
  static const char *const names[] = {"Reanimation chirurgicale Alma",
                                      "Réanimation d'Hépato-Gastro",
                                      "Dr Jean-Pierre LEFEBVRE-MÜLLER", "Радиология и Łódź cœur"};
  static const char *const figures[] = {"fold_ascii_ns", "fold_latin1_ns", "fold_person_ns",
                                        "fold_other_ns"};
  for (size_t n = 0; n < 4; n++) {
    int64_t best = INT64_MAX;
    size_t len = strlen(names[n]);
    struct buffer out = BUFFER_INIT;
    for (int pass = 0; pass < PASSES; pass++) {
      int64_t start = clock_monotonic_us();
      for (int i = 0; i < FOLD_ROUNDS; i++) {
        buffer_clear(&out);
        fold_text(&out, names[n], len, NULL);
      }
      int64_t took = clock_monotonic_us() - start;
      best = took < best ? took : best;
    }
    buffer_free(&out);
    printf("%s %.0f ns\n", figures[n], (double)best * 1000 / FOLD_ROUNDS);
  }
  int64_t best = INT64_MAX;
  size_t signs = 0;
  for (int pass = 0; pass < PASSES; pass++) {
    int64_t start = clock_monotonic_us();
    for (size_t i = 0; i < vocabulary->count; i++) {
      char key[NEAR_SOUND_MAX];
      near_sound(vocabulary->items[i], strlen(vocabulary->items[i]), key);
      signs += key[0] != '\0';
    }
    int64_t took = clock_monotonic_us() - start;
    best = took < best ? took : best;
  }
  if (!signs)
    die("no word has a sound");
  printf("sound_key_ns %.0f ns\n", (double)best * 1000 / (double)vocabulary->count);
}

static void list_free(struct list *list) {
  for (size_t i = 0; i < list->count; i++) {
    free(list->items[i].typed);
    free(list->items[i].right);
  }
  free(list->items);
}

int main(int argc, char **argv) {
  bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
  static const struct {
    const char *figure, *file;
    is_near *near;
  } lists[] = {
      {"sound", "variants_sound.tsv", sounds_like},
      {"sound_origins", "variants_sound_origins.tsv", sounds_like},
      {"sound_check", "variants_sound_check.tsv", sounds_like},
      {"sound_unseen", "variants_sound_unseen.tsv", sounds_like},
      {"typo", "variants_typo.tsv", mistyped},
      {"sound_with_typo", "variants_sound.tsv", either},
      {"sound_check_with_typo", "variants_sound_check.tsv", either},
      {"sound_unseen_with_typo", "variants_sound_unseen.tsv", either},
  };
  struct words vocabulary = {NULL, 0};
  each_line("vocabulary.txt", take_word, &vocabulary);
  printf("near_vocabulary %zu words\n", vocabulary.count);
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
    struct list list = {NULL, 0};
    each_line(lists[i].file, take_pair, &list);
    printf("%s_pairs %zu pairs\n", lists[i].figure, list.count);
    measure(lists[i].figure, &list, &vocabulary, lists[i].near, verbose);
    list_free(&list);
  }
  struct refusals refused = {.verbose = verbose};
  each_line("variants_not.tsv", take_refusal, &refused);
  printf("near_confused %zu pairs\n", refused.wrong);
  printf("near_refused %zu pairs\n", refused.count - refused.wrong);
  time_scan(&vocabulary);
  time_fold(&vocabulary);
  for (size_t i = 0; i < vocabulary.count; i++)
    free(vocabulary.items[i]);
  free(vocabulary.items);
  return 0;
}
