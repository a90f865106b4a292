#include "core/incident.h"

#include <stdlib.h>
#include <string.h>

#include "core/trunk.h"

enum { ALL_DIRECTIONS = (1u << DIRECTION_COUNT) - 1u };

uint32_t incident_directions(const struct incident *incident) {
  uint32_t named = incident->directions & ALL_DIRECTIONS;
  return named ? named : ALL_DIRECTIONS;
}

bool incident_is_ahead(const struct incident *i, int64_t now, enum trust moment) {
  return moment != MOMENT_WRONG && i->since > now && (moment == MOMENT_ASKED || !i->begun);
}

enum outage_level incident_level(const struct incident *i, int64_t now, enum trust moment) {
  if (moment == MOMENT_WRONG)
    return i->ended ? OUTAGE_NONE : i->declared ? OUTAGE_DOWN : OUTAGE_REPORTED;
  if (incident_is_ahead(i, now, moment) || (i->ended && i->ended <= now))
    return OUTAGE_NONE;
  if (i->until && i->until <= now)
    return OUTAGE_UNCONFIRMED;
  return i->declared ? OUTAGE_DOWN : OUTAGE_REPORTED;
}

enum incident_phase incident_phase(const struct incident *i, int64_t now, enum trust moment) {
  enum outage_level level = incident_level(i, now, moment);
  if (incident_is_ahead(i, now, moment))
    return i->ended && i->ended <= now ? INCIDENT_OVER : INCIDENT_AHEAD;
  return level == OUTAGE_NONE          ? INCIDENT_OVER
         : level == OUTAGE_UNCONFIRMED ? INCIDENT_UNCONFIRMED
                                       : INCIDENT_NOW;
}

const struct outage_state *outage_worse(const struct outage_state *a,
                                        const struct outage_state *b) {
  if (a->level != b->level)
    return a->level > b->level ? a : b;
  if (a->level == OUTAGE_NONE)
    return a;
  if (a->incident->since != b->incident->since)
    return a->incident->since < b->incident->since ? a : b;
  return strcmp(b->incident->domain, a->incident->domain) < 0 ? b : a;
}

/* ---- the graph ---------------------------------------------------------------------------------
 */

/* Domains of the house, then the codes that only incidents name; who needs whom. */
struct graph {
  struct outage_domain *nodes;
  size_t count;
  struct edge {
    size_t from, to; /* to needs from */
  } * edges;
  size_t edge_count;
  uint32_t *reached; /* directions already taken by the incident at hand */
  size_t *queue;
};

static const struct outage_domain *find_node(const struct graph *g, const char *code) {
  for (size_t i = 0; i < g->count; i++)
    if (strcmp(g->nodes[i].code, code) == 0)
      return &g->nodes[i];
  return NULL;
}

static bool build_graph(struct graph *g, const struct house *house, size_t incidents,
                        struct arena *arena) {
  size_t needs = 0, most = house->domain_count + incidents;
  for (size_t i = 0; i < house->domain_count; i++)
    needs += house->domains[i].needs.count;
  g->nodes = arena_zalloc(arena, most + 1, sizeof *g->nodes);
  g->edges = arena_zalloc(arena, needs + 1, sizeof *g->edges);
  g->reached = arena_zalloc(arena, most + 1, sizeof *g->reached);
  g->queue = arena_zalloc(arena, most * DIRECTION_COUNT + 1, sizeof *g->queue);
  if (!g->nodes || !g->edges || !g->reached || !g->queue)
    return false;
  for (size_t i = 0; i < house->domain_count; i++) {
    const struct domain *d = &house->domains[i];
    g->nodes[g->count++] =
        (struct outage_domain){.code = d->code, .site = d->site, .kind = d->kind};
    for (size_t k = 0; k < d->needs.count; k++) {
      const struct domain *need = house_domain(house, d->needs.items[k]);
      if (need)
        g->edges[g->edge_count++] = (struct edge){(size_t)(need - house->domains), i};
    }
  }
  return true;
}

static size_t node_of(struct graph *g, const char *code) {
  const struct outage_domain *found = find_node(g, code);
  if (!found) {
    g->nodes[g->count] = (struct outage_domain){.code = code, .site = ""};
    found = &g->nodes[g->count++];
  }
  return (size_t)(found - g->nodes);
}

static void touch(struct outage_domain *node, uint32_t directions, enum outage_level level,
                  const struct incident *incident) {
  struct outage_state says = {level, incident};
  for (int d = 0; d < DIRECTION_COUNT; d++)
    if (directions & (1u << d))
      node->at[d] = *outage_worse(&node->at[d], &says);
}

/* Takes what needs the domain, and what needs that. */
static void spread(struct graph *g, const struct incident *incident, enum outage_level level) {
  size_t first = 0, last = 0, root = node_of(g, incident->domain);
  memset(g->reached, 0, g->count * sizeof *g->reached);
  g->reached[root] = incident_directions(incident);
  g->queue[last++] = root;
  while (first < last) {
    size_t at = g->queue[first++];
    uint32_t carries = g->reached[at];
    touch(&g->nodes[at], carries, level, incident);
    if (g->nodes[at].kind == DOMAIN_TRUNK || g->nodes[at].kind == DOMAIN_CARRIER)
      carries &= ~(1u << DIRECTION_INSIDE);
    for (size_t e = 0; e < g->edge_count; e++) {
      if (g->edges[e].from != at || !(carries & ~g->reached[g->edges[e].to]))
        continue;
      g->reached[g->edges[e].to] |=
          carries; /* grows at most once a direction: the queue holds it */
      g->queue[last++] = g->edges[e].to;
    }
  }
}

static int by_code(const void *a, const void *b) {
  return strcmp(((const struct outage_domain *)a)->code, ((const struct outage_domain *)b)->code);
}

static bool is_touched(const struct outage_domain *d) {
  for (int i = 0; i < DIRECTION_COUNT; i++)
    if (d->at[i].level != OUTAGE_NONE)
      return true;
  return false;
}

const struct outage *outage_make(const struct house *house, const struct incident *incidents,
                                 size_t count, int64_t now, enum trust moment,
                                 struct arena *arena) {
  struct graph g = {0};
  size_t active = 0, touched = 0;
  for (size_t i = 0; i < count; i++)
    active += incident_level(&incidents[i], now, moment) != OUTAGE_NONE;
  if (!active)
    return NULL;
  struct outage *out = arena_zalloc(arena, 1, sizeof *out);
  const struct incident **list = arena_zalloc(arena, active, sizeof *list);
  if (!out || !list || !build_graph(&g, house, active, arena))
    return NULL;
  for (size_t i = 0; i < count; i++) {
    enum outage_level level = incident_level(&incidents[i], now, moment);
    if (level == OUTAGE_NONE)
      continue;
    list[out->incident_count++] = &incidents[i];
    spread(&g, &incidents[i], level);
  }
  for (size_t i = 0; i < g.count; i++)
    if (is_touched(&g.nodes[i]))
      g.nodes[touched++] = g.nodes[i];
  qsort(g.nodes, touched, sizeof *g.nodes, by_code);
  out->incidents = list;
  out->domains = g.nodes;
  out->count = touched;
  out->trunks = trunk_list(house, arena, &out->trunk_count);
  return out->trunks ? out : NULL;
}

const struct outage_domain *outage_domain(const struct outage *outage, const char *code,
                                          size_t len) {
  size_t low = 0, high = outage ? outage->count : 0;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    const char *its = outage->domains[mid].code;
    int order = strncmp(its, code, len);
    if (order == 0 && its[len])
      order = 1;
    if (order == 0)
      return &outage->domains[mid];
    if (order < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return NULL;
}

const struct outage_state *outage_of(const struct outage *outage, const char *code, size_t len,
                                     enum direction direction) {
  static const struct outage_state none;
  const struct outage_domain *domain = outage_domain(outage, code, len);
  return domain ? &domain->at[direction] : &none;
}

/* ---- rings -------------------------------------------------------------------------------------
 */

enum { DEPTH_MAX = 64 };

struct walk {
  const struct house *house;
  const struct domain *path[DEPTH_MAX];
  size_t from, until; /* of the ring on the path */
  size_t steps;       /* left: a graph may be made to be walked for ever */
};

/* Looks from the domain at the end of the path for one that is already on it. */
static bool look_for_ring(struct walk *w, size_t depth) {
  const struct domain *at = w->path[depth];
  for (size_t i = 0; i < at->needs.count && depth + 1 < DEPTH_MAX && w->steps; i++) {
    const struct domain *need = house_domain(w->house, at->needs.items[i]);
    w->steps--;
    if (!need)
      continue;
    for (size_t k = 0; k <= depth; k++)
      if (w->path[k] == need) {
        w->from = k;
        w->until = depth + 1;
        return true;
      }
    w->path[depth + 1] = need;
    if (look_for_ring(w, depth + 1))
      return true;
  }
  return false;
}

size_t domain_ring(const struct house *house, const char **ring, size_t most) {
  enum { STEPS_MAX = 100000 };
  struct walk w = {.house = house, .steps = STEPS_MAX};
  for (size_t i = 0; i < house->domain_count; i++) {
    size_t count = 0;
    w.path[0] = &house->domains[i];
    if (!look_for_ring(&w, 0))
      continue;
    for (size_t k = w.from; k < w.until && count < most; k++)
      ring[count++] = w.path[k]->code;
    return count;
  }
  return 0;
}
