#include "core/dial_back.h"

#include <string.h>

#include "base/i18n.h"

/* The plan of the set in hand; NULL: a public line, or none that is held here and whole. */
static const struct plan *plan_here(const struct house *house, const struct standpoint *from) {
  bool inside = from->set == SET_WARD || from->set == SET_RED;
  const struct plan *here = inside && *from->plan ? house_plan(house, from->plan) : NULL;
  return here && !here->rotted ? here : NULL;
}

/* Of a plan that lists no ranges nobody can say that it lacks a number; a switchboard's 9 lies in
 * none of them. */
static bool holds(const struct house *house, const struct plan *plan, const char *digits) {
  for (size_t i = 0; i < house->site_count; i++)
    if (strcmp(house->sites[i].plan, plan->code) == 0 &&
        strcmp(house->sites[i].switchboard_number, digits) == 0)
      return true;
  return !plan->range_count || dial_range(plan, digits);
}

/* Is there nothing in it but what a set has keys for, and what parts groups? */
static bool is_keys(const char *text) {
  for (; *text; text++)
    if (!strchr("0123456789*# .-/()", *text) && (unsigned char)*text != 0xC2 &&
        (unsigned char)*text != 0xA0 && (unsigned char)*text != 0xE2 &&
        (unsigned char)*text != 0x80 && (unsigned char)*text != 0xAF) /* no-break spaces */
      return false;
  return true;
}

static void extension(struct dialled_back *out, const struct plan *plan, const char *digits) {
  out->phone = (struct phone){.form = PHONE_INTERNAL};
  memcpy(out->phone.digits, digits, strlen(digits) + 1);
  out->plan = plan->code;
}

/* Behind the longest prefix of a tie line whose plan has such an extension. */
static bool behind_tie(struct dialled_back *out, const struct house *house, const struct plan *here,
                       const char *digits) {
  const struct plan *found = NULL;
  size_t longest = 0;
  for (size_t i = 0; i < here->tie_count; i++) {
    const struct tie_line *tie = &here->ties[i];
    const struct plan *plan = house_plan(house, tie->plan);
    size_t len = strlen(tie->prefix);
    if (plan && len > longest && strncmp(digits, tie->prefix, len) == 0 &&
        dial_range(plan, digits + len)) {
      longest = len;
      found = plan;
    }
  }
  if (found)
    extension(out, found, digits + longest);
  return found != NULL;
}

static bool is_public(const struct phone *p) {
  return p->form == PHONE_E164_FORM || p->form == PHONE_SHORT;
}

static bool is_same(const struct phone *a, const struct phone *b) {
  return a->form == b->form && strcmp(a->e164, b->e164) == 0 &&
         (*a->e164 || strcmp(a->digits, b->digits) == 0);
}

/* Behind the outside prefix. */
static bool outside(struct phone *out, const struct plan *here, const char *digits,
                    const char *country) {
  size_t len = strlen(here->outside_prefix);
  if (!len || strncmp(digits, here->outside_prefix, len) != 0 || !digits[len])
    return false;
  phone_read_one(out, digits + len, strlen(digits + len), country);
  return is_public(out);
}

static tc_status two_ways(const char *text, const struct phone *written,
                          const struct phone *dialled, struct tc_error *err) {
  const char *a = *written->e164 ? written->e164 : written->digits,
             *b = *dialled->e164 ? dialled->e164 : dialled->digits;
  return tc_fail(
      err, TC_INVALID,
      _("\"%.40s\" may be %s or, with what is pressed before it here, %s: write it with its +"),
      text, a, b);
}

tc_status dial_back(struct dialled_back *out, const struct house *house, const char *text,
                    const struct standpoint *from, struct tc_error *err) {
  const struct plan *here = plan_here(house, from);
  const char *country = here && *here->country ? here->country : from->country;
  char digits[PHONE_DIGITS] = "";
  struct phone dialled;
  struct dialled_back tie;
  *out = (struct dialled_back){.plan = ""};
  if (is_keys(text) && !strpbrk(text, "*#") &&
      phone_digits(digits, sizeof digits, text, strlen(text)) >= sizeof digits)
    digits[0] = '\0'; /* too long for any reading but the plain one */
  phone_read_one(&out->phone, text, strlen(text), country);
  if (here && *digits && dial_range(here, digits)) {
    extension(out, here, digits);
    return TC_OK;
  }
  if (here && *digits && behind_tie(&tie, house, here, digits)) {
    if (is_public(&out->phone) && out->phone.repairs == PHONE_AS_WRITTEN)
      return two_ways(text, &out->phone, &tie.phone, err);
    *out = tie;
    return TC_OK;
  }
  if (here && *digits && outside(&dialled, here, digits, country)) {
    if (is_public(&out->phone) && !is_same(&out->phone, &dialled))
      return two_ways(text, &out->phone, &dialled, err);
    out->phone = dialled;
    return TC_OK;
  }
  if (out->phone.form == PHONE_UNREADABLE || out->phone.form == PHONE_PLACEHOLDER)
    return tc_fail(err, TC_INVALID, _("\"%.60s\" cannot be read as a number: %s"), text,
                   phone_reason_text(out->phone.reason));
  if (out->phone.form != PHONE_INTERNAL)
    return TC_OK;
  if (!here)
    return tc_fail(
        err, TC_INVALID,
        _("\"%.40s\" is an extension, and no phone of the house is in hand (F5, --site): write the "
          "whole number"),
        text);
  if (!holds(house, here, out->phone.digits))
    return tc_fail(err, TC_INVALID,
                   _("%s has no extension \"%.40s\": write it as it is dialled from here"),
                   dial_plan_name(house, here->code), text);
  out->plan = here->code;
  return TC_OK;
}

/* Is there something between the prefix and the rest? */
static bool is_parted(const char *text, size_t prefix) {
  for (; *text; text++) {
    if (!prefix)
      return *text < '0' || *text > '9';
    prefix -= *text >= '0' && *text <= '9';
  }
  return false;
}

bool dial_pressed(struct dialled_back *out, const struct house *house, const char *text,
                  const struct standpoint *from) {
  const struct plan *here = plan_here(house, from);
  char digits[PHONE_DIGITS];
  *out = (struct dialled_back){.plan = ""};
  if (!here || !is_keys(text) || strpbrk(text, "*#") ||
      phone_digits(digits, sizeof digits, text, strlen(text)) >= sizeof digits || !*digits ||
      dial_range(here, digits))
    return false;
  if (behind_tie(out, house, here, digits))
    return true;
  const char *country = *here->country ? here->country : from->country;
  return outside(&out->phone, here, digits, country) &&
         (out->phone.form == PHONE_E164_FORM || is_parted(text, strlen(here->outside_prefix)));
}

const char *dial_plan_name(const struct house *house, const char *plan) {
  const struct site *only = NULL;
  for (size_t i = 0; i < house->site_count; i++)
    if (strcmp(house->sites[i].plan, plan) == 0) {
      if (only)
        return plan;
      only = &house->sites[i];
    }
  return only ? only->code : plan;
}
