"""ZX0701 时限无法执行

检查什么
要求完成的日期是否早于成文日期，日期是否存在。

为什么
《意见》第七条要求明确时限要求；发文时已经过去的时限、日历上没有的日期，都无法执行。

怎样判断
要求句中的最后期限早于落款日期的，或者写明的日期不存在（如2月30日）的，予以提示。
没有落款日期的草稿以审核当日为准。早于一年以上的、办法、细则中没有写年份而年年如此的，说明资格和条件的（“5月1日前到期的贷款”）、叙述已经办成的事的，不提示；
没有写年份而已过去半年以上的，视为次年；没有落款日期又没有写年份的，可能是旧稿，过去两个月以内的才提示，降为提示级。

反例
（成文日期2024年5月6日）请于2024年4月30日前报名。

正例
（成文日期2024年5月6日）请于2024年5月20日前报名。

怎样修改
核对日期；跨年度的写明年份。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from shenwen.checks.operative import signature, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.stated_days import StatedDay, stated_days
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

_RULES = re.compile(r"(?:办法|细则|规定|条例|制度|章程)")
_YEARLY = re.compile(r"每年[^。；]*$|[次翌]年[^，。；]*$")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each last day that lies before the day of issue or in no calendar."""
    if facts.masthead.kind in OTHER_KINDS:
        return
    signed = signature(document, facts)
    issued = signed[0] if signed else context.today
    title = title_text(document, facts)
    for obligation in facts.obligations:
        for stated in stated_days(facts, obligation, issued.year if issued else None):
            if stated.day is None:
                yield Remark("日期不存在", stated.span, suggestion="核对日期")
            elif (
                issued
                and stated.day < issued
                and not _recurs(facts, stated, title)
                and _is_a_slip(stated, issued, signed is not None)
            ):
                basis = f"成文日期{issued.isoformat()}" if signed else f"审核当日{issued.isoformat()}"
                yield Remark(
                    f"完成时限{stated.day.isoformat()}早于{basis}",
                    stated.span,
                    suggestion="核对日期，跨年度的写明年份",
                    severity=None if signed or stated.with_year else Severity.INFO,
                )


def _recurs(facts: Facts, stated: StatedDay, title: str) -> bool:
    """Whether the day comes every year: 每年的3月、10月底前, and whatever a set of rules says without a year."""
    start, _ = facts.view.range(stated.span)
    return not stated.with_year and bool(_RULES.search(title) or _YEARLY.search(facts.view.text, max(0, start - 16), start))


def _is_a_slip(stated: StatedDay, issued: date, signed: bool) -> bool:
    """A day long past belongs to a condition or a report; 2月底前 in December is next year's; a text without any year may be old."""
    past = issued - (stated.day or issued)
    return past < timedelta(days=366 if stated.with_year else 183 if signed else 62)


RULE = Rule(id="ZX0701", name="时限无法执行", article="七", severity=Severity.WARNING, check=check)
