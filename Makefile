# Two commands are enough: `make run` and `make test`.  Each sets up what it needs by itself.

PYTHON ?= python3
VENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test check bench screenshots data-report package lock clean set-up set-up-test

help:
	@echo 'make run          open the program on its sample workspace (without a display: write the sample note)'
	@echo 'make test         run every check and every test'
	@echo 'make check        run the quick ones, without those of pages and windows'
	@echo 'make bench        measure what must be fast'
	@echo 'make screenshots  take pictures of the window into build/screenshots'
	@echo 'make data-report  import every file of ../shared/data and write what became of each into build/data-report.md'
	@echo 'make package      build the wheel into build/wheel'
	@echo 'make lock         write the lock files again (make lock UPGRADE=--upgrade for newer versions)'
	@echo 'make clean        remove what was built; the environment stays'

set-up:
	@$(PYTHON) packaging/set_up.py run

set-up-test:
	@$(PYTHON) packaging/set_up.py test

run: set-up
	@$(VENV)/python -m briefing.first_run

test: set-up-test
	@bash packaging/test.sh full

check: set-up-test
	@bash packaging/test.sh quick

bench: set-up-test
	@bash packaging/test.sh bench

screenshots: set-up-test
	@QT_QPA_PLATFORM=offscreen $(VENV)/python tests/ui/screenshots.py build/screenshots

data-report: set-up-test
	@$(VENV)/python packaging/data_report.py ../shared/data tests/core/data/answers.toml build/data-report.md

package: set-up
	@$(VENV)/hatchling build -t wheel -d build/wheel

lock:
	@bash packaging/lock.sh $(UPGRADE)

clean:
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	@find src ui tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
