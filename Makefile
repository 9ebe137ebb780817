# Everything a developer runs. `make demo` and `make test` need python3 (3.11 or newer), make and git;
# they make the virtual environment .venv and keep to it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUNTIME := $(VENV)/.installed
DEVELOPMENT := $(VENV)/.installed-dev

.PHONY: demo test trust check docs golden score bench bench-serve system clean
.DEFAULT_GOAL := check

DEMO := build/demo.musnad

demo: $(RUNTIME)
	rm -rf $(DEMO) && mkdir -p build
	@echo "== The article read by machine, against the record a person made of it" && echo
	$(BIN)/musnad read seeds/shafaq-2025-10-11/article.txt --output build/read.json
	$(BIN)/musnad compare build/read.json seeds/shafaq-2025-10-11/record.json
	@echo && echo "== The reviewed record, as a graph" && echo
	$(BIN)/musnad build seeds/shafaq-2025-10-11 --store $(DEMO)
	@echo && echo "== Who says what" && echo
	$(BIN)/musnad statements --store $(DEMO)
	@echo && echo "== What sources agree on" && echo
	$(BIN)/musnad agreements --store $(DEMO)
	@echo && echo "== What they contradict one another on, and why" && echo
	$(BIN)/musnad conflicts --store $(DEMO)
	@echo && echo "== What only looks like a conflict" && echo
	$(BIN)/musnad findings --kind non-conflict --store $(DEMO)
	@echo && echo "== One claim, from its triple to the characters in the article" && echo
	$(BIN)/musnad trace s3c4 --store $(DEMO)
	@echo && echo "== Everything as Turtle" && echo
	$(BIN)/musnad export --store $(DEMO) --output build/seed.ttl
	@echo && echo "== Look at it all in a browser: articles, claims, questions, sources, SPARQL" && echo
	@echo "    $(BIN)/musnad serve --store $(DEMO)"

test: system $(DEVELOPMENT)
	$(BIN)/python -m pytest

# The suites that try to lose, damage or smuggle in something, tried harder than in `make test`; the figures of what
# was tried stand at the end. Plan for half an hour on two cores.
trust: system $(DEVELOPMENT)
	MUSNAD_TRUST=1 $(BIN)/python -m pytest tests/trust tests/serving/test_hostile.py tests/serving/test_limits.py

check: $(DEVELOPMENT)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# The documentation site, in build/site. Warnings are errors, and so is anything that a page would load from
# elsewhere. The tests build it too, so `make check` needs no second build.
docs: $(DEVELOPMENT)
	$(BIN)/python scripts/build_site.py
	@echo "built build/site/index.html"

# Rewrites the golden files under tests/golden/. Read the diff before you commit it.
golden: $(DEVELOPMENT)
	MUSNAD_GOLDEN=1 $(BIN)/python -m pytest
	git status --short tests/golden

# How well articles are read, against the annotated ones for development where they are there.
score: $(DEVELOPMENT)
	$(BIN)/python benchmarks/score.py --per-article
	$(BIN)/python benchmarks/padt.py

# What findings cost, beside their peers: make bench SIZE=1000,10000,100000
SIZE ?= 1000,10000

bench: $(DEVELOPMENT)
	$(BIN)/python benchmarks/findings.py --sizes $(SIZE)

# What pages cost while twenty people read, on a store of so many claims: make bench-serve SIZE=100000
bench-serve: SIZE = 100000
bench-serve: $(DEVELOPMENT)
	$(BIN)/python benchmarks/serve.py --claims $(SIZE) --record

system:
	@PYTHON=$(PYTHON) .ci/system-packages

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are newer than pyproject.toml while what it asks for is installed.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[web]'
	touch $@

$(DEVELOPMENT): pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[dev]'
	touch $(RUNTIME) $@
