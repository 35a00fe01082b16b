"""The fingerprints of an index: sorted postings of most documents as files, and those of documents that came since.

Ids of documents grow for ever, and a document that changes gets a new one: so the last id that was sorted tells what came after.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shenwen.corpus.postings import Postings

    Lookup = tuple[NDArray[np.int64], Postings]

#: So many documents outside the sorted postings make it worth sorting anew, if they are this share of all, or by themselves so many
#: that sorting them at every start would be felt.
_REBUILD, _REBUILD_SHARE, _REBUILD_ALWAYS = 2000, 0.25, 20_000


@dataclass(slots=True)
class IndexPostings:
    """The postings of the index in a folder, through its connection."""

    folder: Path
    connection: sqlite3.Connection
    _lookups: list[Lookup] | None = field(default=None, init=False)

    def lookups(self) -> list[Lookup]:
        """`(ids, postings)`: document n of the postings is `ids[n]`. All documents stand in one of them."""
        if self._lookups is None:
            from shenwen.corpus.postings_files import postings_of_rows

            ready = self._sorted()
            last = int(ready[0][-1]) if ready is not None and len(ready[0]) else -1
            outside = self.connection.execute("SELECT id, prints FROM documents WHERE id > ? ORDER BY id", (last,)).fetchall()
            self._lookups = [each for each in (ready, postings_of_rows(outside) if outside else None) if each]
        return self._lookups

    def due(self) -> bool:
        """Whether so many documents came since the last sorting that sorting pays."""
        total = self._count("1")
        outside = self._count("id > CAST(coalesce((SELECT value FROM meta WHERE key = 'sorted'), '0') AS INTEGER)")
        return outside >= _REBUILD and (outside >= _REBUILD_ALWAYS or outside >= _REBUILD_SHARE * total)

    def write(self) -> tuple[str, int]:
        """Sort the fingerprints of all documents into new files; the files' name and the last document. Nobody sees them yet."""
        from shenwen.corpus.postings_files import write_postings

        last = int(self.connection.execute("SELECT coalesce(max(id), 0) FROM documents").fetchone()[0])
        rows = self.connection.execute("SELECT id, prints FROM documents WHERE id <= ? ORDER BY id", (last,))
        return write_postings(self.folder, rows), last

    def adopt(self, name: str, last: int) -> None:
        """Let these files take the place of the ones before. Part of the caller's transaction."""
        from shenwen.corpus.postings_files import remove_postings

        before = self.name()
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", (("postings", name), ("sorted", str(last))))
        remove_postings(self.folder, before)
        self._lookups = None

    def name(self) -> str | None:
        """The name of the files in use."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = 'postings'").fetchone()
        return row[0] if row else None

    def damaged(self) -> bool:
        """Whether files are named and cannot be read."""
        return self.name() is not None and self._sorted() is None

    def _sorted(self) -> Lookup | None:
        from shenwen.corpus.postings_files import read_postings

        tried = None
        while (name := self.name()) is not None and name != tried:  # another process may have sorted meanwhile
            if found := read_postings(self.folder / name):
                return found
            tried = name
        return None

    def _count(self, which: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM documents WHERE {which}").fetchone()[0])
