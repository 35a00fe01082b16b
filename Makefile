# Two commands do everything on a fresh machine that has Python and make:
#   make review   set-up, then the main job on the samples in corpus/samples/
#   make test     set-up, then lint, types, import directions and all tests
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
OUT    := out/review

.PHONY: review test check bench clean

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

review: $(VENV)/ready
	rm -rf $(OUT)
	$(BIN)/python corpus/samples/make_samples.py --out $(OUT)/office
	$(BIN)/shenwen index add $(OUT)/office/issued --index $(OUT)/index
	@# Findings are what the samples are for: exit status 1 ("complaints") is success here, 2 is not.
	$(BIN)/shenwen review $(OUT)/office/drafts $(OUT)/office/issued --index $(OUT)/index --out $(OUT)/report || [ $$? -eq 1 ]

check: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tests/type_check.py
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest

bench: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	$(BIN)/python tests/benchmarks/run.py

clean:
	rm -rf $(VENV) out build *.egg-info
