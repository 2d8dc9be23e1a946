# Two commands matter: `make demo` and `make test`. Both make .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := build
JOBS ?= auto

.PHONY: demo test lint types imports smoke bench clean format sample

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: $(VENV)/.installed  ## a release from the articles that ship, verified, and a leaderboard on it
	$(BIN)/builder build --out $(OUT)/demo/release --overwrite
	$(BIN)/builder verify $(OUT)/demo/release
	$(BIN)/benchmark run majority random length tfidf rules --dataset $(OUT)/demo/release --out $(OUT)/demo/run --overwrite

test: $(VENV)/.installed
	$(BIN)/pytest -n $(JOBS)

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy

imports: $(VENV)/.installed  ## the wings never import each other; the ground floor imports neither
	$(BIN)/lint-imports

smoke: $(VENV)/.installed  ## the built wheel, in a clean environment, from another folder
	BIN=$(abspath $(BIN)) PYTHON=$(PYTHON) sh tests/end_to_end/smoke_wheel.sh

bench: $(VENV)/.installed  ## speed against rivals in the same run; never a test
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python tests/bench/speed.py --write

sample: $(VENV)/.installed  ## rebuilds data/sample and the card at the top level
	$(BIN)/builder build --out data/sample --overwrite
	cp data/sample/README.md DATASET_CARD.md

format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(OUT) dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
