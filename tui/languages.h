/* How each other language is had with the key that goes to the next one: said in it, since who
 * needs it reads no other. */
#ifndef TC_TUI_LANGUAGES_H
#define TC_TUI_LANGUAGES_H

#include <stddef.h>

/* "English: ==  Français : =": so many times the key from the language of now.  English is always
 * among them and first, the others behind it as long as they fit into so many columns.  "": there
 * is no other. */
void languages_offer(const char *key, size_t columns, char *out, size_t cap);

#endif
