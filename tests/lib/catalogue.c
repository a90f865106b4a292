#include "tests/lib/catalogue.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"

void catalogue_use(const char *folder) {
  char path[1024];
  const char *build = getenv("TOCSIN_BUILD");
  setlocale(LC_ALL, "C.UTF-8");
  snprintf(path, sizeof path, "%s/%s", build ? build : "build", folder);
  bindtextdomain("tocsin", path);
  bind_textdomain_codeset("tocsin", "UTF-8");
  textdomain("tocsin");
}
