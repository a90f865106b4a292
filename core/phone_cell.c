#include "core/phone_cell.h"

#include <string.h>

#include "base/utf8.h"
#include "core/fold.h"

/* ---- signs -------------------------------------------------------------------------------------
 */

static char letter_of(uint32_t point) {
  char bytes[UTF8_MAX], folded = '\1';
  struct buffer b = BUFFER_INIT;
  size_t n = utf8_put(bytes, point);
  fold_text(&b, bytes, n, NULL);
  if (b.len == 1 && b.data[0] >= 'a' && b.data[0] <= 'z')
    folded = b.data[0];
  buffer_free(&b);
  return folded;
}

/* Every space is ' ', every dash '-', letters are small and without accents; 1 is anything else.
 * 'T' and 'F' stand for the pictures of a telephone and of a fax machine. */
static char sign_of(uint32_t point) {
  if (point < 0x80) {
    char c = (char)point;
    if (c >= 'A' && c <= 'Z')
      return (char)(c - 'A' + 'a');
    if (c == '[' || c == '<' || c == '{')
      return '(';
    if (c == ']' || c == '>' || c == '}')
      return ')';
    if (c == '\n' || c == '\r')
      return '\n';
    if (c == '\t' || c == '\v' || c == '\f')
      return ' ';
    return c && ((c >= 'a' && c <= 'z') || strchr("+().-/;,#|:&* =\"'_@?!%~", c)) ? c : '\1';
  }
  if (point >= 0x2000 && point <= 0x200A)
    return ' ';
  if (point >= 0x2010 && point <= 0x2015)
    return '-';
  static const struct {
    uint32_t point;
    char sign;
  } others[] = {{0x85, '\n'},   {0xA0, ' '},    {0xAB, '"'},    {0xB0, 'o'},    {0xB7, '.'},
                {0xBA, 'o'},    {0xBB, '"'},    {0x2018, '\''}, {0x2019, '\''}, {0x201C, '"'},
                {0x201D, '"'},  {0x2022, '.'},  {0x2028, '\n'}, {0x2029, '\n'}, {0x202F, ' '},
                {0x2043, '-'},  {0x2044, '/'},  {0x205F, ' '},  {0x2116, 'n'},  {0x2121, 'T'},
                {0x2212, '-'},  {0x2215, '/'},  {0x260E, 'T'},  {0x260F, 'T'},  {0x2706, 'T'},
                {0x3000, ' '},  {0x3001, ','},  {0x30FB, '.'},  {0xFE58, '-'},  {0xFE63, '-'},
                {0xFF08, '('},  {0xFF09, ')'},  {0xFF0B, '+'},  {0xFF0C, ','},  {0xFF0D, '-'},
                {0xFF0E, '.'},  {0xFF0F, '/'},  {0xFF1A, ':'},  {0xFF1B, ';'},  {0x1F4DE, 'T'},
                {0x1F4E0, 'F'}, {0x1F4F1, 'T'}, {0x1F57F, 'T'}, {0x1F5B7, 'F'}};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (others[i].point == point)
      return others[i].sign;
  return letter_of(point);
}

static void signs_read(struct cell *cell, const char *text, size_t len) {
  for (size_t at = 0; at < len;) {
    uint32_t point;
    size_t n = utf8_next(text + at, len - at, &point);
    int digit = utf8_digit(point);
    if (cell->sign_count == PHONE_RAW_MAX) {
      cell->cut = true;
      break;
    }
    if (utf8_is_zero_width(point) || utf8_is_bidi(point)) {
      at += n; /* invisible: spreadsheets wrap numbers in direction marks */
      continue;
    }
    cell->mapped = cell->mapped || (digit >= 0 && point > 0x7F);
    cell->offsets[cell->sign_count] = at;
    cell->signs[cell->sign_count++] = digit >= 0 ? (char)('0' + digit) : sign_of(point);
    at += n;
  }
  cell->signs[cell->sign_count] = '\0';
  cell->offsets[cell->sign_count] = len;
}

/* ---- words -------------------------------------------------------------------------------------
 */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
static bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

bool phone_token_is(const struct token *t, const char *word) {
  return strlen(word) == t->count && memcmp(t->text, word, t->count) == 0;
}

/* Words between spaces. */
static bool among(const struct token *t, const char *words) {
  for (const char *w = words; *w;) {
    size_t n = strcspn(w, " ");
    if (n == t->count && memcmp(w, t->text, n) == 0)
      return true;
    w += n + (w[n] == ' ');
  }
  return false;
}

static const struct {
  enum phone_called called;
  const char *words;
} captions[] = {
    {PHONE_CALLED_PHONE, "t tel tels telephone telephones phone phones ph fixe landline telefon "
                         "telefono telefone telefoon"},
    {PHONE_CALLED_FAX, "f fax faxes telecopie telecopieur telefax tcp tlc facsimile"},
    {PHONE_CALLED_MOBILE, "m mob mobile mobiles port portable gsm cell cellulaire natel handy"},
    {PHONE_CALLED_DECT, "dect"},
    {PHONE_CALLED_PAGER, "bip beep bleep pager biper"},
    {PHONE_CALLED_NOTHING,
     "n no nos num numero numeros number nr ligne lignes direct directe directs appel appeler call "
     "appelez composer composez faire faites dial "
     "callto sms court courts abrege abreges short speed soit"},
};

static void classify_word(struct token *t) {
  t->kind = TOKEN_TEXT;
  t->unknown = true;
  for (size_t i = 0; i < sizeof captions / sizeof *captions; i++)
    if (among(t, captions[i].words)) {
      t->kind = TOKEN_CAPTION;
      t->called = captions[i].called;
    }
  if (among(t, "le la les l aux de du des d the of der die")) {
    t->kind = TOKEN_CAPTION;
    t->weak = true;
  }
  if (among(t, "poste postes pst ext exts extn extns extension extensions x p int interne internal "
               "toestel durchwahl dw nst nebenstelle apparat klappe anexo ramal"))
    t->kind = TOKEN_EXTENSION;
  else if (among(t, "ou or et and puis then sinon und oder"))
    t->kind = TOKEN_HARD;
  else if (among(t, "a au to bis"))
    t->kind = TOKEN_RANGE;
  else if (among(t, "jour nuit jours nuits day night secretariat sec secr standard accueil bureau "
                    "consultation consultations rdv rendez vous urgence urgences garde gardes "
                    "astreinte admissions semaine weekend week ferie feries externe chef cadre ide "
                    "infirmier infirmiere infirmiers infirmieres medecin medecins dr docteur sos "
                    "samu smur pompiers police gendarmerie secours fire ambulance emergency "
                    "switchboard reception main office desk ward direction gardien securite "
                    "internes seniors senior appointments work home domicile travail"))
    t->kind = TOKEN_KNOWN;
  t->unknown = t->kind == TOKEN_TEXT;
}

/* Behind digits: an hour, a rank, a floor. */
static bool is_unit(const struct token *t) {
  return among(t,
               "h hs hr hrs hre hres heure heures hours am pm j jr jrs e er re eme ieme nd nde st "
               "rd th mn min d o");
}

/* ---- tokens ------------------------------------------------------------------------------------
 */

bool phone_tokens_touch(const struct token *before, const struct token *behind) {
  return before->text + before->count == behind->text && !behind->spaced;
}

static enum token_kind kind_of(char c) {
  switch (c) {
  case '-':
    return TOKEN_DASH;
  case '(':
    return TOKEN_OPEN;
  case ')':
    return TOKEN_CLOSE;
  case '+':
    return TOKEN_PLUS;
  case '/':
    return TOKEN_SLASH;
  case ',':
    return TOKEN_COMMA;
  case ';':
  case '|':
  case '&':
  case '\n':
    return TOKEN_HARD;
  case '*':
  case '#':
    return TOKEN_KEYS;
  case 'T':
  case 'F':
    return TOKEN_CAPTION;
  default:
    return TOKEN_SOFT;
  }
}

static void tokens_cut(struct cell *cell) {
  bool spaced = false;
  for (size_t i = 0; i < cell->sign_count;) {
    size_t n = 1;
    char c = cell->signs[i];
    if (c == ' ') {
      spaced = true;
      i++;
      continue;
    }
    struct token *t = &cell->tokens[cell->count++];
    *t = (struct token){.text = cell->signs + i, .spaced = spaced, .offset = cell->offsets[i]};
    spaced = false;
    if (is_digit(c) || is_letter(c)) {
      bool digits = is_digit(c);
      while (digits ? is_digit(cell->signs[i + n]) : is_letter(cell->signs[i + n]))
        n++;
    }
    /* The end of its last sign, and not where the next one begins: signs without width lie between
     * them and belong to nobody. */
    t->count = n;
    t->length = cell->offsets[i + n] - t->offset;
    if (is_digit(c)) {
      t->kind = TOKEN_DIGITS;
    } else if (is_letter(c)) {
      classify_word(t);
    } else if (strchr("?!%@~", c) || c == '\1') {
      t->kind = TOKEN_TEXT;
      t->unknown = true;
      t->wrong = c == '\1' || c == '@';
    } else {
      t->kind = kind_of(c);
      if (t->kind == TOKEN_CAPTION)
        t->called = c == 'F' ? PHONE_CALLED_FAX : PHONE_CALLED_PHONE;
    }
    i += n;
  }
}

static bool is_number(const struct token *t, const char *digits) {
  return t->kind == TOKEN_DIGITS && phone_token_is(t, digits);
}

/* "0199005231w5" */
static bool is_pause(const struct cell *cell, size_t i) {
  const struct token *t = &cell->tokens[i];
  return i > 0 && t[-1].kind == TOKEN_DIGITS && phone_tokens_touch(t - 1, t) &&
         strspn(t->text, "pw") >= t->count;
}

/* Digits that are no number: "24h/24", "7j/7", "18 h", "3e étage", "08:00", "B2", "24/24". */
static void mark_times(struct cell *cell) {
  for (size_t i = 0; i < cell->count; i++) {
    struct token *t = &cell->tokens[i], *next = t + 1;
    bool more = i + 1 < cell->count, third = i + 2 < cell->count;
    if (t->kind == TOKEN_DIGITS && more && t->count <= 2 && is_unit(next) &&
        (phone_tokens_touch(t, next) || among(next, "h hrs heures heure hours am pm"))) {
      t->kind = next->kind = TOKEN_TEXT;
      if (third && next[1].kind == TOKEN_DIGITS && next[1].count == 2 &&
          phone_tokens_touch(next, next + 1))
        next[1].kind = TOKEN_TEXT;
      if (i + 3 < cell->count && next[1].kind == TOKEN_SLASH && next[2].kind == TOKEN_DIGITS &&
          next[2].count <= 2)
        next[1].kind = next[2].kind = TOKEN_TEXT;
    } else if (t->kind == TOKEN_DIGITS && third && next->kind == TOKEN_SLASH &&
               ((is_number(t, "24") && (is_number(next + 1, "24") || is_number(next + 1, "7"))) ||
                (is_number(t, "7") && is_number(next + 1, "7"))) &&
               (i == 0 || t->spaced)) {
      t->kind = next->kind = next[1].kind = TOKEN_TEXT;
    } else if (t->kind == TOKEN_DIGITS && third && t->count <= 2 && phone_token_is(next, ":") &&
               next[1].kind == TOKEN_DIGITS && next[1].count == 2 && phone_tokens_touch(t, next) &&
               phone_tokens_touch(next, next + 1) && (i == 0 || !phone_token_is(t - 1, ":")) &&
               (i + 3 == cell->count || !phone_token_is(next + 2, ":"))) {
      t->kind = next->kind = next[1].kind = TOKEN_TEXT;
    } else if (more && t->kind == TOKEN_TEXT && is_letter(*t->text) && next->kind == TOKEN_DIGITS &&
               next->count <= 3 && phone_tokens_touch(t, next) && !is_pause(cell, i)) {
      next->kind = TOKEN_TEXT;
    }
  }
}

/* "(secrétariat)", "(24h/24)" are notes; "(202)", "(poste 4321)", "(0)" are not, and no number of
 * seven digits is taken for one. */
static void mark_brackets(struct cell *cell) {
  for (size_t i = 0; i < cell->count; i++) {
    size_t end = i + 1, digits = 0, words = 0, captions_seen = 0;
    bool extension = false;
    if (cell->tokens[i].kind != TOKEN_OPEN)
      continue;
    for (; end < cell->count && cell->tokens[end].kind != TOKEN_CLOSE; end++) {
      const struct token *t = &cell->tokens[end];
      digits += t->kind == TOKEN_DIGITS ? t->count : 0;
      words += t->kind == TOKEN_TEXT || t->kind == TOKEN_KNOWN;
      captions_seen += t->kind == TOKEN_CAPTION;
      extension = extension || t->kind == TOKEN_EXTENSION;
    }
    if (end == cell->count || digits > 6 || (words == 0 && (digits > 0 || captions_seen == 0)) ||
        (extension && digits > 0))
      continue;
    struct token *t = &cell->tokens[i];
    const struct token *last = &cell->tokens[end];
    if (words) {
      t->kind = TOKEN_TEXT;
      t->bracket = true;
    } else { /* "(fax)" */
      enum phone_called called = PHONE_CALLED_NOTHING;
      for (size_t k = i + 1; k < end; k++)
        if (cell->tokens[k].called)
          called = cell->tokens[k].called;
      t->kind = TOKEN_CAPTION;
      t->bracket = true;
      t->called = called;
    }
    t->count = (size_t)(last->text - t->text) + last->count;
    t->length = last->offset + last->length - t->offset;
    memmove(t + 1, last + 1, (cell->count - end - 1) * sizeof *t);
    cell->count -= end - i;
  }
}

void phone_cell_read(struct cell *cell, const char *text, size_t len) {
  cell->sign_count = cell->count = 0;
  cell->mapped = cell->cut = false;
  cell->bad = !utf8_valid(text, len);
  if (cell->bad)
    return;
  signs_read(cell, text, len);
  tokens_cut(cell);
  mark_times(cell);
  mark_brackets(cell);
}

/* ---- placeholders ------------------------------------------------------------------------------
 */

/* What people write where there is no number, letters only, without spaces. */
static const char nothings[] =
    "na none neant aucun aucune null nil nc nr unknown inconnu nonrenseigne tba tbc sans "
    "notavailable unavailable notapplicable vide empty so pasde noncommunique nonconnu nodata "
    "nophone nofax pasdetelephone pasdefax sansobjet indisponible nonapplicable nondisponible "
    "notknown nonumber notgiven";

bool phone_cell_is_placeholder(const struct cell *cell) {
  char letters[32];
  size_t n = 0, digits = 0, others = 0;
  char first = 0;
  bool same = true;
  for (size_t i = 0; i < cell->sign_count; i++) {
    char c = cell->signs[i];
    if (is_letter(c)) {
      if (n + 1 == sizeof letters)
        return false;
      letters[n++] = c;
    } else if (is_digit(c)) {
      same = same && (!first || first == c);
      first = c;
      digits++;
    } else {
      others += c != ' ' && c != '\n';
    }
  }
  letters[n] = '\0';
  if (digits && n == 0) /* 000000, 99999; but 999 and 9 may be dialled */
    return same && (first == '0' ? true : digits >= 5 && (first == '9' || digits >= 8));
  if (digits)
    return false;
  if (n == 0)
    return others > 0;
  struct token all = {.text = letters, .count = n};
  return strspn(letters, "x") == n || among(&all, nothings);
}
