"""The forms of a time limit: one named pattern each, with one small function that reads its match into a `Deadline` without a place.

Normal forms: within, by, every, during, from, valid, until. A reading function gives None for a false start. Relative years are
resolved by the day of issue; where that is unknown and needed, there is no limit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from shenwen.corpus.model import Deadline
from shenwen.extractors.deadlines.deadline_near import NEAR
from shenwen.extractors.deadlines.deadline_parts import BEFORE, CLOCK, DASH, RELATIVE, UNIT, YEAR, Form, N, by, limit_of
from shenwen.extractors.deadlines.deadline_repeats import REPEATS
from shenwen.extractors.deadlines.periods import last_day, plan_years
from shenwen.extractors.numerals import number

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
    rf"(?:(?P<low>{N}){DASH})?(?P<n>{N}|半)(?P<u>{UNIT})(?P<wd>[（(](?:个?工作日|不?含[^）)]*)[）)])?(?:时间)?(?P<b>以内|之内|内(?!部|容|控|需|在|未|没有|无|曾|累计|连续|驾龄)|期限内)"
)
_AT_MOST = re.compile(
    rf"(?:最长|一般|最多|最迟)?(?:期限|时限|时间)?(?:均|都|应当?|为|原则上|一律)?(?:不得?超过|不[能可]超过|不多于|不迟于)(?P<n>{N})(?P<u>个?工作日|个?小时|日(?!元)|天|个月)(?!以上|次)"
)
#: 六十日、三十日、十五日内
_WITHIN_LISTED = re.compile(rf"(?P<low>(?!))?(?P<n>{N})(?P<u>{UNIT})(?P<wd>(?!))?(?=(?:、{N}(?:{UNIT})){{1,4}}(?:以内|之内|内))")
#: 期限最长不得超过五年: years only behind the word for a term.
_TERM_AT_MOST = re.compile(
    rf"(?:期限|时限|办理期|保留期)(?:最长|最多|一般|累计)*(?:均|都|原则上|一律)?(?:不得?超过|不[能可]超过)(?P<n>{N})(?P<u>年)(?!以上)"
)
#: 办理时限为5个工作日
_LASTS = re.compile(
    rf"(?:时限|期限|周期|办理时间|办结时间)(?:一般|原则上)?(?:为|是|：|:)(?:[^，。；\\d]{{0,6}}之日起)?(?P<n>{N})(?P<u>个?工作日|个?小时|日(?!元)|天|个月)(?!以上)"
)
_WITH_TIME = re.compile(rf"(?:用|经过|利用|通过)(?:(?P<low>{N}){DASH})?(?P<n>{N})(?P<u>个?月|年)(?:左右)?的?时间")
_WHOLE_DAY = re.compile("(?:的|在|于|收到|发现|受理|接报|接到)?当(?:日|天)(?!起|的?天气|地)")


def _unit(word: str, extra: str | None) -> str:
    if extra and "工作日" in extra:
        return "wd"
    return next(code for name, code in _UNITS if name in word)


def _within(match: re.Match[str], issued: date | None) -> Deadline | None:
    unit = _unit(match["u"], match["wd"])
    if match["n"] == "半":
        return limit_of(
            "within:6mo" if unit == "y" else "within:15d" if unit == "mo" else "within:12h", "within", bound="at_most"
        )
    amount = number(match["n"])
    if not amount or (unit == "y" and amount > 100):
        return None
    return limit_of(f"within:{amount}{unit}", "within", amount=amount, unit=unit, bound="range" if match["low"] else "at_most")


def _at_most(match: re.Match[str], issued: date | None) -> Deadline | None:
    amount = number(match["n"])
    unit = _unit(match["u"], None)
    return limit_of(f"within:{amount}{unit}", "within", amount=amount, unit=unit, bound="at_most") if amount else None


def _same_day(match: re.Match[str], issued: date | None) -> Deadline | None:
    return limit_of("within:0d", "within", amount=0, unit="d", bound="at_most")


# by ----------------------------------------------------------------------------------------------------------------------------

_Y = rf"(?P<y>{YEAR})年(?:度)?|(?P<rel>{RELATIVE})(?:度)?"
_BY_DAY = re.compile(
    rf"(?:{_Y})?(?P<m>{N})月(?:份)?(?P<d>{N})[日号](?:{CLOCK}(?={BEFORE}))?(?P<e>{BEFORE}|起(?:正式)?(?:施行|实施|执行|生效|试行)?)?"
)
_BY_MONTH = re.compile(
    rf"(?:{_Y})(?P<m>{N})月(?:份)?(?P<part>上旬|中旬|下旬|[底末初]|中)?(?P<e>{BEFORE})?(?!\d|{DASH}{N}|{N}[日号]|起|开始)"
)
_BARE_MONTH = re.compile(
    rf"(?<![每年0-9〇零一二三四五六七八九十个])(?P<m>{N})月(?:份)?(?P<part>上旬|中旬|下旬|[底末])(?P<e>{BEFORE})?"
)
_PART = "上半年|下半年|[第]?[一二三四1234]季度|年[初中]|前三季度"
_BY_PART = re.compile(rf"(?:{_Y})(?P<part>{_PART})(?P<q>[底末])?(?P<e>{BEFORE})?")
_BARE_PART = re.compile(
    rf"(?<![年0-9])(?:(?P<part>上半年|下半年)(?:[底末])?(?:{BEFORE})?(?=[，完]|要|应|内|须)|(?P<quarter>第?[一二三四]季度)(?:[底末](?:{BEFORE})?|之?前))"
)
_BY_YEAR = re.compile(
    rf"(?P<to>到|至|力争(?:到)?|在|于)?(?:{_Y})(?P<end>年?(?:[底末终]|内(?![蒙部容外地]|有效))|年年[底末])?(?P<e>{BEFORE})?(?!{N}月|[上下]半年|第?[一二三四1234]季度|年[初中]|起)"
)
_YEAR_END = re.compile(
    rf"(?<![每年今明次前去上0-9〇零一二三四五六七八九])(?:年[底末终]|(?<![近几数])年内(?=[，完成建开实启出形全取投到竣]))(?:{BEFORE})?(?!效能|考核|目标|绩效|奖|总结|述职|结余|存量|余额|评)"
)
_PLAN = re.compile(r"[“\"]?(?P<plan>十[一二三四五六七八九]|[八九])五[”\"]?(?:时期|规划)?(?P<e>期?[末底]|末期|结束|期间|时期)")


def _year(match: re.Match[str], issued: date | None) -> int | None:
    if match["y"]:
        return number(match["y"])
    if match["rel"] and issued:
        word = match["rel"]
        return issued.year + (1 if word in ("明年", "次年", "翌年") else 2 if word == "后年" else 0)
    return None


#: 截止时间为8月15日, 面谈时间：8月15日
_CLOSES = re.compile("(?:截止(?:时间|日期|日)?|(?:时间|日期))(?:定)?(?:为|是|到|至|于|：|:)?$")
#: 8月15日为报名截止日
_CLOSING_DAY = re.compile("(?:为|是)[^，。；]{0,16}(?:截止日|截止时间|截止日期|最后期限)")
_AT = re.compile("(?:(?<!早)于|在|(?<![0-9〇一二三四五六七八九十][日号月])[到至]|截至|截止)$")
#: 6月20日各校发布通告: the day opens its clause.
_OPENERS = "。；：:"
#: 2024年4月1日以后, 于4月1日起: when something begins.
_ONWARD = re.compile("(?:(?:之|以)?后|起|开始|以来|的)")


def _by_day(match: re.Match[str], issued: date | None) -> Deadline | None:
    text, ends = match.string, match["e"]
    if not ends and _ONWARD.match(text, match.end()):
        return None
    before = text[max(0, match.start() - 8) : match.start()]
    # a bare date is a signature or narration; a limit has 前, 止 or a preposition, or closes something
    opens = (
        not match["y"] and not match["rel"] and text[match.start() - 1 : match.start()] in _OPENERS and match.end() < len(text)
    )
    limited = ends or opens or _CLOSES.search(before) or _AT.search(before) or _CLOSING_DAY.match(text, match.end())
    year = _year(match, issued)
    if not year and limited and not match["rel"]:
        year = _year_of_day(issued, number(match["m"]))
    day = last_day(year, number(match["m"]), number(match["d"]))
    if day is None or not limited:
        return None
    if ends and ends.startswith("起"):
        return replace(limit_of(f"from:{day}", "from"), date=day) if re.search("行|实施|生效", ends) else None
    return by(day)


def _year_of_day(issued: date | None, month: int | None) -> int | None:
    """The year of issue; the next one for a day of spring in what is issued in the last quarter (11月20日印发：1月10日前)."""
    if issued is None or month is None:
        return None
    return issued.year + (1 if issued.month >= 10 and month <= 3 else 0)


def _by_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    return by(last_day(_year(match, issued), number(match["m"]), None, match["part"]))


def _bare_month(match: re.Match[str], issued: date | None) -> Deadline | None:
    return by(last_day(issued.year if issued else None, number(match["m"]), None, match["part"]))


def _by_part(match: re.Match[str], issued: date | None) -> Deadline | None:
    return by(last_day(_year(match, issued), None, None, match["part"]))


def _bare_part(match: re.Match[str], issued: date | None) -> Deadline | None:
    return by(last_day(issued.year if issued else None, None, None, match["part"] or match["quarter"]))


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
    return by(last_day(year, None, None, None))


_GOAL = re.compile(
    "[^，。；]{0,30}?(?:完成(?<!顺利完成)(?<!圆满完成)|达到|实现|建成|力争|(?:出台|启动|推出|推行|制定|制订|编制|开展|建立|实施|取消|修订|成为|缩小)(?!了|[^，。；]{0,20}的(?:基础|同时|前提|情况))|明显|占[^，。；]{2,16}(?:一半|成|%)|基本(?!医疗|养老|公共|农田|建设|情况|信息|药物|生活|面)|全面)"
)


def _is_goal(match: re.Match[str], issued: date | None) -> bool:
    """A bare future year with a demand behind it: 2025年实现…, 2025年达到…"""
    year = number(match["y"])
    return bool(year and issued and year >= issued.year and _GOAL.match(match.string, match.end(), match.end() + 40))


def _year_end(match: re.Match[str], issued: date | None) -> Deadline | None:
    return by(date(issued.year, 12, 31)) if issued else None


def _plan(match: re.Match[str], issued: date | None) -> Deadline | None:
    first, last = plan_years(match["plan"])
    if match["e"] in ("期间", "时期"):
        return _during(date(first, 1, 1), date(last, 12, 31))
    return by(date(last, 12, 31))


# during, from, valid -----------------------------------------------------------------------------------------------------------

_DURING = re.compile(
    rf"(?P<y>{YEAR})年?(?:度)?(?:(?P<m>{N})月?(?:份)?(?:(?P<d>{N})[日号]{CLOCK})?)?起?{DASH}(?:(?P<y2>{YEAR})年(?:度)?|(?P<rel>{RELATIVE}))?(?:(?P<m2>{N})月(?:份)?(?P<p2>[底末])?(?:(?P<d2>{N})[日号]{CLOCK})?)?"
)
_DURING_DAYS = re.compile(
    rf"(?<![年\d])(?P<m>{N})月(?P<d>{N})(?:[日号]{CLOCK})?{DASH}(?:(?P<m2>{N})月)?(?P<d2>{N})[日号](?![前起])"
)
_FROM_DAY = re.compile(
    rf"(?:自|从|于)?(?P<y>{YEAR})年(?P<m>{N})月(?P<d>{N})日(?:零时|0时)?(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|试行(?!期))"
)
_FROM_ISSUE = re.compile(
    rf"自?(?:本\w{{1,4}})?(?:印发|公布|发布|颁布|发文|下发|通过|签发)之日(?:起)?满?(?:(?P<n>{N})(?P<u>日|天|个月)后)?(?:起)?(?:正式)?(?:施行|实施|执行|生效)"
)
_FROM_NOW = re.compile("自?(?:即日|本日|今日)(?P<n>(?!))?起(?:正式)?(?:施行|实施|执行|生效)")
#: Of the document: not 居住证有效期一年, 有效期为6个月的许可证.
_VALID = re.compile(
    rf"(?:有效期(?<![证卡照码票件书]有效期)|执行期)(?:限)?(?:为|是|自[^，。；]{{0,24}}?起(?:的)?|暂定)*[，,]?(?:为)?(?P<n>{N})(?P<u>个?月|年|天|日)(?!的?[^，。；]{{0,6}}[证卡照票])|试行(?:期)?(?:为|限为)?(?P<n2>{N})(?P<u2>个?月|年)(?!内)"
)
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?|使用期限|租赁期限|施行|实施|执行|截止期?|有效)(?:自[^，。；]{{0,30}}?)?(?:至|到)(?P<y>{YEAR})年(?:(?P<m>{N})月(?:(?P<d>{N})日|(?P<p>[底末]))?|(?P<ye>[底末]))?(?:止|为止)?"
)


def _during(first: date | None, last: date | None) -> Deadline | None:
    return limit_of(f"during:{first}/{last}", "during") if first and last and first <= last else None


#: 2019—2020年专项资金: the years name the thing.
_OF_YEARS = re.compile("(?:年度)?[\u3400-\u9fff]{0,14}?(?:资金|事项|项目|计划|方案|规划|预算|名单|目录)")


def _span(match: re.Match[str], issued: date | None) -> Deadline | None:
    first_year = number(match["y"])
    if not first_year:
        return None
    second = number(match["y2"]) if match["y2"] else first_year + (1 if match["rel"] in ("次年", "翌年", "明年") else 0)
    month, month2 = (number(match[name]) if match[name] else None for name in ("m", "m2"))
    if (month is not None and not 1 <= month <= 12) or (not match["y2"] and month2 is None and not match["rel"]):
        return None
    if month is None and month2 is None and _OF_YEARS.match(match.string, match.end()):
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
    return replace(limit_of(f"from:{day}", "from"), date=day) if day else None


def _from_issue(match: re.Match[str], issued: date | None) -> Deadline | None:
    if not match["n"]:
        return limit_of("from:issue", "from")
    unit = "mo" if "月" in match["u"] else "d"
    return limit_of(f"from:issue+{number(match['n'])}{unit}", "from", amount=number(match["n"]), unit=unit)


def _valid(match: re.Match[str], issued: date | None) -> Deadline | None:
    amount, word = number(match["n"] or match["n2"]), match["u"] or match["u2"]
    unit = _unit(word, None)
    return limit_of(f"valid:{amount}{unit}", "valid", amount=amount, unit=unit) if amount else None


def _until(match: re.Match[str], issued: date | None) -> Deadline | None:
    month, day = (number(match[name]) if match[name] else None for name in ("m", "d"))
    end = last_day(number(match["y"]), month, day)
    return replace(limit_of(f"until:{end}", "until"), date=end) if end else None


FORMS = (
    Form(_FROM_DAY, _from_day, frozenset("行施效")),
    Form(_FROM_ISSUE, _from_issue, frozenset("之")),
    Form(_FROM_NOW, _from_issue, frozenset("起")),
    Form(_VALID, _valid, frozenset("效试执")),
    Form(_UNTIL, _until, frozenset("至到")),
    Form(_DURING, _span, frozenset("-—―–─－~～至到")),
    Form(_DURING_DAYS, _days, frozenset("月")),
    Form(_WITHIN, _within, frozenset("内")),
    Form(_WITHIN_LISTED, _within, frozenset("内")),
    Form(_AT_MOST, _at_most, frozenset("不")),
    Form(_TERM_AT_MOST, _at_most, frozenset("期")),
    Form(_LASTS, _at_most, frozenset("限期时")),
    Form(_WITH_TIME, _at_most, frozenset("时")),
    Form(_WHOLE_DAY, _same_day, frozenset("当")),
    *REPEATS,
    *NEAR,
    Form(_BY_DAY, _by_day, frozenset("月")),
    Form(_BY_MONTH, _by_month, frozenset("月")),
    Form(_BARE_MONTH, _bare_month, frozenset("月")),
    Form(_BY_PART, _by_part, frozenset("半季初中")),
    Form(_BARE_PART, _bare_part, frozenset("半季")),
    Form(_PLAN, _plan, frozenset("五")),
    Form(_BY_YEAR, _by_year, frozenset("年")),
    Form(_YEAR_END, _year_end, frozenset("年")),
)
