"""Running headers, footers and page numbers: what stands at the edge of many pages at the same height."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from shenwen.extractors.pages.layout import Line, Piece

_DASH = r"[—–―－‐‑─━\-·•~～\s]*"
_NUMBERED = re.compile(
    rf"{_DASH}(?:第\s*[\d一二三四五六七八九十百]+\s*页)?[\s,，/／]*(?:共\s*[\d一二三四五六七八九十百]+\s*页)?{_DASH}"
    rf"|[—–―－‐─━\-·•~～]+\s*\d{{1,4}}\s*[—–―－‐─━\-·•~～]*|{_DASH}\d{{1,4}}\s*[—–―－‐─━\-]+"
    rf"|\d{{1,4}}\s*(?:[/／]|of)\s*\d{{1,4}}|(?i:page)\s*\d+(?:\s*(?:of|/)\s*\d+)?|[一二三四五六七八九十]{{1,3}}[—–-]\d{{1,3}}"
)
_MARK = re.compile(r"[—–―－‐─━一\-]+\s*\d{1,4}\s*[—–―－‐─━一\-]+|第\s*\d+\s*页(?:[\s,，/／]*共\s*\d+\s*页)?")
#: Browsers print the page's address and the time in its margins; here numbers are left open.
_PRINTED = re.compile(r"https?://|#:#")
_FEWEST_PRINTED = 2
#: What is headed by its number on every page is no running header.
_ANNEX = re.compile("附件|附表|附录|表#|图#")
_DIGITS = re.compile(r"\d+")
_MARKS = frozenset("—–―－‐─━一-第 ")
_BARE = re.compile(rf"{_DASH}(\d{{1,4}}){_DASH}")
#: So many lines at either edge are looked at, and so near must they stand to one another, in points.
_EDGE, _NEAR = 3, 5.0
#: At most so many lines are looked for at the top of the next page.
_OVERLAP = 12
#: Margins, as a share of the page's height, outside of which nothing is taken for furniture.
_MARGIN = 0.14
#: The same for numbers that cannot be anything else: margins of pages on their side are wide.
_WIDE_MARGIN = 0.18


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages' lines without running headers, footers and page numbers. `heights` are those of the pages, in points."""
    edges = [
        [(line, _key(line)) for line in _edges(lines) if line.table is None and _is_outside(line, height)]
        for lines, height in zip(pages, heights, strict=True)
    ]
    offsets = _offsets([[line for line, _ in own] for own in edges])
    running = _Running(edges)
    kept = []
    for page, (lines, own) in enumerate(zip(pages, edges, strict=True)):
        drop = {id(line) for line, key in own if _is_number(line, offsets) or running.has(page, key, line.y0)}
        kept.append([line for line in lines if id(line) not in drop])
    return kept


def is_page_mark(piece: Piece, width: float, height: float) -> bool:
    """A number between dashes or 第1页 in the outer margin on any side: pages with wide tables are turned, their numbers are not."""
    if piece.text[:1] not in _MARKS or len(piece.text) > 24 or not _MARK.fullmatch(piece.text.strip()):
        return False
    x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
    return min(x, width - x) < _WIDE_MARGIN * width or min(y, height - y) < _WIDE_MARGIN * height


def without_overlap(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without last lines that the next page begins with: what a clipped page hides is still in its text layer."""
    kept = [list(lines) for lines in pages]
    for lines, following in pairwise(kept):
        head = [line.text for line in following[:_OVERLAP]]
        for count in range(min(len(lines) - 1, len(head)), 0, -1):
            tail = [line.text for line in lines[-count:]]
            if tail == head[:count] and sum(map(len, tail)) >= 15:
                del lines[-count:]
                break
    return kept


def _edges(lines: Sequence[Line]) -> list[Line]:
    """Lines nearest to the top and to the bottom, whatever their place in the reading order."""
    ordered = sorted(lines, key=lambda line: -line.y0)  # a table counts as a line, and shields what is inside of it
    return ordered if len(ordered) <= 2 * _EDGE else ordered[:_EDGE] + ordered[-_EDGE:]


def _key(line: Line) -> str:
    """The line's text with the numbers of pages left open, not those of items."""
    return _DIGITS.sub("#", "".join(line.text.split()))


class _Running:
    """Texts that stand at one height on at least two fifths of the pages, or on three of five that follow one another.

    Odd and even pages differ, and each part of a collection has a header of its own.
    """

    def __init__(self, edges: Sequence[Sequence[tuple[Line, str]]]) -> None:
        self._least = max(3, 0.4 * len(edges))
        self._places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for page, own in enumerate(edges):
            for line, key in own:
                self._places[key].append((page, line.y0))
        self._pages: dict[tuple[str, int], list[int]] = {}

    def has(self, page: int, key: str, y: float) -> bool:
        """Whether the text with this key runs over the pages around this one on the height `y`."""
        least = _FEWEST_PRINTED if _PRINTED.search(key) else self._least
        if len(self._places[key]) < _FEWEST_PRINTED or _ANNEX.match(key):
            return False
        place = key, round(y)
        if place not in self._pages:
            self._pages[place] = sorted({number for number, other in self._places[key] if abs(other - y) < _NEAR})
        pages = self._pages[place]
        return len(pages) >= least or bisect_right(pages, page + 2) - bisect_left(pages, page - 2) >= 3


def _is_outside(line: Line, height: float) -> bool:
    return line.y0 < _MARGIN * height or line.y1 > (1 - _MARGIN) * height


def _is_number(line: Line, offsets: set[int]) -> bool:
    text = line.text.strip()
    if len(text) > 24:
        return False
    if any(char.isdigit() or char in "第页" for char in text) and _NUMBERED.fullmatch(text):
        return True
    bare = _BARE.fullmatch(text)
    return bool(bare) and int(bare[1]) - line.page in offsets if bare else False


def _offsets(edges: Sequence[Sequence[Line]]) -> set[int]:
    """By how much the bare numbers at the edges run ahead of the pages' count: an offset holds when several pages share it."""
    found: Counter[int] = Counter({0: 1})
    for line in (line for lines in edges for line in lines):
        if bare := _BARE.fullmatch(line.text.strip()):
            found[int(bare[1]) - line.page] += 1
    return {offset for offset, count in found.items() if offset == 0 or count >= max(2, 0.3 * len(edges))}
