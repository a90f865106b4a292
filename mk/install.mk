# GNU's install targets (GNU Coding Standards 7.2): DESTDIR is put before every path.
MANUALS := $(sort $(wildcard man/*.[1-8]))
INSTALLED = $(notdir $(filter %/tocsin %/tocsin-sync,$(PROGRAMS)))
LANGUAGES = $(patsubst po/%.po,%,$(PO))
MAPS := $(sort $(wildcard dist/maps/*.map))
CALENDARS := $(sort $(wildcard dist/calendars/*))
DOCS = README.md CHANGELOG.md LICENSE
EXAMPLES = dist/tocsin.conf dist/pg_service.conf dist/ssh/tocsin-kiosk.conf
UNITS = dist/tocsin-sync.service dist/systemd/tocsin-kiosk@.service
# Below docdir as they lie here: some have one name, and pages point at each other.
PAGES := $(sort $(wildcard doc/*.md))
CONSOLE := $(patsubst dist/%,%,$(sort $(wildcard dist/systemd/*/*.conf dist/sysctl.d/*.conf)))
# What names a program names it where it is installed.
PUT_NAMED = put() { sed -E 's,/usr(/local)?/bin/tocsin,$(bindir)/tocsin,g' "$$1" > "$(B)/named"; \
	$(INSTALL_DATA) "$(B)/named" "$(DESTDIR)$$2/$${1\#\#*/}"; rm -f "$(B)/named"; };
pkgdatadir = $(datadir)/tocsin
unitdir = $(prefix)/lib/systemd/system

.PHONY: install
install: all ## install below DESTDIR and PREFIX
	@set -e; to() { install -d "$(DESTDIR)$$1"; }; $(PUT_NAMED) \
	to "$(bindir)"; for f in $(INSTALLED); do $(INSTALL_PROGRAM) "$(B)/$$f" "$(DESTDIR)$(bindir)/"; done; \
	ln -sf tocsin "$(DESTDIR)$(bindir)/tocsin-kiosk"; \
	for f in $(MANUALS); do s="$(mandir)/man$${f##*.}"; to "$$s"; put "$$f" "$$s"; done; \
	for l in $(LANGUAGES); do s="$(localedir)/$$l/LC_MESSAGES"; to "$$s"; \
		$(INSTALL_DATA) "$(B)/locale/$$l/LC_MESSAGES/tocsin.mo" "$(DESTDIR)$$s/"; done; \
	to "$(pkgdatadir)/maps"; for f in $(MAPS); do $(INSTALL_DATA) "$$f" "$(DESTDIR)$(pkgdatadir)/maps/"; done; \
	to "$(pkgdatadir)/calendars"; for f in $(CALENDARS); do $(INSTALL_DATA) "$$f" "$(DESTDIR)$(pkgdatadir)/calendars/"; done; \
	to "$(docdir)"; for f in $(DOCS) $(EXAMPLES); do put "$$f" "$(docdir)"; done; \
	to "$(docdir)/doc"; for f in $(PAGES); do $(INSTALL_DATA) "$$f" "$(DESTDIR)$(docdir)/doc/"; done; \
	for f in $(CONSOLE); do to "$(docdir)/$${f%/*}"; put "dist/$$f" "$(docdir)/$${f%/*}"; done; \
	to "$(unitdir)"; for f in $(UNITS); do put "$$f" "$(unitdir)"; done

.PHONY: uninstall
uninstall: ## remove what make install put there, with the same DESTDIR and PREFIX
	@set -e; for f in $(INSTALLED); do rm -f "$(DESTDIR)$(bindir)/$$f"; done; \
	rm -f "$(DESTDIR)$(bindir)/tocsin-kiosk"; \
	for f in $(MANUALS); do rm -f "$(DESTDIR)$(mandir)/man$${f##*.}/$${f##*/}"; done; \
	for l in $(LANGUAGES); do rm -f "$(DESTDIR)$(localedir)/$$l/LC_MESSAGES/tocsin.mo"; done; \
	for f in $(MAPS); do rm -f "$(DESTDIR)$(pkgdatadir)/maps/$${f##*/}"; done; \
	for f in $(CALENDARS); do rm -f "$(DESTDIR)$(pkgdatadir)/calendars/$${f##*/}"; done; \
	for f in $(DOCS) $(notdir $(EXAMPLES)) $(PAGES) $(CONSOLE); do rm -f "$(DESTDIR)$(docdir)/$$f"; done; \
	for f in $(notdir $(UNITS)); do rm -f "$(DESTDIR)$(unitdir)/$$f"; done; \
	for d in $(CONSOLE); do rmdir "$(DESTDIR)$(docdir)/$${d%/*}" 2>/dev/null || true; done; \
	for d in "$(pkgdatadir)/maps" "$(pkgdatadir)/calendars" "$(pkgdatadir)" "$(docdir)/systemd" "$(docdir)/doc" "$(docdir)"; do rmdir "$(DESTDIR)$$d" 2>/dev/null || true; done

# The same commit gives the same bytes: git's own file list, times and order; gzip without a name.
DIST = tocsin-$(VERSION)
.PHONY: dist
dist: ## build/tocsin-VERSION.tar.gz of the commit, the same bytes every time
	@mkdir -p $(B)
	git archive --format=tar --prefix=$(DIST)/ HEAD | gzip -9n > $(B)/$(DIST).tar.gz
	@cd $(B) && sha256sum $(DIST).tar.gz
