#include "db/queue.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/frame.h"
#include "db/journal.h"

enum {
  PATH_MOST = 520,
  LINE_MOST = 1024,
  FILE_MODE = 0640,
  HEAD_MOST = FRAME_MAX + 64,
  REASON_MOST = 500,
  AROUND_MOST = 200 + REASON_MOST, /* bytes of an item's frame beside its record */
  KEPT_LEAST_S = 600,              /* but not before this */
  FILE_MOST = 2 * QUEUE_MOST /* of one that others filled: what it has is answered all the same */
};

/* The first frame of the file: "acts1", then a line for each journal, "uid name offset", and "turn"
 * where another is to be begun.  Each other frame: a line "state TAB tries TAB revision TAB chain
 * TAB answered TAB reason", and TAB "forget" where it is to go, then the record. */
static const char first_line[] = "acts1\n", turn_word[] = " turn", forget_word[] = "forget";

static tc_status path_of(char out[PATH_MOST], const char *scope_dir, const char *suffix,
                         struct tc_error *err) {
  int n = snprintf(out, PATH_MOST, "%s/acts%s", scope_dir, suffix);
  if (n < 0 || n >= PATH_MOST)
    return tc_fail(err, TC_TOO_LONG, _("the path of the acts is too long: %s"), scope_dir);
  return TC_OK;
}

tc_status queue_lock(int *fd, const char *scope_dir, struct tc_error *err) {
  char path[PATH_MOST];
  tc_status status = path_of(path, scope_dir, ".lock", err);
  *fd = status == TC_OK ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
  if (status != TC_OK)
    return status;
  if (*fd < 0)
    return tc_fail_errno(err, errno, "%s", path);
  if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
    return TC_OK;
  status = errno == EWOULDBLOCK ? tc_fail(err, TC_BUSY, _("another program has %s"), path)
                                : tc_fail_errno(err, errno, "%s", path);
  close(*fd);
  *fd = -1;
  return status;
}

static bool grow(struct arena *arena, void **items, size_t *room, size_t count, size_t size) {
  if (count < *room)
    return true;
  size_t more = *room ? *room * 2 : 32;
  char *grown = arena_zalloc(arena, more, size);
  if (!grown)
    return false;
  if (count)
    memcpy(grown, *items, count * size);
  *items = grown;
  *room = more;
  return true;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static tc_status add_journal(struct queue *q, const struct queue_journal *journal,
                             struct tc_error *err) {
  void *items = q->journals;
  if (!grow(&q->arena, &items, &q->journal_room, q->journal_count, sizeof *q->journals))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  q->journals = items;
  q->journals[q->journal_count++] = *journal;
  return TC_OK;
}

static tc_status read_journals(struct queue *q, const char *bytes, size_t len,
                               struct tc_error *err) {
  char *text = arena_copy(&q->arena, bytes, len), *line;
  tc_status status = text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  while (status == TC_OK && (line = strsep(&text, "\n")) != NULL) {
    struct queue_journal journal = {.uid = 0};
    char *uid = strsep(&line, " "), *name = line ? strsep(&line, " ") : NULL;
    if (!name || !line || !uuid_parse_short(&journal.name, name, strlen(name)))
      continue;
    journal.uid = (uid_t)strtoul(uid, NULL, 10);
    journal.offset = strtoll(line, &line, 10);
    journal.turn = !strcmp(line, turn_word);
    status = add_journal(q, &journal, err);
  }
  return status;
}

static void read_chain(uint8_t chain[QUEUE_CHAIN], const char *text) {
  for (size_t i = 0; i < QUEUE_CHAIN && strlen(text) == 2 * QUEUE_CHAIN; i++) {
    char pair[3] = {text[2 * i], text[2 * i + 1], '\0'};
    chain[i] = (uint8_t)strtoul(pair, NULL, 16);
  }
}

/* Every bit of the word tells on every bit of the result, which is one to one. */
static uint64_t stir(uint64_t word) {
  word = (word ^ (word >> 32)) * UINT64_C(0x9E3779B97F4A7C15);
  word = (word ^ (word >> 29)) * UINT64_C(0xD6E8FEB86659FD93);
  return word ^ (word >> 32);
}

/* The slot of a UUID, or the free one where it belongs.  Whoever wrote the act chose the UUID, so
 * it is stirred with what nobody knows: else one account could have all of them in a row. */
static size_t *slot_of(const struct queue *q, const struct uuid *uuid) {
  uint64_t word[2], seed[2];
  memcpy(word, uuid->b, sizeof word);
  memcpy(seed, q->seed.b, sizeof seed);
  size_t at = (size_t)stir(stir(word[0] ^ seed[0]) ^ word[1] ^ seed[1]) & (q->slot_count - 1);
  while (q->slots[at] && !uuid_equal(&q->items[q->slots[at] - 1].held.act.uuid, uuid))
    at = (at + 1) & (q->slot_count - 1);
  return &q->slots[at];
}

/* Keeps the table at most half full. */
static bool make_slots(struct queue *q) {
  if (q->count * 2 < q->slot_count)
    return true;
  if (!q->slot_count && uuid_random(&q->seed, NULL) != TC_OK)
    q->seed = (struct uuid){{0}}; /* it is a hash still */
  q->slot_count = q->slot_count ? q->slot_count : 64;
  while (q->slot_count <= q->count * 2)
    q->slot_count *= 2;
  q->slots = arena_zalloc(&q->arena, q->slot_count, sizeof *q->slots);
  for (size_t i = 0; q->slots && i < q->count; i++)
    *slot_of(q, &q->items[i].held.act.uuid) = i + 1;
  return q->slots != NULL;
}

/* *out is borrowed until the next one is added; NULL where it was there. */
static tc_status add(struct queue *q, const void *bytes, size_t len, struct queue_item **out,
                     struct tc_error *err) {
  void *items = q->items;
  *out = NULL;
  if (!grow(&q->arena, &items, &q->room, q->count, sizeof *q->items) || !make_slots(q))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  q->items = items;
  struct queue_item *item = &q->items[q->count];
  *item = (struct queue_item){.held = {.state = ACT_PENDING, .reason = ""}, .len = len};
  tc_status status = act_decode(&item->held.act, bytes, len, &q->arena, err);
  if (status != TC_OK)
    return status;
  size_t *slot = slot_of(q, &item->held.act.uuid);
  if (*slot)
    return TC_OK;
  item->bytes = arena_copy(&q->arena, bytes, len);
  if (!item->bytes)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  *slot = ++q->count;
  q->bytes += len + AROUND_MOST;
  *out = item;
  return TC_OK;
}

tc_status queue_add(struct queue *q, const void *bytes, size_t len, struct tc_error *err) {
  struct queue_item *item;
  return add(q, bytes, len, &item, err);
}

/* TC_INVALID: the frame is none of ours. */
static tc_status read_item(struct queue *q, const char *bytes, size_t len, struct tc_error *err) {
  char line[LINE_MOST], *at = line, *word[6];
  struct queue_item *item;
  const char *end = memchr(bytes, '\n', len);
  size_t n = end ? (size_t)(end - bytes) : LINE_MOST;
  if (n >= sizeof line)
    return tc_fail(err, TC_INVALID, _("acts: a line that cannot be read"));
  memcpy(line, bytes, n);
  line[n] = '\0';
  for (size_t i = 0; i < 6; i++)
    if (!(word[i] = strsep(&at, "\t")))
      return tc_fail(err, TC_INVALID, _("acts: a line that cannot be read"));
  int state = act_state_from_word(word[0]);
  if (state < 0)
    return tc_fail(err, TC_INVALID, _("acts: a line that cannot be read"));
  tc_status status = add(q, bytes + n + 1, len - n - 1, &item, err);
  if (status != TC_OK || !item)
    return status;
  item->held.state = (enum act_state)state;
  item->tries = strtoll(word[1], NULL, 10);
  item->held.revision = strtoll(word[2], NULL, 10);
  read_chain(item->chain, word[3]);
  item->answered = strtoll(word[4], NULL, 10);
  item->held.reason = arena_strdup(&q->arena, word[5]);
  item->forget = at && !strcmp(at, forget_word);
  return item->held.reason ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static tc_status read_frames(struct queue *q, const struct buffer *text, struct tc_error *err) {
  struct frames f = {.bytes = buffer_text(text), .len = text->len};
  size_t skip = sizeof first_line - 1, len;
  const char *bytes;
  tc_status status = TC_OK;
  while (status == TC_OK && frame_next(&f, &bytes, &len)) {
    struct tc_error why = {.status = TC_OK};
    if (len >= skip && memcmp(bytes, first_line, skip) == 0)
      status = read_journals(q, bytes + skip, len - skip, err);
    else if (read_item(q, bytes, len, &why) == TC_NO_MEMORY)
      status = tc_fail(err, TC_NO_MEMORY, "%s", why.text);
    else if (why.status != TC_OK)
      q->damaged += len;
  }
  q->damaged += f.damaged + (f.len - f.at);
  return status;
}

tc_status queue_read(struct queue *out, const char *scope_dir, struct tc_error *err) {
  char path[PATH_MOST];
  struct buffer text = {.limit = FILE_MOST};
  struct tc_error why = {.status = TC_OK};
  *out = (struct queue){.arena = ARENA_INIT};
  tc_status status = path_of(path, scope_dir, "", err);
  if (status != TC_OK)
    return status;
  status = file_read(&text, path, FILE_MOST - FRAME_MAX, &why);
  if (status == TC_OK)
    status = read_frames(out, &text, err);
  else if (status == TC_NO_INPUT)
    status = TC_OK;
  else
    status = tc_fail(err, status, "%s", why.text);
  buffer_free(&text);
  if (status != TC_OK)
    queue_free(out);
  return status;
}

void queue_free(struct queue *q) {
  arena_free(&q->arena);
  *q = (struct queue){.arena = ARENA_INIT};
}

tc_status queue_journals(struct queue *out, const char *scope_dir, struct tc_error *err) {
  char path[PATH_MOST];
  struct frames f = {.len = 0};
  const char *bytes;
  size_t len, skip = sizeof first_line - 1;
  *out = (struct queue){.arena = ARENA_INIT};
  tc_status status = path_of(path, scope_dir, "", err);
  if (status != TC_OK)
    return status;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    return errno == ENOENT ? TC_OK : tc_fail_errno(err, errno, "%s", path);
  char *text = malloc(HEAD_MOST);
  ssize_t n = text ? pread(fd, text, HEAD_MOST, 0) : 0;
  if (!text)
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  else if (n < 0)
    status = tc_fail_errno(err, errno, "%s", path);
  close(fd);
  f.bytes = text;
  f.len = n > 0 ? (size_t)n : 0;
  if (status == TC_OK && frame_next(&f, &bytes, &len) && len >= skip &&
      !memcmp(bytes, first_line, skip))
    status = read_journals(out, bytes + skip, len - skip, err);
  free(text);
  if (status != TC_OK)
    queue_free(out);
  return status;
}

bool queue_is_answered(const struct queue_item *item) {
  return item->held.state > ACT_WAITS || (item->held.state == ACT_WAITS && item->answered);
}

int64_t queue_offset(const struct queue *q, uid_t uid, const struct uuid *name) {
  for (size_t i = 0; i < q->journal_count; i++)
    if (q->journals[i].uid == uid && uuid_equal(&q->journals[i].name, name))
      return q->journals[i].offset;
  return 0;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static void add_item(struct buffer *out, const struct queue_item *item) {
  struct buffer frame = BUFFER_INIT;
  buffer_printf(&frame, "%s\t%lld\t%lld\t", act_state_word(item->held.state),
                (long long)item->tries, (long long)item->held.revision);
  for (size_t i = 0; i < QUEUE_CHAIN; i++)
    buffer_printf(&frame, "%02x", item->chain[i]);
  buffer_printf(&frame, "\t%lld\t", (long long)item->answered);
  /* a line is a line */
  for (const char *c = item->held.reason; *c && c - item->held.reason < REASON_MOST; c++)
    buffer_add_char(&frame, (unsigned char)*c < 0x20 ? ' ' : *c);
  if (item->forget)
    buffer_printf(&frame, "\t%s", forget_word);
  buffer_add_char(&frame, '\n');
  buffer_add(&frame, item->bytes, item->len);
  if (frame.status != TC_OK)
    out->status = frame.status;
  else
    frame_add(out, frame.data, frame.len);
  buffer_free(&frame);
}

tc_status queue_write(const struct queue *q, const char *scope_dir, struct tc_error *err) {
  char path[PATH_MOST], name[UUID_SHORT];
  struct buffer text = {.limit = FILE_MOST}, first = BUFFER_INIT;
  tc_status status = path_of(path, scope_dir, "", err);
  buffer_add_text(&first, first_line);
  for (size_t i = 0; i < q->journal_count; i++) {
    uuid_format_short(&q->journals[i].name, name);
    buffer_printf(&first, "%lu %s %lld%s\n", (unsigned long)q->journals[i].uid, name,
                  (long long)q->journals[i].offset, q->journals[i].turn ? turn_word : "");
  }
  frame_add(&text, buffer_text(&first), first.len);
  for (size_t i = 0; i < q->count; i++)
    add_item(&text, &q->items[i]);
  if (status == TC_OK)
    status = buffer_status(&first, err);
  if (status == TC_OK)
    status = buffer_status(&text, err);
  if (status == TC_OK)
    file_sweep(path, 0);
  if (status == TC_OK)
    status = file_replace(path, text.data, text.len, FILE_MODE, err);
  buffer_free(&first);
  buffer_free(&text);
  return status;
}

/* ---- taking over -------------------------------------------------------------------------------
 */

static tc_status set_offset(struct queue *q, uid_t uid, const struct journal *j,
                            struct tc_error *err) {
  struct queue_journal journal = {
      .uid = uid, .name = j->name, .offset = (int64_t)j->at, .seen = true};
  for (size_t i = 0; i < q->journal_count; i++)
    if (q->journals[i].uid == uid && uuid_equal(&q->journals[i].name, &j->name)) {
      journal.turn = q->journals[i].turn;
      q->journals[i] = journal;
      return TC_OK;
    }
  return add_journal(q, &journal, err);
}

/* Those in whose place the account has begun another are gone. */
static void forget_older(struct queue *q) {
  size_t kept = 0;
  for (size_t i = 0; i < q->journal_count; i++) {
    bool newer = false;
    for (size_t k = 0; k < q->journal_count && !q->journals[i].seen; k++)
      newer = newer || (q->journals[k].seen && q->journals[k].uid == q->journals[i].uid);
    if (!newer)
      q->journals[kept++] = q->journals[i];
  }
  q->journal_count = kept;
}

/* For all items, whatever they will be answered. */
static size_t room(const struct queue *q) {
  return (q->limit ? q->limit : QUEUE_MOST) - HEAD_MOST;
}

static tc_status take_journal(struct queue *q, const char *scope_dir,
                              const struct journal_name *name, size_t most, struct queue_taken *out,
                              struct tc_error *err) {
  struct journal j;
  const char *bytes;
  size_t len, before = q->count;
  struct tc_error why = {.status = TC_OK};
  tc_status status = journal_open(&j, scope_dir, name, &why);
  if (status != TC_OK) {
    out->why = why;
    journal_close(&j);
    return status == TC_NO_MEMORY ? tc_fail(err, status, "%s", why.text) : TC_OK;
  }
  int64_t offset = queue_offset(q, name->uid, &j.name);
  if (offset > (int64_t)j.at && offset <= (int64_t)j.text.len)
    j.at = (size_t)offset;
  for (size_t at = j.at; status == TC_OK && journal_next(&j, &bytes, &len) == TC_OK; at = j.at) {
    if (q->bytes + len + AROUND_MOST > most) {
      j.at = at; /* it is taken another time */
      out->full = true;
      break;
    }
    tc_error_clear(&why);
    status = queue_add(q, bytes, len, &why);
    if (status != TC_OK && status != TC_NO_MEMORY) {
      out->damaged += len;
      status = TC_OK;
    }
  }
  if (status == TC_OK && !uuid_is_nil(&j.name))
    status = set_offset(q, name->uid, &j, err);
  else if (status != TC_OK)
    tc_fail(err, status, "%s", why.text);
  out->acts += q->count - before;
  out->damaged += j.damaged;
  journal_close(&j);
  return status;
}

/* What was answered before then, by this machine's clock, goes. */
static void drop_answered(struct queue *q, int64_t before) {
  size_t kept = 0;
  q->bytes = 0;
  for (size_t i = 0; i < q->count; i++) {
    const struct queue_item *item = &q->items[i];
    if (item->held.state > ACT_WAITS && item->answered < before)
      continue;
    q->bytes += item->len + AROUND_MOST;
    q->items[kept++] = *item;
  }
  q->count = kept;
  q->slot_count = 0; /* they are in other places now */
}

/* Where much was written, what was answered is kept for half its time, a quarter ...: it would be
 * offered again if the source were restored, and what nobody has taken yet comes first. */
static void make_room(struct queue *q) {
  int64_t newest = 0;
  for (size_t i = 0; i < q->count; i++)
    newest = q->items[i].answered > newest ? q->items[i].answered : newest;
  size_t early = room(q) / 4 * 3;
  for (int64_t kept = QUEUE_KEPT_S / 2; q->bytes > early && kept > KEPT_LEAST_S; kept /= 2)
    drop_answered(q, newest - kept);
  if (q->bytes > early)
    drop_answered(q, newest - KEPT_LEAST_S);
}

/* Does much wait of the account whose first journal this is?  *same: how many journals it has. */
static bool waits_much(const struct queue *q, const char *scope_dir,
                       const struct journal_name *first, size_t count, size_t *same) {
  int64_t waits = 0;
  for (*same = 0; *same < count && first[*same].uid == first->uid; ++*same) {
    char path[JOURNAL_PATH];
    struct stat st;
    if (journal_path(path, scope_dir, "", &first[*same], NULL) == TC_OK && lstat(path, &st) == 0 &&
        S_ISREG(st.st_mode) && st.st_uid == first->uid)
      waits += st.st_size;
  }
  for (size_t i = 0; i < q->journal_count; i++)
    if (q->journals[i].uid == first->uid)
      waits -= q->journals[i].offset;
  return waits > JOURNAL_TURN;
}

/* First the accounts of which little waits, then the others, and these leave a quarter: one that
 * writes on and on while the source is away keeps nobody else's note from the rest of the machine.
 */
static tc_status take_journals(struct queue *q, const char *scope_dir,
                               const struct journal_name *names, size_t count,
                               struct queue_taken *out, struct tc_error *err) {
  tc_status status = TC_OK;
  bool *much = calloc(count + 1, sizeof *much);
  if (!much)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0, same; i < count; i += same) {
    bool waits = waits_much(q, scope_dir, &names[i], count - i, &same);
    for (size_t k = 0; k < same; k++)
      much[i + k] = waits;
  }
  for (int turn = 0; turn < 2; turn++)
    for (size_t i = 0; i < count && status == TC_OK; i++)
      if (much[i] == (turn == 1))
        status =
            take_journal(q, scope_dir, &names[i], much[i] ? room(q) / 4 * 3 : room(q), out, err);
  free(much);
  return status;
}

tc_status queue_take(struct queue *q, const char *scope_dir, struct queue_taken *out,
                     struct tc_error *err) {
  struct journal_name *names;
  size_t count, before = q->count;
  *out = (struct queue_taken){.acts = 0};
  make_room(q);
  out->gone = before - q->count;
  for (size_t i = 0; i < q->journal_count; i++)
    q->journals[i].seen = false;
  tc_status status = journal_names(&names, &count, scope_dir, err);
  if (status == TC_OK)
    status = take_journals(q, scope_dir, names, count, out, err);
  free(names);
  forget_older(q);
  return status;
}

uint64_t queue_stamp(const char *scope_dir) {
  char path[JOURNAL_PATH];
  struct journal_name *names;
  size_t count;
  uint64_t stamp = 1;
  if (journal_names(&names, &count, scope_dir, NULL) != TC_OK)
    count = 0;
  for (size_t i = 0; i < count; i++)
    if (journal_path(path, scope_dir, "", &names[i], NULL) == TC_OK)
      stamp = stamp * 31 + file_stamp(path);
  free(names);
  return stamp ? stamp : 1;
}

tc_status queue_count(struct queue_counts *out, const char *scope_dir, struct tc_error *err) {
  struct queue q;
  struct queue_taken taken;
  *out = (struct queue_counts){.in = {0}};
  tc_status status = queue_read(&q, scope_dir, err);
  if (status != TC_OK)
    return status;
  status = queue_take(&q, scope_dir, &taken, err);
  for (size_t i = 0; i < q.count; i++)
    out->in[q.items[i].held.state]++;
  queue_free(&q);
  return status;
}
