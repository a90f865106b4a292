# Tests, sanitizers, fuzzing, measurements.  prove reads TAP: cmocka's own and that of the scripts;
# tools/run-test runs one of either.
# How the programs are built before they are run: on all processors.
BUILD = $(MAKE) --no-print-directory -j$(JOBS)
# On two cores four: a test that waits for a disk leaves room for another.
PROVE_JOBS ?= 4
TEST_ENV = CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 TZ=UTC TOCSIN_BUILD=$(abspath $(B)) TOCSIN_TOP=$(CURDIR)
# 8: standard error past prove (tools/run-test).
PROVE = 8>&2 env $(TEST_ENV) prove -j$(PROVE_JOBS) --timer -e 'sh tools/run-test'
# The longest first: what is short fills the end.
SCRIPTS = $(foreach room,sync e2e cli,$(sort $(wildcard tests/$(room)/*.t)))

.PHONY: unit
unit: tests ## the compiled tests alone
	$(PROVE) $(TESTS)

.PHONY: check
check: ## install what is missing, build, run the tests (under 10 minutes)
	@sh tools/packages build check
	@$(BUILD) tests
	@$(PROVE) $(TESTS) $(FUZZ_REPLAY) $(SCRIPTS)

# The exhaustive loops, the properties with many more cases, and the unit tests under valgrind: all in one
# run, the longest first, so that no processor waits for the end of a part.
PROP_RUNS_LONG ?= 20000
UNIT_TESTS = $(filter $(B)/tests/unit/%,$(TESTS))
# What the kernel refuses a locked program cannot be tried under valgrind: it does not know these calls.
VALGRIND_TESTS = $(filter-out %/test_lock,$(UNIT_TESTS))
PROP_TESTS = $(filter $(B)/tests/prop/%,$(TESTS))
LONG_TESTS = $(TESTS_LONG) $(PROP_TESTS) tests/sync/cut.t $(sort $(wildcard tests/long/*.t)) $(VALGRIND_TESTS)
LONGEST = tests/long/kill_grant.t $(B)/tests/unit/test_pin tests/long/kill_first.t $(B)/tests/prop/test_cut $(B)/tests/prop/test_oracle \
	tests/sync/cut.t tests/long/kill_delta.t tests/long/kill_restored.t $(B)/tests/unit/test_zone $(B)/tests/unit/test_reach_cases \
	tests/long/real.t $(B)/tests/unit/test_csv tests/long/declared.t tests/long/gigabyte.t $(B)/tests/prop/test_reach
.PHONY: check-long
check-long: ## the exhaustive loops, longer properties, valgrind
	@sh tools/packages build check long
	@$(BUILD) tests $(TESTS_LONG)
	@PROP_RUNS=$(PROP_RUNS_LONG) CUTS=400 \
		UNIT_WRAP="env -u PROP_RUNS valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite" \
		$(PROVE) $(filter $(LONG_TESTS),$(LONGEST)) $(filter-out $(LONGEST),$(LONG_TESTS))

# Every step of a pull stopped, killed and failed at: longer than a CI has time for.
SOAK ?= $(sort $(wildcard tests/long/kill_*.t)) tests/sync/cut.t tests/sync/writers.t tests/e2e/hostile.t
.PHONY: soak
soak: ## every step of a pull stopped, killed and failed at; many cuts of its connection; 64 writers; a million keys
	@sh tools/packages build check
	@$(BUILD) tests
	@STEP_ALL=1 CUTS=4000 WRITERS=64 EACH=200 HOSTILE_KEYS=1000000 HOSTILE_SEED=$${HOSTILE_SEED:-$$(date +%s)} \
		$(PROVE) -v $(SOAK)

.PHONY: asan
asan: ## the tests of make check under AddressSanitizer and UBSan
	@sh tools/packages build check
	@$(BUILD) tests B=build-asan CFLAGS='-O1 -g' \
		SAN='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
	@$(MAKE) --no-print-directory asan-run B=build-asan
.PHONY: asan-run
asan-run:
	@TOCSIN_SANITIZED=1 UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 \
		$(PROVE) $(TESTS) $(FUZZ_REPLAY) $(SCRIPTS)

# Each target for FUZZ_SECONDS from its corpus; what it finds is left in build-fuzz/found.
FUZZ_SECONDS ?= 30
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,$(B)/fuzz_%,$(FUZZ_SRC))
.PHONY: fuzz
fuzz: ## every fuzz target for FUZZ_SECONDS (30) each
	@sh tools/packages build fuzz
	@$(BUILD) fuzz-run B=build-fuzz CC=clang CFLAGS='-O1 -g' \
		SAN='-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all'
.PHONY: fuzz-run
fuzz-run: $(FUZZERS)
	@sh tools/fuzz $(B) $(FUZZ_SECONDS) $(FUZZERS)
$(B)/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(LIB_TEST) $(LIB_COMMON) $(LIB_TUI) $(LIB_SYNC)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $< $(TEST_LINK) $(LIBS_TUI) $(LIBS_SYNC) $(LIBS_COMMON) $(LDLIBS)

BENCH_N ?= 100000
.PHONY: bench
bench: ## measure: one line a figure, and build/bench.json (BENCH_N=100000)
	@sh tools/packages build bench
	@$(BUILD) all $(BENCHES)
	@BENCH_N=$(BENCH_N) B=$(B) LC_ALL=C.UTF-8 TZ=UTC TOCSIN_TOP=$(CURDIR) TOCSIN_BUILD=$(abspath $(B)) \
		sh tests/bench/run $(BENCHES)

# Each tests/bench-sync/part_*.sh makes a PostgreSQL of its own and prints figures; BENCH_PARTS names
# some of them: make bench-sync BENCH_PARTS='poll screen'.
BENCH_PARTS ?= $(patsubst tests/bench-sync/part_%.sh,%,$(sort $(wildcard tests/bench-sync/part_*.sh)))
.PHONY: bench-sync
bench-sync: ## measure the source and the pull: one line a figure, and build/bench-sync.json
	@sh tools/packages build check bench
	@$(BUILD) all $(TEST_TOOLS) $(BENCHES_SYNC)
	@B=$(B) LC_ALL=C.UTF-8 TZ=UTC TOCSIN_TOP=$(CURDIR) TOCSIN_BUILD=$(abspath $(B)) \
		sh tests/bench-sync/run $(BENCH_PARTS)

.PHONY: demo
demo: ## install what is missing, build, open the search screen on the sample directory
	@sh tools/packages build
	@$(BUILD) all
	@B=$(B) sh tools/demo
