/* CSV (RFC 4180 and what spreadsheets make of it) -> rows.
 *
 * The file is read twice in chunks: once for its encoding, which only its last byte settles, and
 * once for its rows.  Memory is bounded by one chunk and one row. */
#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/charset.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "sync/format.h"
#include "sync/sniff.h"

enum {
  CHUNK = 64 * 1024,
  UNIT_SEPARATOR = 0x1F, /* stands for a delimiter of two bytes, or for none */
  MIXED_SHARE = 20       /* one encoding in that many of the other is an accident */
};

struct raw_cell {
  size_t offset, len;
  bool bad, odd;
};

struct raw_row {
  long number;
  size_t first, count; /* of its cells */
  bool open_end;
};

struct csv_rows {
  struct rows rows;
  int fd;
  char *path;
  struct csv_parser parser;
  bool parser_ready;
  struct sniff sniff;
  bool is_1252;
  char *chunk;
  bool at_end;
  bool last_was_cr;
  bool held_c2; /* the first byte of U+00AC may be there, the chunk ended */
  long number;  /* rows seen */
  /* complete rows waiting, then the cells of the row that is being read */
  struct buffer text;
  struct raw_cell *cells;
  size_t cell_count, cell_cap;
  struct raw_row *ready;
  size_t ready_count, ready_cap, ready_next;
  size_t open_first; /* first cell of the row being read */
  struct cell *out;
  size_t out_cap;
  tc_status status;
  struct tc_error *err; /* of the call in progress */
};

static void give_up(struct csv_rows *c, tc_status status, long column, const char *why) {
  if (c->status == TC_OK)
    c->status = tc_fail_at(c->err, status, c->path, c->number + 1, column, "%s", why);
}

static bool grow(void **items, size_t *cap, size_t size, size_t need) {
  if (need <= *cap)
    return true;
  size_t wider = *cap ? *cap * 2 : 64;
  while (wider < need)
    wider *= 2;
  void *bigger = realloc(*items, wider * size);
  if (!bigger)
    return false;
  *items = bigger;
  *cap = wider;
  return true;
}

static void on_cell(void *bytes, size_t len, void *context) {
  struct csv_rows *c = context;
  if (c->status != TC_OK)
    return;
  size_t column = c->cell_count - c->open_first + 1;
  if (column > ROWS_COLUMNS_MAX) {
    give_up(c, TC_TOO_LONG, (long)column, _("more columns than are read"));
    return;
  }
  void *cells = c->cells;
  bool room = grow(&cells, &c->cell_cap, sizeof *c->cells, c->cell_count + 1);
  c->cells = cells;
  if (!room) {
    give_up(c, TC_NO_MEMORY, 0, _("out of memory"));
    return;
  }
  if (len && memchr(bytes, 0, len)) {
    give_up(c, TC_INVALID, (long)column, _("a NUL byte: the file is damaged, or no text"));
    return;
  }
  struct raw_cell *cell = &c->cells[c->cell_count++];
  *cell = (struct raw_cell){.offset = c->text.len};
  if (len && c->is_1252) {
    struct sniff_count seen;
    sniff_encoding(&seen, bytes, len, c->sniff.delimiter);
    cell->odd = seen.valid > 0;
    cell->bad = charset_from_1252(&c->text, bytes, len, NULL) > 0;
  } else if (len && !utf8_valid(bytes, len)) {
    cell->bad = utf8_sanitize(&c->text, bytes, len) > 0;
  } else if (len) {
    buffer_add(&c->text, bytes, len);
  }
  cell->len = c->text.len - cell->offset;
  buffer_add_char(&c->text, '\0');
  if (c->text.status != TC_OK)
    give_up(c, TC_NO_MEMORY, 0, _("out of memory"));
}

/* Nothing but blanks in the row being read?  ";;" is a blank line to a spreadsheet, and so is the
 * ^Z that old programs end a file with. */
static bool is_blank(const struct csv_rows *c) {
  for (size_t i = c->open_first; i < c->cell_count; i++) {
    const char *text = c->text.data + c->cells[i].offset;
    for (size_t at = 0; at < c->cells[i].len; at++)
      if (!strchr(" \t\n\r\x1A", text[at])) {
        if ((unsigned char)text[at] != 0xC2 || (unsigned char)text[at + 1] != 0xA0)
          return false;
        at++; /* a no-break space */
      }
  }
  return true;
}

static void on_row_end(int byte, void *context) {
  struct csv_rows *c = context;
  if (c->status != TC_OK)
    return;
  bool empty = c->cell_count == c->open_first;
  bool second_half = byte == '\n' && c->last_was_cr && empty;
  c->last_was_cr = byte == '\r';
  if (second_half)
    return;
  c->number++;
  if (empty || is_blank(c)) { /* counted, not given */
    c->cell_count = c->open_first;
    return;
  }
  void *ready = c->ready;
  bool room = grow(&ready, &c->ready_cap, sizeof *c->ready, c->ready_count + 1);
  c->ready = ready;
  if (!room) {
    give_up(c, TC_NO_MEMORY, 0, _("out of memory"));
    return;
  }
  c->ready[c->ready_count++] = (struct raw_row){.number = c->number,
                                                .first = c->open_first,
                                                .count = c->cell_count - c->open_first,
                                                .open_end = byte == -1};
  c->open_first = c->cell_count;
}

static int never_space(unsigned char c) {
  (void)c;
  return 0;
}

/* Forgets the rows that were given; moves the row being read to the front. */
static void compact(struct csv_rows *c) {
  size_t keep = c->cell_count - c->open_first;
  size_t start = keep ? c->cells[c->open_first].offset : c->text.len;
  for (size_t i = 0; i < keep; i++) {
    c->cells[i] = c->cells[c->open_first + i];
    c->cells[i].offset -= start;
  }
  if (c->text.data)
    memmove(c->text.data, c->text.data + start, c->text.len - start);
  c->text.len -= start;
  c->cell_count = keep;
  c->open_first = 0;
  c->ready_count = c->ready_next = 0;
}

/* U+00AC in UTF-8 -> one byte, in place; a first byte at the end waits for the next chunk. */
static size_t narrow_sign(struct csv_rows *c, char *bytes, size_t len) {
  size_t to = 0;
  for (size_t i = 0; i < len; i++) {
    if ((unsigned char)bytes[i] == 0xC2 && i + 1 == len && !c->at_end) {
      c->held_c2 = true;
      break;
    }
    if ((unsigned char)bytes[i] == 0xC2 && i + 1 < len && (unsigned char)bytes[i + 1] == 0xAC) {
      bytes[to++] = UNIT_SEPARATOR;
      i++;
    } else {
      bytes[to++] = bytes[i];
    }
  }
  return to;
}

static ssize_t read_chunk(struct csv_rows *c, char *into, size_t len) {
  ssize_t got;
  do
    got = read(c->fd, into, len);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    c->status = tc_fail_errno(c->err, errno, _("cannot read “%s”"), c->path);
  return got;
}

/* One chunk through the parser. */
static void fill(struct csv_rows *c) {
  compact(c);
  size_t held = c->held_c2 ? 1 : 0;
  if (held)
    c->chunk[0] = (char)0xC2;
  c->held_c2 = false;
  ssize_t got = read_chunk(c, c->chunk + held, CHUNK);
  if (got < 0)
    return;
  size_t len = (size_t)got + held;
  c->at_end = got == 0;
  if (c->sniff.sign_in_utf8)
    len = narrow_sign(c, c->chunk, len);
  if (len) {
    if (csv_parse(&c->parser, c->chunk, len, on_cell, on_row_end, c) != len)
      give_up(c, TC_NO_MEMORY, 0, _("out of memory"));
  }
  if (c->at_end) {
    csv_set_opts(&c->parser, CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&c->parser, on_cell, on_row_end, c) != 0)
      give_up(c, TC_INVALID, (long)(c->cell_count - c->open_first) + 1,
              _("the file ends inside a quoted cell: a quote that is not closed, or the file is "
                "cut off"));
  }
  size_t open = c->cell_count > c->open_first ? c->text.len - c->cells[c->open_first].offset : 0;
  if (c->parser.entry_pos + open > ROWS_ROW_MAX)
    give_up(c, TC_TOO_LONG, (long)(c->cell_count - c->open_first) + 1,
            _("the row is over a million bytes long: a quote that is not closed, or no CSV"));
}

static tc_status csv_next(struct rows *rows, struct row *out, struct tc_error *err) {
  struct csv_rows *c = (struct csv_rows *)rows;
  c->err = err;
  while (c->status == TC_OK && c->ready_next == c->ready_count && !c->at_end)
    fill(c);
  /* what was whole before the fault is given first */
  if (c->ready_next == c->ready_count)
    return c->status != TC_OK ? c->status : TC_DONE;
  const struct raw_row *row = &c->ready[c->ready_next++];
  void *cells = c->out;
  bool room = grow(&cells, &c->out_cap, sizeof *c->out, row->count);
  c->out = cells;
  if (!room)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < row->count; i++) {
    const struct raw_cell *cell = &c->cells[row->first + i];
    c->out[i] = (struct cell){
        .text = c->text.data + cell->offset, .len = cell->len, .bad = cell->bad, .odd = cell->odd};
  }
  *out = (struct row){
      .number = row->number, .cells = c->out, .count = row->count, .open_end = row->open_end};
  return TC_OK;
}

static tc_status start_over(struct csv_rows *c, struct tc_error *err) {
  if (lseek(c->fd, (off_t)c->sniff.bom, SEEK_SET) < 0)
    return tc_fail_errno(err, errno, _("cannot read “%s” from its beginning"), c->path);
  if (c->parser_ready)
    csv_free(&c->parser);
  c->parser_ready = csv_init(&c->parser, CSV_REPALL_NL) == 0;
  csv_set_space_func(&c->parser, never_space);
  char delimiter = c->sniff.delimiter;
  csv_set_delim(&c->parser,
                !delimiter || c->sniff.sign_in_utf8 ? UNIT_SEPARATOR : (unsigned char)delimiter);
  c->at_end = c->last_was_cr = c->held_c2 = false;
  c->number = 0;
  c->status = TC_OK;
  c->cell_count = c->open_first = c->ready_count = c->ready_next = 0;
  buffer_clear(&c->text);
  return TC_OK;
}

static tc_status csv_rewind(struct rows *rows, struct tc_error *err) {
  return start_over((struct csv_rows *)rows, err);
}

static void csv_close(struct rows *rows) {
  struct csv_rows *c = (struct csv_rows *)rows;
  if (!c)
    return;
  if (c->fd >= 0)
    close(c->fd);
  if (c->parser_ready)
    csv_free(&c->parser);
  buffer_free(&c->text);
  free(c->cells);
  free(c->ready);
  free(c->out);
  free(c->chunk);
  free(c->path);
  free(c);
}

/* Says where the first cell is that is not UTF-8. */
static tc_status refuse_mixed(struct csv_rows *c, const struct sniff_count *seen,
                              struct tc_error *err) {
  struct row row;
  struct tc_error ignored = {.status = TC_OK};
  tc_status status = start_over(c, err);
  long at_row = 0, at_column = 0;
  while (status == TC_OK && !at_row && csv_next(&c->rows, &row, &ignored) == TC_OK)
    for (size_t i = 0; i < row.count && !at_row; i++)
      if (row.cells[i].bad) {
        at_row = row.number;
        at_column = (long)i + 1;
      }
  if (status != TC_OK)
    return status;
  return tc_fail_at(err, TC_INVALID, c->path, at_row, at_column,
                    _("mixed encodings: not UTF-8 here, but %zu other places are; convert the "
                      "file, or say --encoding utf-8 (rows with such cells are refused) or "
                      "windows-1252"),
                    seen->valid);
}

/* Reads the whole file once: text or not, delimiter, encoding. */
static tc_status examine(struct csv_rows *c, const struct rows_hint *hint, struct tc_error *err) {
  char *bytes = malloc(SNIFF_BYTES);
  if (!bytes)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  struct sniff_count all = {0};
  size_t len = 0;
  bool first = true, end = false;
  c->err = err;
  while (c->status == TC_OK && !end) {
    ssize_t got = read_chunk(c, bytes + len, SNIFF_BYTES - len);
    if (got < 0)
      break;
    len += (size_t)got;
    end = got == 0;
    if (first && !end && len < SNIFF_BYTES)
      continue;
    if (first) {
      c->status = sniff_text(c->path, bytes, len, err);
      sniff_delimiter(&c->sniff, bytes, len, hint->delimiter);
    }
    /* a sequence may be cut at the end of the chunk: its bytes wait */
    size_t wait = 0;
    while (!end && wait < 3 && wait < len && ((unsigned char)bytes[len - 1 - wait] & 0x80))
      wait++;
    struct sniff_count seen;
    size_t skip = first ? c->sniff.bom : 0;
    sniff_encoding(&seen, bytes + skip, len - wait - skip,
                   c->sniff.sign_in_utf8 ? 0 : c->sniff.delimiter);
    all.valid += seen.valid;
    all.invalid += seen.invalid;
    memmove(bytes, bytes + len - wait, wait);
    len = wait;
    first = false;
  }
  free(bytes);
  if (c->status != TC_OK)
    return c->status;
  if (*hint->encoding)
    c->is_1252 = !strcmp(hint->encoding, "windows-1252");
  else if (all.invalid && all.valid * MIXED_SHARE > all.invalid)
    return refuse_mixed(c, &all, err);
  else
    c->is_1252 = all.invalid > 0;
  return TC_OK;
}

/* Standard input, kept in a file of its own: it is read twice. */
static tc_status keep_input(struct csv_rows *c, struct tc_error *err) {
  FILE *kept = tmpfile();
  if (!kept || (c->fd = dup(fileno(kept))) < 0) {
    tc_status status = tc_fail_errno(err, errno, _("cannot keep standard input"));
    if (kept)
      fclose(kept);
    return status;
  }
  size_t got;
  while ((got = fread(c->chunk, 1, CHUNK, stdin)) > 0)
    if (fwrite(c->chunk, 1, got, kept) != got)
      break;
  bool failed = ferror(stdin) || got > 0;
  failed = fclose(kept) != 0 || failed;
  if (failed)
    return tc_fail_errno(err, errno, _("cannot keep standard input"));
  if (lseek(c->fd, 0, SEEK_SET) < 0)
    return tc_fail_errno(err, errno, _("cannot keep standard input"));
  return TC_OK;
}

static tc_status open_file(struct csv_rows *c, const char *path, struct tc_error *err) {
  struct stat st;
  if (!strcmp(path, "-")) {
    tc_status status = keep_input(c, err);
    if (status == TC_OK && fstat(c->fd, &st) == 0 && st.st_size == 0)
      status = tc_fail_at(err, TC_INVALID, c->path, 0, 0, _("the file is empty"));
    return status;
  }
  c->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (c->fd < 0 || fstat(c->fd, &st) < 0)
    return tc_fail_errno(err, errno, _("cannot open “%s”"), path);
  if (S_ISDIR(st.st_mode))
    return tc_fail_at(err, TC_NO_INPUT, path, 0, 0, _("it is a folder, not a file"));
  if (!S_ISREG(st.st_mode))
    return tc_fail_at(err, TC_NO_INPUT, path, 0, 0,
                      _("it is no file that can be read twice: save it as a file first"));
  if (st.st_size == 0)
    return tc_fail_at(err, TC_INVALID, path, 0, 0, _("the file is empty"));
  return TC_OK;
}

tc_status csv_open(struct rows **out, const char *path, const struct rows_hint *hint,
                   struct tc_error *err) {
  struct csv_rows *c = calloc(1, sizeof *c);
  if (!c)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  c->fd = -1;
  c->path = strdup(strcmp(path, "-") ? path : "stdin");
  c->chunk = malloc(CHUNK + 1);
  c->rows =
      (struct rows){.file = c->path, .next = csv_next, .rewind = csv_rewind, .close = csv_close};
  tc_status status = c->path && c->chunk ? open_file(c, path, err)
                                         : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK)
    status = examine(c, hint, err);
  if (status == TC_OK)
    status = start_over(c, err);
  if (status == TC_OK)
    *out = &c->rows;
  else
    csv_close(&c->rows);
  return status;
}
