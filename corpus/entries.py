"""An entry: what the index and the comparison must know of one document, apart from the file it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shenwen.corpus.model import Block, BlockKind, Document, DocumentKind, Facts, Level, Provision, Record, Span

#: Fewer letters than this say nothing of their own (headings, signatures, cells of forms).
_SUBSTANCE = 8
_LETTERS = re.compile(r"[^\W_]")
_APART = frozenset({BlockKind.HEADER, BlockKind.FOOTER})


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage that is compared: a paragraph or a table row of the body.

    `text` is the normalised view of `span`; `provision` the id of the provision it stands in; `operative` says that it holds
    an obligation, prohibition, permission, recommendation or target.
    """

    text: str
    span: Span
    provision: str | None = None
    operative: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named by another: `role` as in `Citation`."""

    title: str | None
    doc_number: str | None
    role: str = "cites"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the archive or of the draft's side. Unknown is None or empty. `source` is `issued`, `law` or `draft`."""

    path: str
    sha256: str
    title: str | None = None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    doc_type: str | None = None
    kind: DocumentKind = DocumentKind.OTHER
    level: Level | None = None
    issued_date: date | None = None
    published_date: date | None = None
    effective_date: date | None = None
    expires_date: date | None = None
    references: tuple[Reference, ...] = ()
    inner_titles: tuple[str, ...] = ()
    source: str = "issued"
    units: tuple[Unit, ...] = ()

    def __hash__(self) -> int:
        """Cheap: what is computed of an entry is remembered by it, and a text may have a thousand units."""
        return hash((self.path, self.sha256))


def entry_of(record: Record, source: str = "issued") -> Entry:
    """The entry of a record that has been read."""
    head = record.facts.masthead
    return Entry(
        path=record.document.path,
        sha256=record.document.sha256,
        title=head.title,
        doc_number=head.doc_number,
        issuers=head.issuers,
        doc_type=head.doc_type,
        kind=head.kind,
        level=head.level,
        issued_date=head.issued_date,
        published_date=head.published_date,
        effective_date=head.effective_date,
        expires_date=head.expires_date,
        references=tuple(Reference(c.title, c.doc_number, c.role) for c in record.facts.citations),
        inner_titles=tuple(inner.title for inner in record.facts.inner),
        source=source,
        units=tuple(units_of(record.document, record.facts)),
    )


def units_of(document: Document, facts: Facts) -> Iterator[Unit]:
    """The passages of the body in reading order; masthead, record and page furniture are left out where the body is known."""
    body = facts.masthead.body
    provisions = iter(sorted(facts.provisions, key=lambda p: p.span))
    operative = sorted(o.span for o in facts.obligations)
    current: Provision | None = None
    upcoming = next(provisions, None)
    at = 0
    for block in document.blocks:
        while upcoming is not None and upcoming.span.start < block.span.end:
            current, upcoming = upcoming, next(provisions, None)
        if not _counts(block, body):
            continue
        text = facts.view.of(block.span)
        if len(_LETTERS.findall(text[:64])) < _SUBSTANCE:
            continue
        while at < len(operative) and operative[at].end <= block.span.start:
            at += 1
        holds = at < len(operative) and operative[at].overlaps(block.span)
        yield Unit(text, block.span, current.id if current else None, holds)


def _counts(block: Block, body: Span | None) -> bool:
    return block.kind not in _APART and (body is None or block.span.overlaps(body))
