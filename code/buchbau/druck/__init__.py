"""Der Druck: aus denselben Quellen wie die Website PDF-Dateien, gesetzt mit LuaLaTeX.

`python -m buchbau.druck` setzt das Buch (`make pdf`). Der Weg: `werk` sagt, welche Seiten
ein PDF enthält; `sphinxlauf` liest die Quellen und schreibt je Werk eine TeX-Datei mit dem
Builder in `bauer` und dem Schreiber in `schreiber/`; `satz` lässt LuaLaTeX laufen und
liest sein Protokoll. Klasse und Makros stehen in `latex/`.
"""
