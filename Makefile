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

# Nur fehlende Ausgaben laufen; der Inhaltsschlüssel im Namen sagt, was fehlt. Auf einem
# Rechner nimmt sich ein Backend die ganze GPU: dort rechnet nur ein Kapitel zugleich.
SNAKEMAKE := $(if $(PROFIL),PYTHONPATH=$(CURDIR)/_build/zusatz/verbund) $(PY) -m snakemake --cores $(KERNE) --quiet all --rerun-triggers mtime \
	--rerun-incomplete --keep-going --nolock $(if $(PROFIL),--profile $(PROFIL),--resources gpu=1) $(if $(KAPITEL),--config kapitel=$(KAPITEL))

export PYTHONUTF8 := 1
export MARKE ?=

.DEFAULT_GOAL := hilfe
.PHONY: hilfe einrichtung browser latex epubcheck ausfuehren alles-ausfuehren html vorschau pdf epub handouts notebooks \
	moodle standbilder lock stil test test-alles bench adressen freigabe offline gpu-pruefung \
	audit aufraeumen seitenliste seitenvergleich notebooks-pruefung notebooks-zweig abbild-name \
	abbild release meldung neueste clean

hilfe: ## zeigt diese Ziele
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22
	@echo "Ein einzelnes Kapitel: make html KAPITEL=erstes-netz"

einrichtung: ## richtet .venv und node_modules ein (geschieht sonst von selbst)
	@$(PYTHON) code/buchbau/einrichten.py

browser:
	@$(PYTHON) code/buchbau/einrichten.py --browser

latex:
	@$(PYTHON) code/buchbau/einrichten.py --latex

epubcheck:
	@$(PYTHON) code/buchbau/einrichten.py --epubcheck

ausfuehren: einrichtung ## führt die Kapitel aus, deren Code, Helfer, Daten oder Lock neu sind
	@$(if $(filter jax,$(KERAS_BACKEND)),$(PY) -m buchbau.umgebungen jax)
	@$(if $(PROFIL),$(PY) -m buchbau.umgebungen verbund)
	@$(SNAKEMAKE)
	@$(PY) -m buchbau.uebernehmen $(KAPITEL)

html: ausfuehren ## baut die Website nach _build/html, mit den Notebooks zum Herunterladen
	@$(PY) -m buchbau.bauen $(KAPITEL)
	@$(if $(KAPITEL),,$(PY) -m buchbau.notizbuch --ziel _build/notebooks)

vorschau: ausfuehren ## zeigt das Buch beim Schreiben und lädt geänderte Seiten neu
	@$(PY) -m buchbau.vorschau $(PORT)

# Für Nummern und Verweise liest Sphinx alle Seiten; ausgeführt sein müssen darum alle, auch
# wenn KAPITEL nur eine setzt.
alles-ausfuehren:
	@$(MAKE) --no-print-directory ausfuehren KAPITEL=

pdf: latex alles-ausfuehren ## setzt das Buch nach _build/pdf (mit KAPITEL nur dieses Kapitel)
	@$(PY) -m buchbau.druck $(KAPITEL)

epub: alles-ausfuehren ## schreibt das Buch als EPUB nach _build/epub
	@$(PY) -m buchbau.druck.epub

handouts: latex alles-ausfuehren ## setzt je Kapitel zwei Handouts nach _build/handouts
	@$(PY) -m buchbau.druck.handout --kerne $(KERNE) $(KAPITEL)

handouts-probe: latex alles-ausfuehren
	@$(PY) -m buchbau.druck.handout --kerne $(KERNE) --probe

notebooks: html ## schreibt die Notebooks nach _build/notebooks

moodle: einrichtung ## schreibt die Quizfragen für Moodle nach _build/moodle
	@$(PY) -m buchbau.moodle _build/moodle

standbilder: html browser ## zeichnet die Standbilder der Live-Figuren neu
	@$(PY) -m buchbau.standbilder
	@$(PY) -m buchbau.titelbild

lock: einrichtung ## schreibt alle Paketlisten aus pyproject.toml neu
	@$(PY) -m uv pip compile --quiet $(LOCK) --universal --generate-hashes --no-emit-index-url \
		--python-version 3.11 pyproject.toml --output-file requirements.txt
	@$(PY) -m buchbau.umgebungen lock

stil: einrichtung ## prüft Stil und Format von Python und JavaScript
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m buchbau.node eslint code tests eslint.config.mjs

# Die Website nach PDF und EPUB, wie bei offline: So prüfen die Tests auch die Downloads.
test: browser epubcheck stil pdf epub handouts-probe notebooks moodle ## prüft alles einmal
	@$(PY) -m pytest

test-alles: browser epubcheck stil pdf epub handouts notebooks moodle ## dasselbe für jedes Notebook und Backend
	@DLBUCH_ALLES=1 $(PY) -m pytest

bench: browser html ## misst Bau und Seite und druckt die Tabelle; KURZ=1 zur Probe
	@$(PY) -m buchbau.bench $(if $(KURZ),--kurz) $(if $(TEST),--test)

# Die Website erst nach PDF und EPUB: Ihre Startseite bietet an, was da ist.
offline: pdf epub ## packt Website, Notebooks, Daten, PDF und EPUB in ein Archiv
	@$(MAKE) --no-print-directory html
	@$(PY) -m buchbau.offline

# Läuft auch, wo nur die Pakete der Notebooks sind: dann mit dem Python des Rechners.
gpu-pruefung: ## führt die GPU-Kapitel auf jedem Backend aus und druckt die Tabelle
	@$(if $(wildcard $(PY)),$(PY),$(PYTHON)) code/buchbau/gpu_pruefung.py \
		$(if $(KAPITEL),--kapitel $(KAPITEL))

adressen: html ## trägt neue Seiten in die Liste der veröffentlichten Adressen ein
	@$(PY) -m buchbau.adressen

freigabe: html ## prüft, ob dieser Stand veröffentlicht werden darf (MARKE=v1.0.0)
	@$(PY) -m buchbau.freigabe "$$MARKE"

audit: einrichtung ## sucht nach bekannten Sicherheitslücken in den Paketen
	@$(PY) -m buchbau.audit

# --- Was nur die Workflows rufen (.github/workflows/); darum ohne Zeile in der Hilfe.
aufraeumen: einrichtung
	@$(PY) -m buchbau.aufraeumen

seitenliste: einrichtung
	@$(PY) -m buchbau.vergleich merke

seitenvergleich: einrichtung
	@$(PY) -m buchbau.vergleich

notebooks-pruefung:
	@$(PYTHON) code/buchbau/gpu_pruefung.py --alle

notebooks-zweig:
	@$(PYTHON) code/buchbau/zweig.py

abbild-name:
	@$(PYTHON) code/buchbau/abbild.py name

abbild:
	@$(PYTHON) code/buchbau/abbild.py baue

release:
	@$(PYTHON) code/buchbau/hub.py release

meldung:
	@$(PYTHON) code/buchbau/hub.py meldung

neueste: einrichtung
	@$(PY) -m buchbau.umgebungen neueste
	@$(MAKE) --no-print-directory lock LOCK=--upgrade

clean: ## löscht alles Gebaute; die Umgebungen bleiben
	rm -rf _build .snakemake
