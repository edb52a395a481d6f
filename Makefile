# The two commands of the README are `make boot` and `make test`. Everything else is for the inner loop.

VENV   ?= .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TOOLS  := $(VENV)/.tools
SEED   ?= 1
ON     ?= local
JOBS   ?= 2
RUN    := --on $(ON) --jobs $(JOBS)
DUO    := model:bedplate.chips.duo:Duo

.PHONY: boot test proofs check lint setup format gen docs bench clean
.DEFAULT_GOAL := boot

boot: $(STAMP)                ## boot the reference chip on the embedded model
	@$(BIN)/bedplate up

test: lint $(TOOLS)           ## everything: checks, tests, and the proofs on model and RTL
	@$(BIN)/pytest -q -n 2
	@$(BIN)/bedplate dv conformance --by-type --jobs 2
	@$(BIN)/bedplate -t rtl:tern dv conformance --by-type --jobs 2
	@$(BIN)/bedplate dv compare model:tern rtl:tern
	@$(BIN)/bedplate -t rtl:tern dv wiring
	@$(BIN)/bedplate dv inject --runs 3000
	@$(BIN)/bedplate -t $(DUO) dv inject --runs 1500
	@$(BIN)/bedplate dv kill
	@$(BIN)/bedplate -t $(DUO) dv kill
	@$(BIN)/bedplate -t rtl:tern dv kill --flow boot --sample 500
	@$(BIN)/bedplate dv spi-noise
	@$(BIN)/bedplate dv compare model:tern qemu:pci --scenario boot
	@$(BIN)/bedplate dv compare model:tern qemu:spi --scenario boot
	@$(BIN)/bedplate dv power-cut --cuts 8

proofs: test                  ## everything at full size, for hours; SEED=N for other cases, ON=tcp://... for a farm (docs/farm.md)
	@$(BIN)/bedplate dv matrix
	@$(BIN)/bedplate dv conformance $(RUN)
	@$(BIN)/bedplate -t rtl:tern dv conformance $(RUN)
	@$(BIN)/bedplate dv inject --runs 1000000 --seed $(SEED) $(RUN)
	@$(BIN)/bedplate -t $(DUO) dv inject --runs 500000 --seed $(SEED) $(RUN)
	@$(BIN)/bedplate dv spi-noise --frames 10000000 --seed $(SEED) $(RUN)
	@$(BIN)/bedplate dv power-cut --cuts 400 --seed $(SEED) $(RUN)
	@$(BIN)/python -m bedplate.dv.mutant.core $(RUN)
	@$(BIN)/python -m bedplate.dv.mutant.driver $(RUN)
	@$(BIN)/bedplate qemu up --device rtl
	@$(BIN)/bedplate dv compare model:tern qemu:pci $(RUN)
	@$(BIN)/bedplate dv compare model:tern qemu:spi $(RUN)
	@$(BIN)/bedplate dv compare model:tern 'rtl:tern?spi=1' --scenario boot --scenario resume $(RUN)
	@$(BIN)/bedplate dv kill --whole $(RUN)
	@$(BIN)/bedplate -t $(DUO) dv kill --whole $(RUN)
	@$(BIN)/bedplate -t rtl:tern dv kill $(RUN)

check: lint                   ## the inner loop, under a minute: style, types, imports, generated files, tests of what changed
	@$(BIN)/python .ci/changed | xargs -r $(BIN)/pytest -q -n $(JOBS) -k "not rtl" --within 25

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/bedplate gen --check
	@$(BIN)/python -m bedplate.dv.docs --check
	@$(BIN)/python -m bedplate.dv.mutant.core --check
	@$(BIN)/lint-imports
	@$(BIN)/mypy

setup: $(STAMP)               ## only install

$(STAMP): pyproject.toml
	@echo "setting up $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Bedplate needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv" >&2; exit 6; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cli,gen,rtl,farm,dev]'
	@touch $@

$(TOOLS): hw/install-tools $(STAMP)
	@hw/install-tools $(BIN)/python
	@touch $@

format: $(STAMP)              ## rewrite sources in the style of the project
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

gen: $(STAMP)                 ## registers from their descriptions
	@$(BIN)/bedplate gen

docs: $(STAMP)                ## pages and pictures that are made from the code, each beside it
	@$(BIN)/python -m bedplate.dv.docs
	@$(BIN)/bedplate up --picture src/bedplate/chips/tern/boot.svg > /dev/null

bench: $(STAMP)               ## measure: ratios within one run
	@$(BIN)/bedplate bench

clean:                        ## remove what was made
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
