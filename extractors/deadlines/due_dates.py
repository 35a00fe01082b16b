"""The concrete last day of a limit, where the day that starts it is known; else the reason why there is none.

Sources: Civil Code, articles 201 to 204 (see corpus/workdays.py). A dated limit is its own last day and is not moved.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from shenwen.corpus.model import Deadline
from shenwen.corpus.workdays import Calendar, Unannounced, add_months

_ITSELF = "(?:本[^，。《》]{1,10}|文件|通知|方案|办法|条例|规定|意见|细则)?(?:正式)?"
#: The document itself is issued or enters into force; an information issued or a 《通知》 of others starts at a day nobody told.
_ISSUE = re.compile(f"{_ITSELF}(?:印发|发布|公布|出台|发文|下发|颁布|签发)")
_FORCE = re.compile(f"{_ITSELF}(?:施行|实施|执行|生效)")


def due_of(limit: Deadline, issued: date | None, effective: date | None = None) -> Deadline:
    """The limit with `due`, or with `reason` in Chinese. `effective` is the day on which the document enters into force."""
    match limit.kind:
        case "by" | "until":
            return replace(limit, due=limit.date)
        case "during":
            return replace(limit, due=date.fromisoformat(limit.norm.rsplit("/", 1)[-1]))
        case "within":
            return _within(limit, issued, effective)
        case "from":
            return _entry(limit, issued)
        case "every":
            return replace(limit, reason="周期性任务，按期滚动")
        case _:
            return replace(limit, reason="自施行之日起算")


def _within(limit: Deadline, issued: date | None, effective: date | None) -> Deadline:
    in_force = bool(limit.trigger and _FORCE.fullmatch(limit.trigger))
    start = effective if in_force else issued
    if not limit.trigger or not (in_force or _ISSUE.fullmatch(limit.trigger)):
        return replace(limit, reason=f"起算日未知：{limit.trigger}" if limit.trigger else "原文未写明起算日")
    if start is None:
        unknown = "起算日为施行日，但施行日期未知" if in_force else "起算日为发文日，但成文日期未知"
        return replace(limit, reason=unknown)
    if limit.unit == "h":
        return replace(limit, reason="按小时计，以事发时刻起算")
    return _counted(limit, start)


def _counted(limit: Deadline, start: date) -> Deadline:
    calendar = Calendar.default()
    amount = limit.amount or 0
    try:
        if limit.unit == "wd":
            return replace(limit, due=calendar.add_workdays(start, amount))
        return replace(limit, due=calendar.roll_forward(_plain(start, amount, limit.unit)))
    except Unannounced as unknown:
        return replace(limit, reason=str(unknown))


def _plain(start: date, amount: int, unit: str | None) -> date:
    match unit:
        case "mo":
            return add_months(start, amount)
        case "y":
            return add_months(start, 12 * amount)
        case "w":
            return start + timedelta(weeks=amount)
        case _:
            return start + timedelta(days=amount)


def _entry(limit: Deadline, issued: date | None) -> Deadline:
    if limit.date:
        return replace(limit, due=limit.date)
    if issued is None:
        return replace(limit, reason="成文日期未知")
    day = _plain(issued, limit.amount or 0, limit.unit)
    return replace(limit, date=day, due=day)
