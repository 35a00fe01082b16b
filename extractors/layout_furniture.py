"""Running headers, footers and page numbers: what stands at the edge of most pages at the same height."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shenwen.extractors.layout import Line, Piece

_DASH = r"[—–―－‐‑─━\-·•~～\s]*"
_NUMBERED = re.compile(
    rf"{_DASH}(?:第\s*[\d一二三四五六七八九十百]+\s*页)?[\s,，/／]*(?:共\s*[\d一二三四五六七八九十百]+\s*页)?{_DASH}"
    rf"|[—–―－‐─━\-·•~～]+\s*\d{{1,4}}\s*[—–―－‐─━\-·•~～]*|{_DASH}\d{{1,4}}\s*[—–―－‐─━\-]+"
    rf"|\d{{1,4}}\s*[/／]\s*\d{{1,4}}|(?i:page)\s*\d+(?:\s*(?:of|/)\s*\d+)?"
)
_MARK = re.compile(r"[—–―－‐─━\-]+\s*\d{1,4}\s*[—–―－‐─━\-]+|第\s*\d+\s*页(?:[\s,，/／]*共\s*\d+\s*页)?")
_BARE = re.compile(rf"{_DASH}(\d{{1,4}}){_DASH}")
#: So many lines at either edge are looked at, and so near must they stand to one another, in points.
_EDGE, _NEAR = 3, 5.0
#: At most so many lines are looked for at the top of the next page.
_OVERLAP = 12
#: Margins, as a share of the page's height, in which a bare number is a page number.
_MARGIN = 0.14


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages' lines without running headers, footers and page numbers. `heights` are those of the pages, in points."""
    repeated = _repeated(pages)
    offsets = _offsets(pages, heights)
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        edge = {id(line) for line in _edges(lines) if line.table is None}
        drop: set[int] = set()
        for line in lines:
            if id(line) not in edge:
                continue
            if _is_number(line, height, offsets) or any(_key(line) == key and abs(line.y0 - y) < _NEAR for key, y in repeated):
                drop.add(id(line))
        kept.append([line for line in lines if id(line) not in drop])
    return kept


def is_page_mark(piece: Piece, width: float, height: float) -> bool:
    """A number between dashes or 第1页 in the outer margin on any side: pages with wide tables are turned, their numbers are not."""
    x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
    outside = min(x, width - x) < _MARGIN * width or min(y, height - y) < _MARGIN * height
    return outside and len(piece.text) <= 24 and bool(_MARK.fullmatch(piece.text.strip()))


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
    """The line's text with numbers left open."""
    return re.sub(r"[\d一二三四五六七八九十百]+", "#", re.sub(r"\s+", "", line.text))


def _repeated(pages: Sequence[Sequence[Line]]) -> list[tuple[str, float]]:
    """Text and height of lines at the edges of at least two fifths of the pages (odd and even pages differ)."""
    if len(pages) < 3:
        return []
    seen: Counter[tuple[str, int]] = Counter()
    heights: dict[tuple[str, int], float] = {}
    for lines in pages:
        edges = [line for line in _edges(lines) if line.table is None]
        seen.update({(_key(line), cell) for line in edges for cell in _cells(line.y0)})
        for line in edges:
            for cell in _cells(line.y0):
                heights.setdefault((_key(line), cell), line.y0)
    least = max(3, 0.4 * len(pages))
    return [(key[0], heights[key]) for key, count in seen.items() if count >= least]


def _cells(y: float) -> Iterator[int]:
    """Two overlapping grids of heights, so that neighbours share a cell at least once."""
    yield int(y // _NEAR) * 2
    yield int((y + _NEAR / 2) // _NEAR) * 2 + 1


def _is_number(line: Line, height: float, offsets: set[int]) -> bool:
    text = line.text.strip()
    if len(text) > 24 or not (line.y0 < _MARGIN * height or line.y1 > (1 - _MARGIN) * height):
        return False
    if any(char.isdigit() or char in "第页" for char in text) and _NUMBERED.fullmatch(text):
        return True
    bare = _BARE.fullmatch(text)
    return bool(bare) and int(bare[1]) - line.page in offsets if bare else False


def _offsets(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[int]:
    """By how much the bare numbers at the edges run ahead of the pages' count: an offset holds when several pages share it."""
    found: Counter[int] = Counter({0: 1})
    for lines, height in zip(pages, heights, strict=True):
        for line in _edges(lines):
            at_edge = line.y0 < _MARGIN * height or line.y1 > (1 - _MARGIN) * height
            if at_edge and (bare := _BARE.fullmatch(line.text.strip())):
                found[int(bare[1]) - line.page] += 1
    return {offset for offset, count in found.items() if offset == 0 or count >= max(2, 0.3 * len(pages))}
