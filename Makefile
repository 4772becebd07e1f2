# Deep Learning zum Anfassen: alle Wege vom Text zum Buch. `make` zeigt die Ziele.
# Alles Erzeugte entsteht in _build/; eingerichtet wird bei Bedarf von selbst.

PYTHON ?= $(firstword $(shell command -v python3 python python3.13 python3.12 python3.11 2>/dev/null) python3)
KERNE ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
PORT ?= 8000
PROFIL ?=

ifeq ($(OS),Windows_NT)
PY := .venv/Scripts/python.exe
else
PY := .venv/bin/python
endif

# Nur fehlende Ausgaben laufen; der Inhaltsschlüssel im Namen sagt, was fehlt.
SNAKEMAKE := $(PY) -m snakemake --cores $(KERNE) --quiet all --rerun-triggers mtime \
	--rerun-incomplete --keep-going --nolock $(if $(PROFIL),--profile $(PROFIL)) $(if $(KAPITEL),--config kapitel=$(KAPITEL))

export PYTHONUTF8 := 1

.DEFAULT_GOAL := hilfe
.PHONY: hilfe einrichtung browser ausfuehren html vorschau notebooks moodle standbilder \
	lock stil test test-alles bench clean

hilfe: ## zeigt diese Ziele
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22
	@echo "Ein einzelnes Kapitel: make html KAPITEL=erstes-netz"

einrichtung: ## richtet .venv und node_modules ein (geschieht sonst von selbst)
	@$(PYTHON) code/buchbau/einrichten.py

browser:
	@$(PYTHON) code/buchbau/einrichten.py --browser

ausfuehren: einrichtung ## führt die Kapitel aus, deren Code, Helfer, Daten oder Lock neu sind
	@$(SNAKEMAKE)
	@$(PY) -m buchbau.uebernehmen $(KAPITEL)

html: ausfuehren ## baut die Website nach _build/html, mit den Notebooks zum Herunterladen
	@$(PY) -m buchbau.bauen $(KAPITEL)
	@$(if $(KAPITEL),,$(PY) -m buchbau.notizbuch --ziel _build/notebooks)

vorschau: ausfuehren ## zeigt das Buch beim Schreiben und lädt geänderte Seiten neu
	@$(PY) -m buchbau.vorschau $(PORT)

notebooks: html ## schreibt die Notebooks nach _build/notebooks

moodle: einrichtung ## schreibt die Quizfragen für Moodle nach _build/moodle
	@$(PY) -m buchbau.moodle _build/moodle

standbilder: html browser ## zeichnet die Standbilder der Live-Figuren neu
	@$(PY) -m buchbau.standbilder
	@$(PY) -m buchbau.titelbild

lock: einrichtung ## schreibt requirements.txt aus pyproject.toml neu
	@$(PY) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--python-version 3.11 pyproject.toml --output-file requirements.txt

stil: einrichtung ## prüft Stil und Format von Python und JavaScript
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m buchbau.node eslint code tests eslint.config.mjs

test: browser stil html notebooks moodle ## prüft alles einmal
	@$(PY) -m pytest

test-alles: browser stil html notebooks moodle ## dasselbe für jedes Notebook und Backend
	@DLBUCH_ALLES=1 $(PY) -m pytest

bench: browser html ## misst Bau und Seite und druckt die Tabelle
	@$(PY) -m buchbau.bench

clean: ## löscht alles Gebaute; die Umgebungen bleiben
	rm -rf _build .snakemake
