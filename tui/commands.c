#include "tui/commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/act.h"
#include "tui/lock.h"

#ifndef TC_VERSION
#define TC_VERSION "unknown"
#endif

static const enum option_id find_options[] = {OPT_ALL, OPT_MINE, OPT_GROUP, OPT_LIMIT,
                                              OPT_AT,  OPT_JSON, OPT_TSV,   OPT_NONE};
static const enum option_id answer_options[] = {OPT_AT, OPT_JSON, OPT_TSV, OPT_NONE};
static const enum option_id who_options[] = {OPT_AT, OPT_LIMIT, OPT_JSON, OPT_TSV, OPT_NONE};
static const enum option_id oncall_options[] = {OPT_ALL, OPT_AT, OPT_CHASE, OPT_JSON, OPT_NONE};
static const enum option_id print_options[] = {
    OPT_AT,      OPT_BOARD,   OPT_LIST,       OPT_UNIT,  OPT_CARD, OPT_SCENARIO,
    OPT_OUT,     OPT_PRINTER, OPT_VALID_DAYS, OPT_ROUND, OPT_DAYS, OPT_CHASE,
    OPT_ON_CALL, OPT_CUT_OFF, OPT_WHAT_IF,    OPT_NONE};
static const enum option_id note_options[] = {OPT_UNTIL, OPT_INITIALS, OPT_AUDIENCE, OPT_JSON,
                                              OPT_NONE};
static const enum option_id override_options[] = {OPT_UNTIL,    OPT_OF,   OPT_REASON, OPT_INITIALS,
                                                  OPT_AUDIENCE, OPT_JSON, OPT_NONE};
static const enum option_id absence_options[] = {OPT_UNTIL,    OPT_COVER, OPT_BEGIN, OPT_REASON,
                                                 OPT_INITIALS, OPT_JSON,  OPT_NONE};
static const enum option_id suggest_options[] = {OPT_OF, OPT_REASON, OPT_INITIALS, OPT_JSON,
                                                 OPT_NONE};
static const enum option_id withdraw_options[] = {OPT_REASON, OPT_INITIALS, OPT_JSON, OPT_NONE};
static const enum option_id incident_options[] = {OPT_DIRECTION, OPT_UNTIL, OPT_REASON,
                                                  OPT_INITIALS,  OPT_JSON,  OPT_NONE};
static const enum option_id exercise_options[] = {OPT_DOMAIN, OPT_TERMINALS, OPT_UNTIL,
                                                  OPT_REASON, OPT_INITIALS,  OPT_AUDIENCE,
                                                  OPT_OUT,    OPT_JSON,      OPT_NONE};
static const enum option_id round_options[] = {OPT_DAYS, OPT_INITIALS, OPT_JSON, OPT_NONE};
static const enum option_id acts_options[] = {OPT_JSON, OPT_NONE};
static const enum option_id attempt_options[] = {OPT_OF, OPT_INITIALS, OPT_JSON, OPT_NONE};
static const enum option_id no_options[] = {OPT_NONE};
static const enum option_id log_options[] = {OPT_SINCE, OPT_JSON, OPT_NONE};

static const struct command commands[] = {
    {"find", N_("QUERY..."), N_("look up names, services, places or numbers, as the screen does"),
     "The words of the query may stand in any order and be cut short; see\n"
     ".B SEARCHING\nbelow. One line for each entry, with its best contact point as dialled from\n"
     "where one stands.",
     find_options, cmd_find},
    {"show", N_("UUID"), N_("one entry with all its contact points"),
     "UUIDs are in the answers of\n.B find \\-\\-json\nand\n.BR \\-\\-tsv .", answer_options,
     cmd_show},
    {"number", N_("NUMBER"), N_("every entry that owns a number"),
     "The number is read in any way people write it: national, international, or an extension.",
     answer_options, cmd_number},
    {"who", N_("ROLE..."), N_("who holds a role now, and how to reach them"),
     "Where the directory holds no rota of that role it says so, and gives the contact points of\n"
     "the role itself. It never guesses a name.",
     who_options, cmd_who},
    {"oncall", "", N_("who is on call now, by site, gaps first"),
     "Every role of which a rota is held, at the site one stands at;\n.B \\-\\-all\nfor every "
     "site. Exits 1 where no rota is held.\n.B \\-\\-chase\ngives the chase list for the morning "
     "instead: roles of which nobody is listed in the day to come or was in the twelve\nhours "
     "past, "
     "holders of whom no number may be tried, rotas that are over a week old or contradict\n"
     "themselves, calls that reached nobody or the wrong one, tests that failed, incidents that "
     "are "
     "reported and\nnot declared, acts that wait or were refused. Exits 1 where there is nothing.",
     oncall_options, cmd_oncall},
    {"print", "", N_("a sheet for the wall or the pocket, with its date and until when it holds"),
     "One of\n.BR \\-\\-board ,\n.BR \\-\\-list ,\n.BR \\-\\-unit ,\n.BR \\-\\-card ,\n.BR "
     "\\-\\-scenario ,\n.BR \\-\\-chase ,\n.BR \\-\\-oncall ,\n.BR \\-\\-cut\\-off ,\n.B "
     "\\-\\-what\\-if\nor\n.BR \\-\\-round ,\nfor the "
     "site of\n.B \\-\\-site\nor of the configuration. Without\n.B \\-\\-out\nit goes to a "
     "printer through\n.BR lp (1).",
     print_options, cmd_print},
    {"note", N_("ENTRY TEXT"), N_("write a note about an entry"),
     "ENTRY is a UUID, or a query that fits one entry alone. The note holds for 24 hours unless\n"
     ".B \\-\\-until\nsays otherwise. See\n.B ACTS\nbelow.",
     note_options, cmd_note},
    {"override", N_("ENTRY NUMBER"), N_("set a temporary number, until it expires"),
     "It stands in for the contact point of\n.BR \\-\\-of ,\nor for the entry's first.\n"
     "It is written as anybody writes it, or as it is dialled from where one stands, prefix "
     "included; an extension is one of that place, whatever it stands in for, and is said with "
     "its site (\\(dqRIV 5033\\(dq).\n"
     ".B \\-\\-until\nis needed.",
     override_options, cmd_override},
    {"absence", N_("ENTRY [back]"), N_("say that somebody is absent, until when and who covers"),
     "ENTRY is a person or a role.\n.B \\-\\-until\nis needed; without\n.B \\-\\-cover\nnobody "
     "stands in. It is shown before the number, in the row and on the card, and changes no "
     "number.\nWith\n.B back\nwhat was said last of an absence that is not over is taken back.",
     absence_options, cmd_absence},
    {"suggest", N_("ENTRY FIELD VALUE"), N_("propose a correction, for a person to accept"),
     "FIELD is one of number, label, hours, place and how (of a contact point:\n"
     ".BR \\-\\-of ),\nor name, unit, building, floor, room, call\\-if, do\\-not\\-call\\-if, "
     "purpose, area, title and\nspeciality. An empty VALUE says that nothing should stand there.",
     suggest_options, cmd_suggest},
    {"withdraw", N_("ENTRY ACT"),
     N_("take back a note, a temporary number, an absence or a suggestion"),
     "ACT is its UUID, as\n.B acts\nsays it.", withdraw_options, cmd_withdraw},
    {"incident", N_("VERB DOMAIN"),
     N_("what is down: list, show, report, declare, end, extend, correct, what-if"),
     "Without a verb, the incidents that are open; exits 1 where there is none. Any terminal\n"
     "reports; a switchboard declares, which changes the answers of every terminal, and ends,\n"
     "extends or corrects. DOMAIN is the code of a failure domain, or the UUID of an incident. An\n"
     "incident is believed for 12 hours unless\n.B \\-\\-until\nsays otherwise; past that it is "
     "not confirmed, and neither up nor down. A span such as 2h counts from now, with\n.B extend\n"
     "too, not from the end there was:\n.B extend\nrefuses an earlier end, which\n.B correct\n"
     "writes.\n.B show\nsays what is "
     "known to fail of a domain, and what to do first: its scenario card.\n.B what\\-if\nsays what "
     "would be cut off; it "
     "declares nothing.",
     incident_options, cmd_incident},
    {"exercise", N_("VERB NAME"), N_("a drill: begin, end, list, report"),
     "Without a verb, every exercise that is known and what became of it; exits 1 where there is "
     "none.\n.B begin\nplays the failure domains of\n.B \\-\\-domain\nas DOWN, on this terminal "
     "and "
     "on those of\n.B \\-\\-terminals\nalone, for an hour unless\n.B \\-\\-until\nsays otherwise "
     "and "
     "for four at most. It is the switchboards\\(aq\nunless\n.B \\-\\-audience\nsays otherwise: a "
     "ward takes part only where both name it. Every line there says EXERCISE;\n.B "
     "\\-\\-real\ngives the real answer. Anything that is reported or declared after it began ends "
     "it.\n.B end\nends the one that is played here, or the one of a UUID.\n.B report\nsays of the "
     "last one, or "
     "of that of a UUID, who took part, from when to when and why no\nlonger, what it cut off and "
     "whom one tried in it; with\n.B \\-\\-out\nas a sheet.",
     exercise_options, cmd_exercise},
    {"acts", "", N_("what was written at this machine, and where it is"),
     "The last one first. Exits 1 where there is none.", acts_options, cmd_acts},
    {"attempt", N_("ENTRY RESULT"), N_("note how a call ended"),
     "RESULT is one of no\\-answer, busy, answered, wrong\\-person, wrong\\-number and, of a "
     "pager,\n"
     "paged (a page was sent, nobody has called back yet);\n"
     ".B \\-\\-of\nsays which number was dialled, else it is the first that a person may answer. A "
     "wrong number is also a\nsuggestion, but where it is a temporary one, which is to be taken "
     "back, or the rota's. It is\nnoted of who holds a role where it is theirs. What was tried is "
     "shown here for eight hours (what a "
     "switchboard tried at the others too), and orders nothing.",
     attempt_options, cmd_attempt},
    {"round", "[overdue|walk]",
     N_("the red phones and pagers of the site, and when they were tested"),
     "In the order of a walk: building, floor, room.\n.B overdue\nlists those that nobody tested "
     "in "
     "the days of\n.B \\-\\-days\nor that did not work.\n.B walk\nasks of each of them how it is, "
     "one "
     "digit each: 1 works, 2 silent, 3 not there; nothing goes on to the next and 0 ends it. What "
     "works is verified by it, what does not is a note of the\nentry until it works. Exits 1 where "
     "there is none. See\n.B print \\-\\-round\nfor the list on paper.",
     round_options, cmd_round},
    {"cascade", N_("[NAME...]"),
     N_("a cascade or a crisis cell: whom to call, in order, and who was reached"),
     "Without NAME, those that are held; exits 1 where there is none. NAME is its UUID or words of "
     "its "
     "name;\nof one name at several sites the one of one's own site. Each member has its best "
     "contact "
     "point as\ndialled from here, and what was ticked in the run under way, or in this period of "
     "a "
     "roll\\-call;\nthe screen (F11) ticks.",
     acts_options, cmd_cascade},
    {"log", "", N_("the shift log: calls, notes and temporary numbers of this machine, by time"),
     "The first one first, with the initials of whoever wrote it; what the source has not "
     "confirmed\n"
     "says so. Exits 1 where there is none.",
     log_options, cmd_log},
    {"pin", "[set|remove]", N_("the PIN that opens the switchboard tier of a shared terminal"),
     "Says whether one is set; exits 1 where none is.\n.B set\nreads it twice, from the terminal "
     "without an echo or from standard input: 6 to 32 digits.\nFor an admin: it writes the file\n"
     ".I pin\nof the scope folder. See\n.B THE SWITCHBOARD TIER\nbelow.",
     no_options, cmd_pin},
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

const struct command *command_find(const char *name) {
  for (size_t i = 0; i < COMMAND_COUNT; i++)
    if (strcmp(commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

int command_fault(const struct tc_error *err) {
  enum { LINE = 2048 };
  char line[LINE];
  struct buffer text = BUFFER_INIT;
  buffer_add_text(&text, "tocsin: ");
  emit_safe(&text, tc_error_line(err, line, sizeof line));
  buffer_add_char(&text, '\n');
  /* What there is no memory to make safe is left out.  Standard error is the last resort: where it
   * cannot be written either, the exit code is what is left to say. */
  const char *said = text.status == TC_OK ? buffer_text(&text) : "tocsin: out of memory\n";
  if (emit_text(stderr, said, strlen(said), NULL) != TC_OK)
    clearerr(stderr);
  buffer_free(&text);
  return tc_exit_code(err->status);
}

/* Writes a finished text to standard output; the exit code. */
static int say(struct buffer *text) {
  struct tc_error err = {0};
  tc_status status = buffer_status(text, &err);
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(text), text->len, &err);
  if (status == TC_OK)
    status = emit_finish(stdout, &err);
  buffer_free(text);
  return status == TC_OK ? 0 : command_fault(&err);
}

static int command_help(const struct command *c) {
  struct buffer text = BUFFER_INIT;
  buffer_printf(&text, "%s tocsin %s%s%s\n", _("Usage:"), c->name, c->arguments[0] ? " " : "",
                c->arguments[0] ? _(c->arguments) : "");
  buffer_printf(&text, "  %s\n\n", _(c->help));
  options_help(&text, c->options);
  buffer_printf(&text, "\n%s\n", _("Everywhere:"));
  options_help(&text, options_global);
  return say(&text);
}

int command_usage(void) {
  struct buffer text = BUFFER_INIT;
  buffer_printf(&text, "%s\n", _("Usage: tocsin [OPTION...] [COMMAND]"));
  buffer_printf(&text, "%s\n\n",
                _("A hospital's emergency phone and fax directory. Without a command: the search "
                  "screen."));
  for (size_t i = 0; i < COMMAND_COUNT; i++)
    buffer_printf(&text, "  %-8s %s\n", commands[i].name, _(commands[i].help));
  buffer_add_char(&text, '\n');
  options_help(&text, options_global);
  buffer_printf(&text, "\n%s\n", _("tocsin COMMAND --help says more of one; tocsin(1) says all."));
  return say(&text);
}

int command_version(bool verbose) {
  struct buffer text = BUFFER_INIT;
  buffer_printf(&text, "tocsin %s\n", TC_VERSION);
  if (verbose)
    lock_report(&text);
  return say(&text);
}

int command_run(int argc, char **argv, const struct options *o) {
  struct tc_error err = {0};
  struct options all = *o;
  tc_status status = TC_OK;
  const char **room = NULL;
  const struct command *c = command_find(argv[0]);
  if (!c) {
    tc_fail(&err, TC_USAGE, _("there is no command %s; see tocsin --help"), argv[0]);
    return command_fault(&err);
  }
  room = calloc((size_t)argc, sizeof *room);
  if (!room)
    status = tc_fail_errno(&err, ENOMEM, _("no memory for the command line"));
  if (status == TC_OK)
    status = options_read_command(&all, argc, argv, c->options, room, &err);
  if (all.value[OPT_LANG])
    i18n_language(all.value[OPT_LANG]);
  if (status == TC_OK && (option_given(&all, OPT_HELP) || option_given(&all, OPT_VERSION))) {
    free(room);
    return option_given(&all, OPT_HELP) ? command_help(c)
                                        : command_version(option_given(&all, OPT_VERBOSE));
  }
  if (status == TC_OK)
    status = c->run(&all, &err);
  free(room);
  if (status == TC_OK || (status == TC_NOT_FOUND && err.status == TC_OK))
    return tc_exit_code(status);
  return command_fault(&err);
}

void commands_describe(struct buffer *out) {
  buffer_add_text(out, ".SH COMMANDS\n");
  for (size_t i = 0; i < COMMAND_COUNT; i++) {
    const struct command *c = &commands[i];
    buffer_printf(out, ".SS tocsin %s%s%s\n", c->name, c->arguments[0] ? " " : "", c->arguments);
    buffer_printf(out, "%s.\n%s\n", c->help, c->more);
    options_describe(out, c->options);
  }
  buffer_add_text(out, ".SH OPTIONS\nThey may stand before the command and after it.\n");
  options_describe(out, options_global);
  buffer_add_text(
      out, ".SH ACTS\nWhat is written here is kept in the journal of the account, shown at "
           "once as\n\\(lqnot confirmed\\(rq, and sent by\n.BR tocsin\\-sync (1)\nwhen "
           "the source can be reached. What becomes of it depends on what the terminal may\n"
           "hold: it is applied, it waits as a suggestion until a person accepts it, it is "
           "applied to\nwhat the terminal itself wrote (own), or it is refused.\n"
           "By a clock that is known to be wrong (CLOCK WRONG) it is dated, and its end counted,\n"
           "from the newest time that is known here, and says so: the JSON of an act has\n"
           "\\(lqclock_wrong\\(rq.\n");
  act_describe(out);
}
