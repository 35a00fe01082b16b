"""ZX0001 发文字号格式不规范

检查什么
本件的发文字号是否用六角括号“〔〕”括年份，序号是否不编虚位、不加“第”字。

为什么
发文字号由机关代字、年份、发文顺序号组成，写法有国家标准；写法不一，检索、引用、归档都会出错。

怎样判断
只看本件版头的发文字号，不看正文引用的字号（引用见 ZX0006）。括号用了方括号、圆括号、方头括号，序号前有“第”字或者补了零，
或者年份写了“年”字的，予以提示。仅差括号等写法的，可用 --fix 改正。

反例
云政发[2026]第008号

正例
云政发〔2026〕8号

怎样修改
改为“机关代字〔年份〕序号号”；可用 shenwen lint --fix 自动改正。

选项
无。

依据
《党政机关公文格式》（GB/T 9704-2012） 7.2.5：年份、发文顺序号用阿拉伯数字标注；年份应标全称，用六角括号“〔〕”括入；
发文顺序号不加“第”字，不编虚位（即1不编为01），在阿拉伯数字后加“号”字。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Fix, Severity, Span

#: 机关代字, then year and serial number in any writing.
WRITTEN = re.compile(
    r"(?P<open>[〔\[［【（(﹝〈<{])\s*(?P<year>(?:19|20)\d\d)\s*(?P<word>年?)\s*[〕\]］】）)﹞〉>}]\s*(?P<nth>第?)\s*(?P<serial>\d{1,5})\s*号"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """At most one remark: the document's own number."""
    span = facts.masthead.doc_number_span
    if span is None or facts.masthead.kind in OTHER_KINDS:
        return
    found = WRITTEN.search(document.quote(span))
    if found and (faults := faults_of(found)):
        at = Span(span.start + found.start(), span.start + found.end())
        yield Remark(
            f"发文字号{'，'.join(faults)}",
            at,
            suggestion=f"改为“{normal(found)}”",
            fix=Fix(at, normal(found), "发文字号的规范写法"),
        )


def faults_of(found: re.Match[str]) -> list[str]:
    """What is wrong with the writing of a number, in words; empty for the form of the standard."""
    faults = []
    if not found.group().startswith(("〔", "﹝")):  # the second is the same bracket in its small form
        faults.append("年份没有用六角括号“〔〕”")
    if found["word"]:
        faults.append("年份多了“年”字")
    if found["nth"]:
        faults.append("序号多了“第”字")
    if found["serial"].startswith("0"):
        faults.append("序号编了虚位")
    return faults


def normal(found: re.Match[str]) -> str:
    """Year and serial number in the form of the standard."""
    return f"〔{found['year']}〕{int(found['serial'])}号"


RULE = Rule(id="ZX0001", name="发文字号格式不规范", article="公文格式", severity=Severity.WARNING, check=check)
