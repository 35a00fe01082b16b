"""ZX0008 规范性文件没有写明有效期

检查什么
地方政府和部门的行政规范性文件（办法、规定、细则、规则，或者文号带“规”字的文件）是否写明施行日期和有效期。

为什么
规范性文件实行有效期制度；没有有效期，到期清理、评估和台账中的效力状态都无从计算。

怎样判断
文号的机关代字带“规”字，或者印发、公布的是办法、规定、细则、规则的，正文（附则、印发通知）中没有“有效期”、失效日期、“试行若干年”一类的话的，予以提示；
没有施行日期的，一并指出。
国务院及其部门的文件、法律法规规章（令）、内部工作规则、党的文件、草案的解读，不提示。

反例
本办法自2024年5月1日起施行。

正例
本办法自2024年5月1日起施行，有效期5年。

怎样修改
在附则或者印发通知中写明“自某年某月某日起施行，有效期若干年”。

选项
无。

依据
《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）及各地关于规范性文件有效期的规定。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.bodies import issuers
from shenwen.checks.operative import head_lines, title_range, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_NORMATIVE_NUMBER = re.compile(r"^[一-鿿]{1,12}规(?:〔|\[|［|【|（|\()|^[一-鿿]{1,8}(?:政|府|办)?规(?:发|字)")
_NORMATIVE_TITLE = re.compile(r"(?:办法|规定|细则|规则)(?:（[^）]*）)?》?(?:的通知|的公告|的通告|的决定)?$")
#: Rules for an office's own work bind nobody outside; drafts that are explained are not issued here.
_INTERNAL = re.compile(r"工作规则|议事规则|内部|机关[^，。]{0,6}(?:管理|考勤|值班|财务)|考核办法|废止|修改|修订说明|解读|清理")
_NATIONAL = re.compile(
    r"^(?:国务院|中共中央|中央|全国|国家|最高人民|中华人民共和国)|部(?:办公[厅室])?$|总局(?:办公[厅室])?$|海关总署|^中国(?:人民银行|证监会|银保监会)"
)
_PERIOD = re.compile(
    r"有效期|有效期限|(?:同时|自动|届时|即行)失效|有效至|执行至|施行至|实施至|试行期|暂行期|(?:试行|施行|执行|有效)[一二三四五六七八九十两\d]+个?(?:年|月)"
    r"|至[^，。；]{2,20}(?:止|失效|有效)|期限为?[一二三四五六七八九十两\d]+年"
)
_IN_FORCE = re.compile(r"(?:起|日|后)(?:正式)?(?:施行|实施|执行|生效)|施行日期|开始(?:施行|实施|执行)")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark, at the title, on a normative document that does not say how long it is valid."""
    if facts.masthead.kind in OTHER_KINDS or not _is_normative(document, facts, context):
        return
    if facts.masthead.expires_date or _PERIOD.search(facts.view.text):
        return
    title = title_range(document, facts)
    dated = facts.masthead.effective_date or _IN_FORCE.search(facts.view.text)
    yield Remark(
        "规范性文件没有写明有效期" + ("" if dated else "和施行日期"),
        facts.view.source(*title) if title else None,
        suggestion="在附则或者印发通知中写明“自某年某月某日起施行，有效期若干年”",
    )


def _is_normative(document: Document, facts: Facts, context: Context) -> bool:
    """By its number (…规〔2024〕1号) or its title; by the title only where it is no order (令) and comes from a local body."""
    title, bodies = title_text(document, facts), issuers(document, facts, context)
    if not bodies or any(_NATIONAL.search(name) or "中共" in name for name in bodies) or _INTERNAL.search(title):
        return False
    if facts.masthead.doc_number and _NORMATIVE_NUMBER.search(facts.masthead.doc_number):
        return True
    order = re.search(r"令", facts.masthead.doc_number or "") or any(
        re.search(r"令$|第\d+号$", line) for line in head_lines(facts, 3)
    )
    return not order and bool(_NORMATIVE_TITLE.search(title))


RULE = Rule(
    id="ZX0008",
    name="规范性文件没有写明有效期",
    article="公文格式",
    severity=Severity.INFO,
    check=check,
)
