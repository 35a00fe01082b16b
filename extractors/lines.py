"""The lines of a view: what stands between line feeds, without the blanks and marks of emphasis around it.

A text whose line breaks became blanks when it was copied is cut at these blanks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LINE = re.compile(r"[^\n]+")
_TRIM = " \t\r\u3000*#_>|\\\ufeff\u200b"

_FLAT = 120
#: Blanks at which a flattened text was broken: not behind a label (第一条 …), not within Latin words and figures.
_BREAK = re.compile(
    r"(?<=[\u4e00-\u9fff。；：，！？》”）\d])(?<!第.[章节条])(?<!第..[章节条])(?<!第...[章节条])[ \u3000]+(?=[\u4e00-\u9fff《“（【〔〇○\d])"
    r"|(?<=[。：；])(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
)
#: What shares a line with the title: the document number, or what pages say of its source.
_BESIDE = re.compile(r"[ \u3000]+(?=[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)]\s?\d{1,4}号\s*$)")
_LEADING_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)]\s?\d{1,4}号(?=[\u4e00-\u9fff]{2,}.*关于|[\u4e00-\u9fff]{2,}.*[印转]发)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """`text` stands at `start`..`end` of the view's text."""

    start: int
    end: int
    text: str

    @property
    def flat(self) -> str:
        """The text without blanks."""
        return re.sub(r"\s", "", self.text)


@lru_cache(maxsize=1)
def lines_of(text: str) -> tuple[Line, ...]:
    """All lines that hold something; the last text's are kept, since several finders ask in turn."""
    rows = []
    for start, end in _pieces(text):
        raw = text[start:end]
        if bare := raw.strip(_TRIM):
            start += raw.index(bare)
            rows.append(Line(start, start + len(bare), bare))
    return tuple(rows)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        start, end = found.span()
        if end - start >= _FLAT and 2 * (end - start) > len(text) and "\t" not in found.group():
            for cut in _BREAK.finditer(text, start, end):
                yield start, cut.start()
                start = cut.end()
        elif ("号" in found.group() or "：" in found.group()) and end - start < _FLAT:
            if cut_at := _LEADING_NUMBER.match(text, start, end):
                yield start, cut_at.end()
                start = cut_at.end()
            elif beside := _BESIDE.search(text, start, end):
                yield start, beside.start()
                start = beside.end()
        yield start, end
