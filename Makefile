# Every task of the project. Plain `make` lists them; each makes its own virtual environment first.
# Needs Python 3.11 or newer, git and make; uses uv and the machine's npm where there are any.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PINS := pyproject.toml package.json package-lock.json tools/assets.py tools/build_hook.py
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTEST := $(BIN)/pytest --numprocesses=auto --maxprocesses=4 --dist=loadgroup

# What does not touch a database, or has one of its own, runs once, on the way through SQLite.
WITHOUT_DATABASE := --ignore=src/oce/vf --ignore=tests/architecture --ignore=tests/building --ignore=tests/journeys \
	--ignore=src/oce/site/tests/test_new_app.py --ignore=src/oce/site/tests/test_battery.py \
	--ignore=src/oce/kit/tests/test_private_postgres.py --ignore=src/oce/site/tests/test_address.py \
	-k 'not (test_without_it_the_others_run or switched_off or demo or browser or ctrl_c or port_that_is_taken)'

.DEFAULT_GOAL := list
.PHONY: list setup demo serve test check lint fix docs schema messages bench app clean

list:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make the virtual environment with everything in it

$(READY): $(PINS)
	@if command -v uv >/dev/null; then \
		uv venv --quiet --allow-existing --python '>=3.11' $(VENV) && \
		uv pip install --quiet --python $(BIN)/python --editable '.[dev]'; \
	else \
		for python in $(PYTHONS); do \
			$$python -c '$(RECENT)' 2>/dev/null && found=$$python && break; \
		done; \
		test -n "$$found" || { echo 'Python 3.11 or newer is needed; none of $(PYTHONS) is.' >&2; exit 1; }; \
		test -x $(BIN)/python || $$found -m venv $(VENV); \
		echo 'Setting up: a few minutes the first time.'; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'; \
	fi
	@$(BIN)/python -m tools.assets
	@touch $@

demo: $(READY) ## Tell stories and two ordinary years into a fresh database and open the running system
	@$(BIN)/oce demo

serve: $(READY) ## Run the system on this machine
	@$(BIN)/oce serve

test: $(READY) ## Run every test on SQLite, then on PostgreSQL where this machine has it
	@$(BIN)/python -m tests.journeys.browser --is-here || \
		echo 'This machine has no Chromium: the journeys through a browser are left out.'
	$(PYTEST)
	@if $(BIN)/python -m oce.kit.testing.postgres --is-here; then \
		echo 'The same on PostgreSQL'; \
		OCE_TEST_DATABASE=postgres $(PYTEST) $(WITHOUT_DATABASE); \
	fi

check: lint test ## Everything CI asks for: style, types, architecture, documents, tests

lint: $(READY) ## The part of check that runs no code: style, types, architecture, documents
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	OCE_SECRET_KEY=unused $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell
	$(BIN)/djlint src --check --lint --quiet
	$(BIN)/python -m tools.reference --check

fix: $(READY) ## Format, and repair what can be repaired safely
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djlint src --reformat --quiet

docs: $(READY) ## Write the reference pages anew from the code
	$(BIN)/python -m tools.reference

schema: $(READY) ## Write the GraphQL schema file anew
	$(BIN)/python -m tools.reference schema.graphql

messages: $(READY) ## Collect the texts for translators and compile what they translated (needs gettext)
	@$(BIN)/python -m tools.messages

bench: $(READY) ## Measure the budgets of docs/performance.md beside the raw limits of this machine
	$(BIN)/python -m bench

app: $(READY) ## Start a new app: make app name=tool-library record=Loan
	@test -n "$(name)" || { echo 'Say which: make app name=tool-library' >&2; exit 2; }
	@$(BIN)/oce new-app $(name) $(if $(record),--record $(record))

clean: ## Remove what the tools made, the virtual environment too
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	rm -rf src/oce/site/static/vendor
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
