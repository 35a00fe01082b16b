"""ZX1302 政策解读逾期

检查什么
政策文件的解读是否在期限内发布。

为什么
《意见》第十三条要求解读材料在文件出台5个工作日内发布。

怎样判断
以发布日期（没有的用成文日期）为起点，当日不计，按国务院公布的放假和调休安排数工作日；有几个解读的，看最早的一个。
晚于期限的，写明逾期几个工作日；成文以后、发布以前就公布解读的，作为提示。

反例
2019年9月30日发布的办法，10月14日才解读（期限为10月12日，国庆假期后的调休上班日计入）。

正例
2019年9月30日发布的办法，10月12日解读。

怎样修改
说明原因；今后起草文件时同步准备解读，与文件一并报批、一并发布。

选项
`workdays`：几个工作日，默认 5。
`since`：只检查这一天以后的文件，默认 2019-02-02。
`basis`：从哪一天起算，`published`（发布日期）或者 `issued`（成文日期），默认前者。
`exempt`：除自带清单以外，标题符合这些正则表达式的文件也不需要解读，默认没有。
`required`：自带清单中仍然要求解读的种类，写名称，例如 `["表彰奖励文件"]`，默认没有。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第十三条。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shenwen.checks.interpretation_clock import OPTIONS, evidence_of, first_row
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.model import Document, Evidence, Facts, Severity

if TYPE_CHECKING:
    from shenwen.corpus.interpretations import InterpretationRow


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark at the title of a document whose first interpretation came late, or before the document itself."""
    if row := first_row(document, context, "late"):
        basis = "发布" if row.date_basis == "published" else "成文"
        yield Remark(
            f"解读逾期{row.late_by}个工作日：文件{row.policy_date}{basis}，期限为{row.deadline}，解读于{row.interpretation_date}发布",
            facts.masthead.title_span,
            evidence=_evidence(row, document, context),
            suggestion="说明逾期原因；今后解读与文件同步起草、同步报批、同步发布",
        )
    elif (row := first_row(document, context, "on_time")) and row.reason:
        yield Remark(
            f"{row.reason}：解读于{row.interpretation_date}发布，文件{row.policy_date}发布",
            facts.masthead.title_span,
            evidence=_evidence(row, document, context),
            suggestion="今后解读与文件同步公布",
            severity=Severity.INFO,
        )


def _evidence(row: InterpretationRow, document: Document, context: Context) -> tuple[Evidence, ...]:
    pairs = context.peers.of_policy(document.path) if context.peers else ()
    return tuple(evidence_of(pair, "interpretation") for pair in pairs if pair.interpretation.path == row.interpretation)


RULE = Rule(
    id="ZX1302",
    name="政策解读逾期",
    article="十三",
    severity=Severity.WARNING,
    check=check,
    options=OPTIONS,
    needs_peers=True,
)
