"""CSS variables and code colours, generated from ``code/dlbuch/gestaltung.toml``.

``buchbau.sphinx.seite`` puts the result in front of the style sheet. Nobody types a
colour anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping

from dlbuch.stil import gestaltung

ERSATZ = {
    "text": 'Charter, "Bitstream Charter", Georgia, serif',
    "serifenlos": '"Segoe UI", "Helvetica Neue", Arial, sans-serif',
    "code": 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
}

# Pygments' token classes (short names) by what they mean to a reader
_CODE_KLASSEN: Mapping[str, str] = {
    "schluesselwort": "k kc kd kn kp kr kt ow",
    "zeichenkette": "s s1 s2 sa sb sc dl sd se sh si sx sr ss",
    "kommentar": "c ch cm cp cpf c1 cs",
    "zahl": "m mb mf mh mi il mo",
    "funktion": "nf fm nc nd nn",
    "operator": "o p",
    "fehler": "err gr gt",
}


def _farben(modus: str) -> str:
    werte = gestaltung()["farben"][modus]
    code = gestaltung()["code"][modus]
    zeilen = [f"--{name}:{wert}" for name, wert in werte.items()]
    zeilen += [f"--code-{name}:{wert}" for name, wert in code.items()]
    schema = "dark" if modus == "dunkel" else "light"
    return ";".join([f"color-scheme:{schema}", *zeilen])


def css_variablen() -> str:
    """Custom properties for light and dark.

    ``data-theme`` on the root element is the reader's choice; without it (or without
    JavaScript) the system's setting counts.
    """
    masse, schriften = gestaltung()["masse"], gestaltung()["schriften"]
    fest = [f'--schrift-{k}:"{name}",{ERSATZ[k]}' for k, name in schriften.items()]
    fest += [
        f"--groesse-text:{masse['text'] / 16}rem",
        f"--groesse-text-schmal:{masse['text-schmal'] / 16}rem",
        f"--groesse-bild:{masse['bildunterschrift'] / 16}rem",
        f"--groesse-code:{masse['code'] / 16}rem",
        f"--groesse-klein:{masse['klein'] / 16}rem",
        f"--zeilenhoehe:{masse['zeilenhoehe']}",
        f"--satzbreite:{masse['satzbreite'] / 16}rem",
        f"--radius:{masse['radius']}px",
        f"--abstand:{masse['abstand'] / 16}rem",
    ]
    hell, dunkel = _farben("hell"), _farben("dunkel")
    return "\n".join(
        [
            f":root{{{';'.join(fest)}}}",
            f":root{{{hell}}}",
            "@media screen and (prefers-color-scheme:dark){"
            f':root:not([data-theme="light"]){{{dunkel}}}}}',
            f'@media screen{{:root[data-theme="dark"]{{{dunkel}}}}}',
            "",
        ]
    )


def css_code() -> str:
    """Rules that colour highlighted code through the variables."""
    regeln = [
        f"{','.join(f'.highlight .{k}' for k in klassen.split())}"
        f"{{color:var(--code-{name})}}"
        for name, klassen in _CODE_KLASSEN.items()
    ]
    regeln.append(".highlight .gp,.highlight .go{color:var(--code-kommentar)}")
    regeln.append(".highlight .c1,.highlight .c,.highlight .cm{font-style:italic}")
    return "\n".join(regeln) + "\n"


def dunkle_farben() -> dict[str, str]:
    """Light colour to dark colour by meaning, for pictures that are drawn twice.

    Of two names with the same light value the first counts: white is paper.
    """
    farben = gestaltung()["farben"]
    zuordnung: dict[str, str] = {}
    for name, wert in farben["hell"].items():
        zuordnung.setdefault(wert, farben["dunkel"][name])
    return zuordnung
