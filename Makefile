# make demo     the whole system with sample cases, on this machine (FRESH=1 starts over; PORT=8080)
# make test     every check and test; needs nothing but python3 (3.11 or newer) and make
# make lint     the checks without the tests
# make messages what is not translated yet
# make bench    the measurements of docs/benchmarks.md
# make pictures docs/pictures anew, from the demo in a real browser
# make lock     write requirements/*.txt anew (ARGS=--upgrade for newer versions)

PYTHON ?= python3
BIN := .venv/bin
# Stamps carry the checksum of what they stand for: a set-up that is up to date costs nothing.
sum = $(shell cat $(1) 2>/dev/null | cksum | tr ' ' '-')
BASE := .venv/.stamps/base-$(call sum,requirements/base.txt)
DEV := .venv/.stamps/dev-$(call sum,requirements/base.txt requirements/dev.txt)
PACKAGE := .venv/.stamps/package-$(call sum,pyproject.toml requirements/base.txt)
TEXTS := src/okiagari/locale/ja/LC_MESSAGES/django.mo
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-virtualenv

.PHONY: help setup setup-dev demo test lint messages bench pictures lock
.NOTPARALLEL:

help:
	@sed -n 's/^# \(make.*\)/\1/p' Makefile

setup: $(PACKAGE) $(TEXTS)

setup-dev: $(DEV) setup

demo: setup
	$(BIN)/okiagari demo $(if $(filter 1,$(FRESH)),--fresh) $(if $(PORT),--port $(PORT))

test: setup-dev
	$(BIN)/python -m scripts.check

lint: setup-dev
	$(BIN)/python -m scripts.check lint

messages: setup
	$(BIN)/python scripts/translations.py compile
	$(BIN)/python scripts/translations.py missing

bench: setup
	@ls benchmarks/[!_]*.py >/dev/null 2>&1 || { echo "nothing to measure in benchmarks/"; exit 1; }
	@for script in benchmarks/[!_]*.py; do echo "==> $$script"; $(BIN)/python $$script || exit 1; done

pictures: setup-dev
	$(BIN)/python -m scripts.pictures

lock:
	scripts/lock $(ARGS)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Okiagari needs Python 3.11 or newer; PYTHON=python3.11 make … chooses one." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "This Python cannot make virtual environments (on Debian: the package python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv .venv

# dev.txt holds all of base.txt, in the same versions: where it is installed, base is.
$(BASE): | $(BIN)/python
	@if [ ! -e $(DEV) ]; then echo "Installing what Okiagari runs on …"; \
		$(PIP) --require-hashes -r requirements/base.txt; fi
	@mkdir -p $(@D) && rm -f $(@D)/base-* && touch $@

$(DEV): | $(BIN)/python
	@echo "Installing what Okiagari runs on and is checked with …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@mkdir -p $(@D) && rm -f $(@D)/dev-* && touch $@

$(PACKAGE): | $(BASE)
	@$(PIP) --no-build-isolation --no-deps -e .
	@mkdir -p $(@D) && rm -f $(@D)/package-* && touch $@

$(TEXTS): $(wildcard src/okiagari/locale/ja/*.po) scripts/translations.py $(PACKAGE)
	@$(BIN)/python scripts/translations.py compile
