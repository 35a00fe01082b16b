"""ZX2108 篇幅过长或者未分条目

检查什么
正文是否过长，较长的正文是否没有分条列项，是否有过长的段落。

为什么
《意见》第二十一条：提倡制定条目式、简短型文件。

怎样判断
正文（不含所附的办法、方案、表格）字数超过上限的；超过一定字数而没有“一、”“（一）”“第一条”等层次序数的；
单段字数超过上限的，予以提示。字数不计标点和空白。
上限默认6160字：中央要求政策性文件原则上不超过10页，国家标准规定公文一般每面排22行、每行排28个字。

反例
正文七千字；或者两千字的正文从头到尾不分条目。

正例
正文分五条，每条先写任务、再括注责任单位和时限，共一千八百字。

怎样修改
删去背景、意义和重复上级文件的内容；分条列项；技术标准、表格移入附件。

选项
`max_chars`：正文字数上限，默认 6160。
`unnumbered_chars`：超过多少字应当分条目，默认 1500。
`max_paragraph`：一段的字数上限，默认 900。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条；
中共中央办公厅《关于解决形式主义突出问题为基层减负的通知》（2019年）；GB/T 9704—2012《党政机关公文格式》。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import body_range, title_range, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity, Span

#: Texts of set form: their length follows from their matter.
_SET_FORM = re.compile(r"条例|规定|办法|细则|规则|章程|规划|纲要|预案|目录|清单|标准|规范|公报|报告|名单|计划|方案|指南")


#: A paragraph ends with its line, or where the next number stands within it (texts copied from pages lose their lines).
_PARAGRAPH = re.compile(
    r"\S[^\n]*?(?=\n|(?<=[。；：])\s*[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]{1,3}[）)]|(?<!\d)\d{1,2}[.．](?!\d)|\Z)"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """Up to three remarks: too long, not itemised, an endless paragraph."""
    title = title_text(document, facts)
    if facts.masthead.kind in OTHER_KINDS or not title or _SET_FORM.search(title):
        return
    start, end = body_range(document, facts)
    body = facts.view.text[start:end]
    length = len(re.findall(r"\w", body))
    at = title_range(document, facts)
    span = facts.view.source(*at) if at else None
    yield from _length(length, span, context)
    if length > context.option("unnumbered_chars") and _units(facts, start, end) < 2 and "\t" not in body:
        yield Remark(f"正文{length}字，没有分条列项", span, suggestion="按“一、”“（一）”分条列项")
    for found in _PARAGRAPH.finditer(body):
        words = len(re.findall(r"\w", found.group()))
        if words > context.option("max_paragraph") and "\t" not in found.group():
            where = facts.view.source(start + found.start(), start + found.start() + 20)
            yield Remark(f"本段{words}字，超过{context.option('max_paragraph')}字", where, suggestion="分段或者分项")


def _units(facts: Facts, start: int, end: int) -> int:
    """Numbered provisions that begin in the view range."""
    body = facts.view.source(start, end)
    return sum(body.start <= unit.span.start < body.end for unit in facts.provisions)


def _length(length: int, span: Span | None, context: Context) -> Iterator[Remark]:
    if length > context.option("max_chars"):
        yield Remark(
            f"正文{length}字，超过{context.option('max_chars')}字；提倡制定条目式、简短型文件",
            span,
            suggestion="删去背景、意义和重复上级文件的内容，技术标准、表格移入附件",
        )


RULE = Rule(
    id="ZX2108",
    name="篇幅过长或者未分条目",
    article="二十一",
    severity=Severity.INFO,
    check=check,
    options=(("max_chars", 6160), ("unnumbered_chars", 1500), ("max_paragraph", 900)),
)
