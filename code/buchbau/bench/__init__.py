"""Messen, wie schnell Bau und Seite sind: `make bench` druckt eine Tabelle."""
