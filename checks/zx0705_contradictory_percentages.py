"""ZX0705 比例数字矛盾

检查什么
文件中的百分比是否自相矛盾：同一指标写了两个比例，各项权重相加不等于100%，不可能超过100%的比率超过了100%。

为什么
《意见》第七条要求明确目标任务、工作标准；标准自相矛盾，就无法执行、无法考核。

怎样判断
有下列情形之一的，予以提示：
两项目标（确保、达到、不低于、控制在等）除比例外文字相同，比例不同，又不是分年度、分地区、分阶段规定的；
同一句列出两项以上权重（分值占比），合计不等于100%的；
合格率、覆盖率、达标率、办结率、满意率等不可能超过100%的比率，写成了100%以上的。

反例
满意度占40%、办结率占40%、公开质量占30%。

正例
满意度占40%、办结率占40%、公开质量占20%。

怎样修改
核对数据来源，统一口径；分年度或者分地区的，写明年度、地区。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from shenwen.checks.operative import is_statute, sentences_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Evidence, Facts, Obligation, Severity

_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)%")
_WEIGHT = re.compile(r"[、，：:（(]?[^、，。；：:（()）%]{2,24}?(?:权重|占比|占|分值占)(?:为|是)?(\d{1,3}(?:\.\d+)?)%")
_WEIGHING = re.compile(r"权重|计分|评分|总分|得分|考核|评价|分值")
#: Rates that are shares of a whole; a gross enrolment rate or a rate of completion may pass 100 %.
_SHARE = re.compile(
    r"(?:合格率|覆盖率|达标率|办结率|满意率|满意度|普及率|签约率|接种率|回复率|答复率|公开率|及时率|知晓率|建档率|参保率)"
    r"[^，。；%\d]{0,8}?(\d{3}(?:\.\d+)?)%"
)
_GROWTH = re.compile(r"增长|提高了?$|上升|同比|环比|为上年|是上年|相当于")
#: What makes a percentage a goal; 基金承担50% is a share of a payment.
_GOAL = re.compile(r"确保|达到|不低于|不少于|不高于|不超过|控制在|提高[到至]|降低?[到至]|力争|%(?:以上|以内)")
_PHASED = re.compile(r"分别|阶段|批|期|\d{4}年|每年|首年|次年|明年|今年|其中|另|上年|东部|中部|西部|城市|农村|城镇|乡镇")
#: The number of an item.
_LABEL = re.compile(r"^\s*[（(]?(?:\d+|[一二三四五六七八九十]+)[）)、.．]")
#: Shorter demands say too little to be called the same.
SHORTEST = 8


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """Remarks on weights, on rates, then on demands that differ in nothing but the percentage."""
    if facts.masthead.kind in OTHER_KINDS:
        return
    for start, end, text in sentences_of(document, facts):
        yield from _weights(facts, start, end, text)
        yield from _beyond_whole(facts, start, text)
    if not is_statute(facts):  # scales of charges and benefits have a percentage a step
        yield from _twice(document, facts)


def _weights(facts: Facts, start: int, end: int, text: str) -> Iterator[Remark]:
    parts = [Decimal(found[1]) for found in _WEIGHT.finditer(text)]
    total = sum(parts)
    if len(parts) < 2 or len(parts) != len(_PERCENT.findall(text)) or not _WEIGHING.search(text) or total == 100:
        return
    if total > 100 or len(parts) > 2:
        yield Remark(
            f"各项权重合计为{total}%，不等于100%",
            facts.view.source(start, end),
            suggestion="核对各项权重，使合计为100%",
        )


def _beyond_whole(facts: Facts, start: int, text: str) -> Iterator[Remark]:
    for found in _SHARE.finditer(text):
        if Decimal(found[1]) > 100 and not _GROWTH.search(found[0]):
            yield Remark(
                f"比率不可能超过100%：{found[0]}",
                facts.view.source(start + found.start(), start + found.end()),
                suggestion="核对数据来源和口径",
            )


def _twice(document: Document, facts: Facts) -> Iterator[Remark]:
    demands = [(obligation, *parts) for obligation in facts.obligations if (parts := _demand(facts, obligation))]
    for (first, words, one), (second, others, other) in combinations(demands, 2):
        if words == others and one != other:
            yield Remark(
                f"同一指标的比例前后矛盾：一处为{one}%，一处为{other}%",
                second.span,
                evidence=(Evidence(source=document.path, quote=first.quote, own=first.span),),
                suggestion="统一为一个比例；分年度或者分地区的，写明年度、地区",
            )


def _demand(facts: Facts, obligation: Obligation) -> tuple[str, Decimal] | None:
    """The words of a demand without marks and percentage, and the percentage; None where it has not exactly one."""
    text = facts.view.of(obligation.span)
    found = _PERCENT.findall(text)
    if len(found) != 1 or not _GOAL.search(text) or _PHASED.search(text):
        return None
    start, _ = facts.view.range(obligation.span)
    before = re.split(r"[。；\n]", facts.view.text[max(0, start - 80) : start])[-1]  # for whom: 对小微企业，费率降至1%以下
    before = _LABEL.sub("", before)
    words = re.sub(r"[\W_]", "", _PERCENT.sub("", before + text))
    return (words, Decimal(found[0])) if len(words) >= SHORTEST else None


RULE = Rule(
    id="ZX0705",
    name="比例数字矛盾",
    article="七",
    severity=Severity.WARNING,
    check=check,
)
