"""A small archive made of the `index` tables of a rule's cases: `text`, and where needed `title` (the file's name), `source`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shenwen.corpus.archive import Archive, MemoryArchive
from shenwen.corpus.entries import Entry, entry_of
from shenwen.corpus.model import Document
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import understand


def indexed(documents: list[dict[str, Any]], folder: Path) -> Archive:
    """An archive that holds the documents, ready for `Context.archive`."""
    return MemoryArchive([_entry(number, each) for number, each in enumerate(documents, 1)])


def _entry(number: int, given: dict[str, Any]) -> Entry:
    document = read_bytes(f"{given.get('title', number)}.txt", given["text"].strip("\n").encode())
    assert isinstance(document, Document)
    return entry_of(understand(document), given.get("source", "issued"))
