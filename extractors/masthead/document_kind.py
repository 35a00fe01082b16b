"""What a document is for: policy, interpretation, law, news, form or other."""

from __future__ import annotations

import re

from shenwen.corpus.model import DocumentKind
from shenwen.extractors.masthead.document_types import type_of, without_brackets
from shenwen.extractors.masthead.title import explains

_FORM = re.compile(r"(?:申请|申报|登记|审批|备案|汇总|一览|报名|推荐|统计|调查|评分|承诺)(?:表|书|单)(?:（[^）]*）)?$")
_NEWS = re.compile(r"新华社(?!受权)|本报讯|本报记者|记者(?:从|获悉|了解)|讯(?:（|\()|据悉|（记者|通讯员|责任编辑")
_DATELINE = re.compile(r"(?:^|\n)\s*(?:昨[日天]|近日|日前|今[日天]|今年以来|(?:\d{4}年)?\d{1,2}月\d{1,2}日)[，,上下晚]")
_EVENT = re.compile(r"召开|举行|举办|开展.*活动|调研|会见|出席|启动|揭牌|获评|荣获")
_ARTICLE = re.compile(r"^[ \t\u3000*#]*第[一二三]条", re.MULTILINE)
_ITEM = re.compile(r"^[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)", re.MULTILINE)
_MANY_ITEMS = 12
_LAW_NAME = re.compile(r"法$|法典$|条例$|法实施条例$|实施细则$")
#: Judicial interpretations, amendments of laws, and decisions of people's congresses, in articles or not.
_LAW_BY_NAME = re.compile(
    r"^最高人民(?:法院|检察院).*(?:解释|规定|批复)$|(?:刑法|宪法)修正案$"
    r"|人民代表大会(?:常务委员会)?关于(?:修改|废止|授权|批准|设立).*决定$"
)
_PROMULGATED = re.compile(
    r"(?:国务院|人民政府|主席|部|委员会|署|总局)令|(?:通过|修订|修正|公布|批准)[^\n]{0,60}\n|第[^\n]{1,20}次会议通过"
)


def kind_of(title: str | None, text: str, doc_number: str | None, has_addressees: bool) -> DocumentKind:
    """Decided by the title first, then by marks of the text's opening."""
    name = title or ""
    head = text[:1200]
    if explains(name):
        return DocumentKind.INTERPRETATION
    if _FORM.search(name):
        return DocumentKind.FORM
    if name.endswith("政府工作报告"):
        return DocumentKind.OTHER
    kind = type_of(re.sub(r"《.*》", "《》", name))
    if _LAW_BY_NAME.search(without_brackets(name)):
        return DocumentKind.LAW
    if kind and not has_addressees and _is_law(name, kind.structured, text, head):
        return DocumentKind.LAW
    if doc_number or has_addressees:
        return DocumentKind.POLICY
    if kind and (kind.legal or not _NEWS.search(head)) and not name.endswith("》"):
        return DocumentKind.POLICY
    if kind is None and _EVENT.search(name) and _DATELINE.search(head):
        return DocumentKind.NEWS
    if _NEWS.search(head) or _NEWS.search(text[-200:]):
        # A newspaper that prints a whole document: headings and items tell it from a report about it.
        return DocumentKind.POLICY if len(_ITEM.findall(text)) >= _MANY_ITEMS else DocumentKind.NEWS
    return DocumentKind.OTHER


def _is_law(name: str, structured: bool, text: str, head: str) -> bool:
    """Adopted texts in articles: every 法 and 条例, and 规定/办法 that were promulgated by an order or adopted by a meeting."""
    bare = without_brackets(name)
    if not structured or re.search(r"关于印发|关于.*的(?:通知|意见|决定)", name) or _ARTICLE.search(text) is None:
        return False
    return bool(_LAW_NAME.search(bare) or _PROMULGATED.search(head))
