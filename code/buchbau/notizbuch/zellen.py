"""Baut die Zellen und die Angaben eines exportierten Notebooks.

Called by `hefte`. Ids and metadata follow from the content alone, so that a notebook
which is exported again differs only where the chapter does.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

import nbformat
from nbformat import NotebookNode

# What is only for the build: print, numbers in prose.
BUILD_ONLY = ("application/pdf", "application/papermill.record/")


def markdown(source: str) -> NotebookNode:
    """Return a Markdown cell."""
    return nbformat.v4.new_markdown_cell(source)


def code(source: str, original: NotebookNode | None = None) -> NotebookNode:
    """Return a code cell, with the outputs and tags of `original` if it is given."""
    cell = nbformat.v4.new_code_cell(source)
    if original is None:
        return cell
    tags = list(original.metadata.get("tags", []))
    if tags:
        cell.metadata["tags"] = tags
    alt = original.metadata.get("mystnb", {}).get("image", {}).get("alt")
    if alt:
        cell.metadata["mystnb"] = {"image": {"alt": alt}}
    if {"hide-input", "hide-cell"} & set(tags):
        cell.metadata["jupyter"] = {"source_hidden": True}
    cell.outputs = [
        reduced for output in original.outputs if (reduced := _reduce(output)) is not None
    ]
    return cell


def _reduce(output: NotebookNode) -> NotebookNode | None:
    """Return an output without what only the build needs; None if nothing is left."""
    if output.output_type == "stream":
        return output if output.name == "stdout" else None
    if output.output_type not in ("display_data", "execute_result"):
        return output
    data = {
        mime: value
        for mime, value in output.data.items()
        if not mime.startswith(BUILD_ONLY)
    }
    if not data:
        return None
    return nbformat.from_dict({**output, "data": data, "metadata": {}})


def folded(heading: str) -> NotebookNode:
    """Return a heading whose section JupyterLab shows folded, as the page does."""
    cell = markdown(heading)
    cell.metadata["jp-MarkdownHeadingCollapsed"] = True
    return cell


def merged(cells: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring texts; a heading begins a new cell, so that it can be folded."""
    result: list[NotebookNode] = []
    for cell in cells:
        last = result[-1] if result else None
        if (
            last is not None
            and last.cell_type == cell.cell_type == "markdown"
            and not cell.source.startswith("#")
            and not last.metadata
        ):
            last.source += "\n\n" + cell.source
        else:
            result.append(cell)
    return result


def without_outputs(cell: NotebookNode) -> NotebookNode:
    """Return the cell as the learner gets it: not yet run."""
    cell.outputs = []
    cell.execution_count = None
    return cell


def notebook(
    cells: Iterable[NotebookNode], name: str, *, gpu: bool, executed: bool
) -> NotebookNode:
    """Return the notebook of these cells.

    name: file name, which Colab shows; gpu: Colab should offer one; executed: number the
    code cells as if they had just been run in order.
    """
    cells = merged(cells)
    seen: Counter[str] = Counter()
    count = 0
    for cell in cells:
        digest = hashlib.sha256(f"{cell.cell_type} {cell.source}".encode()).hexdigest()
        seen[digest] += 1
        cell.id = f"{digest[:10]}-{seen[digest]}"
        if cell.cell_type == "code" and executed:
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
    metadata = {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {
            "file_extension": ".py",
            "mimetype": "text/x-python",
            "name": "python",
        },
        "colab": {"name": name, "provenance": [], "toc_visible": True},
    }
    if gpu:
        metadata["accelerator"] = "GPU"
        metadata["colab"]["gpuType"] = "T4"
    result = nbformat.v4.new_notebook(cells=cells, metadata=nbformat.from_dict(metadata))
    result.nbformat_minor = 5
    return result
