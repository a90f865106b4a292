/* The roles and people of a directory, for finding those that a rota names. */
#ifndef TC_SYNC_ROTA_WHO_H
#define TC_SYNC_ROTA_WHO_H

#include "core/record.h"
#include "sync/pg.h"

struct who_entry {
  struct uuid uuid;
  enum entry_type type;
  const char *name, *site;
  const char *unit; /* folded */
};

/* A rota that is held. */
struct who_rota {
  struct uuid uuid;
  enum audience audience;
  const char *bytes;
  size_t len;
  struct rota rota;
  bool seen; /* the file has something to say of it */
};

struct who;

/* Reads a source where there is one, else a cache; one that is not there yet holds nobody.  *out
 * belongs to the caller (who_free). */
TC_MUST_CHECK tc_status who_read(struct who **out, struct pg *pg, const char *cache,
                                 struct tc_error *err);
void who_free(struct who *w); /* NULL-safe */

/* The sites, with their time zones. */
const struct house *who_house(const struct who *w);

/* Every rota, by UUID and audience. */
struct who_rota *who_rotas(struct who *w, size_t *count);

enum who_found { WHO_FOUND, WHO_NOBODY, WHO_SEVERAL };

/* By UUID, by the key of an import ("4711"), or by origin and key ("rh:4711"). */
enum who_found who_by_id(const struct who *w, const char *id, const struct who_entry **out);

/* An entry that is no person, by its name or another name of it, at a site ("": any) and with these
 * words in its unit path ("": any).  Of a role and another entry of that name, the role. */
enum who_found who_role(const struct who *w, const char *name, const char *site, const char *unit,
                        const struct who_entry **out);

/* A person by the words of the name in any order, without a title; where several are called so,
 * or nobody quite, by a number of theirs besides (E.164, or as dialled; "": none). */
enum who_found who_person(const struct who *w, const char *name, const char *digits,
                          const char *e164, const struct who_entry **out);

/* The contact point of an entry with that number; nil: there is none. */
struct uuid who_contact(const struct who *w, const struct who_entry *entry, const char *digits,
                        const char *e164);

#endif
