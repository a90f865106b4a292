#include "sync/account.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"

tc_status account_become(const char *name, struct tc_error *err) {
  if (geteuid() != 0)
    return TC_OK;
  if (!*name)
    return tc_fail(err, TC_REFUSED,
                   _("tocsin-sync does not work as root: start it as another account, or name one "
                     "in tocsin.conf ([sync] account = ...)"));
  const struct passwd *pw = getpwnam(name);
  if (!pw || pw->pw_uid == 0)
    return tc_fail(err, TC_CONFIG, _("[sync] account: there is no account “%s” other than root"),
                   name);
  uid_t uid = pw->pw_uid;
  gid_t gid = pw->pw_gid;
  if (initgroups(name, gid) != 0 || setgid(gid) != 0 || setuid(uid) != 0 ||
      setenv("HOME", pw->pw_dir, 1) != 0)
    return tc_fail_errno(err, errno, _("cannot become the account “%s”"), name);
  if (setuid(0) == 0 || geteuid() != uid || getegid() != gid)
    return tc_fail(err, TC_BUG, _("cannot become the account “%s”"), name);
  return TC_OK;
}
