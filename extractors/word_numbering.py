"""Automatic numbers of Word (ECMA-376 part 1, 17.9): what a reader sees before a paragraph, though no text holds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from shenwen.extractors.word_package import child_of, tag_of, value_of

_DIGITS = "零一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEVELS = 9
#: A counter beyond this is no number of a document but an attack.
_MOST = 30_000


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Number in words below ten thousand: 12 → 十二, 105 → 一百零五. Larger or negative ones in figures."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + (units[place - 1] if place else "")
            zero = False
        else:
            zero = bool(text)
    return text[1:] if digits is _DIGITS and text.startswith("一十") else text


def letters(number: int) -> str:
    """a … z, aa, bb … as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 20 else str(number)


def roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, mark in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        while number >= value:
            text, number = text + mark, number - value
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + i: ord("０") + i for i in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": lambda n: chinese(n, _CAPITAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: chinese(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographDigital": lambda n: "".join("〇一二三四五六七八九"[int(d)] for d in str(n)),
    "japaneseDigitalTenThousand": lambda n: "".join("〇一二三四五六七八九"[int(d)] for d in str(n)),
    "taiwaneseDigital": lambda n: "".join("〇一二三四五六七八九"[int(d)] for d in str(n)),
    "ideographTraditional": lambda n: _STEMS[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 1 <= n <= 12 else str(n),
    "lowerLetter": letters,
    "upperLetter": lambda n: letters(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "ordinal": str,
    "none": lambda n: "",
    "bullet": lambda n: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(slots=True)
class Numbering:
    """List definitions with the state of their counters. `label` is asked once for every numbered paragraph, in order."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """The number before the next paragraph of list `number` at `level` (0 is outermost), with the blank after it; or empty."""
        definition = self.levels(number)
        if level not in definition:
            return ""
        values = self._count(number, level, definition)
        own = definition[level]
        text = re.sub(r"%([1-9])", lambda mark: self._shown(values, int(mark[1]) - 1, definition, own.legal), own.text)
        if own.format == "bullet" or not text.strip():
            return ""
        apart = own.suffix != "nothing" and text[-1].isascii()
        return f"{text} " if apart else text

    def levels(self, number: str) -> dict[int, Level]:
        """The levels of a list with its own overrides; empty for a list that is not defined."""
        return self.abstract.get(self.numbers.get(number, ""), {}) | self.overrides.get(number, {})

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that a list gives to a paragraph style."""
        return next((level for level, own in self.levels(number).items() if own.style == style), None)

    def _count(self, number: str, level: int, definition: dict[int, Level]) -> list[int | None]:
        values = self.counters.setdefault(self.numbers[number], [None] * _LEVELS)
        for at, start in self.starts.get(number, {}).items():
            if at <= level and (number, at) not in self.begun:
                self.begun.add((number, at))
                values[at] = start - 1 if at == level else start
        current = values[level]
        values[level] = min(definition[level].start if current is None else current + 1, _MOST)
        for deeper in range(level + 1, _LEVELS):
            restart = definition[deeper].restart if deeper in definition else None
            if restart is None or (restart and level < restart):
                values[deeper] = None
        return values

    @staticmethod
    def _shown(values: list[int | None], at: int, definition: dict[int, Level], legal: bool) -> str:
        level = definition.get(at, Level())
        value = values[at]
        form = "decimal" if legal and level.format not in ("none", "bullet") else level.format
        return _FORMATS.get(form, str)(level.start if value is None else value)


def numbering_of(root: Any | None, list_of_style: Callable[[str], str | None] = lambda style: None) -> Numbering:
    """Definitions in the root of numbering.xml; `list_of_style` tells the list that a numbering style stands for."""
    numbering = Numbering()
    links: dict[str, str] = {}
    for element in root if root is not None else ():
        match tag_of(element):
            case "w:abstractNum":
                identity = value_of(element, "abstractNumId") or ""
                numbering.abstract[identity] = _levels(element)
                link = child_of(element, "w:numStyleLink")
                if link is not None:
                    links[identity] = value_of(link) or ""
            case "w:num":
                _read_number(element, numbering)
    for identity, style in links.items():
        target = numbering.numbers.get(list_of_style(style) or "")
        if target and target != identity:
            numbering.abstract[identity] = numbering.abstract.get(target, {})
    return numbering


def _read_number(element: Any, numbering: Numbering) -> None:
    number = value_of(element, "numId") or ""
    link = child_of(element, "w:abstractNumId")
    numbering.numbers[number] = (value_of(link) if link is not None else None) or ""
    for override in element:
        if tag_of(override) != "w:lvlOverride":
            continue
        level = _integer(value_of(override, "ilvl"), 0)
        start = child_of(override, "w:startOverride")
        if start is not None:
            numbering.starts.setdefault(number, {})[level] = _integer(value_of(start), 1)
        if child_of(override, "w:lvl") is not None:
            numbering.overrides.setdefault(number, {}).update(_levels(override))


def _levels(element: Any) -> dict[int, Level]:
    return {_integer(value_of(child, "ilvl"), 0): _level(child) for child in element if tag_of(child) == "w:lvl"}


def _level(element: Any) -> Level:
    level = Level()
    for child in element:
        value = value_of(child)
        match tag_of(child):
            case "w:start":
                level = replace(level, start=_integer(value, 1))
            case "w:numFmt":
                level = replace(level, format=value or "decimal")
            case "w:lvlText":
                level = replace(level, text=value or "")
            case "w:suff":
                level = replace(level, suffix=value or "tab")
            case "w:isLgl":
                level = replace(level, legal=value not in ("0", "false", "off"))
            case "w:lvlRestart":
                level = replace(level, restart=_integer(value, 0))
            case "w:pStyle":
                level = replace(level, style=value)
    return level


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default
