"""Paragraphs of laid-out pages: lines are joined again, across columns and pages, by what the geometry says.

A line goes on the one before it when that one is full (the next word would not have fitted), when it starts at the margin itself,
stands as close as lines of one paragraph do, in characters of the same size, and does not begin a new item after a full stop.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from shenwen.extractors.pages.layout import Line, fits

_STOPS = "。！？；：!?;:"
_ITEM = re.compile(
    r"(?:第[一二三四五六七八九十百千零〇\d]+[编章节条款]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,3}(?:[、．]|\.(?!\d))|\d{1,2}[)）]|[①-⑳]|[●•■▪◆➢✓□]|附件|附[:：]|主题词|抄送|签发人)"
)
#: A line of a table of contents.
_LEADER = re.compile(r"[.．·…⋯]{4,}\s*\d*$|[…⋯]\s*\d+$")
#: In ems: how far a full line may stay from the right margin beyond what would not have fitted, and how far a line that goes on may
#: stand from the left one.
_SLACK, _INDENT = 0.9, 0.8
#: No line is less high, in points.
_LEAST = 0.1
_NARROW = 10
_FEW = 8
_SAME_SIZE, _SAME_EDGE = 0.15, 0.3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `text` is theirs joined, `page` the one it begins on (from 1); `table` is that of the line."""

    text: str
    page: int
    table: int | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Margins of a column and the usual distance of its lines, in points."""

    left: float
    right: float
    leading: float


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Paragraphs in reading order from the lines of all pages. Tables stay where they are, alone."""
    lines = [line for page in pages for line in page]
    written = [[line for line in page if line.table is None] for page in pages]
    frames = _frames(written)
    body = _body_size([line for page in written for line in page])
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, frames, body):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(_text(group), group[0].page, group[0].table) for group in groups]


def _text(lines: Sequence[Line]) -> str:
    parts = [lines[0].text]
    for line in lines[1:]:
        latin = parts[-1][-1:].isascii() and parts[-1][-1:].isalnum() and line.text[:1].isascii() and line.text[:1].isalpha()
        parts.append(" " + line.text if latin and parts[-1][-1:].isalpha() else line.text)
    return "".join(parts)


def _goes_on(group: Sequence[Line], line: Line, frames: dict[tuple[int, int], _Frame], body: float) -> bool:
    before = group[-1]
    if before.table is not None or line.table is not None:
        return False
    em, em_before = line.em, before.em
    if abs(em_before - em) > _SAME_SIZE * (em if em > em_before else em_before) or before.gaps or line.gaps:
        return False
    frame, next_frame = frames[before.page, before.column], frames[line.page, line.column]
    if not _is_full(before, line, frame):
        return False
    if before.page == line.page and before.column == line.column and _is_apart(before, line, frame):
        return False
    if _leader(before.text):
        return False
    if em > 1.25 * body:
        return _is_aligned(before, line)
    ended = before.text[-1:] in _STOPS
    if ended and _ITEM.match(line.text):
        return False
    indent = line.x0 - next_frame.left
    if indent <= _INDENT * em:
        return True
    return not ended and _hangs(group, line) and not _ITEM.match(line.text)


def _is_full(line: Line, following: Line, frame: _Frame) -> bool:
    """The following line's first word would not have fitted at the end of `line`. In a narrow frame nothing says what is full."""
    if frame.right - frame.left < _NARROW * line.em:
        return False
    return not fits(following.text, (frame.right - line.x1) / max(line.em, _LEAST) - _SLACK)


def _is_aligned(line: Line, following: Line) -> bool:
    """Whether both begin at one place or have one middle, as full lines of a title do."""
    edges, middles = abs(line.x0 - following.x0), abs(line.x0 + line.x1 - following.x0 - following.x1) / 2
    return min(edges, middles) <= _SAME_EDGE * following.em


def _is_apart(line: Line, following: Line, frame: _Frame) -> bool:
    distance = line.y0 - following.y0
    return distance <= 0 or distance > 1.4 * frame.leading


def _hangs(group: Sequence[Line], line: Line) -> bool:
    """An item's further lines may stand under its text, not under its number."""
    first = group[0]
    if len(group) > 1:
        return abs(group[-1].x0 - line.x0) < 0.5 * line.em
    return bool(_ITEM.match(first.text)) and 0 < line.x0 - first.x0 < 4 * line.em


def _leader(text: str) -> int:
    """How much of the text is the dots and the number at its end. No Chinese character or full stop is one."""
    if "\u3001" <= text[-1:] <= "\u9fff":
        return 0
    found = _LEADER.search(text)
    return len(found[0]) if found else 0


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.em * 2) / 2] += len(line.text) - _leader(line.text)
    return max(sizes, key=sizes.__getitem__, default=1.0)


def _frames(pages: Sequence[Sequence[Line]]) -> dict[tuple[int, int], _Frame]:
    """The frame of every column of every page; a page of few or short lines takes the frame most pages have."""
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for lines in pages:
        for line in lines:
            columns[line.page, line.column].append(line)
    own = {key: _frame(lines) for key, lines in columns.items()}
    usual = {column: _usual([(own[key], len(columns[key])) for key in own if key[1] == column]) for column in (0, 1, 2)}
    return {key: _settled(frame, usual[key[1]], columns[key]) for key, frame in own.items()}


def _frame(lines: Sequence[Line]) -> _Frame:
    em = median(line.em for line in lines)
    written = [line for line in lines if abs(line.em - em) <= _SAME_SIZE * em] or lines
    left = _supported(sorted(line.x0 for line in written), em)
    right = -_supported(sorted(-line.x1 for line in written), em)
    steps = sorted(step for step in _steps(lines) if step > 0.5 * em)
    leading = steps[len(steps) // 3] if steps else 2 * em
    return _Frame(left, right, leading)


def _steps(lines: Sequence[Line]) -> Iterator[float]:
    for line, following in pairwise(lines):
        if line.y0 > following.y0:
            yield line.y0 - following.y0


def _supported(edges: Sequence[float], em: float) -> float:
    """The outermost of the ascending `edges` that a tenth of the lines (at least two, of few lines one) share within half an em."""
    least = max(2, len(edges) // 10) if len(edges) >= _FEW else 1
    for i, edge in enumerate(edges):
        reached = i
        while reached < len(edges) and edges[reached] <= edge + 0.5 * em:
            reached += 1
        if reached - i >= least:
            return edge
    return edges[0]


def _usual(frames: Sequence[tuple[_Frame, int]]) -> _Frame | None:
    """The margins most lines have."""
    if not frames:
        return None
    lefts: Counter[int] = Counter()
    rights: Counter[int] = Counter()
    for frame, count in frames:
        lefts[round(frame.left / 4)] += count
        rights[round(frame.right / 4)] += count
    left, right = lefts.most_common(1)[0][0] * 4.0, rights.most_common(1)[0][0] * 4.0
    near = [frame for frame, _ in frames if abs(frame.left - left) < 8 or abs(frame.right - right) < 8]
    return _Frame(left, right, median(frame.leading for frame in near or [frame for frame, _ in frames]))


def _settled(frame: _Frame, usual: _Frame | None, lines: Sequence[Line]) -> _Frame:
    """A page without a line at the margin (only indented or short ones) has the usual margin there."""
    if usual is None:
        return frame
    em = median(line.em for line in lines)
    full = sum(1 for line in lines if line.x1 > frame.right - em)
    left = usual.left if frame.left > usual.left + em else frame.left
    right = usual.right if frame.right < usual.right - em and full < max(3, 0.25 * len(lines)) else frame.right
    return _Frame(left, right, min(frame.leading, 1.3 * usual.leading))
