"""An archive into the index: every file is read once, whatever happens in between.

walk (sorted; unchanged files skipped) → workers read and judge one file each → short transactions, where a stored row is the mark of
completion. Stop anywhere, start again. What is then written of it: `scan_outputs.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from shenwen.checks.settings import Settings
from shenwen.corpus.entries import entry_of
from shenwen.corpus.index import Index, Row, Stored, row_of
from shenwen.corpus.model import Failure, Record
from shenwen.corpus.publications import publication_of
from shenwen.corpus.scan_table import Kept, Mark, ScanTable
from shenwen.pipeline.engine import Lost, run_all
from shenwen.pipeline.judging import Judge, judge_with
from shenwen.pipeline.metadata_table import MetadataTable, with_metadata
from shenwen.pipeline.walk import mark_of, name_of

_BATCH = 32
Tell = Callable[[int, int], None]


class Engine(Protocol):
    """Something that does tasks, in order: `run_all` with its limits set, or the same elsewhere."""

    def __call__(self, tasks: Iterable[Any], work: Callable[[Any], Any], lost: Callable[[Any, Lost], Any]) -> Iterator[Any]: ...


@dataclass(frozen=True)
class Job:
    """How an archive is read: settings, day, limit of seconds a file, number of processes, what the office says of its files; the
    address of a Dask scheduler, where other machines are to do the work."""

    settings: Settings
    today: date
    seconds: float = 60.0
    jobs: int | None = None
    register: MetadataTable | None = None
    scheduler: str | None = None

    @cached_property
    def version(self) -> str:
        """Changes with the program and the settings: rows made under another version are made anew. The day does not count."""
        return hashlib.sha256(repr((version("shenwen"), self.settings, self.register)).encode()).hexdigest()[:16]

    @property
    def lost_version(self) -> str:
        """Of files whose reading did not end: they are tried again under another limit."""
        return f"{self.version}:{self.seconds:g}"

    @property
    def engine(self) -> Engine:
        """Processes of this machine, or of a cluster."""
        if self.scheduler:
            from shenwen.pipeline.engine_dask import run_on_cluster

            return partial(run_on_cluster, address=self.scheduler, seconds=self.seconds)
        return partial(run_all, jobs=self.jobs, seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file, ready to be stored."""

    path: str
    mark: Mark
    kept: bytes
    rows: tuple[Row, ...] = ()


def read_archive(
    index: Index,
    files: Sequence[str],
    roots: Iterable[str],
    job: Job,
    tell: Tell = lambda done, total: None,
    engine: Engine | None = None,
) -> int:
    """Bring the index up to the files below the roots: new and changed ones are read, those no longer there forgotten.

    How many were read.
    """
    table = ScanTable(index)
    wanted = [file for file in files if table.mark(name_of(file)) not in _marks(Path(file), job)]
    _forget(index, table, _gone(table.paths(), files, roots))
    run = engine or job.engine
    waiting: list[Read] = []
    for number, read in enumerate(run(wanted, partial(read_one, job=job), partial(_lost, job=job)), 1):
        waiting.append(read)
        if len(waiting) >= _BATCH:
            _store(index, table, waiting)
            waiting = []
            tell(number, len(wanted))
    _store(index, table, waiting)
    index.sort()
    return len(wanted)


def _store(index: Index, table: ScanTable, batch: Iterable[Read]) -> None:
    with index.transaction():
        for read in batch:
            index.remove("issued", read.path, but={row.values["path"] for row in read.rows})
            index.put(read.rows)
            table.put(read.path, read.mark, read.kept)


def _gone(done: Iterable[str], files: Sequence[str], roots: Iterable[str]) -> list[str]:
    """Files once read below these roots, and not there now; what lies elsewhere belongs to another archive in the same index."""
    there, folders = set(map(name_of, files)), [Path(root) for root in roots]
    return sorted(path for path in done if path not in there and any(Path(path).is_relative_to(folder) for folder in folders))


def _forget(index: Index, table: ScanTable, gone: Sequence[str]) -> None:
    with index.transaction():
        for path in gone:
            index.remove("issued", path)
        table.forget(gone)


def _marks(path: Path, job: Job) -> tuple[Mark, ...]:
    """The marks under which the file, as it is now, is done."""
    mark = mark_of(path, job.version)
    return mark, replace(mark, version=job.lost_version)


def read_one(path: str, job: Job) -> Read:
    """Read and judge one file; its members, if it is an archive. Runs in a worker."""
    from shenwen.pipeline.process import records_of

    file = Path(path)
    mark = mark_of(file, job.version)
    judge = _judge(job.settings)
    items = list(records_of(file, judge.limits))
    records = tuple(judge.judged(_registered(item, job))[0] for item in items if isinstance(item, Record))
    kept = Kept(records, tuple(item for item in items if isinstance(item, Failure)))
    return Read(
        name_of(file), mark, kept.packed(), tuple(row_of(Stored(entry_of(each), publication_of(each))) for each in records)
    )


def _registered(record: Record, job: Job) -> Record:
    return with_metadata(record, job.register) if job.register else record


@lru_cache(maxsize=2)
def _judge(settings: Settings) -> Judge:
    """The rules that ask neither the index nor the day: an archive is not judged by the day on which it is read."""
    return judge_with(settings)


def _lost(path: str, why: Lost, job: Job) -> Read:
    name = name_of(Path(path))
    return Read(name, mark_of(Path(path), job.lost_version), Kept(failures=(Failure(name, why.reason, why.message),)).packed())
