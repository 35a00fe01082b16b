"""ZX0003 文种与内容不符

检查什么
报告中是否夹带请示事项，请示是否一文一事、只主送一个机关，是否混用“请示报告”等不存在的文种。

为什么
文种决定办理程序：夹带在报告里的请示事项得不到批复，多头请示会耽误或者造成矛盾。

怎样判断
文种为报告而文末写有“请批示”“请予批准”“当否，请批复”等请求语的；文种为请示而主送两个以上机关的；
标题的文种写作“请示报告”“申请报告”“意见报告”等的，予以提示。“请审阅”“请审议”不算请示。

反例
……以上报告当否，请批复。

正例
……特此报告。

怎样修改
需要上级批准的另行请示；请示只主送一个上级机关，其他机关用抄送。

选项
无。

依据
《党政机关公文处理工作条例》（中办发〔2012〕14号）第八条（文种及其适用范围）；第十五条（二）请示原则上主送一个上级机关、（四）请示应当一文一事，不得在报告等非请示性公文中夹带请示事项。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.model import Document, DocumentKind, Facts, Severity

_MIXED = re.compile(r"(?:请示报告|申请报告|意见报告|请示函|汇报请示|请求报告|批复函|通知函|请示的函)(?:（[^）]*）)?$")
_REQUEST = re.compile(
    r"(?:妥否|当否|可否|是否妥当|如无不妥|如可行)[，,][^。\n]{0,12}请[^。\n]{0,6}(?:批示|批复|批准|审批|核准|指示)"
    r"|(?<![报呈])请(?:予以?|给予)?(?:批示|批复|批准|审批|核准)[。！\s]*$|恳请[^。\n]{0,30}(?:批准|批复|支持解决|予以解决)",
    re.MULTILINE,
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each mismatch of type and content."""
    head = facts.masthead
    title = re.sub(r"\s", "", head.title or "")
    if not title or head.kind in (DocumentKind.LAW, DocumentKind.NEWS, DocumentKind.INTERPRETATION):
        return
    if mixed := _MIXED.search(title):
        yield Remark(
            f"“{mixed.group()}”不是规定的文种", head.title_span, suggestion="按内容选用一个文种：需要批复的用请示，不需要的用报告"
        )
    elif re.search(r"(?<!调查)(?<!工作)报告(?:（[^）]*）)?$|工作报告$", title) and head.addressees:
        start, stop = facts.view.range(head.body) if head.body else (0, len(facts.view.text))
        for found in _REQUEST.finditer(facts.view.text, start, stop):
            span = facts.view.source(found.start(), found.end())
            yield Remark("报告中夹带请示事项", span, suggestion="需要上级批准的事项另行请示，报告以“特此报告”结尾")
    elif re.search(r"请示(?:（[^）]*）)?$", title) and len(head.addressees) >= 2:
        names = "、".join(head.addressees)
        yield Remark(
            f"请示主送{len(head.addressees)}个机关（{names}）",
            head.addressees_span,
            suggestion="主送一个上级机关，其他需要知道的机关用抄送",
        )


RULE = Rule(id="ZX0003", name="文种与内容不符", article="公文格式", severity=Severity.WARNING, check=check)
