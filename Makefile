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

SAMPLES := power-cut inject compare kill wiring conformance-rtl guests kill-rtl inject-duo conformance spi-noise kill-duo
.PHONY: boot test proofs check lint setup format gen docs bench clean samples $(SAMPLES)
.DEFAULT_GOAL := boot

boot: $(STAMP)                ## boot the reference chip on the embedded model
	@$(BIN)/bedplate up

test: lint $(TOOLS)           ## everything: checks, tests, and the proofs on model and RTL, each with a fixed sample
	@$(BIN)/pytest -q -n 2
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target samples

# One process each, two at a time, the longest first: what each says is shown when it ends. The first that fails ends it all.
samples: $(SAMPLES)

compare:         ; @$(BIN)/bedplate dv compare model:tern rtl:tern --jobs 1
wiring:          ; @$(BIN)/bedplate -t rtl:tern dv wiring --jobs 1
conformance:     ; @$(BIN)/bedplate dv conformance --by-type --jobs 1
conformance-rtl: ; @$(BIN)/bedplate -t rtl:tern dv conformance --by-type --jobs 1
inject:          ; @$(BIN)/bedplate dv inject --runs 3000 --jobs 1
inject-duo:      ; @$(BIN)/bedplate -t $(DUO) dv inject --runs 1500 --jobs 1
kill:            ; @$(BIN)/bedplate dv kill --jobs 1
kill-duo:        ; @$(BIN)/bedplate -t $(DUO) dv kill --jobs 1
kill-rtl:        ; @$(BIN)/bedplate -t rtl:tern dv kill --flow boot --sample 500 --jobs 1
spi-noise:       ; @$(BIN)/bedplate dv spi-noise --jobs 1
power-cut:       ; @$(BIN)/bedplate dv power-cut --cuts 8 --jobs 1
guests:
	@$(BIN)/bedplate dv compare model:tern qemu:pci --scenario boot --jobs 1
	@$(BIN)/bedplate dv compare model:tern qemu:spi --scenario boot --jobs 1

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
	@$(BIN)/python .ci/changed --types | xargs -r -d '\n' $(BIN)/pytest -q -n $(JOBS) --within 20 tests -k

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
