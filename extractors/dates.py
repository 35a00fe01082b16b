"""Dates as official documents write them: 2019年2月2日, 二〇一九年二月二日, 2019-02-02, 2019 年 2 月 2 日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "Ο": 0, "0": 0}
_ZERO = "〇零○OΟ0"
_YEAR = rf"(?:(?:19|20)\d\s?\d|[一二][{_ZERO}九一二][{_ZERO}一二三四五六七八九]{{2}})"
_MONTH = r"(?:[01]?\d|[一二三四五六七八九十]{1,2})"
_DAY = r"(?:[0-3]?\d|[一二三四五六七八九十]{1,3})"
#: Source of the pattern, for embedding; it has no groups.
PATTERN = rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日|(?:19|20)\d\d([-/.])[01]?\d\1[0-3]?\d(?!\d)"
WORDED = rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日"
_DATE = re.compile(
    rf"({_YEAR})\s*年\s*({_MONTH})\s*月\s*({_DAY})\s*日|((?:19|20)\d\d)\s*([-/.])\s*([01]?\d)\s*\5\s*([0-3]?\d)(?!\d)"
)


def number(text: str) -> int | None:
    """Value of an Arabic or Chinese numeral below 10000 (`二〇一九`, `二十一`, `21`), or None."""
    text = text.replace(" ", "")
    if text.isdecimal():
        return int(text)
    if "百" in text or "十" in text:
        return _with_places(text)
    digits = [_DIGITS.get(char) for char in text]
    if not digits or None in digits:
        return None
    return int("".join(map(str, digits)))


def _with_places(text: str) -> int | None:
    total = 0
    for place, value in (("百", 100), ("十", 10)):
        head, found, text = text.rpartition(place)
        if found:
            factor = _DIGITS.get(head.lstrip("零〇"), 1 if not head else None) if head else 1
            if factor is None:
                return None
            total += factor * value
        # `rpartition` leaves the rest in `text` when the place is absent
    rest = text.lstrip("零〇")
    unit = _DIGITS.get(rest) if rest else 0
    return None if unit is None else total + unit


def date_of(found: re.Match[str]) -> date | None:
    """The day a match of the date pattern names, or None for an impossible one (2月30日)."""
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[4], found[6], found[7])
    values = [number(re.sub(r"\s", "", part)) for part in (year, month, day)]
    try:
        return date(values[0] or 0, values[1] or 0, values[2] or 0)
    except ValueError:
        return None


def dates_in(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[date | None, int, int]]:
    """All dates of `text[start:end]` as (day, start, end); the day is None where it cannot exist."""
    for found in _DATE.finditer(text, start, len(text) if end is None else end):
        yield date_of(found), found.start(), found.end()


def read_date(text: str) -> date | None:
    """The first date in a short text such as a metadata value (`2018年11月05日`, `2018-11-12 09:30`)."""
    return next((day for day, _, _ in dates_in(text) if day), None)
