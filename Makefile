# `make help` lists the targets.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOLS := .tools/bin
REGO := rego conftest/policy
SCHEMA := rego/tollbar/schemas/estimate/data.json
DATA := estimators/tollbar/catalog/data
SNAPSHOT := $(DATA)/prices.sqlite
PRICE_TABLES := $(wildcard $(DATA)/*/*.csv) $(wildcard $(DATA)/*.csv)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/$(TOOLS):$(PATH)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-14s %s\n' "$$name" "$$text"; done

# --- what a newcomer runs -------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.runtime $(SNAPSHOT) $(TOOLS)/opa ## set up what is needed and run the main job on examples/terraform
	@tollbar check examples/terraform --usage-file examples/terraform/usage.yml || [ $$? -le 2 ]

.PHONY: test
test: lint types imports policy-test unit-test ## set up and run every check and test

.PHONY: setup
setup: $(VENV)/.dev $(SNAPSHOT) tools ## make .venv and .tools

# --- the checks one by one ------------------------------------------------------------------------

.PHONY: lint
lint: $(VENV)/.dev ## format and lint of the Python code
	@ruff format --check --quiet . || { echo 'run: make format'; exit 1; }
	@ruff check --quiet .

.PHONY: types
types: $(VENV)/.dev ## mypy --strict
	@mypy --no-error-summary

.PHONY: imports
imports: $(VENV)/.dev ## the import contract: data flows one way
	@broken=$$(lint-imports --no-logo) || { echo "$$broken"; exit 1; }

.PHONY: policy-test
policy-test: tools ## format, types, lint, conventions and unit tests of the Rego library
	@unformatted=$$(opa fmt --list $(REGO)); [ -z "$$unformatted" ] || { echo "run: make format ($$unformatted)"; exit 1; }
	@opa check --strict --schema $(SCHEMA) $(REGO)
	@regal lint --format compact $(REGO)
	@problems=$$(opa inspect --annotations --format json rego | opa eval --data rego --stdin-input --fail-defined --format pretty 'data.tollbar.testing.conventions_test.problems[_]') || { echo "$$problems"; exit 1; }
	@opa test --timeout 60s $(REGO)
	@opa test --timeout 60s $(REGO) --coverage --threshold 100 > /dev/null || { opa test --timeout 60s $(REGO) --coverage --format json | $(PYTHON) -c 'import json, sys; [print(name, f["not_covered"]) for name, f in json.load(sys.stdin)["files"].items() if f.get("not_covered")]'; exit 1; }

.PHONY: unit-test
unit-test: $(VENV)/.dev $(SNAPSHOT) tools ## the Python tests, with the real opa and conftest
	@pytest -n auto

.PHONY: bench
bench: $(VENV)/.dev $(SNAPSHOT) $(TOOLS)/opa ## look-ups of prices; checks of up to 10,000 resources; a scan of a million calls
	@python -m tests.bench.lookups
	@python -m tests.bench.bench
	@python -m tests.bench.scan

.PHONY: bench-policy
bench-policy: $(VENV)/.dev $(TOOLS)/opa ## time and profile of the policy library over 100, 1,000 and 10,000 resources
	@python -m tests.bench.policy

.PHONY: bench-scan
bench-scan: $(VENV)/.dev $(SNAPSHOT) ## a usage log of ROWS calls (a million) with known waste: time by stage, memory, exact counts
	@python -m tests.bench.scan $(ROWS)

.PHONY: bench-service
bench-service: $(VENV)/.dev $(SNAPSHOT) $(TOOLS)/opa ## decisions through the service beside those of the bare OPA server
	@python -m tests.bench.service

# Takes minutes: only run again once the library, its tests or the mutations have changed (make -B mutation: in any case).
.PHONY: mutation
mutation: $(VENV)/.mutation ## change every comparison of the policy library, one at a time; a test must fail each time

$(VENV)/.mutation: $(TOOLS)/opa $(shell find $(REGO) tests/mutation -type f -not -name '*.pyc') | $(VENV)/.dev
	@python -m tests.mutation
	@touch $@

# --- what is generated ----------------------------------------------------------------------------

.PHONY: format
format: $(VENV)/.dev tools ## format the Python and Rego code
	@ruff format --quiet . && ruff check --quiet --fix .
	@opa fmt --write $(REGO)

.PHONY: schema
schema: $(VENV)/.runtime ## write the estimate's JSON Schema into the policy library
	@python -m tollbar.policy.library

.PHONY: reference
reference: $(VENV)/.runtime $(SNAPSHOT) $(TOOLS)/opa ## write docs/resources.md, docs/traits.md and docs/rules from the estimators and rules
	@python -m tollbar.resources.reference
	@tollbar policy docs --out docs/rules --examples examples/rules

.PHONY: snapshot
snapshot: $(SNAPSHOT) ## compile the price tables into the snapshot

.PHONY: bundle
bundle: $(TOOLS)/opa ## build the policy library's artifacts into dist/, signed with TOLLBAR_SIGNING_KEY_FILE
	@PYTHON=$(PYTHON) bundle/build.sh

.PHONY: bundle-verify
bundle-verify: $(TOOLS)/opa ## verify a bundle's signature: make bundle-verify BUNDLE=FILE KEY=PUBLIC_KEY_FILE
	@bundle/verify.sh '$(BUNDLE)' '$(KEY)'

.PHONY: release-manifest
release-manifest: $(TOOLS)/opa ## record what this version of the rule set promises, once it is released
	@$(PYTHON) -m bundle.semantic_version
	@$(PYTHON) -m bundle.release_manifest

.PHONY: families
families: $(VENV)/.runtime ## record what the families of the price tables look like, after a look at what changed
	@python -m tollbar.catalog.integrity

.PHONY: prices
prices: $(VENV)/.runtime ## fill the price tables from downloaded source tables: make prices FROM=DIRECTORY
	@python -m tollbar.catalog.build $(FROM)

.PHONY: picture
picture: $(VENV)/.runtime $(SNAPSHOT) $(TOOLS)/opa ## draw the picture in README.md
	@python docs/picture.py

.PHONY: lock
lock: ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml requirements/build.in --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -o requirements/runtime.lock
	uv pip compile pyproject.toml requirements/build.in --upgrade --all-extras --group dev --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -c requirements/runtime.lock -o requirements/dev.lock
	uv pip compile pyproject.toml requirements/build.in --extra comment --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -c requirements/dev.lock -o requirements/comment.lock
	uv pip compile pyproject.toml requirements/build.in --extra service --extra redis --extra postgres --extra comment --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -c requirements/dev.lock -o requirements/service.lock

.PHONY: tools
tools: $(TOOLS)/opa $(TOOLS)/conftest $(TOOLS)/regal $(TOOLS)/actionlint $(TOOLS)/kustomize ## build the pinned opa, conftest, regal, actionlint and kustomize into .tools/bin

.PHONY: clean
clean: ## remove what was made, except .tools
	@rm -rf $(VENV) $(SNAPSHOT) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- how it is made -------------------------------------------------------------------------------

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml hatch_build.py
	@command -v $(PYTHON) > /dev/null || { echo 'Python 3.11 or newer is needed: install it, or name it with PYTHON=...' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) -V): name another with PYTHON=..." >&2; exit 1; }
	@echo 'making $(VENV)'
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements/runtime.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock
	@echo 'adding what the tests need'
	@$(PIP) install --require-hashes --requirement requirements/dev.lock
	@touch $@

$(SNAPSHOT): $(PRICE_TABLES) $(wildcard estimators/tollbar/catalog/integrity/*.py) estimators/tollbar/catalog/snapshot.py estimators/tollbar/catalog/table.py estimators/tollbar/units.toml | $(VENV)/.runtime
	@python -m tollbar.catalog.snapshot
	@touch $@

# A tool of the pinned version on PATH is copied; else it is built with Go.
$(TOOLS)/actionlint: tools/go.mod tools/go.sum
	@mkdir -p $(TOOLS)
	@command -v go > /dev/null || { echo "actionlint is needed: install Go (https://go.dev/dl) to have it built" >&2; exit 1; }
	@echo 'building actionlint'
	@cd tools && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o ../$@ github.com/rhysd/actionlint/cmd/actionlint
	@touch $@

$(TOOLS)/kustomize: tools/go.mod tools/go.sum
	@mkdir -p $(TOOLS)
	@command -v go > /dev/null || { echo "kustomize is needed: install Go (https://go.dev/dl) to have it built" >&2; exit 1; }
	@echo 'building kustomize'
	@cd tools && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o ../$@ sigs.k8s.io/kustomize/kustomize/v5
	@touch $@

MODULE := github.com/open-policy-agent
VERSION_FLAGS := -X $(MODULE)/conftest/internal/version.Version=$$version -X $(MODULE)/regal/pkg/version.Version=$$version
$(TOOLS)/opa $(TOOLS)/conftest $(TOOLS)/regal: $(TOOLS)/%: tools/go.mod tools/go.sum
	@mkdir -p $(TOOLS)
	@version=$$(sed -n 's|^\t$(MODULE)/$* v\([^ ]*\).*|\1|p' tools/go.mod); \
	found=$$(PATH="$${PATH#*:*:}" command -v $* || true); \
	if [ -n "$$found" ] && { "$$found" version 2> /dev/null || "$$found" --version; } | grep -qF "$$version"; then \
		[ "$$found" -ef $@ ] || cp -f "$$found" $@; \
	elif command -v go > /dev/null; then \
		echo "building $* $$version"; \
		cd tools && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $(VERSION_FLAGS)" -o ../$@ $(MODULE)/$*; \
	else \
		echo "$* $$version is needed: install Go (https://go.dev/dl) to have it built, or put $* $$version on PATH" >&2; exit 1; \
	fi
	@touch $@
