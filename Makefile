# `make` lists what there is. Only Python 3.11 or newer is needed; everything else goes into .venv.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
TESTS ?= tests
BROWSER ?= yes
export UV_CACHE_DIR ?= $(CURDIR)/.venv/uv-cache
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_WARN_SCRIPT_LOCATION := 1
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1

.PHONY: help run test browser lint fmt messages lock clean bench drill backup restore
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/base.stamp ## start the portal with the demo programme (PORT=8000, DATA_DIR=var)
	@$(BIN)/python manage.py portal

test: .venv/test.stamp ## run the tests (TESTS=tests/events for a part; BROWSER=no; DATABASE_URL, CELERY_BROKER_URL for servers)
	@$(BIN)/pytest -n $(WORKERS) -m "not browser" $(TESTS)
	@$(if $(filter testsyes,$(TESTS)$(BROWSER)),$(MAKE) --no-print-directory browser)

browser: .venv/test.stamp ## run only the tests that drive Chromium
	@$(BIN)/python manage.py assets
	@$(BIN)/pytest -n $(WORKERS) -m browser tests/browser

bench: .venv/base.stamp ## measure speed against the goals, write docs/performance.md (BENCH="--quick", BENCH_DB=sqlite)
	@$(BIN)/python -m tests.bench $(BENCH)

drill: .venv/test.stamp ## break things on purpose and count the damage, write docs/reliability.md (DRILL="--quick", "--only a,b")
	@$(BIN)/python -m tests.drills $(DRILL)

backup: .venv/base.stamp ## back up the portal, also while it runs (TO=folder)
	@$(BIN)/python manage.py backup $(if $(TO),--to "$(TO)")

restore: .venv/base.stamp ## put a backup back into an empty portal (FROM=folder)
	@$(BIN)/python manage.py restore "$(FROM)"

lint: .venv/dev.stamp ## check style, types, templates, texts, migrations, Dockerfile and compose file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py messages --check
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile

fmt: .venv/dev.stamp ## put code into the agreed form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

messages: .venv/base.stamp ## collect new texts into locale/de (then translate the empty ones)
	$(BIN)/python manage.py messages

lock: .venv/made.stamp ## renew requirements/*.txt from pyproject.toml
	$(COMPILE) --output-file requirements/base.txt pyproject.toml
	$(COMPILE) --constraint requirements/base.txt --group test --output-file requirements/test.txt pyproject.toml
	$(COMPILE) --constraint requirements/test.txt --group test --group lint --output-file requirements/dev.txt pyproject.toml

clean: ## remove .venv, fetched assets and caches (data in var/ stays)
	rm -rf .venv node_modules static/vendor .ruff_cache .mypy_cache .pytest_cache .hypothesis

# How .venv comes about: hash-locked packages, by uv where it can be had, else by pip ----------

COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header
define install
	@echo "Installing $(1) …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) 2>.venv/uv.log \
	  || $(BIN)/python -m pip install --quiet --no-cache-dir --require-hashes -r $(1)
	@touch $@
endef

.venv/base.stamp: requirements/base.txt | .venv/made.stamp
	$(call install,requirements/base.txt)

.venv/test.stamp: requirements/test.txt | .venv/made.stamp
	$(call install,requirements/test.txt)

.venv/dev.stamp: requirements/dev.txt | .venv/made.stamp
	$(call install,requirements/dev.txt)

.venv/made.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "The portal needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make $(MAKECMDGOALS) PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -m venv .venv || { \
	  echo "Python lacks its venv module. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --no-cache-dir --require-hashes -r requirements/uv.txt \
	  || echo "uv cannot be had here; pip installs instead, which takes longer."
	@touch $@
