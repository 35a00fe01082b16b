"""The register of tasks across documents: what is due, overdue, recurring, without owner or without time limit on a day."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from shenwen.corpus.index import Index
from shenwen.corpus.model import Obligation, Record
from shenwen.corpus.tasks import State, Task, TaskTable
from shenwen.pipeline.reports.wording import due_day, leaders, limits, one_line
from shenwen.pipeline.tasks import tasks_of

STATES = {
    State.OVERDUE: "逾期",
    State.SOON: "临期",
    State.OPEN: "未到期",
    State.RECURRING: "周期性",
    State.UNDATED: "时限待定",
    State.UNLIMITED: "无时限",
    State.DONE: "已完成",
}
#: Words by which people mark a task as done in their own column 状态.
DONE = frozenset({"已完成", "完成", "办结", "已办结", "销号", "已销号"})


@dataclass(frozen=True, slots=True)
class Noted:
    """What people wrote beside a task in an earlier register."""

    progress: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A task in the register with its state and what people noted."""

    number: int
    task: Task
    state: State
    noted: Noted = Noted()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks are asked for; empty fields ask for all. Days include both ends."""

    owner: str = ""
    document: str = ""
    since: date | None = None
    until: date | None = None
    states: tuple[State, ...] = ()
    without_owner: bool = False

    def takes(self, row: Row) -> bool:
        task = row.task
        own = any(self.owner in name for name in (*task.owners, *task.supporting))
        named = any(self.document in text for text in (task.title or "", task.doc_number or "", task.path))
        late = self.until is None or (task.due is not None and task.due <= self.until)
        early = self.since is None or (task.due is not None and task.due >= self.since)
        return own_or_all(self.owner, own) and named and late and early and self._state(row)

    def _state(self, row: Row) -> bool:
        return (not self.states or row.state in self.states) and not (self.without_owner and row.task.owners)


def own_or_all(wanted: str, found: bool) -> bool:
    """No wish is no restriction."""
    return found or not wanted


def tasks_in(record: Record) -> Iterator[Task]:
    """The tasks of a document, in reading order."""
    seen: Counter[str] = Counter()
    for obligation in tasks_of(record):
        words = re.sub(r"\W", "", obligation.quote)
        seen[words] += 1
        yield _task(record, obligation, f"{words}#{seen[words]}")


def tasks_of_index(index: Index) -> Iterator[Task]:
    """The tasks of all documents that an index has read, by whatever command, by path."""
    from shenwen.corpus.scan_table import ScanTable

    scanned = ScanTable(index)
    files = set(scanned.paths())
    known: dict[str, list[Task]] = {}
    for task in TaskTable(index).tasks():
        if task.path.split("!/")[0] not in files:
            known.setdefault(task.path, []).append(task)
    for path in files:
        for record in scanned.kept(path).records:
            known[record.document.path] = list(tasks_in(record))
    for path in sorted(known):
        yield from known[path]


def _task(record: Record, obligation: Obligation, words: str) -> Task:
    head = record.facts.masthead
    leading, bearing = leaders(obligation)
    limit = limits(obligation)
    due = due_day(obligation.deadlines)
    name = head.doc_number or head.title or record.document.path
    return Task(
        id=hashlib.sha256(f"{name}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:12],
        path=record.document.path,
        action=one_line(obligation.action or obligation.text),
        quote=obligation.quote,
        start=obligation.span.start,
        end=obligation.span.end,
        title=head.title,
        doc_number=head.doc_number,
        issued_date=head.issued_date,
        provision=obligation.provision,
        leading=_names(leading),
        bearing=_names(bearing),
        supporting=_names(obligation.supporting),
        limit=limit,
        due=due,
        recurring=due is None and any(deadline.norm.startswith("every") for deadline in obligation.deadlines),
        reason=next((d.reason for d in obligation.deadlines if d.reason), None) if limit and due is None else None,
    )


def _names(actors: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.full or actor.name for actor in actors))


def register(tasks: Iterable[Task], day: date, noted: dict[str, Noted] | None = None, wanted: Wanted = Wanted()) -> list[Row]:
    """The rows of the register: overdue first, then by last day; what has none comes after what has one."""
    known = noted or {}
    rows = []
    for task in tasks:
        note = known.get(task.id, Noted())
        state = State.DONE if note.status.strip() in DONE else task.state(day)
        rows.append(Row(0, task, state, note))
    order = list(STATES)
    kept = sorted(
        (row for row in rows if wanted.takes(row)),
        key=lambda row: (order.index(row.state), row.task.due or date.max, row.task.path, row.task.start),
    )
    return [Row(number, row.task, row.state, row.noted) for number, row in enumerate(kept, 1)]


def row_json(row: Row) -> dict[str, Any]:
    """A row for programs: the task's fields, its state, what people noted."""
    said = {field.name: getattr(row.task, field.name) for field in fields(row.task)}
    return {**said, "state": row.state.value, "progress": row.noted.progress, "status": row.noted.status}


def totals(rows: Iterable[Row]) -> dict[State, int]:
    """How many tasks stand in each state, in the register's order; states without tasks are left out."""
    counted = Counter(row.state for row in rows)
    return {state: counted[state] for state in STATES if counted[state]}
