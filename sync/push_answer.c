#include "sync/push_answer.h"

#include <string.h>

#include "base/utf8.h"
#include "sync/word.h"

/* The next word, up to a mark or the end; at: behind the mark, NULL at the end. */
static bool next_word(const char **at, const char *end, char mark, struct word *out) {
  if (!*at)
    return false;
  const char *stop = memchr(*at, mark, (size_t)(end - *at));
  *out = (struct word){*at, (size_t)((stop ? stop : end) - *at)};
  *at = stop ? stop + 1 : NULL;
  return true;
}

bool push_facts_read(struct push_facts *out, const char *text, size_t len) {
  struct word word[5];
  *out = (struct push_facts){.revision = 0};
  if (!text)
    return false;
  const char *at = text, *end = text + len;
  for (size_t i = 0; i < 5; i++)
    if (!next_word(&at, end, ' ', &word[i]))
      return false;
  out->knows = !word_is(word[3], "-");
  return !at && word_int(word[1], &out->revision) && word_hex(word[2], out->chain, QUEUE_CHAIN) &&
         (!out->knows || word_hex(word[3], out->chain_at, QUEUE_CHAIN)) &&
         word_int(word[4], &out->floor);
}

/* As a line of text that nothing hides in, cut between characters. */
static void set_reason(char *out, size_t size, struct word from) {
  size_t len = 0;
  for (size_t i = 0; i < from.len;) {
    char bytes[UTF8_MAX];
    uint32_t point;
    i += utf8_next(from.text + i, from.len - i, &point);
    size_t n = utf8_put(bytes, utf8_is_control(point) ? ' ' : point);
    if (len + n >= size)
      break;
    memcpy(out + len, bytes, n);
    len += n;
  }
  out[len] = '\0';
}

void push_answer_read(struct push_answer *out, const char *text, size_t len) {
  /* those that the source's rules end in; pending is for this side to say */
  static const enum act_state states[] = {ACT_WAITS, ACT_APPLIED, ACT_DONE, ACT_REFUSED, ACT_ASIDE};
  const char *at = text;
  struct word word = {"", 0}, reason = {"", 0};
  *out = (struct push_answer){.said = PUSH_FAILED, .state = ACT_PENDING};
  if (!text)
    return;
  next_word(&at, text + len, '\t', &word);
  if (at)
    reason = (struct word){at, (size_t)(text + len - at)};
  set_reason(out->reason, sizeof out->reason, reason);
  if (word_is(word, "later"))
    out->said = PUSH_LATER;
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    if (word_is(word, act_state_word(states[i]))) {
      out->said = PUSH_ANSWERED;
      out->state = states[i];
    }
}
