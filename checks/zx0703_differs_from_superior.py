"""ZX0703 时限与上级文件不一致

检查什么
同一任务在本件中的完成日期、办理期限，是否与索引中上级文件的规定不同。

为什么
《意见》第七条、第十条要求按上级明确的时限执行和报告；擅自放宽时限，任务就会逾期；收紧时限，也应当有意为之。

怎样判断
本件的任务与上级现行文件的任务文字基本相同，两处各写明一个日期（或者一个同样单位的期限），而日期、期限不同的，予以提示。
晚于、长于上级规定的，为警告；早于、短于上级规定的，为提示。
上级文件指同一地方、级别更高或者本件据以制定的现行文件。

反例
省文件：各市州要在9月30日前完成隐患排查。市文件：各县区要在10月31日前完成隐患排查。

正例
省文件：各市州要在9月30日前完成隐患排查。市文件：各县区要在9月30日前完成隐患排查。

怎样修改
按上级文件的时限改正；确需提前的，予以说明；确需推迟的，先报上级同意。

选项
`similarity`：两处文字相同程度的下限（0至1），默认 0.6。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条、第十条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shenwen.checks.repetition import evidence, repeated_from
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.stated_days import only_day
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity

if TYPE_CHECKING:
    from shenwen.corpus.entries import Entry
    from shenwen.corpus.restatements import Repeated, Restatement, Source

_WITHIN = re.compile(r"(\d{1,3})个?(工作日|日|天|月|小时)(?:之内|以内|内)")
_DAYS = {"天": "日"}


@dataclass(frozen=True, slots=True)
class _Limit:
    """A time limit that can be compared: `unit` is 日期 for a day (`size` its ordinal), else the unit of a length."""

    unit: str
    size: int
    words: str


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on every task whose only time limit differs from the one in the document above."""
    draft = context.draft
    if draft is None or facts.masthead.kind in OTHER_KINDS:
        return
    found = repeated_from(draft, context.archive, lambda source: _is_above(draft, source))
    for source, each in found.best:
        if each.similarity >= float(context.option("similarity")) and (remark := _remark(found, source, each)):
            yield remark


def _is_above(draft: Entry, source: Source) -> bool:
    """Whether the document stands above the draft, by rank or as its basis."""
    from shenwen.corpus.standing import standing_of

    return standing_of(draft, source.entry).lower == "a"


def _remark(found: Restatement, source: Source, each: Repeated) -> Remark | None:
    unit = found.draft.units[each.unit]
    own = _limit(unit.text, found.draft)
    theirs = _limit(source.entry.units[each.other].text, source.entry)
    if own is None or theirs is None or own.unit != theirs.unit or own.size == theirs.size:
        return None
    later = own.size > theirs.size
    return Remark(
        f"时限与上级文件不一致：本件为“{own.words}”，《{source.entry.title or source.entry.path}》为“{theirs.words}”，"
        + ("放宽了时限" if later else "收紧了时限"),
        unit.span,
        evidence=(evidence(found.draft, source, each),),
        suggestion="按上级文件的时限改正，或者报上级同意" if later else "确需提前的，予以说明；否则按上级文件的时限改正",
        severity=Severity.WARNING if later else Severity.INFO,
    )


def _limit(text: str, entry: Entry) -> _Limit | None:
    """The one time limit of a passage; None where it states none, or several."""
    stated = only_day(text, entry.issued_date.year if entry.issued_date else None)
    lengths = list(_WITHIN.finditer(text))
    if stated and not lengths:
        return _Limit("日期", stated.toordinal(), f"{stated.year}年{stated.month}月{stated.day}日")
    if len(lengths) == 1 and not stated:
        return _Limit(_DAYS.get(lengths[0][2], lengths[0][2]), int(lengths[0][1]), lengths[0][0])
    return None


RULE = Rule(
    id="ZX0703",
    name="时限与上级文件不一致",
    article="七",
    severity=Severity.WARNING,
    check=check,
    options=(("similarity", 0.6),),
    needs_index=True,
)
