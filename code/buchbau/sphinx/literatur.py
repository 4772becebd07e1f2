"""German bibliography and author–year citations; loaded through `_config.yml`.

`{cite:t}`lecun1998gradient`` gives "LeCun et al. (1998)", `{cite}` and `{cite:p}` give
"(LeCun et al., 1998)", with the page where needed: `{cite:p}`{S. 12}lecun1998gradient``.
The list stands in `book/anhang/literatur.md`, its entries in `literatur.bib` beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from docutils import nodes
from pybtex.database import Entry, Person
from pybtex.plugin import register_plugin
from pybtex.richtext import Symbol, Text
from pybtex.style.formatting import BaseStyle, toplevel
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting.author_year_title import SortingStyle
from pybtex.style.template import (
    FieldIsMissing,
    Node,
    field,
    first_of,
    href,
    join,
    node,
    optional,
    sentence,
    tag,
)
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

STYLE = "deutsch"
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
    *("September", "Oktober", "November", "Dezember"),
)
OTHERS = "others"  # BibTeX's name for all whom a list of authors leaves out
# BibTeX's macros (`month = mar`) arrive as English names.
ENGLISH_MONTHS = tuple(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"))


def german_month(month: str) -> str:
    """Return the German name of a month given as number or in English."""
    if month.isdigit():
        return MONTHS[int(month) - 1]
    return MONTHS[ENGLISH_MONTHS.index(month[:3].lower())]


def german_date(date: str) -> str:
    """Return "21. November 2026" for "2026-11-21"."""
    year, month, day = date.split("-")
    return f"{int(day)}. {german_month(month)} {year}"


def german_edition(edition: str) -> str:
    """Return "2. Aufl." for "2"; words are taken as they stand."""
    return f"{edition}. Aufl." if edition.isdigit() else edition


def german_pages(pages: str) -> Text:
    """Return "S. 5–9" with a dash between the pages and a space that does not break."""
    plain = Text(Symbol("ndash")).join(re.split(r"-+|–", pages))
    return Text("S.", Symbol("nbsp"), plain)


@node
def people(children: list[Any], context: dict[str, Any], role: str) -> Text:
    """Return "A; B und C"; BibTeX's `and others` becomes "et al.", as in the text.

    Raises FieldIsMissing where the work names nobody in this role.
    """
    if role not in context["entry"].persons:
        raise FieldIsMissing(role, context["entry"])
    persons, style = context["entry"].persons[role], context["style"]
    shown = [
        style.format_name(person, style.abbreviate_names)
        for person in persons
        if str(person) != OTHERS
    ]
    if len(shown) < len(persons):
        every = join(sep="; ")[shown].format_data(context)
        return Text(every, Symbol("nbsp"), "et al.")
    several = join(sep="; ", sep2=" und ", last_sep=" und ")
    return several[shown].format_data(context)


class GermanSorting(SortingStyle):
    """By name, year, title; ä counts as a (DIN 5007-1), as in the index."""

    def sorting_key(self, entry: Entry) -> tuple[str, ...]:
        """Return the key; editors stand in for authors with every kind of work."""
        key = (
            self.author_editor_key(entry),
            entry.fields.get("year", ""),
            entry.fields.get("title", ""),
        )
        return tuple(self._folded(part) for part in key)

    @staticmethod
    def _folded(text: str) -> str:
        decomposed = unicodedata.normalize("NFD", text.replace("ß", "ss"))
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
        return re.sub(r"[{}]", "", bare).casefold()

    def person_key(self, person: Person) -> str:
        """Return family name, then first names; "van" and the like come last."""
        names_in_order = (person.last_names, person.first_names, person.prelast_names)
        return "  ".join(" ".join(part) for part in names_in_order)


class GermanLabels(BaseLabelStyle):
    """Labels as the works are cited: "LeCun et al. 1998".

    Two works with the same label could not be told apart in the text; the build says so.
    """

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield a label for each entry."""
        for entry in sorted_entries:
            people = entry.persons.get("author") or entry.persons.get("editor") or []
            last_names = [" ".join(person.last_names) for person in people]
            if len(last_names) > 2 or OTHERS in last_names:
                last_names = [f"{last_names[0]} et al."]
            label = f"{' und '.join(last_names)} {entry.fields.get('year', '')}"
            yield re.sub(r"[{}]", "", label)


class GermanStyle(BaseStyle):
    """Works as "Name, Vorname (1998): Titel. *Zeitschrift* 86 (11), S. 2278–2324."."""

    default_name_style = "lastfirst"
    default_label_style = STYLE
    default_sorting_style = STYLE

    def _work(self, *blocks: Any) -> Node:
        """Return the template: who and when, what, where, links, remarks."""
        month = optional[field("month", raw=True, apply_func=german_month), Symbol("nbsp")]
        # sentence setzt den Punkt nur, wo kein Fragezeichen steht
        head = sentence[join[self._persons(), " (", month, field("year"), "): ", blocks[0]]]
        rest = [sentence[block] for block in blocks[1:]]
        note = sentence[optional[field("note")]]
        return toplevel[[head, *rest, note, self._links()]]

    def _persons(self) -> Node:
        return first_of[optional[people("author")], join[people("editor"), " (Hrsg.)"]]

    def _links(self) -> Node:
        doi, eprint, url = (field(key, raw=True) for key in ("doi", "eprint", "url"))
        seen = optional[
            " (abgerufen am ", field("urldate", raw=True, apply_func=german_date), ")"
        ]
        return first_of[
            optional[href(join["https://doi.org/", doi])[join["doi:", doi]], "."],
            optional[
                href(join["https://arxiv.org/abs/", eprint])[join["arXiv:", eprint]], "."
            ],
            optional[href(url)[url], seen, "."],
            "",
        ]

    @staticmethod
    def _pages() -> Node:
        return optional[field("pages", raw=True, apply_func=german_pages)]

    @staticmethod
    def _publisher() -> Node:
        """Return edition, place and publisher."""
        place = first_of[
            optional[field("address"), ": ", field("publisher")],
            optional[field("publisher")],
        ]
        edition = optional[field("edition", raw=True, apply_func=german_edition)]
        return join(sep=", ")[edition, place]

    def get_article_template(self, entry: Entry) -> Node:
        """Return the template of an article in a journal."""
        journal = join[
            tag("em")[field("journal")],
            optional[" ", field("volume")],
            optional[" (", field("number"), ")"],
        ]
        return self._work(field("title"), join(sep=", ")[journal, self._pages()])

    def get_book_template(self, entry: Entry) -> Node:
        """Return the template of a book."""
        series = optional[field("series"), optional[Symbol("nbsp"), field("volume")]]
        return self._work(tag("em")[field("title")], series, self._publisher())

    def get_inproceedings_template(self, entry: Entry) -> Node:
        """Return the template of a paper at a conference or a chapter of a book."""
        editors = optional[people("editor"), " (Hrsg.): "]
        volume = optional["Bd.", Symbol("nbsp"), field("volume")]
        series = optional[field("series")]
        inside = join["In: ", editors, tag("em")[field("booktitle")]]
        where = join(sep=", ")[inside, series, volume, self._pages()]
        return self._work(field("title"), where, self._publisher())

    get_incollection_template = get_inproceedings_template
    get_inbook_template = get_inproceedings_template

    def get_phdthesis_template(self, entry: Entry) -> Node:
        """Return the template of a thesis; `type` names another kind than a doctor's."""
        kind = first_of[optional[field("type")], "Dissertation"]
        place = optional[field("address")]
        where = join(sep=", ")[kind, field("school"), place]
        return self._work(tag("em")[field("title")], where)

    def get_mastersthesis_template(self, entry: Entry) -> Node:
        """Return the template of a master's thesis."""
        kind = first_of[optional[field("type")], "Masterarbeit"]
        where = join(sep=", ")[kind, field("school"), optional[field("address")]]
        return self._work(tag("em")[field("title")], where)

    def get_techreport_template(self, entry: Entry) -> Node:
        """Return the template of a report."""
        kind = first_of[optional[field("type")], "Technischer Bericht"]
        number = optional[" ", field("number")]
        where = join(sep=", ")[
            join[kind, number], field("institution"), optional[field("address")]
        ]
        return self._work(field("title"), where)

    def get_misc_template(self, entry: Entry) -> Node:
        """Return the template of anything else: web pages, programs, data."""
        return self._work(field("title"), optional[field("howpublished")])

    get_online_template = get_misc_template
    get_software_template = get_misc_template
    get_dataset_template = get_misc_template


class GermanReferences(AuthorYearReferenceStyle):
    """Citations in the text: "(Ward, 1963)", "Glorot und Bengio (2010)"."""

    def __init__(self) -> None:
        """Set brackets and German conjunctions."""
        several = {"sep": "; "}
        super().__init__(
            bracket_parenthetical=BracketStyle("(", ")", **several),
            bracket_textual=BracketStyle("(", ")", **several),
            bracket_author=BracketStyle("(", ")", **several),
            bracket_label=BracketStyle("(", ")", **several),
            bracket_year=BracketStyle("(", ")", **several),
            person=PersonStyle(
                sep2=" und ", last_sep=" und ", other=Text(Symbol("nbsp"), "et al.")
            ),
            text_reference_sep=Symbol("nbsp"),
        )


def set_defaults(app: Sphinx, config: Config) -> None:
    """Make the German style the one that is used where no other is named."""
    config.bibtex_default_style = STYLE
    config.bibtex_reference_style = STYLE
    # Addresses that stay the same when works are added.
    config.bibtex_cite_id = "lit-{key}"
    config.bibtex_bibliography_id = "literaturverzeichnis"


def hide_labels(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take the labels off the list: each work already begins with name and year.

    LaTeX needs them for its own list.
    """
    if app.builder.format == "html":
        for citation in doctree.findall(nodes.citation):
            for label in list(citation.findall(nodes.label)):
                citation.remove(label)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the styles."""
    register_plugin("pybtex.style.sorting", STYLE, GermanSorting)
    register_plugin("pybtex.style.labels", STYLE, GermanLabels)
    register_plugin("pybtex.style.formatting", STYLE, GermanStyle)
    sphinxcontrib.bibtex.plugin.register_plugin(
        "sphinxcontrib.bibtex.style.referencing", STYLE, GermanReferences
    )
    # pybtex looks through all installed packages again for every citation: 3 s a build.
    pybtex.plugin._load_entry_point = cache(pybtex.plugin._load_entry_point)
    app.connect("config-inited", set_defaults)
    app.connect("doctree-resolved", hide_labels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
