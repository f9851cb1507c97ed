"""Writes reports to files: each appears whole or not at all, whatever happens in between."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reports import html, tables
from reports.document import Document

FORMATS = ("html", "json", "csv")
"""What can be written: one page, the document itself, one file a table."""

_MODE = 0o644  # reports are for others to read, whatever the mask of the one that writes them


def write_report(document: Document, folder: Path, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
    """Write one relationship's report.

    Args:
        document: what to write.
        folder: where; it is made where it is missing.
        formats: some of `FORMATS`.

    Returns:
        `<relationship>.html`, `<relationship>.json`, `<relationship>/<table>.csv`, in this order.

    Raises:
        ValueError: a format is unknown.
        OSError: the folder cannot be written.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"no such format: {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    texts = dict(_texts(document, formats))
    return tuple(_write(folder / name, text) for name, text in texts.items())


def write_index(documents: Sequence[Document], folder: Path) -> Path:
    """Write `index.html`, the page that lists the reports of one run.

    Raises:
        OSError: the folder cannot be written.
    """
    return _write(folder / "index.html", html.render_index(documents))


def _texts(document: Document, formats: Sequence[str]) -> Iterator[tuple[str, str]]:
    name = document.relationship
    if "html" in formats:
        yield f"{name}.html", html.render(document)
    if "json" in formats:
        yield f"{name}.json", tables.to_json(document)
    if "csv" in formats:
        yield from ((f"{name}/{table}.csv", text) for table, text in tables.to_csv(document).items())


def _write(path: Path, text: str) -> Path:
    """Write beside the place and rename: a reader sees the old file or the new one.

    The partial file's name is fixed, so that the next run takes the place of what a killed one left; only one runs at
    a time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(text.encode("utf-8", "replace"))
        partial.chmod(_MODE)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return path
