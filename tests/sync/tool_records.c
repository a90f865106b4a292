/* tool_records SCOPE_DIR: every record of a cache as "uuid audience sha256", decoded and encoded on
 * the way; ends with 1 where one does not come back as it was.  tool_records SCOPE_DIR hold: the
 * same, and stays, as a screen does, with the cache open until standard input ends.  SCOPE_DIR
 * slow: stops so behind the first record, in the middle of reading. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "core/record.h"
#include "db/writer.h"

static int show(const void *bytes, size_t len) {
  struct arena arena = ARENA_INIT;
  struct buffer again = BUFFER_INIT;
  struct record record;
  struct tc_error err = {.status = TC_OK};
  char uuid[UUID_TEXT];
  uint8_t hash[HASH_SHA256];
  tc_status status = record_decode(&record, bytes, len, &arena, &err);
  if (status == TC_OK)
    status = record_encode(&record, &again, &err);
  bool same = status == TC_OK && again.len == len && !memcmp(again.data, bytes, len);
  if (same) {
    uuid_format(&record.head.uuid, uuid);
    hash_sha256(bytes, len, hash);
    printf("%s %s ", uuid, audience_word(record.head.audience));
    for (size_t i = 0; i < sizeof hash; i++)
      printf("%02x", hash[i]);
    putchar('\n');
  } else {
    fprintf(stderr, "does not come back: %s\n", err.text);
  }
  buffer_free(&again);
  arena_free(&arena);
  return same ? 0 : 1;
}

static void wait_for_end(void) {
  fflush(stdout);
  while (getchar() != EOF)
    ;
}

int main(int argc, char **argv) {
  struct record_cursor *cursor;
  struct tc_error err = {.status = TC_OK};
  const void *bytes;
  size_t len;
  int bad = 0;
  if (argc != 2 && argc != 3)
    return 64;
  tc_status status = record_cursor_open(&cursor, argv[1], &err);
  bool slow = argc == 3 && !strcmp(argv[2], "slow");
  while (status == TC_OK && (status = record_cursor_next(cursor, &bytes, &len, &err)) == TC_OK) {
    bad |= show(bytes, len);
    if (slow)
      wait_for_end();
    slow = false;
  }
  if (argc == 3 && status == TC_DONE)
    wait_for_end();
  record_cursor_close(cursor);
  if (status != TC_DONE)
    fprintf(stderr, "%s\n", err.text);
  return status == TC_DONE ? bad : tc_exit_code(status);
}
