"""Diagrams of the chapter Backpropagation: computation graphs, paper net, shapes.

Drawn while `book/grundlagen/backpropagation.md` is built (directive `{diagramm}`).
Values stand above a node, gradients below it in the colour of their sign; what runs
backward has the accent colour, as in the live figure. Every number in a picture is
computed here from the start values of the chapter; none is typed.
"""

from __future__ import annotations

import numpy as np

from buchbau.zeichnen import Diagramm, Form, als_text, mit_vorzeichen, vorzeichenfarbe

# The first example of the chapter: L = (relu(w·x + b) − y)².
W, X, B, Y = 0.5, 3.0, 1.0, 1.0
BACKWARD = "akzent"


def _named(name: str, value: float) -> str:
    return f"${name}$ = {als_text(value)}"


def _neuron(backward: bool) -> Diagramm:
    """Draw the graph of one neuron; with `backward` the gradients and their arrows."""
    u = W * X
    z = u + B
    a = max(0.0, z)
    d = a - Y
    g = 2 * d
    bild = Diagramm(hoehe=33)
    line, below = 21.0, 8.5

    def operation(x: float, sign: str, name: str, value: float, gradient: float) -> Form:
        return bild.knoten(
            x,
            line,
            sign,
            rund=True,
            wert=_named(name, value),
            gradient=gradient if backward else None,
        )

    def leaf(x: float, y: float, name: str, value: float, gradient: float | None) -> Form:
        return bild.knoten(
            x,
            y,
            _named(name, value),
            breite=10.5,
            gradient=gradient if backward else None,
        )

    w_node, x_node = leaf(6.5, 28, "w", W, g * X), leaf(6.5, 14, "x", X, g * W)
    b_node, y_node = leaf(32, below, "b", B, g), leaf(67, below, "y", Y, -g)
    product = operation(24.5, "·", "u", u, g)
    total = operation(41.5, "+", "z", z, g)
    active = operation(58.5, "ReLU", "a", a, g)
    difference = operation(76, "−", "d", d, g)
    loss = operation(93.5, "$d^2$", "L", d * d, 1)
    edges = [
        (w_node, product, X),
        (x_node, product, W),
        (product, total, 1),
        (b_node, total, 1),
        (total, active, 1),
        (active, difference, 1),
        (y_node, difference, -1),
        (difference, loss, 2 * d),
    ]
    for start, end, local in edges:
        if backward:
            bild.pfeil(end, start, f"· {als_text(local)}", farbe=BACKWARD)
        else:
            bild.pfeil(start, end)
    return bild


def neuron_vorwaerts() -> Diagramm:
    """The graph of one neuron with its values."""
    return _neuron(backward=False)


def neuron_rueckwaerts() -> Diagramm:
    """The same graph with gradients; every arrow names its local derivative."""
    return _neuron(backward=True)


def zwei_wege() -> Diagramm:
    """f(x) = x·x: two ways back from the product to x, whose gradients are added."""
    x = 3
    bild = Diagramm(hoehe=23)
    value = bild.knoten(24, 12, _named("x", x), breite=13)
    total, colour = f"{x} + {x} = {2 * x}", vorzeichenfarbe(x)
    bild.text(24, 7.2, total, farbe=colour, fett=True, hoehe="top", groesse=0.93)
    product = bild.knoten(76, 12, "·", rund=True, wert=_named("f", x * x), gradient=1)
    for bow, under in ((0.28, False), (-0.28, True)):
        bild.pfeil(
            product,
            value,
            f"1 · {x} = {x}",
            farbe=BACKWARD,
            bogen=bow,
            text_unten=under,
        )
    return bild


def papiernetz() -> Diagramm:
    """The net of the section on paper, with weights, values and gradients."""
    x, y = np.array([1.0, 2.0]), 5.0
    weights, bias = np.array([[1.0, -1.0], [0.5, 1.0]]), np.array([-1.0, 1.0])
    out, out_bias = np.array([2.0, -1.0]), 1.0
    hidden = np.maximum(x @ weights + bias, 0)
    prediction = float(hidden @ out + out_bias)
    error = 2 * (prediction - y)
    d_hidden = error * out * (hidden > 0)

    bild = Diagramm(hoehe=43)
    rows = (33.0, 12.0)
    inputs = [
        bild.knoten(7, row, f"$x_{j + 1}$", rund=True, wert=float(x[j]))
        for j, row in enumerate(rows)
    ]
    middle = [
        bild.knoten(
            45,
            row,
            f"$a_{j + 1}$",
            rund=True,
            wert=float(hidden[j]),
            gradient=float(d_hidden[j]),
        )
        for j, row in enumerate(rows)
    ]
    end = bild.knoten(77, 22.5, "$\\hat{y}$", rund=True, wert=prediction, gradient=error)
    loss = bild.knoten(95, 22.5, "$L$", rund=True, wert=(prediction - y) ** 2, gradient=1)

    def edge(start: Form, stop: Form, weight: float, gradient: float, at: float) -> None:
        bild.linie(start.rand(stop.mitte), stop.rand(start.mitte), farbe="rahmen")
        px = start.x + at * (stop.x - start.x)
        py = start.y + at * (stop.y - start.y)
        bild.kasten(px, py, 11.5, 4.4, farbe="linie", gefuellt=True)
        bild.text(px - 0.9, py, als_text(weight), ausrichtung="right", groesse=0.93)
        bild.text(
            px + 0.3,
            py,
            mit_vorzeichen(gradient),
            farbe=vorzeichenfarbe(gradient),
            fett=True,
            ausrichtung="left",
            groesse=0.93,
        )

    for i, start in enumerate(inputs):
        for j, stop in enumerate(middle):
            at = 0.5 if i == j else 0.27
            edge(start, stop, float(weights[i, j]), float(x[i] * d_hidden[j]), at)
    for j, start in enumerate(middle):
        edge(start, end, float(out[j]), float(error * hidden[j]), 0.5)
    bild.pfeil(end, loss)
    return bild


def formen() -> Diagramm:
    """One dense layer forward and backward as rectangles with their shapes."""
    n, d, m = 5.0, 15.0, 8.0  # Seitenlängen, nicht maßstäblich
    size = {"n": n, "784": d, "64": m}
    rows = [
        (
            "vorwärts",
            ("$\\mathbf{X}$", "n", "784"),
            ("$\\mathbf{W}$", "784", "64"),
            ("$\\mathbf{Z}$", "n", "64"),
        ),
        (
            "Gewichte",
            ("$\\mathbf{X}^\\top$", "784", "n"),
            ("dZ", "n", "64"),
            ("dW", "784", "64"),
        ),
        (
            "Eingabe",
            ("dZ", "n", "64"),
            ("$\\mathbf{W}^\\top$", "64", "784"),
            ("dX", "n", "784"),
        ),
    ]
    bild = Diagramm(hoehe=79)
    for (title, *blocks), y in zip(rows, (66.0, 39.0, 13.0), strict=True):
        bild.text(0.5, y, title, farbe="text-leise", ausrichtung="left")
        for (name, high, wide), x in zip(blocks, (30.0, 57.0, 84.0), strict=True):
            back = name.startswith("d")
            bild.tensor(
                x,
                y,
                size[wide],
                size[high],
                farbe=BACKWARD if back else "training",
                name=name,
                unterschrift=f"({'$n$' if high == 'n' else high}, "
                f"{'$n$' if wide == 'n' else wide})",
            )
        bild.text(43.5, y, "@", farbe="text-leise", code=True)
        bild.text(70.5, y, "=", farbe="text-leise", code=True)
    return bild
