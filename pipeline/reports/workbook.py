"""Sheets for Excel: the only place that writes xlsx.

Goes in: columns and rows of text, numbers, dates and links. Comes out: a file with a frozen heading, filters, widths and
wrapped text. Words of a document never become formulas, links or numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain, count, islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

#: Links in one sheet (Excel holds 65,530; each costs as much as two cells, and nobody clicks through more), letters in one cell.
MOST_LINKS = 20_000
LONGEST_TEXT = 32_000
#: Rows that a sheet holds below its heading: Excel and WPS show no more; what follows goes on on another sheet.
MOST_ROWS = 1_048_575
#: Points of a line, and of the tallest row that Excel shows.
LINE, TALLEST = 13.5, 409
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_CODED = re.compile("_x[0-9A-Fa-f]{4}_")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its width in characters, and the words one may choose from in its cells (empty: free text)."""

    name: str
    width: float
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to `target`, a path relative to the workbook with `#` and the place in the file."""

    target: str
    text: str


Cell = str | int | float | date | Link | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name (25 characters at most), its columns and rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]


def write_workbook(path: Path, sheets: Iterable[Sheet], today: date) -> None:
    """Write the sheets to `path`; `today` is the day the file says it was made, so that equal input gives equal files."""
    import xlsxwriter

    kind = _quick_sheet()
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        book.set_properties({"author": "审文", "created": datetime(today.year, today.month, today.day)})
        formats = _formats(book)
        for sheet in sheets:
            for part in _parts(sheet):
                _write_sheet(book.add_worksheet(part.name, kind), part, formats)


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet; where it has more rows than one holds, those that follow as 名称（续1）, 名称（续2）."""
    rows = iter(sheet.rows)
    yield Sheet(sheet.name, sheet.columns, islice(rows, MOST_ROWS))
    for number in count(1):
        if not (first := list(islice(rows, 1))):
            return
        yield Sheet(f"{sheet.name}（续{number}）", sheet.columns, chain(first, islice(rows, MOST_ROWS - 1)))


@cache
def _quick_sheet() -> Any:
    """xlsxwriter's sheet with a short way for text, nine cells in ten: the same XML in half the time, and no text is taken for markup.

    The hook is the library's own, not public; a test holds it to what it must do.
    """
    from xlsxwriter.worksheet import Worksheet

    class QuickSheet(Worksheet):  # type: ignore[misc,unused-ignore]
        def _write_cell(self, row: int, col: int, cell: Any) -> None:
            text = getattr(cell, "string", None)
            if text is None or not cell.format:
                super()._write_cell(row, col, cell)
                return
            style = cell.format._get_xf_index()
            self.fh.write(
                f'<c r="{_letters(col)}{row + 1}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'
            )

    return QuickSheet


def _xml(text: str) -> str:
    """The words as XML; what Excel would take for the code of a character (`_x0041_`) stays what it is."""
    return escape(_CODED.sub(r"_x005F\g<0>", text) if "_x" in text else text)


@cache
def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _formats(book: Any) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8CDD3", "font_name": "宋体", "font_size": 10}
    heading = cell | {"bold": True, "bg_color": "#E8EDF3", "valign": "vcenter", "align": "center"}
    return {
        "heading": book.add_format(heading),
        "empty": book.add_format({"border": 1, "border_color": "#C8CDD3"}),
        "text": book.add_format(cell),
        "number": book.add_format(cell | {"align": "center"}),
        "date": book.add_format(cell | {"num_format": "yyyy-mm-dd", "align": "center"}),
        "link": book.add_format(cell | {"font_color": "#0B57A4", "underline": 1, "align": "center"}),
    }


def _write_sheet(sheet: Any, content: Sheet, formats: dict[str, Any]) -> None:
    for number, column in enumerate(content.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.name, formats["heading"])
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 0)
    links, last, widths = 0, 0, [column.width for column in content.columns]
    for last, row in enumerate(content.rows, 1):
        sheet.set_row(last, _height(row, widths))
        for number, value in enumerate(row):
            if isinstance(value, Link) and (links := links + 1) > MOST_LINKS:
                value = value.text
            _write_cell(sheet, last, number, value, formats)
    _finish(sheet, content.columns, last, formats["empty"])


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """The height that shows all lines of the row's texts: WPS and LibreOffice do not work it out when they open a file."""
    lines = max((_lines(value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str)), default=1)
    return min(LINE * lines + 4, TALLEST)


def _lines(text: str, width: float) -> int:
    """Lines of the text in a column; a Chinese character takes as much room as two Latin ones, and as two bytes of GBK."""
    room = max(int(width) - 1, 2)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(-(-len(line.encode("gbk", "replace")) // room), 1) for line in text.split("\n"))


def _write_cell(sheet: Any, row: int, number: int, value: Cell, formats: dict[str, Any]) -> None:
    match value:
        case str() if value:  # most cells
            sheet.write_string(row, number, printable(value)[:LONGEST_TEXT], formats["text"])
        case Link():
            sheet.write_url(row, number, f"external:{value.target}", formats["link"], value.text)
        case date():
            sheet.write_datetime(row, number, datetime(value.year, value.month, value.day), formats["date"])
        case int() | float():
            sheet.write_number(row, number, value, formats["number"])
        case _:
            pass  # `_finish` draws the borders of empty cells all at once


def _finish(sheet: Any, columns: tuple[Column, ...], last: int, empty: Any) -> None:
    """Filters, choices, and how it prints: across the page, the heading on every page."""
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    for number, column in enumerate(columns):
        if column.choices and last:
            sheet.data_validation(1, number, last, number, {"validate": "list", "source": list(column.choices)})
    if last:
        sheet.conditional_format(1, 0, last, len(columns) - 1, {"type": "blanks", "format": empty})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def printable(text: str) -> str:
    """The text without characters that XML files cannot hold."""
    return text if text.isprintable() else _UNFIT.sub("", text)
