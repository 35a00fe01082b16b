"""ZX0301 任务没有责任主体

检查什么
写明了时限或者数量的任务，是否找不到由谁承担。

为什么
《意见》第三条要求落实统筹督办责任、明确责任分工；第七条要求明确责任主体、目标任务、工作标准和时限要求。

怎样判断
带有时限或者数量指标的任务，本句、本段上文和括注都没有写明承担单位，主送机关又不止一个的，予以提示。
法律法规、一般行为规范、没有时限和数量的号召，不提示。

反例
2025年底前建成标准化泵站20座。

正例
由水务局牵头，2025年底前建成标准化泵站20座。

怎样修改
写明由谁承担，或者在段末括注“（……牵头，……配合）”。

选项
`minimum`：同一文件中出现多少处才提示，默认 1。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第三条、第七条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_statute, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Modality, Obligation, Severity

#: A thing to be brought about, with its number: 新建泵站20座, 使普及率提高3个百分点.
_QUANTITY = re.compile(
    r"(?:^|[，；：]|要|必须|须|应当?|务必|确保|力争)(?:全面|加快|集中|每年|再|使[^，。；]{0,12})?"
    r"(?:建成|新建|改建|扩建|建设|改造|更换|修复|完成|建立|培养|培育|培训|新增|增加|选派|拆除|清淤"
    r"|清理|整治|治理|种植|植|安装|配备|配套|发放|创建|打造|提高|降低)"
    r"[^，。；]{0,24}?\d+(?:\.\d+)?\s*(?:%|个百分点|[万亿]?(?:元|亩|户|人|名|个|所|座|家|公里|吨|项|套|辆|平方米))"
)
#: Periods that a task runs or ends in; entry into force and validity are nobody's task.
_DATED = ("by", "within", "every", "during")
#: Sentences in which the bearer needs no name: states of affairs, rules for everybody, the document's own start.
_IMPERSONAL = re.compile(
    r"施行|实施之日|起执行|有效期|费用|所需|按照?[^，。；]{0,12}(?:标准|规定)执行|总体目标|主要目标"
    r"|达到[^，。；]{0,12}(?:水平|以上)$"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each measurable task that nobody bears."""
    if facts.masthead.kind in OTHER_KINDS or len(facts.masthead.addressees) == 1 or is_statute(facts):
        return
    if re.search(r"报告|公报|解读|答记者问", title_text(document, facts)):
        return
    orphans = [obligation for obligation in _unnamed(facts) if _is_orphan(obligation)]
    if len(orphans) < context.option("minimum"):
        return
    for obligation in orphans:
        yield Remark(
            "任务写明了时限或者数量，但没有写明由谁承担", obligation.span, suggestion="写明牵头单位和配合单位，或者在段末括注"
        )


def _unnamed(facts: Facts) -> Iterator[Obligation]:
    """The obligations of a paragraph before whose sentence nobody is named: 该项工作于4月底前完成 goes on from the one before."""
    line, named = -1, False
    for obligation in facts.obligations:
        start, _ = facts.view.range(obligation.span)
        begin = facts.view.text.rfind("\n", 0, start)
        named = (named and begin == line) or bool(obligation.actors or obligation.supporting)
        line = begin
        if not named:
            yield obligation


def _is_orphan(obligation: Obligation) -> bool:
    if Modality.OBLIGATION not in obligation.modality:
        return False
    dated = any(deadline.norm.startswith(_DATED) for deadline in obligation.deadlines)
    return (dated or bool(_QUANTITY.search(obligation.text))) and not _IMPERSONAL.search(obligation.text)


RULE = Rule(
    id="ZX0301",
    name="任务没有责任主体",
    article="三",
    severity=Severity.INFO,
    check=check,
    options=(("minimum", 1),),
)
