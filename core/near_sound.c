#include <string.h>

#include "core/fold.h"
#include "core/near.h"

/* The key spells what is heard with few signs: b d f g j k l m n p r s t v, x for ch, w for the
 * glide of oi; a e i o u; and the nasals 1 (an en), 2 (in ain ein un), 3 (on).  s stands for z too,
 * u for ou, i for y. */

/* What must stand before and behind a rule's letters. */
enum place {
  ANY,
  START,     /* the word's start */
  END,       /* the word's end, or only silent letters */
  CLOSE,     /* the same, and no silent e among them: the consonant is silent too */
  VOWEL,     /* a e i o u y */
  CONSONANT, /* a letter that is none of these */
  SOFT,      /* e i y */
  HARD,      /* a o u */
  NASAL,     /* not a vowel, n or h: an n before it is heard in the vowel alone */
  LABIAL     /* b p: an m before it, too */
};

struct rule {
  unsigned char before, after;
  char letters[7];
  char sound[5];
};

/* For each first letter the rules in the order they are tried. */
static const struct rule rules[] = {
    /* vowels */
    {ANY, ANY, "ault", "o"},
    {ANY, ANY, "auld", "o"},
    {ANY, NASAL, "ain", "2"},
    {ANY, NASAL, "aim", "2"},
    {ANY, ANY, "aill", "ai"},
    {ANY, END, "ail", "ai"},
    {ANY, ANY, "aou", "au"},
    {ANY, ANY, "au", "o"},
    {ANY, VOWEL, "ay", "ei"},
    {ANY, ANY, "ay", "e"},
    {ANY, ANY, "ai", "e"},
    {ANY, ANY, "ae", "e"},
    {ANY, NASAL, "an", "1"},
    {ANY, LABIAL, "am", "1"},
    {ANY, ANY, "a", "a"},
    {ANY, ANY, "eau", "o"},
    {ANY, ANY, "ebv", "ev"},
    {ANY, ANY, "euil", "ei"},
    {ANY, ANY, "eill", "ei"},
    {ANY, END, "eil", "ei"},
    {ANY, NASAL, "ein", "2"},
    {ANY, ANY, "eu", "e"},
    {ANY, ANY, "ei", "e"},
    {ANY, ANY, "ey", "e"},
    {ANY, END, "en", "en"},
    {ANY, NASAL, "en", "1"},
    {ANY, LABIAL, "em", "1"},
    {ANY, CLOSE, "er", ""},
    {ANY, CLOSE, "ee", ""},
    {ANY, CLOSE, "e", ""},
    {ANY, ANY, "e", "e"},
    {START, VOWEL, "ill", "il"},
    {ANY, VOWEL, "ill", "i"},
    {ANY, END, "ien", "i2"},
    {ANY, NASAL, "in", "2"},
    {ANY, LABIAL, "im", "2"},
    {ANY, ANY, "i", "i"},
    {ANY, NASAL, "oin", "w2"},
    {START, ANY, "oua", "va"},
    {START, ANY, "oue", "ve"},
    {START, ANY, "oui", "vi"},
    {ANY, ANY, "oua", "wa"},
    {ANY, ANY, "oeu", "e"},
    {START, ANY, "oe", "e"},
    {ANY, ANY, "oe", "o"},
    {ANY, VOWEL, "oy", "wai"},
    {ANY, ANY, "oi", "wa"},
    {ANY, ANY, "oy", "wa"},
    {ANY, ANY, "ou", "u"},
    {ANY, ANY, "oo", "u"},
    {ANY, NASAL, "on", "3"},
    {ANY, LABIAL, "om", "3"},
    {ANY, ANY, "o", "o"},
    {ANY, ANY, "ueil", "ei"},
    {ANY, CONSONANT, "ue", "u"},
    {ANY, NASAL, "un", "2"},
    {ANY, LABIAL, "um", "2"},
    {ANY, ANY, "u", "u"},
    {ANY, END, "yen", "i2"},
    {ANY, NASAL, "yn", "2"},
    {ANY, LABIAL, "ym", "2"},
    {ANY, ANY, "y", "i"},
    /* consonants */
    {ANY, ANY, "b", "b"},
    {ANY, ANY, "chr", "kr"},
    {ANY, ANY, "chl", "kl"},
    {ANY, ANY, "chn", "kn"},
    {START, ANY, "chol", "kol"},
    {START, ANY, "coel", "sel"},
    {ANY, END, "ch", "k"},
    {ANY, ANY, "ch", "x"},
    {ANY, ANY, "ck", "k"},
    {ANY, ANY, "cqu", "k"},
    {ANY, ANY, "cq", "k"},
    {ANY, ANY, "cz", "x"},
    {ANY, SOFT, "cc", "ks"},
    {ANY, ANY, "cc", "k"},
    {ANY, SOFT, "c", "s"},
    {ANY, ANY, "c", "k"},
    {ANY, ANY, "dj", "j"},
    {ANY, SOFT, "dg", "j"},
    {ANY, CLOSE, "dt", ""},
    {ANY, ANY, "dt", "t"},
    {ANY, ANY, "d", "d"},
    {ANY, ANY, "foet", "fet"},
    {ANY, ANY, "f", "f"},
    {ANY, ANY, "gn", "n"},
    {ANY, ANY, "gh", "g"},
    {ANY, SOFT, "gu", "g"},
    {ANY, HARD, "ge", "j"},
    {ANY, SOFT, "g", "j"},
    {ANY, ANY, "g", "g"},
    {ANY, ANY, "h", ""},
    {ANY, ANY, "j", "j"},
    {ANY, ANY, "kh", "k"},
    {ANY, ANY, "k", "k"},
    {ANY, HARD, "li", "l"},
    {ANY, ANY, "l", "l"},
    {START, ANY, "mb", "b"},
    {ANY, ANY, "m", "m"},
    {START, ANY, "ng", "g"},
    {START, ANY, "nd", "d"},
    {ANY, HARD, "ni", "n"},
    {ANY, ANY, "n", "n"},
    {START, ANY, "psych", "sik"},
    {START, ANY, "psy", "si"},
    {START, ANY, "pn", "n"},
    {ANY, ANY, "ph", "f"},
    {ANY, ANY, "p", "p"},
    {ANY, ANY, "qu", "k"},
    {ANY, ANY, "q", "k"},
    {CONSONANT, ANY, "rz", "j"},
    {ANY, ANY, "r", "r"},
    {START, ANY, "schiz", "skis"},
    {ANY, ANY, "sch", "x"},
    {ANY, ANY, "sh", "x"},
    {ANY, ANY, "sz", "x"},
    {ANY, ANY, "sj", "x"},
    {ANY, SOFT, "sc", "s"},
    {ANY, ANY, "stion", "sti3"},
    {ANY, ANY, "s", "s"},
    {ANY, ANY, "tsch", "x"},
    {ANY, ANY, "tch", "x"},
    {ANY, ANY, "tion", "si3"},
    {ANY, ANY, "tial", "sial"},
    {ANY, ANY, "tz", "s"},
    {ANY, ANY, "ts", "s"},
    {ANY, ANY, "t", "t"},
    {ANY, ANY, "vill", "vil"},
    {ANY, ANY, "v", "v"},
    {ANY, END, "w", ""},
    {START, ANY, "will", "vil"},
    {CONSONANT, HARD, "w", "w"},
    {ANY, ANY, "w", "v"},
    {ANY, SOFT, "xc", "ks"},
    {START, ANY, "x", "s"},
    {ANY, ANY, "x", "ks"},
    {ANY, ANY, "zh", "j"},
    {ANY, ANY, "z", "s"},
};

static bool is_vowel(char c) {
  return c && strchr("aeiouy", c) != NULL;
}

struct heard {
  const char *word;
  size_t len;
  size_t end;    /* the letters from here on are silent */
  bool silent_e; /* one of them is an e */
};

static bool vowel_before(const struct heard *h, size_t at) {
  for (size_t i = 0; i < at; i++)
    if (is_vowel(h->word[i]))
      return true;
  return false;
}

/* Whether the last heard letter is silent, as a French final is. */
static bool silent_final(const struct heard *h) {
  char c = h->word[h->end - 1], p = h->word[h->end - 2];
  switch (c) {
  case 't':
  case 'h':
    return true;
  case 's':
    return p != 's';
  case 'd':
    return strchr("rnlu", p) != NULL;
  case 'x':
    return p == 'u' || p == 'i';
  case 'z':
    return p == 'e';
  case 'p':
    return p == 'm' || p == 'u';
  case 'g':
    return p == 'n' || p == 'r';
  case 'c':
  case 'b':
    return p == (c == 'c' ? 'n' : 'm');
  default:
    return false;
  }
}

static void find_end(struct heard *h) {
  h->end = h->len;
  h->silent_e = false;
  while (h->end > 2 && vowel_before(h, h->end - 1) && silent_final(h))
    h->end--;
  if (h->end > 2 && h->word[h->end - 1] == 'e' && vowel_before(h, h->end - 1) &&
      (h->end == h->len || h->word[h->end] == 's' || h->word[h->end] == 'z')) {
    h->end--;
    h->silent_e = true;
  }
}

static bool stands_before(const struct heard *h, size_t at, unsigned char place) {
  switch (place) {
  case ANY:
    return true;
  case START:
    return at == 0;
  case CONSONANT:
    return at > 0 && !is_vowel(h->word[at - 1]);
  default:
    return at > 0 && is_vowel(h->word[at - 1]);
  }
}

static bool stands_after(const struct heard *h, size_t at, unsigned char place) {
  char c = at < h->len ? h->word[at] : '\0';
  switch (place) {
  case ANY:
    return true;
  case END:
    return at >= h->end;
  case CLOSE:
    return at >= h->end && !h->silent_e;
  case VOWEL:
    return is_vowel(c);
  case CONSONANT:
    return c && !is_vowel(c);
  case SOFT:
    return c == 'e' || c == 'i' || c == 'y';
  case HARD:
    return c == 'a' || c == 'o' || c == 'u';
  case NASAL:
    return !is_vowel(c) && c != 'n' && c != 'h';
  default:
    return c == 'b' || c == 'p';
  }
}

static const struct rule *rule_for(const struct heard *h, size_t at) {
  for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
    const struct rule *r = &rules[i];
    size_t n = strlen(r->letters);
    if (r->letters[0] == h->word[at] && n <= h->len - at &&
        memcmp(r->letters, h->word + at, n) == 0 && stands_before(h, at, r->before) &&
        stands_after(h, at + n, r->after))
      return r;
  }
  return NULL;
}

void near_sound(const char *word, size_t len, char out[NEAR_SOUND_MAX]) {
  size_t used = 0;
  out[0] = '\0';
  if (len > FOLD_WORD_MAX)
    len = FOLD_WORD_MAX;
  for (size_t i = 0; i < len; i++)
    if (word[i] < 'a' || word[i] > 'z')
      return;
  struct heard h = {.word = word, .len = len};
  find_end(&h);
  for (size_t at = 0; at < h.end;) {
    const struct rule *r = rule_for(&h, at);
    if (!r)
      break;
    for (const char *s = r->sound; *s && used < NEAR_SOUND_MAX - 1; s++)
      if (!used || out[used - 1] != *s)
        out[used++] = *s;
    at += strlen(r->letters);
  }
  if (used < 2)
    used = 0;
  out[used] = '\0';
}
