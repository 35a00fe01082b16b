"""版头与版记: one pass over the lines of a document, each part read by the module that knows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from shenwen.corpus.model import Document, Facts, InnerDocument, Located, Masthead, Span, View
from shenwen.extractors.dates import dates_in, read_date
from shenwen.extractors.lines import Line, lines_of
from shenwen.extractors.masthead.addressees import find_addressees
from shenwen.extractors.masthead.attachments import find_attachments
from shenwen.extractors.masthead.doc_number import number_in_line, order_number, read_number
from shenwen.extractors.masthead.document_kind import kind_of
from shenwen.extractors.masthead.document_types import type_of
from shenwen.extractors.masthead.inner_documents import (
    Wrapped,
    announced_title,
    expected_titles,
    find_untitled,
    find_wrapped,
    passes_on,
    wraps,
)
from shenwen.extractors.masthead.issuers import is_body, level_of, split_bodies
from shenwen.extractors.masthead.metadata import fields_of, labelled, parts_of
from shenwen.extractors.masthead.record_block import copies_to, normal_publicity, printed_date, publicity
from shenwen.extractors.masthead.signature import Signature, find_signature
from shenwen.extractors.masthead.title import Title, adopted_title, clean, find_title, order_at, ordering_body, title_parts
from shenwen.extractors.masthead.validity import validity
from shenwen.extractors.text import normalise

_HEAD = 30
_ENOUGH_AFTER = 60
#: What may follow the date that ends a text: a note in brackets.
_CLOSING = re.compile(r"[\s）)]*(?:[（(][^（()）]{0,30}[）)]\s*)?")


def find_masthead(document: Document, facts: Facts) -> Facts:
    """Reads: view, document.metadata. Writes: masthead, inner."""
    view = facts.view
    lines = lines_of(view.text)
    said = _said(document, lines)
    title = find_title(lines)
    after = title.after if title else 0
    addressed = find_addressees(lines, after)
    below = addressed[1] + 1 if addressed else after
    signed = find_signature(lines, below)
    inner, title = _wrapped(lines, title, signed, below)
    head = Masthead(
        **_naming(view, lines, title, signed, said),  # type: ignore[arg-type]
        addressees=addressed[0] if addressed else (),
        addressees_span=_span(view, lines[addressed[1]]) if addressed else None,
        attachments=_attachments(view, lines, below, signed),
        copies_to=copies_to(lines[below:]),
        printed_date=printed_date(lines[below:]),
        body=_body(view, lines, below, signed, inner),
    )
    head = _dated(head, view, lines, said, title, signed)
    return replace(facts, masthead=_judged(head, view.text, said, lines), inner=_inner(view, inner))


def _said(document: Document, lines: Sequence[Line]) -> dict[str, str]:
    """Fields by metadata and, where it is silent, by labelled lines at the head and the foot of the text."""
    edges = lines if len(lines) <= 2 * _HEAD else (*lines[:_HEAD], *lines[-8:])
    rows = [row for line in edges for cell in _cells(line.text) if (row := labelled(cell))]
    return fields_of(rows) | fields_of((normalise(name), value) for name, value in document.metadata)


def _cells(line: str) -> list[str]:
    """The line's labels with their values; for the row of a table each label with the cell behind it."""
    cells = line.split("\t")
    if len(cells) == 1:
        return parts_of(line)
    if len(cells) > 12:
        return []
    rows = [f"{name.strip(' ：:')}：{value}" for name, value in pairwise(cells) if name.strip().endswith(("：", ":"))]
    return rows + [part for cell in cells for part in parts_of(cell)]


def _span(view: View, line: Line) -> Span:
    return view.source(line.start, line.end)


def _naming(
    view: View, lines: Sequence[Line], title: Title | None, signed: Signature | None, said: dict[str, str]
) -> dict[str, object]:
    """Title, number, issuers."""
    name = clean(said["title"]) if said.get("title") else title.text if title else None
    number, number_span = _number(view, lines, title, said)
    return {
        "title": name,
        "title_span": view.source(title.start, title.end) if title else None,
        "doc_number": number,
        "doc_number_span": number_span,
        "issuers": _issuers(name, signed, said) or tuple(filter(None, [ordering_body(lines)])),
    }


def _number(view: View, lines: Sequence[Line], title: Title | None, said: dict[str, str]) -> tuple[str | None, Span | None]:
    value = read_number(normalise(said["doc_number"])) if said.get("doc_number") else None
    for i, line in enumerate(lines[:_HEAD]):
        if found := number_in_line(line.text):
            return value or found[0], view.source(line.start + found[1], line.start + found[2])
        if order := order_number(line.text):
            before = lines[i - 1].flat if i else ""
            order = before + order if order.startswith("第") and before.endswith(("令", "公告", "通告")) else order
            if not order.startswith("第"):
                return value or order, view.source(line.start, line.end)
        if title and i >= title.after and "。" in line.text:
            break
    return value, None


def _issuers(title: str | None, signed: Signature | None, said: dict[str, str]) -> tuple[str, ...]:
    """Metadata first; then the signature where the title names nobody, abbreviates (等七部门) or leaves the province out;
    at last the keeper of the page."""
    if said.get("issuers"):
        return split_bodies(said["issuers"])
    named = title_parts(title or "")[0]
    signing = signed.issuers if signed else ()
    if not named:
        return signing or tuple(name for name in split_bodies(said.get("publisher", "")) if is_body(name))
    short = re.search(r"等[一二三四五六七八九十\d]+(?:个)?(?:部门|单位|机关|部委)$", named)
    bodies = split_bodies(named)
    fuller = signing and (short or (len(bodies) == 1 and any(name.endswith(bodies[0]) and name != bodies[0] for name in signing)))
    return signing if fuller else bodies


def _attachments(view: View, lines: Sequence[Line], below: int, signed: Signature | None) -> tuple[Located, ...]:
    stop = signed.last if signed else len(lines)
    rows = find_attachments(lines, below, stop) or (find_attachments(lines, signed.last, len(lines)) if signed else [])
    return tuple(Located(name, view.source(start, end)) for name, start, end in rows)


def _wrapped(
    lines: Sequence[Line], title: Title | None, signed: Signature | None, below: int
) -> tuple[list[Wrapped], Title | None]:
    """The wrapped documents; an order has no title of its own and takes that of what it promulgates."""
    after = signed.last + 1 if signed else below + 1
    opening = "".join(line.text for line in lines[below : below + 3])[:400]
    if title is None:
        title = adopted_title(lines, after) if order_at(lines, 0) else None
        title = title or announced_title(lines[below : below + 3])
        if title is None or not passes_on(opening):
            return [], title
    elif not wraps(title.text):
        return [], title
    names = expected_titles(title.text, opening)
    found = find_wrapped(lines, after, names, any_title=signed is not None)
    if not found and signed:
        found = find_untitled(lines, after, names) or find_wrapped(lines, below + 1, names, any_title=False)
    return found, title


def _inner(view: View, wrapped: Sequence[Wrapped]) -> tuple[InnerDocument, ...]:
    return tuple(InnerDocument(w.title, view.source(w.start, w.end), w.issuer, w.day) for w in wrapped)


def _body(view: View, lines: Sequence[Line], below: int, signed: Signature | None, inner: Sequence[Wrapped]) -> Span | None:
    """From the first line below the addressees to the signature; where the text of weight follows the signature, to the end."""
    if below >= len(lines):
        return None
    stop = signed.first if signed and signed.first > below else len(lines)
    last = lines[stop - 1]
    if inner:
        return view.source(lines[below].start, max(last.end, inner[-1].end))
    rest = sum(len(line.text) for line in lines[stop:])
    own = sum(len(line.text) for line in lines[below:stop])
    end = lines[-1].end if rest > own + _ENOUGH_AFTER else last.end
    return view.source(lines[below].start, end)


def _dated(
    head: Masthead, view: View, lines: Sequence[Line], said: dict[str, str], title: Title | None, signed: Signature | None
) -> Masthead:
    """Dates of issue and publication: by metadata, signature, the bracket below the title, the last words of the text."""
    day, span = (signed.day, view.source(signed.start, signed.end)) if signed and signed.day else (None, None)
    if day is None:
        place = _bracketed(lines, title) or _last_words(lines)
        if place:
            day, span = place[0], view.source(place[1], place[2])
    issued = read_date(normalise(said.get("issued_date", ""))) or day or read_date(normalise(said.get("sent_date", "")))
    published = read_date(normalise(said.get("published_date", "")))
    effective, expires = validity(view.text, issued, head.title or "")
    return replace(
        head,
        issued_date=issued,
        issued_date_span=span if day == issued else None,
        published_date=published,
        effective_date=read_date(normalise(said.get("effective_date", ""))) or effective,
        expires_date=read_date(normalise(said.get("expires_date", ""))) or expires,
    )


def _bracketed(lines: Sequence[Line], title: Title | None) -> tuple[date, int, int] | None:
    """（2019年6月1日…通过） right below the title."""
    if title is None:
        return None
    for line in lines[title.after : title.after + 3]:
        if line.text.startswith(("（", "(", "——", "【")) and len(line.text) <= 160:
            for day, start, end in dates_in(line.text):
                if day:
                    return day, line.start + start, line.start + end
    return None


def _last_words(lines: Sequence[Line]) -> tuple[date, int, int] | None:
    """A date that ends the text within its last line, after the signing body (texts whose lines were lost)."""
    for line in reversed(lines[-4:]):
        if line.text.count("\t") > 1:
            continue  # a row of several cells is data
        for day, start, end in dates_in(line.text):
            closes = _CLOSING.fullmatch(line.text, end) and re.search(r"[\s。]\S{0,40}\s*$", line.text[:start])
            if day and closes:
                return day, line.start + start, line.start + end
    return None


def _judged(head: Masthead, text: str, said: dict[str, str], lines: Sequence[Line]) -> Masthead:
    """Type, kind, level and what else is said."""
    kind = type_of(re.sub(r"《.*》", "《》", head.title)) if head.title else None
    return replace(
        head,
        doc_type=kind.name if kind else None,
        kind=kind_of(head.title, text, head.doc_number, bool(head.addressees)),
        level=level_of(head.issuers, head.title or ""),
        topic=said.get("topic"),
        index_number=said.get("index_number"),
        publicity=normal_publicity(said["publicity"]) if said.get("publicity") else publicity(lines),
        source=said.get("source"),
    )
