"""The index: an embedded store of issued documents and laws that answers what of a draft already stands where.

A folder with `index.db` (SQLite, WAL: several processes may add at once, a stored row is the mark of completion) and `postings/`,
sorted fingerprints of most documents as memory-mapped arrays; documents added since then are looked up beside them. Entries are
MessagePack. The folder can be copied; nothing in it depends on the machine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from shenwen.corpus.archive import InForce, Similar, named, standing
from shenwen.corpus.entries import Entry
from shenwen.corpus.index_postings import IndexPostings
from shenwen.corpus.packing import Damaged, packed, unpacked
from shenwen.corpus.publications import Publication
from shenwen.corpus.title_keys import bare, key, keys_of, number_key
from shenwen.corpus.validity import Known, in_force

FORMAT = 1
_FILE = "index.db"
_MOST_SIMILAR = 40
#: Bytes of the file that are read as memory by those who only ask: pages of the system's cache, not of the process.
_MAPPED = 1 << 30


class IndexProblem(Exception):
    """The folder holds no index, a damaged one or one of a newer format; the message is for people, in Chinese."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of one document. `expired` is what its source says of it: True, False or None (nothing)."""

    entry: Entry
    publication: Publication | None = None
    expired: bool | None = None


class Index:
    """An open index. Make it with `open_index`; it is an `Archive`. Use as a context manager or call `close`."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection
        self.postings = IndexPostings(folder / "postings", connection)
        self._answer: tuple[tuple[Entry, int | None], list[Similar]] | None = None

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    # --- writing ----------------------------------------------------------------------------------------------------------

    def add(self, items: Iterable[Stored]) -> int:
        """Store documents in one transaction; a document of the same source and path is replaced. How many were new or changed."""
        return self.put([row_of(item) for item in items])

    def put(self, rows: Iterable[Row]) -> int:
        """`add` for documents whose rows were made elsewhere, in a worker."""
        with self.transaction() as connection:
            return sum(_write(connection, row) for row in rows)

    def remove(self, source: str, file: str, but: Container[str] = ()) -> None:
        """Forget the documents of a file and of its members (`a.zip!/b.docx`), except those under the paths in `but`."""
        with self.transaction() as connection:
            wanted = "SELECT id, path FROM documents WHERE source = ? AND"
            members = (
                source,
                f"{file}!/",
                f"{file}!0",
            )  # the character after "/": a range, so that no other document is looked at
            found = connection.execute(f"{wanted} path = ?", (source, file)).fetchall()
            found += connection.execute(f"{wanted} path >= ? AND path < ?", members).fetchall()
            rows = [(number,) for number, path in found if path not in but]
            for table, column in (("names", "document"), ("repeals", "document"), ("documents", "id")):
                connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", rows)

    def fail(self, failures: Iterable[tuple[str, str, str]]) -> None:
        """Note files that gave no document, as `(path, reason, message)`."""
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", failures)

    def holds(self, source: str, path: str, sha256: str) -> bool:
        """Whether this very content is stored under the path."""
        row = self.connection.execute("SELECT sha256 FROM documents WHERE source = ? AND path = ?", (source, path)).fetchone()
        return row is not None and row[0] == sha256

    def sort(self, force: bool = False) -> None:
        """Bring all fingerprints into the sorted postings, where enough are outside. Safe to interrupt."""
        if force or self.postings.due():
            name, last = self.postings.write()
            with self.transaction():
                self.postings.adopt(name, last)

    def settle(self) -> None:
        """Bring all that was written into the one file. Raises IndexProblem where other processes are at work."""
        if self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise IndexProblem(f"索引正由其他程序使用：{self.folder}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; within another transaction, a part of that."""
        if self.connection.in_transaction:
            yield self.connection
            return
        self.connection.execute("BEGIN IMMEDIATE")
        self._answer = None
        try:
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise

    # --- asking -----------------------------------------------------------------------------------------------------------

    def similar(self, draft: Entry, least: int | None = None) -> Iterable[Similar]:
        """See `Archive`: what shares passages with the draft, most first, then what it names; never the draft itself.

        `least` is how many fingerprints must be shared, fewer than for a whole draft where the draft is one passage. The last answer
        is kept: several rules ask the same of one draft.
        """
        if self._answer is None or self._answer[0] != (draft, least):
            self._answer = ((draft, least), list(self._similar(draft, least)))
        return self._answer[1]

    def _similar(self, draft: Entry, least: int | None) -> Iterator[Similar]:
        from shenwen.corpus.fingerprints import document_fingerprints
        from shenwen.corpus.postings import LEAST, look_up

        prints = document_fingerprints(draft).distinct()
        found = [(ids, look_up(prints, postings, least or LEAST)) for ids, postings in self.postings.lookups()]
        hits = [(hit.shared, int(ids[hit.document])) for ids, some in found for hit in some]
        ranked = self._ranked(hits)
        seen: set[int] = set()
        for number in (*ranked, *self._named(draft)):
            if number not in seen:
                seen.add(number)
                stored = self._stored(number)
                if stored and (stored.entry.path, stored.entry.sha256) != (draft.path, draft.sha256):
                    yield Similar(stored.entry, partial(self.in_force, stored, draft.issued_date or date.today()))

    def _ranked(self, hits: list[tuple[int, int]]) -> list[int]:
        """Ids of the best of `(shared, id)`, most shared first, then by path: ids tell when a document came, paths do not."""
        best = sorted((shared for shared, _ in hits), reverse=True)[:_MOST_SIMILAR]
        rows = [(-shared, self._path(number), number) for shared, number in hits if shared >= best[-1]]
        return [number for *_, number in sorted(rows)[:_MOST_SIMILAR]]

    def in_force(self, stored: Stored, day: date | None) -> InForce:
        """Whether the document binds on the day, by its own words, its source, repeals and later versions in this index."""
        own = standing(stored.entry, day)
        if own.value is False:
            return own
        found = in_force(stored.entry, stored.expired, self._known(stored.entry), day)
        return own if found.value is None else found

    def entries(self) -> Iterator[Stored]:
        """All documents by source and path."""
        rows = self.connection.execute("SELECT entry, publication, expired FROM documents ORDER BY source, path")
        for row in rows:
            yield _unpacked(*row)

    def places(self) -> Iterator[tuple[str, str, int, str | None]]:
        """`(path, source, id, title)` of all documents, ascending."""
        return self.connection.execute("SELECT path, source, id, title FROM documents ORDER BY path, source")

    def prints(self, ids: Iterable[int]) -> Iterator[bytes]:
        """The fingerprints of documents by their ids: 8 bytes each, little-endian. Raises KeyError."""
        for number in ids:
            row = self.connection.execute("SELECT prints FROM documents WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise KeyError(number)
            yield row[0]

    def entry(self, number: int) -> Entry:
        """The entry of a document by its id. Raises KeyError."""
        stored = self._stored(number)
        if stored is None:
            raise KeyError(number)
        return stored.entry

    def published(self) -> Iterator[tuple[str, int]]:
        """`(path, id)` of the issued documents of which a publication is kept, by path."""
        return self.connection.execute("SELECT path, id FROM documents WHERE publication IS NOT NULL ORDER BY path")

    def publication(self, number: int) -> Publication:
        """What the interpretation clock needs of a document, by its id. Raises KeyError."""
        row = self.connection.execute("SELECT publication FROM documents WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return unpacked(row[0], Publication)

    def failures(self) -> list[tuple[str, str, str]]:
        """Files that gave no document, as `(path, reason, message)`."""
        return self.connection.execute("SELECT path, reason, message FROM failures ORDER BY path").fetchall()

    def state(self) -> str:
        """Changes with every change of a document, which gives it a new id."""
        return repr(self.connection.execute("SELECT count(*), coalesce(max(id), 0) FROM documents").fetchone())

    def counts(self) -> dict[str, int]:
        """Documents by source."""
        return dict(self.connection.execute("SELECT source, count(*) FROM documents GROUP BY source ORDER BY source"))

    def problems(self) -> list[str]:
        """What is wrong with the index, in Chinese; empty for a sound one. Reads everything."""
        found = [f"数据库损坏：{row[0]}" for row in self.connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
        found += [] if found else self._unreadable()
        if self.postings.damaged():
            found.append("排序指纹文件缺失或损坏，可用 shenwen index verify --repair 重建")
        return found

    def _unreadable(self) -> Iterator[str]:
        for number, path, *row in self.connection.execute("SELECT id, path, entry, publication, expired FROM documents"):
            try:
                _unpacked(*row)
            except Damaged as error:
                yield f"第 {number} 条（{path}）无法读出：{error}"

    # --- within -----------------------------------------------------------------------------------------------------------

    def _stored(self, number: int) -> Stored | None:
        """What is kept of a document, but for what the clock knows of it."""
        row = self.connection.execute("SELECT entry, NULL, expired FROM documents WHERE id = ?", (number,)).fetchone()
        return _unpacked(*row) if row else None

    def _path(self, number: int) -> str:
        row = self.connection.execute("SELECT path FROM documents WHERE id = ?", (number,)).fetchone()
        return str(row[0]) if row else ""

    def find(self, words: str, most: int) -> list[tuple[Entry, InForce]]:
        """At most so many documents whose title holds all the words or that bear the number, the newest first; as of today."""
        each = words.split() or [words]
        titled = " AND ".join("instr(title, ?)" for _ in each)
        rows = self.connection.execute(
            f"SELECT id FROM documents WHERE ({titled}) OR id IN (SELECT document FROM names WHERE key = ?)"
            " ORDER BY issued DESC, path LIMIT ?",
            (*each, number_key(words), most),
        ).fetchall()
        found = [self._stored(number) for (number,) in rows]
        return [(stored.entry, self.in_force(stored, date.today())) for stored in found if stored]

    def _named(self, draft: Entry) -> list[int]:
        """Documents that the draft names by title or number."""
        numbers, titles = named(draft)
        # in running text words may stand before a number: 根据云政发〔2019〕6号
        keys = {number[at:] for number in numbers for at in range(min(len(number), 24))} | titles
        return self._by_keys("names", keys)

    def _by_keys(self, table: str, keys: Iterable[str]) -> list[int]:
        wanted = sorted(key for key in keys if key)
        found: set[int] = set()
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ",".join("?" * len(part))
            found |= {row[0] for row in self.connection.execute(f"SELECT document FROM {table} WHERE key IN ({marks})", part)}
        return sorted(found)

    def _known(self, entry: Entry) -> Iterator[Known]:
        """Documents that repeal the entry, the first of them first, then those that bear its title, the newest first."""
        repealing = self._by_keys("repeals", _keys(entry))
        stored = [item.entry for number in repealing if (item := self._stored(number)) and item.entry.path != entry.path]
        yield from (Known(other, True) for other in sorted(stored, key=lambda each: (each.issued_date or date.min, each.path)))
        for number in self._namesakes(entry):
            if number not in repealing and (item := self._stored(number)) and item.entry.path != entry.path:
                yield Known(item.entry, False)

    def _namesakes(self, entry: Entry) -> list[int]:
        """Later documents of the same collection under the very same title, the newest first, told without reading them."""
        day = entry.issued_date or entry.published_date
        if not entry.title or day is None:
            return []
        title = key(bare(entry.title))
        numbers = self._by_keys("names", keys_of(entry.title).all)
        found: list[tuple[str, str, int]] = []
        for at in range(0, len(numbers), 500):
            part = numbers[at : at + 500]
            wanted = f"id IN ({','.join('?' * len(part))}) AND +source = ? AND (issued IS NULL OR issued > ?)"  # +: by id
            rows = self.connection.execute(
                f"SELECT coalesce(issued, ''), path, id, title FROM documents WHERE {wanted}",
                (*part, entry.source, day.isoformat()),
            )
            found += [(issued, path, number) for issued, path, number, other in rows if other and key(bare(other)) == title]
        return [number for *_, number in sorted(found, reverse=True)]


def open_index(folder: Path, create: bool = False, settled: bool = False) -> Index:
    """The index in a folder, made where `create` is set. Raises IndexProblem: none there, damaged, of a newer format.

    `settled` promises that nobody writes into it after `Index.settle`: then it can be read from another machine, without locks.
    """
    file = folder / _FILE
    if not file.is_file():
        if not create:
            raise IndexProblem(f"目录中没有索引：{folder}（用 shenwen index add 建立）")
        folder.mkdir(parents=True, exist_ok=True)
    try:
        name = f"{file.absolute().as_uri()}?{'immutable=1' if settled else 'mode=rwc'}"
        connection = sqlite3.connect(name, timeout=60, isolation_level=None, uri=True)
        if not settled:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA mmap_size = {0 if create else _MAPPED}")
        connection.execute("PRAGMA synchronous = FULL" if create else "PRAGMA synchronous = NORMAL")
        _prepare(connection, folder, create)
    except sqlite3.DatabaseError as error:
        raise IndexProblem(f"索引损坏，无法打开：{file}（{error}）") from error
    return Index(folder, connection)


def _prepare(connection: sqlite3.Connection, folder: Path, write: bool) -> None:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "meta" in there:
        known = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        if known is None or not known[0].isdigit() or int(known[0]) > FORMAT:
            stated = known[0] if known else "不明"
            raise IndexProblem(f"索引格式 {stated} 高于本程序支持的 {FORMAT}，请升级程序，或换一个目录重建：{folder}")
        if "repeals_of" in there or not write:  # an index made before there were these look-ups gets them
            return
    script = resources.files("shenwen.corpus").joinpath("schema.sql").read_text(encoding="utf-8")
    connection.executescript(f"BEGIN IMMEDIATE;{script}INSERT OR IGNORE INTO meta VALUES ('format', '{FORMAT}');COMMIT;")


def _keys(entry: Entry) -> set[str]:
    titles = [title for title in (entry.title, *entry.inner_titles) if title]
    keys = {key for title in titles for key in keys_of(title).all}
    number = number_key(entry.doc_number)
    return keys | ({number} if number else set())


@dataclass(frozen=True, slots=True)
class Row:
    """A document ready to be stored: values of its columns, the keys it is named by, the keys of what it repeals."""

    values: dict[str, Any]
    names: frozenset[str]
    repeals: frozenset[str]


def row_of(item: Stored) -> Row:
    """The row of a document, with its fingerprints."""
    from shenwen.corpus.fingerprints import document_fingerprints

    entry = item.entry
    values = {
        "source": entry.source,
        "path": entry.path,
        "sha256": entry.sha256,
        "title": entry.title,
        "issued": entry.issued_date.isoformat() if entry.issued_date else None,
        "expired": None if item.expired is None else int(item.expired),
        "entry": packed(entry),
        "prints": document_fingerprints(entry).distinct().astype("<u8").tobytes(),
        "publication": packed(item.publication) if item.publication else None,
    }
    repealed = {
        key
        for reference in entry.references
        if reference.role == "repeals"
        for key in (*(keys_of(reference.title).all if reference.title else ()), number_key(reference.doc_number))
        if key
    }
    return Row(values, frozenset(_keys(entry)), frozenset(repealed))


def _write(connection: sqlite3.Connection, row: Row) -> bool:
    values = row.values
    columns = ", ".join(values)
    old = connection.execute(f"SELECT id, {columns} FROM documents WHERE source = :source AND path = :path", values).fetchone()
    if old is not None:
        if old[1:] == tuple(values.values()):
            return False
        for table in ("names", "repeals"):
            connection.execute(f"DELETE FROM {table} WHERE document = ?", (old[0],))
        connection.execute("DELETE FROM documents WHERE id = ?", (old[0],))
    marks = ", ".join(f":{name}" for name in values)
    number = connection.execute(f"INSERT INTO documents ({columns}) VALUES ({marks})", values).lastrowid
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(key, number) for key in sorted(row.names)])
    connection.executemany("INSERT OR IGNORE INTO repeals VALUES (?, ?)", [(key, number) for key in sorted(row.repeals)])
    connection.execute("DELETE FROM failures WHERE path = ?", (values["path"],))
    return True


def _unpacked(entry: bytes, publication: bytes | None, expired: int | None) -> Stored:
    known = unpacked(publication, Publication) if publication else None
    return Stored(unpacked(entry, Entry), known, None if expired is None else bool(expired))
