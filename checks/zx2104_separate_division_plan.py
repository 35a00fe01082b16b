"""ZX2104 分工方案单独发文

检查什么
是否把任务分工方案、责任分解表单独作为一个文件印发。

为什么
《意见》第二十一条要求：分工方案合并到文件中或作为附属文件一并印发，不单独发文。

怎样判断
标题的主题就是分工（任务分工、责任分工、分工方案、任务分解、责任分解），而不是某项工作的方案、意见“及”其分工的，予以提示。
分工方案作为主文件附件的，不提示；只有一张表，没有文号、主送机关和成文日期的，是附件，也不提示。

反例
关于印发《贯彻落实促进就业意见任务分工方案》的通知

正例
关于印发促进就业若干措施及任务分工的通知

怎样修改
把分工写进主文件各条（括注牵头单位、配合单位），或者作为主文件的附件一并印发。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import title_range
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import BlockKind, Document, Facts, Severity

_DIVISION = re.compile(
    r"(?:任务|责任|职责|工作|部门|重点[^，。]{0,10})?(?:分工|分解)(?:落实)?(?:方案|意见|表|计划|清单"
    r"|实施方案|的通知|的意见|的方案)"
    r"|(?:任务|责任)(?:分工|分解)(?:》|的)"
)
_WITH_THE_MAIN_TEXT = re.compile(r"(?:及|和|暨|与|、)[^，。《》]{0,12}(?:分工|分解)|分工(?:负责制|协作|合作)")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on a title whose subject is the division of work itself."""
    if facts.masthead.kind in OTHER_KINDS or (found := title_range(document, facts)) is None:
        return
    start, end = found
    title = re.sub(r"\s", " ", facts.view.text[start:end])
    if (at := _DIVISION.search(title)) and not _WITH_THE_MAIN_TEXT.search(title) and not _is_bare_table(document, facts):
        yield Remark(
            "分工方案单独发文；《意见》要求分工方案合并到文件中或者作为附属文件一并印发",
            facts.view.source(start + at.start(), start + at.end()),
            suggestion="将分工并入主文件，或者作为主文件的附件一并印发",
        )


def _is_bare_table(document: Document, facts: Facts) -> bool:
    """A table under its name: an attachment in a file of its own."""
    head = facts.masthead
    issued = head.doc_number or head.addressees or head.issued_date
    return not issued and any(block.kind is BlockKind.TABLE_ROW for block in document.blocks)


RULE = Rule(id="ZX2104", name="分工方案单独发文", article="二十一", severity=Severity.WARNING, check=check)
