"""ZX1201 未标注公开属性

检查什么
文件是否标注“此件公开发布”“主动公开”“依申请公开”“不予公开”等公开属性。

为什么
《意见》第十二条要求全面推进政务公开；拟制公文时同步确定公开属性，才能保证该公开的及时公开。

怎样判断
有标题、有落款日期的完整公文，全文和元数据都没有公开属性的，予以提示。
2017年以前的文件、节选和没有落款的稿件、命令、议案、人事任免、函和请示报告不提示。

反例
落款之后没有任何公开属性。

正例
（此件公开发布）

怎样修改
在附注位置标注“（此件公开发布）”“（此件依申请公开）”或者“（此件不予公开）”。

选项
`since`：从哪一年的文件起检查，默认 2017。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第十二条；
《中华人民共和国政府信息公开条例》关于拟制公文时明确公开属性的要求。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import signature, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_ATTRIBUTE = re.compile(
    r"此件[^，。）]{0,6}公开|主动公开|依申请公开|不予公开|免予公开|此件(?:删减后)?(?:公开|发至"
    r"|不公开)|公开(?:属性|方式|类别|形式|类型)"
)
_NOTICE = re.compile(r"(?:通知|意见|决定|通报|方案|办法|规定|细则)(?:（[^）]*）)?$")
_PERSONAL = re.compile(r"任免|任职|免职|任命|处分|征求|请示|报告|会议纪要")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark, at the signature's date, on a complete document without the attribute."""
    signed = signature(document, facts)
    title = title_text(document, facts)
    if facts.masthead.kind in OTHER_KINDS or signed is None or not _NOTICE.search(title) or _PERSONAL.search(title):
        return
    day, start, end = signed
    known = facts.masthead.publicity or any("公开" in f"{name}{value}" for name, value in document.metadata)
    if day.year >= context.option("since") and not known and not _ATTRIBUTE.search(facts.view.text):
        yield Remark(
            "没有标注公开属性",
            facts.view.source(start, end),
            suggestion="在附注位置标注“（此件公开发布）”“（此件依申请公开）”或者“（此件不予公开）”",
        )


RULE = Rule(id="ZX1201", name="未标注公开属性", article="十二", severity=Severity.INFO, check=check, options=(("since", 2017),))
