"""A publication: what the interpretation clock must know of a document, small enough to keep a whole archive in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import PurePath
from typing import Any

from shenwen.corpus.interpretation_titles import has_form, names_explained
from shenwen.corpus.model import DocumentKind, Level, Record
from shenwen.corpus.sketches import Sketch, sketch_of
from shenwen.corpus.stated_dates import date_problem

#: Characters of the body that are kept: interpretations name their document in the first paragraphs.
OPENING = 900
#: Kinds that a document has for want of a better one, and how far its head reaches.
_VAGUE = {DocumentKind.OTHER, DocumentKind.NEWS}
_HEAD, _LONGEST_TITLE = 1200, 120
_QUOTING = re.compile(r"[^。；《]{0,60}《[^》]{5,80}》[^\s，。；]{0,12}")
_ADDRESS_NAMES = re.compile(r"^(?:url|网址|页面地址|og:url|canonical|source_url|原文链接)$", re.IGNORECASE)
_INTERPRETS_NAMES = re.compile(r"^(?:解读文件|被解读文件|解读对象|政策原文|interprets)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Publication:
    """One document as the clock sees it. Unknown is None or empty.

    `opening` is the beginning of an interpretation's text and `sketch` a sample of all of it; `links` are
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
    sketch: Sketch = Sketch()
    links: tuple[tuple[str, str], ...] = ()
    address: str | None = None
    interprets: tuple[str, ...] = ()
    own_chars: int | None = None
    date_problem: str | None = None

    @property
    def date(self) -> date | None:
        """Publication date where known, else date of issue."""
        return self.published_date or self.issued_date


def is_interpretation(publication: Publication) -> bool:
    """Whether a document explains another one, by what it was found to be or by its title's form."""
    return publication.kind is DocumentKind.INTERPRETATION or has_form(publication.title)


def publication_of(record: Record) -> Publication:
    """The publication of a document that has been read and understood."""
    masthead, document = record.facts.masthead, record.document
    text = record.facts.view.text
    inner = sum(len(part.span) for part in record.facts.inner)
    metadata = document.metadata
    title, kind = _title_and_kind(record)
    explains = kind is DocumentKind.INTERPRETATION or has_form(title)
    return Publication(
        path=document.path,
        title=title,
        doc_number=masthead.doc_number,
        issuers=masthead.issuers,
        kind=kind,
        doc_type=masthead.doc_type,
        level=masthead.level,
        issued_date=masthead.issued_date,
        published_date=masthead.published_date,
        publicity=masthead.publicity,
        opening=text[:OPENING] if explains else "",
        sketch=sketch_of(text),
        links=document.links,
        address=next((value for name, value in metadata if _ADDRESS_NAMES.match(name)), None),
        interprets=tuple(value for name, value in metadata if _INTERPRETS_NAMES.match(name) and value.strip()),
        own_chars=len(document.text) - inner if inner else None,
        date_problem=date_problem(metadata, text, masthead.issued_date, masthead.published_date),
    )


def _title_and_kind(record: Record) -> tuple[str, DocumentKind]:
    """What a document is called and is for. Pages saved with their navigation have a title that says nothing: there a line of the
    head that has an interpretation's form, or the file's own name, says that it explains another."""
    masthead, text = record.facts.masthead, record.facts.view.text
    title = masthead.title or _first_line(text)
    if masthead.kind not in _VAGUE or has_form(title):
        return title, masthead.kind
    if line := next((line for line in _headings(text[:_HEAD]) if names_explained(line)), None):
        return line, DocumentKind.INTERPRETATION
    name = PurePath(record.document.path.replace("\\", "/")).stem
    if has_form(name):
        return (name if names_explained(name) else title), DocumentKind.INTERPRETATION
    return title, masthead.kind


def _headings(head: str) -> Iterator[str]:
    """Lines that may be a title; of a text that lost its lines the beginning, as far as the first title that it quotes."""
    for number, line in enumerate(line.strip(" \t\u3000-—#*") for line in head.split("\n")):
        if line.startswith("附件"):
            continue
        if len(line) <= _LONGEST_TITLE:
            yield line
        elif number == 0 and (found := _QUOTING.match(line)):
            yield found.group()


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.split("\n") if line.strip()), "")[:200]


def publication_from_json(row: Mapping[str, Any]) -> Publication:
    """The publication of an index row or a document record of the contract: same names, dates ISO strings or dates.

    `opening` or `text` gives the beginning, `sketch` (as `Sketch.as_text` wrote it) or `text` the sample.
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
        sketch=Sketch.from_text(row["sketch"]) if "sketch" in row else sketch_of(text),
        links=tuple((str(words), str(address)) for words, address in row.get("links") or ()),
        address=row.get("address"),
        interprets=tuple(row.get("interprets") or ()),
        own_chars=row.get("own_chars"),
        date_problem=row.get("date_problem") or (bad[0] if bad else None),
        **dates,
    )


def publication_json(item: Publication) -> dict[str, Any]:
    """The publication as plain values for JSON, empty ones left out; `publication_from_json` restores it."""
    row: dict[str, Any] = {field.name: getattr(item, field.name) for field in fields(item)}
    plain = row | {
        "kind": item.kind.value,
        "level": item.level.value if item.level else None,
        "issued_date": item.issued_date.isoformat() if item.issued_date else None,
        "published_date": item.published_date.isoformat() if item.published_date else None,
        "sketch": item.sketch.as_text(),
    }
    return {name: value for name, value in plain.items() if (value not in (None, ()) and value != "") or name == "sketch"}


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
