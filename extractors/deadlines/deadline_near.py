"""Time limits near the day of issue, which alone completes them: 本周五前, 本周内, 月底前, 请于20日前, 次日12时前."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from shenwen.corpus.model import Deadline
from shenwen.extractors.deadlines.deadline_parts import BEFORE, CLOCK, Form, by, limit_of
from shenwen.extractors.numerals import number

_WEEKDAY = re.compile(
    rf"(?<!每)(?<!每个)(?P<next>[本下这])?(?:周|星期)(?P<w>[一二三四五六日天]){CLOCK}(?:{BEFORE})|(?P<week>[本下])周(?:[之以]?内|[末底]前)"
)
_MONTH_END = re.compile(
    rf"(?<![每个次下上当逐按该各0-9〇零一二三四五六七八九十月])(?:本月[末底]?(?:{BEFORE}|[之以]?内)|月[末底](?:{BEFORE}))"
)
#: With 于 and in Arabic digits: 应在十五日前通知 counts back from an event.
_DAY_OF_MONTH = re.compile(rf"(?:于|本月)(?P<d>[0-9]{{1,2}})[日号]{CLOCK}(?:{BEFORE})(?!置)")
_NEXT_DAY = re.compile(rf"(?:次日|翌日|第二天|(?P<work>次一?个?工作日)){CLOCK}(?:{BEFORE}|[之以]?内)")


def _weekday(match: re.Match[str], issued: date | None) -> Deadline | None:
    if issued is None:
        return None
    monday = issued - timedelta(days=issued.weekday())
    day = monday + timedelta(days=6 if match["week"] else "一二三四五六日天".index(match["w"]) if match["w"] != "天" else 6)
    late = (match["next"] or match["week"]) == "下" or (not match["next"] and not match["week"] and day < issued)
    return by(day + timedelta(weeks=1) if late else day)


def _month_end(match: re.Match[str], issued: date | None) -> Deadline | None:
    return by(issued.replace(day=monthrange(issued.year, issued.month)[1])) if issued else None


def _day_of_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    wanted = number(match["d"])
    if issued is None or not wanted:
        return None
    first = issued.replace(day=1)
    if wanted < issued.day:
        first = (first + timedelta(days=31)).replace(day=1)
    return by(first.replace(day=wanted)) if wanted <= monthrange(first.year, first.month)[1] else None


def _next_day(match: re.Match[str], issued: date | None) -> Deadline | None:
    unit = "wd" if match["work"] else "d"
    return limit_of(f"within:1{unit}", "within", amount=1, unit=unit, bound="at_most")


NEAR = (
    Form(_WEEKDAY, _weekday, frozenset("周星"), near=True),
    Form(_MONTH_END, _month_end, frozenset("月"), near=True),
    Form(_DAY_OF_MONTH, _day_of_month, frozenset("日号"), near=True),
    Form(_NEXT_DAY, _next_day, frozenset("次翌第")),
)
