"""ZX2105 未经批准向下级政府发指令

检查什么
部门、议事协调机构是否未经政府批准，向下级政府发布指令性公文或者提出指令性要求。

为什么
《意见》第二十一条要求：未经政府批准，部门和议事协调机构不得向下级政府发布指令性公文或在公文中提出指令性要求。

怎样判断
发文机关都是部门或者议事协调机构，主送机关中有下级人民政府，正文对其提出了必须执行的要求，
而全文没有写明“经……人民政府同意（批准、授权）”的，予以提示。
函、征求意见、邀请和通报情况不在此列；政府及其办公厅（室）发文不在此列。

反例
云岭区水务局文件，主送各镇人民政府：各镇必须于6月底前完成河道清障。

正例
经云岭区人民政府同意，现就河道清障有关事项通知如下：各镇应当于6月底前完成河道清障。

怎样修改
报请本级政府同意后在文中写明；或者改由政府、政府办公厅（室）发文；或者主送下级对口部门。

选项
无。发文机关不明而在 shenwen.toml 中设置 `profile = "部门"` 的，按部门判断。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条；
《党政机关公文处理工作条例》（2012年）关于下行文的规定。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.bodies import APPROVAL, governments_addressed, is_department
from shenwen.checks.operative import sentences_of, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

#: Letters between equals and requests for opinions bind nobody.
SOFT_FORMS = re.compile(r"函$|征求|征询|邀请|商请|情况的?通报|复函|公示|公告|通告")
_DEMAND = re.compile(
    r"(?:必须|务必|应当|应于|须于|要求|严禁|不得|(?<![需主重首])要(?![求点素件领闻害案]))"
    r"|请[^，。；]{0,12}(?:于|在|抓紧|立即|认真|组织|按)"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on the first binding demand of such a document."""
    if facts.masthead.kind in OTHER_KINDS or not is_department(document, facts, context):
        return
    addressed = governments_addressed(document, facts)
    title = title_text(document, facts)
    if addressed is None or SOFT_FORMS.search(title) or facts.masthead.doc_type == "函" or APPROVAL.search(facts.view.text):
        return
    demand = next(((a, b) for a, b, text in sentences_of(document, facts) if _DEMAND.search(text)), None)
    if demand:
        yield Remark(
            f"部门或者议事协调机构向下级政府（{document.quote(addressed)}）提出指令性要求，文中没有写明已经本级政府同意",
            facts.view.source(*demand),
            suggestion="报请本级政府同意并在文中写明“经……人民政府同意”，或者改由政府办公厅（室）发文、主送下级对口部门",
        )


RULE = Rule(id="ZX2105", name="未经批准向下级政府发指令", article="二十一", severity=Severity.WARNING, check=check)
