#include "sync/sniff.h"

#include <string.h>
#include <strings.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/utf8.h"

enum { SNIFF_ROWS = 400, BINARY_SHARE = 20 };

/* Files that people take for CSV, by what they begin with. */
static const char *other_file(const char *bytes, size_t len) {
  static const struct {
    const char *magic;
    size_t len;
    const char *what;
  } others[] = {
      {"PK\x03\x04", 4, N_("it is a workbook (xlsx, ods) or a zip file: save it as CSV in UTF-8")},
      {"\xD0\xCF\x11\xE0", 4, N_("it is an old workbook (xls): save it as CSV in UTF-8")},
      {"%PDF-", 5, N_("it is a PDF file: ask for the table as CSV")},
      {"\x1F\x8B", 2, N_("it is compressed (gzip): unpack it first")},
  };
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (len >= others[i].len && !memcmp(bytes, others[i].magic, others[i].len))
      return others[i].what;
  return NULL;
}

tc_status sniff_text(const char *file, const char *bytes, size_t len, struct tc_error *err) {
  const char *other = other_file(bytes, len);
  if (other)
    return tc_fail_at(err, TC_INVALID, file, 0, 0, "%s", _(other));
  if (charset_bom(bytes, len) == 2)
    return tc_fail_at(err, TC_INVALID, file, 0, 0, _("it is UTF-16: save it as CSV in UTF-8"));
  size_t control = 0, nul = 0;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)bytes[i];
    nul += c == 0;
    control += (c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 127;
  }
  if (nul * 4 > len)
    return tc_fail_at(err, TC_INVALID, file, 0, 0,
                      _("it is UTF-16 or binary, no text: save it as CSV in UTF-8"));
  if (control > 4 && control * BINARY_SHARE > len)
    return tc_fail_at(err, TC_INVALID, file, 0, 0,
                      _("it is binary, no text: save it as CSV in UTF-8"));
  return TC_OK;
}

/* Cells of each row of the sample when split at delimiter, quotes minded.  The row that the sample
 * cuts is left out. */
static size_t count_cells(const char *bytes, size_t len, char delimiter, size_t *counts) {
  size_t rows = 0, cells = 1;
  bool quoted = false, begun = false, any = false;
  for (size_t i = 0; i < len && rows < SNIFF_ROWS; i++) {
    char c = bytes[i];
    if (quoted) {
      if (c == '"' && i + 1 < len && bytes[i + 1] == '"')
        i++;
      else if (c == '"')
        quoted = false;
    } else if (c == '"' && !begun) {
      quoted = begun = any = true;
    } else if (c == delimiter) {
      cells++;
      begun = false;
      any = true;
    } else if (c == '\n' || c == '\r') {
      if (any)
        counts[rows++] = cells;
      cells = 1;
      begun = any = false;
    } else {
      begun = any = true;
    }
  }
  if (!quoted && any && rows < SNIFF_ROWS && (rows == 0 || len < SNIFF_BYTES))
    counts[rows++] = cells;
  return rows;
}

struct score {
  size_t mode, times, rows;
};

static struct score score_of(const char *bytes, size_t len, char delimiter) {
  size_t counts[SNIFF_ROWS];
  struct score best = {0};
  best.rows = count_cells(bytes, len, delimiter, counts);
  for (size_t i = 0; i < best.rows; i++) {
    size_t times = 0;
    for (size_t j = 0; j < best.rows; j++)
      times += counts[j] == counts[i];
    if (times > best.times || (times == best.times && counts[i] > best.mode)) {
      best.mode = counts[i];
      best.times = times;
    }
  }
  return best;
}

void sniff_delimiter(struct sniff *out, const char *bytes, size_t len, char hint) {
  static const char candidates[] = {';', ',', '\t', '|', '~', (char)0xAC};
  if (len > SNIFF_BYTES)
    len = SNIFF_BYTES;
  *out = (struct sniff){.bom = charset_bom(bytes, len), .delimiter = hint};
  bytes += out->bom;
  len -= out->bom;
  struct score best = {0};
  /* "sep=;", which a spreadsheet obeys */
  size_t quote = len && *bytes == '"';
  if (!hint && len > quote + 5 && !strncasecmp(bytes + quote, "sep=", 4) &&
      memchr(candidates, bytes[quote + 4], sizeof candidates) &&
      strchr("\"\r\n", bytes[quote + 5]) && bytes[quote + 5])
    out->delimiter = hint = bytes[quote + 4];
  for (size_t i = 0; i < sizeof candidates && !hint; i++) {
    struct score s = score_of(bytes, len, candidates[i]);
    if (s.mode < 2 || s.times * 2 < s.rows)
      continue;
    /* by the share of rows that agree, then by the number of cells */
    size_t mine = s.times * 20 / s.rows, theirs = best.rows ? best.times * 20 / best.rows : 0;
    if (mine > theirs || (mine == theirs && s.mode > best.mode)) {
      best = s;
      out->delimiter = candidates[i];
    }
  }
  if (out->delimiter != (char)0xAC)
    return;
  /* the sign itself, in a file that is UTF-8 */
  const char *sign = memchr(bytes, 0xAC, len);
  out->sign_in_utf8 = sign && sign > bytes && (unsigned char)sign[-1] == 0xC2;
  for (; sign && out->sign_in_utf8; sign = memchr(sign + 1, 0xAC, len - (size_t)(sign + 1 - bytes)))
    out->sign_in_utf8 = (unsigned char)sign[-1] >= 0x80;
}

void sniff_encoding(struct sniff_count *out, const char *bytes, size_t len, char delimiter) {
  *out = (struct sniff_count){0};
  for (size_t at = 0; at < len;) {
    if (!((unsigned char)bytes[at] & 0x80) || bytes[at] == delimiter) {
      at++;
      continue;
    }
    uint32_t c;
    size_t took = utf8_next(bytes + at, len - at, &c);
    bool holds = memchr(bytes + at, delimiter, took) && ((unsigned char)delimiter & 0x80);
    if (c != UTF8_INVALID && !holds) {
      out->valid++;
      at += took;
      continue;
    }
    if (!out->invalid++)
      out->first_invalid = at;
    at++;
  }
}
