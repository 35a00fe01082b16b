"""The register as a sheet, with the columns that offices use, and read back with what people wrote into it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from shenwen.pipeline.ledger import STATES, Noted, Row
from shenwen.pipeline.reports.wording import provision_words
from shenwen.pipeline.reports.workbook import Cell, Column, Sheet, write_workbook

COLUMNS = (
    Column("序号", 6),
    Column("任务内容", 32),
    Column("牵头单位", 14),
    Column("责任单位", 16),
    Column("配合单位", 16),
    Column("完成时限", 14),
    Column("截止日期", 11.5),
    Column("到期情况", 9),
    Column("依据", 22),
    Column("条款", 10),
    Column("原文", 34),
    Column("进展", 14),
    Column("状态", 8, ("未开始", "进行中", "已完成", "暂缓")),
    Column("编号", 10),
)
_ID, _PROGRESS, _STATUS = "编号", "进展", "状态"


class SheetProblem(ValueError):
    """A register that cannot be read back; the message is for people, in Chinese."""


def write_sheet(rows: Iterable[Row], path: Path, today: date) -> None:
    """Write the register as xlsx. Raises OSError."""
    write_workbook(path, [Sheet("任务台账", COLUMNS, (cells(row) for row in rows))], today)


def cells(row: Row) -> tuple[Cell, ...]:
    """The cells of a row, in the order of `COLUMNS`."""
    task = row.task
    return (
        row.number,
        task.action,
        "、".join(task.leading),
        "、".join(task.bearing),
        "、".join(task.supporting),
        task.limit,
        task.due,
        STATES[row.state],
        (f"《{task.title}》" if task.title else task.path) + (f"（{task.doc_number}）" if task.doc_number else ""),
        provision_words(task.provision),
        task.quote,
        row.noted.progress or None,
        row.noted.status or None,
        task.id,
    )


def as_csv(rows: Iterable[Row]) -> str:
    """The register as RFC 4180 text, LF line ends; no cell is taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(column.name for column in COLUMNS)
    for row in rows:
        table.writerow(_safe(cell) for cell in cells(row))
    return out.getvalue()


def _safe(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def read_notes(path: Path) -> dict[str, Noted]:
    """What people wrote into an earlier register: id of the task → 进展 and 状态. Raises SheetProblem."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SheetProblem(f"无法读取原台账 {path}：{error}") from error
    try:
        return dict(_notes(iter(book.worksheets[0].iter_rows(values_only=True)), path))
    finally:
        book.close()


def _notes(rows: Iterator[tuple[object, ...]], path: Path) -> Iterator[tuple[str, Noted]]:
    heading = [str(cell or "") for cell in next(rows, ())]
    if _ID not in heading:
        raise SheetProblem(f"原台账 {path} 没有“{_ID}”一列，无法对应")
    at = {name: heading.index(name) for name in (_ID, _PROGRESS, _STATUS) if name in heading}
    for row in rows:
        said = {name: str(row[column] or "") for name, column in at.items() if column < len(row)}
        if said.get(_ID):
            yield said[_ID], Noted(said.get(_PROGRESS, ""), said.get(_STATUS, ""))
