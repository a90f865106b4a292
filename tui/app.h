/* The state machine behind the screens: keys become actions, actions change the model, the model is
 * drawn on a grid.  It knows no terminal. */
#ifndef TC_TUI_APP_H
#define TC_TUI_APP_H

#include <stdbool.h>

#include "base/status.h"
#include "tui/action.h"
#include "tui/grid.h"
#include "tui/key.h"
#include "tui/setup.h"

struct app;

/* Takes over the setup (closed by app_close, also after a failure).  Where setup->cache is NULL
 * there is no directory yet: the app shows what to run, and app_tick() looks for one.  options are
 * borrowed: they open the cache again. */
TC_MUST_CHECK tc_status app_open(struct app **out, struct setup *setup,
                                 const struct options *options, struct tc_error *err);
void app_close(struct app *a); /* NULL-safe */

/* How large the screen is: before the first key, and whenever it changes. */
void app_size(struct app *a, int rows, int cols);

/* One key.  false: leave. */
bool app_key(struct app *a, struct key key);

/* Time passed, or the cache's folder changed: looks for a new revision, and for the next minute.
 * true: the screen has to be drawn. */
bool app_tick(struct app *a);

/* Is there an incident that was not there when this was last asked?  The terminal rings then, once,
 * unless it is told not to. */
bool app_rings(struct app *a);

/* Something was drawn and no key waits: readies what the next key will ask for, and proves a part
 * of what it is answered from.  true: there is more to do; ask again while no key waits. *changed
 * is set where what was shown does not hold: the screen has to be drawn. */
bool app_rest(struct app *a, bool *changed);

/* How many rows below the middle are of the frame: the codes, what fails, the bar of keys. */
int app_rows_below(const struct app *a);

/* How often app_tick() is wanted: twice as often while somebody's waiting is counted. */
int app_pace_ms(const struct app *a);

/* How long app_tick() is not wanted, where the minute that is shown and the files that are read
 * wake whoever calls it: until the terminal has been left alone for long enough, or something shown
 * ends; -1: as long as no key comes.  Where seconds are counted or something is on its way to the
 * disk that is app_pace_ms(). */
int app_wait_ms(const struct app *a);
int64_t app_minute_left_s(const struct app *a); /* at least 1 */

/* Draws what there is on a cleared grid. */
void app_draw(struct app *a, struct grid *g);

/* What was drawn did not all come to the screen, a key came in between: what was said there has not
 * been read. */
void app_cut_off(struct app *a);

enum screen app_screen(const struct app *a);

/* The folders in which a change means something new to show; their paths hold until the next call.
 */
enum { APP_FOLDERS = 4 };
size_t app_folders(struct app *a, const char *out[APP_FOLDERS]);

#endif
