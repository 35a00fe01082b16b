"""ZX2102 现行文件已有部署

检查什么
文件的内容是否大部分已由现行文件作出部署，特别是逐条照抄上级文件。

为什么
《意见》第二十一条要求：现行文件已有部署且仍然适用的，不再重复发文。

怎样判断
把文件的可执行内容逐段与索引中仍然有效的文件对照；地名、机关名称、条款序号、日期、连接词的改动不影响对照。
可执行内容中已见于某些文件的比例达到 `share`、至少 `units` 段，并且其中没有新增责任主体、任务、标准、时限的部分达到 `bare` 的，予以提示。
同一文件的其他副本和版本（修订、征求意见稿与正式稿）、标题年份不同的年度文件、其他地方的文件、下级的文件、成文日期不早于本件的文件，解读、新闻、表单，都不提示。
文字、标题相同而文号或者日期不同的，是重复制发，予以提示。

反例
市政府办公室的通知逐条照抄省政府办公厅的通知，只把“全省”改为“全市”、“各市州”改为“各县（市、区）”。

正例
市政府办公室转发省政府办公厅的通知，另行写明本市各部门的分工、标准和完成时限。

怎样修改
已有部署的直接执行原文件，或者以转发方式办理；只就新增的责任、标准、程序和时限行文。

选项
`share`：可执行内容中已有部署的最低比例，默认 0.4。
`bare`：重复部分中没有新增内容的最低比例，默认 0.5。
`units`：最少重复段数，默认 2。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shenwen.checks.repetition import remarks, repeated_from
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2101_already_in_law import is_law
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, DocumentKind, Facts, Severity

if TYPE_CHECKING:
    from shenwen.corpus.entries import Entry
    from shenwen.corpus.restatements import Source

#: Share of both texts, letter by letter, from which on nothing was revised.
UNCHANGED = 0.9
_QUOTING = frozenset({DocumentKind.INTERPRETATION, DocumentKind.NEWS, DocumentKind.FORM})


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on a draft that mostly says what documents in force say."""
    draft = context.draft
    if draft is None or facts.masthead.kind in OTHER_KINDS:
        return
    from shenwen.corpus.standing import is_typed

    if draft.title and not is_typed(draft):
        return
    found = repeated_from(draft, context.archive, lambda source: _counts(draft, source))
    yield from remarks(document, facts, context, found, "现行文件")


def _counts(draft: Entry, source: Source) -> bool:
    """Whether repeating this document is repeating another's deployment."""
    from shenwen.corpus.relations import RelationKind
    from shenwen.corpus.standing import standing_of

    if is_law(source) or source.entry.kind in _QUOTING or source.relation is None:
        return False
    if standing_of(draft, source.entry).series:
        return False
    match source.relation.relation:
        case RelationKind.SAME | RelationKind.REVISION:
            return _issued_again(draft, source.entry)
        case _:
            return True


def _issued_again(draft: Entry, entry: Entry) -> bool:
    """Whether the text is the same and yet it is another document: both have numbers or dates, and these differ."""
    from shenwen.corpus.matching import literal
    from shenwen.corpus.title_keys import number_key

    if min(literal(draft, entry)) < UNCHANGED:
        return False
    numbers = {number_key(draft.doc_number), number_key(entry.doc_number)}
    if None not in numbers:
        return len(numbers) == 2
    dates = {draft.issued_date, entry.issued_date}
    return None not in dates and len(dates) == 2


RULE = Rule(
    id="ZX2102",
    name="现行文件已有部署",
    article="二十一",
    severity=Severity.WARNING,
    check=check,
    options=(("share", 0.4), ("bare", 0.5), ("units", 2)),
    needs_index=True,
)
