# The commands of this repository. `make help` lists them; README.md tells more.
# The steps themselves are small scripts in .ci/.

SHELL := bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dev test bench setup node browser site server lint test-rust test-browser deny clean

# The program and the site folder are at a documented place, whatever this machine's cargo is set to.
export CARGO_TARGET_DIR := $(CURDIR)/target
LOCKED := $(if $(CI),--locked)
STEP := .ci/step

PROGRAM := target/release/partner-center
SITE := target/site/assets.json
LISTEN := $(or $(PC_LISTEN),127.0.0.1:3000)

help: ## this list
	@echo "Partner Center. In this repository:"
	@echo
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22
	@echo
	@echo "A new user needs 'make run', a developer 'make test'."

run: setup node-or-without site server ## build and serve at http://127.0.0.1:3000, with demo data
	@printf '\n==> %s  Serving at http://%s (Ctrl+C stops it)\n' "$$(date +%H:%M:%S)" "$(LISTEN)"
	@printf '    Sign in as admin@lanhai.example (a partner) or content@vendor.example (vendor staff), password partner-demo.\n'
	@printf '    If it does not start: PC_LISTEN=127.0.0.1:3001 make run takes another port; rm -r data makes new demo data.\n\n'
	@exec $(PROGRAM) serve

dev: setup node-or-without ## serve, and rebuild and restart on every change
	@.ci/dev

test: lint test-rust site server test-browser ## everything that CI checks
	@printf '\n==> %s  All green.\n' "$$(date +%H:%M:%S)"

bench: setup node browser site server ## the benchmarks, as a table
	@command -v wrk >/dev/null || $(STEP) "Looking for a load generator" "No matter: ours is slower, the figures are lower bounds." .ci/install wrk || true
	@$(STEP) "Benchmarks (half an hour or more; keep the machine quiet)" \
	  "The log of the measured server is in end2end/results/bench." \
	  node end2end/bench/run.mjs

# --- Steps of the above ---

setup: ## the WebAssembly target and what else the build needs
	@$(STEP) "Looking for the toolchain" "Install what the line above names, then try again." .ci/setup

node: ## front-end tools and test runner, pinned by end2end/package-lock.json
	@$(STEP) "Looking for the front-end tools" "Install what the line above names, or mend the connection to the npm registry." .ci/node

.PHONY: node-or-without
node-or-without:
	@$(STEP) "Looking for the front-end tools" \
	  "They make the pages smaller but are not needed: hide npm from PATH to build without them." \
	  .ci/node --or-without

browser: ## a browser for the tests
	@$(STEP) "Looking for a browser" "Install Chromium, or set PC_CHROMIUM to its path." .ci/browser

site: setup $(SITE) ## target/site: WebAssembly, styles, icons

# Names of folders are in the list so that a deleted file counts as a change.
SITE_SOURCES := $(shell find app frontend style public -not -path '*/tests/*' 2>/dev/null) Cargo.toml Cargo.lock .cargo/config.toml rust-toolchain.toml

$(SITE): $(SITE_SOURCES) $(wildcard end2end/node_modules/.package-lock.json)
	@$(STEP) "Building the pages (first time: some minutes)" \
	  "Read the first error above. After an interrupted download just try again; 'make clean' starts from nothing." \
	  cargo run --release $(LOCKED) --package bundle
	@touch $@

server: setup ## target/release/partner-center
	@$(STEP) "Building the server (first time: some minutes)" \
	  "Read the first error above. After an interrupted download just try again; 'make clean' starts from nothing." \
	  cargo build --release $(LOCKED) --package partner-center

lint: setup node ## formatting and lints
	@$(STEP) "Formatting" "'cargo fmt --all' mends it." cargo fmt --all --check
	@$(STEP) "Lints, server side" "Mend what clippy names above." \
	  cargo clippy --workspace --all-targets $(LOCKED) -- -D warnings
	@$(STEP) "Lints, browser side" "Mend what clippy names above." \
	  cargo clippy --package frontend --target wasm32-unknown-unknown $(LOCKED) -- -D warnings
	@$(STEP) "Types of the browser tests" "Mend what the TypeScript compiler names above." \
	  end2end/node_modules/.bin/tsc --noEmit --project end2end
	@$(STEP) "Dependencies" "deny.toml says what is allowed and why." .ci/deny --if-installed

test-rust: setup ## rules, store on both databases, HTTP
	@$(STEP) "Rust tests, on SQLite and PostgreSQL" "The names of the failed tests are above; 'cargo test NAME' runs one." \
	  .ci/test-rust $(LOCKED)

test-browser: node browser site server ## end-to-end tests in a real browser
	@$(STEP) "Browser tests" \
	  "Pictures, traces and server logs of the failures are in end2end/results; 'cd end2end && npx playwright test -g NAME' runs one." \
	  npm --prefix end2end test

deny: ## licences and advisories of the dependencies; installs cargo-deny
	@$(STEP) "Dependencies" "deny.toml says what is allowed and why." .ci/deny

clean: ## remove everything that was built or installed here; data/ stays
	rm -rf target/* end2end/node_modules end2end/results end2end/report end2end/screenshots
