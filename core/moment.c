#include "core/moment.h"

#include <string.h>

#include "base/i18n.h"
#include "core/civil.h"

enum { WORD = 24, LEAST = 3 };

/* Days by name, from Monday; then today and tomorrow. */
static const char *const english[] = {"monday",   "tuesday", "wednesday", "thursday", "friday",
                                      "saturday", "sunday",  "today",     "tomorrow"};
static const char *const french[] = {"lundi",  "mardi",    "mercredi",    "jeudi", "vendredi",
                                     "samedi", "dimanche", "aujourd'hui", "demain"};
/* As messages show them: what somebody reads may be typed, in any language. */
static const char *const shown[WEEKDAYS] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                            N_("Fri"), N_("Sat"), N_("Sun")};
enum { NAMES = sizeof english / sizeof *english, TODAY = WEEKDAYS };

static bool begins(const char *name, const char *word, size_t len) {
  return len >= LEAST && len <= strlen(name) && strncmp(name, word, len) == 0;
}

static char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_shown(const char *name, const char *small, size_t len) {
  size_t i = 0;
  while (i < len && small_letter(name[i]) == small[i])
    i++;
  return len && i == len && !name[i];
}

/* Which name a word is or begins; -1: none. */
static int day_name(const char *word, size_t len) {
  char small[WORD];
  if (len >= sizeof small)
    return -1;
  for (size_t i = 0; i < len; i++)
    small[i] = small_letter(word[i]);
  for (int i = 0; i < WEEKDAYS; i++)
    if (is_shown(_(shown[i]), small, len))
      return i;
  for (int i = 0; i < NAMES; i++)
    if (begins(english[i], small, len) || begins(french[i], small, len))
      return i;
  return -1;
}

int moment_weekday(const char *word, size_t len) {
  int name = day_name(word, len);
  return name < WEEKDAYS ? name : -1;
}

/* French with its accent and without it; what stands behind a time has a blank before it. */
enum moment_season moment_season(const char *word, size_t len) {
  static const char *const names[] = {"summer", "été", "ete", "winter", "hiver"};
  enum { SUMMERS = 3 };
  const char *summer = _(" summer"), *winter = _(" winter");
  if (is_shown(summer + (*summer == ' '), word, len))
    return MOMENT_SUMMER;
  if (is_shown(winter + (*winter == ' '), word, len))
    return MOMENT_WINTER;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (begins(names[i], word, len))
      return i < SUMMERS ? MOMENT_SUMMER : MOMENT_WINTER;
  return MOMENT_UNSAID;
}

static bool season_name(const char *word, size_t len, struct moment *out) {
  if (out->season == MOMENT_UNSAID)
    out->season = moment_season(word, len);
  else
    return false;
  return out->season != MOMENT_UNSAID;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* "3", "03:00", "3h", "3h30", "24:00": seconds from midnight. */
static bool clock_time(const char *word, size_t len, int64_t *seconds) {
  size_t i = 0;
  int hour = 0, minute = 0, digits = 0;
  for (; i < len && is_digit(word[i]) && i < 2; i++)
    hour = hour * 10 + (word[i] - '0');
  if (i == 0 || i == len || (word[i] != ':' && (word[i] | 0x20) != 'h'))
    return false;
  bool colon = word[i++] == ':';
  for (; i < len && is_digit(word[i]) && digits < 2; i++, digits++)
    minute = minute * 10 + (word[i] - '0');
  if (i != len || (digits != 2 && (colon || digits)) || hour > 24 || minute > 59 ||
      (hour == 24 && minute))
    return false;
  *seconds = hour * 3600 + minute * 60;
  return true;
}

bool moment_read(const char *text, int64_t now, struct moment *out) {
  int64_t today = civil_day_of(now), seconds = 0, day = today;
  bool timed = false, dated = false;
  int name = -1;
  *out = (struct moment){.season = MOMENT_UNSAID};
  for (const char *word = text; *word;) {
    size_t len = strcspn(word, " T");
    /* The T of ISO 8601 parts a date from a time; in a word it is a letter. */
    if (word[len] == 'T' && !(len == 10 && is_digit(word[0])))
      len = strcspn(word, " ");
    if (len && !dated && name < 0 && civil_read_day(word, len, &day))
      dated = true;
    else if (len && !timed && clock_time(word, len, &seconds))
      timed = true;
    else if (len && !season_name(word, len, out) &&
             (dated || name >= 0 || (name = day_name(word, len)) < 0))
      return false;
    word += len + (word[len] != '\0');
  }
  if (!timed && ((!dated && name < 0) || out->season != MOMENT_UNSAID))
    return false;
  if (name >= TODAY)
    day = today + (name - TODAY);
  else if (name >= 0)
    day = today + (name - civil_weekday(today) + WEEKDAYS) % WEEKDAYS;
  out->wall = out->sooner = day * CIVIL_DAY + seconds;
  if (out->wall <= now && !dated && name < TODAY)
    out->wall += (name < 0 ? 1 : WEEKDAYS) * CIVIL_DAY;
  return true;
}

int64_t moment_choose(enum moment_season season, int64_t first, int64_t last, int64_t now) {
  bool second = season == MOMENT_WINTER || (season == MOMENT_UNSAID && first <= now && last > now);
  return second ? last : first;
}

int64_t moment_instant(struct moment *m, moment_clock *shows, const void *clock, int64_t now) {
  int64_t first, last;
  if (m->sooner != m->wall) {
    shows(clock, m->sooner, &first, &last);
    int64_t at = moment_choose(m->season, first, last, now);
    if (at > now) {
      m->wall = m->sooner;
      return at;
    }
  }
  shows(clock, m->wall, &first, &last);
  return moment_choose(m->season, first, last, now);
}
