/* tool_pack: standard input, compressed as a snapshot is.  tool_pack -d: and back. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "sync/pack.h"

static tc_status put(void *context, const void *bytes, size_t len, struct tc_error *err) {
  FILE *out = context;
  return fwrite(bytes, 1, len, out) == len ? TC_OK : tc_fail(err, TC_IO, "cannot write");
}

int main(int argc, char **argv) {
  static char piece[65536];
  struct pack *p = NULL;
  struct unpack *u = NULL;
  struct tc_error err = {.status = TC_OK};
  size_t n;
  bool back = argc == 2 && !strcmp(argv[1], "-d");
  tc_status status = back ? unpack_new(&u, put, stdout, &err) : pack_new(&p, put, stdout, &err);
  while (status == TC_OK && (n = fread(piece, 1, sizeof piece, stdin)) > 0)
    status = back ? unpack_add(u, piece, n, &err) : pack_add(p, piece, n, &err);
  if (status == TC_OK)
    status = back ? unpack_end(u, &err) : pack_end(p, &err);
  if (status != TC_OK)
    fprintf(stderr, "tool_pack: %s\n", err.text);
  pack_free(p);
  unpack_free(u);
  return tc_exit_code(status);
}
