"""ZX2202 督查检查考核未列入计划

检查什么
文件是否安排对县乡村及学校、医院等基层单位的督查、检查、考核，而没有提到年度计划或者审批。

为什么
《意见》第二十二条要求：全面清理各类督查检查考核，严格执行计划管理和报批制度，严格控制总量和频次。

怎样判断
句中要求对市、县、乡镇、村、街道、社区、学校、医院等开展督查、督导检查、考核、考评，
而全文没有提到年度计划、计划管理、报批、批准、备案或者“双随机”的，予以提示，由审核人员核对年度督查检查考核计划。
国务院及其办公厅的文件、要求减少检查考核的文件，不提示。

反例
市里将每季度对各县区开展一次专项督查，年底进行考核。

正例
经列入年度督查检查考核计划，11月对各县区开展一次专项督查。

怎样修改
列入年度计划或者履行报批手续，并在文中写明；能用数据、暗访代替的，改用数据、暗访。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十二条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.bodies import issuers
from shenwen.checks.negation import negated
from shenwen.checks.operative import is_statute, sentences_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_TARGET = (
    r"(?:各?(?:县|乡镇|镇|街道|村|社区|市州|市、州|市县|区县|地)[^，。；]{0,10}|下级[^，。；]{0,6}"
    r"|基层[^，。；]{0,6}|学校[^，。；]{0,6}|医院[^，。；]{0,6})"
)
_ACT = r"(?:督查|督导检查|专项检查|检查考核|督查考核|考核|考评|督办检查|巡查考核|评估考核)"
_ORDER = re.compile(
    rf"对{_TARGET}[^。；]{{0,24}}(?:开展|进行|组织|实施|实行)[^，。；]{{0,16}}{_ACT}"
    rf"|(?:开展|进行|组织|实行)[^，。；]{{0,12}}对{_TARGET}[^，。；]{{0,12}}{_ACT}"
    rf"|(?:每(?:年|季度?|月|半年|周)|定期|不定期)[^，。；]{{0,8}}对{_TARGET}[^，。；]{{0,16}}{_ACT}"
)
_PLANNED = re.compile(
    r"(?:年度|督查|检查|考核)[^，。；]{0,10}计划|计划管理|报批|(?:经|报)[^，。；]{0,16}(?:批准|同意"
    r"|审批|备案)|(?:统筹|统一)(?:安排|部署)|双随机|依据[^，。；]{0,12}法"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each such order in a document that mentions no plan."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts) or _PLANNED.search(facts.view.text):
        return
    if any("国务院" in name for name in issuers(document, facts, context)):
        return
    for start, _, text in sentences_of(document, facts):
        found = _ORDER.search(text)
        if found and not negated(text, found.start(), found.end()):
            yield Remark(
                "安排对基层的督查检查考核，文中没有提到列入年度计划或者经过批准",
                facts.view.source(start + found.start(), start + found.end()),
                suggestion="核对年度督查检查考核计划；列入计划或者履行报批手续后在文中写明",
            )


RULE = Rule(id="ZX2202", name="督查检查考核未列入计划", article="二十二", severity=Severity.INFO, check=check)
