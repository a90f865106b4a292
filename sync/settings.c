#include "sync/settings.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/ini.h"
#include "base/setting.h"
#include "core/directory.h"

#define SYNC(member) SETTING_AT(struct settings, member)
#define SOURCE(member) SETTING_AT(struct source_setting, member)

#define PROBE(member) SETTING_AT(struct probe_setting, member)

static const char source_section[] = "source NAME", probe_section[] = "probe DOMAIN";

static const struct setting_spec rows[] = {
    {"sync", "terminal", SETTING_TEXT, SYNC(terminal_text), "", NULL, 0, 0,
     "UUID of this terminal, as tocsin-sync source enrol printed it. With it the terminal tells "
     "the "
     "source every five minutes at most which revision it holds, for tocsin-sync source fleet."},
    {"sync", "account", SETTING_TEXT, SYNC(account), "", NULL, 0, 0,
     "Account that tocsin-sync works as when it is started as root. Without it tocsin-sync watch "
     "refuses to run as root; root is never needed."},
    {"sync", "bundle_keys", SETTING_TEXT, SYNC(bundle_keys), "", NULL, 0, 0,
     "Public keys, separated by blanks, whose bundles are believed here (tocsin-sync bundle load), "
     "as tocsin-sync bundle key printed them. Without one no bundle is."},
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
    {probe_section, "connect", SETTING_TEXT, PROBE(connect), "", NULL, 0, 0,
     "Where to connect by TCP: a numeric address and a port, 192.0.2.7:5060 or [2001:db8::7]:5060. "
     "The connection is closed as soon as it stands; nothing is sent."},
    {probe_section, "directions", SETTING_TEXT, PROBE(directions_text), "", NULL, 0, 0,
     "Which calls fail when it does not answer: of inside, inbound and outbound, joined by commas. "
     "Without it: all."},
    {probe_section, "every", SETTING_NUMBER, PROBE(every), "30", NULL, 1, 3600,
     "Seconds between two tries."},
    {probe_section, "patience", SETTING_NUMBER, PROBE(patience), "5", NULL, 1, 60,
     "Seconds after which a try has failed."},
    {probe_section, "fails", SETTING_NUMBER, PROBE(fails), "3", NULL, 1, 100,
     "After so many failures in a row a report is written, as F4 would."},
    {probe_section, "answers", SETTING_NUMBER, PROBE(answers), "3", NULL, 1, 100,
     "After so many answers in a row the report is taken back, unless somebody has declared the "
     "incident: that one a person ends."},
};

static const struct setting_section sections[] = {
    {"sync", "What tocsin-sync(1) does here. tocsin(1) does not read it."},
    {source_section,
     "One section for each source, with a name of its own behind the word source; they are asked "
     "in the order of the file."},
    {probe_section,
     "tocsin-sync watch may look itself whether a PBX or a trunk answers: one section for each, "
     "with the code of its failure domain behind the word probe. A probe only proposes: a report "
     "that a switchboard may declare. It says nothing while neither a source nor another probe "
     "answers, since then it may be this machine that is cut off, and nothing for a quarter of an "
     "hour after a report was taken back. At one or two machines of a switchboard, not at every "
     "terminal."},
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

/* The same of a probe. */
static struct probe_setting *probe_of(struct settings *s, const char *section,
                                      struct tc_error *err) {
  const char *domain = section + strlen("probe");
  domain += strspn(domain, " \t");
  if (!*domain || strlen(domain) >= sizeof s->probes[0].domain) {
    tc_fail(err, TC_CONFIG, _("a probe is named by the code of its failure domain"));
    return NULL;
  }
  for (size_t i = 0; i < s->probe_count; i++)
    if (!strcmp(s->probes[i].domain, domain))
      return &s->probes[i];
  if (s->probe_count == SETTINGS_PROBES_MAX) {
    tc_fail(err, TC_CONFIG, _("there are more than %d probes"), SETTINGS_PROBES_MAX);
    return NULL;
  }
  struct probe_setting *probe = &s->probes[s->probe_count];
  *probe = (struct probe_setting){.directions = 0};
  if (setting_defaults(probe, &table, probe_section, err) != TC_OK)
    return NULL;
  memcpy(probe->domain, domain, strlen(domain) + 1);
  s->probe_count++;
  return probe;
}

static bool begins(const char *section, const char *word) {
  size_t len = strlen(word);
  return strncasecmp(section, word, len) == 0 && (!section[len] || strchr(" \t", section[len]));
}

static tc_status take(void *context, const char *section, const char *name, const char *value,
                      long line, struct tc_error *err) {
  struct settings *s = context;
  void *base = s;
  (void)line;
  if (begins(section, "source")) {
    base = source_of(s, section, err);
    section = source_section;
  } else if (begins(section, "probe")) {
    base = probe_of(s, section, err);
    section = probe_section;
  } else if (strcasecmp(section, "sync") != 0) {
    return TC_OK; /* config_read() looks at the others */
  }
  if (!base)
    return TC_CONFIG;
  const struct setting_spec *row = setting_find(&table, section, name);
  if (!row) /* unlike a screen's, a mistyped word here may be one about security */
    return tc_fail(err, TC_CONFIG, _("[%s] has no option “%s”; tocsin.conf(5) lists them"), section,
                   name);
  return setting_set(base, row, value, err);
}

static tc_status check_probe(const struct settings *s, struct probe_setting *p,
                             struct tc_error *err) {
  if (!endpoint_read(&p->to, p->connect))
    return tc_fail(err, TC_CONFIG,
                   _("%s: [probe %s]: connect is a numeric address and a port, "
                     "192.0.2.7:5060 or [2001:db8::7]:5060"),
                   s->file, p->domain);
  p->directions = direction_set_from_words(p->directions_text);
  if (p->directions_text[0] && !p->directions)
    return tc_fail(err, TC_CONFIG,
                   _("%s: [probe %s]: directions are of inside, inbound and outbound, joined by "
                     "commas"),
                   s->file, p->domain);
  return TC_OK;
}

static tc_status check(struct settings *s, struct tc_error *err) {
  for (size_t i = 0; i < s->probe_count; i++) {
    tc_status status = check_probe(s, &s->probes[i], err);
    if (status != TC_OK)
      return status;
  }
  for (size_t i = 0; i < s->source_count; i++)
    if (!s->sources[i].conninfo[0])
      return tc_fail(err, TC_CONFIG, _("%s: [source %s] has no conninfo"), s->file,
                     s->sources[i].name);
  return TC_OK;
}

tc_status settings_read(struct settings *out, const char *path, struct tc_error *err) {
  struct config config;
  struct tc_error own = {.status = TC_OK};
  *out = (struct settings){.source_count = 0};
  tc_status status = config_read(&config, path, &own);
  if (status == TC_DENIED)
    return tc_fail(err, status, _("%s: it must be readable for the account of tocsin-sync"),
                   own.text);
  if (status == TC_OK)
    status = setting_defaults(out, &table, "sync", &own);
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  if (status != TC_OK)
    return status;
  memcpy(out->file, config.file, sizeof out->file);
  memcpy(out->scope, config.scope, sizeof out->scope);
  out->audience = (enum audience)config.audience;
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
