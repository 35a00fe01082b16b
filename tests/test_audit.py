"""The auditors' workbook of a scan."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from shenwen.pipeline.cli import group
from shenwen.pipeline.reports import audit_xlsx, workbook

LAW = """云川市河道管理条例
（2020年3月28日云川市第八届人民代表大会常务委员会第十六次会议通过）
第一条 为了加强河道管理，根据有关法律，结合本市实际，制定本条例。
第二条 水行政主管部门应当每年汛前完成主要河道的清淤，并将清淤结果向社会公布。
第三条 河道两侧三十米内不得堆放垃圾、渣土和秸秆，违者由水行政主管部门责令限期清除，处五百元以上五千元以下罚款。
第四条 沿河单位应当配合河道巡查，发现堤岸坍塌的，应当在二十四小时内报告水行政主管部门。
第五条 本条例自2020年6月1日起施行。
"""
NOTICE = """云川市水务局关于加强河道管理的通知
云水〔2026〕5号
各县（区）水务局：
一、水行政主管部门应当每年汛前完成主要河道的清淤，并将清淤结果向社会公布。
二、河道两侧三十米内不得堆放垃圾、渣土和秸秆，违者由水行政主管部门责令限期清除，处五百元以上五千元以下罚款。
三、沿河单位应当配合河道巡查，发现堤岸坍塌的，应当在二十四小时内报告水行政主管部门。
云川市水务局
2026年4月1日
"""


def scanned(tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    folder = tmp_path / "文件"
    folder.mkdir(exist_ok=True)
    (folder / "条例.txt").write_text(LAW, encoding="utf-8")
    (folder / "通知.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "通知-副本.txt").write_text(NOTICE + "\n", encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04broken")
    (folder / "=1+1.txt").write_bytes(b"")
    arguments = ["scan", str(folder), "--out", str(tmp_path / "out"), "--index", str(tmp_path / "index"), "--jobs", "1"]
    CliRunner().invoke(group, [*arguments, "--today", "2026-11-01"], catch_exceptions=False)
    book = load_workbook(tmp_path / "out" / "audit.xlsx")
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


def test_auditors_find_everything_in_one_workbook(tmp_path: Path) -> None:
    sheets = scanned(tmp_path)
    assert ("文件", "读出", 3) in {row[:3] for row in sheets["概况"]}
    assert {str(row[1]).rpartition("/")[2] for row in sheets["未读文件"][1:]} == {"坏.docx", "=1+1.txt"}
    assert all(row[3] for row in sheets["未读文件"][1:])
    family = [str(row[2]).rpartition("/")[2] for row in sheets["文件族"][1:]]
    assert sorted(family) == ["通知-副本.txt", "通知.txt"]
    assert ("文件之间", "文件关系图") in {row[:2] for row in sheets["概况"]}
    assert all("/" not in str(path) for row in sheets["重复发文"][1:] for path in row[2:4])
    relations = {(row[1], *sorted(str(path).rpartition("/")[2] for path in row[2:4])) for row in sheets["重复发文"][1:]}
    assert {kind for kind, *files in relations if "条例.txt" in files} <= {"重复发文", "有共同段落"} and len(relations) == 3
    (evidence, *_) = [row for row in sheets["取证单 ZX2101"][1:] if str(row[1]).endswith("通知.txt")]
    assert "云川市河道管理条例" in str(evidence[4]) and "第二条" in str(evidence[6])


def test_long_sheets_say_what_they_leave_out(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(audit_xlsx, "MOST_ROWS", 1)
    sheets = scanned(tmp_path)
    assert len(sheets["重复发文"]) == 2
    assert any("前 1 条" in str(row[3]) for row in sheets["概况"])


@pytest.mark.parametrize(
    ("many", "names"), [(0, ["甲"]), (3, ["甲"]), (4, ["甲", "甲（续1）"]), (8, ["甲", "甲（续1）", "甲（续2）"])]
)
def test_what_one_sheet_cannot_hold_goes_on_on_another(
    many: int, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    sheet = workbook.Sheet("甲", (workbook.Column("序号", 6),), ((n,) for n in range(many)))
    workbook.write_workbook(tmp_path / "表.xlsx", [sheet], date(2026, 3, 1))
    book = load_workbook(tmp_path / "表.xlsx")
    assert book.sheetnames == names
    rows = [row for each in book for row in each.iter_rows(values_only=True)]
    assert [value for (value,) in rows if value != "序号"] == list(range(many))
    assert len(rows) == many + len(names)


def test_everything_is_there_as_tables(tmp_path: Path) -> None:
    scanned(tmp_path)
    arguments = ["scan", str(tmp_path / "文件"), "--out", str(tmp_path / "out"), "--index", str(tmp_path / "index"), "--parquet"]
    CliRunner().invoke(group, [*arguments, "--today", "2026-11-01"], catch_exceptions=False)
    for file in (tmp_path / "out").glob("*.jsonl"):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        table = pandas.read_parquet(file.with_suffix(".parquet"))
        assert len(table) == len(rows) and set(table) == {column for row in rows for column in row}
    findings = pandas.read_parquet(tmp_path / "out" / "findings.parquet")
    assert set(findings.rule.map(type)) == {str}
    assert json.loads(findings.location[0])["start"] >= 0
    documents = pandas.read_parquet(tmp_path / "out" / "documents.parquet")
    assert documents.path.str.endswith("通知.txt").sum() == 1
    notice = documents[documents.path.str.endswith("通知.txt")].iloc[0]
    assert (notice.issued_date, list(notice.issuers)) == (pandas.Timestamp("2026-04-01"), ["云川市水务局"])
