"""Last days that a text states for its tasks: dates written out with 前 or 截止, and those of the facts.

What needs counting (个工作日内) is left to the finder of time limits; a day written out in full can be judged anyway.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shenwen.corpus.model import Deadline, Facts, Obligation, Span

_BEFORE = re.compile(
    r"(?<!每年)(?<!次年)(?<!翌年)(?<!明年)(?<!下一年)(?<!每年的)(?:(?P<year>\d{4})年)?"
    r"(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>底|末))(?:之?前|以前)"
    r"|(?:截至|截止|截止到|截止日期为|截止时间为)(?:(?P<year2>\d{4})年)?(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
)


#: Acts that a task is done with. What stands between a last day and its act names who acts and on what.
_ACT = (
    r"(?:完成|报|上报|提交|提出|反馈|建成|建立|制定|印发|出台|公布|公示|到位|办结|办理|缴|清|落实|启动|达到|实现|确定|开展|组织|将|把|送|交|发|返还|退还"
    r"|拨付|兑现|整改|拆除|关停|淘汰|搬迁|通过|形成|编制|投入|竣工|开工|验收|上线)"
)
#: What follows the date of a condition (2010年8月31日以前出生的, 5月1日前到期的贷款) and not of a task: no act before 的.
_CONDITION = re.compile(
    rf"，?(?:已|曾|未)|[^，。；]{{0,20}}?(?:出生|参加|取得|入学|入户|迁入|购买|登记在册|享受|领取)|(?:(?!{_ACT})[^，。；]){{1,24}}?的|，(?:(?!{_ACT})[^，。；]){{0,12}}已"
)
#: A date of the facts is a last day where its words say so and an act follows: 到2025年，数字经济迈向… tells of a state to come.
_BOUND = re.compile(r"前|截[至止]|为止|底$|末$|内$|^到")
_ACT_FOLLOWS = re.compile(rf"[^。；]{{0,16}}?{_ACT}")


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A last day with the words that state it; `day` is None for a day that no calendar has (2月30日)."""

    span: Span
    day: date | None
    whole_month: bool = False
    with_year: bool = True


def stated_days(facts: Facts, obligation: Obligation, year: int | None) -> Iterator[StatedDay]:
    """The last days of one task; `year` is the year of issue, for days written without one."""
    if "月" not in obligation.text and not obligation.deadlines:
        return
    start, end = facts.view.range(obligation.span)
    text = facts.view.text[start:end]
    matches = [match for match in _BEFORE.finditer(text) if not _is_condition(text, match)]
    found = [_stated(facts, start, match, year) for match in matches]
    yield from (stated for stated in found if stated)
    taken = [stated.span for stated in found if stated]
    conditions = [facts.view.source(start + m.start(), start + m.end()) for m in _BEFORE.finditer(text) if _is_condition(text, m)]
    taken += conditions
    for deadline in obligation.deadlines:
        fixed = deadline.norm.startswith("by:") and deadline.date and _is_last_day(facts, deadline)
        if fixed and not any(span.overlaps(deadline.span) for span in taken):
            yield StatedDay(deadline.span, deadline.date, not re.search(r"\d日|[一二三四五六七八九十]日", deadline.quote))


def only_day(text: str, year: int | None) -> date | None:
    """The one last day that a passage states (`year` as above); None where it states none, several, or one that no calendar has."""
    found = [match for match in _BEFORE.finditer(text) if not _is_condition(text, match)]
    return _day_of(found[0], year) if len(found) == 1 else None


def _is_last_day(facts: Facts, deadline: Deadline) -> bool:
    text, (_, end) = facts.view.text, facts.view.range(deadline.span)
    acts = _ACT_FOLLOWS.match(text, end) or re.search(rf"{_ACT}[^，。；]{{0,30}}$", text[max(0, end - 40) : end])
    return bool(_BOUND.search(deadline.quote) and acts and not _CONDITION.match(text, end))


def _is_condition(text: str, match: re.Match[str]) -> bool:
    return bool(_CONDITION.match(text, match.end()))


def _stated(facts: Facts, start: int, match: re.Match[str], issued: int | None) -> StatedDay | None:
    if not (match["year"] or match["year2"] or issued):
        return None
    span = facts.view.source(start + match.start(), start + match.end())
    day = _day_of(match, issued)
    month = int(match["month"] or match["month2"])
    if not 1 <= month <= 12:
        return StatedDay(span, None)
    return StatedDay(span, day, bool(match["end"]), bool(match["year"] or match["year2"]))


def _day_of(match: re.Match[str], issued: int | None) -> date | None:
    """The day of a match of `_BEFORE`; None for one that no calendar has, and where the year is unknown."""
    year = int(match["year"] or match["year2"] or issued or 0)
    month = int(match["month"] or match["month2"])
    if not year or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    number = int(match["day"] or match["day2"] or last)
    return date(year, month, number) if 1 <= number <= last else None
