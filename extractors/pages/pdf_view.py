"""How a PDF page is seen: from its lower left corner, after its turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shenwen.extractors.pages.layout_stretches import Box


class View(NamedTuple):
    """The page's corner in the file, quarters it is turned by clockwise, and its size as seen, in points."""

    left: float
    bottom: float
    turn: int
    width: float
    height: float

    def turned(self, quarters: int) -> View:
        """The same page turned by an odd number of quarters more."""
        return self._replace(turn=(self.turn + quarters) % 4, width=self.height, height=self.width)

    def boxes(
        self, lefts: Sequence[float], bottoms: Sequence[float], rights: Sequence[float], tops: Sequence[float]
    ) -> list[Box]:
        """Boxes with these sides in the file, as they are seen."""
        x, y, turn, width, height = self
        sides = zip(lefts, bottoms, rights, tops, strict=True)
        if not (x or y or turn):
            return list(sides)
        match turn:
            case 1:
                return [(bottom - y, height - (right - x), top - y, height - (left - x)) for left, bottom, right, top in sides]
            case 2:
                return [
                    (width - (right - x), height - (top - y), width - (left - x), height - (bottom - y))
                    for left, bottom, right, top in sides
                ]
            case 3:
                return [(width - (top - y), left - x, width - (bottom - y), right - x) for left, bottom, right, top in sides]
            case _:
                return [(left - x, bottom - y, right - x, top - y) for left, bottom, right, top in sides]
