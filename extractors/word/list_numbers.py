"""Automatic numbers of lists, as a word processor counts them: levels, restarts, overrides. Shared by docx and doc."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shenwen.extractors.word.number_formats import format_number

#: Levels of a list, 0 to 8.
LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
#: After these the text follows without a blank, as in 一、总则.
_CLOSED = tuple("、，。．）】〕：；")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: `text` with %1 … %9 for the numbers of the levels, `restart` the level (from 1) that restarts it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class NumberList:
    """A list as paragraphs refer to it. Lists of one `key` count on together; `overrides` are starts that apply once, by level."""

    key: str
    levels: Mapping[int, ListLevel]
    overrides: Mapping[int, int] = field(default_factory=dict)

    def level(self, at: int) -> ListLevel:
        level = self.levels.get(at, ListLevel())
        return replace(level, start=self.overrides[at]) if at in self.overrides else level

    def level_of_style(self, style: str) -> int | None:
        return next((at for at, level in self.levels.items() if level.style == style), None)


@dataclass(slots=True)
class ListNumbers:
    """Counts paragraphs in document order."""

    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def count(self, identity: str, numbers: NumberList, at: int) -> str:
        """What to put before the next paragraph at level `at` (from 0) of the list called `identity`, blank included."""
        at = min(max(at, 0), LEVELS - 1)
        counts = self._counts.setdefault(numbers.key, [None] * LEVELS)
        level = numbers.level(at)
        before = counts[at]
        first = (identity, at) not in self._begun
        self._begun.add((identity, at))
        counts[at] = level.start if before is None or (first and at in numbers.overrides) else before + 1
        self._restart(numbers, counts, at)
        return _rendered(numbers, counts, at)

    @staticmethod
    def _restart(numbers: NumberList, counts: list[int | None], at: int) -> None:
        """Levels below `at` begin anew, unless their `restart` says otherwise (0: never; n: only by level n or higher)."""
        for deeper in range(at + 1, LEVELS):
            restart = numbers.level(deeper).restart
            if restart is None or at + 1 <= restart:
                counts[deeper] = None


def _rendered(numbers: NumberList, counts: list[int | None], at: int) -> str:
    level = numbers.level(at)
    if level.form == "bullet":
        return ""  # a sign, no number: it would stand between a line's start and its words
    shown = _PLACE.sub(lambda place: _shown(numbers, counts, int(place[1]) - 1, level.legal), level.text)
    return apart(shown) if level.suffix != "nothing" else shown


def apart(number: str) -> str:
    """A number with the blank that stands between it and the text; none after 、 and the like, nor for no number."""
    return f"{number} " if number.strip() and not number.endswith(_CLOSED) else number.strip()


def _shown(numbers: NumberList, counts: list[int | None], at: int, legal: bool) -> str:
    level, number = numbers.level(at), counts[at]
    if number is None:
        number = counts[at] = level.start
    if legal and level.form not in ("none", "bullet", "decimalZero"):
        return str(number)
    return "" if level.form == "bullet" else format_number(number, level.form)
