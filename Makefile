# The same commands for people and for CI.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin

.PHONY: demo test check format lock golden bench measure chaos clean

demo: .venv/ready
	@$(BIN)/python app.py demo

test: .venv/ready-dev
	@$(BIN)/python -m pytest

check: .venv/ready-dev
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && PYTHONPATH=. $(BIN)/lint-imports

format: .venv/ready-dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

# Write the golden cards anew; review the diff.
golden: .venv/ready-dev
	@AMENDS_GOLDEN=1 $(BIN)/python -m pytest tests/test_slack_cards.py $(wildcard tests/test_teams_cards.py)

bench: .venv/ready-dev
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.teams
	@$(BIN)/python -m tests.bench.timers

# Figures of the ear, the eye and the coach on a folder of labelled JSONL files: make measure FOLDER=…
measure: .venv/ready-dev
	@if [ -z "$(FOLDER)" ]; then $(BIN)/python -m tests.measure_held; else \
		for what in hearing drafts asked; do $(BIN)/python -m tests.measure_$$what "$(FOLDER)" || exit 1; done; fi

# 200 SIGKILLs under traffic and faults, then a locked database, a full disk, a clock that jumps and a platform gone for
# an hour: counts pings lost and doubled at the platform's side.
chaos: .venv/ready-dev
	@$(BIN)/python -m tests.chaos

# Locks are universal (every platform, Python >= 3.11) and hashed; they name no host.
lock: .venv/ready-dev
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv build *.egg-info

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Amends needs Python 3.11 or newer with its venv module. On Debian or Ubuntu: sudo apt install python3-venv; on macOS: install Python 3.11+."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/ready: requirements.lock .venv/bin/python
	@echo "Installing the locked requirements into .venv …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/ready-dev: requirements-dev.lock .venv/bin/python
	@echo "Installing the locked requirements for development into .venv …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ .venv/ready
