"""xlsx (ISO/IEC 29500 SpreadsheetML): every sheet as a table, by the values it shows; hidden sheets are left out and noted.

What stands alone in its row above the first row of several cells, or below the last, is title or note and becomes a paragraph.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Anchor, BlockKind, Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.zip_members import checked_members

#: Columns looked at: more than any table has that people read.
_COLUMNS = 200
#: The names that programs give to sheets.
_UNNAMED = re.compile(r"(?:Sheet|工作表)\s*\d*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

Row = tuple[int, list[str]]


def read_sheet(data: bytes, limits: Limits) -> Content:
    """The workbook's visible sheets in order. Raises Unreadable: limits, damage, or no text at all."""
    _check(data, limits)
    builder, notes = Builder(), []
    sheets = list(_sheets(data))
    shown = [(name, rows) for name, visible, rows in sheets if visible and rows]
    if hidden := sum(not visible for _, visible, _ in sheets):
        notes.append(f"有 {hidden} 张隐藏的工作表，未读")
    for number, (name, rows) in enumerate(shown, start=1):
        if len(shown) > 1 and not _UNNAMED.fullmatch(name):
            builder.add(name, BlockKind.HEADING, level=1)
        _write(rows, builder, number)
    return Content(FileFormat.XLSX, builder.text, tuple(builder.blocks), notes=tuple(notes))


def _check(data: bytes, limits: Limits) -> None:
    """Inflates every part once, counted while it comes: openpyxl believes what a workbook says of itself. Raises Unreadable."""
    members = checked_members(data, limits)
    tags = 0
    for name in members.names:
        for piece in members.pieces(name):
            tags += piece.count(b"<") if name.endswith((".xml", ".rels")) else 0
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise Unreadable(Reason.DAMAGED, "工作簿中有不允许的 DTD 声明")
            if tags > limits.tags:
                raise Unreadable(Reason.TOO_LARGE, f"工作簿的标签超过上限 {limits.tags:,} 个（tags）")


def _sheets(data: bytes) -> Iterator[tuple[str, bool, list[Row]]]:
    """Name, visibility and filled rows of every sheet of cells."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl names what of the looks it does not keep
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                visible = sheet.sheet_state == "visible"
                yield sheet.title, visible, list(_rows(sheet)) if visible else []
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise Unreadable(Reason.DAMAGED, f"工作簿损坏，无法读取：{type(error).__name__}") from None


def _rows(sheet: Any) -> Iterator[Row]:
    """Number and cells of every row that shows anything, without the empty cells at its end."""
    sheet.reset_dimensions()  # what it says of its size is not believed
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row[:_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _shown(value: Any, number_format: str) -> str:
    """A value in words: numbers as typed, shares as per cent where they are shown so, days as official documents write them."""
    match value:
        case bool():
            return "是" if value else "否"
        case int() | float():
            if "%" in _QUOTED.sub("", number_format or ""):
                return f"{value * 100:.10g}%"
            return f"{value:.15g}"
        case datetime() if value.time() != time():
            return f"{value.year}年{value.month}月{value.day}日{value:%H:%M}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case _:
            return str(value).strip()


def _write(rows: Sequence[Row], builder: Builder, table: int) -> None:
    """Rows of the sheet as blocks; lone cells above and below the rows of several are paragraphs."""
    several = [at for at, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1]
    first, last = (several[0], several[-1]) if several else (len(rows), -1)
    for at, (number, cells) in enumerate(rows):
        anchor = Anchor(line=number)
        if first <= at <= last:
            builder.add_row(cells, anchor, table)
        else:
            for line in "".join(cells).splitlines():
                builder.add(line, anchor=anchor)
