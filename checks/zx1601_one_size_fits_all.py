"""ZX1601 一刀切

检查什么
是否要求对企业、商户、养殖户等一律关停、一律停产、限期全部取缔，而不区分情形。

为什么
《意见》第十六条要求：严禁选择性执法，避免简单执法，在安全生产、生态环保等领域微观执法过程中不搞“一刀切”。

怎样判断
句中有“一律（全部）关停、停产、停业、停工、取缔、禁养”等要求，而没有写明违法、不达标、无证、超标等情形或者除外情形的，予以提示。
“不得一律关停”“不搞一刀切”等表述，灾害、事故的应急处置，不提示。

反例
全区砖厂一律停产，所有养殖户限期全部清退。

正例
排放不达标的砖厂，由环保部门责令限期治理；达标的正常生产。

怎样修改
写明适用的违法情形和依据，区分达标与不达标，给出整改期限和救济途径。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第十六条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.negation import negated
from shenwen.checks.operative import is_statute, sentences_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_SWEEPING = re.compile(
    r"(?:一律|全部|全面|无条件)(?:予以|实行|进行|限期)?(?:关停|停产|停业|停工|关闭|取缔|清退|禁养"
    r"|禁止经营|停止(?:生产|经营|营业|施工))"
)
#: The case is limited to those who break a rule, or to an emergency.
_LIMITED = re.compile(
    r"违法|违规|非法|违章|违反|不达标|未达标|不符合|不合格|不具备|无证|无照|未取得|未经|未办|超标"
    r"|隐患|逾期|拒不|落后|淘汰|危险|危房|过期"
    r"|除外|以外|预警|响应|应急|灾害|事故|疫情|洪水|台风|暴雨|震|期间|保护区|禁养区|红线"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each sweeping order that names no offence and no exception."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts):
        return
    for start, _, text in sentences_of(document, facts):
        found = _SWEEPING.search(text)
        if found and not negated(text, found.start(), found.end()) and not _LIMITED.search(text):
            yield Remark(
                f"“{found.group()}”不区分情形，容易形成“一刀切”",
                facts.view.source(start + found.start(), start + found.end()),
                suggestion="写明适用的违法情形和依据，区分达标与不达标，给出整改期限",
            )


RULE = Rule(id="ZX1601", name="一刀切", article="十六", severity=Severity.INFO, check=check)
