"""ZX1301 缺少政策解读

检查什么
应当解读的政策文件，在同批文件和索引中是否找得到解读。

为什么
《意见》第十三条要求文件牵头起草部门在文件出台5个工作日内发布解读材料；没有解读，群众和企业看不懂、用不上政策。

怎样判断
以发布日期（没有的用成文日期）为起点，当日不计，按国务院公布的放假和调休安排数工作日。
同批文件和索引中没有与之对应的解读的，提示缺失，并写明期限和开始逾期的日期；还在期限内的、没有发布日期而按成文日期起算的（可能尚未印发），只作提醒。
人事任免、表彰、放假、更正、内部事务、批复和函、没有增加内容的转发文件，组织申报、公布名单、拨付资金、举办活动、开展检查等只办一件具体事务的通知，不予公开、依申请公开的文件，以及要求出台以前的文件不提示。
日期缺失、矛盾或者当年放假安排没有公布的，不作判断，说明原因；同批文件和索引中一个解读也没有的，说明没有解读可以对照，只告知期限。

反例
2019年3月5日印发的办法，到3月13日仍没有解读。

正例
办法于3月5日发布，《办法》解读于3月8日发布。

怎样修改
由牵头起草部门补发解读，在文件页面和解读页面互设链接；解读已发布而没有找到的，请把解读一并放入检查范围。

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
from datetime import date
from typing import TYPE_CHECKING

from shenwen.checks.interpretation_clock import OPTIONS, own_rows
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.model import Document, Facts, Severity

if TYPE_CHECKING:
    from shenwen.corpus.interpretations import InterpretationRow


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark at the title: no interpretation, or why that cannot be told."""
    for row in own_rows(document, context)[:1]:
        if row.status == "undetermined":
            yield _unknown(f"无法判断解读是否按时：{row.reason}", "补齐文件和解读的日期后再查", facts)
        elif row.status == "missing" and row.deadline:
            yield _missing(row, row.deadline, facts, context)


def _missing(row: InterpretationRow, deadline: date, facts: Facts, context: Context) -> Remark:
    """A batch without a single interpretation shows nothing of what was published: there the deadline is all that can be said.

    What has no publication date may be a draft that carries its date already: that is a reminder, no complaint.
    """
    if context.peers is None or not context.peers.explained:
        message = f"同批文件和索引中没有任何解读，无法判断是否已经解读；解读期限为{deadline}"
        return _unknown(message, "核对是否已经发布解读；把解读材料放入同批文件或者加入索引后再查", facts)
    in_time = context.today is not None and context.today <= deadline
    issued = row.date_basis == "issued"
    return Remark(
        f"{row.reason}（没有发布日期，按成文日期{row.policy_date}起算）" if issued else row.reason,
        facts.masthead.title_span,
        suggestion=(f"由牵头起草部门在{deadline}前发布解读" if in_time else "由牵头起草部门补发解读")
        + ("；尚未印发的，把解读材料与草稿一并报批" if issued else ""),
        severity=Severity.INFO if in_time or issued else None,
    )


def _unknown(message: str, advice: str, facts: Facts) -> Remark:
    return Remark(message, facts.masthead.title_span, suggestion=advice, severity=Severity.INFO, undetermined=True)


RULE = Rule(
    id="ZX1301",
    name="缺少政策解读",
    article="十三",
    severity=Severity.WARNING,
    check=check,
    options=OPTIONS,
    needs_peers=True,
)
