"""What a scan has read, beside the index: one row a file, and the row is the mark that the file is done."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from shenwen.corpus.index import Index

_SCHEMA = """
CREATE TABLE IF NOT EXISTS scanned (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,       -- nanoseconds
    version TEXT NOT NULL,           -- of the program and the settings that made the rows
    items BLOB NOT NULL              -- what the file holds: MessagePack, packed with zlib
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells an unchanged file: its size in bytes, its time of change in nanoseconds, and what read it."""

    size: int
    modified: int
    version: str


class ScanTable:
    """The rows of scans kept in an index."""

    def __init__(self, index: Index) -> None:
        self.connection: sqlite3.Connection = index.connection
        self.connection.execute(_SCHEMA)

    def marks(self) -> dict[str, Mark]:
        """All files done, with their marks."""
        rows = self.connection.execute("SELECT path, size, modified, version FROM scanned")
        return {path: Mark(*mark) for path, *mark in rows}

    def put(self, rows: Iterable[tuple[str, Mark, Any]]) -> None:
        """Store `(path, mark, items)` rows; part of the caller's transaction, if there is one."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO scanned VALUES (?, ?, ?, ?, ?)",
            [(path, mark.size, mark.modified, mark.version, pack(items)) for path, mark, items in rows],
        )

    def items(self, path: str) -> Any:
        """What the file holds, as it was put. Raises KeyError for a file that is not done."""
        row = self.connection.execute("SELECT items FROM scanned WHERE path = ?", (path,)).fetchone()
        if row is None:
            raise KeyError(path)
        return unpack(row[0])

    def each(self, paths: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """`(path, items)` of the files, in the order of the paths."""
        for path in paths:
            yield path, self.items(path)

    def forget(self, paths: Iterable[str]) -> None:
        """Drop files that are no longer there."""
        self.connection.executemany("DELETE FROM scanned WHERE path = ?", [(path,) for path in paths])


def pack(value: Any) -> bytes:
    import msgspec

    return zlib.compress(msgspec.msgpack.encode(value), 1)


def unpack(blob: bytes) -> Any:
    import msgspec

    return msgspec.msgpack.decode(zlib.decompress(blob))
