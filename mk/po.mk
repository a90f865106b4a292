# Messages: the sources' own are English, po/LANGUAGE.po holds the others.  make po-update after a
# message was changed, then translate what it says is missing; tests/cli/po.t asks for it.
MSG_SOURCES = $(sort $(wildcard base/*.[ch] core/*.[ch] db/*.[ch] paper/*.[ch] sync/*.[ch] tui/*.[ch]))
POT = $(B)/tocsin.pot
XGETTEXT = xgettext --from-code=UTF-8 --keyword --keyword=_ --keyword=N_ --keyword=NGETTEXT:1,2 \
	--flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=NGETTEXT:1:pass-c-format \
	--flag=NGETTEXT:2:pass-c-format --flag=tc_fail:3:c-format --flag=buffer_printf:2:c-format \
	--flag=arena_printf:2:c-format --add-comments=TRANSLATORS --add-location=file --width=100 \
	--package-name=tocsin --package-version=$(VERSION) --copyright-holder='the authors of tocsin'

# The sources that hold a message.
.PHONY: potfiles
potfiles:
	@grep -lE '(^|[^A-Za-z_])(_|N_|NGETTEXT)\("' $(MSG_SOURCES) > $(or $(POTFILES),po/POTFILES)

.PHONY: pot
pot: potfiles ## build/tocsin.pot: every message of the sources
	@mkdir -p $(B)
	$(XGETTEXT) --files-from=$(or $(POTFILES),po/POTFILES) --output=$(POT)

.PHONY: po-update
po-update: pot ## bring po/*.po up to the messages of the sources
	@set -e; for po in $(PO); do \
		msgmerge --quiet --update --backup=none --no-fuzzy-matching --add-location=file --width=100 $$po $(POT); \
		msgattrib --no-obsolete --add-location=file --width=100 -o $$po $$po; \
		printf '%s: ' $$po; msgfmt --check --statistics -o /dev/null $$po; done

# A language 40 % longer than English, for tests of layouts.
PSEUDO = $(B)/pseudo/qps/LC_MESSAGES/tocsin.mo
tests: $(PSEUDO)
$(PSEUDO): $(MSG_SOURCES) tools/pseudo
	@mkdir -p $(@D)
	@$(XGETTEXT) --output=$(B)/pseudo/tocsin.pot $(MSG_SOURCES)
	perl tools/pseudo < $(B)/pseudo/tocsin.pot > $(B)/pseudo/tocsin.po
	msgfmt --check-format -o $@ $(B)/pseudo/tocsin.po

# English and French alone, for tests that step from one to the other whatever else is in po/; and the
# two with a third.
THREE = $(B)/three/es/LC_MESSAGES/tocsin.mo
tests: $(B)/two/fr/LC_MESSAGES/tocsin.mo $(B)/three/fr/LC_MESSAGES/tocsin.mo $(THREE)
$(B)/two/fr/LC_MESSAGES/tocsin.mo $(B)/three/fr/LC_MESSAGES/tocsin.mo: $(B)/locale/fr/LC_MESSAGES/tocsin.mo
	@mkdir -p $(@D)
	cp $< $@
$(THREE): po/fr.po tests/lib/another.pl
	@mkdir -p $(@D)
	perl tests/lib/another.pl es Español < $< > $(B)/three/es.po
	msgfmt --check-format -o $@ $(B)/three/es.po
