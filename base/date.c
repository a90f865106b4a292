#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/wall.h"

/* Format comes from the catalogue; what is not a plain date format shows as the English one. */
static const char *date_put(int64_t at, const char *format, const char *plain,
                            char out[DATE_TEXT]) {
  time_t instant = (time_t)at;
  struct tm tm;
  if (!localtime_r(&instant, &tm) ||
      (strftime(out, DATE_TEXT, format, &tm) == 0 && strftime(out, DATE_TEXT, plain, &tm) == 0))
    memcpy(out, "?", 2);
  return out;
}

const char *date_text(int64_t at, char out[DATE_TEXT]) {
  /* TRANSLATORS: strftime(3), figures only; French: %d/%m/%Y %H:%M */
  date_put(at, _("%Y-%m-%d %H:%M"), "%Y-%m-%d %H:%M", out);
  size_t len = strlen(out);
  snprintf(out + len, DATE_TEXT - len, "%s", wall_season(at));
  return out;
}

const char *date_day(int64_t at, char out[DATE_TEXT]) {
  /* TRANSLATORS: strftime(3), figures only; French: %d/%m/%Y */
  return date_put(at, _("%Y-%m-%d"), "%Y-%m-%d", out);
}
