"""Small drawing module for diagrams: networks, tensors, boxes, computation graphs.

Used by the functions in ``buchbau/diagramme/``. Nothing is placed by hand in a drawing
program, so that all diagrams share fonts, strokes and colours with the plots.

Units: the text is 100 wide, and a unit is equally long in both directions (6 CSS
pixels). A line of text is about 4 units high. The origin is at the lower left. A
network is drawn from left to right.

    bild = Diagramm(hoehe=40)
    ein = bild.schicht(15, 20, anzahl=784, zeige=5, name="Eingabe", farbe="training")
    aus = bild.schicht(60, 20, anzahl=10, zeige=5, name="Ausgabe")
    bild.verbinde(ein, aus)
    return bild

Colours are names from ``dlbuch.FARBEN``. Labels may hold ``$…$``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dlbuch.stil import FARBEN, gestaltung, stil, textbreite

Punkt = tuple[float, float]


@dataclass(frozen=True)
class Form:
    """A drawn thing: centre, half width, half height; round things dock on a circle."""

    x: float
    y: float
    halbe_breite: float
    halbe_hoehe: float
    rund: bool = False

    @property
    def mitte(self) -> Punkt:
        return self.x, self.y

    @property
    def links(self) -> Punkt:
        return self.x - self.halbe_breite, self.y

    @property
    def rechts(self) -> Punkt:
        return self.x + self.halbe_breite, self.y

    @property
    def oben(self) -> Punkt:
        return self.x, self.y + self.halbe_hoehe

    @property
    def unten(self) -> Punkt:
        return self.x, self.y - self.halbe_hoehe

    def rand(self, ziel: Punkt) -> Punkt:
        """Point where the straight line from the centre to ``ziel`` leaves the form."""
        dx, dy = ziel[0] - self.x, ziel[1] - self.y
        if dx == dy == 0:
            return self.mitte
        if self.rund:
            faktor = self.halbe_breite / math.hypot(dx, dy)
        else:
            faktor = min(
                self.halbe_breite / abs(dx) if dx else math.inf,
                self.halbe_hoehe / abs(dy) if dy else math.inf,
            )
        return self.x + dx * faktor, self.y + dy * faktor


@dataclass(frozen=True)
class Schicht:
    """A column of neurons; ``neuronen`` are those that are drawn, top to bottom."""

    neuronen: tuple[Form, ...]
    rahmen: Form


@dataclass(frozen=True)
class Verweis:
    """An area of the picture that leads to a page; shares of the canvas, from above."""

    links: float
    oben: float
    breite: float
    hoehe: float
    ziel: str
    name: str


class Diagramm:
    """A canvas of the text's width; ``figur`` is the finished Matplotlib figure."""

    def __init__(self, hoehe: float, breite: float = 100) -> None:
        """``hoehe`` and ``breite`` in hundredths of the text's width."""
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import PlaceHolderLayoutEngine

        stil()
        # an engine that does nothing: without one, saving falls back to the style's
        nichts = PlaceHolderLayoutEngine(adjust_compatible=True, colorbar_gridspec=False)
        zoll = textbreite() / 100
        self.figur = Figure(
            figsize=(breite * zoll, hoehe * zoll), layout=nichts, facecolor="none"
        )
        self.achse = self.figur.add_axes((0, 0, 1, 1))
        self.achse.set(xlim=(0, breite), ylim=(0, hoehe), aspect="equal")
        self.achse.axis("off")
        self.verweise: list[Verweis] = []

    # ---------------------------------------------------------------- text and lines

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        farbe: str = "text",
        groesse: float = 1.0,
        fett: bool = False,
        ausrichtung: str = "center",
        hoehe: str = "center",
        code: bool = False,
    ) -> None:
        """Text around (x, y); ``groesse`` 1 is the size of a caption.

        ``ausrichtung``: left, center, right; ``hoehe``: top, center, bottom, baseline.
        """
        schriften = gestaltung()["schriften"]
        wahl = {"family": [schriften["code"], "DejaVu Sans Mono"]} if code else {}
        self.achse.text(
            x,
            y,
            text,
            color=FARBEN[farbe],
            fontsize=groesse * gestaltung()["masse"]["bildunterschrift"] * 0.75,
            fontweight=600 if fett else "normal",
            ha=ausrichtung,
            va="center_baseline" if hoehe == "center" else hoehe,
            linespacing=1.25,
            zorder=5,
            **wahl,
        )

    def linie(
        self,
        *punkte: Punkt,
        farbe: str = "text-leise",
        dicke: float = 1.2,
        art: str = "-",
        staerke: float = 1.0,
    ) -> None:
        """Straight strokes through the points; ``staerke`` is the opacity."""
        xs, ys = zip(*punkte, strict=True)
        self.achse.plot(xs, ys, art, color=FARBEN[farbe], lw=dicke, alpha=staerke, zorder=1)

    def pfeil(
        self,
        von: Form | Punkt,
        nach: Form | Punkt,
        text: str = "",
        *,
        farbe: str = "text-leise",
        bogen: float = 0.0,
        dicke: float = 1.2,
        art: str = "-",
        abstand: float = 0.6,
        text_unten: bool = False,
    ) -> None:
        """Arrow between two forms or points, with an optional label at its middle.

        ``bogen`` bends it (positive: to the right of its direction, seen from above),
        ``abstand`` is the gap to the forms, ``text_unten`` puts the label below.
        """
        from matplotlib.patches import FancyArrowPatch

        a = von.mitte if isinstance(von, Form) else von
        b = nach.mitte if isinstance(nach, Form) else nach
        start = von.rand(b) if isinstance(von, Form) else a
        ende = nach.rand(a) if isinstance(nach, Form) else b
        punkte_je_einheit = textbreite() * 72 / 100
        self.achse.add_patch(
            FancyArrowPatch(
                start,
                ende,
                arrowstyle="-|>,head_length=4.5,head_width=2.4",
                connectionstyle=f"arc3,rad={bogen}",
                color=FARBEN[farbe],
                lw=dicke,
                linestyle=art,
                shrinkA=abstand * punkte_je_einheit,
                shrinkB=abstand * punkte_je_einheit,
                joinstyle="miter",
                zorder=2,
            )
        )
        if text:
            mx, my = (start[0] + ende[0]) / 2, (start[1] + ende[1]) / 2
            dx, dy = ende[0] - start[0], ende[1] - start[1]
            laenge = math.hypot(dx, dy) or 1
            # middle of the arc, then one step to the side where the label goes
            mx, my = mx + bogen / 2 * dy, my - bogen / 2 * dx
            nx, ny = -dy / laenge, dx / laenge
            if (ny < 0) != text_unten or (ny == 0 and nx < 0):
                nx, ny = -nx, -ny
            waagrecht = abs(dx) >= abs(dy)
            self.text(
                mx + nx * 1.2,
                my + ny * 1.2,
                text,
                farbe=farbe,
                groesse=0.93,
                ausrichtung="center" if waagrecht else ("left" if nx > 0 else "right"),
                hoehe=("top" if text_unten else "bottom") if waagrecht else "center",
            )

    def verweis(self, flaeche: Form, ziel: str, name: str) -> None:
        """Make an area lead to the label ``ziel``, on the website; ``name`` says where."""
        (_, breite), (_, hoehe) = self.achse.get_xlim(), self.achse.get_ylim()
        self.verweise.append(
            Verweis(
                links=(flaeche.x - flaeche.halbe_breite) / breite,
                oben=1 - (flaeche.y + flaeche.halbe_hoehe) / hoehe,
                breite=2 * flaeche.halbe_breite / breite,
                hoehe=2 * flaeche.halbe_hoehe / hoehe,
                ziel=ziel,
                name=name,
            )
        )

    def klammer(self, x1: float, x2: float, y: float, text: str) -> None:
        """Horizontal brace below things from ``x1`` to ``x2``, with a label under it."""
        m = (x1 + x2) / 2
        self.linie((x1, y + 1), (x1, y), (x2, y), (x2, y + 1), dicke=1)
        self.linie((m, y), (m, y - 1), dicke=1)
        self.text(m, y - 1.8, text, farbe="text-leise", groesse=0.93, hoehe="top")

    # ------------------------------------------------------------------------ forms

    def kasten(
        self,
        x: float,
        y: float,
        breite: float,
        hoehe: float,
        text: str = "",
        *,
        farbe: str = "text",
        gefuellt: bool = True,
        art: str = "-",
        fett: bool = False,
        code: bool = False,
        groesse: float = 1.0,
    ) -> Form:
        """Box with rounded corners around (x, y)."""
        from matplotlib.patches import FancyBboxPatch

        self.achse.add_patch(
            FancyBboxPatch(
                (x - breite / 2, y - hoehe / 2),
                breite,
                hoehe,
                boxstyle="round,pad=0,rounding_size=0.9",
                facecolor=FARBEN["flaeche"] if gefuellt else "none",
                edgecolor=FARBEN["rahmen" if farbe == "text" else farbe],
                lw=1.2,
                linestyle=art,
                zorder=3,
            )
        )
        if text:
            self.text(x, y, text, farbe=farbe, fett=fett, code=code, groesse=groesse)
        return Form(x, y, breite / 2, hoehe / 2)

    def neuron(
        self,
        x: float,
        y: float,
        text: str = "",
        *,
        radius: float = 2.6,
        farbe: str = "text",
        gefuellt: bool = False,
    ) -> Form:
        """Circle with a short label; ``gefuellt`` paints it in its colour."""
        from matplotlib.patches import Circle

        rand = FARBEN["rahmen" if farbe == "text" else farbe]
        self.achse.add_patch(
            Circle(
                (x, y),
                radius,
                facecolor=rand if gefuellt else FARBEN["papier"],
                edgecolor=rand,
                lw=1.4,
                zorder=3,
            )
        )
        if text:
            self.text(x, y, text, farbe="papier" if gefuellt else farbe, groesse=0.93)
        return Form(x, y, radius, radius, rund=True)

    def schicht(
        self,
        x: float,
        y: float,
        anzahl: int,
        *,
        zeige: int = 7,
        abstand: float = 6.4,
        radius: float = 2.2,
        farbe: str = "text",
        name: str = "",
        unterschrift: str = "",
        beschriftung: Sequence[str] = (),
        gefuellt: bool = False,
    ) -> Schicht:
        """Column of neurons around (x, y); of a large layer the ends and three dots.

        ``name`` stands above, ``unterschrift`` (size, activation) below;
        ``beschriftung`` labels the drawn neurons from top to bottom.
        """
        gekuerzt = anzahl > zeige
        plaetze = zeige + (1 if gekuerzt else 0) if gekuerzt else anzahl
        luecke = plaetze - 2 if gekuerzt else -1
        neuronen = []
        for platz in range(plaetze):
            py = y + ((plaetze - 1) / 2 - platz) * abstand
            if platz == luecke:
                for versatz in (-1.3, 0, 1.3):
                    self.achse.plot(
                        x, py + versatz, "o", color=FARBEN["text-leise"], ms=2.2
                    )
                continue
            nummer = len(neuronen)
            text = beschriftung[nummer] if nummer < len(beschriftung) else ""
            neuronen.append(
                self.neuron(x, py, text, radius=radius, farbe=farbe, gefuellt=gefuellt)
            )
        halb = (plaetze - 1) / 2 * abstand + radius
        if name:
            self.text(x, y + halb + 1.6, name, farbe=farbe, fett=True, hoehe="bottom")
        if unterschrift:
            self.text(
                x,
                y - halb - 1.6,
                unterschrift,
                farbe="text-leise",
                hoehe="top",
                groesse=0.93,
            )
        return Schicht(tuple(neuronen), Form(x, y, radius, halb))

    def verbinde(
        self,
        links: Schicht,
        rechts: Schicht,
        *,
        farbe: str = "rahmen",
        staerke: float = 0.45,
        dicke: float = 0.8,
        gewichte: Sequence[Sequence[float]] | None = None,
    ) -> None:
        """Every neuron with every neuron.

        ``gewichte[i][j]`` from neuron i to neuron j colours the strokes by sign and
        draws large weights thicker.
        """
        groesstes = max((abs(w) for zeile in gewichte or [] for w in zeile), default=1.0)
        for i, a in enumerate(links.neuronen):
            for j, b in enumerate(rechts.neuronen):
                if gewichte is None:
                    self.linie(a.rechts, b.links, farbe=farbe, dicke=dicke, staerke=staerke)
                    continue
                w = gewichte[i][j]
                self.linie(
                    a.rechts,
                    b.links,
                    farbe="positiv" if w >= 0 else "negativ",
                    art="-" if w >= 0 else "--",
                    dicke=0.4 + 2.2 * abs(w) / (groesstes or 1),
                )

    def matrix(
        self,
        x: float,
        y: float,
        werte: Sequence[Sequence[object]],
        *,
        zelle: float = 6.0,
        zellhoehe: float | None = None,
        farbe: str = "text",
        markiert: Sequence[tuple[int, int]] = (),
        name: str = "",
        unterschrift: str = "",
    ) -> Form:
        """Grid of cells around (x, y); strings as they are, numbers in German.

        ``markiert`` lists (row, column) of cells to highlight; an empty string leaves a
        cell blank.
        """
        from matplotlib.patches import Rectangle

        hoehe = zellhoehe or zelle
        zeilen, spalten = len(werte), max(len(zeile) for zeile in werte)
        links, oben = x - spalten * zelle / 2, y + zeilen * hoehe / 2
        hervor = set(markiert)
        for i, zeile in enumerate(werte):
            for j, wert in enumerate(zeile):
                ecke = (links + j * zelle, oben - (i + 1) * hoehe)
                an = (i, j) in hervor
                self.achse.add_patch(
                    Rectangle(
                        ecke,
                        zelle,
                        hoehe,
                        facecolor=FARBEN["akzent-flaeche" if an else "papier"],
                        edgecolor=FARBEN["akzent" if an else "rahmen"],
                        lw=1.6 if an else 0.9,
                        zorder=4 if an else 3,
                    )
                )
                self.text(
                    ecke[0] + zelle / 2,
                    ecke[1] + hoehe / 2,
                    als_text(wert),
                    farbe="akzent" if an else farbe,
                    groesse=0.93,
                )
        halbe_breite, halbe_hoehe = spalten * zelle / 2, zeilen * hoehe / 2
        self._beschrifte(x, y, halbe_hoehe, name, unterschrift, farbe)
        return Form(x, y, halbe_breite, halbe_hoehe)

    def tensor(
        self,
        x: float,
        y: float,
        breite: float,
        hoehe: float,
        tiefe: float = 0,
        *,
        farbe: str = "training",
        name: str = "",
        unterschrift: str = "",
        raster: tuple[int, int] | None = None,
    ) -> Form:
        """Block around (x, y): a sheet, or with ``tiefe`` a box seen from the right.

        ``raster`` = (rows, columns) draws cells on the front. The form that comes back
        is the whole block, so that arrows dock outside.
        """
        from matplotlib.patches import Polygon

        schraeg = (tiefe * 0.55, tiefe * 0.4)
        x0, y0 = x - (breite + schraeg[0]) / 2, y - (hoehe + schraeg[1]) / 2
        x1, y1 = x0 + breite, y0 + hoehe
        rand = FARBEN["rahmen" if farbe == "text" else farbe]

        def flaeche(*ecken: Punkt, deckung: float) -> None:
            # opaque paper below keeps strokes behind the block from shining through
            self.achse.add_patch(
                Polygon(ecken, facecolor=FARBEN["papier"], edgecolor="none", zorder=3)
            )
            self.achse.add_patch(
                Polygon(ecken, facecolor=rand, alpha=deckung, ec="none", zorder=3.1)
            )
            self.achse.add_patch(
                Polygon(
                    ecken,
                    facecolor="none",
                    ec=rand,
                    lw=1.2,
                    zorder=3.2,
                    joinstyle="round",
                )
            )

        if tiefe:
            sx, sy = schraeg
            flaeche(
                (x0, y1), (x0 + sx, y1 + sy), (x1 + sx, y1 + sy), (x1, y1), deckung=0.08
            )
            flaeche((x1, y0), (x1 + sx, y0 + sy), (x1 + sx, y1 + sy), (x1, y1), deckung=0.3)
        flaeche((x0, y0), (x1, y0), (x1, y1), (x0, y1), deckung=0.16)
        if raster:
            zeilen, spalten = raster
            for i in range(1, zeilen):
                py = y0 + hoehe * i / zeilen
                self.achse.plot([x0, x1], [py, py], color=rand, lw=0.6, zorder=3.3)
            for j in range(1, spalten):
                px = x0 + breite * j / spalten
                self.achse.plot([px, px], [y0, y1], color=rand, lw=0.6, zorder=3.3)
        halbe_breite, halbe_hoehe = (breite + schraeg[0]) / 2, (hoehe + schraeg[1]) / 2
        self._beschrifte(x, y, halbe_hoehe, name, unterschrift, farbe)
        return Form(x, y, halbe_breite, halbe_hoehe)

    def knoten(
        self,
        x: float,
        y: float,
        name: str,
        *,
        wert: object = None,
        gradient: object = None,
        farbe: str = "text",
        breite: float = 13,
        rund: bool = False,
    ) -> Form:
        """Node of a computation graph.

        ``rund`` draws an operation (+, ·, tanh) as a circle, otherwise a value as a
        box; ``wert`` stands above it, ``gradient`` below in the colour of its sign, and
        with it. Numbers are set in German.
        """
        if rund:
            form = self.neuron(x, y, name, radius=3.1, farbe=farbe)
        else:
            form = self.kasten(x, y, breite, 6.4, name, farbe=farbe)
        if wert is not None:
            self.text(
                x,
                form.oben[1] + 0.9,
                als_text(wert),
                hoehe="bottom",
                groesse=0.93,
            )
        if gradient is not None:
            self.text(
                x,
                form.unten[1] - 0.9,
                mit_vorzeichen(gradient),
                farbe=vorzeichenfarbe(gradient),
                fett=True,
                hoehe="top",
                groesse=0.93,
            )
        return form

    def _beschrifte(
        self,
        x: float,
        y: float,
        halbe_hoehe: float,
        name: str,
        unterschrift: str,
        farbe: str,
    ) -> None:
        """Name above and a quiet line below a form."""
        if name:
            self.text(
                x, y + halbe_hoehe + 1.6, name, farbe=farbe, fett=True, hoehe="bottom"
            )
        if unterschrift:
            self.text(
                x,
                y - halbe_hoehe - 1.6,
                unterschrift,
                farbe="text-leise",
                hoehe="top",
                groesse=0.93,
            )


def vorzeichenfarbe(wert: float) -> str:
    """Colour of a signed number, as everywhere in the book."""
    return "positiv" if wert > 0 else "negativ" if wert < 0 else "text-leise"


def mit_vorzeichen(wert: float) -> str:
    """A number with its sign, also the positive one: colour alone is not enough."""
    return f"+{als_text(wert)}" if wert > 0 else als_text(wert)


def als_text(wert: object) -> str:
    """A number with decimal comma and true minus; anything else as it is."""
    if isinstance(wert, bool) or not isinstance(wert, int | float):
        return str(wert)
    text = str(wert) if isinstance(wert, int) else f"{wert:.4g}"
    return text.replace("-", "\N{MINUS SIGN}").replace(".", ",")
