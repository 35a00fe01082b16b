"""Time limits of a passage in the normal forms of the register.

Goes in: the normalised view, a range of it, and the day of issue. Comes out: `Deadline` values in reading order. What looks like a
limit and is none is masked first: document numbers, titles of documents, baselines, reductions ("由15个工作日压缩至3个工作日"),
ages and terms, spans of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from shenwen.corpus.model import Deadline, View
from shenwen.extractors.deadlines.deadline_forms import FORMS
from shenwen.extractors.deadlines.deadline_parts import DASH, YEAR, N
from shenwen.extractors.deadlines.due_dates import due_of

#: Cheap test: a passage without any of these sets no time limit.
_SIGN = re.compile(
    "[0-9〇零一二三四五六七八九十两半每当]+ ?(?:个|日|天|小时|月|年|周|季|工作)|[今明次本后翌]年|年内|年[初底末终]|月[底末]|[五]”|[上下]半年|当[日天]|届满|季度|之日|[即次翌]日|次一?个?工作日|第二天|学[期年]|(?:周|星期)[内末一二三四五六日天]|按(?:[日月]|周(?!期)|季(?!节))"
)

#: What must not be read as a limit, blanked out before anything is looked for. Each branch is a kind of trap.
_TRAPS = re.compile(
    r"《[^》]*》"
    r"|[〔\[（(][12][0-9]{3}[〕\])）]\s*(?:第\s*)?[0-9]+\s*号"
    rf"|{YEAR}年?(?:度)?第{N}次"
    rf"|(?:以|在|较|比|与|和|同){YEAR}年(?:度|底|末)?(?:的?基数|为基[数期准]|基础|水平|相比|同期|相同|实际|为起点|下降|增长|减少|提高|降低|增加|翻)"
    rf"|(?:近|过去|(?<![满期束始办日])(?<![施举]行)(?<!开工)(?<!召开)前|连续|上|最近|满|已满|未满|不满|累计|工龄|年满|经营|从业|工作|居住|缴费|服务期?){N}(?:{DASH}{N})?(?:个?(?:工作日|年|周岁|天|日)|个月)(?:以[上下内])?"
    rf"|(?<![不得可能])超过{N}个?(?:工作日|年|月|周岁|天|日)"
    rf"|(?:截至|截止到?|截止至|自|从|于|在)?{YEAR}年(?:{N}月)?(?:{N}日)?(?:[底末])?(?:以来|以前|之前(?:已|的)|前(?:已|未(?![^，。；]{{1,40}}(?:一律|依法|停止|停产|关闭|责令|取消|不得|予以))))"
    rf"|截至(?>(?:{YEAR}年(?:{N}月)?|{N}月)(?:{N}日)?[底末]?)(?!之?前)"
    r"|每[人户亩生名位辆床家吨个](?:次)?每(?:学?年|学期|个?月|日|天)"
    rf"|{YEAR}年(?:度)?第?[一二三四]季度(?:季报|报告|报表)|{YEAR}年{N}月(?:份)?的?(?:法定|工资|税款|社保费|租金|房租|电费|账单|[^，。；、]{{0,8}}(?:保险费|保费|缴费|待遇|补贴))"
    rf"|(?:由|从)(?:原来的?|原先的?|现[有行]的?|法定的?)?{N}个?(?:工作日|日|天|小时|月)(?:内)?(?:压缩|缩短|减少|缩减|降)[^，。；]{{0,6}}?{N}个?(?:工作日|日|天|小时|月)(?:以内|内)?"
    rf"|(?:压缩|缩短|缩减|减少)[至到为]{N}个?(?:工作日|日|天|小时|月)(?:以内|之内|内)?"
    rf"|{N}小时(?:值班|营业|服务|热线|在线|不间断|监[测控]|开放|备勤|运行|随时|在岗|应急|自助)"
    r"|(?:向前追溯|前溯|往前推算|向前推算|之前|以前)[，,]?(?:不超过)?[0-9一二三四五六七八九十]{1,3}个?[年月](?:以?内)?"
    r"|不超过[0-9一二三四五六七八九十]{1,3}个?(?:年|月|日|天)的(?:间断|中断)"
    rf"|{YEAR}年(?:{N}月)?[底末]?前(?:需|拟|将)[^，。；]{{1,10}}的"
    rf"|{YEAR}年(?:度)?第?[一二三四](?:、[一二三四])*季度(?=房租|租金|保费|税款|电费|水费)"
    rf"|{N}年(?:及)?(?:以上|以下)(?!内)"
    r"|按[日天月季年周](?:加收|计收|计[算征罚息提]|折算|连续处罚|加处)"
    r"|每个?[年月日天](?:约|最高|不超过)?[0-9,，.]+[万亿]?元"
    r"|含当[日天]|每[日天周月年](?:最[大高多低少]|平均)"
    r"|(?:已经?|曾)按[日月季周年](?:、按[日月季周年])*(?:或者?按[日月季周年次])?"
    r"|每年年[审检]|每[人户家]每[天日月年]"
    rf"|{YEAR}年{N}月{N}日{DASH}{YEAR}年{N}月{N}日(?:期间)?(?:出生|入学|毕业)"
    rf"|(?:三|3|五|5|十|10|{N})年(?:行动|规划|滚动|计划|攻坚|发展)"
    rf"|(?:计划|规划|方案|纲要|行动)[（(]{YEAR}年?{DASH}{YEAR}年[）)]"
)


#: A day of a table as programs write it: 2027-03-31, 2027/3/31, 2027.3.
_DOTTED = re.compile(r"^([12]\d{3})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$")


def deadlines_in(
    view: View, start: int, end: int, issued: date | None, year: int | None = None, effective: date | None = None
) -> tuple[Deadline, ...]:
    """The time limits between the view offsets; `span` is in the source, `quote` is the view's wording until the caller sets it.
    Where the day of issue is unknown, `year` (of the title, say) completes days without one. `effective`: entry into force."""
    passage = view.text[start:end]
    if not _SIGN.search(passage):
        return ()
    masked = _TRAPS.sub(lambda trap: "\0" * len(trap.group()), passage)
    day = issued or (date(year, 1, 1) if year else None)
    found = sorted(_all_forms(masked, day, issued is not None), key=lambda item: (item[0], -item[1]))
    chosen: list[tuple[int, int, Deadline]] = []
    for item in found:
        if not chosen or item[0] >= chosen[-1][1]:
            chosen.append(item)
    return tuple(
        due_of(
            replace(limit, span=view.source(start + a, start + b), quote=passage[a:b], trigger=_trigger(passage, a, limit)),
            issued,
            effective,
        )
        for a, b, limit in chosen
    )


def closing_of(
    view: View, start: int, end: int, issued: date | None, year: int | None = None, effective: date | None = None
) -> tuple[Deadline, ...]:
    """The limit that a cell under 完成时限 sets by naming nothing but a day or a period (2027年3月, 6月20日): its last day."""
    passage = view.text[start:end].strip()
    words = _DOTTED.sub(lambda day: f"{day[1]}年{day[2]}月" + (f"{day[3]}日" if day[3] else ""), passage)
    words += "底前" if words.endswith(("年", "月")) else "前"
    for a, b, limit in _all_forms(words, issued or (date(year, 1, 1) if year else None), issued is not None):
        if (a, b) == (0, len(words)):
            return (due_of(replace(limit, span=view.source(start, end), quote=passage), issued, effective),)
    return ()


def _all_forms(text: str, issued: date | None, dated: bool) -> Iterator[tuple[int, int, Deadline]]:
    characters = set(text)
    for form in FORMS:
        if form.needs.isdisjoint(characters) or (form.near and not dated):
            continue
        for match in form.pattern.finditer(text):
            limit = form.read(match, issued)
            if limit is not None and not _told(text, match, limit, issued):
                yield match.start(), match.end(), limit


_PAST_VERB = re.compile(
    r"^[，,]?[^，。；]{0,24}?(?:印发(?!之日)的?《?|作出的?决定|召开的?|发布的?《|批准设立|判决|裁定|驳回|退回|调走|查获|已经|已于|批转)"
)
#: 《…办法》（2016年1月1日起施行）: when another document took effect.
_OF_ANOTHER = re.compile("[》\0][（(]$")
_DURING_WHICH = re.compile("期间(?:(?!应|要|须|必|不得)[^，。；：]){1,40}?的(?:，|[^，。])")
_OF_CASE = re.compile(r"(?:(?!应|要|须|必|不得|未|没|逾|截止)[^，。；：]){1,40}?(?<!目)的，")
_SET = tuple("于在应要须请")
#: 2016年1月1日前发放的证件，继续有效: which one
_OF_TOPIC = re.compile(r"(?:(?!应|要|须|必|不得|未|没|逾|完成)[^，。；：]){1,8}?(?<!目)的[^，。；：的]{2,12}，")
#: 上年底前参保的职工
_OF_WHAT = re.compile(r"(?:(?!应|要|须|必|不得|未|没|逾|完成)[^，。；：]){1,16}?(?<!目)的(?=[^，。；])")
_FUTURE = re.compile("(?:之|以)?前|底|末|内|到|至|力争|要|应|须|完成|实现|达到|报送|起施行")


def _told(text: str, match: re.Match[str], limit: Deadline, issued: date | None) -> bool:
    """Narration: a plain date followed by what was issued, decided or held then; or the date of a case (3月底前参保的，…)."""
    if limit.kind in ("by", "during", "every") and _OF_CASE.match(text, match.end()):
        return True
    if limit.kind == "from" and _OF_ANOTHER.search(text, max(0, match.start() - 2), match.start()):
        return True
    if limit.kind == "by" and match.end() < len(text) and text[match.end()] == "的":
        return True
    if limit.kind == "during" and _DURING_WHICH.match(text, match.end()):
        return True
    if limit.kind == "by" and text[match.start() - 1 : match.start()] not in _SET and _OF_TOPIC.match(text, match.end()):
        return True
    past = issued and limit.date and limit.date < issued
    if limit.kind == "by" and past and (match.groupdict().get("y") or _OF_WHAT.match(text, match.end())):
        return True
    if limit.kind not in ("by", "during") or _FUTURE.search(match.group()):
        return False
    if issued and limit.date and limit.date >= issued:
        return False
    return bool(_PAST_VERB.match(text[match.end() : match.end() + 40]))


def _trigger(passage: str, at: int, limit: Deadline) -> str | None:
    """The event that starts the span: the words before it in the same clause (自收到申请之日起 → 收到申请)."""
    if limit.kind != "within":
        return None
    before = re.split("[，。；：]", passage[max(0, at - 40) : at])[-1].rstrip("、的")
    found = re.search("(?:自|从|在|于|由)([^自从在于由]{2,20}?)(?:之日起|之日|后|起)?$", before) or re.search(
        "([\u4e00-\u9fff]{2,12}?)(?:之日起|之日|后)$", before
    )
    if found:
        return found.group(1)
    named = re.search("(印发|发布|公布|出台|收到|受理|接到|发现|会后|签订)$", before)
    return named.group(1) if named else None
