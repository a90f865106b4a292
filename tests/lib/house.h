/* A small house of three plans and the red phones, for the tests of dialling and reachability. */
#ifndef TC_TESTS_LIB_HOUSE_H
#define TC_TESTS_LIB_HOUSE_H

#include "core/directory.h"

extern const struct house small_house;

#endif
