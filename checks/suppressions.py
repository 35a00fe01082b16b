"""Marks in a draft that silence a rule: `审文：忽略 ZX2103 理由`, in a Word comment or in the text itself.

A mark in a paragraph holds for that paragraph, a mark that is a paragraph of its own for the one before it (as the
document's last paragraph: for the whole document), a Word comment for the paragraphs it is anchored to. A finding about the
whole document is silenced by a mark anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from shenwen.corpus.model import Document, Finding, Span

MARK = re.compile(
    r"审文\s*[:：]\s*忽略\s*(?P<rules>[A-Za-z]{2,8}\d{4}(?:\s*[、，,]\s*[A-Za-z]{2,8}\d{4})*)"
    r"[ \t\u3000：:，,]*(?P<reason>[^\n】）)>\]]*)"
)
_DECORATION = re.compile(r"[\s【】（）()\[\]<>!#\-—/*]+")


@dataclass(frozen=True, slots=True)
class Suppression:
    """`scope` is the source text it holds for (None: the whole document), `span` the mark itself where it stands in the text."""

    rules: tuple[str, ...]
    reason: str
    scope: Span | None
    span: Span | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether the mark silences the finding."""
        at = finding.location.span
        here = at is None or self.scope is None or self.scope.overlaps(at)
        return finding.rule in self.rules and here and not finding.undetermined


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """All marks of a document: those in comments, then those in the text. A mark without a reason has an empty `reason`."""
    starts = [block.span.start for block in document.blocks]
    return (*_in_comments(document, starts), *_in_text(document, starts))


def _in_comments(document: Document, starts: list[int]) -> Iterator[Suppression]:
    for comment in document.comments:
        if found := MARK.search(comment.text):
            scope = None
            if comment.span and starts:
                first, last = _block(starts, comment.span.start), _block(starts, max(comment.span.start, comment.span.end - 1))
                scope = Span(document.blocks[first].span.start, document.blocks[last].span.end)
            yield Suppression(_rules(found), found["reason"].strip(), scope, comment.span)


def _in_text(document: Document, starts: list[int]) -> Iterator[Suppression]:
    if "审文" not in document.text:
        return
    for found in MARK.finditer(document.text):
        span = Span(found.start(), found.end())
        number = _block(starts, span.start)
        block = document.blocks[number].span
        alone = not _DECORATION.sub("", document.text[block.start : span.start] + document.text[span.end : block.end])
        before = document.blocks[number - 1].span if number else block
        scope = None if alone and number == len(starts) - 1 else before if alone else block
        yield Suppression(_rules(found), found["reason"].strip(" \t\u3000-"), scope, span)


def _block(starts: list[int], offset: int) -> int:
    return max(bisect_right(starts, offset) - 1, 0)


def _rules(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(re.findall(r"[A-Z]{2,8}\d{4}", found["rules"].upper()))
