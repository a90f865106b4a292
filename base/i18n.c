#include "base/i18n.h"

#include <dirent.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef TC_LOCALEDIR
#define TC_LOCALEDIR "/usr/local/share/locale"
#endif

#define I18N_DOMAIN "tocsin"

extern int _nl_msg_cat_cntr;

/* Writes the folder of catalogues beside the running program; false where there is none. */
static bool catalogue_beside(char *out, size_t cap) {
  char self[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  if (n <= 0)
    return false;
  self[n] = '\0';
  char *slash = strrchr(self, '/');
  if (!slash)
    return false;
  *slash = '\0';
  int len = snprintf(out, cap, "%s/locale", self);
  struct stat st;
  return len > 0 && (size_t)len < cap && stat(out, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The locale that the environment asks for in a category ("fr_FR.UTF-8"), as POSIX orders the
 * variables; "" for none, C or POSIX. */
static const char *locale_asked(const char *category) {
  const char *const names[] = {"LC_ALL", category, "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && *value)
      return strcmp(value, "C") == 0 || strcmp(value, "POSIX") == 0 || strncmp(value, "C.", 2) == 0
                 ? ""
                 : value;
  }
  return "";
}

/* "fr_FR.ISO-8859-1" is asked for where the terminal is not UTF-8; "fr" leaves it open. */
static bool other_letters(const char *locale) {
  const char *codeset = strchr(locale, '.');
  return codeset && strncasecmp(codeset, ".utf-8", 6) != 0 && strncasecmp(codeset, ".utf8", 5) != 0;
}

void i18n_start(void) {
  char beside[PATH_MAX];
  if (!setlocale(LC_ALL, "")) {
    /* glibc looks translations up by LANGUAGE in every locale but C itself, C.UTF-8 included. */
    char language[64];
    snprintf(language, sizeof language, "%s", locale_asked("LC_MESSAGES"));
    language[strcspn(language, ".@")] = '\0';
    const char *asked = getenv("LANGUAGE"); /* an empty one asks for nothing */
    if (setlocale(LC_ALL, "C.UTF-8") && language[0] && !(asked && *asked))
      setenv("LANGUAGE", language, 1);
    /* What every set of letters has is better than letters that the terminal reads as others. */
    if (other_letters(locale_asked("LC_CTYPE")))
      setlocale(LC_CTYPE, "C");
  }
  /* There from the beginning ("" asks for nothing), so that a later choice changes its value and
   * moves no table that another thread reads. */
  if (!getenv("LANGUAGE"))
    setenv("LANGUAGE", "", 1);
  bindtextdomain(I18N_DOMAIN, catalogue_beside(beside, sizeof beside) ? beside : TC_LOCALEDIR);
  /* Text is UTF-8 inside, whatever the locale; it is changed where it leaves. */
  bind_textdomain_codeset(I18N_DOMAIN, "UTF-8");
  textdomain(I18N_DOMAIN);
}

void i18n_language(const char *language) {
  const char *now = setlocale(LC_MESSAGES, NULL);
  if (now && (strcmp(now, "C") == 0 || strcmp(now, "POSIX") == 0))
    setlocale(LC_MESSAGES, "C.UTF-8");
  setenv("LANGUAGE", language, 1);
  ++_nl_msg_cat_cntr; /* what glibc found so far is of the language before (gettext manual 11.2.4)
                       */
}

static bool has_catalogue(const char *language, size_t len) {
  char path[PATH_MAX];
  int n = snprintf(path, sizeof path, "%s/%.*s/LC_MESSAGES/" I18N_DOMAIN ".mo",
                   bindtextdomain(I18N_DOMAIN, NULL), (int)len, language);
  return n > 0 && (size_t)n < sizeof path && access(path, R_OK) == 0;
}

bool i18n_known(const char *language) {
  size_t len = strcspn(language, ".@"), base = strcspn(language, "_.@");
  if (!base || strchr(language, '/'))
    return false;
  return (base == 2 && memcmp(language, "en", 2) == 0) || has_catalogue(language, len) ||
         has_catalogue(language, base);
}

const char *i18n_languages(char out[I18N_LANGUAGES]) {
  struct dirent **found = NULL;
  int count = scandir(bindtextdomain(I18N_DOMAIN, NULL), &found, NULL, alphasort);
  size_t len = (size_t)snprintf(out, I18N_LANGUAGES, "en");
  for (int i = 0; i < count; i++) {
    const char *name = found[i]->d_name;
    if (*name != '.' && has_catalogue(name, strlen(name)) &&
        len + strlen(name) + 3 < I18N_LANGUAGES)
      len += (size_t)snprintf(out + len, I18N_LANGUAGES - len, ", %s", name);
    free(found[i]);
  }
  free(found);
  return out;
}

const char *i18n_current(char out[I18N_CODE]) {
  static const char field[] = "\nLanguage: ";
  const char *head = gettext(""), *at = strstr(head, field);
  const char *code = at ? at + sizeof field - 1 : "en";
  size_t len = strcspn(code, "\n");
  snprintf(out, I18N_CODE, "%.*s", len && len < I18N_CODE ? (int)len : 2,
           len && len < I18N_CODE ? code : "en");
  return out;
}

const char *i18n_after(const char *now, char out[I18N_CODE]) {
  char all[I18N_LANGUAGES];
  i18n_languages(all);
  bool next = false, found = false;
  snprintf(out, I18N_CODE, "%s", now);
  for (const char *at = all; *at && !found; at += strspn(at, ", ")) {
    size_t len = strcspn(at, ",");
    bool same = len == strlen(now) && memcmp(at, now, len) == 0;
    if (len < I18N_CODE && (at == all || next) && !same) {
      snprintf(out, I18N_CODE, "%.*s", (int)len, at);
      found = next;
    }
    next = next || same;
    at += len;
  }
  return out;
}

const char *i18n_next(char out[I18N_CODE]) {
  char now[I18N_CODE];
  return i18n_after(i18n_current(now), out);
}

void i18n_say_in(const char *language, const char *message, char *out, size_t cap) {
  char asked[256], locale[256];
  const char *now = getenv("LANGUAGE"), *messages = setlocale(LC_MESSAGES, NULL);
  snprintf(asked, sizeof asked, "%s", now ? now : "");
  snprintf(locale, sizeof locale, "%s", messages ? messages : "C");
  i18n_language(language);
  snprintf(out, cap, "%s", gettext(message));
  setlocale(LC_MESSAGES, locale);
  setenv("LANGUAGE", asked, 1);
  ++_nl_msg_cat_cntr;
}
