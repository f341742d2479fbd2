# Thin: every target calls one verb of `auflage` (workflow/cli.py) or one tool.
BIN      := .venv/bin
PYTHON   ?= python3
PAPER    ?=
ARTICLE  ?=
LOCALE   ?=
JOBS     ?=
SIZE      = $(if $(PAPER),--paper $(PAPER))
POOL      = $(if $(JOBS),--jobs $(JOBS))
CHOICE    = $(if $(ARTICLE),--article $(ARTICLE)) $(if $(LOCALE),--locale $(LOCALE))

.DEFAULT_GOAL := all
.PHONY: all pdf booklet bilingual html epub pot po pretranslate check status release test judge lint bench setup clean help

all: setup .venv/.libraries ## every edition in every language (the default)
	@$(BIN)/auflage build $(CHOICE) $(SIZE) $(POOL)

pdf: setup .venv/.libraries ## the PDF editions; make pdf-kk for one language
	@$(BIN)/auflage build --format pdf $(CHOICE) $(SIZE) $(POOL)

pdf-%: setup .venv/.libraries
	@$(BIN)/auflage build --format pdf --locale $* $(if $(ARTICLE),--article $(ARTICLE)) $(SIZE) $(POOL)

booklet: setup .venv/.libraries ## PDFs to print on both sides, fold and staple
	@$(BIN)/auflage build --format booklet $(CHOICE) $(POOL)

booklet-%: setup .venv/.libraries
	@$(BIN)/auflage build --format booklet --locale $* $(if $(ARTICLE),--article $(ARTICLE)) $(POOL)

bilingual: setup .venv/.libraries ## each translation beside the original; make bilingual-kk for one language
	@$(BIN)/auflage build --format bilingual $(CHOICE) $(POOL)

bilingual-%: setup .venv/.libraries
	@$(BIN)/auflage build --format bilingual --locale $* $(if $(ARTICLE),--article $(ARTICLE)) $(POOL)

html: setup ## the web editions; make html-kk for one language
	@$(BIN)/auflage build --format html $(CHOICE) $(POOL)

html-%: setup
	@$(BIN)/auflage build --format html --locale $* $(if $(ARTICLE),--article $(ARTICLE)) $(POOL)

epub: setup ## the e-books; make epub-kk for one language
	@$(BIN)/auflage build --format epub $(CHOICE) $(POOL)

epub-%: setup
	@$(BIN)/auflage build --format epub --locale $* $(if $(ARTICLE),--article $(ARTICLE)) $(POOL)

pot: setup ## the templates, from the articles
	@$(BIN)/auflage extract $(if $(ARTICLE),--article $(ARTICLE))

po: setup ## the templates and catalogs, from the articles
	@$(BIN)/auflage update $(CHOICE)

pretranslate: setup ## fill what is missing with machine drafts
	@$(BIN)/auflage pretranslate $(CHOICE)

check: setup ## find mistakes in the translations
	@$(BIN)/auflage check $(CHOICE)

status: setup ## words and segments per state
	@$(BIN)/auflage status $(CHOICE)

release: setup .venv/.libraries ## editions without draft marks, of what is finished: LOCALE=ru
	@$(BIN)/auflage release $(CHOICE)

test: .venv/.development .venv/.libraries ## the tests; a missing judge is named and skipped
	@$(BIN)/pytest -n auto

judge: .venv/.neural .venv/.libraries ## the long runs, and what other people's tools make of ours
	@$(BIN)/pytest -m judge

lint: .venv/.development ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/.development ## speed as ratios (to po4a, which must be installed), into benchmarks/RESULTS.md
	@$(BIN)/python benchmarks/against_po4a.py
	@$(BIN)/python benchmarks/beside_weasyprint.py
	@$(BIN)/python benchmarks/beside_the_engine.py
	@$(BIN)/python benchmarks/checks.py

setup: .venv/.installed ## the environment in .venv (every target does this by itself)

clean: ## empty build/
	@find build -mindepth 1 ! -path build/.gitignore -delete

help: ## this list; ARTICLE=name, LOCALE=kk, PAPER=a5 and JOBS=1 narrow a target
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

# The environment is complete or not there: a broken attempt leaves no stamp.
.venv/.installed: pyproject.toml constraints.txt
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
	  { echo "no virtual environment: on Debian, run: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "setting up .venv …" >&2
	@PIP_CONSTRAINT=constraints.txt $(BIN)/pip install -q --disable-pip-version-check -e .
	@touch $@

.venv/.development: .venv/.installed
	@PIP_CONSTRAINT=constraints.txt $(BIN)/pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

.venv/.neural: .venv/.development
	@PIP_CONSTRAINT=constraints.txt $(BIN)/pip install -q --disable-pip-version-check -e '.[dev,neural]'
	@touch $@

# What WeasyPrint needs of the system. Without the right to install it, the build says so,
# and still makes the web editions.
.venv/.libraries: .venv/.installed
	@$(BIN)/auflage doctor --install --quiet && touch $@ || true
