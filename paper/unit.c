#include "base/i18n.h"
#include "paper/view.h"

tc_status paper_unit(struct buffer *out, const struct paper_job *job, const char *unit,
                     struct tc_error *err) {
  struct view v;
  tc_status status = view_open(&v, job, job->site, unit, err);
  if (status == TC_OK)
    status = view_browse(&v, unit, err);
  if (status == TC_NOT_FOUND)
    status = tc_fail(err, TC_NOT_FOUND, _("site %s has no entry under \"%s\""), job->site, unit);
  if (status == TC_OK)
    status = sheet_finish(v.sheet, out, err);
  view_close(&v);
  return status;
}
