/* tocsin-sync suggestions: what waits for a person at the source. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/uuid.h"
#include "sync/command.h"
#include "sync/pg.h"

/* As one JSON object a row, which is also what --json prints. */
static const char list_sql[] =
    "SELECT jsonb_build_object('act', uuid, 'type', kind, 'entry', subject, 'site', site, 'name', "
    "name, 'terminal', terminal, 'account', account, 'initials', initials, 'at', "
    "extract(epoch FROM at)::bigint, 'reason', reason, 'payload', payload)::text "
    "FROM tocsin.waiting";

static const char *text_of(const json_t *o, const char *key) {
  const char *text = json_string_value(json_object_get(o, key));
  return text ? text : "";
}

/* "floor: 3e instead of 2e", "06 39 98 00 01 until ...", or the sentence of a note. */
static void add_payload(struct buffer *out, const json_t *o) {
  const json_t *p = json_object_get(o, "payload");
  if (*text_of(p, "field"))
    buffer_printf(out, _("%s: \"%s\" instead of \"%s\""), text_of(p, "field"), text_of(p, "now"),
                  text_of(p, "was"));
  else
    buffer_add_text(out, text_of(p, "number"));
  const char *const words[] = {text_of(p, "text"), text_of(p, "reason")};
  for (size_t i = 0; i < 2; i++)
    if (*words[i])
      buffer_printf(out, "%s%s", out->len ? ", " : "", words[i]);
}

static tc_status print_row(struct buffer *out, const char *bytes, size_t len, bool json,
                           struct tc_error *err) {
  struct buffer says = BUFFER_INIT, line = BUFFER_INIT;
  json_t *o = json_loadb(bytes, len, 0, NULL);
  if (!o)
    return tc_fail(err, TC_DAMAGED, _("the source's answer cannot be read"));
  if (json) {
    char *text = json_dumps(o, JSON_ENSURE_ASCII | JSON_SORT_KEYS);
    buffer_printf(out, "%s\n", text ? text : "");
    free(text);
  } else {
    add_payload(&says, o);
    buffer_printf(&line, "%s  %s  %s %s  (%s%s%s)  %s%s%s", text_of(o, "act"), text_of(o, "type"),
                  text_of(o, "site"), text_of(o, "name"), text_of(o, "terminal"),
                  *text_of(o, "initials") ? ", " : "", text_of(o, "initials"), buffer_text(&says),
                  *text_of(o, "reason") ? "  ! " : "", text_of(o, "reason"));
    emit_safe(out, buffer_text(&line));
    buffer_add_char(out, '\n');
  }
  json_decref(o);
  buffer_free(&says);
  buffer_free(&line);
  return TC_OK;
}

static tc_status list(struct pg *pg, bool json, struct tc_error *err) {
  struct buffer out = BUFFER_INIT;
  const void *bytes;
  size_t len, count = 0;
  tc_status status = pg_query(pg, list_sql, NULL, 0, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    status = print_row(&out, bytes ? bytes : "", len, json, err);
    count++;
  }
  if (status == TC_DONE)
    status = buffer_status(&out, err);
  if (status == TC_OK && !count && !json)
    buffer_printf(&out, "%s\n", _("nothing waits"));
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(&out), out.len, err);
  buffer_free(&out);
  return status;
}

/* The answer is "outcome TAB reason". */
static tc_status decide(struct pg *pg, const char *sql, const char *const params[2],
                        const char *wanted, const char *done, struct tc_error *err) {
  struct buffer out = BUFFER_INIT;
  char line[400], *reason = line;
  tc_status status = pg_value(pg, &out, sql, params, 2, err);
  snprintf(line, sizeof line, "%s", buffer_text(&out));
  buffer_free(&out);
  if (status != TC_OK)
    return status;
  const char *outcome = strsep(&reason, "\t");
  const char *behind = reason && *reason ? reason : "";
  if (strcmp(outcome, wanted) == 0 || strcmp(outcome, "done") == 0) {
    printf("%s\n", done);
    return TC_OK;
  }
  if (strcmp(outcome, "unknown") == 0)
    return tc_fail(err, TC_NOT_FOUND, _("there is no such suggestion"));
  if (strcmp(outcome, "waits") == 0)
    return tc_fail(err, TC_REFUSED, _("it still waits: %s (--anyway accepts it all the same)"),
                   behind);
  return tc_fail(err, TC_REFUSED, _("nothing was done: %s%s%s"), outcome, *behind ? ": " : "",
                 behind);
}

tc_status suggestions_run(const struct arguments *args, struct tc_error *err) {
  const char *verb = args->file ? args->file : "list", *uuid_text = args->second;
  bool accept = strcmp(verb, "accept") == 0, refuse = strcmp(verb, "refuse") == 0;
  struct uuid uuid;
  struct pg *pg;
  if (!accept && !refuse && strcmp(verb, "list") != 0)
    return tc_fail(err, TC_USAGE, _("say suggestions list, accept or refuse"));
  if ((accept || refuse) && (!uuid_text || !uuid_parse(&uuid, uuid_text, strlen(uuid_text))))
    return tc_fail(err, TC_USAGE, _("suggestions %s needs the UUID of one, as list prints it"),
                   verb);
  if (!accept && !refuse && uuid_text)
    return tc_fail(err, TC_USAGE, _("“%s” is one word too many"), uuid_text);
  tc_status status = pg_open(&pg, args->option[OPTION_SOURCE], &pg_patience_usual, err);
  if (status != TC_OK)
    return status;
  const char *anyway = args->option[OPTION_ANYWAY] ? "true" : "false";
  if (accept)
    status = decide(pg, "SELECT tocsin.accept_act($1::uuid, $2::boolean)",
                    (const char *const[]){uuid_text, anyway}, "applied", _("accepted"), err);
  else if (refuse)
    status = decide(pg, "SELECT tocsin.refuse_act($1::uuid, $2::text)",
                    (const char *const[]){uuid_text, ""}, "refused", _("refused"), err);
  else
    status = list(pg, args->option[OPTION_JSON] != NULL, err);
  pg_close(pg);
  return status;
}
