"""The operative text of a draft: what stands between the addressees and the signature, in offsets of the normalised view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from shenwen.corpus.model import Document, Facts

#: A title's last line; a salutation; a signature with its date: what a passage without a found masthead may begin and end with.
_TITLE = re.compile(
    r"(?:关于|印发|转发)[^。！？；]{2,120}(?:通知|意见|决定|函|批复|通报|公告|通告|报告|请示|方案|办法"
    r"|规定|细则|决议|命令|纪要|答复|公示)(?:（[^）]*）)?\s*$"
)
_TYPE = re.compile(r"(?:通知|意见|决定|函|批复|通报|公告|通告|方案|办法|规定|细则|分解表|分工表)$")
_SALUTATION = re.compile(r"^[^。；]{2,200}[:：]\s*$")
_DATE_LINE = re.compile(r"^\s*(?:\d{4}|[一二三四五六七八九〇○Oo零]{4})年[^。；]{2,10}日\s*$")

#: What may follow the signature's date without being a text of its own: publicity attribute, copies, printing line.
TAIL = 160


def title_of(facts: Facts) -> str:
    """The title in book-title marks, or 本件."""
    return f"《{facts.masthead.title}》" if facts.masthead.title else "本件"


def title_range(document: Document, facts: Facts) -> tuple[int, int] | None:
    """View range of the title: as found, else the first lines down to the one that ends with a document type."""
    if facts.masthead.title_span:
        return facts.view.range(facts.masthead.title_span)
    lines = list(_lines(facts.view.text))[:5]
    for number, (begin, end) in enumerate(lines):
        line = facts.view.text[begin:end].strip()
        if _SALUTATION.match(line) or "。" in line:
            return None
        if _TITLE.search(line):
            return begin, end
        if re.search(r"(?:关于|印发|转发)[^。]*$", line) and number + 1 < len(lines):
            last = next((stop for start, stop in lines[number:] if _TYPE.search(facts.view.text[start:stop].strip())), end)
            return begin, last
        if _TYPE.search(line):
            return begin, end
    return None


def title_text(document: Document, facts: Facts) -> str:
    """The title without line breaks; empty where there is none."""
    found = title_range(document, facts)
    return re.sub(r"\s", "", facts.view.text[found[0] : found[1]]) if found else ""


def body_range(document: Document, facts: Facts) -> tuple[int, int]:
    """View range from the first word after the addressees to the signature, or to the end of the text that a cover issues."""
    if facts.masthead.body:
        start, stop = facts.view.range(facts.masthead.body)
        inner = [facts.view.range(inner.span)[1] for inner in facts.inner]
        return start, max([stop, *inner])
    lines = list(_lines(facts.view.text))
    greeted = [end for begin, end in lines[:8] if _SALUTATION.match(facts.view.text[begin:end].strip())]
    titled = [end for begin, end in lines[:4] if _TITLE.search(facts.view.text[begin:end].strip())]
    start = [*greeted, *titled, 0][0]
    stop = _end_of_body(facts.view.text, lines)
    return (start, stop) if start < stop else (0, len(facts.view.text))


def signature(document: Document, facts: Facts) -> tuple[date, int, int] | None:
    """The date under the text and its view range; None for a draft without one."""
    text = facts.view.text
    if facts.masthead.issued_date and facts.masthead.issued_date_span:
        return facts.masthead.issued_date, *facts.view.range(facts.masthead.issued_date_span)
    lines = [(begin, end) for begin, end in list(_lines(text))[2:] if _DATE_LINE.match(text[begin:end])]
    found = re.match(r"\s*(\d{4})年(\d{1,2})月(\d{1,2})日", text[lines[-1][0] : lines[-1][1]]) if lines else None
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())), *lines[-1]
    except ValueError:
        return None


def _end_of_body(text: str, lines: list[tuple[int, int]]) -> int:
    """The signature's date, unless a text that the cover issues follows it."""
    stop = next((begin for begin, end in reversed(lines) if _DATE_LINE.match(text[begin:end])), len(text))
    return len(text) if len(text) - stop > TAIL else stop


def head_lines(facts: Facts, count: int = 6) -> tuple[str, ...]:
    """The first lines of the text, without blanks around them."""
    text = facts.view.text
    return tuple(text[begin:end].strip() for begin, end in _lines(text))[:count]


def sentences_of(document: Document, facts: Facts) -> Iterator[tuple[int, int, str]]:
    """View range and text of each sentence of the body; a sentence ends with 。！？； or its line."""
    start, stop = body_range(document, facts)
    for found in re.finditer(r"[^。！？；\n]+[。！？；]?", facts.view.text[start:stop]):
        if found.group().strip():
            yield start + found.start(), start + found.end(), found.group()


def is_statute(facts: Facts) -> bool:
    """Whether the text is a set of articles (第一条): rules of conduct and procedure, not an order for a task."""
    return bool(re.search(r"^[ \t\u3000]*第一条", facts.view.text, re.M))


def is_addressed(facts: Facts) -> bool:
    """Whether the text is a letter to somebody: addressees found, or a line 各单位： near its beginning."""
    return bool(facts.masthead.addressees) or any(_SALUTATION.match(line) for line in head_lines(facts, 8))


def operative_ranges(document: Document, facts: Facts) -> Iterator[tuple[int, int]]:
    """The paragraphs of the body, without short headings and the signature (lines that end without a mark at the very end)."""
    start, stop = body_range(document, facts)
    lines = [(begin, end) for begin, end in _lines(facts.view.text) if start <= begin < stop]
    while lines and not re.search(r"[。！；：:，）)]|\d{6}", facts.view.text[lines[-1][0] : lines[-1][1]]):
        if len(lines) == 1 or lines[-1][1] - lines[-1][0] > 40:
            break
        lines.pop()
    yield from lines


def _lines(text: str) -> Iterator[tuple[int, int]]:
    cuts = [-1, *(mark.start() for mark in re.finditer("\n", text)), len(text)]
    for before, after in pairwise(cuts):
        if text[before + 1 : after].strip():
            yield before + 1, after
