#include "sync/settings.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/ini.h"
#include "base/setting.h"

#define SYNC(member) SETTING_AT(struct settings, member)
#define SOURCE(member) SETTING_AT(struct source_setting, member)

static const char source_section[] = "source NAME";

static const struct setting_spec rows[] = {
    {"sync", "terminal", SETTING_TEXT, SYNC(terminal_text), "", NULL, 0, 0,
     "UUID of this terminal, as tocsin-sync source enrol printed it. With it the terminal tells "
     "the "
     "source every five minutes at most which revision it holds, for tocsin-sync source fleet."},
    {"sync", "account", SETTING_TEXT, SYNC(account), "", NULL, 0, 0,
     "Account that tocsin-sync works as when it is started as root. Without it tocsin-sync watch "
     "refuses to run as root; root is never needed."},
    {"sync", "every", SETTING_NUMBER, SYNC(every), "5", NULL, 1, 3600,
     "Seconds between two questions to the source, give or take a fifth."},
    {"sync", "most_wait", SETTING_NUMBER, SYNC(most_wait), "60", NULL, 1, 3600,
     "After failures tocsin-sync waits a random time, up to twice as long each time, but never "
     "longer than so many seconds."},
    {"sync", "patience", SETTING_NUMBER, SYNC(patience), "30", NULL, 1, 600,
     "Seconds without a byte of an answer after which a source is given up; it has as many, and at "
     "most 15, to let this terminal in. More only for a line that is slower than that."},
    {"sync", "stale_minutes", SETTING_NUMBER, SYNC(stale_minutes), "15", NULL, 1, 10080,
     "tocsin-sync status calls a directory stale that no source has confirmed for so many "
     "minutes."},
    {source_section, "conninfo", SETTING_TEXT, SOURCE(conninfo), "", NULL, 0, 0,
     "The database, as libpq writes it: host=db1.example,db2.example dbname=tocsin user=ward-3, a "
     "postgresql:// address, or service=NAME of a service file (pg_service.conf). Several hosts "
     "are tried one after the other. Never with a password in it: ~/.pgpass, the service file or "
     "a certificate hold that. A host that is no local socket must prove who it is "
     "(sslmode=verify-full), by the authority of sslrootcert or of ~/.postgresql/root.crt."},
    {source_section, "role", SETTING_CHOICE, SOURCE(role), "primary", "primary|replica", 0, 0,
     "replica: a standby or a subscriber that answers for the primary. Replicas are asked first, "
     "the hosts of each section in an order that differs from terminal to terminal; then "
     "primaries, in the order of the file. What terminals write and their heartbeat go to a "
     "primary."},
    {source_section, "listen", SETTING_YES_NO, SOURCE(listen), "no", NULL, 0, 0,
     "Whether the source shall tell at once when something has changed. For screens where seconds "
     "count, about 50 for one server: each costs those who write. Not through a pooler and not on "
     "a hot standby."},
    {source_section, "insecure_plaintext_to", SETTING_TEXT, SOURCE(insecure_plaintext_to), "", NULL,
     0, 0,
     "Hosts, separated by blanks, that are talked to without proof of who they are, as the sslmode "
     "of conninfo says: whoever stands in between reads the directory and can change it. Each "
     "must be named here as conninfo names it. Leave it empty."},
};

static const struct setting_section sections[] = {
    {"sync", "What tocsin-sync(1) does here. tocsin(1) does not read it."},
    {source_section,
     "One section for each source, with a name of its own behind the word source; they are asked "
     "in the order of the file."},
};

static const struct setting_table table = {rows, sizeof rows / sizeof *rows, sections,
                                           sizeof sections / sizeof *sections};

/* The source that a section names; made where it is new.  NULL: too many, or no name. */
static struct source_setting *source_of(struct settings *s, const char *section,
                                        struct tc_error *err) {
  const char *name = section + strlen("source");
  name += strspn(name, " \t");
  if (strlen(name) >= sizeof s->sources[0].name) {
    tc_fail(err, TC_CONFIG, _("the name of the source is too long"));
    return NULL;
  }
  for (size_t i = 0; i < s->source_count; i++)
    if (!strcmp(s->sources[i].name, name))
      return &s->sources[i];
  if (s->source_count == SETTINGS_SOURCES_MAX) {
    tc_fail(err, TC_CONFIG, _("there are more than %d sources"), SETTINGS_SOURCES_MAX);
    return NULL;
  }
  struct source_setting *source = &s->sources[s->source_count];
  *source = (struct source_setting){.role = SOURCE_PRIMARY};
  if (setting_defaults(source, &table, source_section, err) != TC_OK)
    return NULL;
  memcpy(source->name, name, strlen(name) + 1);
  s->source_count++;
  return source;
}

static tc_status take(void *context, const char *section, const char *name, const char *value,
                      long line, struct tc_error *err) {
  struct settings *s = context;
  void *base = s;
  (void)line;
  if (strncasecmp(section, "source", 6) == 0 && (!section[6] || strchr(" \t", section[6]))) {
    base = source_of(s, section, err);
    if (!base)
      return TC_CONFIG;
    section = source_section;
  } else if (strcasecmp(section, "sync") != 0) {
    return TC_OK; /* config_read() looks at the others */
  }
  const struct setting_spec *row = setting_find(&table, section, name);
  if (!row) /* unlike a screen's, a mistyped word here may be one about security */
    return tc_fail(err, TC_CONFIG, _("[%s] has no option “%s”; tocsin.conf(5) lists them"), section,
                   name);
  return setting_set(base, row, value, err);
}

static tc_status check(const struct settings *s, struct tc_error *err) {
  for (size_t i = 0; i < s->source_count; i++)
    if (!s->sources[i].conninfo[0])
      return tc_fail(err, TC_CONFIG, _("%s: [source %s] has no conninfo"), s->file,
                     s->sources[i].name);
  return TC_OK;
}

tc_status settings_read(struct settings *out, const char *path, struct tc_error *err) {
  struct config config;
  *out = (struct settings){.source_count = 0};
  tc_status status = config_read(&config, path, err);
  if (status == TC_OK)
    status = setting_defaults(out, &table, "sync", err);
  if (status != TC_OK)
    return status;
  memcpy(out->file, config.file, sizeof out->file);
  memcpy(out->scope, config.scope, sizeof out->scope);
  if (out->file[0])
    status = ini_read_file(out->file, take, out, err);
  if (status == TC_OK && out->terminal_text[0] &&
      !uuid_parse(&out->terminal, out->terminal_text, strlen(out->terminal_text)))
    status =
        tc_fail(err, TC_CONFIG, _("%s: terminal must be the UUID that enrol printed"), out->file);
  return status == TC_OK ? check(out, err) : status;
}

void settings_describe(struct buffer *out) {
  setting_describe(out, &table);
}

void settings_sample(struct buffer *out) {
  setting_sample(out, &table);
}
