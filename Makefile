# make tutorial   run the tutorial notebook without Jupyter; results in out/
# make test       everything that must hold
# make lab        open the tutorial in JupyterLab
# make fuzz       every Fuzz target, each for FUZZTIME: 3s, or 60s in CI
# make bench      time us beside msticpy, DuckDB and Polars in the same run: writes docs/performance.md;
#                 BENCH='-large' has 100 million events, too, BENCH=-help tells more
# make fleet-examples  run the examples of docs/fleet.md in DuckDB and Polars
# make bench-kernel  time the kernel against ipykernel in the same run
# make spark      the job for a cluster, on one of two workers that loses one; needs Java
# make compat     show our figures in gophernotes and GoNB, built from their modules
# make browser    the kernel in JupyterLab in a real browser; screenshots in out/lab
# make viewer     bundle the interactive tree's module; needs Node and npm
# make viewer-check  its types and tests, and that the committed bundle is a fresh build's
# make viewer-browser  exported pages in a real browser; screenshots in out/ui
# make test-ui    and the tree in JupyterLab 4 and Notebook 7: live, saved, exported, hostile
# make viewer-speed  first paint, frames and memory there, and those of Bokeh, in one run
# make exports    figures as Mermaid and GraphML, read by Mermaid's own parser and by networkx
# make gallery    draw the pictures of docs/gallery.md anew
# make generate   regenerate what this project writes: symbol tables, sample logs, the
#                 tutorial's outputs, the README's picture

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
BIN := bin/gopherwood
VENV := .venv
PYTHON := $(VENV)/bin/python
ORIGINALS := $(wildcard ../shared/data/msticpy)

export GOFLAGS := -buildvcs=false

FUZZTIME := 3s

.PHONY: tutorial test lint unit fuzz fresh exports notebook jupyter originals protocol lab bench bench-kernel fleet-examples spark compat browser viewer viewer-check viewer-browser viewer-speed test-ui gallery generate clean $(BIN)

tutorial: $(BIN)
	$(BIN) run notebooks/ProcessTree.ipynb -o out/ProcessTree.ipynb --images out
	@echo "The executed notebook is out/ProcessTree.ipynb, its pictures are out/plot-*.png"

test: lint unit fuzz fresh viewer-check exports notebook test-ui jupyter originals protocol

$(BIN):
	@mkdir -p bin out
	go build -o $(BIN) ./cmd/gopherwood

lint:
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	go vet ./...
	go run $(STATICCHECK) $$(go list ./... | grep -v /internal/symbols$$) # those tables name what is deprecated, too

# Everything once, then what shares memory again under the race detector, without what only takes
# long. The detector also checks pointer arithmetic, which the interpreter's unsafe built-ins do not pass.
RACED := . ./cmd/... ./dataframe ./internal/progress ./kernel/... ./logs ./plotting/... ./ptree
unit:
	go test -timeout 40m ./...
	go test -timeout 40m -race -short -gcflags=github.com/goplus/ixgo=-d=checkptr=0 $(RACED)
	cd bench && go vet ./... && go test ./...

# two targets at a time; what one finds is in the package's testdata/fuzz
fuzz:
	internal/fuzz.sh $(FUZZTIME)

# what programs of this project wrote is what they would write now
fresh:
	go run ./internal/symbols/gen -check -folder internal/symbols
	go run ./notebooks/samples -check

notebook: tutorial
	@n=$$(ls out/plot-*.png | wc -l); test $$n -ge 5 || { echo "only $$n pictures in out/"; exit 1; }
	@diff -q -I '"version":' notebooks/ProcessTree.ipynb out/ProcessTree.ipynb || { echo "the tutorial's stored outputs are not what it prints now: make generate"; exit 1; }

# the same notebook in real Jupyter, in the kernel as installed, with the same outputs
jupyter: $(BIN) $(VENV)/.installed
	$(BIN) install --prefix $(VENV)
	$(PYTHON) notebooks/in_jupyter.py notebooks/ProcessTree.ipynb out/ProcessTree.ipynb out/ProcessTree.jupyter.ipynb

# and on the logs of the original tutorial, where they are at hand
originals: $(BIN) $(VENV)/.installed
ifneq ($(ORIGINALS),)
	$(BIN) install --prefix $(VENV)
	GOPHERWOOD_DATA=$(abspath $(ORIGINALS)) $(BIN) run notebooks/ProcessTree.ipynb -o out/originals.ipynb
	GOPHERWOOD_DATA=$(abspath $(ORIGINALS)) $(PYTHON) notebooks/in_jupyter.py notebooks/ProcessTree.ipynb out/originals.ipynb out/originals.jupyter.ipynb
	$(PYTHON) notebooks/published_numbers.py out/originals.ipynb
else
	@echo "skipped: the original tutorial's logs are not in ../shared/data/msticpy"
endif

# Jupyter's own tests of kernels, against the one just built
protocol: $(BIN)
	VENV=$(abspath .venv-kernel) kernel/jupytertest/run.sh $(abspath $(BIN))

$(VENV)/.installed: notebooks/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r notebooks/requirements.txt
	@touch $@

lab: $(BIN) $(VENV)/.installed
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r notebooks/requirements-lab.txt
	$(BIN) install --prefix $(VENV)
	$(VENV)/bin/jupyter lab notebooks/ProcessTree.ipynb

.venv-bench/.installed: ptree/testdata/msticpy-requirements.txt
	python3 -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.venv-peers/.installed: bench/requirements.txt
	python3 -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

BENCH :=

# what was measured already with this revision is not measured again: BENCH=-fresh does
bench: .venv-bench/.installed .venv-peers/.installed
	@mkdir -p out/bench
	cd bench && go build -o ../out/bench/compare ./cmd/compare && ../out/bench/compare $(BENCH)

# the examples of docs/fleet.md, by the programs that they are written for
fleet-examples: $(BIN) .venv-peers/.installed
	PATH=$(abspath bin):$$PATH .venv-peers/bin/python bench/examples.py docs/fleet.md notebooks/samples/data/win_proc_test.parquet

bench-kernel: $(BIN)
	python3 -m venv .venv-measure
	.venv-measure/bin/pip install --quiet --disable-pip-version-check -r kernel/measure/requirements.txt
	.venv-measure/bin/python kernel/measure/bench.py $(abspath $(BIN))

spark:
	spark/test/run.sh

compat:
	kernel/compat/run.sh

browser:
	kernel/labtest/run.sh

VIEWER := plotting/viewer

$(VIEWER)/node_modules/.installed: $(VIEWER)/package-lock.json
	npm --prefix $(VIEWER) ci --ignore-scripts --silent
	@touch $@

viewer: $(VIEWER)/node_modules/.installed
	npm --prefix $(VIEWER) run --silent build

viewer-check: $(VIEWER)/node_modules/.installed
	npm --prefix $(VIEWER) run --silent check
	npm --prefix $(VIEWER) test --silent
	@mkdir -p out
	cd $(VIEWER) && node build.mjs $(abspath out)/viewer.js
	@cmp out/viewer.js $(VIEWER)/dist/viewer.js || { echo "$(VIEWER)/dist/viewer.js is not what its sources give: make viewer"; exit 1; }

out/ui-pages: $(wildcard $(VIEWER)/*.go) $(VIEWER)/dist/viewer.js
	@mkdir -p $@
	VIEWER_PAGES=$(abspath $@) go test -count=1 -run TestPages ./$(VIEWER)
	@touch $@

$(VIEWER)/browsertest/node_modules/.installed: $(VIEWER)/browsertest/package-lock.json
	npm --prefix $(VIEWER)/browsertest ci --ignore-scripts --silent
	@touch $@

# the same tree drawn by Bokeh, which is how msticpy draws it
out/ui-pages/20k-bokeh.html: out/ui-pages $(VIEWER)/browsertest/bokeh_tree.py $(VIEWER)/browsertest/bokeh-requirements.txt
	python3 -m venv .venv-bokeh
	.venv-bokeh/bin/pip install --quiet --disable-pip-version-check -r $(VIEWER)/browsertest/bokeh-requirements.txt
	.venv-bokeh/bin/python $(VIEWER)/browsertest/bokeh_tree.py out/ui-pages/20k.json $@

viewer-speed: out/ui-pages/20k-bokeh.html

viewer-browser viewer-speed: out/ui-pages $(VIEWER)/browsertest/node_modules/.installed
	VIEWER_PAGES=$(abspath out/ui-pages) VIEWER_SHOTS=$(abspath out/ui) npm --prefix $(VIEWER)/browsertest run --silent $(if $(filter viewer-speed,$@),speed,test)

# the browser is part of the machine; where there is none, the rest of make test still holds
CHROMIUM ?= $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))

ifneq ($(CHROMIUM),)
test-ui: viewer-browser
	notebooks/uitest/run.sh out/ui-pages
else
test-ui:
	@echo "skipped: no Chromium to show the interactive tree in; install one, or say where it is in CHROMIUM"
endif

EXPORTTEST := plotting/exporttest

$(EXPORTTEST)/node_modules/.installed: $(EXPORTTEST)/package-lock.json
	npm --prefix $(EXPORTTEST) ci --ignore-scripts --silent
	@touch $@

.venv-exports/.installed: $(EXPORTTEST)/requirements.txt
	python3 -m venv .venv-exports
	.venv-exports/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# Graphviz and the trace format are checked by the package's own tests
exports: $(EXPORTTEST)/node_modules/.installed .venv-exports/.installed
	@mkdir -p out/exports
	EXPORTS=$(abspath out/exports) go test -count=1 -run 'TestExports|Graphviz|Trace' ./plotting
	node $(EXPORTTEST)/mermaid.mjs out/exports
	.venv-exports/bin/python $(EXPORTTEST)/graphml.py out/exports

gallery:
	go test -count=1 -run TestGallery ./plotting -update

generate:
	go generate ./internal/symbols
	go run ./notebooks/samples
	go build -o $(BIN) ./cmd/gopherwood
	$(BIN) run notebooks/ProcessTree.ipynb -o notebooks/ProcessTree.ipynb
	$(BIN) plot notebooks/samples/data/win_proc_test.parquet --root 'c:\windows\system32\cmd.exe|0x54c|2024-03-12 02:13:00.000000' --color SubjectUserName --title 'What the task started' -o docs/tree.png

clean:
	rm -rf bin out $(VENV) .venv-bench .venv-peers .venv-bokeh .venv-exports .venv-kernel .venv-measure .venv-spark
