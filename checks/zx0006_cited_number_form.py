"""ZX0006 引用的文号格式不规范

检查什么
正文引用其他文件时，发文字号是否用六角括号“〔〕”，是否先引标题、后引发文字号。

为什么
引用写法不一，收文单位查找原文困难，全文检索也会漏掉。

怎样判断
正文中“机关代字[年份]序号号”等用了方括号、圆括号、方头括号，序号加“第”字、编虚位的，予以提示，可用 --fix 改正。
多处同样问题的只提示前三处。早年文件的旧式写法（如“（86）国发18号”）不提示。

反例
根据《意见》（云政发[2025]3号）

正例
根据《意见》（云政发〔2025〕3号）

怎样修改
改用六角括号；可用 shenwen lint --fix 自动改正。

选项
无。

依据
《党政机关公文格式》（GB/T 9704-2012） 7.2.5、7.3.3；
《党政机关公文处理工作条例》（中办发〔2012〕14号）第十九条（引用公文应当先引标题，后引发文字号）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx0001_number_form import WRITTEN, faults_of, normal
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Fix, Severity, Span

_MOST = 3
_SIGN = re.compile(
    r"[\u4e00-\u9fff](?:发|字|函|办|规|文|令|通|电|府|告|政|改|教|财|人|建|卫|环|农|水|交|商|税|法|公|民|工|信)$|[\u4e00-\u9fff]{2}[A-Z]?$"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each of the first faulty citations."""
    if facts.masthead.kind not in OTHER_KINDS:
        yield from islice(_faulty(document, facts), _MOST)


def _faulty(document: Document, facts: Facts) -> Iterator[Remark]:
    own = facts.masthead.doc_number_span
    body = facts.masthead.body or Span(0, len(document.text))
    for found in WRITTEN.finditer(document.text, body.start, body.end):
        span = Span(found.start(), found.end())
        sign = document.text[max(0, found.start() - 4) : found.start()].rstrip()
        if (own and span.overlaps(own)) or not _SIGN.search(sign) or not (faults := faults_of(found)):
            continue
        yield Remark(
            f"引用的文号{'，'.join(faults)}",
            span,
            suggestion=f"改为“{normal(found)}”",
            fix=Fix(span, normal(found), "发文字号的规范写法"),
        )


RULE = Rule(id="ZX0006", name="引用的文号格式不规范", article="公文格式", severity=Severity.INFO, check=check)
