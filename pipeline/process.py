"""Files → documents → facts, within limits of time and memory. The same for lint, review, extract, ledger and the page.

A few files are read here; many, and those that only a native library can read (PDF, archives that may hold one), in worker
processes: a library that never returns costs one file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Document, Failure, Record
from shenwen.extractors.content import Unreadable
from shenwen.extractors.file_format import format_of, is_message
from shenwen.extractors.find_facts import find_facts
from shenwen.extractors.read import Limits, read_file

if TYPE_CHECKING:
    from shenwen.pipeline.engine import Lost

T = TypeVar("T")
#: From so many files on, workers earn the time that their start takes; another worker for so many files each.
MANY, _A_WORKER = 24, 8
#: Formats whose libraries may not return from a hostile file, and those that may hold such a file.
_IN_WORKERS = (FileFormat.PDF, FileFormat.ZIP, FileFormat.MESSAGE, FileFormat.XLSX, FileFormat.IMAGE)


def records_of(path: Path, limits: Limits | None = None) -> Iterator[Record | Failure]:
    """Every document in one file with its facts, without findings; a failure stands for a document that cannot be read.

    In this process, for callers that are workers themselves.
    """
    for item in read_file(path, limits=limits or Limits()):
        yield understand(item) if isinstance(item, Document) else item


def understand(document: Document) -> Record:
    """The record of a document that has been read."""
    return Record(document, find_facts(document))


def records_of_all(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Record | Failure]:
    """`records_of` for many files, in order, each within its time (`limits.seconds`)."""
    for _, items in records_by_file(paths, limits):
        yield from items


def records_by_file(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[tuple[Path, Iterable[Record | Failure]]]:
    """Each file with what is in it, in order."""
    return by_file(paths, limits or Limits(), records_in)


def documents_of_all(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Document | Failure]:
    """The documents alone, without facts."""
    for _, items in by_file(paths, limits or Limits(), _documents):
        yield from items


def records_in(path: str, limits: Limits) -> list[Record | Failure]:
    """`records_of` as work for `by_file`."""
    return list(records_of(Path(path), limits))


def _documents(path: str, limits: Limits) -> list[Document | Failure]:
    return list(read_file(Path(path), limits=limits))


def by_file(
    paths: Iterable[Path], limits: Limits, work: Callable[..., list[T | Failure]]
) -> Iterator[tuple[Path, list[T | Failure]]]:
    """Each file with `work(path, limits=limits)`, in order: here, or in a worker, where `work` must be picklable."""
    files = list(paths)
    apart = files if len(files) >= MANY else [path for path in files if needs_worker(path, limits)]
    read = iter(_in_workers(apart, limits, work) if apart else ())
    waiting = iter(apart)
    due = next(waiting, None)
    for path in files:
        if path is due:
            yield path, next(read)
            due = next(waiting, None)
        else:
            yield path, work(str(path), limits=limits)


def _in_workers(files: list[Path], limits: Limits, work: Callable[..., list[T | Failure]]) -> Iterator[list[T | Failure]]:
    from shenwen.pipeline.engine import run_all

    jobs = min(os.cpu_count() or 1, -(-len(files) // _A_WORKER))
    return run_all(map(str, files), partial(work, limits=limits), _lost, jobs, limits.seconds)


def _lost(path: str, why: Lost) -> list[T | Failure]:
    return [Failure(path, why.reason, why.message)]


def needs_worker(path: Path, limits: Limits) -> bool:
    """Whether the file is, or may hold, one that is read by a library which may not return."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            suspect = limits.ocr or b"%PDF-" in head[:1024] or head.startswith(b"PK") or is_message(head)
            if not suspect or path.stat().st_size > limits.file_bytes:
                return False
            return format_of(head + file.read()) in _IN_WORKERS
    except (OSError, Unreadable):
        return False
