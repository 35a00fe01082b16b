"""ZX1306 草稿没有解读材料

检查什么
送审的政策文件草稿是否附有解读方案或者解读材料。

为什么
《意见》第十三条要求文件与解读材料同步起草、在文件出台5个工作日内发布；到发布以后再写，往往来不及。

怎样判断
没有成文日期、发布日期的政策文件草稿，或者标题写明征求意见稿、送审稿、草案的，没有同批的解读、起草说明，正文也没有提到解读的，予以提醒，
并写明如果今天发布，最迟哪一天要发布解读。不需要解读的文件（人事任免、表彰、内部事务、事务性通知等）不提醒。
已经编了文号的、保存下来的网页、开头有来源和发布时间的、标题是往年的，是已经印发的文件而不是草稿；附件随主文件解读，都不提醒。

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
from shenwen.checks.operative import head_lines, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Document, DocumentKind, Facts, Record, Severity
from shenwen.corpus.title_keys import bare, is_draft
from shenwen.corpus.workdays import Unannounced

#: What stands about the title of a text that has been published: a number, the page's furniture; and an annex's first line.
_NUMBER = re.compile(r"[〔\[【（(](?:19|20)\d{2}[〕\]】）)]\s*第?\d{1,5}号|令?\(?（?第\d{1,4}号(?:令|公告)?")
_PUBLISHED = re.compile(
    r"(?:来源|发布(?:时间|日期|机构)|提供日期|录入(?:时间|者)|更新时间|浏览次数|点击数|字体|字号)[】*\s]*[:：]|新华社|本站原创"
    r"|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d{2}"
)
_MARK = re.compile(r"[（(](?:[^（()）]{0,8}征求意见稿|送审稿|草案|讨论稿|审议稿|代拟稿)[）)]")
_ANNEX = re.compile(r"^\s*附件")
_YEAR = re.compile(r"(?<![\d至到—-])((?:19|20)\d{2})年?(?!\d|[-—至到~])")
#: A number stands alone on a line of so many characters; furniture within so many lines of the beginning.
_LINE, _HEAD = 40, 12
_MATERIAL = re.compile(r"(?:政策|文件)?解读(?:材料|方案|稿|提纲)")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One reminder on a draft that comes without material for its interpretation."""
    from shenwen.corpus.exemptions import exemption
    from shenwen.corpus.publications import publication_of

    masthead = facts.masthead
    title = masthead.title or title_text(document, facts)
    if (
        masthead.kind is not DocumentKind.POLICY
        or not title
        or not (_is_marked(facts, title) or _unpublished(document, facts, title, context))
    ):
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


def _is_marked(facts: Facts, title: str) -> bool:
    """Whether the text calls itself a draft, in its title or on a line of its own below it."""
    return is_draft(title) or any(_MARK.fullmatch(line) for line in head_lines(facts, _HEAD))


def _unpublished(document: Document, facts: Facts, title: str, context: Context) -> bool:
    """Whether nothing says that the text is out already: no date, no number, no page around it, no past year in its title."""
    masthead, lines = facts.masthead, head_lines(facts, _HEAD)
    if (
        masthead.issued_date
        or masthead.published_date
        or document.format is FileFormat.HTML
        or (lines and _ANNEX.match(lines[0]))
    ):
        return False
    years = [int(year) for year in _YEAR.findall(title)]
    past = bool(years) and context.today is not None and max(years) < context.today.year
    numbered = [masthead.doc_number or "", title, *(line for line in lines if len(line) <= _LINE)]
    return not past and not any(map(_NUMBER.search, numbered)) and not any(map(_PUBLISHED.search, lines))


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
