"""The forms of a time limit: one named pattern each, with one small function that reads its match into a `Deadline` without a place.

Normal forms: within, by, every, during, from, valid, until. A reading function gives None for a false start. Relative years are
resolved by the day of issue; where that is unknown and needed, there is no limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from shenwen.corpus.model import Deadline, Span
from shenwen.extractors.numerals import NUMERAL, number
from shenwen.extractors.periods import last_day, plan_years

N = f"(?:{NUMERAL})"
YEAR = r"(?:[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})"
_RELATIVE = "今年|本年度?|当年|明年|次年|后年|翌年"
DASH = "[-—―–─－~～至到]{1,2}"
_UNIT = "个?工作日|个?自然日|日历日|小时|个?月|年|周|个?星期|日|天"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of limit: a pattern over the masked text, and how its match is read. `read` gives None for a false start.

    No match is without one of the characters `needs`: most forms are passed over without a search.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date | None], Deadline | None]
    needs: frozenset[str]


def _limit(norm: str, kind: str, *, amount: int | None = None, unit: str | None = None, bound: str | None = None) -> Deadline:
    return Deadline(Span(0, 0), "", norm, kind, amount=amount, unit=unit, bound=bound)


# within ------------------------------------------------------------------------------------------------------------------------

_UNITS = (
    ("工作日", "wd"),
    ("自然日", "d"),
    ("日历日", "d"),
    ("小时", "h"),
    ("星期", "w"),
    ("周", "w"),
    ("月", "mo"),
    ("年", "y"),
    ("日", "d"),
    ("天", "d"),
)
_WITHIN = re.compile(
    rf"(?:(?P<low>{N}){DASH})?(?P<n>{N}|半)(?P<u>{_UNIT})(?P<wd>[（(](?:个?工作日|不?含[^）)]*)[）)])?(?:时间)?(?P<b>以内|之内|内(?!部|容|控|需|在|未|没有|无|曾|累计|连续)|期限内)"
)
_AT_MOST = re.compile(
    rf"(?:最长|一般|最多|最迟)?(?:期限|时限|时间)?(?:均|都|应当?|为|原则上|一律)?(?:不得?超过|不[能可]超过|不多于|不迟于)(?P<n>{N})(?P<u>个?工作日|个?小时|日(?!元)|天|个月)(?!以上|次)"
)
#: 六十日、三十日、十五日内
_WITHIN_LISTED = re.compile(
    rf"(?P<low>(?!))?(?P<n>{N})(?P<u>{_UNIT})(?P<wd>(?!))?(?=(?:、{N}(?:{_UNIT})){{1,4}}(?:以内|之内|内))"
)
#: 期限最长不得超过五年: years only behind the word for a term.
_TERM_AT_MOST = re.compile(
    rf"(?:期限|时限|办理期|保留期)(?:最长|最多|一般|累计)*(?:均|都|原则上|一律)?(?:不得?超过|不[能可]超过)(?P<n>{N})(?P<u>年)(?!以上)"
)
_WITH_TIME = re.compile(rf"(?:用|经过|利用)(?:(?P<low>{N}){DASH})?(?P<n>{N})(?P<u>个?月|年)(?:左右)?的?时间")
_WHOLE_DAY = re.compile("(?:的|在|于|收到|发现|受理|接报|接到)?当(?:日|天)(?!起|的?天气|地)")


def _unit(word: str, extra: str | None) -> str:
    if extra and "工作日" in extra:
        return "wd"
    return next(code for name, code in _UNITS if name in word)


def _within(match: re.Match[str], issued: date | None) -> Deadline | None:
    unit = _unit(match["u"], match["wd"])
    if match["n"] == "半":
        return _limit("within:6mo" if unit == "y" else "within:15d" if unit == "mo" else "within:12h", "within", bound="at_most")
    amount = number(match["n"])
    if not amount or (unit == "y" and amount > 100):
        return None
    return _limit(f"within:{amount}{unit}", "within", amount=amount, unit=unit, bound="range" if match["low"] else "at_most")


def _at_most(match: re.Match[str], issued: date | None) -> Deadline | None:
    amount = number(match["n"])
    unit = _unit(match["u"], None)
    return _limit(f"within:{amount}{unit}", "within", amount=amount, unit=unit, bound="at_most") if amount else None


def _same_day(match: re.Match[str], issued: date | None) -> Deadline | None:
    return _limit("within:0d", "within", amount=0, unit="d", bound="at_most")


# by ----------------------------------------------------------------------------------------------------------------------------

_Y = rf"(?P<y>{YEAR})年(?:度)?|(?P<rel>{_RELATIVE})(?:度)?"
_BEFORE = "(?:之|以)?前|为止|止"
#: 6月10日（周三）17:00前
_CLOCK = r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?(?:[上下]午|中午|晚上?)?(?:[0-9]{1,2}(?:[:：][0-9]{2}|[点时](?:[0-9]{1,2}分|半)?))?"
_BY_DAY = re.compile(
    rf"(?:{_Y})?(?P<m>{N})月(?:份)?(?P<d>{N})[日号](?:{_CLOCK}(?={_BEFORE}))?(?P<e>{_BEFORE}|起(?:正式)?(?:施行|实施|执行|生效|试行)?)?"
)
_BY_MONTH = re.compile(
    rf"(?:{_Y})(?P<m>{N})月(?:份)?(?P<part>上旬|中旬|下旬|[底末初]|中)?(?P<e>{_BEFORE})?(?!\d|{DASH}{N}|{N}[日号]|起|开始)"
)
_BARE_MONTH = re.compile(
    rf"(?<![每年0-9〇零一二三四五六七八九十个])(?P<m>{N})月(?:份)?(?P<part>上旬|中旬|下旬|[底末])(?P<e>{_BEFORE})?"
)
_PART = "上半年|下半年|[第]?[一二三四1234]季度|年[初中]|前三季度"
_BY_PART = re.compile(rf"(?:{_Y})(?P<part>{_PART})(?P<q>[底末])?(?P<e>{_BEFORE})?")
_BARE_PART = re.compile(
    rf"(?<![年0-9])(?:(?P<part>上半年|下半年)(?:[底末])?(?:{_BEFORE})?(?=[，完]|要|应|内|须)|(?P<quarter>第?[一二三四]季度)(?:[底末](?:{_BEFORE})?|之?前))"
)
_BY_YEAR = re.compile(
    rf"(?P<to>到|至|力争(?:到)?|在|于)?(?:{_Y})(?P<end>年?(?:[底末终]|内(?![蒙部容外地]))|年年[底末])?(?P<e>{_BEFORE})?(?!{N}月|[上下]半年|第?[一二三四1234]季度|年[初中]|起)"
)
_YEAR_END = re.compile(
    rf"(?<![每年今明次前去上0-9〇零一二三四五六七八九])(?:年[底末终]|(?<![近几数])年内(?=[，完成建开实启出形全取投到竣]))(?:{_BEFORE})?(?!效能|考核|目标|绩效|奖|总结|述职|结余|存量|余额|评)"
)
_PLAN = re.compile(r"[“\"]?(?P<plan>十[一二三四五六七八九]|[八九])五[”\"]?(?:时期|规划)?(?P<e>期?[末底]|末期|结束|期间|时期)")


def _year(match: re.Match[str], issued: date | None) -> int | None:
    if match["y"]:
        return number(match["y"])
    if match["rel"] and issued:
        word = match["rel"]
        return issued.year + (1 if word in ("明年", "次年", "翌年") else 2 if word == "后年" else 0)
    return None


def _by(day: date | None) -> Deadline | None:
    return replace(_limit(f"by:{day}", "by", bound="at_most"), date=day) if day else None


#: 截止时间为8月15日
_CLOSES = re.compile("截止(?:时间|日期|日)?(?:为|是|到|至|于|：|:)?$")


def _by_day(match: re.Match[str], issued: date | None) -> Deadline | None:
    closes = _CLOSES.search(match.string, max(0, match.start() - 8), match.start())
    year = _year(match, issued) or (issued.year if issued and (match["e"] or closes) and not match["rel"] else None)
    day = last_day(year, number(match["m"]), number(match["d"]))
    if day is None:
        return None
    if match["e"] and match["e"].startswith("起"):
        return replace(_limit(f"from:{day}", "from"), date=day) if re.search("行|实施|生效", match["e"]) else None
    # a bare date is a signature or narration; a limit has 前, 止 or a preposition
    return _by(day) if match["e"] or closes or re.search("(?:于|在|到|至|截至|截止)$", match.string[: match.start()]) else None


def _by_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    return _by(last_day(_year(match, issued), number(match["m"]), None, match["part"]))


def _bare_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    day = last_day(issued.year if issued else None, number(match["m"]), None, match["part"])
    if day and _YEARLY.search(match.string, 0, match.start()):
        return _limit(f"every:year@{day.month:02}-{day.day:02}", "every", unit="y", bound="at_most")
    return _by(day)


#: 每年3月、9月底前: the second month comes every year too.
_YEARLY = re.compile(rf"每年(?:的)?{N}月(?:份)?[底末]?(?:、{N}月(?:份)?[底末]?)*[、和及与]$")


def _by_part(match: re.Match[str], issued: date | None) -> Deadline | None:
    return _by(last_day(_year(match, issued), None, None, match["part"]))


def _bare_part(match: re.Match[str], issued: date | None) -> Deadline | None:
    return _by(last_day(issued.year if issued else None, None, None, match["part"] or match["quarter"]))


_NOUN = re.compile("[\u4e00-\u9fff]{2,16}的")


def _by_year(match: re.Match[str], issued: date | None) -> Deadline | None:
    bound = match["end"] or match["e"] or (match["to"] and match["to"][:1] in "到至力")
    if (
        not bound
        and not (match["rel"] in ("今年", "明年") and match.string[match.end() : match.end() + 1] == "，")
        and not (match["y"] and _is_goal(match, issued))
    ):
        return None
    year = _year(match, issued)
    if not (match["end"] or match["e"]) and "年度" in match.group() and _NOUN.match(match.string, match.end()):
        return None  # 调整至2013年度人均收入的70%
    return _by(last_day(year, None, None, None))


_GOAL = re.compile(
    "[^，。；]{0,30}?(?:完成(?<!顺利完成)(?<!圆满完成)|达到|实现|建成|力争|基本(?!医疗|养老|公共|农田|建设|情况|信息|药物|生活|面)|全面)"
)


def _is_goal(match: re.Match[str], issued: date | None) -> bool:
    """A bare future year with a demand behind it: 2025年实现…, 2025年达到…"""
    year = number(match["y"])
    return bool(year and issued and year >= issued.year and _GOAL.match(match.string, match.end(), match.end() + 40))


def _year_end(match: re.Match[str], issued: date | None) -> Deadline | None:
    return _by(date(issued.year, 12, 31)) if issued else None


def _plan(match: re.Match[str], issued: date | None) -> Deadline | None:
    first, last = plan_years(match["plan"])
    if match["e"] in ("期间", "时期"):
        return _during(date(first, 1, 1), date(last, 12, 31))
    return _by(date(last, 12, 31))


# every -------------------------------------------------------------------------------------------------------------------------

_EVERY_YEAR = re.compile(
    rf"每(?:一)?(?P<k>[两二三四五2345]?)个?年(?:度)?(?:的)?(?:(?P<m>{N})月(?:份)?(?:(?P<d>{N})[日号]|(?P<mp>[底末初]|上旬|中旬|下旬))?|(?P<p>年?[初底末终])|第?(?P<q>[一二三四])季度[底末]?)?(?P<b>{_BEFORE})?"
)
_EVERY_MONTH = re.compile(
    rf"(?:每个?月|按月|逐月)(?:度)?(?:的)?(?:(?P<d>{N})[日号]|(?P<p>[初底末]|上旬|中旬|下旬))?(?:{_BEFORE})?"
)
_NEXT_MONTH = re.compile(rf"(?:次|下)个?月(?:的)?(?:(?P<d>{N})[日号]|(?P<p>[初底末]))(?:{_BEFORE}|[之以]?内)?")
_EVERY_QUARTER = re.compile(
    rf"(?:每个?季度?|按季度?|逐季)(?:首月|第一个月|次月)?(?:(?P<d>{N})[日号]|(?P<p>[初底末]))?(?:{_BEFORE})?"
)
_EVERY_OTHER = re.compile(
    rf"每(?P<u>半年|半个?月|个?星期|周|日|天)(?!月)|(?P<t>按周|按日|逐日|逐周)|每(?P<n>{N})个?(?P<v>工作日|日|天|周|月)(?![内前])"
)

#: 半年一次, 一季度一通报, 两个月安排一次
_EVERY_ONCE = re.compile(
    "(?<![每0-9上下第])(?P<k>半|[一二两三四五六七八九十0-9]{1,2}(?=个月|年|季|周)|一)个?(?P<u>年|季|月|周)度?(?:一(?:评|报|考核|调度|通报|总结|研判|会商)|[^，。；、0-9内前后一]{0,4}[一1]次)"
)
_ONCE = {"年": "year", "季": "quarter", "月": "month", "周": "week"}


def _every_once(match: re.Match[str], issued: date | None) -> Deadline | None:
    count = "half" if match["k"] == "半" else "" if number(match["k"]) == 1 else number(match["k"])
    return _limit(f"every:{count}{_ONCE[match['u']]}".replace("halfyear", "half"), "every")


def _every_year(match: re.Match[str], issued: date | None) -> Deadline | None:
    count = number(match["k"]) if match["k"] else 1
    period = "year" if count == 1 else f"{count}year"
    return _limit(f"every:{period}{_in_year(match)}", "every", unit="y", bound="at_most" if match["b"] else None)


def _in_year(match: re.Match[str]) -> str:
    if match["m"]:
        month = number(match["m"]) or 0
        if not 1 <= month <= 12:
            return ""
        if match["d"]:
            return f"@{month:02}-{number(match['d']) or 0:02}"
        if match["mp"] in ("底", "末") or (match["b"] and not match["mp"]):
            # 每年3月前 ends with the month named; February is taken as in a common year
            day = last_day(2019, month, None)
            return f"@{month:02}-{day.day if day else 0:02}"
        return f"@{month:02}"
    if match["q"]:
        month = 3 * (number(match["q"]) or 1)
        day = last_day(2019, month, None)
        return f"@{month:02}-{day.day if day else 0:02}"
    return {"初": "@start", "底": "@end", "末": "@end", "终": "@end"}.get((match["p"] or " ")[-1], "")


def _in_period(match: re.Match[str]) -> str:
    if match["d"]:
        return f"@{number(match['d']) or 0:02}"
    return {"初": "@start", "底": "@end", "末": "@end"}.get(match["p"] or "", "")


def _every_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    return _limit(f"every:month{_in_period(match)}", "every", unit="mo")


def _every_quarter(match: re.Match[str], issued: date | None) -> Deadline | None:
    return _limit(f"every:quarter{_in_period(match)}", "every", unit="q")


def _every_other(match: re.Match[str], issued: date | None) -> Deadline | None:
    if match["n"]:
        count, unit = number(match["n"]), {"工作日": "wd", "日": "day", "天": "day", "周": "week", "月": "month"}[match["v"]]
        return _limit(f"every:{count}{unit}", "every") if count else None
    word = match["u"] or match["t"]
    period = "half" if word == "半年" else "week" if "周" in word or "星期" in word else "halfmonth" if "半" in word else "day"
    return _limit(f"every:{period}", "every")


# during, from, valid -----------------------------------------------------------------------------------------------------------

_DURING = re.compile(
    rf"(?P<y>{YEAR})年?(?:度)?(?:(?P<m>{N})月?(?:份)?(?:(?P<d>{N})[日号])?)?起?{DASH}(?:(?P<y2>{YEAR})年(?:度)?|(?P<rel>{_RELATIVE}))?(?:(?P<m2>{N})月(?:份)?(?P<p2>[底末])?(?:(?P<d2>{N})[日号])?)?"
)
_DURING_DAYS = re.compile(rf"(?<![年\d])(?P<m>{N})月(?P<d>{N})[日号]?{DASH}(?:(?P<m2>{N})月)?(?P<d2>{N})[日号](?![前起])")
_FROM_DAY = re.compile(
    rf"(?:自|从|于)?(?P<y>{YEAR})年(?P<m>{N})月(?P<d>{N})日(?:零时|0时)?(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|试行(?!期))"
)
_FROM_ISSUE = re.compile(
    rf"自?(?:本\w{{1,4}})?(?:印发|公布|发布|颁布|发文|下发|通过|签发)之日(?:起)?满?(?:(?P<n>{N})(?P<u>日|天|个月)后)?(?:起)?(?:正式)?(?:施行|实施|执行|生效)"
)
_FROM_NOW = re.compile("自?(?:即日|本日|今日)(?P<n>(?!))?起(?:正式)?(?:施行|实施|执行|生效)")
_VALID = re.compile(
    rf"有效期(?:限)?(?:为|是|自[^，。；]{{0,24}}?起|暂定)?[，,]?(?:为)?(?P<n>{N})(?P<u>个?月|年|天|日)|试行(?:期)?(?:为|限为)?(?P<n2>{N})(?P<u2>个?月|年)(?!内)"
)
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?|使用期限|租赁期限|施行|实施|执行|截止期?|有效)(?:自[^，。；]{{0,30}}?)?(?:至|到)(?P<y>{YEAR})年(?:(?P<m>{N})月(?:(?P<d>{N})日|(?P<p>[底末]))?|(?P<ye>[底末]))?(?:止|为止)?"
)


def _during(first: date | None, last: date | None) -> Deadline | None:
    return _limit(f"during:{first}/{last}", "during") if first and last and first <= last else None


def _span(match: re.Match[str], issued: date | None) -> Deadline | None:
    first_year = number(match["y"])
    if not first_year:
        return None
    second = number(match["y2"]) if match["y2"] else first_year + (1 if match["rel"] in ("次年", "翌年", "明年") else 0)
    month, month2 = (number(match[name]) if match[name] else None for name in ("m", "m2"))
    if (month is not None and not 1 <= month <= 12) or (not match["y2"] and month2 is None and not match["rel"]):
        return None
    start = _first_day(first_year, month, number(match["d"]) if match["d"] else None)
    return _during(start, last_day(second, month2, number(match["d2"]) if match["d2"] else None))


def _days(match: re.Match[str], issued: date | None) -> Deadline | None:
    month, last = number(match["m"]), number(match["m2"]) if match["m2"] else number(match["m"])
    if issued is None or not month:
        return None
    first = last_day(issued.year, month, number(match["d"]))
    return _during(first, last_day(issued.year, last, number(match["d2"])))


def _first_day(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 1, day or 1)
    except ValueError:
        return None


def _from_day(match: re.Match[str], issued: date | None) -> Deadline | None:
    day = last_day(number(match["y"]), number(match["m"]), number(match["d"]))
    return replace(_limit(f"from:{day}", "from"), date=day) if day else None


def _from_issue(match: re.Match[str], issued: date | None) -> Deadline | None:
    if not match["n"]:
        return _limit("from:issue", "from")
    unit = "mo" if "月" in match["u"] else "d"
    return _limit(f"from:issue+{number(match['n'])}{unit}", "from", amount=number(match["n"]), unit=unit)


def _valid(match: re.Match[str], issued: date | None) -> Deadline | None:
    amount, word = number(match["n"] or match["n2"]), match["u"] or match["u2"]
    unit = _unit(word, None)
    return _limit(f"valid:{amount}{unit}", "valid", amount=amount, unit=unit) if amount else None


def _until(match: re.Match[str], issued: date | None) -> Deadline | None:
    month, day = (number(match[name]) if match[name] else None for name in ("m", "d"))
    end = last_day(number(match["y"]), month, day)
    return replace(_limit(f"until:{end}", "until"), date=end) if end else None


FORMS = (
    Form(_FROM_DAY, _from_day, frozenset("行施效")),
    Form(_FROM_ISSUE, _from_issue, frozenset("之")),
    Form(_FROM_NOW, _from_issue, frozenset("起")),
    Form(_VALID, _valid, frozenset("效试")),
    Form(_UNTIL, _until, frozenset("至到")),
    Form(_DURING, _span, frozenset("-—―–─－~～至到")),
    Form(_DURING_DAYS, _days, frozenset("月")),
    Form(_WITHIN, _within, frozenset("内")),
    Form(_WITHIN_LISTED, _within, frozenset("内")),
    Form(_AT_MOST, _at_most, frozenset("不")),
    Form(_TERM_AT_MOST, _at_most, frozenset("期")),
    Form(_WITH_TIME, _at_most, frozenset("时")),
    Form(_WHOLE_DAY, _same_day, frozenset("当")),
    Form(_EVERY_YEAR, _every_year, frozenset("每")),
    Form(_EVERY_MONTH, _every_month, frozenset("每按逐")),
    Form(_NEXT_MONTH, _every_month, frozenset("次下")),
    Form(_EVERY_QUARTER, _every_quarter, frozenset("每按逐")),
    Form(_EVERY_OTHER, _every_other, frozenset("每按逐")),
    Form(_EVERY_ONCE, _every_once, frozenset("一")),
    Form(_BY_DAY, _by_day, frozenset("月")),
    Form(_BY_MONTH, _by_month, frozenset("月")),
    Form(_BARE_MONTH, _bare_month, frozenset("月")),
    Form(_BY_PART, _by_part, frozenset("半季初中")),
    Form(_BARE_PART, _bare_part, frozenset("半季")),
    Form(_PLAN, _plan, frozenset("五")),
    Form(_BY_YEAR, _by_year, frozenset("年")),
    Form(_YEAR_END, _year_end, frozenset("年")),
)
