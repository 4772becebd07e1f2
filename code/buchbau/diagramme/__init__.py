"""Diagrams of the chapters: one module a chapter, one function a diagram.

A function takes nothing and returns ``Diagramm`` (or a Matplotlib figure) drawn with
``buchbau.zeichnen``; the directive ``{diagramm} modul.funktion`` shows it.
"""
