#include "core/dial.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/phone.h"
#include "core/phone_plan.h"

static const struct {
  const char *word, *text;
} sets[SET_KIND_COUNT] = {
    [SET_WARD] = {"ward", N_("ward phone")},
    [SET_RED] = {"red", N_("red phone")},
    [SET_MOBILE] = {"mobile", N_("mobile")},
    [SET_OUTSIDE] = {"outside", N_("outside")},
};

const char *set_kind_text(enum set_kind set) {
  return (int)set >= 0 && set < SET_KIND_COUNT ? _(sets[set].text) : "";
}

const char *set_kind_word(enum set_kind set) {
  return (int)set >= 0 && set < SET_KIND_COUNT ? sets[set].word : "";
}

int set_kind_from_word(const char *word) {
  for (int i = 0; i < SET_KIND_COUNT; i++)
    if (strcmp(sets[i].word, word) == 0)
      return i;
  return -1;
}

const char *contact_kind_text(enum contact_kind kind) {
  static const char *const texts[CONTACT_KIND_COUNT] = {
      [CONTACT_OTHER] = N_("number"),
      [CONTACT_EXTENSION] = N_("extension"),
      [CONTACT_DDI] = N_("DDI"),
      [CONTACT_DIRECT_LINE] = N_("direct line"),
      [CONTACT_RED_PHONE] = N_("red phone"),
      [CONTACT_DECT] = N_("DECT"),
      [CONTACT_MOBILE] = N_("mobile"),
      [CONTACT_PAGER] = N_("pager"),
      [CONTACT_RADIO] = N_("radio"),
      [CONTACT_SATELLITE] = N_("satellite"),
      [CONTACT_FAX] = N_("fax machine"),
      [CONTACT_FAX_SERVER] = N_("fax server"),
      [CONTACT_SECURE_MAIL] = N_("secure mail"),
      [CONTACT_MAIL] = N_("mail"),
  };
  return (int)kind >= 0 && kind < CONTACT_KIND_COUNT ? _(texts[kind]) : "";
}

/* ---- ranges ------------------------------------------------------------------------------------
 */

static bool all_digits(const char *text) {
  return *text && strspn(text, "0123456789") == strlen(text);
}

const struct plan_range *dial_range(const struct plan *plan, const char *extension) {
  if (!all_digits(extension))
    return NULL;
  size_t len = strlen(extension);
  for (size_t i = 0; i < plan->range_count; i++) { /* the cheap questions first */
    const struct plan_range *r = &plan->ranges[i];
    if (strcmp(extension, r->low) >= 0 && strcmp(extension, r->high) <= 0 &&
        strlen(r->low) == len && strlen(r->high) == len && all_digits(r->low))
      return r;
  }
  return NULL;
}

/* Digits of up to 15 as a number. */
static uint64_t value_of(const char *digits) {
  uint64_t n = 0;
  for (; *digits; digits++)
    n = n * 10 + (uint64_t)(*digits - '0');
  return n;
}

static uint64_t power_of_ten(size_t n) {
  uint64_t power = 1;
  while (n--)
    power *= 10;
  return power;
}

/* The last `width` digits of a number, and a NUL. */
static void write_digits(char *out, uint64_t number, size_t width) {
  out[width] = '\0';
  for (size_t i = width; i--; number /= 10)
    out[i] = (char)('0' + number % 10);
}

bool dial_ddi(char *out, const struct plan *plan, const char *extension) {
  const struct plan_range *r = dial_range(plan, extension);
  if (!r || r->ddi[0] != '+' || !all_digits(r->ddi + 1) || strlen(r->ddi + 1) > 15 ||
      strlen(extension) > 15)
    return false;
  size_t width = strlen(r->ddi + 1);
  uint64_t number = value_of(r->ddi + 1) + (value_of(extension) - value_of(r->low));
  if (number >= power_of_ten(width)) /* counted over the end of the numbers of that length */
    return false;
  out[0] = '+';
  write_digits(out + 1, number, width);
  return true;
}

bool dial_extension(char *out, const struct plan *plan, const char *e164) {
  if (e164[0] != '+' || !all_digits(e164 + 1) || strlen(e164 + 1) > 15)
    return false;
  for (size_t i = 0; i < plan->range_count; i++) {
    const struct plan_range *r = &plan->ranges[i];
    if (strlen(r->ddi) != strlen(e164) || strcmp(e164, r->ddi) < 0 || !all_digits(r->ddi + 1) ||
        !all_digits(r->low) || strlen(r->low) > 15)
      continue;
    char text[24], back[24];
    size_t width = strlen(r->low);
    uint64_t number = value_of(r->low) + (value_of(e164 + 1) - value_of(r->ddi + 1));
    if (number >= power_of_ten(width))
      continue;
    write_digits(text, number, width);
    /* Past the end of the range, or held by an earlier one: not this number's. */
    if (dial_ddi(back, plan, text) && strcmp(back, e164) == 0) {
      memcpy(out, text, strlen(text) + 1);
      return true;
    }
  }
  return false;
}

/* ---- dialling ----------------------------------------------------------------------------------
 */

/* What is known while one contact point is looked at. */
struct look {
  struct dial *out;
  const struct house *house;
  const struct contact *contact;
  const struct standpoint *from;
  const struct plan *here; /* the plan one stands in; NULL: a public line */
  const char *country;     /* where one stands */
  bool text;               /* what is pressed is wanted, not the form alone */
};

enum { TEXT_MOST = 48 }; /* a public number, grouped, with every prefix but that of a plan */

static void none(struct look *l, const char *reason) {
  l->out->form = DIAL_NONE;
  l->out->press[0] = l->out->shown[0] = '\0';
  l->out->reason = reason;
}

/* Prefixes come from records: nothing but keys may be pressed. */
static bool keys_have(const char *text) {
  return strspn(text + (*text == '+'), "0123456789*#") == strlen(text + (*text == '+'));
}

/* a, between and b in one; false where they do not fit: a number is never cut. */
static bool join(char out[DIAL_MAX], const char *a, const char *between, const char *b) {
  size_t n = strlen(a), m = strlen(between), k = strlen(b);
  if (n + m + k >= DIAL_MAX)
    return false;
  memcpy(out, a, n);
  memcpy(out + n, between, m);
  memcpy(out + n + m, b, k + 1);
  return true;
}

/* prefix and digits to press, shown grouped. */
static void press(struct look *l, enum dial_form form, const char *prefix, const char *digits,
                  const char *shown) {
  if (!keys_have(prefix) || !keys_have(digits)) {
    none(l, _("it holds signs that no key has"));
    return;
  }
  if (!l->text && 2 * strlen(digits) + strlen(prefix) < DIAL_MAX) {
    l->out->form = form; /* it fits, however it is grouped */
    return;
  }
  if (!join(l->out->press, prefix, "", digits) ||
      !join(l->out->shown, prefix, *prefix ? " " : "", shown)) {
    none(l, _("it is too long to be dialled"));
    return;
  }
  l->out->form = form;
}

/* Red phones call each other; those that call out have a prefix for it. A fax is sent from a
 * machine, whatever phone is in hand. */
static bool has_way_out(struct look *l) {
  if (l->from->set != SET_RED || !l->here || *l->here->outside_prefix || contact_is_fax(l->contact))
    return true;
  none(l, _("this red phone calls red phones alone"));
  return false;
}

/* Is it not known what is pressed here before a number?  Then that is said. */
static bool lacks_prefix(struct look *l) {
  bool lacks = l->here && l->here->rotted;
  if (lacks)
    none(l, _("the numbering plan here is damaged on this disk: what to press first is not known"));
  return lacks;
}

/* A public number from a public line or, behind the outside prefix, from a plan. */
static void press_public(struct look *l, const char *e164) {
  struct phone p;
  struct buffer shown = BUFFER_INIT;
  char digits[DIAL_MAX] = "";
  const char *outside = l->here ? l->here->outside_prefix : "";
  if (lacks_prefix(l) || !has_way_out(l))
    return;
  if (!l->text && phone_e164_fits(e164) && strlen(outside) + TEXT_MOST < DIAL_MAX) {
    if (keys_have(outside))
      l->out->form = l->here ? DIAL_OUTSIDE : DIAL_PUBLIC;
    else
      none(l, _("it holds signs that no key has"));
    return;
  }
  const struct phone_country *own = phone_country_find(l->country);
  if (!phone_of_e164(&p, e164, l->country)) {
    none(l, phone_reason_text(p.reason));
    return;
  }
  bool national = phone_is_national(p.e164, l->country);
  phone_format(&shown, &p, l->country);
  if (national) /* each is far shorter than DIAL_MAX: 15 digits behind a prefix of the table */
    join(digits, p.digits, "", "");
  else if (l->here || l->from->set == SET_OUTSIDE) /* a set without a + key */
    join(digits, own && *own->international ? own->international : "00", "", e164 + 1);
  else
    join(digits, e164, "", "");
  const char *text = buffer_text(&shown);
  char tail[DIAL_MAX], before[DIAL_MAX];
  if (!national && digits[0] != '+') { /* the prefix stands apart from the groups */
    size_t skip = strlen(digits) - strlen(e164 + 1);
    memcpy(before, digits, skip);
    before[skip] = '\0';
    text = join(tail, before, " ", text + (text[0] == '+')) ? tail : digits;
  }
  press(l, l->here ? DIAL_OUTSIDE : DIAL_PUBLIC, outside, digits, text);
  buffer_free(&shown);
}

/* The digits of a number as written; "" for anything that keys cannot dial. */
static void plain_digits(char out[DIAL_MAX], const char *number) {
  size_t n = 0;
  out[0] = '\0';
  for (; *number; number++) {
    if (strchr(" .-", *number) || (unsigned char)*number == 0xC2 ||
        (unsigned char)*number == 0xA0) /* spaces, and the two bytes of a no-break space */
      continue;
    if (!strchr("0123456789*#", *number) || n + 1 >= DIAL_MAX) {
      n = 0;
      break;
    }
    out[n++] = *number;
  }
  out[n] = '\0';
}

static void shown_groups(struct buffer *out, const char *digits) {
  phone_format_number(out, digits, "", "");
}

static void press_bare(struct look *l, enum dial_form form, const char *prefix,
                       const char *digits) {
  struct buffer shown = BUFFER_INIT;
  if (l->text)
    shown_groups(&shown, digits);
  press(l, form, prefix, digits, buffer_text(&shown));
  buffer_free(&shown);
}

/* Is a short code without a plan the one that the plan one stands in has? Of a direct line or a
 * mobile it is not: there the same digits ring the porter. */
static bool is_of_plan(const struct look *l, const char *digits) {
  if (!l->here || !dial_range(l->here, digits))
    return false;
  enum contact_kind kind = l->contact->kind;
  return kind == CONTACT_EXTENSION || kind == CONTACT_OTHER || !*l->here->outside_prefix;
}

/* A number without a plan: E.164 where it has one, else a short code of the public network. */
static void dial_public(struct look *l) {
  const struct contact *c = l->contact;
  struct phone p;
  if (lacks_prefix(l))
    return;
  if (c->e164[0]) {
    press_public(l, c->e164);
    return;
  }
  phone_read_one(&p, c->number, strlen(c->number), l->country);
  if (p.form == PHONE_E164_FORM)
    press_public(l, p.e164);
  else if (p.form == PHONE_SHORT && is_of_plan(l, p.digits))
    press_bare(l, DIAL_BARE, "", p.digits); /* the plan has taken the code for its own */
  else if (p.form == PHONE_SHORT &&
           has_way_out(l)) { /* 18 dialled here is not the fire brigade of another site */
    press_bare(l, l->here ? DIAL_OUTSIDE : DIAL_PUBLIC, l->here ? l->here->outside_prefix : "",
               p.digits);
    if (l->out->form != DIAL_NONE)
      l->out->via = _("answered near you");
  } else if (p.form == PHONE_INTERNAL)
    none(l, _("its numbering plan is not known"));
  else if (p.form != PHONE_SHORT)
    none(l, _("it cannot be read as a number"));
}

static const struct tie_line *tie_to(const struct plan *here, const char *plan) {
  for (size_t i = 0; i < here->tie_count; i++)
    if (strcmp(here->ties[i].plan, plan) == 0)
      return &here->ties[i];
  return NULL;
}

/* Is a plan one of the site one stands at, on a phone of another one there? */
static bool is_beside(const struct look *l, const struct plan *plan) {
  const struct site *site = *l->from->site ? house_site(l->house, l->from->site) : NULL;
  const struct domain *pbx = *plan->domain ? house_domain(l->house, plan->domain) : NULL;
  return l->here && site &&
         (strcmp(site->plan, plan->code) == 0 || (pbx && strcmp(pbx->site, site->code) == 0));
}

/* A number of a house plan. */
static void dial_plan(struct look *l) {
  const struct contact *c = l->contact;
  char digits[DIAL_MAX], ddi[PHONE_E164] = "";
  const struct plan *its = house_plan(l->house, c->plan);
  const struct tie_line *tie;
  plain_digits(digits, c->number);
  if (l->here && *digits && strcmp(l->here->code, c->plan) == 0) {
    press_bare(l, DIAL_BARE, "", digits);
    return;
  }
  if (l->here && *digits && (tie = tie_to(l->here, c->plan)) != NULL) {
    press_bare(l, DIAL_TIE, tie->prefix, digits);
    if (l->out->form == DIAL_TIE) {
      l->out->via = _("via tie line");
      l->out->domain = tie->domains;
    }
    return;
  }
  if (c->e164[0])
    press_public(l, c->e164);
  else if (!*digits)
    none(l, _("it cannot be read as a number"));
  else if (its && dial_ddi(ddi, its, digits))
    press_public(l, ddi);
  else if (!its)
    none(l, _("its numbering plan is not held here"));
  else if (its->rotted)
    none(l, _("its numbering plan is damaged on this disk"));
  else if (its->red)
    none(l, _("only from a red phone"));
  else
    none(l, is_beside(l, its) ? _("only from a phone of the other PBX of this site")
                              : _("only from its own site: it has no outside number"));
  if (l->out->form != DIAL_NONE && c->kind != CONTACT_DIRECT_LINE)
    l->out->via = _("via DDI");
}

static bool is_address(enum contact_kind kind) {
  return kind == CONTACT_MAIL || kind == CONTACT_SECURE_MAIL || kind == CONTACT_RADIO;
}

static void dial(struct dial *out, const struct house *house, const struct contact *contact,
                 const struct standpoint *from, bool text) {
  struct look l = {.out = out, .house = house, .contact = contact, .from = from, .text = text};
  bool inside = from->set == SET_WARD || from->set == SET_RED;
  out->form = DIAL_NONE;
  out->press[0] = out->shown[0] = '\0';
  out->via = out->reason = out->domain = "";
  l.here = inside && *from->plan ? house_plan(house, from->plan) : NULL;
  l.country = l.here && l.here->country[0] ? l.here->country : from->country;
  if (is_address(contact->kind)) {
    out->form = DIAL_ADDRESS;
    if (strlen(contact->number) < DIAL_MAX) { /* else press stays "", as the header says */
      memcpy(out->press, contact->number, strlen(contact->number) + 1);
      memcpy(out->shown, contact->number, strlen(contact->number) + 1);
    }
  } else if (contact->reason[0]) {
    none(&l, _("it cannot be read as a number: as typed"));
  } else if (inside && *from->plan && !l.here) { /* its outside prefix is not known either */
    none(&l, _("the numbering plan one stands in is not held here"));
  } else if (contact->plan[0]) {
    dial_plan(&l);
  } else {
    dial_public(&l);
  }
}

void dial_from(struct dial *out, const struct house *house, const struct contact *contact,
               const struct standpoint *from) {
  dial(out, house, contact, from, true);
}

void dial_where_it_stands(struct dial *out, const struct house *house,
                          const struct contact *contact, const char *site, const char *country) {
  const struct plan *plan = house_plan(house, contact->plan);
  struct standpoint own = {plan && plan->red ? SET_RED : SET_WARD, contact->plan, site, country};
  dial_from(out, house, contact, &own);
}

void dial_form(struct dial *out, const struct house *house, const struct contact *contact,
               const struct standpoint *from) {
  dial(out, house, contact, from, false);
}

enum contact_kind dial_kind(const struct house *house, const char *number, const char *plan,
                            const char *e164, enum contact_kind otherwise) {
  const struct plan *its = *plan ? house_plan(house, plan) : NULL;
  char digits[DIAL_MAX];
  if (phone_is_mobile(e164))
    return CONTACT_MOBILE;
  if (!*plan)
    return otherwise;
  plain_digits(digits, number);
  const struct plan_range *range = its ? dial_range(its, digits) : NULL;
  /* A range that says DDI says how its numbers are reached from outside. */
  return range && range->kind != CONTACT_OTHER && range->kind != CONTACT_DDI ? range->kind
                                                                             : CONTACT_EXTENSION;
}

void contact_written(struct contact *out, struct phone *room, const struct house *house,
                     const char *number, const char *plan, const char *site,
                     const struct standpoint *from) {
  const struct site *home = house_site(house, site);
  phone_read_one(room, number, strlen(number), home ? home->country : from->country);
  *out = contact_empty;
  out->number = number;
  out->e164 = room->e164;
  if (!room->e164[0])
    out->plan = plan[0] ? plan : home ? home->plan : "";
  out->kind = dial_kind(house, number, out->plan, room->e164,
                        room->e164[0] ? CONTACT_DIRECT_LINE : CONTACT_EXTENSION);
}

void dial_written(struct dial *out, const struct house *house, const char *number, const char *plan,
                  const char *site, const struct standpoint *from) {
  struct contact written;
  struct phone room;
  contact_written(&written, &room, house, number, plan, site, from);
  dial_from(out, house, &written, from);
}
