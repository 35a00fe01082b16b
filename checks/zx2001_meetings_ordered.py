"""ZX2001 以会议落实会议

检查什么
文件是否要求下级层层开会、逐级开会，或者要求召开动员会、部署会、推进会等会议。

为什么
《意见》第二十条要求：坚决纠正“以会议落实会议”，从严控制会议总量、规模和规格，提倡少开会、开短会、开管用的会。

怎样判断
句中要求召开动员、部署、推进、调度、传达等会议，或者要求“层层”“逐级”开会的，予以提示。
法律法规规定的会议（听证会、论证会、村民会议、职工代表大会等）、新闻发布会、电视电话会议和要求少开会的，不提示；
会议通知本身不提示。

反例
各镇要层层召开动员大会，及时组织召开推进会。

正例
各镇于3月底前把任务书面下达到村，不再另行开会。

怎样修改
改为书面部署、现场办公或者电视电话会议；确需开会的，合并召开。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.negation import negated
from shenwen.checks.operative import sentences_of, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_MEETING = re.compile(
    r"(?:层层|逐级|分级)[^，。；]{0,6}(?:召开|开会|开[^，。；]{0,10}会)"
    r"|(?:要|须|应当?|必须|务必|立即|及时|尽快|抓紧|迅速|请[^，。；]{0,12})[^，。；]{0,14}(?:召开|召集)[^，。；]{0,14}"
    r"(?:动员|部署|推进|调度|专题|传达|学习|誓师|启动|布置|总结|现场)[^，。；]{0,6}(?:大会|会议|会)"
)
_OTHER_MEETING = re.compile(r"听证|论证|村民|居民|业主|职工|股东|代表大会|家长|发布会|电视电话|视频会|网络会|联席会")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each sentence that orders a meeting."""
    if facts.masthead.kind in OTHER_KINDS or re.search(r"召开|会议", title_text(document, facts)):
        return
    for start, _, text in sentences_of(document, facts):
        found = _MEETING.search(text)
        if found and not negated(text, found.start(), found.end()) and not _OTHER_MEETING.search(text):
            yield Remark(
                "文件要求下级召开会议；《意见》要求从严控制会议总量、规模和规格",
                facts.view.source(start + found.start(), start + found.end()),
                suggestion="建议改为书面部署或者电视电话会议；确需开会的，合并召开并写明规模",
            )


RULE = Rule(id="ZX2001", name="以会议落实会议", article="二十", severity=Severity.INFO, check=check)
