"""ZX0704 时限落在休息日

检查什么
写明日期的完成时限是否落在周末或者法定节假日。

为什么
截止日在休息日的，承办单位往往提前或者顺延各说不一；写成工作日，执行才没有疑问。

怎样判断
要求句中写明年、月、日的最后期限，按国务院办公厅公布的放假和调休安排是休息日的，予以提示，并给出下一个工作日。
“月底”“年底”等不写明日的不提示；当年安排尚未公布的，说明无法判断。

反例
请于2026年10月3日前报送（国庆节假期）

正例
请于2026年10月9日前报送

怎样修改
改为工作日，或者写明遇节假日是否顺延。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条；《中华人民共和国民法典》第二百零三条：期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_statute, signature
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.stated_days import stated_days
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity
from shenwen.corpus.workdays import Calendar, Unannounced

_EXTENDED = re.compile(r"顺延|遇(?:节假日|休息日|法定)")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each last day that is a rest day; days in years that are not announced are said to be undetermined."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts):
        return
    signed = signature(document, facts)
    issued = signed[0] if signed else context.today
    calendar = Calendar.default()
    for obligation in facts.obligations:
        if _EXTENDED.search(obligation.text):
            continue
        for stated in stated_days(facts, obligation, issued.year if issued else None):
            day = stated.day
            if day is None or stated.whole_month or (issued and day < issued):
                continue
            try:
                if not calendar.is_workday(day):
                    following = calendar.roll_forward(day)
                    yield Remark(
                        f"完成时限{day.isoformat()}是休息日，下一个工作日是{following.isoformat()}",
                        stated.span,
                        suggestion="改为工作日，或者写明遇节假日是否顺延",
                    )
            except Unannounced as unknown:
                yield Remark(f"无法判断{day.isoformat()}是否工作日：{unknown}", stated.span, undetermined=True)


RULE = Rule(id="ZX0704", name="时限落在休息日", article="七", severity=Severity.INFO, check=check)
