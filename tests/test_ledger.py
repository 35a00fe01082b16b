"""The register across documents: states on a day, filters, stable ids, what people noted is carried over, all formats."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from openpyxl import load_workbook

from shenwen.pipeline.cli import group

NOTICE = """云川市人民政府办公室关于做好河道清淤工作的通知
云政办发〔2026〕8号
各县（区）人民政府：
一、市水务局应当于2026年5月31日前完成清淤方案编制。
二、各县（区）人民政府应当于2026年6月30日前完成清淤任务。
三、市财政局应当每季度拨付一次清淤经费。
四、市水务局应当加强技术指导。
五、市水务局应当在验收合格后10个工作日内公布结果。
云川市人民政府办公室
2026年4月1日
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "文件"
    path.mkdir()
    (path / "清淤.txt").write_text(NOTICE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["ledger", *map(str, arguments)])


def rows(*arguments: object) -> list[dict[str, object]]:
    result = run(*arguments, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2026-05-01", ["open", "open", "recurring", "undated", "unlimited"]),
        ("2026-05-28", ["soon", "open", "recurring", "undated", "unlimited"]),
        ("2026-05-31", ["soon", "open", "recurring", "undated", "unlimited"]),
        ("2026-06-01", ["overdue", "open", "recurring", "undated", "unlimited"]),
        ("2026-07-01", ["overdue", "overdue", "recurring", "undated", "unlimited"]),
    ],
)
def test_states_on_a_day(folder: Path, day: str, states: list[str]) -> None:
    assert [row["state"] for row in rows(folder, "--as-of", day)] == states


def test_filters(folder: Path) -> None:
    day = ("--as-of", "2026-06-01")
    assert len(rows(folder, *day, "--owner", "市水务局")) == 3
    assert len(rows(folder, *day, "--state", "逾期", "--state", "无时限")) == 2
    assert [row["due"] for row in rows(folder, *day, "--from", "2026-06-01", "--to", "2026-12-31")] == ["2026-06-30"]
    assert rows(folder, *day, "--document", "校车") == []
    assert rows(folder, *day, "--no-owner") == []


def test_the_index_keeps_the_tasks(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "索引"
    assert CliRunner().invoke(group, ["index", "add", str(folder), "--index", str(index), "--jobs", "1"]).exit_code == 0
    day = ("--as-of", "2026-06-01")
    assert rows("--index", index, *day) == rows(folder, *day)


def test_an_index_made_by_scan_has_the_tasks_too(folder: Path, tmp_path: Path) -> None:
    place = ["--index", str(tmp_path / "索引"), "--out", str(tmp_path / "结果"), "--jobs", "1"]
    assert CliRunner().invoke(group, ["scan", str(folder), *place]).exit_code in (0, 1)
    day = ("--as-of", "2026-06-01")
    assert rows("--index", tmp_path / "索引", *day) == rows(folder, *day)


def test_what_people_noted_is_carried_over(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "台账.xlsx", tmp_path / "新台账.xlsx"
    assert run(folder, "--as-of", "2026-06-01", "--format", "xlsx", "--out", first).exit_code == 0
    book = load_workbook(first)
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    sheet.cell(2, heading.index("进展") + 1, "方案已报市政府")
    sheet.cell(2, heading.index("状态") + 1, "已完成")
    book.save(first)
    (folder / "清淤.txt").write_text("　\n" + NOTICE.replace("五、", "六、"), encoding="utf-8")
    assert run(folder, "--as-of", "2026-06-01", "--previous", first, "--format", "xlsx", "--out", second).exit_code == 0
    last = list(load_workbook(second).worksheets[0].iter_rows(values_only=True))[-1]
    noted = dict(zip(heading, last, strict=True))
    assert noted["进展"] == "方案已报市政府"
    assert noted["到期情况"] == "已完成"
    assert "清淤方案" in str(noted["原文"])


def test_sheet_csv_and_calendar_say_the_same(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "台账.xlsx"
    run(folder, "--as-of", "2026-06-01", "--format", "xlsx", "--out", out)
    sheet = list(load_workbook(out).worksheets[0].iter_rows(values_only=True))
    table = list(csv.reader(io.StringIO(run(folder, "--as-of", "2026-06-01", "--format", "csv").stdout)))
    assert [row[1] for row in table] == [row[1] for row in sheet]
    calendar = Calendar.from_ical(run(folder, "--as-of", "2026-06-01", "--format", "ics").stdout)
    assert [event["dtstart"].dt for event in calendar.walk("VEVENT")] == [date(2026, 5, 31), date(2026, 6, 30)]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--format", "xlsx", "清淤.txt"),
        ("没有这个文件.txt",),
        ("--index", "没有这个目录"),
        ("清淤.txt", "--state", "不知道"),
        ("清淤.txt", "--previous", "无.xlsx"),
    ],
)
def test_wrong_usage(folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(folder)
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_who_leads_and_who_supports_make_one_task(tmp_path: Path) -> None:
    words = "（一）市水务局牵头，市财政局、市生态环境局配合，于2026年5月31日前完成清淤方案编制。"
    text = f"关于做好清淤工作的通知\n{words}\n（二）市审计局牵头，市教育局应当于2026年6月30日前报告。\n"
    (tmp_path / "通知.txt").write_text(text, encoding="utf-8")
    found = rows(tmp_path, "--as-of", "2026-05-01")
    one = next(row for row in found if row["due"] == "2026-05-31")
    assert one["leading"] == ["市水务局"]
    assert one["supporting"] == ["市财政局", "市生态环境局"]
    assert one["action"] == "于2026年5月31日前完成清淤方案编制"
    assert text[one["start"] : one["end"]] == one["quote"]  # type: ignore[misc]
    assert not any("市教育局" in row["supporting"] for row in found)  # type: ignore[operator]


def test_who_supports_is_read_from_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(
        "关于做好清淤工作的通知\n（一）市水务局牵头、市财政局和各县（区）人民政府配合，于2026年5月31日前完成清淤方案编制。\n"
        "（二）市水务局牵头、按期完成清淤，市财政局应当于2026年6月30日前报告。\n",
        encoding="utf-8",
    )
    found = rows(tmp_path, "--as-of", "2026-05-01")
    one = next(row for row in found if row["due"] == "2026-05-31")
    assert (one["leading"], one["supporting"]) == (["市水务局"], ["市财政局", "各县（区）人民政府"])
    assert not any(row["supporting"] for row in found if row is not one)


def test_when_a_task_must_be_done_is_no_other_task_and_formulas_are_none(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(
        "某市水务局关于做好清淤工作的通知\n各县水务局：\n县水务局要完成全部主干河道清淤并复核工程量。2027年6月底前全部完成。\n请认真贯彻执行。\n"
        "对已立项的工程，县水务局要在2027年3月底前完成。\n",
        encoding="utf-8",
    )
    first, second = sorted(rows(tmp_path, "--as-of", "2026-05-01"), key=lambda row: int(str(row["start"])))
    assert first["quote"] == "县水务局要完成全部主干河道清淤并复核工程量。2027年6月底前全部完成。"
    assert (first["limit"], first["due"]) == ("2027年6月底前", "2027-06-30")
    assert second["action"] == "对已立项的工程，在2027年3月底前完成"


def test_what_a_list_holds_is_part_of_what_orders_it(tmp_path: Path) -> None:
    (tmp_path / "办法.txt").write_text(
        "某市户籍登记办法\n第一条 申请人应当向派出所提交下列材料：\n（一）居民身份证；\n（二）居住证明。\n"
        "第二条 派出所应当做好以下工作：\n（一）核对材料；\n（二）在3个工作日内办结。\n",
        encoding="utf-8",
    )
    found = sorted(rows(tmp_path, "--as-of", "2026-05-01"), key=lambda row: int(str(row["start"])))
    assert found[0]["action"] == "向派出所提交下列材料：居民身份证；居住证明"
    assert str(found[0]["quote"]).endswith("（二）居住证明。")
    assert [row["action"] for row in found[1:]] == ["做好以下工作", "核对材料", "在3个工作日内办结"]
