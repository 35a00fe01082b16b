"""What a scan has read, beside the index: one row a file, and the row is the mark that the file is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shenwen.corpus.index import Index
from shenwen.corpus.model import Failure, Record
from shenwen.corpus.packing import packed, unpacked

_SCHEMA = """
CREATE TABLE IF NOT EXISTS scanned (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,       -- nanoseconds
    version TEXT NOT NULL,           -- of the program and the settings that made the row
    kept BLOB NOT NULL               -- `Kept`, packed
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells an unchanged file: its size in bytes, its time of change in nanoseconds, and what read it."""

    size: int
    modified: int
    version: str


@dataclass(frozen=True, slots=True)
class Kept:
    """All that one file holds: its documents, or the members' of an archive, and what could not be read."""

    records: tuple[Record, ...] = ()
    failures: tuple[Failure, ...] = ()

    def packed(self) -> bytes:
        return packed(self)


class ScanTable:
    """The rows of scans kept in an index."""

    def __init__(self, index: Index) -> None:
        self.connection: sqlite3.Connection = index.connection
        self.connection.execute(_SCHEMA)

    def paths(self) -> Iterator[str]:
        """All files done."""
        for (path,) in self.connection.execute("SELECT path FROM scanned"):
            yield path

    def mark(self, path: str) -> Mark | None:
        """The mark of a file that is done; None for one that is not."""
        row = self.connection.execute("SELECT size, modified, version FROM scanned WHERE path = ?", (path,)).fetchone()
        return Mark(*row) if row else None

    def put(self, path: str, mark: Mark, kept: bytes) -> None:
        """Store what a file holds, as `Kept.packed` has it; part of the caller's transaction, if there is one."""
        values = (path, mark.size, mark.modified, mark.version, kept)
        self.connection.execute("INSERT OR REPLACE INTO scanned VALUES (?, ?, ?, ?, ?)", values)

    def kept(self, path: str) -> Kept:
        """What the file holds. Raises KeyError for a file that is not done."""
        row = self.connection.execute("SELECT kept FROM scanned WHERE path = ?", (path,)).fetchone()
        if row is None:
            raise KeyError(path)
        return unpacked(row[0], Kept)

    def forget(self, paths: Iterable[str]) -> None:
        """Drop files that are no longer there."""
        self.connection.executemany("DELETE FROM scanned WHERE path = ?", [(path,) for path in paths])
