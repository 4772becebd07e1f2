"""Export der Kapitel als Notebooks für Colab, Binder und den eigenen Rechner.

Aufruf: `python -m buchbau.notizbuch --ziel _build/notebooks` (siehe `__main__`).
"""
