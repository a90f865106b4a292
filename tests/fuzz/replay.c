/* Runs a fuzz target over the files of its corpus, without a fuzzer: what make check does. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) {
    perror(path);
    return 1;
  }
  uint8_t *data = NULL;
  size_t len = 0, cap = 0, n = 0;
  do {
    len += n;
    if (cap - len < 65536) {
      cap = cap ? cap * 2 : 65536 * 2;
      uint8_t *more = realloc(data, cap);
      if (!more)
        abort();
      data = more;
    }
    n = fread(data + len, 1, cap - len, f);
  } while (n > 0);
  fclose(f);
  /* An exact copy, so that a sanitizer sees a read past the end. */
  uint8_t *exact = malloc(len ? len : 1);
  if (!exact)
    abort();
  memcpy(exact, data, len);
  free(data);
  LLVMFuzzerTestOneInput(exact, len);
  free(exact);
  return 0;
}

int main(int argc, char **argv) {
  int files = 0, bad = 0;
  for (int i = 1; i < argc; i++) {
    struct dirent **names;
    int n = scandir(argv[i], &names, NULL, alphasort);
    if (n < 0) {
      bad += replay(argv[i]);
      files++;
      continue;
    }
    for (int k = 0; k < n; k++) {
      if (names[k]->d_name[0] != '.') {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[i], names[k]->d_name);
        bad += replay(path);
        files++;
      }
      free(names[k]);
    }
    free(names);
  }
  printf("1..1\n%s 1 - %d inputs replayed\n", bad || !files ? "not ok" : "ok", files);
  return bad || !files;
}
