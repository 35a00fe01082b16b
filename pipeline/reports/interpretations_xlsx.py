"""政策解读时限台账: who interpreted in time, for auditors: by unit and quarter, and every document with its dates.

Goes in: rows of `interpretations.jsonl`. Comes out: a workbook of two sheets. A document counts once, however many
interpretations or copies it has; the rate is that of the documents whose time is up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
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
SUMMARY = (
    Column("单位", 36),
    Column("期间", 18),
    *(Column(name, 10) for name in STATES),
    Column("按时率", 10),
)
DETAIL = (
    Column("序号", 7),
    Column("单位", 28),
    Column("文件", 44),
    Column("文件日期", 13),
    Column("起算依据", 11),
    Column("解读", 44),
    Column("解读日期", 13),
    Column("工作日数", 10),
    Column("期限", 13),
    Column("状态", 10),
    Column("逾期工作日", 11),
    Column("说明", 40),
    Column("对应依据", 34),
    Column("可信度", 9),
    Column("文件路径", 40),
    Column("解读路径", 40),
)


def write_interpretations(rows: Iterable[Row], path: Path, today: date) -> None:
    """Write the workbook; `today` tells what is missing from what is still in time."""
    listed = list(rows)
    summary = Sheet("按单位和季度", SUMMARY, list(_summary(listed, today)))
    write_workbook(path, [summary, Sheet("明细", DETAIL, _detail(listed, today))], today)


def documents_of(rows: Iterable[Row]) -> Iterator[Row]:
    """One row a document, that of its first interpretation; copies left out."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.get("copy_of"):
            continue
        known = first.get(row["policy"])
        if known is None or (row["interpretation_date"] or "9999") < (known["interpretation_date"] or "9999"):
            first[row["policy"]] = row
    yield from first.values()


def state(row: Row, today: date) -> str:
    """The status in words; what is missing but not yet due is `PENDING`."""
    if row["status"] == "missing" and row["deadline"] and date.fromisoformat(row["deadline"]) >= today:
        return PENDING
    return STATUS_NAMES[row["status"]]


def _summary(rows: list[Row], today: date) -> Iterator[tuple[Cell, ...]]:
    """Each unit's quarters and its sum; the sum of all at the end."""
    counts: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for row in documents_of(rows):
        for unit in (row["unit"] or NO_UNIT, ALL):
            for period in (_quarter(row), ALL):
                counts[unit][period][state(row, today)] += 1
    for unit in sorted(counts, key=lambda name: (name == ALL, name == NO_UNIT, name)):
        for period in sorted(counts[unit], key=lambda name: (name == ALL, name == NO_DAY, name)):
            yield (unit, period, *(counts[unit][period][name] for name in STATES), _rate(counts[unit][period]))


def _quarter(row: Row) -> str:
    """`2019年第1季度`, by the day that starts the clock."""
    if not row["policy_date"]:
        return NO_DAY
    day = date.fromisoformat(row["policy_date"])
    return f"{day.year}年第{(day.month + 2) // 3}季度"


def _rate(counts: dict[str, int]) -> str | None:
    """Share of documents interpreted in time among those whose time is up; None where there is none."""
    due = sum(counts.get(name, 0) for name in ("按时", "逾期", "缺失"))
    return f"{counts.get('按时', 0) / due:.1%}" if due else None


def _detail(rows: list[Row], today: date) -> Iterator[tuple[Cell, ...]]:
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
