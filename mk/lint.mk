# What a reader need not look for.
C_FILES = $(sort $(wildcard base/*.[ch] core/*.[ch] db/*.[ch] tui/*.[ch] paper/*.[ch] sync/*.[ch] \
	tools/*/*.[ch] tests/*/*.[ch]))
C_SOURCES = $(filter %.c,$(C_FILES))
PRODUCT_SOURCES = $(filter-out tests/%,$(C_SOURCES))

.PHONY: format
format: ## lay every C file out as .clang-format says
	clang-format -i $(C_FILES)

.PHONY: lint
lint: ## layout, layers, banned functions, clang, clang-tidy, cppcheck, gcc -fanalyzer
	@sh tools/packages build check lint
	@sh tools/lint-text
	@sh tools/check-layers
	clang-format --dry-run -Werror $(C_FILES)
	@$(MAKE) --no-print-directory $(GEN)/db_sql.h
	@echo "clang -Werror"
	@$(MAKE) --no-print-directory -s -j$(JOBS) tests B=build-clang CC=clang CFLAGS='-O1 -Werror'
	@echo "gcc -fanalyzer"
	@$(MAKE) --no-print-directory -s -j$(JOBS) analyzed B=build-analyzer CC=gcc CFLAGS='-O1 -fanalyzer -Werror -Wno-unused-value' \
		CPPFLAGS='-include tools/analyzer.h'
	@echo "clang-tidy"
	@$(MAKE) --no-print-directory -s -j$(JOBS) -k tidied
	@echo "cppcheck"
	@cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 --enable=warning,performance,portability \
		--suppress=missingIncludeSystem -D_GNU_SOURCE -D'TC_VERSION=""' -D'TC_LOCALEDIR=""' -I. -I$(GEN) \
		-j$(JOBS) $(PRODUCT_SOURCES)
	@echo "lint: nothing to say"

# The analyzer is for the programs: tests fail on purpose.  base/status.c is where tc_fail() is.
.PHONY: analyzed
analyzed: $(patsubst %.c,$(B)/obj/%.o,$(filter-out base/status.c,$(PRODUCT_SOURCES)))
# gcc 12 loses sight of a list that realloc() moved, though the plan holds it and plan_free() frees it;
# who_read() gives all of its lists to whoever calls who_free().
build-analyzer/obj/sync/plan.o build-analyzer/obj/sync/rota_who.o: private ALL_CFLAGS += -Wno-analyzer-malloc-leak

# A file is tidied again when it or a header of its changed: the stamp hangs on its object.
.PHONY: tidied
tidied: $(patsubst %.c,$(B)/tidy/%.ok,$(filter-out base/status.c,$(PRODUCT_SOURCES)))
$(B)/tidy/%.ok: %.c $(B)/obj/%.o .clang-tidy
	@mkdir -p $(@D)
	@clang-tidy --quiet --warnings-as-errors='*' $< -- -std=c11 $(ALL_CPPFLAGS) -include tools/analyzer.h $(WARN) -Wno-unused-value 2>/dev/null
	@touch $@
