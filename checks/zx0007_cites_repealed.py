"""ZX0007 引用了已经失效的文件

检查什么
文稿引用、作为依据的文件或者法律法规，在发文之日是否已经废止、失效或者有了新的版本。

为什么
以失效文件为依据，文件的合法性就有问题；常见于沿用旧稿。

怎样判断
在现行文件索引中查找文稿引用的标题和文号；查到的各个版本在本件成文日期（没有的以今天为准）都已经废止、期限届满、被取代的，予以提示。
本件之后才出台的版本、征求意见稿不作依据：文稿引用的只能是更早的版本。
“同时废止”“停止执行”“修改”等处本来就要提到旧文件，不提示。索引里没有的文件不作判断。

反例
根据《云川市河道管理办法》（索引中该办法已于2022年废止）

正例
根据《云川市河道管理条例》

怎样修改
核对依据，改引现行有效的文件。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条；《党政机关公文处理工作条例》（中办发〔2012〕14号）第十九条（一）符合国家法律法规。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Citation, Document, Evidence, Facts, Severity

if TYPE_CHECKING:
    from shenwen.corpus.archive import Similar
    from shenwen.corpus.entries import Entry

_TOLD = frozenset({"repeals", "amends", "interprets"})


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on the first citation of each document that no longer binds. Needs the index."""
    draft = context.draft
    if context.archive is None or draft is None or facts.masthead.kind in OTHER_KINDS:
        return
    from shenwen.corpus.archive import names

    meant: dict[Citation, list[Similar]] = {}
    for found in context.archive.similar(draft):
        entry = found.entry
        if _came_later(draft, entry) or not names(draft, entry):
            continue
        cited = _citation(facts, (entry.title or "", *entry.inner_titles), entry.doc_number)
        if cited is not None and cited.role not in _TOLD:
            meant.setdefault(cited, []).append(found)
    for cited, versions in meant.items():
        if all(each.in_force.value is False for each in versions):
            yield _remark(cited, versions[0])


def _came_later(draft: Entry, entry: Entry) -> bool:
    """Whether it is a version after the draft, which can only mean an earlier one, or a mere draft itself."""
    from shenwen.corpus.title_keys import is_draft

    days = (entry.issued_date, entry.effective_date) if draft.issued_date else ()
    return is_draft(entry.title or "") or any(day and draft.issued_date and day >= draft.issued_date for day in days)


def _remark(cited: Citation, found: Similar) -> Remark:
    entry = found.entry
    return Remark(
        f"引用的《{cited.title or entry.title}》{found.in_force.reason}",
        cited.span,
        evidence=(Evidence(entry.path, "", entry.title, entry.doc_number, in_force=False),),
        suggestion="改引现行有效的文件",
    )


def _citation(facts: Facts, titles: tuple[str, ...], number: str | None) -> Citation | None:
    """The first citation of a document by one of its titles or its number."""
    from shenwen.corpus.title_keys import key, number_key

    for citation in facts.citations:
        by_title = bool(citation.title) and key(citation.title or "") in {key(title) for title in titles if title}
        by_number = bool(citation.doc_number and number and number_key(citation.doc_number) == number_key(number))
        if by_title or by_number:
            return citation
    return None


RULE = Rule(id="ZX0007", name="引用了已经失效的文件", article="二十一", severity=Severity.WARNING, check=check, needs_index=True)
