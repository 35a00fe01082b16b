"""What the forms of a time limit are made of: the record of one form, the makers of its limits, pieces of their patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from shenwen.corpus.model import Deadline, Span
from shenwen.extractors.numerals import NUMERAL

N = f"(?:{NUMERAL})"
YEAR = r"(?:[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})"
RELATIVE = "今年|本年度?|当年|明年|次年|后年|翌年"
DASH = "[-—―–─－~～至到]{1,2}"
UNIT = "个?工作日|个?自然日|日历日|小时|个?月|年|周|个?星期|日|天"
BEFORE = "(?:之|以)?前|为止|止"
#: 6月10日（周三）17:00前
CLOCK = (
    r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?(?:[上下]午|下班|中午|晚上?)?"
    r"(?:[0-9]{1,2}(?:[:：][0-9]{2}|[点时](?:[0-9]{1,2}分|半)?))?"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of limit: a pattern over the masked text, and how its match is read. `read` gives None for a false start.

    No match is without one of the characters `needs`: most forms are passed over without a search. One that is `near` counts
    from the day of issue itself (本周五前): where only its year is known, there is no limit.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date | None], Deadline | None]
    needs: frozenset[str]
    near: bool = False


def limit_of(norm: str, kind: str, *, amount: int | None = None, unit: str | None = None, bound: str | None = None) -> Deadline:
    return Deadline(Span(0, 0), "", norm, kind, amount=amount, unit=unit, bound=bound)


def by(day: date | None) -> Deadline | None:
    """The limit that ends with `day`."""
    return replace(limit_of(f"by:{day}", "by", bound="at_most"), date=day) if day else None
