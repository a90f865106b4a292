#include "base/i18n.h"
#include "paper/paper.h"

tc_status paper_log(struct buffer *out, const struct paper_job *job, const char *title,
                    const struct paper_log_line *lines, size_t count, struct tc_error *err) {
  const struct cache_info *info = cache_info(job->cache);
  const struct site *site = house_site(cache_house(job->cache), job->site);
  struct buffer place = BUFFER_INIT;
  struct sheet *sheet = NULL;
  if (!count)
    return tc_fail(err, TC_NOT_FOUND, _("nothing was written here in that time"));
  if (site)
    buffer_printf(&place, "%s %s", site->code, site->name);
  struct sheet_head head = {.title = title,
                            .place = buffer_text(&place),
                            .from = "",
                            .revision = info->revision,
                            .source_time = info->source_time,
                            .printed = job->printed};
  tc_status status = sheet_open(&sheet, &head, &job->page, err);
  if (status == TC_OK)
    sheet_audience(sheet, info->audience); /* it may name whatever is held here */
  for (size_t i = 0; status == TC_OK && i < count; i++) {
    enum { WHEN = 16, WHO = 12 };
    const struct sheet_cell cells[] = {
        {lines[i].when, WHEN, true},
        {lines[i].who, WHO, true},
        {lines[i].what, sheet_columns(sheet) - WHEN - WHO - 2 * SHEET_GAP, false}};
    sheet_block(sheet);
    sheet_row(sheet, cells, sizeof cells / sizeof *cells);
  }
  if (status == TC_OK)
    status = sheet_finish(sheet, out, err);
  sheet_close(sheet);
  buffer_free(&place);
  return status;
}
