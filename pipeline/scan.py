"""An archive: every file read once, all compared, everything that was found written, whatever happens in between.

walk (sorted; unchanged files skipped) → workers read and judge one file each → short transactions, where a stored row is the mark of
completion → when all are in: relations, interpretations → outputs in order of paths, each under a temporary name until it is whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from shenwen.checks.settings import Settings
from shenwen.corpus.entries import entry_of
from shenwen.corpus.index import Index, Stored
from shenwen.corpus.model import Failure, Record
from shenwen.corpus.publications import publication_of
from shenwen.corpus.scan_table import Mark, ScanTable
from shenwen.pipeline.engine import Lost, run_all
from shenwen.pipeline.judging import Judge, judge_with

OUTPUTS = ("documents.jsonl", "obligations.jsonl", "duplicates.jsonl", "interpretations.jsonl", "findings.jsonl")
_BATCH = 32
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """How an archive is read: settings, day, limit of seconds a file, number of processes."""

    settings: Settings
    today: date
    seconds: float = 60.0
    jobs: int | None = None

    @property
    def version(self) -> str:
        """Changes with the program, the settings and the day: rows made under another version are made anew."""
        said = repr((version("shenwen"), self.settings, self.today))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file: rows for the outputs, and what the index keeps of its documents."""

    path: str
    mark: Mark
    items: tuple[dict[str, Any], ...]
    stored: tuple[Stored, ...]


def read_archive(index: Index, files: Sequence[Path], job: Job, tell: Tell = lambda done, total: None) -> int:
    """Bring the index up to the files: new and changed ones are read, those no longer there forgotten. How many were read."""
    table = ScanTable(index)
    marks = table.marks()
    names = [str(file) for file in files]
    wanted = [name for name in names if marks.get(name) != _mark(name, job.version)]
    _forget(index, table, marks.keys() - set(names))
    work = partial(read_one, settings=job.settings, today=job.today, version=job.version)
    waiting: list[Read] = []
    for number, read in enumerate(run_all(wanted, work, partial(_lost, version=job.version), job.jobs, job.seconds), 1):
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
            index.remove("issued", read.path)
            index.add(read.stored)
            table.put([(read.path, read.mark, read.items)])


def _forget(index: Index, table: ScanTable, gone: Iterable[str]) -> None:
    """A file that is not among the paths is forgotten only if it is no longer there: an index may serve several archives."""
    lost = [path for path in sorted(gone) if not Path(path).exists()]
    with index.transaction():
        for path in lost:
            index.remove("issued", path)
        table.forget(lost)


def _mark(path: str, version: str) -> Mark | None:
    try:
        stat = Path(path).stat()
    except OSError:
        return None
    return Mark(stat.st_size, stat.st_mtime_ns, version)


def read_one(path: str, settings: Settings, today: date, version: str) -> Read:
    """Read and judge one file; its members, if it is an archive. Runs in a worker."""
    from shenwen.pipeline.process import records_of

    mark = _mark(path, version) or Mark(-1, -1, version)
    judge = _judge(settings, today)
    items: list[dict[str, Any]] = []
    stored: list[Stored] = []
    for item in records_of(Path(path)):
        if isinstance(item, Failure):
            items.append(_failed(item))
        else:
            items.append(_done(item, judge))
            stored.append(Stored(entry_of(item), publication_of(item)))
    return Read(path, mark, tuple(items), tuple(stored))


@lru_cache(maxsize=2)
def _judge(settings: Settings, today: date) -> Judge:
    return judge_with(settings, None, today)


def _done(record: Record, judge: Judge) -> dict[str, Any]:
    """A document's rows for the outputs."""
    from shenwen.pipeline.as_json import document_json, finding_json, obligation_json

    judged, _ = judge.judged(record)
    path = record.document.path
    return {
        "document": document_json(record.document, record.facts) | {"status": "ok", "reason": None},
        "obligations": [{"type": "obligation", "path": path, **obligation_json(o)} for o in record.facts.obligations],
        "findings": [finding_json(finding) for finding in judged.findings],
    }


def _failed(failure: Failure) -> dict[str, Any]:
    row = {
        "type": "document",
        "path": failure.path,
        "sha256": failure.sha256,
        "status": failure.status,
        "reason": failure.reason.value,
        "message": failure.message,
    }
    return {"document": row, "obligations": [], "findings": []}


def _lost(path: str, why: Lost, version: str) -> Read:
    mark = _mark(path, version) or Mark(-1, -1, version)
    return Read(path, mark, (_failed(Failure(path, why.reason, why.message)),), ())


def state_of(index: Index, files: Sequence[Path], job: Job) -> str:
    """A digest of all that the outputs depend on; equal digests, equal outputs."""
    digest = hashlib.sha256(job.version.encode())
    marks = ScanTable(index).marks()
    for file in files:
        mark = marks.get(str(file))
        digest.update(f"{file}\0{mark}\n".encode("utf-8", "surrogateescape"))
    laws = index.connection.execute("SELECT count(*), coalesce(max(id), 0) FROM documents WHERE source = 'law'").fetchone()
    digest.update(repr(laws).encode())
    return digest.hexdigest()


def relations_in(index: Index, files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Rows of `duplicates.jsonl`: relations among the documents of the files and between these and the laws of the index."""
    import numpy as np

    from shenwen.corpus.matching import align
    from shenwen.corpus.postings import candidates, repeated_postings
    from shenwen.corpus.relations import relate

    scanned = {str(file) for file in files}
    rows = [row for row in index.prints() if row[1] == "law" or row[2].split("!/")[0] in scanned]
    pairs = candidates(repeated_postings([np.frombuffer(blob, "<u8").astype(np.uint64) for *_, blob in rows]))
    entry = lru_cache(maxsize=512)(index.entry)
    for a, b, _ in pairs.tolist():
        if rows[a][1] == rows[b][1] == "law":
            continue
        first, second = entry(rows[a][0]), entry(rows[b][0])
        if relation := relate(first, second, align(first, second)):
            yield relation_json(relation)


def relation_json(relation: Any) -> dict[str, Any]:
    """A row of `duplicates.jsonl`."""
    return {
        "a": relation.a,
        "b": relation.b,
        "relation": relation.relation.value,
        "coverage_a": round(relation.coverage_a, 4),
        "coverage_b": round(relation.coverage_b, 4),
        "reason": relation.reason,
        "pairs": [{"a_provision": a, "b_provision": b, "similarity": round(s, 4)} for a, b, s in relation.pairs],
    }


def interpretations_in(index: Index, files: Sequence[Path], job: Job) -> Iterator[dict[str, Any]]:
    """Rows of `interpretations.jsonl`."""
    from shenwen.corpus.workdays import Calendar
    from shenwen.pipeline.interpretations import interpretation_rows

    scanned = {str(file) for file in files}
    publications = (item for item in index.publications() if item.path.split("!/")[0] in scanned)
    yield from interpretation_rows(publications, job.today, Calendar.default(), job.settings)


class Writer:
    """Writes the outputs of a scan into a folder, each file whole or not at all."""

    def __init__(self, out: Path) -> None:
        self.out = out
        out.mkdir(parents=True, exist_ok=True)

    def lines(self, name: str, rows: Iterable[dict[str, Any]]) -> int:
        """One JSON object a line; how many."""
        import msgspec

        encoder = msgspec.json.Encoder()
        half = self.out / f".{name}.part"
        number = 0
        with half.open("wb") as file:
            for row in rows:
                file.write(encoder.encode(row) + b"\n")
                number += 1
            file.flush()
            os.fsync(file.fileno())
        half.replace(self.out / name)
        return number


@dataclass(frozen=True, slots=True)
class Summary:
    """What a scan found: files by status and by reason, rows by output."""

    statuses: dict[str, int]
    reasons: dict[str, int]
    rows: dict[str, int]
    offences: dict[str, int]
    clock: dict[str, int]
    severities: dict[str, int]


def write_outputs(index: Index, files: Sequence[Path], job: Job, out: Path) -> Summary:
    """All outputs for people and machines. Raises OSError where the folder cannot be written."""
    from collections import Counter

    table, writer = ScanTable(index), Writer(out)
    names = [str(file) for file in files]
    statuses: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    offences: Counter[str] = Counter()
    clock: Counter[str] = Counter()

    def documents() -> Iterator[dict[str, Any]]:
        for _, items in table.each(names):
            for item in items:
                row = item["document"]
                statuses[row["status"]] += 1
                reasons[row["reason"] or ""] += row["status"] != "ok"
                yield row

    def relations() -> Iterator[dict[str, Any]]:
        for row in relations_in(index, files):
            offences[row["relation"]] += 1
            yield row

    def interpretations() -> Iterator[dict[str, Any]]:
        for row in interpretations_in(index, files, job):
            clock[row["status"]] += 1
            yield row

    def findings() -> Iterator[dict[str, Any]]:
        for _, items in table.each(names):
            for row in (row for item in items for row in item["findings"]):
                severities[row["severity"]] += 1
                yield row

    rows = {
        "documents.jsonl": writer.lines("documents.jsonl", documents()),
        "obligations.jsonl": writer.lines(
            "obligations.jsonl", (row for _, items in table.each(names) for item in items for row in item["obligations"])
        ),
        "duplicates.jsonl": writer.lines("duplicates.jsonl", relations()),
        "interpretations.jsonl": writer.lines("interpretations.jsonl", interpretations()),
        "findings.jsonl": writer.lines("findings.jsonl", findings()),
    }
    counted = {key: number for key, number in reasons.items() if number}
    return Summary(dict(statuses), counted, rows, dict(offences), dict(clock), dict(severities))
