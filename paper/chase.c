#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

enum { HOLDS_S = 24 * 3600 }; /* it tells of the day to come */

static void put(struct sheet *sheet, const struct paper_chase_line *line) {
  enum { BOX = 3, SITE = 6, WHO = 24 };
  int rest = sheet_columns(sheet) - BOX - SITE - WHO - 3 * SHEET_GAP;
  const struct sheet_cell cells[] = {{"[ ]", BOX, true},
                                     {line->site, SITE, true},
                                     {line->who, WHO, false},
                                     {line->what, rest > BOX ? rest : BOX, false}};
  sheet_block(sheet);
  sheet_row(sheet, cells, sizeof cells / sizeof *cells);
}

tc_status paper_chase(struct buffer *out, const struct paper_job *job,
                      const struct paper_chase_line *lines, size_t count, struct tc_error *err) {
  const struct cache_info *info = cache_info(job->cache);
  const struct site *site = house_site(cache_house(job->cache), job->site);
  struct buffer place = BUFFER_INIT;
  struct sheet *sheet = NULL;
  const char *section = "";
  if (!count)
    return tc_fail(err, TC_NOT_FOUND, _("there is nothing to chase"));
  if (site)
    buffer_printf(&place, "%s %s", site->code, site->name);
  struct sheet_head head = {.title = _("Chase list"),
                            .place = buffer_text(&place),
                            .strip = job->strip,
                            .from = "",
                            .revision = info->revision,
                            .source_time = info->source_time,
                            .printed = job->printed,
                            .valid_until =
                                job->valid_until ? job->valid_until : job->printed + HOLDS_S};
  tc_status status = sheet_open(&sheet, &head, &job->page, err);
  if (status == TC_OK)
    sheet_audience(sheet, info->audience); /* it may name whatever is held here */
  for (size_t i = 0; status == TC_OK && i < count; i++) {
    if (strcmp(section, lines[i].section) != 0)
      sheet_heading(sheet, lines[i].section);
    section = lines[i].section;
    put(sheet, &lines[i]);
  }
  if (status == TC_OK)
    status = sheet_finish(sheet, out, err);
  sheet_close(sheet);
  buffer_free(&place);
  return status;
}
