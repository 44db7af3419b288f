# Everything starts here. `make` lists the targets; each one first makes what it needs.

# The interpreter that runs the demos: `PYTHON=python3.13 make demo`. What is built for it is kept apart by version, so
# that going back and forth rebuilds nothing.
PYTHON ?= python3

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# What the system's tests are allowed to find; demos must not depend on the caller's settings.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP

PYTHON_TAG := $(shell $(PYTHON) -c 'import sys, platform; print(sys.implementation.name, platform.python_version(), platform.machine(), sep="-")' 2>/dev/null)
ENV := .venv/$(PYTHON_TAG)
ENV_PYTHON := $(ENV)/bin/python
DECK := target/release/deck

# What `make fuzz` runs, and for how many seconds each: `make fuzz FOR=600 FUZZED=chapter`.
FUZZED ?= chapter fence includes recording message
FOR ?= 10
CARGO_FUZZ_VERSION := 0.13.2
CARGO_FUZZ := target/tools/cargo-fuzz-$(CARGO_FUZZ_VERSION)

# The handout's. The preprocessor reads what mdBook 0.4 sends, and not what mdBook 0.5 does.
MDBOOK_VERSION := 0.4.52
MDBOOK := target/tools/mdbook-$(MDBOOK_VERSION)/bin/mdbook
PRESENTATION_VERSION := 0.3.1
PRESENTATION := target/tools/mdbook-presentation-preprocessor-$(PRESENTATION_VERSION)/bin/mdbook-presentation-preprocessor

RUST_SOURCES = $(shell find demo_crate/src demo_crate/python -type f -not -name '*.pyc') demo_crate/Cargo.toml demo_crate/Cargo.lock pyproject.toml
WEB_SOURCES = $(shell find web/src web/theme web/build -type f) web/package.json web/package-lock.json $(wildcard web/*.mjs web/*.json)

# Where traces can be read, not made.
OTHER_PLATFORMS = aarch64-unknown-linux-gnu x86_64-apple-darwin

# The demo crate for readers' browsers. Pyodide itself says which Python it is and which interface it has, so that the
# two are pinned in one place, web/package.json.
PYODIDE := web/node_modules/pyodide
PYODIDE_TARGET := wasm32-unknown-emscripten
PYODIDE_WHEEL := target/demo/pyodide/wheel
pyodide_is = $(shell node -p 'require("./$(PYODIDE)/pyodide-lock.json").info.$(1)')

# What is handed out names no folder of this machine, also where it panics.
REMAP = --remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)=cargo --remap-path-prefix=$(CURDIR)=rusty

# Where the site will be published: `make share ADDRESS=https://example.org/talk/`. Previews of links need it.
ADDRESS ?=
# What the page "about this build" says of the sources; nothing outside of a repository.
REVISION = $(shell git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null)
REVISION_DATE = $(shell git log -1 --format=%cs 2>/dev/null)

SHARE = $(DECK) share $(if $(ADDRESS),--address $(ADDRESS)) $(if $(REVISION),--revision $(REVISION) --date $(REVISION_DATE)) $(ARGS)

# Rust's tests of the demo crate link the interpreter's library, which need not lie where the loader looks.
PYTHON_LIBRARIES = $(shell $(PYTHON) -c 'import sysconfig; print(sysconfig.get_config_var("LIBDIR"))')

# --- What people call -----------------------------------------------------------------------------------------------

.PHONY: help
help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: deck extension ## Run the talk's live demos here, in the terminal. Options: ARGS="--chapter 2 --step".
	@$(DECK) demo --python $(ENV_PYTHON) $(ARGS)

.PHONY: present
present: deck extension web ## Present the slides in the browser, with live Python. Options: ARGS="--port 8000".
	@$(DECK) serve --python $(ENV_PYTHON) $(ARGS)

.PHONY: build
build: deck web ## Build the deck as static files into dist/deck/.
	@$(DECK) build $(ARGS)

.PHONY: share
share: deck web wheels ## Make the site that is shared, in dist/site/. Options: ADDRESS=https://example.org/talk/ ARGS=--with-notes.
	@$(MAKE) --no-print-directory book pdf preview ARGS=
	@$(SHARE)

.PHONY: share-check
share-check: share needs-browser ## Prove that site: links, privacy, sizes, wheels. What holds is then listed on it.
	@cd web && $(if $(findstring --with-notes,$(ARGS)),WITH_NOTES=1) DECK=$(abspath $(DECK)) PYTHON=$(abspath $(ENV_PYTHON)) \
		npm run --silent share-check
	@$(SHARE)

.PHONY: wheels
wheels: needs-run python-parts dist/.wheels ## Build what pip installs, wheels and source distribution, into dist/wheels/.
	@rm -f dist/wheels/*_wasm32.whl
	@[ ! -e $(PYODIDE_WHEEL)/.built ] || cp $(PYODIDE_WHEEL)/*.whl dist/wheels/

.PHONY: book
book: deck handout-tools needs-web target/handout/theme/favicon.svg ## Build the handout by mdBook into dist/handout/.
	@rm -rf dist/.handout.new dist/.handout.old
	@PATH="$(HANDOUT_PATH)" $(MDBOOK) build slides --dest-dir $(abspath dist/.handout.new)
	@if [ -e dist/handout ]; then mv dist/handout dist/.handout.old; fi
	@mv dist/.handout.new dist/handout
	@rm -rf dist/.handout.old

.PHONY: pdf
pdf: deck web needs-browser ## Write dist/slides.pdf, a page for each slide. Options: ARGS=--steps ADDRESS=https://example.org/talk/
	@$(DECK) build >/dev/null
	@cd web && npm run --silent pdf -- $(if $(ADDRESS),--address $(ADDRESS)) $(ARGS)

.PHONY: record
record: deck extension ## Record the output of every live cell anew; review with `git diff`.
	@$(DECK) record --python $(ENV_PYTHON) $(ARGS)

.PHONY: verify
verify: deck extension ## Run every live cell and compare it with its recording.
	@$(DECK) verify --python $(ENV_PYTHON) $(ARGS)

.PHONY: verify-pyodide
verify-pyodide: deck ## Run every Python cell as readers' browsers do, and compare. Options: ARGS="--cell ID".
	@$(IF_PYODIDE); $(MAKE) --no-print-directory web pyodide-wheel && $(DECK) verify --pyodide $(ARGS)

.PHONY: record-pyodide
record-pyodide: deck web pyodide-wheel ## Record what Python cells do otherwise in readers' browsers; review with `git diff`.
	@$(DECK) record --pyodide $(ARGS)

.PHONY: trace
trace: deck extension $(if $(findstring html,$(ARGS)),web) ## Trace one call: CALL='rusty.add_one(41)'. Options: ARGS="--first --all".
	@$(DECK) trace --python $(ENV_PYTHON) $(ARGS) -- "$(or $(CALL),rusty.add_one(41))"

.PHONY: test
test: test-rust test-python verify verify-pyodide test-web test-browser ## Run all tests.
	@echo "All tests passed."

.PHONY: lint
lint: needs-run needs-web $(ENV)/.installed web/node_modules/.package-lock.json ## Check formatting, lints and types.
	cargo fmt --all --check
	cargo fmt --check --manifest-path crates/deck/fuzz/Cargo.toml
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cd demo_crate && cargo fmt --check
	cd demo_crate && PYO3_PYTHON=$(abspath $(ENV_PYTHON)) cargo clippy --all-targets --quiet --target-dir ../target/demo/test -- -D warnings
	$(ENV)/bin/ruff check . && $(ENV)/bin/ruff format --check .
	cd web && npm run --silent check

.PHONY: fuzz
fuzz: needs-run $(CARGO_FUZZ)/bin/cargo-fuzz ## Feed the parsers what nobody would write. Options: FOR=600 FUZZED=chapter.
	@cargo fetch --quiet --locked --manifest-path crates/deck/fuzz/Cargo.toml
	@$(FUZZ) build $(FUZZ_BUILD)
	@for target in $(FUZZED); do $(MAKE) --no-print-directory fuzz-$$target || exit 1; done

.PHONY: check-platforms
check-platforms: ## Compile the tracer's library for systems that cannot trace. It is not run there.
	@for target in $(OTHER_PLATFORMS); do \
		rustup target add $$target 2>/dev/null || { echo "missing: Rust for $$target. rustup target add $$target" >&2; exit 1; }; \
		RUSTFLAGS="-D warnings" cargo check --quiet --locked -p native_trace --target $$target || exit 1; \
	done

.PHONY: bench
bench: deck extension web needs-browser ## Measure every goal of speed that can be measured here. Options: ARGS=--quick.
	@cd web && DECK=$(abspath $(DECK)) PYTHON=$(abspath $(ENV_PYTHON)) npm run --silent bench -- $(ARGS)

.PHONY: load-test
load-test: share needs-browser ## Let 1,000 readers load that site at once, on this machine. Options: READERS=200.
	@cd web && npm run --silent load-test -- $(if $(READERS),--readers $(READERS))

.PHONY: clean
clean: ## Remove everything that the other targets made.
	rm -rf target dist .venv .deck demo_crate/target web/node_modules web/dist web/test-results
	rm -rf .pytest_cache .ruff_cache crates/deck/fuzz/artifacts crates/deck/fuzz/corpus
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The parts ------------------------------------------------------------------------------------------------------

.PHONY: deck
deck: needs-run
	@cargo build --release --quiet --locked -p deck

.PHONY: extension
extension: needs-run $(ENV)/.extension

$(ENV)/.extension: $(ENV)/.installed $(RUST_SOURCES)
	@echo "Building the demo crate for $(PYTHON_TAG) …"
	@rm -rf $(ENV)/wheel
	@CARGO_TARGET_DIR=$(abspath target/demo/$(PYTHON_TAG)) $(ENV)/bin/maturin build --release --locked --quiet \
		--interpreter $(abspath $(ENV_PYTHON)) --out $(ENV)/wheel
	@$(ENV_PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall $(ENV)/wheel/*.whl
	@touch $@

$(ENV)/.installed: demo_crate/requirements.txt
	@echo "Installing Python packages into $(ENV) …"
	@$(PYTHON) -m venv $(ENV) || { rm -rf $(ENV); \
		echo "error: this Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(ENV_PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

.PHONY: pyodide-wheel
pyodide-wheel: $(PYODIDE_WHEEL)/.built

$(PYODIDE_WHEEL)/.built: $(ENV)/.installed web/node_modules/.package-lock.json $(RUST_SOURCES) demo_crate/pyodide/link.sh | needs-pyodide
	@echo "Building the demo crate for the browser …"
	@# Cargo does not know that the linker is a file of the project.
	@rm -rf $(PYODIDE_WHEEL) target/demo/pyodide/$(PYODIDE_TARGET)/browser/.fingerprint/rusty-*
	@CARGO_TARGET_WASM32_UNKNOWN_EMSCRIPTEN_RUSTFLAGS="$(REMAP)" CARGO_TARGET_WASM32_UNKNOWN_EMSCRIPTEN_LINKER=$(abspath demo_crate/pyodide/link.sh) \
		MATURIN_PYEMSCRIPTEN_PLATFORM_VERSION=$(call pyodide_is,abi_version) CARGO_TARGET_DIR=$(abspath target/demo/pyodide) \
		$(ENV)/bin/maturin build --profile browser --locked --quiet --target $(PYODIDE_TARGET) \
		--interpreter python$(basename $(call pyodide_is,python)) --out $(PYODIDE_WHEEL)
	@touch $@

# A site without Python for readers' browsers is complete in everything else, so here, unlike in CI, it may be missing.
.PHONY: python-parts
python-parts: needs-run
	@$(MAKE) --no-print-directory --silent pyodide-wheel || [ -z "$$CI" ]

dist/.wheels: $(ENV)/.installed $(RUST_SOURCES)
	@echo "Building the wheel and the source distribution …"
	@rm -rf dist/wheels && mkdir -p dist
	@CARGO_TARGET_DIR=$(abspath target/demo/wheels) RUSTFLAGS="$(REMAP)" $(ENV)/bin/maturin build --release --strip \
		--locked --quiet --sdist --interpreter $(abspath $(ENV_PYTHON)) --out dist/wheels
	@touch $@

.PHONY: preview
preview: build needs-browser
	@cd web && npm run --silent preview

# mdBook looks for preprocessors where the shell looks for commands. Its own server and watcher are left out: `make present`
# is that. Little is optimised, because it runs for a second and everybody waits for its build.
HANDOUT_PATH = $(abspath $(dir $(DECK))):$(abspath $(dir $(PRESENTATION))):$$PATH

.PHONY: handout-tools
handout-tools: needs-run $(MDBOOK) $(PRESENTATION)

$(MDBOOK): INSTALLED := mdbook --version $(MDBOOK_VERSION) --no-default-features --features search
$(PRESENTATION): INSTALLED := mdbook-presentation-preprocessor --version $(PRESENTATION_VERSION)

$(MDBOOK) $(PRESENTATION):
	@echo "Installing $(firstword $(INSTALLED)) into target/ …"
	@CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo install $(INSTALLED) --locked --quiet \
		--root $(abspath $(dir $@)..) --target-dir target/tools/build

target/handout/theme/favicon.svg: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@cd web && npm run --silent handout

.PHONY: web
web: needs-web web/dist/deck.js target/web/node-session.mjs

web/dist/deck.js: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@cd web && npm run --silent build

# What was just built is there already: it is the last that is written.
target/web/node-session.mjs: web/dist/deck.js
	@[ $@ -nt $< ] || { cd web && npm run --silent build; }

web/node_modules/.package-lock.json: web/package-lock.json
	@echo "Installing the front end's packages …"
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.PHONY: test-rust test-python test-web test-browser
test-rust: needs-run needs-proof $(ENV)/.extension web handout-tools
	@$(IF_PYODIDE); $(MAKE) --no-print-directory pyodide-wheel
	PYTHON=$(abspath $(ENV_PYTHON)) cargo test --release --workspace --locked --quiet
	cd demo_crate && PYO3_PYTHON=$(abspath $(ENV_PYTHON)) LD_LIBRARY_PATH=$(PYTHON_LIBRARIES) \
		cargo test --locked --quiet --target-dir ../target/demo/test

test-python: extension
	CARGO_TARGET_DIR=$(abspath target/demo/$(PYTHON_TAG)) $(ENV)/bin/pytest --quiet

test-web: needs-web web/node_modules/.package-lock.json pyodide-wheel
	cd web && npm run --silent check && npm test --silent

test-browser: deck extension web pyodide-wheel needs-browser book
	@$(DECK) verify --pyodide=chromium
	cd web && DECK=$(abspath $(DECK)) PYTHON=$(abspath $(ENV_PYTHON)) npm run --silent browser

# Seeds are the slides, the recordings, and a few lines that neither has; what a run finds goes into target/.
FUZZ_SEEDS_chapter := slides/src
FUZZ_SEEDS_fence := slides/src crates/deck/fuzz/seeds/fence
FUZZ_SEEDS_includes := slides/src crates/deck/fuzz/seeds/includes
FUZZ_SEEDS_recording := slides/recordings
FUZZ_SEEDS_message := crates/deck/fuzz/seeds/message

# The pinned toolchain does it, without a sanitizer: those need a nightly one, and there is no unsafe code to find fault with.
FUZZ := cd crates/deck && PATH="$(abspath $(CARGO_FUZZ))/bin:$$PATH" RUSTFLAGS="-Cdebuginfo=0" cargo fuzz
FUZZ_BUILD := --sanitizer none --debug-assertions --codegen-units 16 --target-dir $(abspath target/fuzz)

fuzz-%:
	@mkdir -p target/fuzz/found/$*
	@$(FUZZ) run $* $(FUZZ_BUILD) $(abspath target/fuzz/found/$* $(FUZZ_SEEDS_$*)) -- \
		-max_total_time=$(FOR) -max_len=32768 -timeout=10 -verbosity=0 -print_final_stats=1

$(CARGO_FUZZ)/bin/cargo-fuzz:
	@echo "Installing cargo-fuzz into target/ …"
	@cargo install cargo-fuzz --version $(CARGO_FUZZ_VERSION) --locked --quiet --root $(CARGO_FUZZ) --target-dir target/tools/build

# --- What must be there already, with a way to get it ----------------------------------------------------------------

.PHONY: needs-run
needs-run:
	@missing=; \
	command -v cargo >/dev/null || { missing=1; echo "missing: cargo. Install Rust with rustup: https://rustup.rs" >&2; }; \
	command -v cc >/dev/null || { missing=1; echo "missing: a C compiler. Debian and Ubuntu: apt install gcc; macOS: xcode-select --install" >&2; }; \
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || { missing=1; \
		echo "missing: CPython 3.11 to 3.14 as '$(PYTHON)', found: $$($(PYTHON) --version 2>&1 | tail -n 1). Name another with PYTHON=python3.13 make …" >&2; }; \
	[ -z "$$missing" ]

.PHONY: needs-web
needs-web:
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null || { \
		echo "missing: Node 20 or newer, with npm: https://nodejs.org, or your system's package manager" >&2; exit 1; }
	@command -v npm >/dev/null || { echo "missing: npm. It comes with Node; on Debian and Ubuntu: apt install npm" >&2; exit 1; }

.PHONY: needs-pyodide
needs-pyodide: needs-web
	@rustup target add $(PYODIDE_TARGET) 2>/dev/null || { \
		echo "missing: Rust for $(PYODIDE_TARGET), which cells in the browser need. rustup target add $(PYODIDE_TARGET)" >&2; exit 1; }

# Ends a recipe without harm where cells cannot run as in readers' browsers, and says so. In continuous integration it fails.
IF_PYODIDE = $(MAKE) --no-print-directory --silent needs-pyodide || { \
	echo "NOT RUN: cells as in readers' browsers ($@)" >&2; [ -z "$$CI" ]; exit; }

.PHONY: needs-browser
needs-browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	{ command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && echo "Installing Chromium …" \
		&& apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
	{ echo "missing: Chromium for the browser tests. Debian: apt install chromium; elsewhere: https://www.chromium.org" >&2; exit 1; }

.PHONY: needs-proof
needs-proof:
	@command -v gdb >/dev/null && command -v valgrind >/dev/null || \
	{ command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && echo "Installing gdb and valgrind …" \
		&& apt-get update -qq && apt-get install -y -qq gdb valgrind >/dev/null; } || \
	[ -z "$$CI" ] || { echo "missing: gdb and valgrind, which the tracer is compared with. Debian: apt install gdb valgrind" >&2; exit 1; }
