"""政策解读时限台账: who interpreted in time, for auditors: by unit and month, and every document with its dates.

Goes in: rows of `interpretations.jsonl`. Comes out: a workbook of two sheets. A document counts once, however many
interpretations or copies it has; the rate is that of the documents whose time is up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from shenwen.pipeline.reports.workbook import Cell, Column, Sheet, write_workbook

Row = dict[str, Any]

STATUS_NAMES = {"on_time": "按时", "late": "逾期", "missing": "缺失", "exempt": "不需解读", "undetermined": "无法判断"}
PENDING = "期限内"
BASIS_NAMES = {"published": "发布日期", "issued": "成文日期", None: ""}
ALL = "合计"
NO_UNIT, NO_DAY = "发文机关不明", "日期不明"
#: Columns of the summary, in order.
STATES = ("按时", "逾期", "缺失", PENDING, "无法判断", "不需解读")
DUE = ("按时", "逾期", "缺失")
SUMMARY = (
    Column("单位", 36),
    Column("月份", 12),
    *(Column(name, 9) for name in STATES),
    Column("按时率", 9),
    Column("平均工作日数", 9),
    Column("最多工作日数", 9),
)
DETAIL = (
    Column("序号", 6),
    Column("单位", 16),
    Column("文件", 26),
    Column("文件日期", 11.5),
    Column("起算依据", 9),
    Column("解读", 26),
    Column("解读日期", 11.5),
    Column("工作日数", 7),
    Column("期限", 11.5),
    Column("状态", 9),
    Column("逾期工作日", 7),
    Column("说明", 20),
    Column("对应依据", 20),
    Column("可信度", 7),
    Column("文件路径", 20),
    Column("解读路径", 20),
)


def write_interpretations(rows: Callable[[], Iterable[Row]], path: Path, today: date) -> None:
    """Write the workbook from the rows, by document, which are asked for twice; `today` tells what is missing from what is still in
    time."""
    summary = Sheet("按单位和月份", SUMMARY, list(_summary(rows(), today)))
    write_workbook(path, [summary, Sheet("明细", DETAIL, _detail(rows(), today))], today)


def documents_of(rows: Iterable[Row]) -> Iterator[Row]:
    """One row a document, that of its first interpretation; copies left out. The rows of a document stand together."""
    own = (row for row in rows if not row.get("copy_of"))
    for _, each in groupby(own, key=lambda row: str(row["policy"])):
        yield min(each, key=lambda row: row["interpretation_date"] or "9999")


@dataclass(slots=True)
class Sum:
    """Documents by status, and of those interpreted the working days until then: how many documents, the sum, the most."""

    states: Counter[str] = field(default_factory=Counter)
    timed: int = 0
    days: int = 0
    most: int = 0

    def add(self, row: Row, status: str) -> None:
        """Count a document."""
        self.states[status] += 1
        if row["status"] in ("on_time", "late") and (days := row["workdays"]) is not None:
            self.timed, self.days, self.most = self.timed + 1, self.days + days, max(self.most, days)


def state(row: Row, today: date) -> str:
    """The status in words; what is missing but not yet due is `PENDING`."""
    if row["status"] == "missing" and row["deadline"] and date.fromisoformat(row["deadline"]) >= today:
        return PENDING
    return STATUS_NAMES[row["status"]]


def _summary(rows: Iterable[Row], today: date) -> Iterator[tuple[Cell, ...]]:
    """Each unit's months in which an interpretation was due or came, and its sum; units that owed none come last, then the sum."""
    found: dict[str, dict[str, Sum]] = defaultdict(lambda: defaultdict(Sum))
    for row in documents_of(rows):
        status, month = state(row, today), _month(row)
        for unit in (row["unit"] or NO_UNIT, ALL):
            for period in (month, ALL):
                found[unit][period].add(row, status)
    asked = {unit for unit, periods in found.items() if any(periods[ALL].states[name] for name in (*DUE, PENDING))}
    for unit in sorted(found, key=lambda name: (name == ALL, name not in asked, name == NO_UNIT, name)):
        for period in sorted(found[unit], key=lambda name: (name == ALL, name == NO_DAY, name)):
            each = found[unit][period]
            if period == ALL or any(each.states[name] for name in (*DUE, PENDING)):
                yield unit, period, *(each.states[name] or None for name in STATES), _rate(each.states), *_days(each)


def _month(row: Row) -> str:
    """`2019年3月` as one writes it so that it sorts: `2019年03月`, by the day that starts the clock."""
    return f"{row['policy_date'][:4]}年{row['policy_date'][5:7]}月" if row["policy_date"] else NO_DAY


def _rate(counts: Counter[str]) -> str | None:
    """Share of documents interpreted in time among those whose time is up; None where there is none."""
    due = sum(counts[name] for name in DUE)
    return f"{counts['按时'] / due:.1%}" if due else None


def _days(found: Sum) -> tuple[float | None, int | None]:
    """Working days until the first interpretation: their mean and the most; None where nothing was interpreted."""
    return (round(found.days / found.timed, 1), found.most) if found.timed else (None, None)


def _detail(rows: Iterable[Row], today: date) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(rows, 1):
        yield (
            number,
            row["unit"],
            row["policy_title"],
            _day(row["policy_date"]),
            BASIS_NAMES[row["date_basis"]],
            row["interpretation_title"],
            _day(row["interpretation_date"]),
            row["workdays"],
            _day(row["deadline"]),
            state(row, today),
            row["late_by"],
            f"另一份：{row['copy_of']}" if row.get("copy_of") else row["reason"],
            "；".join(row["evidence"]),
            row["confidence"],
            row["policy"],
            row["interpretation"],
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
