#include "sync/propose.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "core/act.h"
#include "db/cache.h"
#include "db/journal.h"

static const char initials[] = "probe"; /* who signs */

struct proposal {
  const char *scope_dir, *code;
  struct cache *cache;
  const struct domain *domain;
  struct arena arena;
  char account[ACT_NUMBER_MAX + 1];
  int64_t now;
};

static tc_status begin(struct proposal *p, const char *scope_dir, const char *code,
                       struct tc_error *err) {
  *p = (struct proposal){
      .scope_dir = scope_dir, .code = code, .arena = ARENA_INIT, .now = clock_now(NULL)};
  journal_account(p->account, sizeof p->account);
  tc_status status = cache_open(&p->cache, scope_dir, err);
  if (status != TC_OK)
    return status;
  p->domain = house_domain(cache_house(p->cache), code);
  if (!p->domain)
    return tc_fail(err, TC_NOT_FOUND, _("[probe %s]: there is no such failure domain"), code);
  return TC_OK;
}

static void end(struct proposal *p) {
  cache_close(p->cache);
  arena_free(&p->arena);
}

static bool is_open(const struct incident *i, int64_t now) {
  return !i->ended || i->ended > now;
}

static tc_status save(struct proposal *p, struct act *act, struct tc_error *err) {
  struct buffer record = BUFFER_INIT;
  journal_terminal(&act->terminal);
  tc_status status = uuid_random(&act->uuid, err);
  if (status == TC_OK && arena_failed(&p->arena))
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK)
    status = act_encode(act, &record, err);
  if (status == TC_OK)
    status = journal_append(p->scope_dir, record.data, record.len, err);
  buffer_free(&record);
  return status;
}

static struct act act_of(const struct proposal *p, enum act_kind kind) {
  return (struct act){.type = act_rule(kind)->word,
                      .subject = p->domain->uuid,
                      .audience = p->domain->audience,
                      .initials = initials,
                      .account = p->account,
                      .at = p->now};
}

/* Has anybody said so already?  A report whose time is over says nothing any more. */
static bool is_said(const struct proposal *p) {
  const struct house *house = cache_house(p->cache);
  for (size_t i = 0; i < house->incident_count; i++) {
    const struct incident *said = &house->incidents[i];
    if (is_open(said, p->now) && (said->declared || said->until > p->now) &&
        strcmp(said->domain, p->code) == 0)
      return true;
  }
  return false;
}

tc_status propose_report(const char *scope_dir, const char *domain, uint32_t ways, int times,
                         bool *written, struct tc_error *err) {
  struct proposal p;
  *written = false;
  tc_status status = begin(&p, scope_dir, domain, err);
  if (status == TC_OK && !is_said(&p)) {
    struct act act = act_of(&p, ACT_KIND_INCIDENT_REPORT);
    act_put(&act, &p.arena, "domain", domain);
    act_put_ways(&act, &p.arena, "directions", ways);
    act_put(&act, &p.arena, "reason",
            arena_printf(&p.arena, _("probe: no answer on the network, %d times"), times));
    act_put_int(&act, &p.arena, "until", p.now + PROPOSE_HOLDS_S);
    status = save(&p, &act, err);
    *written = status == TC_OK;
  }
  end(&p);
  return status;
}

/* The incident that an act of this machine reported, where it is a probe's and waits still. */
static const struct incident *waiting(const struct proposal *p, const struct act *act) {
  const struct house *house = cache_house(p->cache);
  if (act_kind_of(act) != ACT_KIND_INCIDENT_REPORT || strcmp(act->initials, initials) != 0 ||
      strcmp(act->account, p->account) != 0 || strcmp(act_get(act, "domain"), p->code) != 0)
    return NULL;
  for (size_t i = 0; i < house->incident_count; i++)
    if (uuid_equal(&house->incidents[i].uuid, &act->uuid) && !house->incidents[i].declared &&
        is_open(&house->incidents[i], p->now))
      return &house->incidents[i];
  return NULL;
}

tc_status propose_take_back(const char *scope_dir, const char *domain, bool *written,
                            struct tc_error *err) {
  struct proposal p;
  size_t count = 0;
  *written = false;
  tc_status status = begin(&p, scope_dir, domain, err);
  const struct act_held *acts = p.cache ? cache_written(p.cache, &count) : NULL;
  for (size_t i = 0; status == TC_OK && i < count; i++) {
    const struct incident *incident = waiting(&p, &acts[i].act);
    if (!incident)
      continue;
    struct act act = act_of(&p, ACT_KIND_INCIDENT_END);
    act_put_uuid(&act, &p.arena, "incident", &incident->uuid);
    act_put(&act, &p.arena, "only", "reported");
    act_put(&act, &p.arena, "reason", _("probe: it answers again"));
    act_put_int(&act, &p.arena, "was", incident->until);
    status = save(&p, &act, err);
    *written |= status == TC_OK;
  }
  end(&p);
  return status;
}
