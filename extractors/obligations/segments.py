"""Sentences of a document, the unit of the register.

A sentence is a maximal run of text between sentence ends (。！？； and line breaks); ends inside brackets and quotation marks do
not count. All offsets are offsets of the view. `mask` is the view's text with everything inside brackets and quotation marks
blanked out, of the same length: what is quoted demands nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

#: Stands for a character inside brackets or quotation marks; occurs in no text.
BLANK = "\ue000"

_QUOTED = re.compile(
    r"“[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*”|《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》|（[^（）\n]*(?:（[^（）\n]*）[^（）\n]*)*）"
    r"|\([^()\n]*\)|〔[^〔〕\n]*〕|【[^【】\n]*】|「[^「」\n]*」|『[^『』\n]*』|‘[^‘’\n]*’|\[[^\[\]\n]*\]"
)
_LINE = re.compile(r"[^\n]+")
#: A row of a table in Markdown, and the rule under its head.
_PIPED = re.compile(r"[ \t]*\|([^\n]*\|[^\n]*)\|[ \t]*")
_RULE = re.compile(r"[ \t|:-]+")
_SENTENCE = re.compile(r"[^。！？；!?;]+[。！？；!?;]*")
_FOUR_CHINESE = re.compile(r"[\u3400-\u9fff]{4}|(?:[\u3400-\u9fff][^\u3400-\u9fff]*){4}")
_NUMERAL = "[一二三四五六七八九十百千零〇两]"
_LABEL = re.compile(
    rf"[ \t•·●■]*(?:(?P<article>第(?:{_NUMERAL}|\d)+条(?:之{_NUMERAL}+)?)、?(?:[ \t]*[【（][^】）\n]{{1,30}}[】）])?"
    rf"|(?P<chapter>第(?:{_NUMERAL}|\d)+[编章节部分篇]+)(?=\s)"
    rf"|(?P<one>{_NUMERAL}{{1,4}}[、．.])|(?P<two>（{_NUMERAL}{{1,4}}）[、．.]?)"
    r"|(?P<three>\d{1,3}[、．](?!\d)|\d{1,3}\.(?!\d))|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \u3400-\u9fff]))"
    r"|(?P<four>（\d{1,3}）)|(?P<five>[①-⑳]))[ \t]*"
)
_ORDINAL_OPENS = frozenset("一二三四五六七八九十百千零〇两第其首再最（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789")
_INNER_LABEL = re.compile(rf"{_NUMERAL}{{1,3}}、|（(?:{_NUMERAL}{{1,3}}|\d{{1,3}})）|[①-⑳]|\d{{1,2}}[、．.](?!\d)")
_RANKS = {"chapter": 1, "article": 2, "one": 2, "two": 3, "three": 4, "dotted": 4, "four": 5, "five": 6}
_ORDINAL = re.compile(rf"(?:{_NUMERAL}是(?=[^，])|第{_NUMERAL}，|其{_NUMERAL}，|首先，|其次，|再次，|最后，)")


class Sentence(Struct, frozen=True):
    """View range `start` to `end`; `body` is where the text after the item's label begins. `first` and `last` in its line."""

    start: int
    end: int
    body: int
    first: bool
    last: bool


class Line(Struct, frozen=True):
    """One line of the view: `rank` of its label from 1 (outermost) or 0; `label` its words; `cells` of a table row."""

    start: int
    end: int
    rank: int
    label: str
    sentences: tuple[Sentence, ...]
    cells: tuple[tuple[int, int], ...] = ()


def masked(text: str) -> str:
    """`text` with what stands inside brackets and quotation marks blanked out, of the same length."""
    return _QUOTED.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    words = found.group()
    return f"{words[0]}{BLANK * (len(words) - 2)}{words[-1]}"


def lines_of(text: str, mask: str) -> Iterator[Line]:
    """All lines with at least four Chinese characters in one of their sentences, and table rows."""
    for found in _LINE.finditer(mask):
        start, end = found.span()
        if "\t" in found.group():
            yield Line(start, end, 0, "", (), tuple(_cells(text, start, end, "\t")))
            continue
        if piped := _PIPED.fullmatch(found.group()):
            if not _RULE.fullmatch(found.group()):
                yield Line(start, end, 0, "", (), tuple(_cells(text, start + piped.start(1), start + piped.end(1), "|")))
            continue
        label = _LABEL.match(text, start, end)
        body = label.end() if label else start
        rank = _RANKS[label.lastgroup or ""] if label else 0
        sentences = tuple(_sentences(text, mask, start, body, end))
        if sentences:
            yield Line(start, end, rank, label.group().strip() if label else "", sentences)


def _cells(text: str, start: int, end: int, mark: str) -> Iterator[tuple[int, int]]:
    at = start
    for part in text[start:end].split(mark):
        left = at + len(part) - len(part.lstrip())
        yield left, max(left, at + len(part.rstrip()))
        at += len(part) + 1


def past_label(text: str, sentence: Sentence) -> Sentence:
    """The sentence with its body behind blanks and a number that stand where it begins now (behind a bracket)."""
    at = sentence.body
    while at < sentence.end and text[at].isspace():
        at += 1
    label = _INNER_LABEL.match(text, at, sentence.end)
    body = label.end() if label else at
    return replace(sentence, start=at, body=body)


#: …。 二、强化保障 （一）加强领导。: items whose line breaks were lost.
_RUN_ON = re.compile(
    rf"(?<=[\u3400-\u9fff）。：])[ \t]+(?=(?:{_NUMERAL}{{1,3}}、|（{_NUMERAL}{{1,3}}）|\d{{1,2}}[．.、] ?(?!\d))[\u3400-\u9fff])"
)


def _run_on(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if text.find(" ", start, end) >= 0:
        for gap in _RUN_ON.finditer(text, start, end):
            yield start, gap.start()
            start = gap.end()
    yield start, end


def _sentences(text: str, mask: str, start: int, body: int, end: int) -> Iterator[Sentence]:
    spans = [span for found in _SENTENCE.finditer(mask, body, end) for span in _run_on(text, *found.span())]
    last = len(spans) - 1
    for number, (left, right) in enumerate(spans):
        while left < right and text[left].isspace():
            left += 1
        while left < right and text[right - 1].isspace():
            right -= 1
        if _FOUR_CHINESE.search(text, left, right) or (number == 0 and body > start and right > left):
            ordinal = None
            if text[left] in _ORDINAL_OPENS:
                ordinal = _ORDINAL.match(text, left, right) or (_INNER_LABEL.match(text, left, right) if number else None)
            inner = ordinal.end() if ordinal else left
            while inner < right - 1 and text[inner].isspace():
                inner += 1
            yield Sentence(left, right, inner, number == 0, number == last)
