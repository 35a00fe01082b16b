"""One document: bytes → document → facts → findings. The same function serves lint, review and scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from shenwen.corpus.model import Document, Failure, Record
from shenwen.extractors.find_facts import find_facts
from shenwen.extractors.read import Limits, read_file


def records_of(path: Path, limits: Limits | None = None) -> Iterator[Record | Failure]:
    """Every document in one file with its facts, without findings; a failure stands for a document that cannot be read."""
    for item in read_file(path, limits=limits or Limits()):
        yield understand(item) if isinstance(item, Document) else item


def understand(document: Document) -> Record:
    """The record of a document that has been read."""
    return Record(document, find_facts(document))


def records_of_all(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Record | Failure]:
    """`records_of` for many files, in order."""
    for path in paths:
        yield from records_of(path, limits)
