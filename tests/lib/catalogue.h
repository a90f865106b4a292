/* The translations of the build, for a test that looks at them. */
#ifndef TC_TESTS_LIB_CATALOGUE_H
#define TC_TESTS_LIB_CATALOGUE_H

/* Takes the folder of the build ("two": English and French, whatever else is in po/; "three":
 * Spanish beside them; "pseudo": the longer language); UTF-8. */
void catalogue_use(const char *folder);

#endif
