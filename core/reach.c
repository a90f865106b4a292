#include "core/reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

const char *reach_state_text(enum reach_state state) {
  static const char *const texts[REACH_STATE_COUNT] = {
      [REACH_NO_FAULT_KNOWN] = N_("no fault known"),
      [REACH_NOT_KNOWN] = N_("not known what it rides on"),
      [REACH_OUTSIDE_HOURS] = N_("outside its hours"),
      [REACH_DOWN] = N_("DOWN"),
      [REACH_NOT_FROM_HERE] = N_("not from here"),
      [REACH_NOT_YET] = N_("not yet valid"),
      [REACH_EXPIRED] = N_("expired"),
  };
  return (int)state >= 0 && state < REACH_STATE_COUNT ? _(texts[state]) : "";
}

/* Is a number inside low..high?  Of the same length, or beginning with an E.164 prefix. */
static bool in_range(const char *number, const char *low, const char *high) {
  size_t len = strlen(number);
  if (*low == '+')
    return strncmp(number, low, strlen(low)) >= 0 && strncmp(number, high, strlen(high)) <= 0;
  return len == strlen(low) && len == strlen(high) && strcmp(number, low) >= 0 &&
         strcmp(number, high) <= 0;
}

static bool rule_fits(const struct rule *rule, const struct entry *entry, const struct contact *c) {
  if (*rule->site && strcmp(rule->site, entry->site) != 0)
    return false;
  if (*rule->plan && strcmp(rule->plan, c->plan) != 0)
    return false;
  if (rule->kind != CONTACT_OTHER && rule->kind != c->kind)
    return false;
  if (!*rule->low)
    return true;
  return in_range(*rule->low == '+' ? c->e164 : c->number, rule->low,
                  *rule->high ? rule->high : rule->low);
}

/* What a contact point rides on: its own word, else the first rule that fits; "" not known. */
static const char *domains_of(const struct house *house, const struct entry *entry,
                              const struct contact *c) {
  if (c->domains[0])
    return c->domains;
  for (size_t i = 0; i < house->rule_count; i++)
    if (rule_fits(&house->rules[i], entry, c))
      return house->rules[i].domains;
  return "";
}

static void channel_set(struct channel *out, const struct entry *entry, const struct contact *c,
                        const struct reach_world *world) {
  out->contact = c;
  out->when = 0;
  dial_from(&out->dial, world->house, c, world->from);
  if (c->until && world->clock_trusted && world->now >= c->until) {
    out->state = REACH_EXPIRED;
    out->when = c->until;
  } else if (c->from && world->clock_trusted && world->now < c->from) {
    out->state = REACH_NOT_YET;
    out->when = c->from;
  } else if (out->dial.form == DIAL_NONE) {
    out->state = REACH_NOT_FROM_HERE;
  } else if (domains_of(world->house, entry, c)[0]) {
    out->state = REACH_NO_FAULT_KNOWN;
  } else {
    out->state = REACH_NOT_KNOWN;
  }
}

static int channel_compare(const void *a, const void *b) {
  const struct channel *x = a, *y = b;
  if (x->state != y->state)
    return x->state < y->state ? -1 : 1;
  if (x->contact->order != y->contact->order)
    return x->contact->order < y->contact->order ? -1 : 1;
  return (x->contact > y->contact) - (x->contact < y->contact); /* as the entry lists them */
}

struct channel *reach_order(const struct entry *entry, const struct reach_world *world,
                            struct arena *arena, size_t *count) {
  *count = 0;
  struct channel *channels =
      entry->contact_count ? arena_zalloc(arena, entry->contact_count, sizeof *channels) : NULL;
  if (!channels)
    return NULL;
  for (size_t i = 0; i < entry->contact_count; i++)
    channel_set(&channels[i], entry, &entry->contacts[i], world);
  qsort(channels, entry->contact_count, sizeof *channels, channel_compare);
  *count = entry->contact_count;
  return channels;
}

/* A point that one speaks into; a fax, a pager or a mail box is offered only where there is
 * nothing else. */
static bool is_spoken(enum contact_kind kind) {
  switch (kind) {
  case CONTACT_FAX:
  case CONTACT_FAX_SERVER:
  case CONTACT_PAGER:
  case CONTACT_MAIL:
  case CONTACT_SECURE_MAIL:
    return false;
  default:
    return true;
  }
}

/* Is a better than b, for a row that wants any way to speak? */
static bool is_better(const struct channel *a, const struct channel *b) {
  bool a_usable = a->state < REACH_DOWN, b_usable = b->state < REACH_DOWN;
  if (a_usable != b_usable)
    return a_usable;
  if (is_spoken(a->contact->kind) != is_spoken(b->contact->kind))
    return is_spoken(a->contact->kind);
  return channel_compare(a, b) < 0;
}

bool reach_best(struct channel *out, const struct entry *entry, const struct reach_world *world,
                enum contact_kind kind) {
  bool found = false;
  for (size_t i = 0; i < entry->contact_count; i++) {
    struct channel channel;
    if (kind != CONTACT_OTHER && entry->contacts[i].kind != kind)
      continue;
    channel_set(&channel, entry, &entry->contacts[i], world);
    if (!found || is_better(&channel, out))
      *out = channel;
    found = true;
    if (out->state == REACH_NO_FAULT_KNOWN && is_spoken(out->contact->kind))
      break; /* contact points come in order: none behind it is better */
  }
  return found;
}
