"""ZX1303 解读不是起草部门所作

检查什么
政策解读是否由文件的起草部门发布。

为什么
《意见》第十三条要求文件牵头起草部门解读，谁起草、谁解读。

怎样判断
解读和文件都写明发布机关，文件由部门制发，而解读由同级的另一个部门或者别的地方发布的，予以提示。
文件由政府及其办公厅（室）制发的，起草部门一般不见于文件，同一地方的部门所作的解读不提示。没有写明机关的不提示。

反例
云岭区水务局制发的办法，由云岭区教育局解读。

正例
云岭区水务局制发的办法，由云岭区水务局解读。

怎样修改
由起草部门解读，或者转载起草部门的解读并注明来源。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第十三条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shenwen.checks.interpretation_clock import evidence_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.corpus.model import Document, Facts, Severity
from shenwen.corpus.title_keys import places

if TYPE_CHECKING:
    from shenwen.corpus.pairing_tables import Pair

_GOVERNMENT = re.compile(r"政府|国务院|党委|省委|市委|县委|区委|办公厅|办公室")
_OFFICE = re.compile(r"(?:新闻办|新闻办公室|融媒体中心|政务公开)")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark on an interpretation that another body than the drafter put out."""
    for pair in context.peers.of_interpretation(document.path) if context.peers else ():
        if _foreign(pair):
            theirs, ours = "、".join(pair.policy.issuers), "、".join(pair.interpretation.issuers)
            yield Remark(
                f"解读由{ours}发布，而文件《{pair.policy.title}》由{theirs}制发",
                facts.masthead.title_span,
                evidence=(evidence_of(pair, "policy"),),
                suggestion="由文件的起草部门解读，或者注明转载来源",
            )
            return


def _foreign(pair: Pair) -> bool:
    """Whether none of the interpretation's bodies can have drafted the document."""
    drafters, speakers = pair.policy.issuers, pair.interpretation.issuers
    if not drafters or not speakers or any(_OFFICE.search(name) for name in speakers):
        return False
    return not any(_may_speak(speaker, drafter) for speaker in speakers for drafter in drafters)


def _may_speak(speaker: str, drafter: str) -> bool:
    if speaker.endswith(drafter) or drafter.endswith(speaker):
        return True
    ours, theirs = places(speaker), places(drafter)
    if not ours or not theirs:  # 省财政厅, 局: whose it is cannot be told
        return not (theirs or ours) and bool(_GOVERNMENT.search(drafter))
    same_place = all(ours.get(rank, name) == name for rank, name in theirs.items())
    return same_place and bool(_GOVERNMENT.search(drafter))


RULE = Rule(
    id="ZX1303",
    name="解读不是起草部门所作",
    article="十三",
    severity=Severity.INFO,
    check=check,
    needs_peers=True,
)
