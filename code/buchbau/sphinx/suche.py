"""German full-text search of the website; loaded through `_config.yml`.

Sphinx's own index knows pages only and no compounds, and its script cannot show an
excerpt without a server. So this extension writes, from the resolved pages:

* `_static/suche/index.js`: word stems with the sections that contain them, synonyms,
  the German stemmer of Sphinx and the stop words; loaded on the first search;
* `_static/suche/seiten/<page>.js`: the text of a page in sections, loaded only for
  results that are shown. Both are scripts, so that they load from `file://` too.

`thema/js/suche.js` reads them. What a page contributes is kept beside the doctrees, so
that a build which writes one page knows the others.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import snowballstemmer
from docutils import nodes
from sphinx import addnodes, package_dir
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search.de import german_stopwords
from sphinx.util.typing import ExtensionMetadata

from buchbau.sphinx.glossar import entries_of, foreign_name
from buchbau.sphinx.seitenskript import SCRIPTS
from buchbau.sphinx.website import is_website
from buchbau.sprache.zusammensetzung import splitter

LANGUAGE = Path(__file__).resolve().parents[1] / "sprache"
OWN_WORDS = LANGUAGE / "woerter.txt"
SYNONYMS = LANGUAGE / "synonyme.txt"

# Weight of a word in a section: where it stands and whether it is part of a compound.
IN_TITLE, PART_IN_TITLE, IN_INDEX, IN_TEXT, PART_IN_TEXT = 24, 8, 12, 2, 1
# More repetitions than this say nothing new about a section.
MOST_REPEATS = 6
# Compared in lower case, so that "Die" at the start of a sentence is kept out, too.
STOP_WORDS = frozenset(german_stopwords)
WORD = re.compile(r"\w+")
SKIPPED = (nodes.comment, nodes.raw, nodes.system_message, nodes.math_block)
BLOCKS = (nodes.TextElement, nodes.image, nodes.literal_block)


@dataclass
class Section:
    """One section of a page: what a result links to."""

    anchor: str
    title: str
    text: str = ""
    code: str = ""
    keywords: list[str] = field(default_factory=list)


@functools.cache
def stem(word: str) -> str:
    """Return the stem that the stemmer in the browser finds for `word`, too."""
    return _stemmer().stemWord(word.lower())


@functools.cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("german")


@functools.cache
def compound_stems(word: str) -> frozenset[str]:
    """Return the stems of the parts of a compound, and of neighbouring parts.

    "Lernratenplan" gives lern, rat (from Rate), plan, but lernrat (Lernrate), too.
    """
    parts = splitter(OWN_WORDS).parts(word)
    low = word.lower()
    spans = set(parts)
    if len(parts) > 2:
        for first, second in itertools.pairwise(parts):
            start = low.index(first)
            spans.add(low[start : low.index(second, start) + len(second)])
    return frozenset(stem(span) for span in spans) - {stem(word)}


def words_of(text: str) -> Iterator[str]:
    """Yield the words worth finding; of `train_on_batch` also each part."""
    for word in WORD.findall(text):
        pieces = {word, *word.split("_")} if "_" in word else (word,)
        for piece in pieces:
            # Of the numbers only years are worth finding.
            number = piece.isdigit() and len(piece) != 4
            if len(piece) > 1 and not number and piece.lower() not in STOP_WORDS:
                yield piece


def weigh(section: Section) -> dict[str, int]:
    """Return each stem of a section with its weight."""
    weights: Counter[str] = Counter()
    for text, whole, part in (
        (section.title, IN_TITLE, PART_IN_TITLE),
        (" ".join(section.keywords), IN_INDEX, PART_IN_TITLE),
        (f"{section.text} {section.code}", IN_TEXT, PART_IN_TEXT),
    ):
        for word, count in Counter(words_of(text)).items():
            repeats = min(count, MOST_REPEATS)
            weights[stem(word)] += whole * repeats
            # German compounds of interest are nouns, and nouns are capitalised.
            if word[0].isupper():
                for piece in compound_stems(word):
                    weights[piece] += part * repeats
    return dict(weights)


def read_sections(doctree: nodes.document) -> list[Section]:
    """Return the sections of a page in their order, glossary terms as sections too."""
    sections = [Section("", "")]
    _collect(doctree, sections)
    for section in sections:
        section.text = " ".join(section.text.split())
    if not sections[0].text:
        del sections[0]
    return sections


def _collect(node: nodes.Node, sections: list[Section]) -> None:
    """Add the text of `node` and below to the last section, or start a new one."""
    current = sections[-1]
    if isinstance(node, SKIPPED) or _is_output(node):
        return
    if isinstance(node, addnodes.index):
        current.keywords += [entry[1].replace(";", " ") for entry in node["entries"]]
        return
    if isinstance(node, nodes.section):
        title = node.children[0] if node.children else None
        # sphinx-exercise wraps the text of an exercise in a section without a title.
        rest = node.children
        if isinstance(title, nodes.title):
            anchor = "" if len(sections) == 1 else node["ids"][0]
            sections.append(Section(anchor, title.astext()))
            rest = node.children[1:]
        for child in rest:
            _collect(child, sections)
        return
    if isinstance(node, nodes.definition_list_item) and _term_id(node):
        term = node.next_node(nodes.term)
        sections.append(Section(_term_id(node), _term_title(term)))
        for child in node.children[1:]:
            _collect(child, sections)
        return
    if isinstance(node, nodes.literal_block):
        current.code += f" {node.astext()}"
        return
    if isinstance(node, nodes.math):
        current.text += node.astext() if node.astext().isalnum() else "…"
        return
    if isinstance(node, nodes.Text):
        current.text += node.astext()
        return
    if isinstance(node, BLOCKS):
        current.text += " "
    for child in node.children:
        _collect(child, sections)


def _is_output(node: nodes.Node) -> bool:
    """Tell outputs of cells: numbers, which nobody searches for."""
    return (
        isinstance(node, nodes.Element)
        and node.get("nb_element") == "cell_code_output"
        and not any(True for _ in node.findall(nodes.caption))
    )


def _term_id(item: nodes.definition_list_item) -> str:
    """Return the anchor of a glossary entry, or an empty string."""
    term = item.next_node(nodes.term)
    return term["ids"][0] if term is not None and term["ids"] else ""


def _term_title(term: nodes.term) -> str:
    """Return "Lernrate (learning rate)", as the entry stands in the source."""
    foreign = [name.astext() for name in term.findall(foreign_name)]
    german = term.astext().removesuffix("".join(foreign)).strip()
    return f"{german} ({', '.join(foreign)})" if foreign else german


def keep_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep what a page contributes, and write its text for the excerpts."""
    if not is_website(app):
        return
    sections = read_sections(doctree)
    kept = _kept_file(app, docname)
    kept.parent.mkdir(parents=True, exist_ok=True)
    record = [{"anchor": s.anchor, "title": s.title, "weights": weigh(s)} for s in sections]
    kept.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    target = Path(app.outdir, "_static", "suche", "seiten", f"{docname}.js")
    target.parent.mkdir(parents=True, exist_ok=True)
    texts = [section.text for section in sections]
    target.write_text(_call("setzeTexte", docname, texts), "utf-8")


def _kept_file(app: Sphinx, docname: str) -> Path:
    return Path(app.doctreedir, "suche", f"{docname}.json")


def _call(function: str, *values: Any) -> str:
    """Return a script that hands values to `suche.js`."""
    arguments = ",".join(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values
    )
    return f"// Erzeugt von buchbau.sphinx.suche.\nBuchsuche.{function}({arguments});\n"


@dataclass
class Index:
    """The index as the browser reads it; names are short because each byte is sent."""

    seiten: list[list[str]] = field(default_factory=list)  # [page, title, part]
    abschnitte: list[list[Any]] = field(default_factory=list)  # [page, nr, id, title]
    woerter: dict[str, list[int]] = field(default_factory=dict)  # [section, weight, …]
    synonyme: dict[str, list[str]] = field(default_factory=dict)


def build_index(app: Sphinx) -> Index:
    """Put the kept contributions of all pages together."""
    index = Index(synonyme=read_synonyms(app))
    words: defaultdict[str, list[int]] = defaultdict(list)
    parts = parts_of_pages(app)
    for docname in sorted(app.env.found_docs, key=list(parts).index):
        kept = _kept_file(app, docname)
        if not kept.exists():
            continue
        page = len(index.seiten)
        title = app.env.titles[docname].astext()
        index.seiten.append([docname, title, parts[docname]])
        for number, section in enumerate(json.loads(kept.read_text("utf-8"))):
            for word, weight in section["weights"].items():
                words[word] += [len(index.abschnitte), weight]
            index.abschnitte.append([page, number, section["anchor"], section["title"]])
    index.woerter = dict(sorted(words.items()))
    return index


def parts_of_pages(app: Sphinx) -> dict[str, str]:
    """Return the pages in the book's order, each with "Part · Kapitel 3"."""
    site_map = app.env.external_site_map
    parts = {site_map.root.docname: ""}
    own = {teil.titel: teil.seite for teil in getattr(app.env, "dlbuch_teile", [])}

    def walk(docname: str, part: str) -> None:
        for tree in site_map[docname].subtrees:
            caption = tree.caption or part
            if tree.caption in own:
                parts[own[tree.caption]] = "Teil des Buchs"
            for child in tree.files():
                name = str(child)
                number = app.env.toc_secnumbers.get(name, {}).get("", ())
                chapter = f"Kapitel {'.'.join(map(str, number))}" if number else ""
                parts[name] = " · ".join(filter(None, (caption, chapter)))
                walk(name, caption)

    walk(site_map.root.docname, "")
    return parts


def read_synonyms(app: Sphinx) -> dict[str, list[str]]:
    """Return for each name its other names, as stems joined by spaces.

    From the glossary's pairs (noted by buchbau.sphinx.glossar) and the file
    `synonyme.txt`, in which a line holds names of one thing, separated by "=".
    """
    pages = entries_of(app.env).values()
    groups = [entry.names for entries in pages for entry in entries]
    for line in SYNONYMS.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            groups.append(line.split("="))
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        names = {_stems(name) for name in group} - {""}
        for name in names:
            pairs[name] |= names - {name}
    return {name: sorted(others) for name, others in sorted(pairs.items()) if others}


def _stems(name: str) -> str:
    return " ".join(stem(word) for word in words_of(name))


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write `index.js` when all pages are written."""
    if exception or not is_website(app):
        return
    scripts = Path(package_dir, "search", "minified-js")
    stemmer = "".join(
        (scripts / name).read_text("utf-8")
        for name in ("base-stemmer.js", "german-stemmer.js")
    )
    target = Path(app.outdir, "_static", "suche", "index.js")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        _call("setzeIndex", asdict(build_index(app)), sorted(STOP_WORDS))
        # The stemmer of Snowball, BSD licence, as Sphinx brings it.
        + f"(() => {{\n{stemmer}\nBuchsuche.setzeStemmer(new GermanStemmer());\n}})();",
        "utf-8",
    )


def search_page(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Yield the page `search.html`; without JavaScript it says where else to look."""
    if not is_website(app):
        return
    body = """
<h1>Suche</h1>
<form class="suche-feld" role="search" action="search.html" method="get">
<label for="suche-eingabe">Suchbegriffe</label>
<input id="suche-eingabe" type="search" name="q" autocomplete="off" spellcheck="false">
<button type="submit">Suchen</button>
</form>
<div id="suche-ergebnis" class="suche-ergebnis" data-suche-ergebnis></div>
<noscript><p>Die Suche braucht JavaScript. Ohne hilft das
<a href="genindex.html">Stichwortverzeichnis</a>.</p></noscript>
"""
    yield "search", {"title": "Suche", "body": body}, "page.html"


def prepare(app: Sphinx) -> None:
    """Switch Sphinx's own index off: `search_page` and `write_index` replace it."""
    if app.builder.format == "html":
        app.builder.search = False


def offer_script(app: Sphinx, config: Config) -> None:
    """Let `suche.js` be copied and loaded on every page."""
    if str(SCRIPTS) not in config.html_static_path:
        config.html_static_path.append(str(SCRIPTS))
    app.add_js_file("suche.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the steps of the search."""
    app.connect("config-inited", offer_script)
    app.connect("builder-inited", prepare)
    app.connect("doctree-resolved", keep_page, priority=900)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", write_index)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
