/* What the parts of the app share; nobody else includes it, but for a test that moves its clock. */
#ifndef TC_TUI_APP_STATE_H
#define TC_TUI_APP_STATE_H

#include "base/arena.h"
#include "base/i18n.h"
#include "core/act.h"
#include "db/journal.h"
#include "tui/app.h"
#include "tui/caller.h"
#include "tui/card.h"
#include "tui/fax.h"
#include "tui/form.h"
#include "tui/groups.h"
#include "tui/idle.h"
#include "tui/list_view.h"
#include "tui/memory.h"
#include "tui/pin.h"
#include "tui/present.h"
#include "tui/search_view.h"
#include "tui/write.h"

enum { STACK_MAX = 8, WORD_MAX = 128, PATH_TEXT = 512 };

/* What choosing an item of a list does. */
enum target_kind {
  TARGET_SCOPE,    /* search there */
  TARGET_SITE,     /* browse this site */
  TARGET_STAND,    /* I stand there */
  TARGET_UNIT,     /* browse below */
  TARGET_ENTRY,    /* open its card */
  TARGET_SET,      /* calling from */
  TARGET_PRINT,    /* what to print */
  TARGET_PRINT_TO, /* where to */
  TARGET_NOTE,     /* write one */
  TARGET_ABSENCE,
  TARGET_OVERRIDE, /* of the contact point uuid */
  TARGET_SUGGEST,  /* of the property number, of the contact point uuid where it is of one */
  TARGET_WITHDRAW, /* the act uuid */
  TARGET_WHAT_IF,  /* what is cut off; text: the domain that might fail, "": as it is */
  TARGET_INCIDENT, /* the incident uuid: what has become of it */
  TARGET_SAY,      /* an act of kind number: report, declare, change, end */
  TARGET_NOTHING,  /* to be read */
  TARGET_RESULT,   /* how a call ended */
  TARGET_REVEAL,   /* text: why */
  TARGET_ROUND,    /* the test round */
  TARGET_CHASE,    /* the chase list */
  TARGET_GROUPS,   /* cascades and crisis cells */
  TARGET_GROUP,    /* the one uuid */
  TARGET_TIER,     /* opens or closes it */
  TARGET_EXERCISE  /* into it, or out of it */
};

struct target {
  enum target_kind kind;
  int number; /* enum search_scope, enum set_kind, what to print, where to */
  const char *text;
  struct uuid uuid, contact; /* of the desk: contact is the act that the row is of */
  const struct group_shown *shown;
};

/* A member's row of a cascade or crisis cell, as it is shown. */
struct group_shown {
  struct dialled_kept called;
  struct uuid tick; /* nil: none */
  const char *name;
  bool pager; /* who is paged */
};

/* The chosen row of a list by what it is, not by where it stands. */
struct list_place {
  bool set;
  enum screen screen; /* whose list it is */
  struct target target;
  char text[PATH_TEXT]; /* of the target */
  size_t nth, row;      /* which of those alike; where it stood */
};

/* An act being written. */
struct form {
  enum act_kind kind;                  /* of a call: who notes it */
  const struct act_property *property; /* of a suggestion */
  struct uuid subject;
  struct uuid which; /* the contact point; of a withdrawal: what is taken back */
  struct uuid cover; /* of an absence: who stands in, once chosen */
  char of[WORD_MAX];
  struct typed fields[FORM_FIELDS];
  size_t at;
  uint32_t ways;    /* of an incident: in which directions */
  struct uuid told; /* that says the same already: whoever writes was told of it */
  size_t choice;    /* of the failure domains that fit what is typed */
};

/* What was said of an incident. */
struct incident_said {
  const char *domain; /* its code */
  uint32_t ways;
  const char *reason;
};

/* A test round: the contact points in the order of the walk, those that were due before it first.
 */
struct round_walk {
  struct arena arena;
  struct uuid *order;
  size_t count, due;
  struct uuid entry, contact; /* about to be noted */
  enum test_result result;    /* TEST_OTHER: the last one is taken back */
};

/* The cascade or crisis cell that is open, and what is about to be noted of it. */
struct group_work {
  struct uuid uuid;
  bool cell;
  int64_t begun, until;     /* a run that nothing is written of yet; the end of a period */
  struct list_place member; /* and as its row was when the key was pressed: */
  struct group_shown shown;
  char name[WORD_MAX];
  bool takes_back;
  struct group_result result;
};

enum { INCIDENTS_KNOWN = 64 };

struct app {
  struct setup setup;
  const struct options *options;
  int rows, cols;

  bool frame_damaged; /* it says that some of the directory cannot be read */
  bool damaged;       /* the search index, as app_rest() found; until another is followed */

  enum screen stack[STACK_MAX];
  struct list_place list_at[STACK_MAX]; /* the row where one was, on a list below */
  int depth;

  struct typed typed, put_aside;
  struct uuid put_aside_card;
  struct call call;
  struct callers callers;
  enum search_scope scope;
  char only[WORD_MAX]; /* site's code or group's name of the scope */

  struct arena rows_arena[2]; /* the rows shown, and the ones before a new revision */
  int rows_now;
  struct search_item *items;
  size_t item_count, selected, limit;
  enum contact_kind wanted;
  size_t here, elsewhere;
  bool more_here, more_elsewhere;
  const char *told; /* by the search itself, or of who waits; "" */
  const char *note; /* that, or what there is room for */
  const char **lines;
  size_t line_count;
  enum search_part part;

  struct arena detail_arena;
  struct card *detail; /* of the selected row; NULL: to be made */

  struct arena card_arena[2];
  int card_now;
  struct card *card; /* opened */
  int card_top;
  size_t channel;
  bool channel_seen;          /* its digits were read since the card was opened */
  int64_t revealed_until;     /* its masked digits are shown; 0: they are not */
  struct dialled_kept called; /* what the question of F8 is about, as it was then; */
  char called_text[WORD_MAX]; /* its number and kind */
  struct uuid call_card;      /* and of whom */
  enum attempt_result call_result;

  struct arena fax_arena;
  struct fax_card *fax; /* of the opened card */
  size_t fax_selected;
  int fax_top;   /* lines below its digits that are scrolled off */
  bool fax_more; /* and there are more that do not show */
  char fax_typed[FAX_TAIL + 1];

  struct arena frame_arena;
  struct frame frame;
  bool frame_made;
  /* Minutes of the clock.  There are two: the frame is made by whatever draws first in its minute,
   * also a key; rows, card and list, which somebody may be reading, by the tick alone. */
  int64_t frame_minute, shown_minute;
  int64_t drawn_second;
  uint64_t state_stamp; /* of tocsin-sync's state file, as the frame says it */
  char message[256];
  bool unseen;         /* it has not been on the screen: keys typed before leave it there */
  size_t fault_line;   /* of what was wrong at the start: the one to be said next */
  int64_t fault_since; /* when it was */
  char home_language[I18N_CODE]; /* that the terminal speaks where it is left alone */
  char other_language[192];      /* how each other one is had, in it; "" there is none */

  struct arena list_arena;
  struct list_view list;
  struct target *targets;
  enum screen list_of; /* whose it is */
  bool list_lost;      /* its chosen row went away: the next key takes none in its place */
  struct round_walk round;
  struct group_work group;
  struct arena chase_arena;
  int print_what;
  char browse_site[WORD_MAX];
  char browse_path[PATH_TEXT];
  int help_top, status_top;

  struct form form;
  char initials[ACT_INITIALS_MAX * 4 + 1];     /* of whoever sits here; "": not asked yet */
  bool initials_known;                         /* they were asked for: "" is unsigned */
  void (*signed_then)(struct app *a);          /* what the question of them goes on with */
  struct journal_writer *journal;              /* opened with the first act */
  size_t unsaved;                              /* as it was told last */
  char folders[APP_FOLDERS][CONFIG_PATH + 16]; /* app_folders() */
  char pin[PIN_MOST + 1];                      /* as it is typed */
  char pin_fault[256];
  bool pin_left; /* its page was closed by idleness: whoever types on types no search */
  struct pin_tries tries;
  void (*opened_then)(struct app *a);     /* what its question goes on with */
  bool ring;                              /* an incident is new, and the bell has not rung */
  struct uuid incidents[INCIDENTS_KNOWN]; /* that were there when it was last looked */
  size_t incident_count;
  struct uuid incident;             /* the one that F4 shows; nil: all of them */
  struct list_place incident_place; /* its row among all of them */
  enum act_kind say;                /* what is about to be said of it */
  char say_domain[WORD_MAX];
  bool cut_off;           /* the screen of incidents shows what they cut off */
  char what_if[WORD_MAX]; /* as if this domain were down too; "" none */
  char as_at[WORD_MAX];   /* what is typed at F3 */
  char as_at_fault[256];
  struct uuid exercise; /* that was on here when it was last looked; nil: none */
  bool begins;          /* it was begun here: whoever did so takes part */

  struct clock_mark last_key;                          /* for idleness */
  enum idle_stage idle;                                /* as it was acted upon */
  char home_site[CONFIG_WORD], home_plan[CONFIG_WORD]; /* where the terminal stands */
  struct memory memory;
};

/* A list under construction, in list_arena. */
struct list_builder {
  struct app *a;
  struct list_item *items;
  struct target *targets;
  size_t count, cap;
  const char *mark; /* before the text of each row: "EXERCISE"; "" */
};
bool list_start(struct list_builder *b, struct app *a, size_t cap);
void list_add(struct list_builder *b, const char *section, const char *code, const char *text,
              const char *right, bool current, struct target target);
void list_finish(struct list_builder *b);

void app_present(struct app *a, struct present *out, struct arena *arena);
/* What a fault says to the person in front.  What that person did is said as it is; of all else a
 * kiosk, which shows no path and no word of the system, has one sentence: of whoever reads the
 * directory app_why(), of whoever writes app_why_not_saved(). */
const char *app_fault(const struct app *a, const struct tc_error *err, const char *in_a_kiosk);
const char *app_why(const struct app *a, const struct tc_error *err);
/* Why a list is empty: as said, unless something of the directory cannot be read. */
const char *app_nothing(const struct app *a, const char *text);
void app_say(struct app *a, const char *fmt, ...) TC_PRINTF(2, 3);
void app_push(struct app *a, enum screen screen);
void app_pop(struct app *a);
bool app_on_stack(const struct app *a, enum screen screen);
void app_relist(struct app *a);      /* the list of the screen that is on top */
void app_relist_kept(struct app *a); /* the same, the choice kept where there is one still */
bool app_follow(struct app *a);      /* the directory as it is now; true: it has changed */
void app_refresh(struct app *a);     /* rows, card and list made anew, the choice kept */

void app_begin(struct app *a);      /* the first screen */
void app_make_frame(struct app *a); /* what is on top and below, once a minute */
void app_set_typed(struct app *a, const struct typed *typed);

/* app_time.c: what happens without a key */
void app_remember_home(struct app *a); /* where the terminal stands */
void app_go_home(struct app *a);       /* nothing of the last caller stays */
bool app_new_person(struct app *a);    /* F10 at a shared one; false: it is an operator's */
bool app_shared(const struct app *a);  /* a kiosk that is no desk: each caller is another person */
void app_left_alone(struct app *a);    /* before a key: what is owed to whoever is here now */

/* app_language.c: the key for the other language */
void app_faults_say(struct app *a); /* the first line of what was wrong at the start */
/* A key has come: the next line of it, or none.  Who types a search goes on typing: a line that did
 * not stand for three seconds is not read. */
void app_faults_key(struct app *a, struct key key);
bool app_faults_stand(const struct app *a); /* such a line is what is said now */
void app_faults_again(struct app *a);       /* the same line, in another language */
void app_language_remember(struct app *a);  /* the one that messages are in is the terminal's */
void app_language_offer(struct app *a); /* how the others are had, in what its width has room for */
void app_language_turn(struct app *a);  /* to the next one, on every screen */
void app_language_home(struct app *a);  /* as the terminal speaks; what is shown is the caller's */
bool app_language_away(const struct app *a);

/* app_read.c */
void app_draw_help(struct app *a, struct grid *g, struct area area);
void app_draw_status(struct app *a, struct grid *g, struct area area);
void app_draw_empty(const struct app *a, struct grid *g, struct area area);

/* app_start.c */
void app_start_rows(struct app *a, const struct present *p);
const char *app_start_hint(const struct app *a);
void app_start_row(const struct present *p, const struct app *a, enum action opens,
                   struct search_item *out);
/* What Enter does on the chosen row, where that is no entry; ACT_NONE: it is one. */
enum action app_start_action(const struct app *a);

/* app_search.c */
void app_search(struct app *a);         /* runs what was typed */
void app_search_resized(struct app *a); /* what stands above the rows is as wide as the screen */
void app_search_again(struct app *a);   /* the same, on the row where one is */
void app_select(struct app *a, size_t item); /* and reads on where rows end */
void app_refresh_rows(struct app *a);        /* same rows, new revision */
void app_make_detail(struct app *a);
bool app_edit(struct app *a, enum action action, struct key key); /* true: it was typing */
void app_view(const struct app *a, struct search_view *out, struct arena *arena);

bool typed_edit(struct typed *t, enum action action, struct key key); /* true: it was typing */

/* app_write.c */
void app_open_form(struct app *a, enum act_kind kind, const struct act_property *property,
                   const struct uuid *which); /* about the open card */
/* About an incident (NULL: a new one, of that domain where it is said). */
void app_open_incident_form(struct app *a, enum act_kind kind, const struct incident *incident,
                            const char *domain);
/* About an exercise (NULL: a new one). */
void app_open_exercise_form(struct app *a, enum act_kind kind, const struct exercise *exercise);
void app_form_next(struct app *a); /* to the next field; from the last: saves */
void app_form_move(struct app *a, int by);
void app_form_choose(struct app *a, int by); /* among what fits, else to another field */
bool app_form_edit(struct app *a, enum action action, struct key key);
void app_draw_form(struct app *a, struct grid *g, struct area area);
void app_forget_initials(struct app *a);
/* Goes on with `then` once it is known who is here: at once, or behind a form of one field, about
 * `of`. */
void app_ask_initials(struct app *a, const char *of, void (*then)(struct app *a));
void app_sign(
    struct app *a); /* that form as it is, also behind other screens; nothing without it */
const char *app_why_not_saved(const struct app *a, const struct tc_error *err);
/* Hands an act to the journal: the screen goes on after JOURNAL_WAIT_MS whatever the disk does, and
 * says what became of it. */
TC_MUST_CHECK tc_status app_post(struct app *a, const struct act *act, struct tc_error *err);
bool app_watch_journal(struct app *a); /* true: something is saved, or not, that was otherwise */

/* app_card.c */
void app_open_card(struct app *a, const struct uuid *uuid);
void app_refresh_card(struct app *a);
void app_remake_card(struct app *a); /* as if it were opened now; closed where it is not held */

/* app_call.c */
void app_call_ask(struct app *a);                              /* how did it end? */
void app_list_call(struct app *a);                             /* that question */
const char *app_call_whom(struct app *a, struct arena *arena); /* what the question is about */
bool app_call_pages(const struct app *a);                      /* it is about a pager */
void app_call_other(struct app *a); /* about another number of the card */
void app_call_noted(struct app *a, enum attempt_result result);
bool app_call_words(const struct app *a); /* a step that names somebody of whom no number is held */
void app_call_draw_words(struct app *a, struct grid *g, struct area area);
bool app_call_back(struct app *a); /* one step back in the chain; false: there is none */
bool app_call_shows(const struct app *a);
int app_call_draw_head(struct app *a, struct grid *g, struct area area); /* rows that it took */
bool app_call_put_aside(struct app *a);  /* another caller; false: no call is in work */
bool app_call_bring_back(struct app *a); /* the last one, as it was left; false: none waits */
/* Another view is looked at, not another caller served: the call waits in its own, and
 * app_call_look_back() opens it there.  Whoever comes from an exercise to the real answer of
 * something else (not `at_once`) keeps that.  false: there is none, or it goes on waiting. */
bool app_call_look_away(struct app *a);
bool app_call_look_back(struct app *a, bool at_once);
/* The real call that waits while something else is looked at: "step 2 of 4: Surgical ICU"; "". */
const char *app_call_elsewhere(const struct app *a, struct arena *arena);
void app_call_forget(struct app *a, const struct uuid *exercise);       /* it is over */
const char *app_call_waiting(const struct app *a, struct arena *arena); /* "": none waits */

/* app_reveal.c */
bool app_masked(const struct app *a);               /* big digits that are starred */
void app_list_reveal(struct app *a);                /* why, before they are shown */
void app_reveal(struct app *a, const char *reason); /* a word of reveal_reasons() */
bool app_mask_again(struct app *a);                 /* true: they are not shown any more */

/* app_pin.c */
bool tier_open(const struct app *a);   /* what the switchboard tier may, may be done */
bool tier_opened(const struct app *a); /* by its PIN: it closes by itself */
/* Goes on with `then` once the tier is open: at once, or behind the question of its PIN. */
void app_ask_pin(struct app *a, void (*then)(struct app *a));
void app_close_tier(struct app *a); /* what is on the screen is the caller's to clear */
bool app_pin_key(struct app *a, enum action action, struct key key); /* true: it was for it */
/* A digit where its row stands chosen and is closed: the question of the PIN has it.  true: so. */
bool app_pin_begins(struct app *a, struct key key);
bool app_pin_waits(const struct app *a); /* seconds are counted */
/* Its page is gone and a digit is typed: it is shown nowhere, until another key.  true: taken. */
bool app_pin_left(struct app *a, enum action action, struct key key);
void app_pin_left_say(struct app *a);
void app_pin_draw(const struct app *a, struct grid *g, struct area area);

/* app_fax.c */
/* Big digits are those of a fax: Enter goes on to its card. */
bool app_fax_at_hand(const struct app *a);
void app_open_fax(struct app *a);
void app_refresh_fax(struct app *a); /* behind the card: what it shows stands in its order */
void app_fax_digit(struct app *a, int digit);
void app_fax_erase(struct app *a);
void app_fax_move(struct app *a, long by);

/* app_incident.c */
void app_know_incidents(struct app *a, bool ring); /* those of now; ring: for a new one */
void app_list_incidents(struct app *a);            /* or one, or with cut_off what they cut off */
bool app_incidents_up(struct app *a);              /* false: it shows all of them */
void app_incidents_said(struct app *a, const struct act *act); /* the same, of what was said */
const char *
app_incident_domain(const struct app *a); /* of the incident or what-if shown; "" none */
void app_incident_say(struct app *a, enum act_kind kind, const char *domain);
void app_incident_plus(struct app *a);
/* What + says there: at a kiosk whose tier is closed, what anybody may, not what asks for a PIN. */
bool app_plus_declares(const struct app *a);
TC_MUST_CHECK tc_status app_incident_act(struct app *a, struct act *out, struct writing *w,
                                         const struct incident_said *said, struct tc_error *err);

/* app_exercise.c */
bool app_played(const struct app *a);           /* what is on the screen is of an exercise */
bool app_exercise_turn(struct app *a);          /* F3; false: it asks for another time */
bool app_exercise_back(struct app *a);          /* into it again; false: there is none */
bool app_exercise_hidden(const struct app *a);  /* one is on, and the real answer is looked at */
bool app_exercise_watch(struct app *a);         /* true: it has begun, or ended */
void app_exercise_rows(struct list_builder *b); /* of the desk */
void app_exercise_say(struct app *a, enum act_kind kind);
TC_MUST_CHECK tc_status app_exercise_act(struct app *a, struct act *out, struct writing *w,
                                         const struct exercise_said *said, const char *reason,
                                         struct tc_error *err);
void app_exercise_written(struct app *a); /* that act is in the journal */

/* app_now.c */
void app_list_on_call(struct app *a);
void app_list_chase(struct app *a);
void app_as_at_open(struct app *a);
bool app_as_at_key(struct app *a, enum action action, struct key key); /* true: it was for it */
void app_as_at_end(struct app *a);                                     /* back to now */
void as_at_draw(const struct app *a, struct grid *g, struct area area);
bool app_not_now(const struct app *a); /* another time is looked at: no act is possible */

/* app_round.c */
void app_round_row(struct list_builder *b); /* on the desk, where there is anything to test */
void app_round_open(struct app *a);
void app_list_round(struct app *a);
void app_round_key(struct app *a, enum test_result result); /* TEST_OTHER: takes the last back */

/* app_group.c */
void app_group_row(struct list_builder *b); /* on the desk, where there is any */
void app_list_groups(struct app *a);
void app_group_hint(struct app *a); /* what the digits say of the chosen member */
void app_group_open(struct app *a, const struct uuid *group);
void app_list_group(struct app *a);
void app_group_key(struct app *a, int digit); /* 0: a new run; -1: takes the last tick back */
bool app_group_look(struct app *a);           /* true: another period has begun */

/* app_place.c: a row that is chosen stays chosen while rows come and go */
void app_place_keep(const struct app *a, struct list_place *out);
size_t app_place_find(const struct app *a, const struct list_place *place); /* SIZE_MAX: gone */
/* Chooses it again; where it is gone the row in its place, and that is said. */
void app_place_choose(struct app *a, const struct list_place *place);
/* What would do something to a row that took the place of the chosen one does nothing, once. */
bool app_place_lost(struct app *a, enum action action, struct key key);

/* app_lists.c */
void app_list_sites(struct app *a);
void app_list_from(struct app *a);
void app_list_print(struct app *a);
void app_list_write(struct app *a); /* what can be written about the open card */
void app_list_desk(struct app *a);  /* what was written here */
void app_list_choose(struct app *a);
bool app_list_up(struct app *a); /* one level up; false: it is at the top */

#endif
