"""Lines of a PDF page with their places, and how lines become paragraphs. No library is used here.

Places are in points from the left and the bottom of the page, as PDF counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Letters that PDF text layers hold in place of the ones meant: Kangxi radicals and compatibility forms.
_RADICALS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_CJK = r"\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
#: Blanks beside Chinese letters come from justification and from the space that setters put around figures.
_GAP = re.compile(rf"(?<=[{_CJK}])[ \t\xa0]+(?=[{_CJK}\w])|(?<=\w)[ \t\xa0]+(?=[{_CJK}])")
_PAGE_NUMBER = re.compile(
    r"^[\s—–\-_－·.]*(?:第\s*)?\d{1,4}\s*(?:页)?[\s—–\-_－·.]*(?:(?:[/／,，]|共|of)\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—–\-_－·.]*$|^[ivxlcIVXLC]{1,6}$"
)
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百千零〇\d]+[编章节条]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|[①-⑳]"
    r"|附\s*件|抄送|主题词)"
)
_ENDS = re.compile(r"[。！？；：!?;:…](?:[”』」》）)])?$")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line as set on the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A ruled table: its box and its rows, for the place among the lines."""

    left: float
    right: float
    bottom: float
    top: float
    page: int
    rows: tuple[tuple[str, ...], ...]

    def holds(self, line: PdfLine) -> bool:
        middle = (line.bottom + line.top) / 2
        return (
            line.page == self.page
            and self.bottom - 1 <= middle <= self.top + 1
            and line.right > self.left
            and line.left < self.right
        )


def clean(text: str) -> str:
    """Letters as meant, and no blanks between Chinese characters where justification put them."""
    import unicodedata

    text = _RADICALS.sub(lambda mark: unicodedata.normalize("NFKC", mark.group()), text)
    text = text.replace("\ufffe", "").replace("\u00ad", "").replace("\x02", "")
    return _GAP.sub("", text).strip(" \t\xa0\u3000")


def is_page_number(text: str) -> bool:
    """— 1 —, 1/12, 第 1 页 共 3 页, iv."""
    return bool(_PAGE_NUMBER.match(text))


def without_furniture(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Pages without page numbers at their edges and without headers and footers that most pages repeat."""
    repeated = _repeated(pages)
    kept = []
    for lines in pages:
        edge = {id(line) for line in (*_extremes(lines, top=True), *_extremes(lines, top=False))}
        kept.append(
            [line for line in lines if not (id(line) in edge and (is_page_number(line.text) or _pattern(line.text) in repeated))]
        )
    return kept


def _pattern(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text)


def _repeated(pages: Sequence[Sequence[PdfLine]]) -> set[str]:
    if len(pages) < 3:
        return set()
    counts = Counter(
        pattern for lines in pages for pattern in {_pattern(line.text) for line in (*lines[:2], *lines[-2:])} if pattern
    )
    return {pattern for pattern, count in counts.items() if count >= max(3, 0.5 * len(pages)) and len(pattern) <= 60}


def _extremes(lines: Sequence[PdfLine], top: bool) -> list[PdfLine]:
    """The two highest or lowest lines of the page."""
    return sorted(lines, key=lambda line: line.top, reverse=top)[:2]


def in_columns(lines: Sequence[PdfLine], width: float) -> list[PdfLine]:
    """Lines in reading order: as the file has them, unless they jump between two columns; then the left one first."""
    middle = width / 2
    left = [line for line in lines if line.right <= middle + 8]
    right = [line for line in lines if line.left >= middle - 8]
    if len(left) < 6 or len(right) < 6 or len(left) + len(right) < 0.85 * len(lines):
        return list(lines)
    jumps = sum(1 for a, b in pairwise(lines) if (a in right) and (b in left))
    if jumps <= 2:
        return list(lines)
    top = max(line.top for line in (*left, *right))
    head = [line for line in lines if line not in left and line not in right and line.bottom >= top - 4]
    foot = [line for line in lines if line not in left and line not in right and line not in head]
    return [line for part in (head, left, right, foot) for line in sorted(part, key=lambda line: -line.top)]


def paragraphs(pages: Iterable[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Lines joined to paragraphs, across pages too."""
    found: list[list[PdfLine]] = []
    for lines in pages:
        if not lines:
            continue
        left, right = _margins(lines)
        for line in lines:
            if found and _continues(found[-1][-1], line, left, right, first=line is lines[0]):
                found[-1].append(line)
            else:
                found.append([line])
    return found


def _margins(lines: Sequence[PdfLine]) -> tuple[float, float]:
    """Left and right edge of the body: where most lines begin, where full lines end."""
    long = sorted(lines, key=lambda line: line.right - line.left)[len(lines) // 3 :]
    lefts = sorted(line.left for line in long)
    rights = sorted(line.right for line in long)
    return lefts[len(lefts) // 5], rights[int(len(rights) * 0.8)]


def _continues(before: PdfLine, line: PdfLine, left: float, right: float, first: bool) -> bool:
    size = max(before.height, line.height)
    if line.left > left + 1.2 * size or before.right < right - 2.2 * size:
        return False
    if abs(before.height - line.height) > 0.35 * size or (_BEGINS.match(line.text) and _ENDS.search(before.text)):
        return False
    if not first and before.page == line.page and not 0 <= before.bottom - line.bottom <= 4 * size:
        return False
    return not (_BEGINS.match(line.text) and line.left > left + 0.5 * size)
