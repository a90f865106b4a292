/* Apart from what is adopted, which needs more than a terminal does. */
#include "core/fold.h"
#include "core/near.h"
#include "core/record.h"
#include "db/adopt.h"
#include "db/document.h"
#include "db/needs.h"
#include "db/store.h"

int64_t adopt_derived(void) {
  return ((int64_t)STORE_VERSION << 56) | ((int64_t)RECORD_VERSION << 48) |
         ((int64_t)FOLD_VERSION << 32) | ((int64_t)NEAR_SOUND_VERSION << 16) |
         (NEEDS_VERSION << 8) | DOCUMENT_VERSION;
}
