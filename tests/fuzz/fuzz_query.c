/* Anything typed into Find: a search never fails, never reads past what was typed, and keeps to its
 * limit.  The first byte chooses site and scope. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/search.h"
#include "db/writer.h"
#include "tests/lib/folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const records[] = {
    "tocsin1\tsite\tpublic\tBAAAAAAAAAAAAAAAAAAAAQ\ncode\tSAB\ngroup\tNord\nname\tSaint-Aubin\n"
    "plan\tSAB\n",
    "tocsin1\tsite\tpublic\tBAAAAAAAAAAAAAAAAAAAAg\ncode\tRIV\ngroup\tNord\nname\tLa Rive\n",
    "tocsin1\tplan\tpublic\tCAAAAAAAAAAAAAAAAAAAAQ\ncode\tSAB\nout\t0\n"
    "range\t45000\t45999\tddi=+33199005000\tlabel=pneumologie\n",
    "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\nalias\tréa chir\n"
    "c\t000\tDAAAAAAAAAAAAAAAAAAAAQ\t7731\te=+33199005231\tkind=ddi\tplan=SAB\n"
    "c\t001\tDAAAAAAAAAAAAAAAAAAAAg\t0199005240\te=+33199005240\tkind=fax\n"
    "name\tRéanimation chirurgicale\nsite\tSAB\ntype\tservice\n",
    "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAg\n"
    "c\t000\tDAAAAAAAAAAAAAAAAAAAAw\t0639981234\te=+33639981234\tkind=mobile\tmask=1\n"
    "name\tDupont, Jean-Pierre\nsite\tRIV\ntitle\tDr\ntype\tperson\n",
};

static char folder[FOLDER_PATH];
static struct cache *cache;

static void stop(void) {
  cache_close(cache);
  folder_remove(folder);
}

static void start(void) {
  struct writer *w;
  struct writer_head head = {
      .revision = 1, .source_time = 1, .source = "fuzz", .audience = AUDIENCE_PUBLIC};
  head.generation.b[0] = 1;
  if (folder_make(folder) != 0 || writer_build(&w, folder, NULL) != TC_OK)
    abort();
  for (size_t i = 0; i < sizeof records / sizeof *records; i++)
    if (writer_put(w, records[i], strlen(records[i]), NULL) != TC_OK)
      abort();
  if (writer_commit(w, &head, NULL) != TC_OK || cache_open(&cache, folder, NULL) != TC_OK)
    abort();
  atexit(stop);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const sites[] = {"SAB", "RIV", "", "NONE"};
  struct arena arena = ARENA_INIT;
  struct search_result result;
  if (!cache)
    start();
  if (size == 0)
    return 0;
  char *text = arena_copy(&arena, data + 1, size - 1);
  struct search_query query = {.text = text,
                               .site = sites[data[0] & 3],
                               .scope = (enum search_scope)((data[0] >> 2) & 3),
                               .only = data[0] & 16 ? "RIV" : "Nord",
                               .country = data[0] & 32 ? "FR" : "",
                               .limit = 1 + (data[0] >> 6)};
  if (!text || search_run(cache, &query, &arena, &result, NULL) != TC_OK ||
      result.count > query.limit)
    abort();
  arena_free(&arena);
  return 0;
}
