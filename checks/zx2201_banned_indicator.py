"""ZX2201 不得作为考核指标

检查什么
是否把对口开会、发文、成立机构、专设办公室、制度上墙、内刊简报上稿、关注公众号等作为考核指标。

为什么
《意见》第二十二条要求：不得把是否对口开会、发文、成立议事协调机构及“专设办公室”“制度上墙”“内刊简报上稿”、
关注微信公众号等作为考核指标。

怎样判断
同一句中既有考核、考评、评分、通报排名等词语，又有上列事项的，予以提示；点赞、转发、下载安装应用程序等同类事项一并提示。
“不得把……作为考核指标”等禁止、取消的表述不提示。

反例
将各单位信息简报采用数量、公众号关注人数纳入年度绩效考核。

正例
年度考核以群众办事时限、投诉办结率为主要指标。

怎样修改
删去该指标，改为考核工作成效和群众评价。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十二条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.negation import negated
from shenwen.checks.operative import sentences_of
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_ASSESSMENT = re.compile(r"考核|(?<!统)考评(?!卷)|评比|评先|加分|扣分|绩效|目标管理|通报排名|纳入(?:督查|评价)")
_INDICATOR = re.compile(
    r"(?:是否|有无)?(?:对口)?(?:开会|召开(?:专题)?会议|发文|印发文件)(?:次数|数量|情况|频次|作为|的?加|的?计)"
    r"|(?:是否|有无|没有|未)(?:对口)?(?:开会|召开|发文|印发|成立|设立|专设)"
    r"|(?:成立|设立)[^，。；]{0,10}(?:议事协调机构|领导小组|专门机构|专班)"
    r"(?=的?(?:情况|作为|纳入|列入|[^，。；]{0,4}(?:加|计|得|扣|记)\s*\d*\s*分))|专设[^，。；]{0,6}办公室|制度上墙"
    r"|(?:内刊|简报|信息|稿件|宣传稿)[^，。；]{0,8}(?:上稿|采用|刊发|录用|报送数|刊用)"
    r"|(?:关注|下载|注册|安装|推广|激活)[^，。；]{0,14}(?:公众号|微信|微博|APP|app|App|客户端|小程序|视频号|应用程序)"
    r"|(?:公众号|微信|微博|APP|app|App|客户端|小程序|视频号)[^，。；]{0,8}(?:关注|下载|注册|安装|粉丝|阅读)[^，。；]{0,4}"
    r"|(?:点赞|转发|投票|阅读|浏览|打卡)(?:量|数|率|次数|人数|排名|情况)"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each such indicator in a sentence that assesses."""
    if facts.masthead.kind in OTHER_KINDS:
        return
    for start, _, text in sentences_of(document, facts):
        if not _ASSESSMENT.search(text):
            continue
        for found in _INDICATOR.finditer(text):
            if not negated(text, found.start(), found.end()):
                yield Remark(
                    f"将“{found.group()}”作为考核内容，属于《意见》明令不得采用的考核指标",
                    facts.view.source(start + found.start(), start + found.end()),
                    suggestion="删去该项指标，改为考核工作成效和群众评价",
                )
                break


RULE = Rule(id="ZX2201", name="不得作为考核指标", article="二十二", severity=Severity.ERROR, check=check)
