"""ZX1305 解读照抄文件

检查什么
解读是否只是重复文件原文，没有说明背景、内容和办法。

为什么
《意见》第十三条要求的解读是让人看得懂；照抄原文等于没有解读。

怎样判断
解读正文有足够篇幅，其中八成以上的文字与文件原文相同（按八字片段抽样估计）的，予以提示，并写明估计的比例。
图解等文字很少的解读不判断。

反例
《河道管护办法》解读全文就是办法的第一条到第二十条。

正例
解读说明为什么制定、主要管什么、怎么申请、什么时候施行，只引用关键条款。

怎样修改
说明制定背景、主要内容、新旧政策差别、办理办法和咨询渠道。

选项
`share`：与原文相同的比例达到多少时提示，默认 0.8。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第十三条。
"""

from __future__ import annotations

from collections.abc import Iterator

from shenwen.checks.interpretation_clock import evidence_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.model import Document, Facts, Severity
from shenwen.corpus.sketches import containment

#: Fewer sampled pieces than this (about 160 characters) say nothing of a text.
_ENOUGH = 20


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark on an interpretation that mostly repeats its document."""
    for pair in context.peers.of_interpretation(document.path) if context.peers else ():
        share = containment(pair.interpretation.sketch, pair.policy.sketch)
        if len(pair.interpretation.sketch) >= _ENOUGH and share >= float(context.option("share")):
            yield Remark(
                f"解读约{share:.0%}的文字与《{pair.policy.title}》原文相同",
                facts.masthead.title_span,
                evidence=(evidence_of(pair, "policy"),),
                suggestion="说明制定背景、主要内容、新旧差别和办理办法，不照抄原文",
            )
            return


RULE = Rule(
    id="ZX1305",
    name="解读照抄文件",
    article="十三",
    severity=Severity.WARNING,
    check=check,
    options=(("share", 0.8),),
    needs_peers=True,
)
