/* Any bytes: folding stays in its bounds, gives UTF-8, and folds no further; the rest of what looks
 * at words takes them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/fold.h"
#include "core/near.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok) {
  if (!ok)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  struct arena arena = ARENA_INIT;
  struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
  struct fold_words words;
  struct fold_extra *extras;
  size_t count;
  fold_text(&once, text, size, NULL);
  fold_text(&twice, buffer_text(&once), once.len, NULL);
  must(utf8_valid(buffer_text(&once), once.len));
  must(strcmp(buffer_text(&once), buffer_text(&twice)) == 0);
  must(fold_split(&words, text, size, &arena, NULL) == TC_OK);
  must(fold_extras(&extras, &count, &words, FOLD_PERSON | FOLD_INITIALS, &arena, NULL) == TC_OK);
  for (size_t i = 0; i < words.count; i++) {
    const struct fold_word *w = &words.items[i], *first = &words.items[0];
    char key[NEAR_SOUND_MAX];
    must(w->len > 0 && w->len <= FOLD_WORD_MAX && w->offset + w->length <= size);
    near_sound(w->text, w->len, key);
    must(near_distance(w->text, w->len, w->text, w->len, 2) == 0);
    must(near_distance(w->text, w->len, first->text, first->len, 2) <= 3);
    must(near_prefix_distance(w->text, w->len, first->text, first->len, 2) <= 3);
  }
  /* Words that were never folded. */
  size_t half = size / 2;
  must(near_distance(text, half, text + half, size - half, 2) <= 3);
  must(near_prefix_distance(text, half, text + half, size - half, 2) <= 3);
  buffer_free(&once);
  buffer_free(&twice);
  arena_free(&arena);
  return 0;
}
