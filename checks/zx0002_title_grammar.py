"""ZX0002 标题要素不全

检查什么
公文标题是否由发文机关名称、事由和文种组成，写法是否规范。

为什么
标题是公文的名字；缺文种、缺事由的标题，收文单位看不出要办什么，也无法检索。

怎样判断
只看有主送机关的文稿。标题末尾没有文种的，没有“关于”又没有印发、转发等动词的，“关于”重复的，予以提示。
命令、公告、公报、纪要和任免、批转等按惯例可以省略的不提示。

反例
关于做好防汛工作（标题末尾没有文种）

正例
云川市人民政府办公室关于做好2026年防汛工作的通知

怎样修改
补上缺少的要素：发文机关＋关于＋事由＋的＋文种。

选项
无。

依据
《党政机关公文处理工作条例》（中办发〔2012〕14号）第九条（七）：标题由发文机关名称、事由和文种组成；
《党政机关公文格式》（GB/T 9704-2012） 7.3.1。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_TYPES = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|办法|规定|细则|条例|规则|规程|规划|计划|要点|预案|标准|指南|措施|目录|清单|工作安排"
    "|实施意见|制度|章程|答复|公示|倡议书|责任书|总结|通知书|决定书|复函|要求|须知|指引|意见书|纲要|指导书|政策|守则|公约|批示|提纲|讲话|建议|解释|答复函"
)
_TYPE = re.compile(rf"(?:{_TYPES})(?:[（(〔\[][^（）()]*[）)〕\]])*$")
#: Types of letters; a set of rules (…管理办法, …实施细则) bears its own name.
_LETTER = re.compile(r"(?:决定|意见|通知|通报|报告|请示|批复|函)(?:[（(][^（）()]*[）)])*$")
_NO_ABOUT = re.compile(
    r"工作报告|印发|转发|批转|发布|公布|任免|任命|免去|同意|表彰|的?(?:命令|令|公告|公报|纪要|通告|议案|公示)(?:（.*）)?$|^.{0,6}通知$"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """At most one remark, on the title."""
    head = facts.masthead
    if not head.title or head.kind in OTHER_KINDS or not head.addressees:
        return
    title = re.sub(r"\s", "", head.title)
    if (fault := _fault(title)) is not None:
        yield Remark(f"标题{fault[0]}", head.title_span, suggestion=fault[1])


def _fault(title: str) -> tuple[str, str] | None:
    outside = re.sub(r"《[^》]*》", "《》", title)
    if len(re.findall("关于", outside)) >= 2 and not re.search(r"[印转批]发|废止|修改|同意|贯彻|落实|执行", outside):
        return "“关于”重复", "只保留一个“关于”"
    if "关于" in outside and not _TYPE.search(outside):
        return "末尾没有文种", "补上文种，如“的通知”“的意见”"
    if "关于" not in outside and _LETTER.search(outside) and not _NO_ABOUT.search(outside):
        return "没有用“关于”引出事由", "写成“发文机关＋关于＋事由＋的＋文种”"
    return None


RULE = Rule(id="ZX0002", name="标题要素不全", article="公文格式", severity=Severity.INFO, check=check)
