"""The office's own register: rows find their files, dates reach the clock, what contradicts or is no date stays visible."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from shenwen.checks.settings import METADATA_FIELDS
from shenwen.corpus.model import Document, Record
from shenwen.corpus.publications import publication_of
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.cli.review import command
from shenwen.pipeline.metadata_table import COLUMNS, MetadataError, load_metadata, unmatched, with_metadata
from shenwen.pipeline.process import understand

POLICY = "青河市人民政府关于加强古桥保护的意见\n青政发〔2019〕7号\n各县人民政府：\n市水务局应当每月检查古桥一次。\n"
TEXT = "《青河市人民政府关于加强古桥保护的意见》解读\n为便于了解，现将有关内容说明如下。检查每月一次，结果向社会公布。\n"


def record(text: str, path: str = "a/桥.txt") -> Record:
    document = read_bytes(path, text.encode())
    assert isinstance(document, Document)
    return understand(document)


def table(tmp_path: Path, text: str, encoding: str = "utf-8", columns: dict[str, str] | None = None):
    (tmp_path / "登记.csv").write_bytes(text.encode(encoding))
    return load_metadata(tmp_path / "登记.csv", columns)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_file_of_any_office(tmp_path: Path, encoding: str, mark: str) -> None:
    text = mark.join(["文件名", "发布日期"]) + "\r\n" + mark.join(["桥.txt", "2019年3月8日"]) + "\r\n" + mark * 1 + "\r\n"
    filled = with_metadata(record(POLICY), table(tmp_path, text, encoding))
    assert publication_of(filled).published_date == date(2019, 3, 8)


@pytest.mark.parametrize("day", [datetime(2019, 3, 8, 9, 30), date(2019, 3, 8), 43532, "2019-03-08", "2019.3.8"])
def test_an_excel_file(tmp_path: Path, day: object) -> None:
    book = openpyxl.Workbook()
    book.active.append(["2019年文件登记表"])
    book.active.append(["序号", "文号", "成文日期", "备注"])
    book.active.append([None, None, None, None])
    book.active.append([1, "青政发〔2019〕7号", day, "市级"])
    book.save(tmp_path / "登记.xlsx")
    filled = with_metadata(record(POLICY), load_metadata(tmp_path / "登记.xlsx"))
    assert publication_of(filled).issued_date == date(2019, 3, 8)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("桥.txt", True), ("桥", True), ("a/桥.txt", True), ("a\\桥.TXT", True),
        ("b/桥.txt", False), ("桥.docx", False), ("x/a/桥.txt", False), ("小桥.txt", False),
    ],
)  # fmt: skip
def test_a_row_finds_its_file(tmp_path: Path, row: str, found: bool) -> None:
    filled = with_metadata(record(POLICY), table(tmp_path, f"文件名,发布日期\n{row},2019-03-08\n"))
    assert (publication_of(filled).published_date == date(2019, 3, 8)) == found


def test_by_number_then_by_title(tmp_path: Path) -> None:
    text = "标题,文号,发布日期\n青河市人民政府关于加强古桥保护的意见,,2018-01-02\n别的,青政发[2019]7号,2019-03-08\n"
    assert publication_of(with_metadata(record(POLICY), table(tmp_path, text))).published_date == date(2019, 3, 8)


def test_two_rows_of_one_title_are_no_answer(tmp_path: Path) -> None:
    title = "青河市人民政府关于加强古桥保护的意见"
    made = table(tmp_path, f"标题,发布日期\n{title},2018-01-02\n{title},2019-03-08\n")
    assert publication_of(with_metadata(record(POLICY), made)).published_date is None


def test_two_rows_of_one_file_contradict(tmp_path: Path) -> None:
    made = table(tmp_path, "文件名,发布日期\n桥.txt,2019-03-05\n桥.txt,2019-03-08\n")
    assert publication_of(with_metadata(record(POLICY), made)).date_problem == "发布日期有两个：2019-03-05、2019-03-08"


def test_the_file_says_otherwise(tmp_path: Path) -> None:
    made = table(tmp_path, "文件名,发布日期\n桥.txt,2019-03-05\n")
    problem = publication_of(with_metadata(record("发布日期：2019年3月8日\n" + POLICY), made)).date_problem
    assert problem == "发布日期有两个：2019-03-05、2019-03-08"


def test_a_day_that_never_was(tmp_path: Path) -> None:
    made = table(tmp_path, "文件名,发布日期\n桥.txt,2019-02-30\n")
    assert publication_of(with_metadata(record(POLICY), made)).date_problem == "发布日期“2019-02-30”不是有效日期"


def test_headings_of_its_own(tmp_path: Path) -> None:
    columns = {"path": "电子件", "published_date": "上网日期", "interprets": "配套文件"}
    text = "电子件,上网日期,配套文件\n桥.txt,2019-03-08,青政发〔2019〕1号\n"
    item = publication_of(with_metadata(record(TEXT), table(tmp_path, text, columns=columns)))
    assert (item.published_date, item.interprets) == (date(2019, 3, 8), ("青政发〔2019〕1号",))


def test_empty_rows_say_nothing(tmp_path: Path) -> None:
    made = table(tmp_path, "文件名,发布日期\n桥.txt,\n,\n,2019-03-08\n")
    own = record(POLICY)
    assert publication_of(with_metadata(own, made)) == publication_of(own)
    assert unmatched(made, [own]) == []
    assert unmatched(made, []) == ["桥.txt"]


def test_the_settings_know_every_field() -> None:
    assert tuple(COLUMNS) == METADATA_FIELDS


@pytest.mark.parametrize(
    ("data", "columns", "word"),
    [
        (b"", {}, "找不到表头"),
        ("姓名,电话\n张,1\n".encode(), {}, "找不到表头"),
        ("文件名,发布日期\n".encode(), {"published_date": "上网日期"}, "上网日期"),
        (bytes(range(256)) * 20, {}, "不是 CSV"),
        (b"PK\x03\x04" + b"\0" * 50, {}, "Excel"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, data: bytes, columns: dict[str, str], word: str) -> None:
    (tmp_path / "登记.csv").write_bytes(data)
    with pytest.raises(MetadataError, match=word) as caught:
        load_metadata(tmp_path / "登记.csv", columns)
    assert "登记.csv" in str(caught.value) and "\n" not in str(caught.value)


def review(folder: Path, *more: str):
    arguments = [str(folder / "in"), "--out", str(folder / "out"), "--today", "2021-06-30", *more]
    return CliRunner().invoke(command, arguments, standalone_mode=False, catch_exceptions=True)


def test_review_counts_by_the_register(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "桥.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "in" / "桥解读.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "登记.csv").write_text(
        "文件,发布日期\n桥.txt,2019-09-30\n桥解读.txt,2019-10-14\n没有.txt,2019-10-14\n", encoding="utf-8"
    )
    review(tmp_path, "--metadata", str(tmp_path / "登记.csv"))
    findings = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))["findings"]
    (late,) = [row for row in findings if row["rule"].startswith("ZX13")]
    assert late["rule"] == "ZX1302" and "逾期1个工作日" in late["message"] and "2019-10-12" in late["message"]


def test_scan_counts_by_the_register(tmp_path: Path) -> None:
    from shenwen.pipeline.cli.scan import command as scan

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "桥.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "in" / "桥解读.txt").write_text(TEXT, encoding="utf-8")

    def row(day: str) -> dict:
        (tmp_path / "登记.csv").write_text(f"文件,发布日期\n桥.txt,2019-09-30\n桥解读.txt,{day}\n", encoding="utf-8")
        places = ["--index", str(tmp_path / "index"), "--out", str(tmp_path / "out"), "--today", "2021-06-30", "--jobs", "1"]
        arguments = [str(tmp_path / "in"), *places, "--metadata", str(tmp_path / "登记.csv")]
        CliRunner().invoke(scan, arguments, standalone_mode=False, catch_exceptions=True)
        (found,) = map(json.loads, (tmp_path / "out" / "interpretations.jsonl").read_text(encoding="utf-8").splitlines())
        return found

    assert row("2019-10-14")["status"] == "late"
    assert row("2019-10-12")["status"] == "on_time"
    summary = openpyxl.load_workbook(tmp_path / "out" / "interpretations.xlsx").worksheets[0]
    assert [cell.value for cell in summary[summary.max_row]][:3] == ["合计", "合计", 1]
