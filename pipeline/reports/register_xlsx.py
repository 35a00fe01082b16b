"""任务台账: one row a task, ready for the office to note progress."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shenwen.corpus.model import Obligation, Record
from shenwen.pipeline.reports.result import Result
from shenwen.pipeline.reports.wording import document_name, due_day, leaders, limits, names, one_line, provision_words
from shenwen.pipeline.reports.workbook import Cell, Column, Link, Sheet, write_workbook
from shenwen.pipeline.tasks import tasks_of

COLUMNS = (
    Column("序号", 6),
    Column("任务内容", 32),
    Column("牵头单位", 14),
    Column("责任单位", 16),
    Column("配合单位", 16),
    Column("完成时限", 14),
    Column("截止日期", 11.5),
    Column("依据文件", 22),
    Column("条款", 10),
    Column("原文", 34),
    Column("进展", 14),
    Column("状态", 8, ("未开始", "进行中", "已完成", "暂缓")),
)


def write_register(result: Result, path: Path, today: date) -> None:
    """Write the workbook of all tasks in the documents."""
    write_workbook(path, [Sheet("任务台账", COLUMNS, _rows(result))], today)


def _rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    tasks = ((record, task) for record in result.records for task in tasks_of(record))
    for number, (record, task) in enumerate(tasks, 1):
        yield _row(number, record, task)


def _row(number: int, record: Record, task: Obligation) -> tuple[Cell, ...]:
    leading, bearing = leaders(task)
    head = record.facts.masthead
    return (
        Link(f"report.html#t{number}", str(number)),
        one_line(task.action or task.text),
        names(leading),
        names(bearing),
        names(task.supporting),
        limits(task),
        due_day(task.deadlines),
        document_name(record) + (f"（{head.doc_number}）" if head.doc_number else ""),
        provision_words(task.provision),
        task.quote,
        None,
        None,
    )
