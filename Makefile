# Chores. Each is a line of tools/chores.py; "make help" lists them.
PYTHON ?= python3
export PORT DATA T
.DEFAULT_GOAL := help
.PHONY: help run demo test test-deps lint format shots bench drill messages lock audit clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: ## the whole site on your machine, with a demo community (PORT=8000 DATA=./data)
demo: ## throw the data folder away and fill it with a fresh demo community (DATA=./data)
test: ## lint and all tests; or a part without lint: make test T="tests/core -k clock"
test-deps: ## the programs some tests need, on Debian: PostgreSQL and Chromium
lint: ## style, types, import rules, known traps
format: ## mend the style of every file
shots: ## screenshots of the pages, phone and desktop, light and dark, into shots/
bench: ## measure what pages cost, into bench/results/
drill: ## kill the site's processes under load and count what was lost
messages: ## collect the sentences to translate into messages.pot
lock: ## pin the newest release of everything (needs uv)
audit: ## ask the public advisories about every pinned release
clean: ## remove environments and caches, never the data folder

run demo test test-deps lint format shots bench drill messages lock audit clean:
	@$(PYTHON) -m tools.dev $@
