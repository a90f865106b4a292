#include "sync/command.h"

#include <stdio.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "sync/format.h"

const struct option_spec options[OPTION_COUNT] = {
    [OPTION_ALLOW_CRITICAL] = {"--allow-critical", NULL, N_("remove or renumber critical entries")},
    [OPTION_ALLOW_DELETED] = {"--allow-deleted", NULL,
                              N_("bring back what a person deleted at the source")},
    [OPTION_ALLOW_REMOVALS] = {"--allow-removals", "N|all",
                               N_("remove that many, where it is more than a fifth")},
    [OPTION_ANYWAY] = {"--anyway", NULL,
                       N_("accept also where the field was changed since the suggestion")},
    [OPTION_AUDIENCES] = {"--audiences", "LIST",
                          N_("what a terminal may hold: public, clinical, switchboard, restricted, "
                             "with commas between")},
    [OPTION_CACHE] = {"--cache", "PATH", N_("the folder that holds the directory")},
    [OPTION_CERTIFICATE] = {"--certificate", NULL,
                            N_("the terminal proves itself by a certificate, not by a password")},
    [OPTION_CONFIG] = {"--config", "FILE",
                       N_("tocsin.conf, instead of ~/.config/tocsin/tocsin.conf or "
                          "/etc/tocsin/tocsin.conf")},
    [OPTION_DRY_RUN] = {"--dry-run", NULL, N_("print the plan, write nothing")},
    [OPTION_ENCODING] = {"--encoding", "NAME",
                         N_("utf-8 or windows-1252, where the file is mixed")},
    [OPTION_FORMAT] = {"--format", "NAME", N_("csv (the usual) or records")},
    [OPTION_JSON] = {"--json", NULL, N_("as one JSON object")},
    [OPTION_KEY] = {"--key", "FILE", N_("the secret key that signs, as bundle key made it")},
    [OPTION_MAP] = {"--map", "MAP", N_("how the columns become records, see tocsin-map(5)")},
    [OPTION_ORIGIN] = {"--origin", "NAME",
                       N_("whose rows they are: keys are this origin's own, and only its entries "
                          "are ever removed; of records, the source of a new directory")},
    [OPTION_OUTPUT] = {"--output", "FILE", N_("write there instead of standard output")},
    [OPTION_QUIET] = {"--quiet", NULL,
                      N_("no progress; pull and watch: say nothing where all is well")},
    [OPTION_SINCE] = {"--since", "REVISION", N_("what has changed since that revision alone")},
    [OPTION_SITE] = {"--site", "CODE",
                     N_("import: home site of entries whose row names none; it is made where it is "
                        "missing; coverage: the entries of that site alone")},
    [OPTION_SNAPSHOT] =
        {"--snapshot", "FILE",
         N_("a file of snapshot make for the first load, instead of what the source "
            "would send")},
    [OPTION_SOURCE] = {"--source", "CONNINFO",
                       N_("the PostgreSQL database, as libpq writes it: \"host=db dbname=tocsin\" "
                          "or a postgresql:// address; never with a password in it")},
    [OPTION_SUBSCRIBER] = {"--subscriber", NULL,
                           N_("init: the database will be filled by logical replication")},
    [OPTION_TSV] = {"--tsv", NULL, N_("as lines with tabs between, the first one their names")},
    [OPTION_VERBOSE] = {"-v", NULL, N_("say more: each source that is asked, and each round")},
    [OPTION_WHOLE] = {"--whole", NULL,
                      N_("records: the file is the whole directory, what it does not hold goes")},
};

#define BIT(option) (UINT32_C(1) << OPTION_##option)

static tc_status help_run(const struct arguments *args, struct tc_error *err);
static tc_status version_run(const struct arguments *args, struct tc_error *err);

const struct command commands[] = {
    {"import", "FILE", NULL,
     BIT(MAP) | BIT(ORIGIN) | BIT(CACHE) | BIT(SOURCE) | BIT(SITE) | BIT(DRY_RUN) | BIT(FORMAT) |
         BIT(ENCODING) | BIT(ALLOW_REMOVALS) | BIT(ALLOW_CRITICAL) | BIT(ALLOW_DELETED) |
         BIT(WHOLE) | BIT(QUIET),
     0, import_run, N_("bring a file into the directory"),
     N_("The plan is printed, one line for each thing: added, changed (field by field), removed, "
        "refused, lint, repaired, left; then a summary. The same lines come with --dry-run, which "
        "writes nothing. All is written in one transaction or nothing is. A second run of the same "
        "file changes nothing. Only what the origin made is ever removed. A run that would remove "
        "more than a fifth of it, or remove or renumber a critical entry, is refused unless that "
        "is said. Rows that are refused keep what the directory holds of them. With --source the "
        "directory is the PostgreSQL source, and the import one transaction of it. What a person "
        "changed there is pinned: the difference is printed and the field left; an entry that a "
        "chain, a group or a scenario names is left too. What a person deleted there stays "
        "deleted, and the plan says so, unless --allow-deleted is. A file of records (--format "
        "records) is added to what the cache or the source holds: each takes the place of the "
        "record that it names, what people wrote there included, and nothing else goes. One that "
        "cannot be read is refused, with its place; with --source or --whole all are then.")},
    {"map", "FILE", NULL, BIT(ENCODING), 0, map_run,
     N_("look at a file and write a map to start from"),
     N_("The columns of a CSV file are looked at: what is a number in which country, what tells "
        "the "
        "rows apart, what is a name. The map goes to standard output, with all the columns as "
        "comments. It is a guess to be read, line by line, before import --dry-run is tried with "
        "it.")},
    {"export", NULL, NULL, BIT(CACHE) | BIT(OUTPUT), BIT(CACHE), records_export,
     N_("write every record of the directory, as import --format records reads them"), NULL},
    {"status", NULL, NULL, BIT(CACHE) | BIT(CONFIG) | BIT(JSON), 0, status_run,
     N_("say what the directory is: revision, source, age, counts, and whether it is fresh"),
     N_("It ends with 0 where the directory is fresh: made by an import, or confirmed by a source "
        "within the minutes that tocsin.conf calls stale_minutes; with 75 where it is stale; with "
        "69 where there never was one. A clock that is behind the source's says stale, and so does "
        "what a source sent where the file that tells of the last round is not there.")},
    {"rebuild", NULL, NULL, BIT(CACHE) | BIT(QUIET), BIT(CACHE), rebuild_run,
     N_("derive the search index and all else from the records again"), NULL},
    {"tidy", NULL, NULL, BIT(CACHE), BIT(CACHE), tidy_run, N_("merge the search index"), NULL},
    {"source", "init|upgrade|check|approve|enrol|revoke|fleet", "NAME|REVISION",
     BIT(SOURCE) | BIT(AUDIENCES) | BIT(CERTIFICATE) | BIT(SUBSCRIBER), BIT(SOURCE), source_run,
     N_("install the source's schema, look after it and after its terminals"),
     N_("init makes the schema tocsin, the roles tocsin_public, tocsin_clinical, "
        "tocsin_switchboard, tocsin_restricted, tocsin_admin, tocsin_reader and tocsin_writer, "
        "their grants and "
        "row security, in one transaction; done again, it changes nothing. The owner of the "
        "database with CREATEROLE can do it, no superuser is needed. With --subscriber the schema "
        "is made for a logical subscriber, and answers nobody until the first copy is complete. "
        "upgrade brings an older "
        "schema to this program's; a newer one is refused by both. check builds every record "
        "again from the tables, reads it as a terminal would, compares hashes, counts and "
        "digests, and prints what differs. approve REVISION lets terminals take a change that they "
        "hold because it would remove more than a fifth and more than 50 of their entries. enrol "
        "NAME --audiences LIST makes a terminal: a UUID and a login role of that name that holds "
        "these audiences and nothing else; it prints what goes into the terminal's tocsin.conf, "
        "and a password for its ~/.pgpass that is kept nowhere and shown this once (with "
        "--certificate: none, the certificate's CN is the name). revoke NAME takes login and "
        "grants away. fleet prints every terminal, a line each with tabs between: name, UUID, "
        "revision, how many revisions behind, version, queue, seconds since it last spoke, "
        "audiences, state (ok, silent for an hour, never spoke, revoked); on a terminal a first "
        "line names them. One that holds a change back speaks all the same. GRANT tocsin_admin to "
        "people who edit the tables.")},
    {"snapshot", "make", NULL, BIT(SOURCE) | BIT(AUDIENCES) | BIT(OUTPUT) | BIT(QUIET),
     BIT(SOURCE) | BIT(AUDIENCES), snapshot_run,
     N_("make a ready built directory for the first load of new terminals"),
     N_("It is built as a terminal that holds exactly these audiences would build its own, "
        "compressed, and put into a table of the source, in place of the one before; with --output "
        "also into a file, for terminals behind a slow line (pull --snapshot). A terminal whose "
        "directory is empty, whose grants are exactly these audiences and whose version is this "
        "one takes it, and then what has changed since. It is checked before it is used: SHA-256, "
        "history, count and digest of the records are what the source says; where anything is not, "
        "or more than about 8 % has changed since, one line says so and everything is sent as "
        "usual. For a login with the role tocsin_admin, once a night and after each upgrade; "
        "it builds in TMPDIR, which needs room for a directory and a half.")},
    {"bundle", "key|make|load", "FILE",
     BIT(SOURCE) | BIT(AUDIENCES) | BIT(KEY) | BIT(SINCE) | BIT(OUTPUT) | BIT(CACHE) | BIT(CONFIG) |
         BIT(QUIET),
     0, bundle_run, N_("carry the directory to a terminal without a network, in a signed file"),
     N_("bundle key --output FILE makes a key (Ed25519): the secret one in FILE, for whoever makes "
        "bundles; the public one is printed as bundle_keys of tocsin.conf wants it. bundle make "
        "--source CONNINFO --audiences LIST --key FILE --output FILE writes everything that "
        "terminals with exactly these audiences hold, or with --since what has changed since that "
        "revision; for a login with the role tocsin_admin. bundle load FILE takes it in on the "
        "terminal: nothing of it is unpacked before its signature and hashes are found good, and "
        "then count, digest and removals are checked as of any pull. Refused are a key that "
        "tocsin.conf does not name, other audiences than the terminal has, what is older than the "
        "directory, changes that do not follow on it, and a change that would remove more than a "
        "fifth and more than 50 entries, unless it was approved at the source. What is written at "
        "such a terminal stays in its journal until a source can be reached.")},
    {"pull", NULL, NULL,
     BIT(SOURCE) | BIT(CACHE) | BIT(CONFIG) | BIT(SNAPSHOT) | BIT(QUIET) | BIT(VERBOSE), 0,
     pull_run, N_("bring the cache to the source's revision, once"),
     N_("One statement asks what is new; the changes are applied in one transaction, after count "
        "and digest have been compared, or everything is loaded aside and switched in. The line "
        "that is printed says what was done and why. A source that was restored or is another one "
        "is said; one that is behind is left alone, and the next one asked (exit 75 where there is "
        "none); a change that would remove more than a fifth and more than 50 entries is held "
        "(exit 65). After any failure the cache is as it was. Without --source the sources are "
        "those of tocsin.conf, each in its turn, and root becomes the account that is named there. "
        "A host that is no local socket must prove who it is (sslmode=verify-full) unless --source "
        "says another sslmode, or tocsin.conf names the host in insecure_plaintext_to. Passwords "
        "are read from ~/.pgpass or a service file. For cron: pull --quiet.")},
    {"watch", NULL, NULL, BIT(SOURCE) | BIT(CACHE) | BIT(CONFIG) | BIT(QUIET) | BIT(VERBOSE), 0,
     watch_command, N_("follow the sources until told to stop"),
     N_("A round every few seconds over a connection that is kept, as pull makes one; one such "
        "program for each folder (exit 75 for a second, which says nothing with --quiet). A source "
        "that cannot be reached is asked again, after a random time that grows with the failures; "
        "one whose change is held as usual, so that an approval arrives. SIGHUP has tocsin.conf "
        "read "
        "again, and where that is wrong all stays as it was; SIGTERM ends it within a second. It "
        "needs no root; started as root it becomes the account that tocsin.conf names. Each event "
        "is one line on standard error, without anything of the directory in it. It tells systemd "
        "that it is ready, how it is, and that it lives (Type=notify, WatchdogSec=). Where there "
        "is "
        "no systemd a line of a crontab keeps it alive: */5 * * * * /usr/local/bin/tocsin-sync "
        "watch --quiet; "
        "cron "
        "mails what it said when it ends, 2>&1 | logger -t tocsin-sync behind it has it told at "
        "once.")},
    {"check", NULL, NULL, BIT(CACHE) | BIT(SOURCE) | BIT(CONFIG), BIT(CACHE), check_run,
     N_("hash the stored records again, and repair what a disk has lost"),
     N_("Every record is hashed and the whole compared with the digest that was written with it; "
        "nothing is locked and nothing is written. Where they differ and a source is given, the "
        "records are compared with it by a tree of digests and only those that differ are fetched, "
        "into a generation beside the published one; without a source the exit code is 65. Where "
        "the "
        "records are sound and the search index is not, it is made again from them. Sites of a "
        "region whose public holidays nobody knows are named, failure domains that records name "
        "and none is, and records that cannot be read.")},
    {"coverage", NULL, NULL, BIT(CACHE) | BIT(CONFIG) | BIT(SITE) | BIT(JSON) | BIT(TSV), 0,
     coverage_run, N_("list the entries that hang on a single failure domain"),
     N_("For each failure domain it is asked what would be left if it alone were down, with all "
        "that needs it, and nothing else, as from a ward phone of each entry's own site. Listed "
        "are the entries of which nothing would be left, with the domains that take them, the "
        "nearest first: of a PBX and the data centre it lives in, the PBX. A number of which it "
        "is not recorded what it rides on counts as a way that is left, and the last line says "
        "how many entries live by such a number alone. Failure domains that records name and none "
        "is (misspelt, renamed) are named, with how many entries do: what rides on one is not "
        "known. It ends with 0 where no entry hangs on a "
        "single domain and with 1 where some do.")},
    {"suggestions", "list|accept|refuse", "UUID", BIT(SOURCE) | BIT(ANYWAY) | BIT(JSON),
     BIT(SOURCE), suggestions_run, N_("what terminals wrote that waits for a person"),
     N_("list prints what waits, the oldest first: its UUID, what it is, of which entry, by whom, "
        "and what it would change. accept does it and refuse does not; the terminal that wrote it "
        "hears of either. A field that was changed since is not overwritten unless --anyway says "
        "so; what is accepted is pinned, so that no import takes it back. For a login with the "
        "role tocsin_admin.")},
    {"version", NULL, NULL, 0, 0, version_run, N_("say the version"), NULL},
    {"help", "COMMAND", NULL, 0, 0, help_run, N_("say what there is, or what a command takes"),
     NULL},
};
const size_t command_count = sizeof commands / sizeof *commands;

static const struct command *command_find(const char *name) {
  for (size_t i = 0; i < command_count; i++)
    if (!strcmp(commands[i].name, name))
      return &commands[i];
  return NULL;
}

static tc_status print_buffer(struct buffer *b, struct tc_error *err) {
  tc_status status = buffer_status(b, err);
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(b), b->len, err);
  buffer_free(b);
  return status;
}

static tc_status help_run(const struct arguments *args, struct tc_error *err) {
  const struct command *c = args->file ? command_find(args->file) : NULL;
  struct buffer b = BUFFER_INIT;
  if (args->file && !c)
    return tc_fail(err, TC_USAGE, _("“%s” is no command; tocsin-sync help lists them"), args->file);
  else
    command_help(&b, c);
  return print_buffer(&b, err);
}

static tc_status version_run(const struct arguments *args, struct tc_error *err) {
  (void)args;
  (void)err;
  printf("tocsin-sync %s\n", TC_VERSION);
  return TC_OK;
}

/* The option that a word names, with its argument where the word holds it; OPTION_COUNT: none. */
static enum option option_find(const char *word, const char **inline_value) {
  const char *equals = strchr(word, '=');
  size_t len = equals ? (size_t)(equals - word) : strlen(word);
  *inline_value = equals ? equals + 1 : NULL;
  for (int i = 0; i < OPTION_COUNT; i++)
    if (strlen(options[i].name) == len && !strncmp(options[i].name, word, len))
      return (enum option)i;
  return OPTION_COUNT;
}

static tc_status read_option(const struct command *c, int argc, char **argv, int *at,
                             struct arguments *args, struct tc_error *err) {
  const char *word = argv[*at], *value;
  enum option o = option_find(word, &value);
  if (o == OPTION_COUNT || !(c->options & (UINT32_C(1) << o)))
    return tc_fail(err, TC_USAGE, _("%s has no option “%s”; tocsin-sync help %s lists them"),
                   c->name, word, c->name);
  if (args->option[o])
    return tc_fail(err, TC_USAGE, _("%s stands twice"), options[o].name);
  if (options[o].arg && !value && *at + 1 < argc)
    value = argv[++*at];
  if (options[o].arg && (!value || !*value))
    return tc_fail(err, TC_USAGE, _("%s needs %s"), options[o].name, options[o].arg);
  if (!options[o].arg && value)
    return tc_fail(err, TC_USAGE, _("%s takes nothing"), options[o].name);
  args->option[o] = value ? value : "";
  return TC_OK;
}

tc_status command_read(int argc, char **argv, const struct command **out, struct arguments *args,
                       struct tc_error *err) {
  bool wants_help = argc >= 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"));
  bool wants_version = argc >= 2 && !strcmp(argv[1], "--version");
  if (argc < 2)
    return tc_fail(err, TC_USAGE, _("say a command; tocsin-sync help lists them"));
  *out = command_find(wants_help ? "help" : wants_version ? "version" : argv[1]);
  if (!*out)
    return tc_fail(err, TC_USAGE, _("“%s” is no command; tocsin-sync help lists them"), argv[1]);
  bool words_only = false;
  for (int i = 2; i < argc; i++) {
    if (!words_only && (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))) {
      args->file = (*out)->name;
      *out = command_find("help");
      return TC_OK;
    }
    if (!words_only && !strcmp(argv[i], "--")) {
      words_only = true;
      continue;
    }
    if (!words_only && argv[i][0] == '-' && argv[i][1]) {
      tc_status status = read_option(*out, argc, argv, &i, args, err);
      if (status != TC_OK)
        return status;
      continue;
    }
    if ((*out)->second && args->file && !args->second)
      args->second = argv[i];
    else if (!(*out)->operand || args->file)
      return tc_fail(err, TC_USAGE, _("“%s” is one word too many"), argv[i]);
    else
      args->file = argv[i];
  }
  for (int i = 0; i < OPTION_COUNT; i++)
    if ((*out)->required & (UINT32_C(1) << i) && !args->option[i])
      return tc_fail(err, TC_USAGE, _("%s needs %s %s"), (*out)->name, options[i].name,
                     options[i].arg);
  return TC_OK;
}

void command_usage(struct buffer *out, const struct command *c) {
  buffer_printf(out, "tocsin-sync %s", c->name);
  if (c->operand)
    buffer_printf(out, c->run == help_run ? " [%s]" : " %s", c->operand);
  if (c->second)
    buffer_printf(out, " [%s]", c->second);
  for (int i = 0; i < OPTION_COUNT; i++) {
    uint32_t bit = UINT32_C(1) << i;
    if (!(c->options & bit))
      continue;
    bool must = (c->required & bit) != 0;
    buffer_printf(out, " %s%s%s%s%s", must ? "" : "[", options[i].name, options[i].arg ? " " : "",
                  options[i].arg ? options[i].arg : "", must ? "" : "]");
  }
}

void command_help(struct buffer *out, const struct command *c) {
  if (c) {
    buffer_add_text(out, _("usage: "));
    command_usage(out, c);
    buffer_printf(out, "\n%s.\n", _(c->help));
    for (int i = 0; i < OPTION_COUNT; i++)
      if (c->options & (UINT32_C(1) << i)) {
        char name[64];
        snprintf(name, sizeof name, "%s%s%s", options[i].name, options[i].arg ? " " : "",
                 options[i].arg ? options[i].arg : "");
        buffer_printf(out, "  %-24s %s\n", name, _(options[i].help));
      }
    if (c->run == import_run) {
      buffer_add_text(out, _("formats:\n"));
      for (size_t i = 0; i < format_count; i++)
        buffer_printf(out, "  %-24s %s\n", formats[i].name, _(formats[i].help));
    }
    return;
  }
  buffer_add_text(out, _("tocsin-sync writes the directory that tocsin shows.\n"));
  for (size_t i = 0; i < command_count; i++)
    buffer_printf(out, "  %-10s %s\n", commands[i].name, _(commands[i].help));
  buffer_add_text(out, _("tocsin-sync help COMMAND says more; see tocsin-sync(1).\n"));
}

void command_describe(struct buffer *out) {
  for (size_t i = 0; i < command_count; i++) {
    const struct command *c = &commands[i];
    buffer_add_text(out, ".TP\n.B ");
    command_usage(out, c);
    buffer_printf(out, "\n%s.\n", c->help);
    if (c->more)
      buffer_printf(out, "%s\n", c->more);
  }
  buffer_add_text(out, ".SH OPTIONS\n");
  for (int i = 0; i < OPTION_COUNT; i++)
    buffer_printf(out, ".TP\n.B %s%s%s\n%s.\n", options[i].name, options[i].arg ? " " : "",
                  options[i].arg ? options[i].arg : "", options[i].help);
  buffer_add_text(out, ".SH FORMATS\n");
  for (size_t i = 0; i < format_count; i++)
    buffer_printf(out, ".TP\n.B %s\n%s.\n", formats[i].name, formats[i].help);
}
