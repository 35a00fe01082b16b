"""ZX2107 层层制发配套文件

检查什么
文件是否要求县级及以下再制定实施方案、细则、配套文件，或者要求“层层”“逐级”制定。

为什么
《意见》第二十一条要求：发至县一级的文件，除明确要求制定配套文件外，一般不再层层制发相关文件。

怎样判断
句中要求县（市、区）、乡镇、街道、村以及基层单位制定实施方案、实施细则、配套文件，或者要求层层、逐级制定的，予以提示。
只要求省、市一级制定的，应急预案等法律法规规定必须制定的，以及要求不再制定的，不提示。

反例
各县（市、区）要结合实际制定具体实施方案，并指导乡镇制定工作方案。

正例
各县（市、区）按照本方案附表直接组织实施，不再另行制发文件。

怎样修改
把措施、责任和时限写到可以直接执行；确需制定配套文件的，写明由哪一级制定、为什么、何时完成。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.negation import negated
from shenwen.checks.operative import is_statute, sentences_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_PLAN = (
    r"(?:实施方案|工作方案|行动方案|整治方案|实施细则|实施意见|实施办法|具体办法|操作细则|配套(?:文件"
    r"|政策|措施|方案|办法)|贯彻意见)"
)
_LOWER = r"(?:县|乡镇|(?<!城)镇|街道|(?<![农乡])村|社区|基层|各级(?:各部门|人民政府|政府|部门))"
_ORDER = re.compile(
    rf"(?:层层|逐级)[^，。；]{{0,8}}(?:制定|制发|出台|印发|编制)[^。；]{{0,16}}{_PLAN}?"
    rf"|各?{_LOWER}[^。；]{{0,30}}(?:制定|制发|出台|印发|研究提出)[^，。；]{{0,16}}{_PLAN}"
)
_REQUIRED_BY_LAW = re.compile(
    r"预案|依法制定|法律(?:、法规|法规)?(?:规定|授权)|可(?:以|依据|根据|结合|参照)|(?:省|市|州)级?"
    r"(?:人民)?政府[^，。；]{0,8}(?:制定|出台)"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each sentence that asks the county and below for documents of their own."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts):
        return
    for start, _, text in sentences_of(document, facts):
        found = _ORDER.search(text)
        if found and not negated(text, found.start(), found.end()):
            if (
                re.search(r"不再|不得|不另|不要|无需|除[^，。；]{0,12}(?:制定|制发|出台|印发)|除.{0,20}外", found.group())
                or _REQUIRED_BY_LAW.search(text)
                or _past(text, found)
            ):
                continue
            yield Remark(
                "要求县级及以下再制发配套文件，容易层层发文",
                facts.view.source(start + found.start(), start + found.end()),
                suggestion="把措施写到可以直接执行；确需制定的，写明由哪一级制定及其理由",
            )


def _past(text: str, found: re.Match[str]) -> bool:
    """已制定、制定了: a report of what was done."""
    return bool(re.search(r"已|曾|陆续|(?:制定|出台|印发)了", text[max(found.start() - 4, 0) : found.end()]))


RULE = Rule(id="ZX2107", name="层层制发配套文件", article="二十一", severity=Severity.WARNING, check=check)
