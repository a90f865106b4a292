#include "base/i18n.h"
#include "paper/paper.h"

enum { HOLDS_S = 24 * 3600 };

static void put(struct sheet *sheet, const struct paper_group_line *line) {
  enum { BOX = 3, NUMBER = 18 };
  int rest = sheet_columns(sheet) - BOX - NUMBER - 2 * SHEET_GAP;
  const struct sheet_cell cells[] = {{line->done ? "[x]" : "[ ]", BOX, true},
                                     {line->number, NUMBER, true},
                                     {line->name, rest > NUMBER ? rest : NUMBER, false}};
  struct buffer more = BUFFER_INIT;
  sheet_audience(sheet, line->audience);
  sheet_block(sheet);
  sheet_row(sheet, cells, sizeof cells / sizeof *cells);
  buffer_printf(&more, "     %s%s%s", line->kind, *line->kind && *line->tick ? ": " : "",
                line->tick);
  sheet_line(sheet, 5, buffer_text(&more));
  buffer_free(&more);
}

tc_status paper_group(struct buffer *out, const struct paper_job *job,
                      const struct paper_group *group, struct tc_error *err) {
  const struct cache_info *info = cache_info(job->cache);
  const struct site *site = house_site(cache_house(job->cache), job->site);
  struct buffer place = BUFFER_INIT;
  struct sheet *sheet = NULL;
  if (site)
    buffer_printf(&place, "%s %s", site->code, site->name);
  struct sheet_head head = {.title = group->name,
                            .place = buffer_text(&place),
                            .strip = job->strip,
                            .not_now = job->not_now,
                            .clock_wrong = !job->clock_trusted,
                            .from = group->from,
                            .revision = info->revision,
                            .source_time = info->source_time,
                            .printed = job->printed,
                            .valid_until =
                                job->valid_until ? job->valid_until : job->printed + HOLDS_S};
  tc_status status = sheet_open(&sheet, &head, &job->page, err);
  if (status == TC_OK) {
    sheet_audience(sheet, group->audience);
    sheet_line(sheet, 0, group->state);
    sheet_blank(sheet);
    for (size_t i = 0; i < group->count; i++)
      put(sheet, &group->lines[i]);
    sheet_blank(sheet);
    sheet_line(sheet, 0, _("Called by: ____________  Date: ____________"));
    status = sheet_finish(sheet, out, err);
  }
  sheet_close(sheet);
  buffer_free(&place);
  return status;
}
