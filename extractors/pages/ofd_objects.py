"""Text and path objects of an OFD page as pieces of text and rules (GB/T 33190—2016, 8.5, 9.1 and 11.3)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shenwen.extractors.pages.glyphs import plain, unjustified
from shenwen.extractors.pages.layout import Piece
from shenwen.extractors.pages.layout_tables import Rule, rule_of

#: Points in a millimetre.
POINTS = 72 / 25.4
#: A gap of so many ems parts two pieces.
_GAP = 0.9
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_STEP = re.compile(rf"g\s+(\d{{1,5}})\s+({_NUMBER.pattern})|({_NUMBER.pattern})")
_PATH = re.compile(rf"([SMLQBAC])((?:\s+{_NUMBER.pattern})*)")
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """From an object's own measure to points of the page: its matrix, then its boundary's corner, then upside down."""

    left: float
    top: float
    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]
    page: float

    @staticmethod
    def of(item: Any, page: float) -> Place:
        """Place of an object; `page` is the page's height in points."""
        left, top, width, height = (*numbers(item.get("Boundary")), 0.0, 0.0, 0.0, 0.0)[:4]
        matrix = numbers(item.get("CTM"))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return Place(left, top, width, height, (a, b, c, d, e, f), page)

    def point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return (self.left + a * x + c * y + e) * POINTS, self.page - (self.top + b * x + d * y + f) * POINTS

    @property
    def scale(self) -> float:
        """How much larger a character's height becomes by the matrix."""
        return math.hypot(self.matrix[2], self.matrix[3]) or 1.0


def numbers(text: str | None) -> list[float]:
    """The finite numbers in a list of the format; what is none is passed over."""
    return [value for word in _NUMBER.findall(text or "")[:_MOST] if math.isfinite(value := float(word))]


def pieces_of(item: Any, place: Place) -> Iterator[Piece]:
    """The pieces of a text object: each code of text, cut at wide gaps."""
    size = (numbers(item.get("Size")) or [3.0])[0]
    stretch = (numbers(item.get("HScale")) or [1.0])[0]
    for code in item:
        if isinstance(code.tag, str) and code.tag.endswith("TextCode") and code.text:
            yield from _cut(code, size, size * stretch, place)


def _cut(code: Any, size: float, em: float, place: Place) -> Iterator[Piece]:
    text = code.text
    x, y = (numbers(code.get("X")) or [0.0])[0], (numbers(code.get("Y")) or [size])[0]
    steps = _steps(code.get("DeltaX"), len(text))
    begin, right = None, x
    for index, char in enumerate(text):
        wide = em / 2 if char.isascii() else em
        if not char.isspace():
            if begin is not None and x - right > _GAP * em:
                yield _piece(text[begin[0] : index].rstrip(), begin[1], right, y, size, place)
                begin = None
            begin, right = begin or (index, x), x + wide
        x += steps[index] if index < len(steps) else wide
    if begin is not None:
        yield _piece(text[begin[0] :].rstrip(), begin[1], right, y, size, place)


def _piece(text: str, x0: float, x1: float, y: float, size: float, place: Place) -> Piece:
    """`y` is the base line; characters reach an eighth of their size below it."""
    (left, bottom), (right, _) = place.point(x0, y), place.point(x1, y)
    em = size * place.scale * POINTS
    return Piece(unjustified(plain(text)), left, bottom - em / 8, max(left, right), bottom + em * 7 / 8)


def _steps(text: str | None, count: int) -> list[float]:
    """Advances, `g 10 3.5` standing for ten equal ones; no more than there are characters."""
    steps: list[float] = []
    for times, repeated, single in _STEP.findall(text or ""):
        if len(steps) >= count:
            break
        steps += [float(repeated)] * min(int(times), count) if times else [float(single)]
    return steps


def rules_of(item: Any, place: Place) -> Iterator[Rule]:
    """Level and upright rules that a path object draws."""
    left, top = place.left * POINTS, place.page - place.top * POINTS
    if rule := rule_of(left, top - place.height * POINTS, left + place.width * POINTS, top):
        yield rule
        return
    for child in item:
        if isinstance(child.tag, str) and child.tag.endswith("AbbreviatedData"):
            yield from _sides(child.text or "", place)


def _sides(path: str, place: Place) -> Iterator[Rule]:
    start = last = (0.0, 0.0)
    for operator, operands in _PATH.findall(path[:200_000]):
        values = numbers(operands)
        point = start if operator == "C" else place.point(*values[-2:]) if len(values) >= 2 else last
        if operator in "LC" and (rule := rule_of(*last, *point)):
            yield rule
        if operator in "SM":
            start = point
        last = point
