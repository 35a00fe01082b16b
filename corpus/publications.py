"""A publication: what the interpretation clock must know of a document, small enough to keep a whole archive in memory."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenwen.corpus.model import DocumentKind, Level, Record

#: Characters of the body that are kept: interpretations name their document in the first paragraphs.
OPENING = 900
#: Length of the pieces a text is compared by, and one in how many of them is kept.
PIECE, KEPT = 8, 8
_DATE_NAMES = re.compile(r"发布日期|发布时间|公开日期|成文日期|发文日期|印发日期|生成日期|pubdate|publishdate", re.IGNORECASE)
_ADDRESS_NAMES = re.compile(r"^(?:url|网址|页面地址|og:url|canonical|source_url|原文链接)$", re.IGNORECASE)
_INTERPRETS_NAMES = re.compile(r"^(?:解读文件|被解读文件|解读对象|政策原文|interprets)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Publication:
    """One document as the clock sees it. Unknown is None or empty.

    `opening` is the beginning of its text and `sketch` the sampled pieces of all of it (`sketch_of`); `links` are
    `(text, address)` pairs, `address` its own; `interprets` are titles or numbers that metadata name as what it interprets;
    `own_chars` counts the characters outside a wrapped document; `date_problem` says, in Chinese, why a date was not understood.
    """

    path: str
    title: str
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    kind: DocumentKind = DocumentKind.OTHER
    doc_type: str | None = None
    level: Level | None = None
    issued_date: date | None = None
    published_date: date | None = None
    publicity: str | None = None
    opening: str = ""
    sketch: frozenset[int] = frozenset()
    links: tuple[tuple[str, str], ...] = ()
    address: str | None = None
    interprets: tuple[str, ...] = ()
    own_chars: int | None = None
    date_problem: str | None = None

    @property
    def date(self) -> date | None:
        """Publication date where known, else date of issue."""
        return self.published_date or self.issued_date


def sketch_of(text: str) -> frozenset[int]:
    """A sample of the text's pieces of `PIECE` characters, chosen alike in every text: its shares estimate those of the text."""
    words = re.sub(r"\W+", "", text)
    hashes = (zlib.crc32(words[i : i + PIECE].encode("utf-8", "surrogatepass")) for i in range(len(words) - PIECE + 1))
    return frozenset(h for h in hashes if h % KEPT == 0)


def containment(part: frozenset[int], whole: frozenset[int]) -> float:
    """Estimated share of `part`'s text that stands in `whole` (0 to 1; 0 where there is too little to tell)."""
    return len(part & whole) / len(part) if len(part) >= 6 else 0.0


def publication_of(record: Record) -> Publication:
    """The publication of a document that has been read and understood."""
    masthead, document = record.facts.masthead, record.document
    text = record.facts.view.text
    inner = sum(len(part.span) for part in record.facts.inner)
    metadata = document.metadata
    return Publication(
        path=document.path,
        title=masthead.title or _first_line(text),
        doc_number=masthead.doc_number,
        issuers=masthead.issuers,
        kind=masthead.kind,
        doc_type=masthead.doc_type,
        level=masthead.level,
        issued_date=masthead.issued_date,
        published_date=masthead.published_date,
        publicity=masthead.publicity,
        opening=text[:OPENING],
        sketch=sketch_of(text),
        links=document.links,
        address=next((value for name, value in metadata if _ADDRESS_NAMES.match(name)), None),
        interprets=tuple(value for name, value in metadata if _INTERPRETS_NAMES.match(name) and value.strip()),
        own_chars=len(document.text) - inner if inner else None,
        date_problem=None if masthead.published_date or masthead.issued_date else _date_problem(metadata),
    )


def _date_problem(metadata: tuple[tuple[str, str], ...]) -> str | None:
    """Metadata that holds a date nobody could read, in words for people."""
    named = ((name, value.strip()) for name, value in metadata if _DATE_NAMES.search(name))
    return next((f"{name}“{value}”不是有效日期" for name, value in named if value), None)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.split("\n") if line.strip()), "")[:200]


def publication_from_row(row: Mapping[str, Any]) -> Publication:
    """The publication of an index row or a document record of the contract: same names, dates ISO strings or dates.

    `opening` or `text` gives the beginning, `sketch` (any iterable of ints) or `text` the sample.
    """
    text = str(row.get("text") or row.get("opening") or "")
    dates = {name: _date(row.get(name)) for name in ("issued_date", "published_date")}
    bad = [f"“{row[name]}”不是有效日期" for name, value in dates.items() if value is None and row.get(name)]
    return Publication(
        path=str(row["path"]),
        title=str(row.get("title") or ""),
        doc_number=row.get("doc_number"),
        issuers=tuple(row.get("issuers") or ()),
        kind=DocumentKind(row.get("kind") or "other"),
        doc_type=row.get("doc_type"),
        level=Level(row["level"]) if row.get("level") else None,
        publicity=row.get("publicity"),
        opening=text[:OPENING],
        sketch=frozenset(row["sketch"]) if row.get("sketch") else sketch_of(text),
        links=tuple((str(words), str(address)) for words, address in row.get("links") or ()),
        address=row.get("address"),
        interprets=tuple(row.get("interprets") or ()),
        own_chars=row.get("own_chars"),
        date_problem=row.get("date_problem") or (bad[0] if bad else None),
        **dates,
    )


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
