/* Properties of the codec, on random records of every kind and on damaged ones.  The seed is
 * printed; PROP_SEED and PROP_RUNS set it and the number of runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/record.h"
#include "core/record_table.h"
#include "tests/lib/prop.h"

static const char *random_text(struct arena *arena) {
  static const char *const pieces[] = {"a", "é", "\t", "\n", "\\",  "=",
                                       "0", "œ", " ",  "漢", "\x01"};
  char text[128] = "";
  for (uint32_t n = 1 + rnd(8); n; n--)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
             pieces[rnd(sizeof pieces / sizeof *pieces)]);
  return arena_strdup(arena, text);
}

static void fill_field(const struct field_spec *f, char *into, struct arena *arena) {
  char *at = into + f->offset;
  bool must = !f->name && f->type != FIELD_TEXT;
  if (!must && rnd(2))
    return;
  switch (f->type) {
  case FIELD_TEXT:
    *(const char **)(void *)at = random_text(arena);
    break;
  case FIELD_UUID:
    for (int i = 0; i < 16; i++)
      ((struct uuid *)(void *)at)->b[i] = (uint8_t)(1 + rnd(255));
    break;
  case FIELD_INT:
    *(int64_t *)(void *)at = (int64_t)rnd(2000000000) * rnd(400000);
    break;
  case FIELD_ORDER:
    *(int64_t *)(void *)at = rnd(1000);
    break;
  case FIELD_ENUM: {
    int value = 1 + (int)rnd((uint32_t)f->words - 1);
    memcpy(at, &value, sizeof value);
    break;
  }
  case FIELD_SET: {
    uint32_t set = rnd(1u << f->words);
    memcpy(at, &set, sizeof set);
    break;
  }
  case FIELD_FLAG:
    *(bool *)(void *)at = true;
    break;
  }
}

static void clear_item(const struct line_spec *line, char *item) {
  for (size_t f = 0; f < line->field_count; f++)
    if (line->fields[f].type == FIELD_TEXT)
      *(const char **)(void *)(item + line->fields[f].offset) = "";
    else if (line->fields[f].type == FIELD_INT)
      *(int64_t *)(void *)(item + line->fields[f].offset) = line->fields[f].missing;
}

static void random_record(struct record *r, struct arena *arena) {
  const struct kind_spec *kind;
  memset(r, 0, sizeof *r);
  do
    r->head.kind = (enum record_kind)rnd(RECORD_KIND_COUNT);
  while (!(kind = kind_spec(r->head.kind)));
  r->head.version = RECORD_VERSION;
  r->head.audience = (enum audience)(1 + rnd(AUDIENCE_COUNT - 1));
  for (int i = 0; i < 16; i++)
    r->head.uuid.b[i] = (uint8_t)(1 + rnd(255));
  char *into = (char *)&r->entry;
  for (size_t i = 0; i < kind->line_count; i++) {
    const struct line_spec *line = &kind->lines[i];
    if (line->form == LINE_SINGLE) {
      if (line->fields->type == FIELD_TEXT)
        *(const char **)(void *)(into + line->fields->offset) = "";
      else if (line->fields->type == FIELD_INT)
        *(int64_t *)(void *)(into + line->fields->offset) = line->fields->missing;
      if (rnd(2))
        fill_field(line->fields, into, arena);
      continue;
    }
    size_t n = rnd(4);
    if (line->form == LINE_TEXTS) {
      const char **items = arena_zalloc(arena, n + 1, sizeof *items);
      for (size_t k = 0; k < n; k++)
        items[k] = random_text(arena);
      *(struct text_list *)(void *)(into + line->offset) = (struct text_list){items, n};
    } else {
      char *items = arena_zalloc(arena, n + 1, line->size);
      for (size_t k = 0; k < n; k++) {
        clear_item(line, items + k * line->size);
        for (size_t f = 0; f < line->field_count; f++)
          fill_field(&line->fields[f], items + k * line->size, arena);
      }
      *(char **)(void *)(into + line->offset) = items;
      *(size_t *)(void *)(into + line->count_offset) = n;
    }
  }
}

static void what_is_written_is_read_and_written_again_the_same(void **state) {
  (void)state;
  for (int i = prop_runs(3000); i; i--) {
    struct arena arena = ARENA_INIT;
    struct buffer first = BUFFER_INIT, again = BUFFER_INIT;
    struct tc_error err = {.status = TC_OK};
    struct record made, back;
    random_record(&made, &arena);
    assert_int_equal(record_encode(&made, &first, &err), TC_OK);
    tc_status status = record_decode(&back, first.data, first.len, &arena, &err);
    if (status != TC_OK)
      print_error("row %ld: %s\n%s\n", err.row, err.text, first.data);
    assert_int_equal(status, TC_OK);
    assert_int_equal(record_encode(&back, &again, &err), TC_OK);
    assert_string_equal(again.data, first.data);
    buffer_free(&first);
    buffer_free(&again);
    arena_free(&arena);
  }
}

/* Damages a good record in a few places: whatever is still accepted must come back the same. */
static void whatever_is_accepted_comes_back_byte_for_byte(void **state) {
  (void)state;
  static const char bytes[] = "\t\n=\\,0aAz-1\xc3\xa9";
  int accepted = 0;
  for (int i = prop_runs(3000); i; i--) {
    struct arena arena = ARENA_INIT;
    struct buffer first = BUFFER_INIT, again = BUFFER_INIT;
    struct record made, back;
    random_record(&made, &arena);
    assert_int_equal(record_encode(&made, &first, NULL), TC_OK);
    for (uint32_t n = 1 + rnd(3); n; n--) {
      size_t at = rnd((uint32_t)first.len);
      if (rnd(2)) {
        first.data[at] = bytes[rnd(sizeof bytes - 1)];
      } else {
        memmove(first.data + at, first.data + at + 1, first.len - at);
        first.len--;
      }
    }
    if (record_decode(&back, first.data, first.len, &arena, NULL) == TC_OK) {
      accepted++;
      assert_int_equal(record_encode(&back, &again, NULL), TC_OK);
      assert_int_equal(again.len, first.len);
      assert_memory_equal(again.data, first.data, first.len);
    }
    buffer_free(&first);
    buffer_free(&again);
    arena_free(&arena);
  }
  assert_true(accepted > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_written_is_read_and_written_again_the_same),
      cmocka_unit_test(whatever_is_accepted_comes_back_byte_for_byte),
  };
  return cmocka_run_group_tests_name("record properties", tests, prop_start, NULL);
}
