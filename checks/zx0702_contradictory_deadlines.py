"""ZX0702 时限前后矛盾

检查什么
同一任务在同一文件中是否写了两个不同的完成日期。

为什么
《意见》第七条要求明确时限要求；前后矛盾的时限无法执行、无法督办。

怎样判断
两处要求去掉日期后文字几乎相同（或者一处包含另一处），承担单位相同，而完成日期不同的，予以提示。
按阶段、按批次、按地区分别规定的，不提示。

反例
各镇要在6月底前完成河道清障。……各镇要在7月底前完成河道清障。

正例
各镇要在6月底前完成河道清障。……河道清障情况7月底前由水务局验收。

怎样修改
统一为一个日期；分阶段的，写明各阶段的任务。

选项
`similarity`：两处文字相同程度的下限（0至1），默认 0.9。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from shenwen.checks.operative import signature
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.stated_days import stated_days
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Evidence, Facts, Obligation, Severity, Span

_TIME_WORDS = re.compile(r"[\d一二三四五六七八九十年月日底末前之以于在到]|[\W_]")
_STAGES = re.compile(r"第[一二三四五]?(?:阶段|批|期)|分别|首批|其中|另|再次|延长|延期|顺延|原定")
#: Shorter task words than these say too little to be called the same task.
SHORTEST = 6


@dataclass(frozen=True, slots=True)
class _Dated:
    """A task with one last day; `words` is its text without marks, digits and time words."""

    words: str
    day: date
    span: Span


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on the later of two statements of one task with different last days."""
    if facts.masthead.kind in OTHER_KINDS:
        return
    signed = signature(document, facts)
    year = signed[0].year if signed else (context.today.year if context.today else None)
    tasks = [task for obligation in facts.obligations if (task := _dated(facts, obligation, year))]
    for first, second in combinations(tasks, 2):
        if first.day != second.day and _same(first.words, second.words, float(context.option("similarity"))):
            yield Remark(
                f"同一任务的时限前后矛盾：一处为{first.day.isoformat()}，一处为{second.day.isoformat()}",
                second.span,
                evidence=(Evidence(source=document.path, quote=document.quote(first.span), own=first.span),),
                suggestion="统一为一个日期；分阶段的，写明各阶段的任务",
            )


def _dated(facts: Facts, obligation: Obligation, year: int | None) -> _Dated | None:
    days = [stated for stated in stated_days(facts, obligation, year) if stated.day]
    text = facts.view.of(obligation.span)
    if len(days) != 1 or days[0].day is None or _STAGES.search(text):
        return None
    words = _TIME_WORDS.sub("", text)
    return _Dated(words, days[0].day, obligation.span) if len(words) >= SHORTEST else None


def _same(one: str, other: str, limit: float) -> bool:
    if abs(len(one) - len(other)) > (1 - limit) * (len(one) + len(other)):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= limit and matcher.ratio() >= limit


RULE = Rule(
    id="ZX0702",
    name="时限前后矛盾",
    article="七",
    severity=Severity.WARNING,
    check=check,
    options=(("similarity", 0.9),),
)
