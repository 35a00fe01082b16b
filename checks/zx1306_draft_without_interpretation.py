"""ZX1306 草稿没有解读材料

检查什么
送审的政策文件草稿是否附有解读方案或者解读材料。

为什么
《意见》第十三条要求文件与解读材料同步起草、在文件出台5个工作日内发布；到发布以后再写，往往来不及。

怎样判断
没有成文日期、发布日期的政策文件草稿，或者标题写明征求意见稿、送审稿、草案的，没有同批的解读、起草说明，正文也没有提到解读的，予以提醒，
并写明如果今天发布，最迟哪一天要发布解读。不需要解读的文件（人事任免、表彰、内部事务等）不提醒。

反例
只送审办法草稿。

正例
办法草稿与《办法》解读一并送审。

怎样修改
把解读方案、解读材料与草稿一并报送。

选项
`workdays`：几个工作日，默认 5。
`since`、`basis`、`exempt`、`required`：与 ZX1301 相同。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第十三条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from shenwen.checks.interpretation_clock import OPTIONS, calendar_in, exemptions_in
from shenwen.checks.operative import title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.model import Document, DocumentKind, Facts, Record, Severity
from shenwen.corpus.title_keys import bare, is_draft
from shenwen.corpus.workdays import Unannounced

_MATERIAL = re.compile(r"(?:政策|文件)?解读(?:材料|方案|稿|提纲)")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One reminder on a draft that comes without material for its interpretation."""
    from shenwen.corpus.exemptions import exemption
    from shenwen.corpus.publications import publication_of

    masthead = facts.masthead
    title = masthead.title or title_text(document, facts)
    dated = masthead.issued_date or masthead.published_date
    if masthead.kind is not DocumentKind.POLICY or not title or (dated and not is_draft(title)):
        return
    adopted = replace(publication_of(Record(document, facts)), title=bare(title))
    has_material = _MATERIAL.search(facts.view.text) or (context.peers and context.peers.of_policy(document.path))
    if has_material or exemption(adopted, exemptions_in(context)):
        return
    yield Remark(
        f"草稿没有附解读材料{_last_day(context)}",
        masthead.title_span,
        suggestion="由牵头起草部门把解读方案、解读材料与草稿一并报送",
    )


def _last_day(context: Context) -> str:
    workdays = int(context.option("workdays"))
    if context.today is None:
        return f"；解读应当在文件出台{workdays}个工作日内发布"
    try:
        last = calendar_in(context).add_workdays(context.today, workdays)
        return f"；如果今天（{context.today}）发布，解读最迟应当在{last}发布"
    except Unannounced:
        return f"；解读应当在文件出台{workdays}个工作日内发布（当年放假安排尚未公布，无法算出日期）"


RULE = Rule(
    id="ZX1306",
    name="草稿没有解读材料",
    article="十三",
    severity=Severity.INFO,
    check=check,
    options=OPTIONS,
    needs_peers=True,
)
