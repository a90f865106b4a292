#include "sync/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "core/record.h"

tc_status stream_open(struct stream *s, const char *path, struct tc_error *err) {
  struct stat st;
  bool standard = !strcmp(path, "-");
  *s = (struct stream){.file = standard ? stdin : fopen(path, "rbe"),
                       .name = standard ? _("standard input") : path};
  if (!s->file)
    return tc_fail_errno(err, errno, _("cannot open “%s”"), path);
  if (fstat(fileno(s->file), &st) == 0 && S_ISDIR(st.st_mode))
    return tc_fail_at(err, TC_NO_INPUT, s->name, 0, 0, _("it is a folder, not a file"));
  s->bytes = malloc(RECORD_MAX);
  return s->bytes ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

void stream_close(struct stream *s) {
  if (s->file && s->file != stdin)
    fclose(s->file);
  free(s->bytes);
}

tc_status stream_next(struct stream *s, struct tc_error *err) {
  int c = getc(s->file);
  if (c == EOF && !ferror(s->file))
    return TC_DONE;
  s->number++;
  size_t len = 0;
  int digits = 0;
  for (; c >= '0' && c <= '9' && len <= RECORD_MAX; c = getc(s->file)) {
    len = len * 10 + (size_t)(c - '0');
    digits++;
  }
  if (ferror(s->file))
    return tc_fail_errno(err, errno, _("cannot read “%s”"), s->name);
  if (!digits || c != '\n' || !len)
    return tc_fail_at(err, len > RECORD_MAX ? TC_TOO_LONG : TC_INVALID, s->name, s->number, 0,
                      _("no length of a record: this is not what tocsin-sync export writes"));
  if (len > RECORD_MAX)
    return tc_fail_at(err, TC_TOO_LONG, s->name, s->number, 0, _("a record of over %d bytes"),
                      RECORD_MAX);
  s->len = fread(s->bytes, 1, len, s->file);
  if (ferror(s->file))
    return tc_fail_errno(err, errno, _("cannot read “%s”"), s->name);
  if (s->len < len)
    return tc_fail_at(err, TC_INVALID, s->name, s->number, 0,
                      _("the file is cut off: %zu of %zu bytes"), s->len, len);
  return TC_OK;
}
