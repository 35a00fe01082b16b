"""The operative text of a draft: what stands between the addressees and the signature, in offsets of the normalised view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shenwen.corpus.model import Document, Facts

#: A title's last line; a salutation; a signature with its date: what a passage without a found masthead may begin and end with.
_TITLE = re.compile(
    r"(?:关于|印发|转发)[^。！？；]{2,120}(?:通知|意见|决定|函|批复|通报|公告|通告|报告|请示|方案|办法"
    r"|规定|细则|决议|命令|纪要|答复|公示)(?:（[^）]*）)?\s*$"
)
_SALUTATION = re.compile(r"^[^。；]{2,200}[:：]\s*$")
_DATE_LINE = re.compile(r"^\s*(?:\d{4}|[一二三四五六七八九〇○Oo零]{4})年[^。；]{2,10}日\s*$")

#: What may follow the signature's date without being a text of its own: publicity attribute, copies, printing line.
TAIL = 160


def title_of(facts: Facts) -> str:
    """The title in book-title marks, or 本件."""
    return f"《{facts.masthead.title}》" if facts.masthead.title else "本件"


def body_range(document: Document, facts: Facts) -> tuple[int, int]:
    """View range from the first word after the addressees to the signature, or to the end of the text that a cover issues."""
    if facts.masthead.body:
        start, stop = facts.view.range(facts.masthead.body)
        inner = [facts.view.range(inner.span)[1] for inner in facts.inner]
        return start, max([stop, *inner])
    lines = list(_lines(facts.view.text))
    start = next((end for begin, end in lines[:8] if _SALUTATION.match(facts.view.text[begin:end].strip())), None)
    if start is None:
        start = next((end for begin, end in lines[:4] if _TITLE.search(facts.view.text[begin:end].strip())), 0)
    whole = len(facts.view.text)
    stop = next((begin for begin, end in reversed(lines) if _DATE_LINE.match(facts.view.text[begin:end])), whole)
    if whole - stop > TAIL:  # a cover: the text it issues follows its date
        stop = whole
    return (start, stop) if start < stop else (0, whole)


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
