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
  LAST,      /* the word's end, nothing silent behind */
  VOWEL,     /* a e i o u y */
  CONSONANT, /* a letter that is none of these */
  SOFT,      /* e i y */
  HARD,      /* a o u */
  NASAL,     /* not a vowel, n or h: an n before it is heard in the vowel alone */
  LABIAL     /* b p: an m before it, too */
};

struct rule {
  unsigned char before, after;
  char letters[8];
  char sound[6];
};

/* Sorted by their first letter; of those with the same one, in the order they are tried. */
static const struct rule rules[] = {
    {START, ANY, "abdoul", "abdal"},
    {START, ANY, "abdul", "abdal"},
    {START, ANY, "abdel", "abdal"},
    {ANY, ANY, "ault", "o"},
    {ANY, ANY, "auld", "o"},
    {ANY, NASAL, "ain", "2"},
    {ANY, NASAL, "aim", "2"},
    {ANY, ANY, "aill", "ei"},
    {ANY, END, "ail", "ei"},
    {ANY, NASAL, "ahn", "1"},
    {ANY, ANY, "aou", "au"},
    {ANY, VOWEL, "aw", "au"},
    {ANY, ANY, "au", "o"},
    {ANY, VOWEL, "ay", "ei"},
    {ANY, END, "ay", ""},
    {ANY, ANY, "ay", "e"},
    {ANY, VOWEL, "ai", "ei"},
    {ANY, CLOSE, "ai", ""},
    {ANY, ANY, "ai", "e"},
    {ANY, ANY, "ae", "e"},
    {ANY, LAST, "anh", "1"},
    {ANY, END, "an", "1"},
    {ANY, NASAL, "an", "1"},
    {ANY, LABIAL, "am", "1"},
    {ANY, ANY, "a", "a"},
    {ANY, HARD, "bw", "bw"},
    {ANY, ANY, "b", "b"},
    {ANY, ANY, "cceuil", "kei"},
    {ANY, ANY, "ceuil", "kei"},
    {ANY, ANY, "coise", "swas"},
    {ANY, LAST, "cois", "swa"},
    {START, ANY, "chol", "kol"},
    {START, ANY, "coel", "sel"},
    {START, ANY, "chr", "kr"},
    {ANY, ANY, "chl", "kl"},
    {START, ANY, "chn", "xn"},
    {ANY, ANY, "chn", "kn"},
    {ANY, END, "ch", "k"},
    {ANY, ANY, "ch", "x"},
    {ANY, LAST, "cki", "ski"},
    {ANY, ANY, "ck", "k"},
    {ANY, ANY, "cqu", "k"},
    {ANY, ANY, "cq", "k"},
    {START, HARD, "ci", "x"},
    {ANY, ANY, "cz", "x"},
    {ANY, SOFT, "cc", "ks"},
    {ANY, ANY, "cc", "k"},
    {ANY, SOFT, "c", "s"},
    {ANY, ANY, "c", "k"},
    {ANY, ANY, "dj", "j"},
    {ANY, SOFT, "dg", "j"},
    {ANY, CLOSE, "dt", ""},
    {ANY, ANY, "dt", "t"},
    {START, HARD, "di", "j"},
    {ANY, LAST, "dzki", "dski"},
    {ANY, ANY, "d", "d"},
    {ANY, LAST, "esco", "esku"},
    {ANY, NASAL, "ean", "1"},
    {ANY, ANY, "eann", "an"},
    {ANY, ANY, "eau", "o"},
    {ANY, ANY, "ebv", "ev"},
    {ANY, ANY, "ebur", "evr"},
    {ANY, ANY, "euil", "ei"},
    {ANY, ANY, "eill", "ei"},
    {ANY, END, "eil", "ei"},
    {ANY, NASAL, "ein", "2"},
    {ANY, ANY, "eu", "e"},
    {ANY, ANY, "eix", "ex"},
    {ANY, VOWEL, "ei", "ei"},
    {ANY, ANY, "ei", "e"},
    {ANY, VOWEL, "ey", "ei"},
    {ANY, CLOSE, "ey", ""},
    {ANY, ANY, "ey", "e"},
    {ANY, LAST, "en", "en"},
    {ANY, NASAL, "en", "1"},
    {ANY, LABIAL, "em", "1"},
    {ANY, LAST, "ers", ""},
    {ANY, LAST, "er", ""},
    {ANY, LAST, "ees", ""},
    {ANY, LAST, "ee", ""},
    {ANY, CLOSE, "e", ""},
    {ANY, ANY, "e", "e"},
    {ANY, ANY, "foet", "fet"},
    {ANY, ANY, "f", "f"},
    {START, ANY, "goncal", "g3sal"},
    {ANY, LAST, "gez", "g"},
    {ANY, ANY, "gn", "n"},
    {ANY, ANY, "gh", "g"},
    {ANY, SOFT, "gu", "g"},
    {ANY, HARD, "ge", "j"},
    {ANY, HARD, "gw", "gw"},
    {ANY, SOFT, "g", "j"},
    {ANY, ANY, "g", "g"},
    {ANY, ANY, "h", ""},
    {START, VOWEL, "ill", "il"},
    {ANY, VOWEL, "ill", "i"},
    {ANY, CLOSE, "ien", "i2"},
    {ANY, LAST, "inh", "2"},
    {ANY, NASAL, "in", "2"},
    {ANY, LABIAL, "im", "2"},
    {ANY, ANY, "i", "i"},
    {ANY, ANY, "j", "j"},
    {ANY, ANY, "kh", "k"},
    {ANY, HARD, "kw", "kw"},
    {ANY, ANY, "k", "k"},
    {ANY, HARD, "li", "l"},
    {ANY, HARD, "lli", "l"},
    {ANY, HARD, "ly", "l"},
    {ANY, ANY, "l", "l"},
    {START, ANY, "mb", "b"},
    {ANY, HARD, "mw", "mw"},
    {ANY, LAST, "mann", "m1"},
    {START, ANY, "mouham", "moam"},
    {START, ANY, "muham", "moam"},
    {START, ANY, "mosta", "musta"},
    {ANY, ANY, "m", "m"},
    {START, SOFT, "ngu", "g"},
    {START, ANY, "ng", "g"},
    {START, ANY, "nd", "d"},
    {ANY, HARD, "ni", "n"},
    {ANY, HARD, "ny", "n"},
    {ANY, ANY, "n", "n"},
    {ANY, NASAL, "oin", "w2"},
    {ANY, NASAL, "ouin", "w2"},
    {START, ANY, "oumar", "omar"},
    {START, ANY, "oua", "va"},
    {START, ANY, "oue", "ve"},
    {START, ANY, "oui", "vi"},
    {ANY, NASAL, "ouan", "w1"},
    {ANY, ANY, "oua", "wa"},
    {ANY, ANY, "oeu", "e"},
    {START, ANY, "oe", "e"},
    {ANY, ANY, "oe", "o"},
    {ANY, VOWEL, "oy", "wai"},
    {ANY, ANY, "oi", "wa"},
    {ANY, ANY, "oy", "wa"},
    {ANY, ANY, "ou", "u"},
    {ANY, ANY, "oo", "u"},
    {ANY, NASAL, "ohn", "3"},
    {ANY, ANY, "omps", "oms"},
    {ANY, END, "own", "3"},
    {ANY, NASAL, "on", "3"},
    {ANY, LABIAL, "om", "3"},
    {ANY, ANY, "o", "o"},
    {START, ANY, "psych", "sik"},
    {START, ANY, "psich", "sik"},
    {START, ANY, "psy", "si"},
    {START, ANY, "pn", "n"},
    {ANY, ANY, "phill", "fil"},
    {ANY, ANY, "ph", "f"},
    {ANY, ANY, "p", "p"},
    {ANY, ANY, "qu", "k"},
    {ANY, ANY, "q", "k"},
    {CONSONANT, ANY, "rz", "j"},
    {ANY, HARD, "rw", "rw"},
    {ANY, ANY, "r", "r"},
    {START, ANY, "schiz", "skis"},
    {ANY, ANY, "sch", "x"},
    {ANY, ANY, "sh", "x"},
    {ANY, ANY, "sz", "x"},
    {ANY, ANY, "sj", "x"},
    {ANY, SOFT, "sc", "s"},
    {ANY, ANY, "stion", "sti3"},
    {ANY, HARD, "sw", "sw"},
    {ANY, ANY, "s", "s"},
    {START, ANY, "texei", "texe"},
    {ANY, ANY, "tsch", "x"},
    {ANY, ANY, "tch", "x"},
    {ANY, ANY, "tsh", "x"},
    {ANY, ANY, "tion", "si3"},
    {ANY, ANY, "tial", "sial"},
    {ANY, ANY, "tz", "s"},
    {ANY, ANY, "ts", "s"},
    {ANY, ANY, "t", "t"},
    {ANY, ANY, "ueil", "ei"},
    {ANY, CONSONANT, "ue", "u"},
    {ANY, NASAL, "uan", "w1"},
    {ANY, ANY, "ua", "wa"},
    {ANY, NASAL, "un", "2"},
    {ANY, LABIAL, "um", "2"},
    {ANY, ANY, "u", "u"},
    {ANY, ANY, "vill", "vil"},
    {ANY, LAST, "vic", "vix"},
    {ANY, LAST, "vich", "vix"},
    {ANY, ANY, "v", "v"},
    {START, HARD, "willi", "vil"},
    {START, ANY, "will", "vil"},
    {ANY, END, "w", ""},
    {ANY, ANY, "w", "v"},
    {START, ANY, "ximen", "jimen"},
    {ANY, SOFT, "xc", "ks"},
    {START, ANY, "x", "s"},
    {ANY, ANY, "x", "ks"},
    {ANY, CLOSE, "yen", "i2"},
    {ANY, NASAL, "yn", "2"},
    {ANY, LABIAL, "ym", "2"},
    {ANY, ANY, "y", "i"},
    {ANY, ANY, "zh", "j"},
    {ANY, ANY, "z", "s"},
};
enum { RULE_COUNT = sizeof rules / sizeof rules[0] };

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
  case 's':
    return true;
  case 'd':
    return strchr("rnlue", p) != NULL;
  case 'x':
    return p == 'u' || p == 'i';
  case 'z': /* heard in some names, not in others: diaz and dias are one */
    return is_vowel(p);
  case 'p':
    return p == 'm' || p == 'u';
  case 'g':
    return p == 'n' || p == 'r';
  case 'c': /* blanc, leclerc */
    return p == 'n' || (p == 'r' && h->end > 2 && h->word[h->end - 3] == 'e');
  case 'q':
    return p == 'c' || p == 'r';
  case 'b':
    return p == 'm';
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
  case LAST:
    return at == h->len;
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
  char first = h->word[at];
  size_t low = 0, high = RULE_COUNT;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (rules[mid].letters[0] < first)
      low = mid + 1;
    else
      high = mid;
  }
  for (const struct rule *r = rules + low; r < rules + RULE_COUNT && r->letters[0] == first; r++) {
    size_t n = 1;
    while (r->letters[n] && at + n < h->len && r->letters[n] == h->word[at + n])
      n++;
    if (!r->letters[n] && stands_before(h, at, r->before) && stands_after(h, at + n, r->after))
      return r;
  }
  return NULL;
}

/* A final e and what sounds like it are silent, but not where they are all there is to hear. */
static bool too_short_to_lose(const struct rule *r, size_t used) {
  return used < 2 && is_vowel(r->letters[0]);
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
    const char *sound = r->sound;
    if (!*sound && too_short_to_lose(r, used))
      sound = "e";
    for (const char *s = sound; *s && used < NEAR_SOUND_MAX - 1; s++)
      if (!used || out[used - 1] != *s)
        out[used++] = *s;
    at += strlen(r->letters);
  }
  if (used < 2)
    used = 0;
  out[used] = '\0';
}
