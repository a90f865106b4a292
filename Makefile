# tocsin: make help says what there is.
SHELL = /bin/sh
.SUFFIXES:
.DEFAULT_GOAL = all
.DELETE_ON_ERROR:
.SECONDARY:

VERSION = 0.1.0
B ?= build
JOBS ?= $(or $(shell nproc 2>/dev/null),2)

PREFIX ?= /usr/local
prefix = $(PREFIX)
bindir = $(prefix)/bin
datadir = $(prefix)/share
mandir = $(datadir)/man
localedir = $(datadir)/locale
docdir = $(datadir)/doc/tocsin
INSTALL_PROGRAM = install -m 0755
INSTALL_DATA = install -m 0644

CC ?= gcc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
HARDEN = -fPIE -fstack-protector-strong -fstack-clash-protection \
	$(if $(filter x86_64-%,$(MACHINE)),-fcf-protection)
FORTIFY = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
LINK_HARDEN = -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed
# The sanitizer builds set it, with a build folder of their own: see mk/test.mk.
SAN =

GEN = $(B)/gen
ALL_CPPFLAGS = -D_GNU_SOURCE -DTC_VERSION='"$(VERSION)"' -DTC_LOCALEDIR='"$(localedir)"' \
	-I. -I$(GEN) $(if $(SAN),,$(FORTIFY)) $(PQ_CPPFLAGS) $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARN) $(HARDEN) $(SAN) $(CFLAGS)
ALL_LDFLAGS = $(LINK_HARDEN) $(SAN) $(LDFLAGS)

LIBS_BASE = -linih -lcrypto
LIBS_CORE = -lutf8proc
LIBS_DB = -lsqlite3 -lpthread
LIBS_TUI = -ltinfo -lseccomp -ljansson -lsodium
PQ_CPPFLAGS := -isystem $(or $(shell pg_config --includedir 2>/dev/null),/usr/include/postgresql)
LIBS_SYNC = -lcsv -lpq -lzstd -ljansson
LIBS_COMMON = $(LIBS_DB) $(LIBS_CORE) $(LIBS_BASE) -lm

# -- what there is to build ------------------------------------------------------------------------
rooms = base core db
COMMON_SRC := $(foreach r,$(rooms),$(wildcard $(r)/*.c))
PAPER_SRC := $(wildcard paper/*.c)
TUI_SRC := $(filter-out tui/main.c,$(wildcard tui/*.c))
SYNC_SRC := $(filter-out sync/main.c,$(wildcard sync/*.c))
SAMPLE_SRC := $(wildcard tools/sample/*.c)
SQL_SRC := $(sort $(wildcard db/sql/*.sql))
SYNC_SQL_SRC := $(sort $(wildcard sync/sql/*.sql))
TEST_SRC := $(wildcard tests/unit/test_*.c tests/prop/test_*.c tests/screen/test_*.c tests/fault/test_*.c)
TEST_LONG_SRC := $(wildcard tests/long/test_*.c)
TEST_TOOL_SRC := $(wildcard tests/sync/tool_*.c)
TEST_LIB_SRC := $(wildcard tests/lib/*.c)
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)
BENCH_SRC := $(wildcard tests/bench/bench_*.c)
BENCH_SYNC_SRC := $(wildcard tests/bench-sync/bench_*.c)

obj = $(patsubst %.c,$(B)/obj/%.o,$(1))
COMMON_OBJ = $(call obj,$(COMMON_SRC)) $(GEN)/db_sql.o $(if $(wildcard core/countries.tsv),$(GEN)/countries.o)
LIB_COMMON = $(B)/libcommon.a
LIB_TUI = $(B)/libtui.a
LIB_SYNC = $(B)/libsync.a
LIB_TEST = $(B)/libtest.a
PROGRAMS = $(B)/tocsin $(if $(wildcard sync/main.c),$(B)/tocsin-sync) $(if $(SAMPLE_SRC),$(B)/tocsin-sample)
TESTS = $(patsubst tests/%.c,$(B)/tests/%,$(TEST_SRC))
TEST_TOOLS = $(patsubst tests/%.c,$(B)/tests/%,$(TEST_TOOL_SRC))
TESTS_LONG = $(patsubst tests/%.c,$(B)/tests/%,$(TEST_LONG_SRC))
FUZZ_REPLAY = $(patsubst tests/fuzz/fuzz_%.c,$(B)/tests/fuzz/replay_%,$(FUZZ_SRC))
BENCHES = $(patsubst tests/%.c,$(B)/tests/%,$(BENCH_SRC))
BENCHES_SYNC = $(patsubst tests/%.c,$(B)/tests/%,$(BENCH_SYNC_SRC))

.PHONY: all
all: ## the programs and the translations
all: $(if $(wildcard tui/main.c),$(B)/tocsin) $(if $(wildcard sync/main.c),$(B)/tocsin-sync) \
	$(if $(SAMPLE_SRC),$(B)/tocsin-sample) locale

# Other flags or another compiler build everything anew.  The first build looks whether what it needs
# is there, and says so in one place.
$(B)/flags: FORCE
	@[ -e $@ ] || sh tools/packages --say build
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(ALL_CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS))' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
.PHONY: FORCE
FORCE:

# -- rules -----------------------------------------------------------------------------------------
$(B)/obj/%.o: %.c $(B)/flags | $(GEN)/db_sql.h $(GEN)/sync_sql.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(GEN)/%.o: $(GEN)/%.c $(B)/flags
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(GEN)/db_sql.h $(GEN)/db_sql.c &: tools/embed-sql $(SQL_SRC)
	@mkdir -p $(GEN)
	sh tools/embed-sql $(GEN)/db_sql $(SQL_SRC)

$(GEN)/sync_sql.h $(GEN)/sync_sql.c &: tools/embed-sql $(SYNC_SQL_SRC)
	@mkdir -p $(GEN)
	sh tools/embed-sql $(GEN)/sync_sql $(SYNC_SQL_SRC)

$(GEN)/countries.c: tools/gen-countries core/countries.tsv
	@mkdir -p $(GEN)
	sh tools/gen-countries core/countries.tsv > $@

$(LIB_COMMON): $(COMMON_OBJ)
$(LIB_TUI): $(call obj,$(TUI_SRC) $(PAPER_SRC))
$(LIB_SYNC): $(call obj,$(SYNC_SRC)) $(GEN)/sync_sql.o
$(LIB_TEST): $(call obj,$(TEST_LIB_SRC))
$(LIB_COMMON) $(LIB_TUI) $(LIB_SYNC) $(LIB_TEST):
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/tocsin: $(B)/obj/tui/main.o $(LIB_TUI) $(LIB_COMMON)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TUI) $(LIBS_COMMON) $(LDLIBS)

$(B)/tocsin-sync: $(B)/obj/sync/main.o $(LIB_SYNC) $(LIB_COMMON)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_SYNC) $(LIBS_COMMON) $(LDLIBS)

$(B)/tocsin-sample: $(call obj,$(SAMPLE_SRC)) $(LIB_COMMON)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_COMMON) $(LDLIBS)

TEST_LINK = $(LIB_TEST) $(LIB_TUI) $(LIB_SYNC) $(LIB_COMMON)
$(B)/tests/%: $(B)/obj/tests/%.o $(TEST_LINK)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(TEST_LINK) -lcmocka -lutil $(LIBS_TUI) $(LIBS_SYNC) $(LIBS_COMMON) $(LDLIBS)

$(B)/tests/fuzz/replay_%: $(B)/obj/tests/fuzz/fuzz_%.o $(B)/obj/tests/fuzz/replay.o $(TEST_LINK)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(TEST_LINK) $(LIBS_TUI) $(LIBS_SYNC) $(LIBS_COMMON) $(LDLIBS)

# What stands in front of libc in tests of disks that fail (tests/lib/steps.sh).
SHIM = $(B)/tests/sync/shim.so
$(SHIM): tests/sync/shim.c tests/sync/shim_loss.c tests/sync/shim_memory.c tests/sync/shim.h
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) -D_GNU_SOURCE -I. -O1 -fPIC -shared -o $@ $(filter %.c,$^) -ldl

# The same in a kiosk that is made to try what it may not (tests/e2e/forced.t).
FORCED = $(B)/tests/e2e/forced.so
$(FORCED): tests/e2e/forced.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) -D_GNU_SOURCE -O1 -fPIC -shared -o $@ $< -ldl

.PHONY: locale
PO := $(wildcard po/*.po)
locale: $(patsubst po/%.po,$(B)/locale/%/LC_MESSAGES/tocsin.mo,$(PO))
$(B)/locale/%/LC_MESSAGES/tocsin.mo: po/%.po | $(B)/flags
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

.PHONY: tests
tests: all $(TESTS) $(TEST_TOOLS) $(SHIM) $(FORCED) $(FUZZ_REPLAY) ## the programs and every test of make check

include mk/test.mk mk/lint.mk mk/install.mk mk/po.mk

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(B) build-asan build-fuzz build-clang build-analyzer

# The comment behind each "##" is the help.
.PHONY: help
help: ## what there is to make
	@echo "make [target] [B=build] [PREFIX=/usr/local] [DESTDIR=] [CC=gcc] [CFLAGS='-O2 -g']"
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}' | LC_ALL=C sort

-include $(shell find $(B)/obj $(B)/gen -name '*.d' 2>/dev/null)
