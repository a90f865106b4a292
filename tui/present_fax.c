#include <string.h>

#include "base/i18n.h"
#include "tui/dialled.h"
#include "tui/fax.h"
#include "tui/present_parts.h"

enum { YEAR = 365 * 86400, DIGITS_MAX = 40 };

static size_t digits_of(char out[DIGITS_MAX], const char *text) {
  size_t n = 0;
  for (; *text && n + 1 < DIGITS_MAX; text++)
    if (*text >= '0' && *text <= '9')
      out[n++] = *text;
  out[n] = '\0';
  return n;
}

static void tail_of(char out[FAX_TAIL + 1], const char *number) {
  char digits[DIGITS_MAX];
  size_t len = digits_of(digits, number);
  memcpy(out, len >= FAX_TAIL ? digits + len - FAX_TAIL : "", len >= FAX_TAIL ? FAX_TAIL + 1 : 1);
}

/* Where two numbers of one length differ, counted from the end: there both are read alike,
 * whatever prefix stands before them. */
static const char *difference(const struct present *p, const char *own, const char *other) {
  char a[DIGITS_MAX], b[DIGITS_MAX];
  size_t len = digits_of(a, own), at = len, differing = 0;
  if (digits_of(b, other) != len)
    return "";
  for (size_t i = 0; i < len; i++)
    if (a[i] != b[i]) {
      at = i;
      differing++;
    }
  if (differing == 1 && at + 1 == len)
    return _("the last digit");
  if (differing == 1)
    return arena_printf(p->arena, _("digit %zu from the end"), len - at);
  if (differing == 2)
    return arena_printf(p->arena, _("digits %zu and %zu from the end, swapped"), len - at + 1,
                        len - at);
  return "";
}

static bool fill_alikes(const struct present *p, const struct contact *contact,
                        struct fax_point *out) {
  struct look_alike *rows;
  size_t count;
  if (search_look_alikes(p->cache, contact, p->arena, &rows, &count, NULL) != TC_OK)
    return !arena_failed(p->arena);
  struct fax_alike *made = arena_zalloc(p->arena, count + 1, sizeof *made);
  size_t told = 0;
  if (!made)
    return false;
  for (size_t i = 0; i < count; i++) {
    if (rows[i].masked) /* where they differ tells it whole */
      continue;
    const char *own = contact->e164[0] && rows[i].e164[0] ? contact->e164 : contact->number;
    const char *other = contact->e164[0] && rows[i].e164[0] ? rows[i].e164 : rows[i].number;
    struct fax_alike *alike = &made[told++];
    alike->name = rows[i].name;
    alike->site = rows[i].site;
    alike->differs = difference(p, own, other);
    if (!alike->differs)
      return false;
    tail_of(alike->tail, other);
  }
  out->alikes = made;
  out->alike_count = told;
  return true;
}

/* Where it stands: the contact point's own place, else where its entry is. */
static const char *place_of(const struct present *p, const struct entry *entry,
                            const struct dialled *d, const struct card *card) {
  if (d->stands_in) /* elsewhere, and nobody said where */
    return _("place not listed");
  const char *place = *d->contact->place ? d->contact->place
                      : d->entry == entry
                          ? card->where
                          : present_joined(p, d->entry->building, d->entry->floor, d->entry->room);
  return place && *place ? arena_strdup(p->arena, place) : _("place not listed");
}

static bool fill_point(const struct present *p, const struct entry *e, const struct card *card,
                       const struct dialled *d, const struct card_channel *channel,
                       struct fax_point *out) {
  *out = (struct fax_point){.channel = channel, .place = "", .purposes = "", .check = ""};
  if (!d) /* removed since the card was opened: the channel says so */
    return true;
  struct contact c = *d->contact;
  if (d->stands_in) { /* look-alikes are those of what is dialled */
    c.number = d->stands_in->number;
    c.e164 = d->stands_in->e164;
    c.plan = d->stands_in->plan;
  }
  out->place = place_of(p, e, d, card);
  out->purposes = present_purposes(p, &c);
  out->check = present_check(p, d->entry, d->contact);
  out->is_server = c.kind == CONTACT_FAX_SERVER;
  out->is_old = c.verified == 0 || p->world.now - c.verified > YEAR;
  if (!c.masked)
    tail_of(out->tail, channel->clear);
  return (c.masked || fill_alikes(p, &c, out)) && out->place && out->purposes && out->check;
}

struct fax_card *present_fax(const struct present *p, const struct entry *entry,
                             const struct card *card) {
  struct fax_card *fax = arena_zalloc(p->arena, 1, sizeof *fax);
  struct fax_point *points = arena_zalloc(p->arena, card->channel_count + 1, sizeof *points);
  if (!fax || !points)
    return NULL;
  *fax = (struct fax_card){.card = card, .points = points, .switchboard = ""};
  struct dialled *all;
  size_t count;
  if (dialled_all(&all, &count, p->cache, entry, &p->world, p->arena, NULL) != TC_OK)
    return NULL;
  for (size_t i = 0; i < card->channel_count; i++)
    if (card->channels[i].is_fax &&
        !fill_point(p, entry, card, dialled_with(all, count, &card->channels[i].uuid),
                    &card->channels[i], &points[fax->count++]))
      return NULL;
  return fax;
}

enum fax_check fax_check(const struct fax_point *point, const char *typed, size_t *alike) {
  if (strlen(typed) < FAX_TAIL)
    return FAX_TYPING;
  if (strcmp(typed, point->tail) == 0)
    return FAX_RIGHT;
  for (size_t i = 0; i < point->alike_count; i++)
    if (strcmp(typed, point->alikes[i].tail) == 0) {
      *alike = i;
      return FAX_ALIKE;
    }
  return FAX_WRONG;
}
