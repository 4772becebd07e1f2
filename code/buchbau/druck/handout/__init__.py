"""Handouts: jedes Kapitel als eigenes PDF, ohne und mit Lösungen, mit Platz für Notizen.

`python -m buchbau.druck.handout` setzt sie (`make handouts`). `heft` sagt, welche es gibt;
`schreiber` und `rahmen` machen aus einem Kapitel ein Heft, mit dem Schreiber des Buchs als
Grundlage; Klasse und Makros stehen in `latex/handout.cls`.
"""
