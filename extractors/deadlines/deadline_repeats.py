"""Time limits that come again: 每年1月底前, 每季度, 按月, 每两周, 次月10日前."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from shenwen.corpus.model import Deadline
from shenwen.extractors.deadlines.deadline_parts import BEFORE, DASH, Form, N, limit_of
from shenwen.extractors.numerals import number

_MONTH = rf"(?P<m>{N})月(?:份)?(?:(?P<d>{N})[日号]|(?P<mp>[底末初]|上旬|中旬|下旬))?"
#: 每年3月1日至5月31日 ends with its last day; over the turn of the year only the year is told.
_TO_MONTH = rf"(?:{DASH}(?P<over>次年|翌年|来年|下一?年度?)?(?P<m2>{N})月(?:份)?(?:(?P<d2>{N})[日号])?)?"
_EVERY_YEAR = re.compile(
    rf"每(?:一)?(?P<k>[两二三四五2345]?)个?年(?:度)?(?:的)?(?:{_MONTH}{_TO_MONTH}|(?P<p>年?[初底末终])|第?(?P<q>[一二三四])季度[底末]?)?(?P<b>{BEFORE})?"
)
#: 每年3月、9月底前: the months behind the first come every year too.
_AND_MONTH = re.compile(rf"(?<=[、和及与]){_MONTH}(?P<b>{BEFORE})?")
_YEARLY = re.compile(
    rf"每年(?:的)?{N}月(?:份)?(?:[底末初]|[上中下]旬|{N}[日号])?(?:{BEFORE})?(?:、{N}月(?:份)?(?:[底末初]|[上中下]旬|{N}[日号])?(?:{BEFORE})?)*[、和及与]$"
)
_EVERY_MONTH = re.compile(
    rf"(?:每个?月|按月|逐月)(?:度)?(?:的)?(?:(?P<d>{N})[日号]|(?P<p>[初底末]|上旬|中旬|下旬))?(?:{BEFORE})?"
)
_NEXT_MONTH = re.compile(rf"(?:次|下)个?月(?:的)?(?:(?P<d>{N})[日号]|(?P<p>[初底末]))(?:{BEFORE}|[之以]?内)?")
_EVERY_QUARTER = re.compile(
    rf"(?:每个?季度?|按季度?|逐季)(?:首月|第一个月|次月)?(?:(?P<d>{N})[日号]|(?P<p>[初底末]))?(?:{BEFORE})?"
)
_EVERY_OTHER = re.compile(
    rf"每(?P<u>半年|学期|半个?月|个?星期|周|日|天)(?!月)|每(?:个)?(?P<s>学年)|(?P<t>按周(?!期)|按日|逐日|逐周)|每(?P<n>{N})个?(?P<v>工作日|日|天|周|月)(?![内前])"
)

#: 半年一次, 一季度一通报, 两个月安排一次
_EVERY_ONCE = re.compile(
    "(?<![每0-9上下第])(?P<k>半|[一二两三四五六七八九十0-9]{1,2}(?=个月|年|季|周)|一)个?(?P<u>年|季|月|周)度?(?:一(?:评|报|考核|调度|通报|总结|研判|会商)|[^，。；、0-9内前后一]{0,4}[一1]次)"
)
_ONCE = {"年": "year", "季": "quarter", "月": "month", "周": "week"}


def _every_once(match: re.Match[str], issued: date | None) -> Deadline | None:
    count = "half" if match["k"] == "半" else "" if number(match["k"]) == 1 else number(match["k"])
    return limit_of(f"every:{count}{_ONCE[match['u']]}".replace("halfyear", "half"), "every")


def _and_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    if not _YEARLY.search(match.string, max(0, match.start() - 60), match.start()):
        return None
    return limit_of(f"every:year{_month(match, '')}", "every", unit="y", bound="at_most" if match["b"] else None)


def _every_year(match: re.Match[str], issued: date | None) -> Deadline | None:
    count = number(match["k"]) if match["k"] else 1
    period = "year" if count == 1 else f"{count}year"
    return limit_of(f"every:{period}{_in_year(match)}", "every", unit="y", bound="at_most" if match["b"] else None)


def _in_year(match: re.Match[str]) -> str:
    if match["m"]:
        if match["m2"] and (match["over"] or (number(match["m2"]) or 0) < (number(match["m"]) or 0)):
            return ""
        return _month(match, "2" if match["m2"] else "")
    if match["q"]:
        month = 3 * (number(match["q"]) or 1)
        return f"@{month:02}-{_last(month):02}"
    return {"初": "@start", "底": "@end", "末": "@end", "终": "@end"}.get((match["p"] or " ")[-1], "")


_TENTHS = {"上旬": 10, "中旬": 20}


def _month(match: re.Match[str], which: str) -> str:
    month = number(match[f"m{which}"]) or 0
    if not 1 <= month <= 12:
        return ""
    if match[f"d{which}"]:
        return f"@{month:02}-{number(match[f'd{which}']) or 0:02}"
    part = None if which else match["mp"]
    if part in ("底", "末", "下旬") or (match["b"] and not part):
        return f"@{month:02}-{_last(month):02}"  # 每年3月前 ends with the month named
    return f"@{month:02}-{_TENTHS[part]:02}" if part in _TENTHS else f"@{month:02}"


def _last(month: int) -> int:
    """The last day of the month; February is taken as in a common year."""
    return monthrange(2019, month)[1]


def _in_period(match: re.Match[str]) -> str:
    if match["d"]:
        return f"@{number(match['d']) or 0:02}"
    return {"初": "@start", "底": "@end", "末": "@end", "上旬": "@10", "中旬": "@20", "下旬": "@end"}.get(match["p"] or "", "")


def _every_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    return limit_of(f"every:month{_in_period(match)}", "every", unit="mo")


def _every_quarter(match: re.Match[str], issued: date | None) -> Deadline | None:
    return limit_of(f"every:quarter{_in_period(match)}", "every", unit="q")


def _every_other(match: re.Match[str], issued: date | None) -> Deadline | None:
    if match["n"]:
        count, unit = number(match["n"]), {"工作日": "wd", "日": "day", "天": "day", "周": "week", "月": "month"}[match["v"]]
        return limit_of(f"every:{count}{unit}", "every") if count else None
    word = match["u"] or match["t"] or match["s"]
    return limit_of(f"every:{_PERIODS.get(word.strip('每个按逐'), 'week')}", "every")


#: 学期: half of a school year.
_PERIODS = {"半年": "half", "学期": "half", "学年": "year", "半月": "halfmonth", "半个月": "halfmonth", "日": "day", "天": "day"}


REPEATS = (
    Form(_EVERY_YEAR, _every_year, frozenset("每")),
    Form(_AND_MONTH, _and_month, frozenset("每")),
    Form(_EVERY_MONTH, _every_month, frozenset("每按逐")),
    Form(_NEXT_MONTH, _every_month, frozenset("次下")),
    Form(_EVERY_QUARTER, _every_quarter, frozenset("每按逐")),
    Form(_EVERY_OTHER, _every_other, frozenset("每按逐")),
    Form(_EVERY_ONCE, _every_once, frozenset("一")),
)
