#include "sync/pull_state.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/word.h"

/* ---- words and numbers -------------------------------------------------------------------------
 */

/* The next word of text, behind blanks; false at the end. */
static bool next_word(const char **at, const char *end, struct word *out) {
  while (*at < end && **at == ' ')
    (*at)++;
  out->text = *at;
  while (*at < end && **at != ' ')
    (*at)++;
  out->len = (size_t)(*at - out->text);
  return out->len > 0;
}

static void write_hex(struct buffer *out, const uint8_t *bytes, size_t len) {
  for (size_t i = 0; i < len; i++)
    buffer_printf(out, "%02x", bytes[i]);
}

void scope_write(uint32_t scope, struct buffer *out) {
  const char *comma = "";
  for (int a = AUDIENCE_PUBLIC; a < AUDIENCE_COUNT; a++)
    if (scope & (UINT32_C(1) << a)) {
      buffer_printf(out, "%s%s", comma, audience_word((enum audience)a));
      comma = ",";
    }
}

int64_t scope_read(const char *text, size_t len) {
  int64_t scope = 0;
  const char *end = text + len;
  while (text < end) {
    const char *comma = memchr(text, ',', (size_t)(end - text));
    size_t n = comma ? (size_t)(comma - text) : (size_t)(end - text);
    char word[16];
    if (n == 0 || n >= sizeof word)
      return -1;
    memcpy(word, text, n);
    word[n] = '\0';
    int a = audience_from_word(word);
    if (a <= 0)
      return -1;
    scope |= INT64_C(1) << a;
    text += n + (comma != NULL);
  }
  return scope;
}

tc_status scope_from_person(const char *text, uint32_t *out, struct tc_error *err) {
  int64_t scope = scope_read(text, strlen(text));
  *out = scope > 0 ? (uint32_t)scope : 0;
  if (scope > 0)
    return TC_OK;
  return tc_fail(err, TC_USAGE,
                 _("audiences are public, clinical, switchboard and restricted, with commas "
                   "between; not “%s”"),
                 text);
}

enum audience scope_narrowest(uint32_t scope) {
  for (int a = AUDIENCE_COUNT - 1; a > AUDIENCE_NONE; a--)
    if (scope & (UINT32_C(1) << a))
      return (enum audience)a;
  return AUDIENCE_NONE;
}

/* ---- the cursor --------------------------------------------------------------------------------
 */

static const char cursor_magic[] = "tocsin-cursor1";

void cursor_write(const struct pull_cursor *c, struct buffer *out) {
  char generation[UUID_TEXT];
  if (!c->known)
    return;
  uuid_format(&c->generation, generation);
  buffer_printf(out, "%s %s %lld ", cursor_magic, generation, (long long)c->revision);
  write_hex(out, c->chain, sizeof c->chain);
  buffer_add_char(out, ' ');
  scope_write(c->scope, out);
  buffer_add_char(out, ' ');
  for (size_t i = 0; i < c->history_count; i++)
    write_hex(out, c->history[i], CHAIN_SHORT);
}

tc_status cursor_read(struct pull_cursor *out, const char *text, size_t len, struct tc_error *err) {
  const char *at = text, *end = text + len;
  struct word magic, generation, revision, chain, scope, history;
  *out = (struct pull_cursor){.known = false};
  if (len == 0)
    return TC_OK;
  bool ok = next_word(&at, end, &magic) && next_word(&at, end, &generation) &&
            next_word(&at, end, &revision) && next_word(&at, end, &chain) &&
            next_word(&at, end, &scope);
  ok = ok && magic.len == sizeof cursor_magic - 1 && !memcmp(magic.text, cursor_magic, magic.len);
  ok = ok && uuid_parse(&out->generation, generation.text, generation.len);
  ok = ok && word_int(revision, &out->revision);
  ok = ok && word_hex(chain, out->chain, sizeof out->chain);
  int64_t set = ok ? scope_read(scope.text, scope.len) : -1;
  ok = ok && set > 0;
  if (ok && next_word(&at, end, &history)) {
    out->history_count = history.len / (2 * CHAIN_SHORT);
    ok = history.len % (2 * CHAIN_SHORT) == 0 && out->history_count <= PULL_HISTORY &&
         word_hex(history, out->history[0], out->history_count * CHAIN_SHORT);
  }
  if (!ok) {
    *out = (struct pull_cursor){.known = false};
    return tc_fail(err, TC_DAMAGED,
                   _("the cache does not say where it is in its source's history"));
  }
  out->scope = (uint32_t)set;
  out->known = true;
  return TC_OK;
}

void cursor_add_history(struct pull_cursor *c, const uint8_t *chains, size_t count) {
  if (count > PULL_HISTORY) {
    chains += (count - PULL_HISTORY) * CHAIN_SHORT;
    count = PULL_HISTORY;
  }
  size_t keep = c->history_count + count > PULL_HISTORY ? PULL_HISTORY - count : c->history_count;
  if (keep < c->history_count)
    memmove(c->history[0], c->history[c->history_count - keep], keep * CHAIN_SHORT);
  if (count)
    memcpy(c->history[keep], chains, count * CHAIN_SHORT);
  c->history_count = keep + count;
}

/* ---- the header --------------------------------------------------------------------------------
 */

static bool set_field(struct pull_header *h, struct word name, struct word value) {
  static const char *const sends[] = {"none", "delta", "all", "tree"};
  const struct {
    const char *name;
    int64_t *number;
  } numbers[] = {{"oldest", &h->oldest_client},
                 {"revision", &h->revision},
                 {"floor", &h->floor},
                 {"approved", &h->approved},
                 {"copy", &h->copy},
                 {"unapproved", &h->unapproved},
                 {"approved_at", &h->approved_at},
                 {"at", &h->at},
                 {"now", &h->now},
                 {"records", &h->records},
                 {"changes", &h->changes},
                 {"id", &h->id},
                 {"format", &h->format},
                 {"derived", &h->derived},
                 {"bytes", &h->bytes},
                 {"unpacked", &h->unpacked}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (word_is(name, numbers[i].name))
      return word_int(value, numbers[i].number);
  if (word_is(name, "generation"))
    return uuid_parse(&h->generation, value.text, value.len);
  if (word_is(name, "chain"))
    return word_hex(value, h->chain, sizeof h->chain);
  if (word_is(name, "chain_at")) {
    h->has_chain_at = true;
    return word_hex(value, h->chain_at, sizeof h->chain_at);
  }
  if (word_is(name, "digest"))
    return word_hex(value, h->digest.b, sizeof h->digest.b);
  if (word_is(name, "sha256"))
    return word_hex(value, h->sha256, sizeof h->sha256);
  if (word_is(name, "scope")) {
    int64_t scope = scope_read(value.text, value.len);
    h->scope = scope > 0 ? (uint32_t)scope : 0;
    return scope >= 0;
  }
  if (word_is(name, "send")) {
    for (int i = 0; i < 4; i++)
      if (word_is(value, sends[i])) {
        h->send = (enum pull_send)i;
        return true;
      }
    return false;
  }
  return true;
}

tc_status header_read(struct pull_header *out, const char *text, size_t len, struct tc_error *err) {
  const char *at = text, *end = text + len;
  struct word w;
  *out = (struct pull_header){.revision = -1, .copy = -1, .unapproved = -1};
  bool ok = true;
  while (ok && next_word(&at, end, &w)) {
    const char *eq = memchr(w.text, '=', w.len);
    ok = eq != NULL;
    if (ok) {
      struct word name = {w.text, (size_t)(eq - w.text)};
      struct word value = {eq + 1, w.len - name.len - 1};
      ok = set_field(out, name, value);
    }
  }
  if (!ok || out->revision < 0 || uuid_is_nil(&out->generation))
    return tc_fail(err, TC_DAMAGED, _("the source's answer cannot be read"));
  return TC_OK;
}

/* ---- the decision ------------------------------------------------------------------------------
 */

enum { ANY = 2, NO = 0, YES = 1 };

/* The source's revision against the cache's. */
enum order { BEHIND = 4, LEVEL = 8, AHEAD = 16, ANY_ORDER = BEHIND | LEVEL | AHEAD };

/* Is the older of the two on the history of the other? */
enum chain { MINE = 1, OTHER = 2, UNKNOWN = 4, ANY_CHAIN = MINE | OTHER | UNKNOWN };

static const struct {
  int old_client, granted, known, same_generation, same_scope, delta; /* ANY, NO, YES */
  int order, chain;                                                   /* sets */
  struct pull_rule rule;
} table[] = {
    {YES,
     ANY,
     ANY,
     ANY,
     ANY,
     ANY,
     ANY_ORDER,
     ANY_CHAIN,
     {PULL_KEEP, TC_NEWER, "old",
      N_("the source no longer speaks with a program as old as this one: upgrade tocsin-sync")}},
    {NO,
     NO,
     ANY,
     ANY,
     ANY,
     ANY,
     ANY_ORDER,
     ANY_CHAIN,
     {PULL_KEEP, TC_DENIED, "no-grant",
      N_("the role is granted no audience: an administrator runs GRANT tocsin_public TO it")}},
    {NO,
     YES,
     NO,
     ANY,
     ANY,
     ANY,
     ANY_ORDER,
     ANY_CHAIN,
     {PULL_ALL, TC_OK, "first", N_("loaded for the first time from this source")}},
    {NO,
     YES,
     YES,
     NO,
     ANY,
     ANY,
     ANY_ORDER,
     ANY_CHAIN,
     {PULL_REPAIR, TC_OK, "restored", N_("source restored: it is another one than before")}},
    {NO,
     YES,
     YES,
     YES,
     ANY,
     ANY,
     ANY_ORDER,
     OTHER,
     {PULL_REPAIR, TC_OK, "restored", N_("source restored: its history is not the cache's")}},
    {NO,
     YES,
     YES,
     YES,
     ANY,
     ANY,
     BEHIND,
     MINE,
     {PULL_KEEP, TC_BUSY, "behind",
      N_("the source is behind the cache on the same history: a replica that lags")}},
    {NO,
     YES,
     YES,
     YES,
     ANY,
     ANY,
     BEHIND,
     UNKNOWN,
     {PULL_KEEP, TC_BUSY, "behind",
      N_("the source is too far behind the cache to tell whether it lags or was restored")}},
    {NO,
     YES,
     YES,
     YES,
     NO,
     ANY,
     LEVEL | AHEAD,
     MINE | UNKNOWN,
     {PULL_REPAIR, TC_OK, "grants", N_("grants changed")}},
    {NO, YES, YES, YES, YES, ANY, LEVEL, MINE, {PULL_SAME, TC_OK, "same", N_("nothing new")}},
    {NO,
     YES,
     YES,
     YES,
     YES,
     ANY,
     AHEAD,
     UNKNOWN,
     {PULL_REPAIR, TC_OK, "old-cursor", N_("the source has forgotten what changed since")}},
    {NO, YES, YES, YES, YES, YES, AHEAD, MINE, {PULL_DELTA, TC_OK, "delta", N_("changed")}},
    {NO,
     YES,
     YES,
     YES,
     YES,
     NO,
     AHEAD,
     MINE,
     {PULL_ALL, TC_OK, "much", N_("so much changed that loading anew is less work")}},
    {ANY,
     ANY,
     ANY,
     ANY,
     ANY,
     ANY,
     ANY_ORDER,
     ANY_CHAIN,
     {PULL_KEEP, TC_BUG, "bug", N_("a state that cannot be")}},
};

static const struct pull_rule unequal = {
    PULL_REPAIR, TC_OK, "repaired", N_("the cache did not agree with the source and was repaired")};
static const struct pull_rule damaged = {
    PULL_ALL, TC_OK, "repaired", N_("the cache did not agree with the source and was loaded anew")};

const struct pull_rule *pull_rule_unequal(void) {
  return &unequal;
}

const struct pull_rule *pull_rule_damaged(void) {
  return &damaged;
}

const struct pull_rule *pull_rule_no_grant(void) {
  return &table[1].rule;
}

static enum chain chain_of(const struct pull_cursor *mine, const struct pull_header *head) {
  if (head->revision == mine->revision)
    return memcmp(head->chain, mine->chain, CHAIN_BYTES) ? OTHER : MINE;
  if (head->revision > mine->revision) {
    if (!head->has_chain_at)
      return UNKNOWN;
    if (memcmp(head->chain_at, mine->chain, CHAIN_BYTES))
      return OTHER;
    return mine->revision < head->floor ? UNKNOWN : MINE;
  }
  int64_t back = mine->revision - head->revision;
  if (back >= (int64_t)mine->history_count) /* what is no copy does not lag: it was restored */
    return head->copy == 0 ? OTHER : UNKNOWN;
  const uint8_t *then = mine->history[mine->history_count - 1 - (size_t)back];
  return memcmp(head->chain, then, CHAIN_SHORT) ? OTHER : MINE;
}

static bool fits(int wanted, bool is) {
  return wanted == ANY || wanted == (is ? YES : NO);
}

const struct pull_rule *pull_decide(const struct pull_cursor *mine,
                                    const struct pull_header *head) {
  bool old_client = PULL_PROTOCOL < head->oldest_client;
  bool same_generation = uuid_equal(&mine->generation, &head->generation);
  int order = head->revision < mine->revision    ? BEHIND
              : head->revision == mine->revision ? LEVEL
                                                 : AHEAD;
  int chain = (int)chain_of(mine, head);
  size_t i = 0;
  while (!(fits(table[i].old_client, old_client) && fits(table[i].granted, head->scope != 0) &&
           fits(table[i].known, mine->known) && fits(table[i].same_generation, same_generation) &&
           fits(table[i].same_scope, mine->scope == head->scope) &&
           fits(table[i].delta, head->send == SEND_DELTA) && table[i].order & order &&
           table[i].chain & chain))
    i++;
  return &table[i].rule;
}

bool pull_is_mad(int64_t removed, int64_t held) {
  return removed > 50 && removed * 5 > held;
}
