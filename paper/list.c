#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "paper/paper.h"

static void put(struct sheet *sheet, const struct paper_line *line, bool boxes) {
  enum { BOX = 3, SITE = 6, WHO = 24 };
  int rest = sheet_columns(sheet) - SITE - WHO - 2 * SHEET_GAP - (boxes ? BOX + SHEET_GAP : 0);
  const struct sheet_cell cells[] = {{"[ ]", BOX, true},
                                     {line->site, SITE, true},
                                     {line->who, WHO, false},
                                     {line->what, rest > BOX ? rest : BOX, false}};
  size_t first = boxes ? 0 : 1;
  sheet_block(sheet);
  sheet_row(sheet, cells + first, sizeof cells / sizeof *cells - first);
}

tc_status paper_list(struct buffer *out, const struct paper_job *job, const struct paper_list *list,
                     struct tc_error *err) {
  const struct cache_info *info = cache_info(job->cache);
  const struct site *site = house_site(cache_house(job->cache), job->site);
  struct buffer place = BUFFER_INIT, title = BUFFER_INIT;
  struct sheet *sheet = NULL;
  const char *section = "";
  char date[DATE_TEXT];
  if (!list->count)
    return tc_fail(err, TC_NOT_FOUND, "%s", list->none);
  if (site)
    buffer_printf(&place, "%s %s", site->code, site->name);
  if (job->not_now)
    buffer_printf(&title, _("NOT NOW, as at %s: %s"), date_text(job->now, date), list->title);
  else
    buffer_add_text(&title, list->title);
  struct sheet_head head = {.title = buffer_text(&title),
                            .place = buffer_text(&place),
                            .strip = job->strip,
                            .not_now = job->not_now,
                            .clock_wrong = !job->clock_trusted,
                            .from = list->from,
                            .revision = info->revision,
                            .source_time = info->source_time,
                            .printed = job->printed,
                            .valid_until = job->valid_until ? job->valid_until : list->valid_until};
  tc_status status = sheet_open(&sheet, &head, &job->page, err);
  if (status == TC_OK)
    sheet_audience(sheet, info->audience); /* it may name whatever is held here */
  for (size_t i = 0; status == TC_OK && i < list->count; i++) {
    if (strcmp(section, list->lines[i].section) != 0)
      sheet_heading(sheet, list->lines[i].section);
    section = list->lines[i].section;
    put(sheet, &list->lines[i], list->boxes);
  }
  if (status == TC_OK)
    status = sheet_finish(sheet, out, err);
  sheet_close(sheet);
  buffer_free(&place);
  buffer_free(&title);
  return status;
}
