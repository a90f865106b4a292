/* tool_stall CONNINFO: asks a server that stops in mid-answer, with half a second of patience.
 * Prints the error; ends with its exit code. */
#include <stdio.h>

#include "sync/pg.h"

int main(int argc, char **argv) {
  const struct pg_patience patience = {.connect_ms = 5000, .answer_ms = 500};
  struct tc_error err = {.status = TC_OK};
  struct pg *pg = NULL;
  const void *bytes;
  size_t len;
  if (argc != 2)
    return 64;
  tc_status status = pg_open(&pg, argv[1], &patience, &err);
  if (status == TC_OK)
    status = pg_query(pg, "SELECT 1", NULL, 0, &err);
  while (status == TC_OK)
    status = pg_next(pg, &bytes, &len, &err);
  pg_close(pg);
  fprintf(stderr, "%s\n", err.text);
  return tc_exit_code(status);
}
