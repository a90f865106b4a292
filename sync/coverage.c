/* tocsin-sync coverage: entries that hang on a single failure domain. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/incident.h"
#include "db/hang.h"
#include "sync/command.h"
#include "sync/each.h"
#include "sync/settings.h"
#include "sync/unrecorded.h"

struct found {
  struct uuid uuid;
  enum entry_type type;
  const char *site, *name, *unit;
  size_t numbers;
  const char *domains; /* codes joined by commas, the nearest first */
};

struct coverage {
  const struct house *house;
  const char *site; /* ""; or only entries of that one */
  size_t *order;    /* places of domains: one that takes fewer others comes first */
  size_t *hanging;  /* entries on each domain, by place */
  struct found *found;
  size_t count, cap;
  struct hang_counts counts;
  struct unrecorded unrecorded;
  struct arena arena;
};

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* ---- gathering ---------------------------------------------------------------------------------
 */

static tc_status order_domains(struct coverage *c, int64_t now, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  size_t n = c->house->domain_count;
  size_t *takes = arena_zalloc(&c->arena, n + 1, sizeof *takes);
  c->order = arena_zalloc(&c->arena, n + 1, sizeof *c->order);
  c->hanging = arena_zalloc(&c->arena, n + 1, sizeof *c->hanging);
  if (!takes || !c->order || !c->hanging)
    return no_memory(err);
  for (size_t i = 0; i < n; i++) {
    const struct incident down = {
        .domain = c->house->domains[i].code, .declared = true, .reason = "", .by = ""};
    const struct outage *outage = outage_make(c->house, &down, 1, now, true, &arena);
    size_t at = i;
    takes[i] = outage ? outage->count : 0;
    for (; at > 0 && takes[c->order[at - 1]] > takes[i]; at--)
      c->order[at] = c->order[at - 1];
    c->order[at] = i;
    arena_reset(&arena);
  }
  arena_free(&arena);
  return TC_OK;
}

static bool add_found(const struct entry *entry, const struct domain_set *on, void *data) {
  struct coverage *c = data;
  const char *codes = "";
  if (*c->site && strcmp(entry->site, c->site) != 0)
    return true;
  for (size_t i = 0; i < c->house->domain_count; i++) {
    size_t place = c->order[i];
    if (!domain_set_has(on, place))
      continue;
    c->hanging[place]++;
    codes =
        arena_printf(&c->arena, "%s%s%s", codes, *codes ? "," : "", c->house->domains[place].code);
    if (!codes)
      return false;
  }
  if (c->count == c->cap) {
    size_t cap = c->cap ? c->cap * 2 : 256;
    struct found *grown = realloc(c->found, cap * sizeof *grown);
    if (!grown) {
      c->arena.failed = true;
      return false;
    }
    c->found = grown;
    c->cap = cap;
  }
  c->found[c->count++] = (struct found){.uuid = entry->uuid,
                                        .type = entry->type,
                                        .site = arena_strdup(&c->arena, entry->site),
                                        .name = arena_strdup(&c->arena, entry->name),
                                        .unit = arena_strdup(&c->arena, entry->unit),
                                        .numbers = entry->contact_count,
                                        .domains = codes};
  return !arena_failed(&c->arena);
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static bool add_unrecorded(const char *code, size_t entries, size_t others, void *out) {
  struct buffer name = BUFFER_INIT;
  emit_safe(&name, code);
  unrecorded_text(out, buffer_text(&name), entries, others);
  buffer_add_char(out, '\n');
  buffer_free(&name);
  return true;
}

static tc_status write_text(const struct coverage *c, struct tc_error *err) {
  struct buffer out = BUFFER_INIT;
  tc_status status = TC_OK;
  for (size_t i = 0; i < c->house->domain_count; i++) {
    const struct domain *d = &c->house->domains[c->order[i]];
    size_t n = c->hanging[c->order[i]];
    if (!n)
      continue;
    emit_safe(&out, d->code);
    buffer_add_text(&out, "  ");
    emit_safe(&out, d->name);
    buffer_printf(&out, _(": entries that hang on it: %zu\n"), n);
  }
  for (size_t i = 0; i < c->count && status == TC_OK; i++) {
    const struct found *f = &c->found[i];
    emit_safe(&out, f->site);
    buffer_add_text(&out, "  ");
    emit_safe(&out, f->name);
    buffer_add_text(&out, "  ");
    emit_safe(&out, f->domains);
    buffer_add_char(&out, '\n');
    if (out.len > 1 << 16) {
      status = emit_text(stdout, buffer_text(&out), out.len, err);
      buffer_clear(&out);
    }
  }
  unrecorded_each(&c->unrecorded, add_unrecorded, &out);
  if (!*c->site)
    buffer_printf(&out,
                  _("%zu entries can be called; %zu hang on a single failure domain, %zu others "
                    "would but for a number of which it is not recorded what it rides on\n"),
                  c->counts.entries, c->counts.hanging, c->counts.unrecorded);
  else
    buffer_printf(&out, _("%zu entries of %s hang on a single failure domain\n"), c->count,
                  c->site);
  if (status == TC_OK)
    status = buffer_status(&out, err);
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(&out), out.len, err);
  buffer_free(&out);
  return status;
}

static void add_field(struct buffer *out, const char *text) {
  emit_safe(out, text); /* no tab or line end is left in it */
  buffer_add_char(out, '\t');
}

static tc_status write_tsv(const struct coverage *c, struct tc_error *err) {
  struct buffer out = BUFFER_INIT;
  tc_status status = TC_OK;
  buffer_add_text(&out, "site\tname\tunit\ttype\tnumbers\tdomains\tuuid\n");
  for (size_t i = 0; i < c->count && status == TC_OK; i++) {
    const struct found *f = &c->found[i];
    char uuid[UUID_TEXT];
    uuid_format(&f->uuid, uuid);
    add_field(&out, f->site);
    add_field(&out, f->name);
    add_field(&out, f->unit);
    buffer_printf(&out, "%s\t%zu\t", entry_type_word(f->type), f->numbers);
    add_field(&out, f->domains);
    buffer_printf(&out, "%s\n", uuid);
    if (out.len > 1 << 16) {
      status = emit_bytes(stdout, out.data, out.len, err);
      buffer_clear(&out);
    }
  }
  if (status == TC_OK)
    status = buffer_status(&out, err);
  if (status == TC_OK)
    status = emit_bytes(stdout, buffer_text(&out), out.len, err);
  buffer_free(&out);
  return status;
}

static json_t *domains_json(const struct coverage *c) {
  json_t *list = json_array();
  for (size_t i = 0; i < c->house->domain_count; i++) {
    size_t place = c->order[i];
    const struct domain *d = &c->house->domains[place];
    if (c->hanging[place])
      json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "domain", d->code, "name", d->name,
                                            "entries", (json_int_t)c->hanging[place]));
  }
  return list;
}

static json_t *found_json(const struct found *f) {
  char uuid[UUID_TEXT];
  json_t *codes = json_array();
  for (const char *at = f->domains; *at;) {
    size_t len = strcspn(at, ",");
    json_array_append_new(codes, json_stringn(at, len));
    at += len + (at[len] == ',');
  }
  uuid_format(&f->uuid, uuid);
  return json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:o}", "uuid", uuid, "site", f->site, "name",
                   f->name, "unit", f->unit, "type", entry_type_word(f->type), "numbers",
                   (json_int_t)f->numbers, "domains", codes);
}

static bool unrecorded_json(const char *code, size_t entries, size_t others, void *list) {
  json_array_append_new(list, json_pack("{s:s, s:I, s:I}", "domain", code, "entries",
                                        (json_int_t)entries, "others", (json_int_t)others));
  return true;
}

static tc_status write_json(const struct coverage *c, struct tc_error *err) {
  json_t *entries = json_array();
  bool ok = entries != NULL;
  for (size_t i = 0; i < c->count; i++)
    ok = json_array_append_new(entries, found_json(&c->found[i])) == 0 && ok;
  json_t *unknown = json_array();
  unrecorded_each(&c->unrecorded, unrecorded_json, unknown);
  json_t *whole =
      json_pack("{s:i, s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "version", 1, "site", c->site,
                "can_be_called", (json_int_t)c->counts.entries, "hanging", (json_int_t)c->count,
                "not_recorded", (json_int_t)c->counts.unrecorded, "domains", domains_json(c),
                "unknown_domains", unknown, "entries", entries);
  char *text = ok && whole ? json_dumps(whole, JSON_INDENT(2) | JSON_ENSURE_ASCII) : NULL;
  json_decref(whole);
  if (!text)
    return no_memory(err);
  tc_status status = emit_bytes(stdout, text, strlen(text), err);
  if (status == TC_OK)
    status = emit_bytes(stdout, "\n", 1, err);
  free(text);
  return status;
}

static tc_status write_out(const struct coverage *c, const struct arguments *args,
                           struct tc_error *err) {
  tc_status status = args->option[OPTION_JSON]  ? write_json(c, err)
                     : args->option[OPTION_TSV] ? write_tsv(c, err)
                                                : write_text(c, err);
  return status == TC_OK ? emit_finish(stdout, err) : status;
}

static tc_status take_record(void *context, const void *bytes, size_t len, struct tc_error *err) {
  (void)err;
  unrecorded_record(context, bytes, len);
  return TC_OK;
}

tc_status coverage_run(const struct arguments *args, struct tc_error *err) {
  struct coverage c = {.site = args->option[OPTION_SITE] ? args->option[OPTION_SITE] : ""};
  struct settings *settings = calloc(1, sizeof *settings);
  struct cache *cache = NULL;
  if (!settings)
    return no_memory(err);
  tc_status status = TC_OK;
  if (args->option[OPTION_JSON] && args->option[OPTION_TSV])
    status = tc_fail(err, TC_USAGE, _("say --json or --tsv, not both"));
  if (status == TC_OK)
    status = settings_read(settings, args->option[OPTION_CONFIG], err);
  const char *scope = args->option[OPTION_CACHE] ? args->option[OPTION_CACHE] : settings->scope;
  if (status == TC_OK)
    status = cache_open(&cache, scope, err);
  if (status == TC_OK) {
    c.house = cache_house(cache);
    if (*c.site && !house_site(c.house, c.site))
      status = tc_fail(err, TC_USAGE, _("there is no site %s in this directory"), c.site);
  }
  if (status == TC_OK)
    status = order_domains(&c, args->now, err);
  if (status == TC_OK)
    status = cache_hanging(cache, args->now, add_found, &c, &c.counts, err);
  if (status == TC_OK)
    status = each_record(NULL, scope, take_record, &c.unrecorded, err);
  if (status == TC_OK && (arena_failed(&c.arena) || arena_failed(&c.unrecorded.arena)))
    status = no_memory(err);
  if (status == TC_OK)
    status = write_out(&c, args, err);
  if (status == TC_OK && c.count)
    status = tc_fail(err, TC_NOT_FOUND, _("not everybody has a second way to be reached"));
  cache_close(cache);
  free(settings);
  free(c.found);
  unrecorded_free(&c.unrecorded);
  arena_free(&c.arena);
  return status;
}
