"""Which interpretation goes with which document, and which documents are copies of one another, as tables that are asked.

The tables lie in a file of an index or in one of SQLite's own for the time of a batch: memory does not grow with the archive, and all
workers of a scan ask one file. Publications are read from where they are kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from shenwen.corpus.publications import Publication

SCHEMA = """
CREATE TABLE publications (
    at INTEGER PRIMARY KEY,          -- by path
    number INTEGER NOT NULL,         -- what the publication is read by; below 0: of the batch
    path TEXT NOT NULL,
    home INTEGER,                    -- of a document: the first copy of it
    explains INTEGER NOT NULL        -- 1 for an interpretation
);
CREATE TABLE pairs (
    interpretation INTEGER NOT NULL, document INTEGER NOT NULL, confidence REAL NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (interpretation, document)
) WITHOUT ROWID;
"""
LOOK_UPS = """
CREATE INDEX publications_path ON publications (path);
CREATE INDEX publications_home ON publications (home) WHERE home IS NOT NULL;
CREATE INDEX publications_explains ON publications (explains) WHERE explains;
CREATE INDEX pairs_document ON pairs (document);
"""
#: Families whose members stay in memory.
_FAMILIES = 16


@dataclass(frozen=True, slots=True)
class Pair:
    """An interpretation and a document that it interprets. `confidence` is 0 to 1; `evidence` says why, in Chinese."""

    policy: Publication
    interpretation: Publication
    confidence: float
    evidence: tuple[str, ...]


class Pairing:
    """The tables, once they are filled. `read` gives the publication of a number; `beside` says that a batch was paired with what an
    index holds."""

    def __init__(self, connection: sqlite3.Connection, read: Callable[[int], Publication], beside: bool = False) -> None:
        self.connection = connection
        self._read, self._beside = read, beside
        self._members = lru_cache(_FAMILIES)(self._family)

    def close(self) -> None:
        self.connection.close()

    def family(self, path: str) -> tuple[Publication, ...]:
        """A document and its copies, by path; empty for a path that is none of the documents'."""
        home = self._home(path)
        return () if home is None else self._members(home)

    def of_policy(self, path: str) -> tuple[Pair, ...]:
        """Pairs of a document or of a copy of it, by interpretation."""
        home = self._home(path)
        return () if home is None else tuple(self._pairs("document.home = ?", home))

    def of_interpretation(self, path: str) -> tuple[Pair, ...]:
        """What an interpretation interprets."""
        return tuple(self._pairs("interpretation.path = ?", path))

    def pairs(self) -> Iterator[Pair]:
        """All pairs, by interpretation."""
        return self._pairs("?", 1)

    def documents(self) -> Iterator[str]:
        """Paths of all documents, ascending."""
        for (path,) in self.connection.execute("SELECT path FROM publications WHERE home IS NOT NULL ORDER BY at"):
            yield path

    def home(self, path: str) -> str | None:
        """The path of the first copy of a document; None for a path that is none of the documents'."""
        row = self.connection.execute("SELECT path FROM publications WHERE at = ?", (self._home(path),)).fetchone()
        return row[0] if row else None

    def interpretations(self) -> Iterator[Publication]:
        """All interpretations, by path."""
        for (number,) in self.connection.execute("SELECT number FROM publications WHERE explains ORDER BY at"):
            yield self._read(number)

    @cached_property
    def explained(self) -> bool:
        """Whether there is any interpretation."""
        return self.connection.execute("SELECT 1 FROM publications WHERE explains LIMIT 1").fetchone() is not None

    def elsewhere(self, path: str) -> bool:
        """Whether only the index beside a batch knows a document: a copy of it stands for itself in the batch."""
        found = self.connection.execute("SELECT number FROM publications WHERE path = ?", (path,)).fetchone()
        return self._beside and found is not None and found[0] >= 0

    def _home(self, path: str) -> int | None:
        row = self.connection.execute("SELECT home FROM publications WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def _family(self, home: int) -> tuple[Publication, ...]:
        rows = self.connection.execute("SELECT number FROM publications WHERE home = ? ORDER BY at", (home,))
        return tuple(self._read(number) for (number,) in rows)

    def _pairs(self, which: str, value: object) -> Iterator[Pair]:
        rows = self.connection.execute(
            "SELECT document.number, interpretation.number, confidence, why FROM pairs"
            " JOIN publications AS document ON document.at = pairs.document"
            " JOIN publications AS interpretation ON interpretation.at = pairs.interpretation"
            f" WHERE {which} ORDER BY pairs.interpretation, pairs.document",
            (value,),
        )
        for document, interpretation, confidence, why in rows:
            yield Pair(self._read(document), self._read(interpretation), confidence, (why,))


def tables(file: Path | None) -> sqlite3.Connection:
    """Empty tables in a new file, or in one that goes with the connection."""
    connection = sqlite3.connect(file or "", isolation_level=None)
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA temp_store = FILE; {SCHEMA}")
    return connection


def opened(file: Path) -> sqlite3.Connection:
    """Filled tables, to be asked."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
