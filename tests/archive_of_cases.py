"""A small archive made of the `index` tables of a rule's cases: `text`, and where needed `title` (the file's name), `source`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shenwen.corpus.archive import Archive
from shenwen.corpus.entries import Entry, entry_of
from shenwen.corpus.index import Stored, open_index
from shenwen.corpus.model import Document
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import understand


def indexed(documents: list[dict[str, Any]], folder: Path) -> Archive:
    """An index that holds the documents, ready for `Context.archive`."""
    index = open_index(folder / "index", create=True)
    index.add(Stored(_entry(number, each)) for number, each in enumerate(documents, 1))
    return index


def _entry(number: int, given: dict[str, Any]) -> Entry:
    document = read_bytes(f"{given.get('title', number)}.txt", given["text"].strip("\n").encode())
    assert isinstance(document, Document)
    return entry_of(understand(document), given.get("source", "issued"))
