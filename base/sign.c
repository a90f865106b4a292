#include "base/sign.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/i18n.h"

static tc_status cannot(struct tc_error *err) {
  return tc_fail(err, TC_UNAVAILABLE, _("no signature can be made here (libcrypto)"));
}

tc_status sign_public(const uint8_t secret[SIGN_KEY], uint8_t public_key[SIGN_KEY],
                      struct tc_error *err) {
  size_t len = SIGN_KEY;
  EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, SIGN_KEY);
  bool ok = key && EVP_PKEY_get_raw_public_key(key, public_key, &len) == 1 && len == SIGN_KEY;
  EVP_PKEY_free(key);
  return ok ? TC_OK : cannot(err);
}

tc_status sign_make(uint8_t secret[SIGN_KEY], uint8_t public_key[SIGN_KEY], struct tc_error *err) {
  size_t len = SIGN_KEY, public_len = SIGN_KEY;
  EVP_PKEY *key = NULL;
  EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, NULL);
  bool ok = ctx && EVP_PKEY_keygen_init(ctx) == 1 && EVP_PKEY_keygen(ctx, &key) == 1 &&
            EVP_PKEY_get_raw_private_key(key, secret, &len) == 1 && len == SIGN_KEY &&
            EVP_PKEY_get_raw_public_key(key, public_key, &public_len) == 1 &&
            public_len == SIGN_KEY;
  EVP_PKEY_free(key);
  EVP_PKEY_CTX_free(ctx);
  return ok ? TC_OK : cannot(err);
}

tc_status sign_bytes(const uint8_t secret[SIGN_KEY], const void *bytes, size_t len,
                     uint8_t out[SIGN_BYTES], struct tc_error *err) {
  size_t out_len = SIGN_BYTES;
  EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, SIGN_KEY);
  EVP_MD_CTX *ctx = EVP_MD_CTX_new();
  bool ok = key && ctx && EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) == 1 &&
            EVP_DigestSign(ctx, out, &out_len, bytes, len) == 1 && out_len == SIGN_BYTES;
  EVP_MD_CTX_free(ctx);
  EVP_PKEY_free(key);
  return ok ? TC_OK : cannot(err);
}

void sign_forget(uint8_t secret[SIGN_KEY]) {
  OPENSSL_cleanse(secret, SIGN_KEY);
}

bool sign_check(const uint8_t public_key[SIGN_KEY], const void *bytes, size_t len,
                const uint8_t signature[SIGN_BYTES]) {
  EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, SIGN_KEY);
  EVP_MD_CTX *ctx = EVP_MD_CTX_new();
  bool ok = key && ctx && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) == 1 &&
            EVP_DigestVerify(ctx, signature, SIGN_BYTES, bytes, len) == 1;
  EVP_MD_CTX_free(ctx);
  EVP_PKEY_free(key);
  return ok;
}
