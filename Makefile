# Convivencia. `make` alone prints this help.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
PORTS ?= 8001,8002,8003
SEED ?= 20221115
TESTS ?= tests

.PHONY: help run test long check fix bench lock clean

help: ## print this help
	@printf 'Convivencia: the case and observatory system of a non-discrimination office\n\n'
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-7s %s\n", $$1, $$2}'

run: ## start everything with invented data, and print the three addresses (Ctrl-C stops)
	@deploy/prepare run
	@$(PY) -m office up --demo --ports $(PORTS)

test: ## the whole suite, browser and PostgreSQL included (some fifty minutes on two processors)
	@deploy/prepare test
	@$(PY) -m pytest $(TESTS) -n 2 --dist loadfile -m "not long and not bench" -p randomly -p "no:cacheprovider" -q

long: ## what takes more than a few minutes: full matrices, long kill runs, large cities
	@deploy/prepare test
	@$(PY) -m pytest $(TESTS) -n 2 --dist worksteal -m "long" -q --timeout 7200

check: ## ruff, types, import walls, vocabularies, catalogues, lock files; changes nothing
	@deploy/prepare test
	@$(PY) deploy/check.py

fix: ## what can be put right by itself: imports, format of code, catalogues' order
	@deploy/prepare test
	@$(PY) -m ruff check --fix -q . || true
	@$(PY) -m ruff format -q .
	@$(PY) -m office languages update

bench: ## speed and memory, as ratios to a limit measured in the same run
	@deploy/prepare test
	@$(PY) -m tests.benchmarks
	@$(PY) -m tests.benchmarks.desk

lock: ## write the lock files anew from pyproject.toml (with hashes, without addresses)
	@deploy/prepare test
	@cd . && .venv/bin/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 deploy/bootstrap.in -o deploy/bootstrap.lock >/dev/null
	@.venv/bin/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock >/dev/null
	@.venv/bin/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock >/dev/null

clean: ## remove the environment and everything made by `make run`
	@rm -rf .venv var
