/* What a process holds stays in it. */
#ifndef TC_BASE_PRIVATE_H
#define TC_BASE_PRIVATE_H

#include <stdbool.h>

/* From here on its memory is neither dumped when it crashes nor read by another process of the
 * account (prctl(2), PR_SET_DUMPABLE), nor that of what it forks.  false: the kernel refused. */
bool private_memory(void);

#endif
