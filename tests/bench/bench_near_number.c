/* Recall and precision of look-alike numbers, on the list of tests/data/lookalikes.tsv. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/near.h"

int main(void) {
  const char *top = getenv("TOCSIN_TOP");
  char path[4096], line[256];
  int wanted = 0, found = 0, right = 0;
  snprintf(path, sizeof path, "%s/tests/data/lookalikes.tsv", top ? top : ".");
  FILE *f = fopen(path, "r");
  if (!f) {
    perror(path);
    return 66;
  }
  while (fgets(line, sizeof line, f)) {
    char *rest = line, *is = strsep(&rest, "\t\n"), *a = strsep(&rest, "\t\n"),
         *b = strsep(&rest, "\t\n");
    if (*is == '#' || !a || !b)
      continue;
    int yes = strcmp(is, "yes") == 0, near = near_number(a, b);
    wanted += yes;
    found += near;
    right += yes && near;
  }
  fclose(f);
  printf("lookalike_recall %.3f ratio\n", wanted ? (double)right / wanted : 0);
  printf("lookalike_precision %.3f ratio\n", found ? (double)right / found : 0);
  return 0;
}
