#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tools/sample/days.h"
#include "tools/sample/sample.h"

static const char usage[] =
    "usage: tocsin-sample [--seed N] [--date YYYY-MM-DD] [--audience A]\n"
    "                     [--entries N] [--changes N [--after K]]\n"
    "Writes a fictional directory as a record stream: 38 sites, 22000 entries, 66000 contact\n"
    "points, the same bytes everywhere.\n"
    "  --entries N    5000 to 2000000 entries with three contact points each, numbers of +999\n"
    "  --changes N    instead of the directory: N changed records of it, to age it\n"
    "  --after K      the changes that follow the first K\n"
    "  --audience A   only what a terminal of this audience holds (public, clinical, switchboard,\n"
    "                 restricted; without it everything)\n"
    "  --date D       the day the rota begins around (2026-11-22)\n";

static bool number(int64_t *out, const char *text, int64_t low, int64_t high) {
  char *end;
  errno = 0;
  long long n = strtoll(text, &end, 10);
  *out = n;
  return !errno && end != text && !*end && n >= low && n <= high;
}

static void directory_write(struct sample *s) {
  house_write(s);
  for (int64_t i = 0; i < s->entries && s->status == TC_OK; i++)
    entry_write(s, i, 0);
  rota_write(s);
  cards_write(s);
}

static void changes_write(struct sample *s, int64_t after, int64_t count) {
  for (int64_t n = after + 1; n <= after + count && s->status == TC_OK; n++) {
    struct rng r = rng_of(s->seed, SPACE_CHANGE, (uint64_t)n);
    entry_write(s, rng_below(&r, (uint64_t)s->entries), n);
  }
}

static int wrong(const char *what) {
  fprintf(stderr, "tocsin-sample: %s\n%s", what, usage);
  return tc_exit_code(TC_USAGE);
}

int main(int argc, char **argv) {
  static const struct option options[] = {
      {"seed", required_argument, NULL, 's'},     {"entries", required_argument, NULL, 'n'},
      {"changes", required_argument, NULL, 'c'},  {"after", required_argument, NULL, 'k'},
      {"audience", required_argument, NULL, 'a'}, {"date", required_argument, NULL, 'd'},
      {"help", no_argument, NULL, 'h'},           {NULL, 0, NULL, 0}};
  static struct sample s = {.seed = 1, .entries = GROUP_ENTRIES, .widest = AUDIENCE_RESTRICTED};
  int64_t seed = 1, changes = -1, after = 0;
  s.out = stdout;
  day_parse(&s.day, "2026-11-22");
  for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
    bool fine = true;
    int word = 0;
    switch (c) {
    case 's':
      fine = number(&seed, optarg, 0, INT64_MAX);
      break;
    case 'n':
      fine = number(&s.entries, optarg, 5000, MAX_ENTRIES);
      s.bench = true;
      break;
    case 'c':
      fine = number(&changes, optarg, 0, 100000000);
      break;
    case 'k':
      fine = number(&after, optarg, 0, 100000000);
      break;
    case 'a':
      word = audience_from_word(optarg);
      fine = word > AUDIENCE_NONE;
      s.widest = (enum audience)word;
      break;
    case 'd':
      fine = day_parse(&s.day, optarg);
      break;
    case 'h':
      return fputs(usage, stdout) < 0 ? tc_exit_code(TC_IO) : 0;
    default:
      return wrong("this option is not known");
    }
    if (!fine)
      return wrong("this value cannot be used");
  }
  if (optind < argc)
    return wrong("it takes no further arguments");
  s.seed = (uint64_t)seed;
  if (!names_init(&s)) {
    fputs("tocsin-sample: out of memory\n", stderr);
    return tc_exit_code(TC_NO_MEMORY);
  }
  house_lay_out(&s);
  if (changes >= 0)
    changes_write(&s, after, changes);
  else
    directory_write(&s);
  if (s.status == TC_OK && (fflush(stdout) != 0 || ferror(stdout)))
    s.status = tc_fail_errno(&s.err, errno, "cannot write the record stream");
  if (s.status != TC_OK)
    fprintf(stderr, "tocsin-sample: %s\n", s.err.text);
  buffer_free(&s.bytes);
  arena_free(&s.arena);
  free(s.name_weights);
  return tc_exit_code(s.status);
}
