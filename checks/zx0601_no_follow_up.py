"""ZX0601 没有跟踪报告要求

检查什么
以政府及其办公厅（室）名义出台、部署任务较多的文件，是否写明由谁跟踪执行、怎样报告。

为什么
《意见》第六条要求文件牵头起草部门及时跟踪贯彻执行情况，每年底汇总并专题报告；第十条要求健全反馈报告机制。
文件中不写，执行情况就无人汇总。

怎样判断
制发机关是政府或者政府办公厅（室），文件部署的任务达到 `tasks` 项，
而正文没有跟踪、督查、评估、总结、通报、监测或者报告执行情况的内容的，予以提示。
法律法规、条文式文件、批复、任免、表彰等不提示。

反例
实施意见部署了三十项任务，没有写明由哪个部门汇总和报告执行情况。

正例
市发展改革委要跟踪本意见落实情况，每年12月底前汇总并向市政府专题报告。

怎样修改
补写牵头起草部门跟踪、汇总执行情况并在每年底专题报告的要求。

选项
`tasks`：任务达到多少项才提示，默认 12。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第六条、第十条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.bodies import BodyKind, issuers, kind_of
from shenwen.checks.operative import body_range, is_statute, title_range, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Modality, Severity

_FOLLOW_UP = re.compile(
    r"督查|督办|督导|督促|跟踪|考核|评估|评价|监测|通报|调度|总结|(?:落实|执行|进展|实施|完成|贯彻|工作)(?:的)?(?:有关)?(?:情况|进度|成效)"
    r"|(?:专题|定期|及时|书面|年度)?报告(?!文学|制度)|(?:报送|上报|汇总)"
)
_NO_TASKS = re.compile(r"批复|任免|任命|免职|表彰|嘉奖|公布|更正|公报|名单|目录|应急预案|机构设置|调整")
_GOVERNMENTS = {BodyKind.GOVERNMENT, BodyKind.GOVERNMENT_OFFICE}


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark, at the title, on a document that gives many tasks and asks nobody to report on them."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts) or _NO_TASKS.search(title_text(document, facts)):
        return
    if not {kind_of(name) for name in issuers(document, facts, context)} & _GOVERNMENTS:
        return
    tasks = [each for each in facts.obligations if {Modality.OBLIGATION, Modality.TARGET} & set(each.modality)]
    start, end = body_range(document, facts)
    if len(tasks) < context.option("tasks") or _FOLLOW_UP.search(facts.view.text, start, end):
        return
    title = title_range(document, facts)
    yield Remark(
        f"本件部署任务{len(tasks)}项，没有写明由谁跟踪、汇总和报告执行情况",
        facts.view.source(*title) if title else None,
        suggestion="补写牵头起草部门跟踪执行情况、每年底汇总并专题报告的要求",
    )


RULE = Rule(
    id="ZX0601",
    name="没有跟踪报告要求",
    article="六",
    severity=Severity.INFO,
    check=check,
    options=(("tasks", 12),),
)
