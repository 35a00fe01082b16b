"""ZX2203 对下级政府提出检查要求

检查什么
部门的业务检查是否把下级政府作为检查、考核、通报的对象。

为什么
《意见》第二十二条要求：各部门开展业务性工作检查，原则上只检查下级对口部门，不得对下级政府提出检查要求。

怎样判断
发文机关都是部门或者议事协调机构，文中要求检查、督查、考核、通报、约谈下级人民政府，
又没有写明经本级政府同意或者批准的，予以提示。检查下级对口部门的不提示。

反例
县水务局将对各镇人民政府河道清障情况进行检查考核，结果予以通报。

正例
县水务局将对各镇水务站河道清障情况进行抽查。

怎样修改
把检查对象改为下级对口部门；确需检查下级政府的，报请本级政府批准并在文中写明。

选项
无。发文机关不明而在 shenwen.toml 中设置 `profile = "部门"` 的，按部门判断。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十二条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.bodies import APPROVAL, is_department
from shenwen.checks.negation import negated
from shenwen.checks.operative import is_statute, sentences_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_GOVERNMENT = (
    r"(?:下级政府|各?(?:市|州|县|区|镇|乡|各地)[^，。；]{0,8}(?:人民)?政府(?!办公|各|组成|有关|直属"
    r"|部门|网站|采购|投资)|街道办事处)"
)
_DEMAND = re.compile(
    rf"(?:对|向){_GOVERNMENT}[^。；]{{0,30}}(?:检查|督查|考核|考评|通报|排名|约谈|问责|评估)"
    rf"|(?:检查|督查|考核|考评|约谈|通报){_GOVERNMENT}|{_GOVERNMENT}[^，。；]{{0,10}}(?:迎检"
    rf"|接受[^，。；]{{0,6}}(?:检查|督查|考核))"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each demand that a department's check makes of governments."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts) or not is_department(document, facts, context):
        return
    if APPROVAL.search(facts.view.text):
        return
    for start, _, text in sentences_of(document, facts):
        found = _DEMAND.search(text)
        if found and not negated(text, found.start(), found.end()):
            yield Remark(
                "部门业务检查以下级政府为对象，文中没有写明已经本级政府批准",
                facts.view.source(start + found.start(), start + found.end()),
                suggestion="把检查对象改为下级对口部门，或者报请本级政府批准并写明",
            )


RULE = Rule(id="ZX2203", name="对下级政府提出检查要求", article="二十二", severity=Severity.WARNING, check=check)
