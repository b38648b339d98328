# make run | test | lint | bench | format | lock — each does its own set-up on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
APT := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: run test proofs lint bench format lock clean

# With a token in the environment or .env: the real bot. Without: the sandbox with demo people.
run: $(VENV)/.run
	@$(BIN)/python -m bot run --or-demo

test: $(VENV)/.dev chromium
	@$(BIN)/python -m pytest -n auto --dist loadfile

# The long forms of the proofs in docs/reliability.md, on both engines; `python -m benchmarks.proofs R4 --short`.
proofs: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.proofs

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@for file in tests/*/conftest.py; do $(BIN)/mypy --no-error-summary $$file || exit 1; done
	@$(BIN)/lint-imports

# One table, in about ten minutes; --full, --only and --write: python -m benchmarks --help.
bench: $(VENV)/.dev $(VENV)/.peers
	@$(BIN)/python -m benchmarks

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Pins every package with its hashes, naming no registry.
lock: $(VENV)/.dev
	@for name in requirements requirements-dev benchmarks/peers/requirements; do $(BIN)/pip-compile -q --upgrade --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe \
	  -o $$name.txt $$name.in; done

# The browser test drives Debian's chromium.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { echo "Installing chromium for the browser test …"; \
	  $(APT) apt-get update -qq && $(APT) apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

# pip is what a new environment gets last: an interrupted set-up is taken up again.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, such as: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Debian keeps this in a package of its own: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/pip
	@echo "Installing what the bot needs (a minute on the first run) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what lint and tests need …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# The bots that ours is measured beside have an environment of their own.
$(VENV)/.peers: benchmarks/peers/requirements.txt | $(VENV)/bin/pip
	@echo "Installing the bots to measure beside …"
	@$(PYTHON) -m venv $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
