"""Files and collections of laws into the index: read in worker processes, stored in short transactions."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from shenwen.corpus.amendments import last_act
from shenwen.corpus.entries import entry_of
from shenwen.corpus.index import Index, Stored
from shenwen.corpus.model import Document, DocumentKind, Failure, Level
from shenwen.corpus.publications import publication_of
from shenwen.corpus.tasks import Task, TaskTable
from shenwen.corpus.title_keys import places
from shenwen.pipeline.engine import Lost, run_all

_BATCH = 64
#: Words that collections have for a law no longer in force, and for national law.
_ENDED = re.compile(r"废止|失效|历史版本|已被?修[改正订]")
_NATIONAL = re.compile(r"法律|法典|宪法|刑法|民法|经济法|行政法|社会法|诉讼|司法解释|部门规章")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one file or law: what was stored of it and what failed."""

    stored: tuple[Stored, ...] = ()
    tasks: tuple[tuple[str, tuple[Task, ...]], ...] = ()
    failures: tuple[Failure, ...] = ()


def add_files(index: Index, files: Iterable[Path], jobs: int | None = None, seconds: float = 60.0) -> Iterator[Added]:
    """Read the files and store what they hold; what is stored when it is yielded stays, come what may."""
    yield from _stored(index, run_all(map(str, files), read_issued, _lost_file, jobs, seconds))


def add_laws(index: Index, file: Path, jobs: int | None = None, seconds: float = 60.0) -> Iterator[Added]:
    """Store a collection of laws: JSON Lines, gzip or not. Raises OSError and ValueError for a file that is none."""
    yield from _stored(index, run_all(_rows(file), read_law, _lost_law, jobs, seconds))


def _stored(index: Index, results: Iterable[Added]) -> Iterator[Added]:
    waiting: list[Added] = []
    for added in results:
        waiting.append(added)
        if len(waiting) >= _BATCH:
            yield from _store(index, waiting)
            waiting = []
    yield from _store(index, waiting)
    index.sort()


def _store(index: Index, batch: list[Added]) -> list[Added]:
    index.add(item for added in batch for item in added.stored)
    table = TaskTable(index)
    with index.transaction():
        for path, tasks in (each for added in batch for each in added.tasks):
            table.put(path, tasks)
    index.fail((f.path, f.reason.value, f.message) for added in batch for f in added.failures)
    return batch


def read_issued(path: str) -> Added:
    """One file as issued documents."""
    from shenwen.pipeline.ledger import tasks_in
    from shenwen.pipeline.process import records_of

    stored, tasks, failures = [], [], []
    for item in records_of(Path(path)):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            stored.append(Stored(entry_of(item), publication_of(item)))
            tasks.append((item.document.path, tuple(tasks_in(item))))
    return Added(tuple(stored), tuple(tasks), tuple(failures))


def _lost_file(path: str, why: Lost) -> Added:
    return Added(failures=(Failure(path, why.reason, why.message),))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict) or not row.get("title") or not row.get("text"):
                    raise ValueError(f"第 {number} 行缺少 title 或 text")
                yield row


def read_law(row: Mapping[str, Any]) -> Added:
    """One row of a collection: {id, title, text} and, where known, {category, adopted, effective, expired, status}: words such as
    行政法规 and 已废止, ISO dates, true/false/null. `issued_date` and `effective_date` serve as well."""
    from shenwen.extractors.read import read_bytes
    from shenwen.pipeline.process import understand

    path = f"law:{row.get('id') or row['title']}"
    document = read_bytes(path, f"{row['title']}\n{row['text']}".encode())
    if not isinstance(document, Document):
        return Added(failures=(document,))
    record = understand(document)
    adopted = _day(row.get("adopted") or row.get("issued_date"))
    own = entry_of(record, source="law")
    entry = replace(
        own,
        title=str(row["title"]),
        kind=DocumentKind.LAW,
        level=_level(str(row["title"]), str(row.get("category") or "")) or own.level,
        issued_date=adopted or last_act(own),
        effective_date=_day(row.get("effective") or row.get("effective_date")) or own.effective_date,
    )
    return Added(stored=(Stored(entry, None, _expired(row)),))


def _level(title: str, category: str) -> Level | None:
    """The nation's, for a row of a collection of national law whose title names no place."""
    return Level.NATIONAL if _NATIONAL.search(category) and "地方" not in category and not places(title) else None


def _expired(row: Mapping[str, Any]) -> bool | None:
    """What the collection says: true, false or nothing; of words 有效 and what ends it."""
    if isinstance(row.get("expired"), bool):
        return bool(row["expired"])
    status = str(row.get("status") or "")
    return True if _ENDED.search(status) else False if "有效" in status else None


def _lost_law(row: Mapping[str, Any], why: Lost) -> Added:
    return Added(failures=(Failure(f"law:{row.get('id') or row['title']}", why.reason, why.message),))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None
