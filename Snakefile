# Führt die Kapitel aus: ein Auftrag je Kapitel, das längste zuerst, auf diesem Rechner
# oder über die Executor-Plugins von Snakemake auf einem Verbund (code/buchbau/profile/).
#
# Der Name der Ausgabe trägt den Inhaltsschlüssel (buchbau.schluessel). Eine Ausgabe, die da
# ist, gilt; darum sind alle Eingaben `ancient`, und der Ordner _build/ausgefuehrt kann ohne
# Snakemakes eigene Aufzeichnungen auf einen anderen Rechner wandern.
import sys

from buchbau.kapitel import BuchFehler, ausgefuehrte, finde
from buchbau.messwerte import letzte_laufzeit
from buchbau.schluessel import datei_liste, geraeteart, inhaltsschluessel
from buchbau.schriften import SchriftenFehler, ttf_ordner

AUSGEFUEHRT = "_build/ausgefuehrt"

try:
    KAPITEL = {k.name: k for k in ausgefuehrte()}
    AUSWAHL = [finde(config["kapitel"]).name] if config.get("kapitel") else list(KAPITEL)
    SCHLUESSEL = {name: inhaltsschluessel(KAPITEL[name]) for name in AUSWAHL if name in KAPITEL}
except BuchFehler as fehler:
    sys.exit(f"✘ {fehler}")


try:
    ttf_ordner()  # vorab, damit nicht zwei Kapitel zugleich die Schriften umwandeln
except SchriftenFehler as fehler:
    sys.exit(f"✘ {fehler}")


wildcard_constraints:
    kapitel="[a-z0-9-]+",
    schluessel="[0-9a-f]{12}",


rule alles:
    default_target: True
    input:
        [f"{AUSGEFUEHRT}/{name}-{key}.ipynb" for name, key in SCHLUESSEL.items()],


rule kapitel:
    input:
        quelle=ancient(lambda w: str(KAPITEL[w.kapitel].quelle)),
        rest=ancient(lambda w: [str(p) for p in datei_liste(KAPITEL[w.kapitel])]),
    output:
        notebook=f"{AUSGEFUEHRT}/{{kapitel}}-{{schluessel}}.ipynb",
        protokoll=f"{AUSGEFUEHRT}/{{kapitel}}-{{schluessel}}.json",
        modelle=directory(f"{AUSGEFUEHRT}/{{kapitel}}-{{schluessel}}.modelle"),
    benchmark:
        f"{AUSGEFUEHRT}/{{kapitel}}-{{schluessel}}.tsv"
    # Am Schluss soll nicht ein langes Kapitel allein laufen.
    priority: lambda w: letzte_laufzeit(KAPITEL[w.kapitel])
    threads: 1
    resources:
        gpu=lambda w: int(geraeteart(KAPITEL[w.kapitel]) == "gpu"),
    shell:
        "{sys.executable:q} -m buchbau.ausfuehren {wildcards.kapitel} {output.notebook:q}"
        " {output.protokoll:q} {output.modelle:q}"
