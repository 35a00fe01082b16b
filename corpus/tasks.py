"""A task of the register (任务台账): who does what by when, with its place in the document that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shenwen.corpus.index import Index
from shenwen.corpus.packing import packed, unpacked

_SCHEMA = "CREATE TABLE IF NOT EXISTS tasks (path TEXT PRIMARY KEY, tasks BLOB NOT NULL) WITHOUT ROWID"


class State(StrEnum):
    """Where a task stands on a day, as far as documents tell."""

    OVERDUE = "overdue"
    SOON = "soon"
    OPEN = "open"
    RECURRING = "recurring"
    UNDATED = "undated"
    """It has a time limit whose last day cannot be known."""
    UNLIMITED = "unlimited"
    """It has no time limit."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `id` stays the same as long as the words do; `due` is the last day, `reason` why it is unknown."""

    id: str
    path: str
    action: str
    quote: str
    start: int
    end: int
    title: str | None = None
    doc_number: str | None = None
    issued_date: date | None = None
    provision: str | None = None
    leading: tuple[str, ...] = ()
    bearing: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    limit: str = ""
    due: date | None = None
    recurring: bool = False
    reason: str | None = None

    @property
    def owners(self) -> tuple[str, ...]:
        """Leading and bearing bodies."""
        return self.leading + self.bearing

    def state(self, day: date, soon: int = 7) -> State:
        """Where the task stands on `day`; `soon` is how many days before the last one it counts as near."""
        if self.recurring:
            return State.RECURRING
        if self.due is None:
            return State.UNDATED if self.limit else State.UNLIMITED
        if self.due < day:
            return State.OVERDUE
        return State.SOON if (self.due - day).days <= soon else State.OPEN


class TaskTable:
    """Tasks kept in an index, by file."""

    def __init__(self, index: Index) -> None:
        self.connection = index.connection
        self.connection.execute(_SCHEMA)

    def put(self, path: str, tasks: Iterable[Task]) -> None:
        """Store the tasks of a document; those stored before are replaced."""
        self.connection.execute("INSERT OR REPLACE INTO tasks VALUES (?, ?)", (path, packed(tuple(tasks))))

    def tasks(self) -> Iterator[Task]:
        """Tasks of all documents that the index still holds, by path, in reading order."""
        query = "SELECT tasks FROM tasks WHERE path IN (SELECT path FROM documents WHERE source = 'issued') ORDER BY path"
        for (blob,) in self.connection.execute(query):
            yield from unpacked(blob, tuple[Task, ...])
