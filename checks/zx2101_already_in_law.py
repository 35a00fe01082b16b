"""ZX2101 法律法规已有明确规定

检查什么
文件的内容是否大部分已由现行法律、法规、规章作出规定，文件只是照抄。

为什么
《意见》第二十一条要求：法律法规已作出明确规定的，不再重复发文。

怎样判断
把文件中提出要求、禁止、许可、倡导、目标的各段（可执行内容）逐段与索引中的法律法规对照；地名、机关名称、条款序号、日期、连接词的改动不影响对照。
可执行内容中已见于法律法规的比例达到 `share`、至少 `units` 段，并且其中没有新增责任主体、任务、标准、时限的部分达到 `bare` 的，予以提示。
法律法规本身及其修订、解读、新闻、表单不提示；已废止、已失效的，其他地方的，晚于本件的法律法规不作为依据。每一段的对照见证据。

反例
通知各条照抄《固体废物污染环境防治法》的规定，只把“县级以上地方人民政府”改为“各县（市、区）政府”。

正例
通知引用法律的规定作为依据，逐条写明本地的责任单位、标准和完成时限。

怎样修改
删去法律法规已有的规定，需要强调的写明“按照《……法》第……条执行”；只保留新增的责任、标准、程序和时限。

选项
`share`：可执行内容中已有规定的最低比例，默认 0.4。
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
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, DocumentKind, Facts, Severity

if TYPE_CHECKING:
    from shenwen.corpus.restatements import Source


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on a draft that mostly says what laws in force say."""
    if context.draft is not None and facts.masthead.kind not in OTHER_KINDS:
        found = repeated_from(context.draft, context.archive, is_law)
        yield from remarks(document, facts, context, found, "现行法律法规规章")


def is_law(source: Source) -> bool:
    """Whether the source is a law, regulation or rule, and not another version of the draft itself."""
    from shenwen.corpus.relations import RelationKind

    law = source.entry.source == "law" or source.entry.kind is DocumentKind.LAW
    own = source.relation is not None and source.relation.relation in (RelationKind.SAME, RelationKind.REVISION)
    return law and not own


RULE = Rule(
    id="ZX2101",
    name="法律法规已有明确规定",
    article="二十一",
    severity=Severity.WARNING,
    check=check,
    options=(("share", 0.4), ("bare", 0.5), ("units", 2)),
    needs_index=True,
)
