"""ZX2106 要求下级政府报文

检查什么
部门、议事协调机构是否未经政府批准，要求下级政府报送文件、总结、报表。

为什么
《意见》第二十一条要求：未经政府批准，部门和议事协调机构不得要求下级政府报文。

怎样判断
发文机关都是部门或者议事协调机构，文中要求下级人民政府报送、上报材料，或者主送下级人民政府而要求向本机关报送，
又没有写明经政府同意的，予以提示。政府及其办公厅（室）发文、函、征求意见不在此列。

反例
请各镇人民政府于12月15日前将工作总结报区水务局。

正例
请各镇水务站于12月15日前将巡河记录报区水务局。

怎样修改
改为要求下级对口部门报送，或者从已有系统取得数据；确需下级政府报送的，报请本级政府同意并在文中写明。

选项
无。发文机关不明而在 shenwen.toml 中设置 `profile = "部门"` 的，按部门判断。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.bodies import APPROVAL, governments_addressed, is_department
from shenwen.checks.negation import negated
from shenwen.checks.operative import is_statute, sentences_of, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.checks.zx2105_directive_without_approval import SOFT_FORMS
from shenwen.corpus.model import Document, Facts, Severity

_REPORT = re.compile(
    r"报送|上报|书面报告|报(?:至|到|我)|(?:情况|总结|报表|名单|方案|材料|台账|清单|数据"
    r"|信息)[^，。；]{0,14}(?<![简公日市党快海通预申月])报(?!名|销|废|警|刊|纸|价|告)"
)
#: What makes it a demand; a heading (按时报送。) only names what the next sentence demands.
_DEMANDED = re.compile(r"请|要|应|须|务必|必须|必需|于|每|前报|按[月季周]")
_GOVERNMENT = re.compile(
    r"(?:市|州|县|区|镇|乡)[^，。；]{0,8}(?:人民)?政府(?!办公|各|组成|有关|直属|[^，。；、]{0,12}"
    r"(?:部门|机构)|网站|采购|投资)|(?<!特派员)(?<!代表)(?<!联络)(?<!监管)(?<!总)办事处"
)
_TO_THE_GOVERNMENT = re.compile(r"报[^，。；]{0,6}(?:本级|同级|上级|省|市|县|区)?人民政府(?:批准|备案|审批|同意)?")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each demand for a report that such a body makes of governments."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts) or not is_department(document, facts, context):
        return
    soft = SOFT_FORMS.search(title_text(document, facts)) or facts.masthead.doc_type == "函"
    if soft or APPROVAL.search(facts.view.text):
        return
    addressed = governments_addressed(document, facts) is not None
    for start, end, text in sentences_of(document, facts):
        found = _REPORT.search(text)
        if (
            not found
            or not _DEMANDED.search(text)
            or negated(text, found.start(), found.end())
            or _TO_THE_GOVERNMENT.search(text)
        ):
            continue
        if addressed or _GOVERNMENT.search(text[: found.start()]):
            yield Remark(
                "部门或者议事协调机构要求下级政府报文，文中没有写明已经本级政府同意",
                facts.view.source(start, end),
                suggestion="改为要求下级对口部门报送；确需下级政府报送的，报请本级政府同意并在文中写明",
            )


RULE = Rule(id="ZX2106", name="要求下级政府报文", article="二十一", severity=Severity.WARNING, check=check)
