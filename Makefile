# Two commands matter: `make chat` opens the assistant, `make test` runs the tests.
# Both set up .venv by themselves, and do nothing where it is up to date.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Where the demonstration region is kept; another folder holds your own data.
export PLACEMENTS_DATA_DIR ?= $(CURDIR)/.placements
# Extra words for pip, such as an index that holds CPU builds of torch (see README).
PIP_ARGS ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check install -c constraints.txt $(PIP_ARGS)

.PHONY: chat ask test check bench gate results backtest demo format clean
.DEFAULT_GOAL := chat

chat: $(VENV)/.runtime demo
	@$(BIN)/placements chat

ask: export QUESTION = $(Q)
ask: $(VENV)/.runtime demo
	@$(BIN)/placements ask "$$QUESTION"

demo: $(VENV)/.runtime
	@test -f "$(PLACEMENTS_DATA_DIR)/manifest.json" || $(BIN)/placements demo

test: $(VENV)/.development
	$(BIN)/python -m pytest

check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.development
	$(BIN)/python -m evals.bench

# A small fixed set of questions against its kept baseline.
gate: $(VENV)/.runtime demo
	$(BIN)/placements eval gate

# Every shipped question, with each brain that needs no model server, in one table.
RESULTS ?= $(PLACEMENTS_DATA_DIR)/evaluations/results-$(shell date +%Y%m%d-%H%M%S)
results: $(VENV)/.runtime demo
	$(BIN)/placements index build
	for brain in built-in lexical-only dense-only; do \
		$(BIN)/placements eval run tune look --brain $$brain --out "$(RESULTS)/$$brain" >&2 \
			|| exit 1; \
	done
	@$(BIN)/placements eval table "$(RESULTS)" --markdown

backtest: $(VENV)/.development demo
	$(BIN)/python -m evals.backtests "$(PLACEMENTS_DATA_DIR)"

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build *.egg-info

$(VENV)/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV): about two minutes the first time." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@$(BIN)/python -m compileall -q assistant corpus evals index tools tui
	@touch $@

$(VENV)/.development: $(VENV)/.runtime
	$(PIP) -e ".[dev]"
	@touch $@
