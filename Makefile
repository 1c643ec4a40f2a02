# Everything the project does, on a machine with Python 3.11 or newer, git and make. Without make: docs/how-to/windows.md.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

# The layers that hold the arithmetic; their tests must reach at least this much of them.
PURE := src/chiso/framework/*,src/chiso/scoring/*,src/chiso/reconcile/*,src/chiso/days.py,src/chiso/quantity.py,src/chiso/phrases.py
COVERED := 95
WORKERS ?= 2
PORT ?= 8000

SAMPLE := --facts examples/gia-lai-sample-facts.csv
SCORED := gia-lai-2023-province

#: Where the web tests find PostgreSQL; without a server there they run on SQLite alone.
POSTGRES ?= postgresql://postgres@127.0.0.1:5432/chiso

.PHONY: help measures install demo test check format lint types imports frameworks schema migrations tests postgres docs outputs \
	screenshots messages lock clean

help:  ## show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

install: $(INSTALLED)  ## set up .venv from the pinned requirements

$(INSTALLED): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "ChiSo needs Python 3.11 or newer. Name one: make PYTHON=python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) takes a few minutes the first time."
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: install  ## score and explain sample data into demo/, then serve the demonstration on http://127.0.0.1:8000
	@mkdir -p demo
	@$(BIN)/chiso score $(SCORED) $(SAMPLE) --format json > demo/result.json
	@$(BIN)/chiso score $(SCORED) $(SAMPLE) -o demo/result.xlsx > demo/ranking.txt
	@$(BIN)/chiso explain $(SCORED) $(SAMPLE) --unit "Tỉnh mẫu B" 7.10 > demo/explained.txt
	@$(BIN)/chiso reconcile $(SCORED) > demo/reconciled.txt
	@$(BIN)/chiso template $(SCORED) -o demo/form.xlsx --unit "Tỉnh mẫu A"
	@echo "Written from the command line: demo/result.xlsx, ranking.txt, explained.txt, reconciled.txt, form.xlsx"
	@CHISO_DEMO=1 CHISO_DATA=demo/data $(BIN)/python -m chiso.web serve_demo --port $(PORT)

test: install  ## set up and pass all tests
	$(BIN)/python -m pytest -n $(WORKERS)

# The tests come last, so that the closing lines say how many passed.
check: format lint types imports schema migrations frameworks docs postgres tests  ## the whole gate

format: install
	$(BIN)/ruff format --check --quiet .

lint: install
	$(BIN)/ruff check --quiet .

types: install
	$(BIN)/mypy

imports: install
	$(BIN)/lint-imports

schema: install
	$(BIN)/python -m chiso.framework.schema | diff - src/chiso/framework/published/framework-1.json

# Documents are flawed, so findings do not fail; a framework that cannot be loaded does (exit code 2).
frameworks: install
	@for id in $$($(BIN)/python -c 'import chiso; print(*chiso.bundled())'); do \
		$(BIN)/chiso framework lint $$id --format json > /dev/null; test $$? -lt 2 || exit 1; \
	done; echo "every bundled framework loads"

migrations: install
	@CHISO_DEMO=1 $(BIN)/python -m chiso.web makemigrations --check --dry-run

# Of the tests in the browser those that walk by role (officer, head, leader, auditor, coordinator) run on PostgreSQL too: ten, about
# a minute on two cores. The others take ten, and of them the database is the smallest part: CHISO_DATABASE_URL=... pytest tests/web/browser.
BY_ROLE := test_board.py test_overview.py test_submission.py
WALKS := $(patsubst %,--ignore=%,$(filter-out $(BY_ROLE:%=tests/web/browser/%),$(wildcard tests/web/browser/test_*.py)))

postgres: install
	@if $(BIN)/python -c "import psycopg, sys; psycopg.connect(sys.argv[1].rpartition('/')[0] + '/postgres', connect_timeout=3)" \
		$(POSTGRES) 2> /dev/null; \
	then CHISO_DATABASE_URL=$(POSTGRES) $(BIN)/python -m pytest $(WALKS) tests/web -n $(WORKERS); \
	elif test -n "$(CI)"; then echo "CI must have a PostgreSQL server at $(POSTGRES)" >&2; exit 1; \
	else echo "no PostgreSQL server at $(POSTGRES): the web tests run on SQLite alone"; fi

# What measures the arithmetic are its own tests: measuring slows the others down by half and would tell nothing.
ARITHMETIC := tests/framework tests/library tests/scoring tests/reconcile tests/test_quantity.py

tests: install
	@rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -n $(WORKERS) $(ARITHMETIC)
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --include='$(PURE)' --fail-under=$(COVERED)
	$(BIN)/python -m pytest -n $(WORKERS) $(addprefix --ignore=,$(ARITHMETIC))

docs: install
	$(BIN)/mkdocs build --strict --quiet

measures: install  ## measure how well decision documents are read
	$(BIN)/python -m tests.decree.measures

outputs: install  ## write the outputs and the picture of the docs anew
	$(BIN)/python -m tests.docs.pages $$(grep -rl '^\$$ chiso' docs --include='*.md')
	$(BIN)/python -m tests.docs.picture

screenshots: install  ## take the pictures of the pages in the docs anew, from a demonstration of its own (needs Chromium)
	$(BIN)/python -m tests.web.browser.pictures

messages: install  ## collect what the pages say for translation, and compile the translations
	$(BIN)/python -m tests.web.translations

# Pins are kept where they still fit; `make lock UPGRADE=--upgrade` takes the newest releases.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

lock: install  ## write requirements.txt and requirements-dev.txt anew
	$(COMPILE) pyproject.toml --extra dev -o requirements-dev.txt
	$(COMPILE) pyproject.toml --constraint requirements-dev.txt -o requirements.txt

clean:  ## remove what was built, and .venv
	rm -rf $(VENV) demo site build dist .coverage .coverage.* .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
