# The commands of every day. `make demo` and `make test` work on a fresh clone: they call `setup` first.

PYTHON := .venv/bin/python
UV := $(PYTHON) -m uv --no-progress
BOOTSTRAP := sh config/bootstrap.sh

export DEMO_DIR ?= var/demo
export PORT ?= 8000
export MEMBERS ?= 300

.PHONY: demo test check setup lock bench fuzz attack chaos commitments clean help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

# --- Installing: a stamp for each step, so that a second run is instant ---

setup: .venv/installed node_modules/installed var/common-passwords.bin var/places.csv.gz ## installs what is missing on this machine

.venv/ready: .python-version config/bootstrap.sh
	@$(BOOTSTRAP) python
	@touch $@

.venv/libraries: .venv/ready
	@$(BOOTSTRAP) libraries
	@touch $@

.venv/installed: requirements-dev.txt .venv/ready .venv/libraries
	@echo "Python packages" >&2
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/installed: package.json package-lock.json .venv/ready
	@echo "front-end packages" >&2
	@$(BOOTSTRAP) packages
	@touch $@

var/common-passwords.bin: node_modules/installed .venv/installed
	@$(PYTHON) manage.py build_password_list
	@touch $@

var/places.csv.gz: node_modules/installed .venv/installed
	@$(PYTHON) manage.py build_places
	@touch $@

# --- Running ---

demo: setup ## the whole product on this machine (PORT, DEMO_DIR, MEMBERS); Ctrl-C stops it
	@$(PYTHON) -m config.demo

test: setup ## the whole test suite, browser tests included
	@$(BOOTSTRAP) chromium
	$(PYTHON) -m pytest -n 2 $(TESTS)

bench: setup ## the benchmarks of docs/, as one table
	$(PYTHON) -m tests.bench $(or $(BENCH),--scale full)

fuzz: setup ## damaged feed files, ten thousand of them (FUZZ=100 for fewer)
	$(PYTHON) -m tests.fuzz.feeds $(or $(FUZZ),10000)

attack: setup ## the door under attack, a quarter of an hour: ATTEMPTS=10000 hostile tries, PAIRS=1000 at each entrance
	ATTACK_ATTEMPTS=$(or $(ATTEMPTS),10000) ATTACK_PAIRS=$(or $(PAIRS),1000) $(PYTHON) -m pytest -n 0 -q tests/attacks
	@cat var/attack/*.json

chaos: setup ## the journal altered ten thousand times, the sealer killed, the vault's key changed for PERSONS under KILLS
	TAMPERINGS=$(or $(TAMPERINGS),10000) $(PYTHON) -m pytest -n 0 -q tests/privacy/audit
	VAULT_PERSONS=$(or $(PERSONS),100000) VAULT_KILLS=$(or $(KILLS),20) $(PYTHON) -m pytest -n 0 -q tests/privacy/vault/test_rewrapping.py

commitments: setup ## every clause, the tests that hold it, the last result
	$(PYTHON) -m tests.commitments

# --- Checking ---

# Values of no worth: they let the production settings load, and nothing more.
THROWAWAY := SECRET_KEY=$(shell printf 'k%.0s' 1 2 3 4 5 6 7 8 9 10)abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ \
	PERSONAL_KEY=0000000000000000000000000000000000000000000000000000000000000001 \
	BLIND_INDEX_KEY=0000000000000000000000000000000000000000000000000000000000000002 \
	SIGNING_KEY=none SIGNING_CERTIFICATE=none \
	CARD_KEY=0000000000000000000000000000000000000000000000000000000000000003 \
	JOURNAL_ORIGIN=portail.example.org/journal \
	ALLOWED_HOSTS=portail.example.org SITE_ADDRESS=https://portail.example.org EMAIL_HOST=mail.example.org REDIS_URL=redis://127.0.0.1:1/0 \
	DATABASE_URL=postgresql://app@127.0.0.1:1/none DATABASE_OWNER_URL=postgresql://owner@127.0.0.1:1/none

check: setup ## format, lint, types, import contracts, system checks, missing migrations
	$(PYTHON) -m ruff format --check --quiet .
	$(PYTHON) -m ruff check .
	TEST_RUN_DIR=var/check $(PYTHON) -m mypy .
	.venv/bin/lint-imports
	$(PYTHON) manage.py check
	$(THROWAWAY) $(PYTHON) manage.py check --deploy --fail-level WARNING --settings=config.settings.production
	@# without a server: only the models and the migrations are compared, and Django warns that it could not ask more
	TEST_RUN_DIR=var/check $(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run \
		--settings=config.settings.test

# --- Keeping ---

COMPILE := $(UV) pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
NO_ADDRESS := https?://|--index-url|--extra-index-url|--find-links|"resolved"

lock: .venv/ready ## pins versions and hashes of every package, without any registry address
	$(COMPILE) $(LOCK) -o requirements.txt
	$(COMPILE) $(LOCK) --group dev -c requirements.txt -o requirements-dev.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
	@! grep -nE '$(NO_ADDRESS)' requirements.txt requirements-dev.txt
	@! grep -nE '"resolved"' package-lock.json

clean: ## removes what was installed and generated; keeps the demo's data
	rm -rf .venv node_modules var/common-passwords.bin var/places.csv.gz var/check var/uv var/bytecode .mypy_cache .pytest_cache .ruff_cache .hypothesis
