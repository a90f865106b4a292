/* The whole program but its terminal, over the small directory: keys in, screens out. */
#ifndef TC_TESTS_LIB_BENCH_H
#define TC_TESTS_LIB_BENCH_H

#include <stdbool.h>

#include "core/act.h"
#include "tests/lib/folder.h"
#include "tui/app.h"

struct bench {
  char scope[FOLDER_PATH];
  char config[FOLDER_PATH + 16];
  int64_t now; /* when it is opened */
  struct options options;
  struct app *app;
  struct grid grid;
  struct buffer text;
};

/* At SAB with a ward phone in hand, ten days after the directory was made; 24 rows, 80 columns. */
void start(struct bench *b, bool directory, bool desk);
/* The folder and the configuration alone; then the directory, and open_app(). */
void prepare(struct bench *b, bool desk);
/* The same with these lines of configuration behind [terminal]; with BENCH_NOWHERE among them at no
 * site, as a group's desk is. */
#define BENCH_NOWHERE "# at no site\n"
void prepare_with(struct bench *b, const char *more);
/* The same of a switchboard (small_switchboard()), whose PIN is set, "": none. */
void start_switchboard(struct bench *b, const char *pin);
/* The night of tests/data/downtime.txt at SAB, as a terminal of that tier holds it; no PIN. */
void start_night(struct bench *b, enum audience tier);
void stop(struct bench *b);
void open_app(struct bench *b); /* once more, after app_close(b->app) */

/* Draws, and gives all that is on the screen. */
const char *screen_text(struct bench *b);
void expect(struct bench *b, const char *text);
void expect_not(struct bench *b, const char *text);

void type(struct bench *b, const char *text); /* ASCII */
bool press(struct bench *b, enum key_name name);
void control(struct bench *b, char letter);
void to_the_icu(struct bench *b); /* opens the card of the surgical ICU of SAB, from anywhere */
void later(struct bench *b, int64_t seconds); /* its clock goes on, and it looks at it */

/* The n-th act of that type about anything, by its time; NULL: there are not so many. */
const struct act_held *written(struct bench *b, const char *type, size_t n);
/* A disk that is slow shows what was written a moment later. */
void wait_until_saved(struct bench *b);

#endif
