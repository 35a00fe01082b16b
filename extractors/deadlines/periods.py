"""Periods of the calendar and of planning: the last day of a named year, half, quarter, month or part of a month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_PARTS = {"上旬": 10, "中旬": 20, "初": 10, "中": 20}
_YEAR_PARTS = {"上半年": 6, "下半年": 12, "年初": 3, "年中": 6, "前三季度": 9}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_NUMERALS = "〇一二三四五六七八九"


def last_day(year: int | None, month: int | None, day: int | None, part: str | None = None) -> date | None:
    """The last day of the period named, or None for one that does not exist. `part` is 上旬, 底, 上半年, 第一季度 …"""
    if year is None or not 1000 < year < 3000:
        return None
    if part and month is None:
        month = _YEAR_PARTS.get(part) or next((last for sign, last in _QUARTERS.items() if sign in part), 12)
    month = 12 if month is None else month
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    if day is None:
        day = _PARTS.get(part or "", length)
    return date(year, month, day) if 1 <= day <= length else None


def plan_years(ordinal: str) -> tuple[int, int]:
    """First and last year of a five-year plan: `十四` (the fourteenth) is 2021 to 2025. The first began in 1953; from the third on
    plans follow one another every five years, the third beginning in 1966."""
    ordinal_number = _NUMERALS.index(ordinal[-1]) + (10 if len(ordinal) == 2 else 0) if ordinal != "十" else 10
    first = 1966 + 5 * (ordinal_number - 3)
    return first, first + 4
