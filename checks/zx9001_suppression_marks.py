"""ZX9001 忽略标记

检查什么
草稿中的“审文：忽略”标记是否写明理由，所写规则编号是否存在，标记是否仍在起作用。

为什么
忽略一处问题，是审核人员作出的判断，应当有据可查；问题已经改好而标记还留着，以后出现的同类问题就会被掩盖。

怎样判断
标记可以写在 Word 批注中，也可以写在正文中，形如“审文：忽略 ZX2103 理由”。
写在段落中的对该段起作用，单独成段的对上一段起作用，单独成段且在文末的对全文起作用；批注对所注的段落起作用。
没有理由、规则编号不存在、所指规则已无问题可忽略的，均予提示；没有理由的标记不起作用。

反例
【审文：忽略 ZX2103】（没有理由）

正例
【审文：忽略 ZX2103 本件为节假日值班的例行通知，经办公室主任同意印发】

怎样修改
补写理由；规则编号有误的，改为 shenwen rules 列出的编号；已无作用的，删去标记。

选项
无。

依据
本项依据审文使用说明，与《意见》条款无对应关系。
"""

from __future__ import annotations

from collections.abc import Iterator

from shenwen.checks.rule import Context, Remark, Rule, all_rules
from shenwen.checks.suppressions import suppressions
from shenwen.corpus.model import Document, Facts, Severity


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """Marks without a reason or with an unknown rule; marks without effect are known only when all rules have run."""
    known = {rule.id for rule in all_rules()}
    for mark in suppressions(document):
        if not mark.reason:
            yield Remark("忽略标记没有写明理由，不起作用", mark.span, suggestion="在规则编号之后补写理由")
        for rule in mark.rules:
            if rule not in known:
                yield Remark(f"忽略标记中的规则 {rule} 不存在", mark.span, suggestion="规则编号见 shenwen rules")


RULE = Rule(id="ZX9001", name="忽略标记", article="—", severity=Severity.WARNING, check=check)
