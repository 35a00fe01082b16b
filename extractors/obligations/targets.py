"""States to be reached: dated (到2025年…达到…), measured (减少50%以上) or a task's yield (引进企业二十家以上). Works on masked text."""

from __future__ import annotations

import re

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.clauses import Clause, Sign
from shenwen.extractors.obligations.modality import words

_TARGET_DATE = re.compile(
    r"(?:并)?(?:(?:力争|争取|确保|预计)?[到至](?:[^，]{0,4}?\d{2,4}年|“)|力争|争取|用[^，]{1,6}年(?:左右)?(?:的)?时间|经过[^，]{1,8}年(?:左右)?的?时间|(?:20)\d\d年(?:年?[底末])?前|20\d\d年年?内|[^，]{0,6}末，|“?[到至]?十[一二三四五]五”?末)"
)
#: 2026年底前完成改造 is a task with its day, 2026年底前实现全覆盖 a state to be reached.
_DUE = re.compile(r"20\d\d年(?:年?[底末])?前(?![^，]{0,4}实现)")
_STATE = re.compile(r"实现|达到|建成|覆盖|初步|基本|成为|率")
#: 2027年成为主渠道: a year and the state to be reached in it.
_IN_YEAR = re.compile(
    r"20\d\d年[底末]?(?!度|[起前初]|\d{1,2}月|[以之][来后前]|[上下]半年)[^，]*?(?:成为|明显|显著|缩小|达到|普及|实现|全覆盖|建成)(?![的后前])"
)
_DATE_OPENS = frozenset("并力争确预到至用经“十2")
_DIGIT = re.compile(r"\d")
TARGET_NUMBER = re.compile(
    r"(?:达到|达|实现|增长|提高|提升|减少|降低|下降|降[到至]|压缩|压减|控制在|完成|做到|稳定在|保持在|突破|缩小|新增|推出|建成|培育|打造|缩短|力争|新建|改造|培训|覆盖率|率(?!的)|增速|占比|比重)[^，。；]{0,14}?"
    r"\d[\d.,]*\s*(?:%|％|‰|个百分点|万|亿|倍|个(?!工作日|月|小时|年|自然日|学时)|家|所|公里|千米|亩|户|吨|人|名|项|座|处|件|条|辆|套|平方米|张|分钟|小时|天|成)[^，。；]{0,12}"
    r"|\d[\d.]*%[^，。；]{0,16}(?:实现|达到|完成|建成|覆盖)"
    r"|(?:压缩|缩短|缩减|压减)(?:至|到|为)\d+个?(?:工作日|日|天)(?:以?内)?"
    r"|占[^，。；]{2,16}?(?:一半|[一二两三四五六七八九]成|[二三四五]分之[一二三四])(?:以上)?(?=，|$|[。；])"
)
_TARGET_VERB = re.compile(
    r"实现|达到|建成|完成|形成|基本|全面|更加|显著|明显|提高|下降|降低|消除|解决|健全|覆盖|普及|成为|初步|率"
)


#: 引进首店二百家以上: how much a task is to yield, at the end of its clause.
_YIELD = re.compile(
    r"\d[\d.,]*(?:万|亿|百|千)*(?:元|个|家|所|亩|户|吨|人|名|项|座|处|件|条|辆|套|场|公里|平方米|平方公里)(?:以上|左右)$"
)

_IN_THE_YEAR = re.compile("(?:全年|当年|年内|力争|争取)?新?(?:全年)?")

#: 对费率不超过1%的业务给予补助: the number only tells which.
_OF_OBJECT = re.compile(r"对[^，。]{0,60}\d[^，。\d]{0,40}的[^，。\d]{2,16}(?:给予|予以|实行|实施|进行)[^，。\d]{0,30}$")


def _measured(mask: str, clause: Clause) -> re.Match[str] | None:
    start, end = clause.start, clause.end
    if not _DIGIT.search(mask, start, end) and mask.find("占", start, end) < 0:
        return None
    if (found := TARGET_NUMBER.search(mask, start, end)) and not _OF_OBJECT.search(mask, start, end):
        return found
    lead = found.end() if (found := _IN_THE_YEAR.match(mask, clause.lead, end)) else clause.lead
    at = words().past_adverbs(mask, lead, end)
    sets_task = words().task_at(mask, lead, end) or words().task_at(mask, at, end)
    return _YIELD.search(mask, at, end) if sets_task else None


_HOPED = re.compile(r"(?:力争|争取|确保)[^，]{0,8}(?:\d年|[今明]年|年内|年[底末]|月[底末])")


def hopes_of(mask: str, clauses: list[Clause]) -> list[Sign]:
    """What a report hopes to reach by a day: 正在筹建新馆，力争年底前开馆."""
    hoped = (clause for clause in clauses if mask[clause.lead] in "力争确" and _HOPED.match(mask, clause.lead, clause.end))
    return [Sign(clause.lead, Modality.TARGET, True) for clause in hoped]


def targets_of(mask: str, clauses: list[Clause]) -> tuple[list[Sign], int | None]:
    """States to be reached: dated (到2025年…达到…) or measured (减少50%以上), and the number of the clause with the date."""
    dated: int | None = None
    due = False
    aims: list[Sign] = []
    for number, clause in enumerate(clauses):
        if clause.subordinate:
            continue
        if (
            dated is None
            and mask[clause.lead : clause.lead + 1] in _DATE_OPENS
            and _TARGET_DATE.match(mask, clause.lead, clause.end)
        ):
            dated, due = number, bool(_DUE.match(mask, clause.lead, clause.end))
        measured = _measured(mask, clause)
        if measured:
            if measured.re is _YIELD:
                aims.append(Sign(clause.lead, Modality.OBLIGATION))
            aims.append(Sign(measured.start(), Modality.TARGET, True))
        elif mask.startswith("20", clause.lead) and _IN_YEAR.match(mask, clause.lead, clause.end):
            aims.append(Sign(clause.lead, Modality.TARGET, True))
        elif dated is not None and (found := (_STATE if due else _TARGET_VERB).search(mask, clause.start, clause.end)):
            aims.append(Sign(found.start(), Modality.TARGET, True))
    if dated is None or due or aims or mask[clauses[dated].lead] in "力争":
        return aims, dated
    if not any(clause.signs for clause in clauses[dated:]):
        clause = clauses[min(dated + 1, len(clauses) - 1)]
        aims.append(Sign(clause.lead, Modality.TARGET, True))
    return aims, dated
