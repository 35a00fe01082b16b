"""ZX0302 任务没有时限

检查什么
方案、计划、分工一类文件中的任务，是否通篇没有完成时限。

为什么
《意见》第七条要求明确责任主体、目标任务、工作标准和时限要求；第十条区分有明确时限要求和未明确时限要求两种情形。

怎样判断
标题是方案、计划、分工、清单、要点，有三项以上任务，而任务句、条目标题和总体目标中都没有日期、期限或者周期，
标题也没有年度的，予以提示；全文只提示一次。
日常管理、监督指导、配合协助一类经常性职责不需要完成时限，占一半以上的不提示；印发通知本身的要求和对外发布的公告、通告，不检查。

反例
《河道整治方案》列出十项任务及责任单位，没有一项写明何时完成。

正例
（一）清淤。由水务局负责，2025年6月底前完成。

怎样修改
逐项写明完成时限；长期坚持的写明“长期坚持”或者检查周期。

选项
`minimum`：有多少项任务才检查，默认 3。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条、第十条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_statute, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Modality, Obligation, Severity

_PLAN = re.compile(r"(?:方案|计划|分工|分解|清单|要点|任务)(?:[》”）)〉]|[（(][^（()）]*[）)])*(?:的(?:通知|意见))?$")
_TIME = re.compile(
    r"\d+年|\d+月|\d+日|[一二三四五六七八九十]+月|工作日|天内|年底|月底|季度|每[年月周日天]|年前"
    r"|年内|月内|学期|开学|暑期|寒假|长期坚持|持续推进|当日|即日|“十[一二三四五]五”|有效期"
)
#: A plan for a season or a feast has its time.
_SEASON = re.compile(r"(?:[会节假赛考]|节日|假期|活动|防控)期间|汛期")
_OCCASION = re.compile(r"“[五十]一”|春节|元旦|国庆|清明|端午|中秋|节日|假期|汛期|高考|中考|[春夏秋冬]季|春运|暑运")
#: A service guide for the public carries no tasks of the office.
_PUBLIC = re.compile(r"(?:公告|通告|指南|须知)(?:（[^）]*）)?$")
#: Duties that never end: a plan of which half and more are such has tasks enough without a day.
_STANDING = re.compile(
    r"日常|加强|强化|做好|及时|定期|随时|配合|协助|监管(?![局部厅委总组])|监督管理(?![局部厅委总])|指导|督促|指挥|协调|保障|维护|统筹|受理|解释权"
)
#: What somebody must be, not do.
_CONDITION = re.compile(r"应当?(?:为|是|具有|具备|符合|满足)|(?:须|需)(?:具备|持|提供|满)")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark, at the first task, on a plan whose tasks have no time at all."""
    title = title_text(document, facts)
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts) or not _PLAN.search(title) or re.search(r"\d{4}", title):
        return
    if _PUBLIC.search(title) or _OCCASION.search(title) or _SEASON.search(facts.view.text):
        return
    duties = [duty for duty in _within(facts) if Modality.OBLIGATION in duty.modality and not _CONDITION.search(duty.text)]
    tasks = [duty for duty in duties if not _STANDING.search(duty.text)]
    dated = any(duty.deadlines or _TIME.search(duty.text) for duty in facts.obligations)
    headings = any(_TIME.search(facts.view.of(unit.heading)) for unit in facts.provisions if unit.heading)
    if len(duties) >= context.option("minimum") and 2 * len(tasks) > len(duties) and not dated and not headings:
        yield Remark(
            f"{len(tasks)}项任务都没有写明完成时限",
            tasks[0].span,
            suggestion="逐项写明完成时限；长期坚持的写明“长期坚持”或者检查周期",
        )


def _within(facts: Facts) -> Iterator[Obligation]:
    """The duties of the text that a cover issues, without the cover's own (请认真组织实施); all, where nothing is issued."""
    spans = [inner.span for inner in facts.inner]
    for duty in facts.obligations:
        if not spans or any(span.start <= duty.span.start < span.end for span in spans):
            yield duty


RULE = Rule(
    id="ZX0302",
    name="任务没有时限",
    article="七",
    severity=Severity.INFO,
    check=check,
    options=(("minimum", 3),),
)
