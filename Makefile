# make help lists what there is. Everything works on a machine with only Python 3.10.
SHELL := /usr/bin/env bash
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help install run doctor train evaluate soak lighthouse adapt test check fix screenshots copy

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install  ## Install, train if needed, load the demo programme, start bot and desk
	@$(PYTHON) -m desk run

doctor: install  ## Say which channels and parts are ready, which are not, and why
	@$(PYTHON) -m desk doctor

test: check-python  ## Run all tests, fast and slow
	@scripts/install test
	@$(PYTHON) -m bot train
	@scripts/test

check: check-python  ## Look for mistakes; changes nothing
	@scripts/install test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m desk makemigrations --check --dry-run
	@$(PYTHON) -m desk draw_statuses --check
	@$(PYTHON) -m desk draw_env --check

fix: check-python  ## Mend style, redraw what is drawn from code
	@scripts/install test
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m desk draw_statuses
	@$(PYTHON) -m desk draw_env

train: install  ## Train the model if its texts, rules or code changed
	@$(PYTHON) -m bot train

evaluate: train  ## Print how the model does on texts that nobody tuned on
	@$(PYTHON) -m bot evaluate
	@$(PYTHON) -m desk evaluate_supports
	@$(PYTHON) -m desk corrections

soak: train  ## 1,000 texts to two bots while one is killed: nothing lost, nothing doubled (6 min)
	@scripts/install test
	@$(PYTHON) -W ignore -m benchmarks.soak

lighthouse: install  ## Lighthouse's accessibility score of each main page of the desk
	@$(PYTHON) -m benchmarks.lighthouse

adapt: install  ## Adapt the encoder to the texts anew (about 20 minutes; needs PyTorch)
	@scripts/adapt

copy: check-python  ## Print every text a patient can receive, with segments and reading age
	@scripts/install test
	@$(PYTHON) -m bot copy

install:  ## Install exactly what is locked
	@scripts/install

screenshots: check-python  ## Make the pictures in docs/screenshots from the running program
	@scripts/install test
	@$(PYTHON) -m bot train
	@scripts/test -m browser --screenshots docs/screenshots
	@scripts/test tests/desk/posters/test_pictures.py --screenshots docs/screenshots

.PHONY: check-python
check-python:
	@[ -x $(PYTHON) ] || scripts/find-python >/dev/null
