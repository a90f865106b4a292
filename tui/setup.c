#include "tui/setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/wall.h"
#include "core/civil.h"
#include "core/exercise.h"
#include "core/moment.h"
#include "core/texts.h"
#include "tui/kiosk.h"
#include "tui/output.h"
#include "tui/pin.h"
#include "tui/when.h"

/* The code of a site or plan is written in capitals more often than it is typed so. */
static const struct site *find_site(const struct house *house, const char *code) {
  for (size_t i = 0; i < house->site_count; i++)
    if (strcasecmp(house->sites[i].code, code) == 0)
      return &house->sites[i];
  return NULL;
}

static const struct plan *find_plan(const struct house *house, const char *code) {
  for (size_t i = 0; i < house->plan_count; i++)
    if (strcasecmp(house->plans[i].code, code) == 0)
      return &house->plans[i];
  return NULL;
}

/* A kiosk shows no path. */
static const char *file_of(const struct setup *s) {
  return s->kiosk ? _("the configuration") : s->config.file;
}

static void fault_text(const struct setup *s, const struct setup_fault *f, char *out, size_t cap) {
  char known[I18N_LANGUAGES];
  const char *word = *f->word ? f->word : _("not said");
  switch (f->kind) {
  case SETUP_NO_SITE:
    snprintf(out, cap, _("%s: there is no site %s in this directory"), file_of(s), f->word);
    break;
  case SETUP_NO_PLAN:
    snprintf(out, cap, _("%s: there is no numbering plan %s in this directory"), file_of(s),
             f->word);
    break;
  case SETUP_NO_LANGUAGE:
    snprintf(out, cap, _("%s: there is no language %s here; there are: %s"), file_of(s), f->word,
             i18n_languages(known));
    break;
  case SETUP_OPTIONS:
    snprintf(out, cap,
             NGETTEXT("%zu option of the configuration is none of this version",
                      "%zu options of the configuration are none of this version", f->count),
             f->count);
    break;
  case SETUP_TERMINAL:
    snprintf(out, cap, _("terminal type \"%.32s\" is not known here: shown as on most"), word);
    break;
  case SETUP_LINES:
    snprintf(out, cap, _("terminal type \"%.32s\" holds no screen: a dialogue, line by line"),
             word);
    break;
  default:
    snprintf(out, cap,
             _("this directory holds parts for %s, and the configuration allows %s here: they are "
               "not shown"),
             audience_text(f->held), audience_text(f->shown));
    break;
  }
}

const char *setup_fault_of(const struct setup *s, size_t i, char out[SETUP_FAULT_TEXT]) {
  fault_text(s, &s->faults[i], out, SETUP_FAULT_TEXT);
  return out;
}

const char *setup_fault_brief(const struct setup *s, size_t i, char out[SETUP_FAULT_TEXT]) {
  const struct setup_fault *f = &s->faults[i];
  const size_t cap = SETUP_FAULT_TEXT;
  switch (f->kind) {
  case SETUP_NO_SITE:
    snprintf(out, cap, _("there is no site %s here"), f->word);
    break;
  case SETUP_AUDIENCE:
    snprintf(out, cap, _("parts for %s: not shown"), audience_text(f->held));
    break;
  case SETUP_NO_PLAN:
    snprintf(out, cap, _("there is no numbering plan %s"), f->word);
    break;
  case SETUP_NO_LANGUAGE:
    snprintf(out, cap, _("there is no language %s here"), f->word);
    break;
  case SETUP_TERMINAL:
    snprintf(out, cap, _("terminal \"%.32s\" is not known"), *f->word ? f->word : _("not said"));
    break;
  case SETUP_OPTIONS:
    snprintf(
        out, cap,
        NGETTEXT("%zu option not of this version", "%zu options not of this version", f->count),
        f->count);
    break;
  default:
    return setup_fault_of(s, i, out);
  }
  return out;
}

const char *setup_fault_text(const struct setup *s, char out[SETUP_FAULT_TEXT]) {
  size_t len = 0;
  out[0] = '\0';
  for (size_t i = 0; i < s->fault_count; i++) {
    char text[512];
    fault_text(s, &s->faults[i], text, sizeof text);
    len += (size_t)snprintf(out + len, SETUP_FAULT_TEXT - len, "%s%.300s", len ? "; " : "", text);
    len = len < SETUP_FAULT_TEXT ? len : SETUP_FAULT_TEXT - 1;
  }
  return out;
}

/* Where its kind has its turn. */
static void add_fault(struct setup *s, const struct setup_fault *f) {
  size_t at = s->fault_count;
  if (at == SETUP_FAULTS)
    return;
  for (; at && s->faults[at - 1].kind > f->kind; at--)
    s->faults[at] = s->faults[at - 1];
  s->faults[at] = *f;
  s->fault_count++;
}

void setup_add_fault(struct setup *s, enum setup_fault_kind kind, const char *word) {
  struct setup_fault f = {.kind = kind};
  snprintf(f.word, sizeof f.word, "%s", word);
  add_fault(s, &f);
}

/* The configuration names what this directory or machine does not have.  A command fails; a screen
 * goes on without it and says so: the directory stays readable. */
static tc_status unknown(struct setup *s, const struct options *o, enum setup_fault_kind kind,
                         char *setting, struct tc_error *err) {
  struct setup_fault f = {.kind = kind};
  char text[1200];
  snprintf(f.word, sizeof f.word, "%s", setting);
  if (o->forgiving) {
    *setting = '\0';
    add_fault(s, &f);
    return TC_OK;
  }
  fault_text(s, &f, text, sizeof text);
  return tc_fail(err, TC_CONFIG, "%s", text);
}

/* Options that this version does not have are left out, and said: it may be one mistyped. */
static void tell_left_out(struct setup *s, const struct options *o) {
  const struct config *config = &s->config;
  if (o->forgiving && config->warning_count) {
    add_fault(s, &(struct setup_fault){.kind = SETUP_OPTIONS, .count = config->warning_count});
    return;
  }
  for (size_t i = 0; i < config->warning_count && i < CONFIG_WARNINGS_MAX; i++)
    output_aside(config->warnings[i]);
}

/* Site and plan are spelled as the directory does. */
static tc_status check_site(struct setup *s, const struct house *house, const struct options *o,
                            struct tc_error *err) {
  struct config *config = &s->config;
  const struct site *site = find_site(house, config->site);
  if (!config->site[0])
    return TC_OK;
  if (!site && option_given(o, OPT_SITE))
    return tc_fail(err, TC_USAGE, _("there is no site %s in this directory"), config->site);
  if (!site)
    return unknown(s, o, SETUP_NO_SITE, config->site, err);
  memcpy(config->site, site->code, strlen(site->code) + 1);
  return TC_OK;
}

static tc_status check_plan(struct setup *s, const struct house *house, const struct options *o,
                            struct tc_error *err) {
  struct config *config = &s->config;
  const struct plan *plan = find_plan(house, config->plan);
  if (!config->plan[0])
    return TC_OK;
  if (!plan && option_given(o, OPT_PLAN))
    return tc_fail(err, TC_USAGE, _("there is no numbering plan %s in this directory"),
                   config->plan);
  if (!plan)
    return unknown(s, o, SETUP_NO_PLAN, config->plan, err);
  memcpy(config->plan, plan->code, strlen(plan->code) + 1);
  return TC_OK;
}

static tc_status check_language(struct setup *s, const struct options *o, struct tc_error *err) {
  struct config *config = &s->config;
  if (!config->language[0])
    return TC_OK;
  if (!i18n_known(config->language))
    return unknown(s, o, SETUP_NO_LANGUAGE, config->language, err);
  i18n_language(config->language);
  return TC_OK;
}

void standpoint_set(struct standpoint *out, const struct config *config, const struct house *house,
                    enum set_kind set) {
  const struct site *site = house_site(house, config->site);
  *out =
      (struct standpoint){.set = set, .plan = "", .site = config->site, .country = config->country};
  if (site && site->country[0])
    out->country = site->country;
  if (set == SET_WARD)
    out->plan = config->plan[0] ? config->plan : site ? site->plan : "";
  else if (set == SET_RED) {
    const struct plan *red = house_red_plan(house, config->site);
    out->plan = red ? red->code : "";
  }
}

/* The zone of one's own site; where none is set, that of the first site with one; NULL: not known
 * here. */
static const struct house_zone *zone_here(const struct setup *s) {
  const struct house *house = cache_house(s->cache);
  const struct site *site = house_site(house, s->config.site);
  if (!site && s->config.site[0])
    return NULL;
  for (size_t i = 0; i < house->zone_count; i++)
    if (house->zones[i].zone && (!site || strcmp(house->zones[i].name, site->zone) == 0))
      return &house->zones[i];
  return NULL;
}

/* What people read and type are times of the site they stand at, also on a computer that is set to
 * another zone; a zone that the environment asks for was meant.  localtime(3) does the rest. */
static bool ours; /* the TZ that is in the environment is of show_in_zone() */

static bool zone_asked_for(void) {
  return !ours && getenv("TZ");
}

static void show_in_zone(const struct setup *s) {
  const struct house_zone *here = zone_here(s);
  if (zone_asked_for())
    return;
  ours = here && setenv("TZ", here->name, 1) == 0;
  if (!ours)
    unsetenv("TZ");
  tzset();
}

void setup_stand(struct setup *s, enum set_kind set) {
  s->outage_of = NULL; /* another list of incidents may lie where the one of before lay */
  if (cache_info(s->cache)->audience != s->hidden_of) /* a grant has grown, or is gone */
    setup_close_tier(s);
  standpoint_set(&s->from, &s->config, cache_house(s->cache), set);
  show_in_zone(s);
}

static int hour_of(int64_t wall) {
  return (int)((wall - civil_day_of(wall) * CIVIL_DAY) / 3600);
}

static int minute_of(int64_t wall) {
  return (int)((wall - civil_day_of(wall) * CIVIL_DAY) / 60 % 60);
}

static void shown_there(const void *zone, int64_t wall, int64_t *first, int64_t *last) {
  zone_instants(zone, wall, first, last);
}

static void shown_here(const void *none, int64_t wall, int64_t *first, int64_t *last) {
  (void)none;
  wall_instants(wall, first, last);
}

/* Read in the zone that it is shown in (NULL: the one of the process).  false: it is no time. */
static bool read_moment(const struct zone *zone, const char *text, int64_t now, int64_t *at,
                        int64_t *wall) {
  struct moment m;
  if (!moment_read(text, zone ? zone_wall(zone, now) : wall_of(now), &m))
    return false;
  *at = moment_instant(&m, zone ? shown_there : shown_here, zone, now);
  *wall = m.wall;
  return true;
}

tc_status setup_at(const struct setup *s, const char *text, int64_t *at, struct tc_error *err) {
  const struct house_zone *here = zone_here(s);
  int64_t wall = 0;
  if (!here && !zone_asked_for())
    return tc_fail(err, TC_CONFIG,
                   _("the time zone of this site is not known here: no other time "
                     "can be looked at"));
  const struct zone *zone = here && !zone_asked_for() ? here->zone : NULL;
  if (!read_moment(zone, text, clock_now(&s->clock), at, &wall))
    return tc_fail(err, TC_USAGE,
                   _("a time is written as in \"sun 03:00\", 03:00 or 2026-11-29 03:00; it is "
                     "\"%s\""),
                   text);
  int64_t shown = zone ? zone_wall(zone, *at) : wall_of(*at);
  if (shown != wall)
    return tc_fail(err, TC_USAGE,
                   _("there is no %02d:%02d that day: the clock goes straight on to %02d:%02d"),
                   hour_of(wall), minute_of(wall), hour_of(shown), minute_of(shown));
  return TC_OK;
}

enum audience setup_audience(const struct setup *s) {
  enum audience held = cache_info(s->cache)->audience;
  enum audience allowed = (enum audience)s->config.audience;
  return allowed != AUDIENCE_NONE && allowed < held ? allowed : held;
}

bool setup_tier_held(const struct setup *s) {
  return s->cache && setup_audience(s) >= AUDIENCE_SWITCHBOARD;
}

bool setup_tier_closes(const struct setup *s) {
  return setup_tier_held(s) && (s->kiosk || pin_state(s->config.scope) != PIN_NONE);
}

/* What is held and may not be shown: of the switchboard where its tier is closed, else what the
 * configuration does not allow. */
static void hide(struct setup *s) {
  enum audience shown = setup_audience(s);
  s->hidden_of = cache_info(s->cache)->audience;
  s->outage_of = NULL;
  if (s->closed && shown >= AUDIENCE_SWITCHBOARD)
    cache_hide_from(s->cache, AUDIENCE_SWITCHBOARD);
  else if (shown < cache_info(s->cache)->audience)
    cache_hide_from(s->cache, (enum audience)(shown + 1));
  else
    cache_hide_from(s->cache, AUDIENCE_NONE);
}

void setup_close_tier(struct setup *s) {
  s->closed = setup_tier_closes(s);
  s->own.count = 0;
  if (s->cache)
    hide(s);
}

void setup_open_tier(struct setup *s) {
  s->closed = false;
  hide(s);
}

/* The rest is shown: in an outage nobody waits for an admin.  Told on standard error, in a kiosk in
 * its log, and on the screen where it is forgiving. */
static void check_audience(struct setup *s, const struct options *o) {
  struct setup_fault f = {
      .kind = SETUP_AUDIENCE, .held = cache_info(s->cache)->audience, .shown = setup_audience(s)};
  char text[256];
  if (f.shown == f.held)
    return;
  fault_text(s, &f, text, sizeof text);
  if (o->forgiving)
    add_fault(s, &f);
  if (s->kiosk)
    kiosk_log(text);
  else if (!o->forgiving)
    output_aside(text);
}

static void set_name(struct setup *s) {
  char host[256] = "";
  if (!s->config.name[0])
    gethostname(host, sizeof host - 1);
  host[strcspn(host, ".")] = '\0';
  snprintf(s->name, sizeof s->name, "%.*s", (int)sizeof s->name - 1,
           s->config.name[0] ? s->config.name : host);
}

tc_status setup_open(struct setup *out, const struct options *o, struct tc_error *err) {
  *out = (struct setup){.kiosk = option_given(o, OPT_KIOSK), .real = option_given(o, OPT_REAL)};
  tc_status status = options_config(&out->config, o, err);
  set_name(out);
  if (status == TC_OK)
    status = check_language(out, o, err);
  if (status == TC_OK)
    tell_left_out(out, o);
  if (status == TC_OK)
    status = cache_open(&out->cache, out->config.scope, err);
  if (status == TC_OK) {
    setup_close_tier(out);
    check_audience(out, o);
  }
  if (status == TC_OK)
    status = check_site(out, cache_house(out->cache), o, err);
  if (status == TC_OK)
    status = check_plan(out, cache_house(out->cache), o, err);
  if (status == TC_OK && option_given(o, OPT_AT))
    status = setup_at(out, o->value[OPT_AT], &out->at, err);
  if (status == TC_OK)
    setup_stand(out, (enum set_kind)out->config.set);
  else
    setup_close(out);
  return status;
}

void setup_close(struct setup *s) {
  if (!s)
    return;
  cache_close(s->cache);
  s->cache = NULL;
  arena_free(&s->outage_arena);
  s->outage = NULL;
  s->outage_of = NULL;
}

int64_t setup_now(const struct setup *s) {
  return s->at ? s->at : clock_now(&s->clock);
}

static bool clock_trusted(const struct setup *s) {
  return clock_now(&s->clock) >= cache_info(s->cache)->source_time;
}

const struct exercise *setup_exercise(const struct setup *s) {
  if (!s->cache || !cache_house(s->cache)->exercise_count || !clock_trusted(s))
    return NULL;
  return exercise_played(cache_house(s->cache), s->name, clock_now(&s->clock));
}

const struct exercise *setup_played(const struct setup *s) {
  return s->real || s->at ? NULL : setup_exercise(s);
}

struct uuid setup_view(const struct setup *s) {
  const struct exercise *x = setup_played(s);
  return x ? x->uuid : (struct uuid){{0}};
}

const char *setup_mark(const struct setup *s) {
  return s->at ? _("NOT NOW") : setup_played(s) ? _("EXERCISE") : "";
}

/* What the incidents do, those that are played among them. */
static void make_outage(struct setup *s, const struct house *house, int64_t now, enum trust trusted,
                        const struct exercise *played) {
  const struct incident *list = house->incidents;
  size_t count = house->incident_count;
  arena_reset(&s->outage_arena);
  if (played)
    list = exercise_incidents(played, house, &s->outage_arena, &count);
  s->outage = list ? outage_make(house, list, count, now, trusted, &s->outage_arena) : NULL;
  s->outage_of = house->incidents;
  s->outage_played = played;
  s->outage_at = now;
  s->outage_revision = cache_info(s->cache)->revision;
}

void setup_world(struct setup *s, struct reach_world *out) {
  const struct house *house = cache_house(s->cache);
  const struct exercise *played = setup_played(s);
  int64_t now = setup_now(s);
  /* A moment asked for is told whatever this machine's clock says of now. */
  enum trust trusted = s->at != 0                                 ? MOMENT_ASKED
                       : now >= cache_info(s->cache)->source_time ? MOMENT_NOW
                                                                  : MOMENT_WRONG;
  if (!house->incident_count && !played) {
    s->outage = NULL;
    s->outage_of = NULL;
  } else if (s->outage_of != house->incidents || s->outage_played != played ||
             s->outage_at != now || s->outage_revision != cache_info(s->cache)->revision) {
    make_outage(s, house, now, trusted, played);
  }
  *out = (struct reach_world){
      .house = house, .from = &s->from, .now = now, .clock_trusted = trusted, .outage = s->outage};
}
