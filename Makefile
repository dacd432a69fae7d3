# The commands of the project; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: start whatsapp test check chaos evaluate bench learn lint train shell sbom advisories setup clean help
BIN := .venv/bin

start: train ## set up, train when needed, serve at http://127.0.0.1:8080 (PORT= changes it)
	@exec $(BIN)/voorgesprek serve

whatsapp: train ## serve the bot with a toy phone beside it at http://127.0.0.1:8090, to try WhatsApp without Meta
	@exec scripts/whatsapp

test: train ## set up and run everything: lint, types, all tests
	@scripts/system_packages
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest --durations=15

check: setup lint ## lint, types, import contracts and the fast tests
	@$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow and not browser"

chaos: train ## kill gateway, engines and database 300 times on each database while people talk, and tell what was lost
	@$(BIN)/python -W ignore -m tests.chaos --figures docs/chaos-figures.md

evaluate: train ## measure what the bot understands, on sentences it has never seen
	@$(BIN)/python -m tests.understanding.report

bench: train ## measure speed beside stock Rasa, 25 minutes, and write docs/performance.md; QUICK=1 does the core in four
	@$(BIN)/python -W ignore -m benchmarks

learn: setup ## learn the weights of the safety net, the themes and the names anew, after data/ or the encoder has changed
	@$(BIN)/python -m bot.sense.learning

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

train: setup ## train the model when something that shapes it has changed
	@scripts/train

shell: ## talk to the running server from this terminal
	@exec $(BIN)/voorgesprek shell

sbom: setup ## write what the served bot is made of to sbom/, as CycloneDX
	@$(BIN)/python scripts/sbom

advisories: setup ## ask osv.dev for known holes in the locked packages that docs/advisories.yml does not list
	@$(BIN)/python scripts/advisories

setup: ## install what is needed; does nothing when all is there
	@scripts/setup

clean: ## remove what set-up, training and tests made; conversations and keys in var/ stay
	rm -rf .venv .uv node_modules bot/web/static/vendor bot/paper/fonts models sbom var/nl var/set-up.lock tests/attack/schemathesis/.venv benchmarks/load/.venv
	rm -rf .rasa .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find actions benchmarks bot tests -name __pycache__ -prune -exec rm -rf {} +

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.* ## /  make \1\t/p' Makefile | expand -t 20
