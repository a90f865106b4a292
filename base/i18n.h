/* Every message for a person goes through gettext; the msgids are English. */
#ifndef TC_BASE_I18N_H
#define TC_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

#define _(text) gettext(text)
#define N_(text) (text) /* marked here, translated where it is used */
#define NGETTEXT(one, many, n) ngettext(one, many, n)

/* Sets the locale from the environment and binds the message catalogue: the one beside the running
 * program (locale/ in its folder, for a program that is not installed) or the installed one.  A
 * locale that is not installed falls back to C.UTF-8 with messages in its language, and to ASCII
 * letters where it names others than UTF-8.  Called once, first thing in main(). */
void i18n_start(void);

/* Messages in this language ("fr", "en") from here on, whatever the environment says: --lang and
 * the configuration. */
void i18n_language(const char *language);

/* Is there a catalogue of this language ("fr", "fr_CA")?  English needs none. */
bool i18n_known(const char *language);

/* The code of the language that messages are in now, as its catalogue says it: "en" where there is
 * none. */
enum { I18N_CODE = 16 };
const char *i18n_current(char out[I18N_CODE]);

/* The language behind one among those that there are, the first one behind the last; itself where
 * it is alone. */
const char *i18n_after(const char *language, char out[I18N_CODE]);
const char *i18n_next(char out[I18N_CODE]); /* behind that of now */

/* A message as that language says it, into out; the language of all others stays. */
void i18n_say_in(const char *language, const char *message, char *out, size_t cap);

/* The languages that there are, as in "en, fr": into out, which is returned. */
enum { I18N_LANGUAGES = 256 };
const char *i18n_languages(char out[I18N_LANGUAGES]);

#endif
