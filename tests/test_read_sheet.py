"""Workbooks: rows of tasks keep their columns, values read as they are shown, what is hidden stays out and is said."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import BlockKind, Document, Reason
from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.find_facts import find_facts
from shenwen.extractors.read import read_bytes
from shenwen.extractors.read_sheet import read_sheet

TASKS = [
    ["某县2027年河道管护任务分工表"],
    [],
    ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
    [1, "建立河道台账", "县水利局", "县财政局", date(2027, 3, 31)],
    [2, "完成河道清淤", "县住建局", None, "2027年6月底"],
    ["注：以验收之日为准。"],
]


def book(*sheets: tuple[str, list[list[object]], bool]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows, hidden in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if hidden else "visible"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_task_table_becomes_a_register() -> None:
    document = read_bytes("分工表.xlsx", book(("Sheet1", TASKS, False)))
    assert isinstance(document, Document)
    assert document.format is FileFormat.XLSX
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.PARAGRAPH, *[BlockKind.TABLE_ROW] * 3, BlockKind.PARAGRAPH]
    assert [document.quote(cell) for cell in document.blocks[2].cells] == [
        "1",
        "建立河道台账",
        "县水利局",
        "县财政局",
        "2027年3月31日",
    ]
    assert [block.anchor.line for block in document.blocks] == [1, 3, 4, 5, 6]
    first, second = find_facts(document).obligations
    assert [actor.name for actor in first.actors] == ["县水利局"]
    assert [actor.name for actor in first.supporting] == ["县财政局"]
    assert [limit.norm for limit in first.deadlines] == ["by:2027-03-31"]
    assert [actor.name for actor in second.actors] == ["县住建局"]


def test_sheets_are_told_apart_by_the_names_that_people_gave_them() -> None:
    content = read_sheet(book(("附件1", TASKS, False), ("Sheet2", [["甲", "乙"]], False), ("底稿", TASKS, True)), Limits())
    assert [content.text[block.span.start : block.span.end] for block in content.blocks if block.kind is BlockKind.HEADING] == [
        "附件1"
    ]
    assert {block.table for block in content.blocks} == {None, 1, 2}
    assert content.notes == ("有 1 张隐藏的工作表，未读",)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.955, "0.0%", "95.5%"),
        (3.0, "General", "3"),
        (12.5, '0.0"%"', "12.5"),
        (True, "General", "是"),
        (datetime(2027, 3, 1, 9, 30), "yyyy/m/d h:mm", "2027年3月1日09:30"),
        (date(2027, 3, 1), "yyyy/m/d", "2027年3月1日"),
        ("甲局\n乙局", "General", "甲局 乙局"),
    ],
)
def test_values_read_as_shown(value: object, number_format: str, shown: str) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["项目", value])
    sheet["B1"].number_format = number_format
    buffer = io.BytesIO()
    made.save(buffer)
    assert read_sheet(buffer.getvalue(), Limits()).text == f"项目\t{shown}"


def test_a_workbook_without_text_and_one_without_its_end() -> None:
    empty = read_bytes("a.xlsx", book(("Sheet1", [], False)))
    assert not isinstance(empty, Document) and empty.reason is Reason.NO_TEXT
    with pytest.raises(Unreadable):
        read_sheet(book(("Sheet1", TASKS, False))[:-200], Limits())
