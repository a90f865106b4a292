#include "base/secret.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

_Static_assert(crypto_pwhash_STRBYTES <= SECRET_HASH, "a hash has room");

enum { OPERATIONS = 4, MEMORY_KB = 65536, SALT_TEXT = 22, TAG_TEXT = 43 };

static tc_status ready(struct tc_error *err) {
  return sodium_init() < 0 ? tc_fail(err, TC_UNAVAILABLE, _("no random numbers can be had"))
                           : TC_OK;
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail_errno(err, ENOMEM, _("no memory to look at the secret"));
}

tc_status secret_hash(char out[SECRET_HASH], const char *secret, struct tc_error *err) {
  tc_status status = ready(err);
  if (status != TC_OK)
    return status;
  memset(out, 0, SECRET_HASH);
  if (crypto_pwhash_str(out, secret, strlen(secret), OPERATIONS, (size_t)MEMORY_KB * 1024) != 0)
    return no_memory(err);
  return TC_OK;
}

static size_t base64_run(const char *text) {
  return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}

bool secret_is_hash(const char *hash) {
  char head[64];
  size_t len =
      (size_t)snprintf(head, sizeof head, "$argon2id$v=19$m=%d,t=%d,p=1$", MEMORY_KB, OPERATIONS);
  return strncmp(hash, head, len) == 0 && base64_run(hash + len) == SALT_TEXT &&
         hash[len + SALT_TEXT] == '$' && base64_run(hash + len + SALT_TEXT + 1) == TAG_TEXT &&
         !hash[len + SALT_TEXT + 1 + TAG_TEXT];
}

tc_status secret_check(bool *right, const char *hash, const char *secret, struct tc_error *err) {
  char whole[crypto_pwhash_STRBYTES] = {0};
  *right = false;
  if (!secret_is_hash(hash))
    return tc_fail(err, TC_INVALID, _("no hash of a secret"));
  tc_status status = ready(err);
  if (status != TC_OK)
    return status;
  memcpy(whole, hash, strlen(hash));
  errno = 0;
  *right = crypto_pwhash_str_verify(whole, secret, strlen(secret)) == 0;
  return !*right && errno == ENOMEM ? no_memory(err) : TC_OK;
}

void secret_forget(void *secret, size_t len) {
  sodium_memzero(secret, len);
}
