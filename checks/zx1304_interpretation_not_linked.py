"""ZX1304 解读与文件没有互相链接

检查什么
网页形式的文件和解读是否互相链接。

为什么
《意见》第十三条要求文件与解读同步公开；没有链接，看到文件的人找不到解读，看到解读的人找不到原文。

怎样判断
解读和文件都是带链接的网页，两边都没有指向对方的链接（按网址、按链接文字与标题一致判断），予以提示；只缺一边的，写明缺哪一边。
不知道对方网址，而且对方页面没有任何链接信息的，不判断。

反例
解读页面只有首页、打印等链接，没有指向原文的链接。

正例
解读页面以“政策原文”链接到文件，文件页面以“政策解读”链接到解读。

怎样修改
在解读页面加“政策原文”链接，在文件页面加“政策解读”链接。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第十三条。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shenwen.checks.interpretation_clock import evidence_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.model import Document, Facts, Severity
from shenwen.corpus.title_keys import key

if TYPE_CHECKING:
    from shenwen.corpus.publications import Publication


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark on an interpretation's page for each document with which it is not linked both ways."""
    for pair in context.peers.of_interpretation(document.path) if context.peers else ():
        text, policy = pair.interpretation, pair.policy
        missing = []
        if text.links and not _links_to(text, policy):
            missing.append("解读页面没有指向文件的链接")
        if policy.links and not _links_to(policy, text):
            missing.append("文件页面没有指向解读的链接")
        if missing and text.links and policy.links:
            yield Remark(
                f"{'，'.join(missing)}（《{policy.title}》）",
                facts.masthead.title_span,
                evidence=(evidence_of(pair, "policy"),),
                suggestion="在两个页面互设“政策原文”“政策解读”链接",
            )


def _links_to(page: Publication, other: Publication) -> bool:
    from shenwen.corpus.shelf import file_linked, same_address

    name = other.path.replace("\\", "/").rsplit("/", 1)[-1]
    return any(
        (other.address is not None and same_address(address, other.address))
        or name in (address.rsplit("/", 1)[-1], file_linked(address, page.path).rsplit("/", 1)[-1])
        or key(words).endswith(key(other.title))
        for words, address in page.links
        if address or words
    )


RULE = Rule(
    id="ZX1304",
    name="解读与文件没有互相链接",
    article="十三",
    severity=Severity.INFO,
    check=check,
    needs_peers=True,
)
