"""Article 13 in a review: who was interpreted shows only among the other files of the batch, and in the index."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shenwen.checks.settings import Settings, SettingsError, load_settings
from shenwen.corpus.model import Finding
from shenwen.pipeline.judging import Judge, judge_with
from shenwen.pipeline.review import examine, write_reports
from shenwen.pipeline.walk import files_in

SCRIPT = Path(__file__).parent.parent / "corpus" / "samples" / "make_samples.py"
POLICY = "青河市人民政府关于加强古桥保护的意见\n青政发〔2019〕7号\n发布日期：2019年3月5日\n各县人民政府：\n市水务局应当每月检查古桥一次。\n"
TEXT = "《青河市人民政府关于加强古桥保护的意见》解读\n发布日期：2019年3月19日\n检查每月一次，结果向社会公布。\n"


def clock() -> Judge:
    return judge_with(Settings(select=("ZX13",)), today=date(2026, 6, 30))


def found(paths: list[Path]) -> dict[tuple[str, str], Finding]:
    return {(Path(f.path).name, f.rule): f for f in examine(paths, clock()).findings}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("office")
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(out)], check=True, capture_output=True)
    return out


def test_the_small_office(office: Path) -> None:
    findings = found(list(files_in([str(office / "issued")])))
    assert set(findings) == {("加装电梯实施意见.html", "ZX1302"), ("小微企业稳岗若干措施.html", "ZX1301")}
    assert "逾期9个工作日" in findings["加装电梯实施意见.html", "ZX1302"].message
    assert findings["加装电梯实施意见.html", "ZX1302"].evidence[0].source.endswith("加装电梯实施意见-解读.html")


def test_drafts_alone_are_only_told_their_last_day(office: Path) -> None:
    findings = found(list(files_in([str(office / "drafts")])))
    assert findings
    assert all(finding.undetermined and "无法判断" in finding.message for finding in findings.values())


def test_a_document_alone_is_not_said_to_lack_an_interpretation(tmp_path: Path) -> None:
    (tmp_path / "意见.txt").write_text(POLICY, encoding="utf-8")
    ((_, finding),) = found([tmp_path / "意见.txt"]).items()
    assert finding.undetermined and "2019-03-12" in finding.message


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    for name, text in (("甲.txt", TEXT), ("乙.txt", POLICY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / "甲.txt", tmp_path / "乙.txt"]
    assert found(paths) == found(paths[::-1])
    assert list(found(paths)) == [("乙.txt", "ZX1302")]


def test_what_the_index_holds_counts(tmp_path: Path) -> None:
    from shenwen.corpus.index import open_index
    from shenwen.pipeline.indexing import add_files

    (tmp_path / "意见.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "解读.txt").write_text(TEXT, encoding="utf-8")
    with open_index(tmp_path / "index", create=True) as index:
        list(add_files(index, [tmp_path / "解读.txt"], jobs=1))
        judge = judge_with(Settings(select=("ZX13",)), index, date(2026, 6, 30))
        (finding,) = examine([tmp_path / "意见.txt"], judge).findings
    assert finding.rule == "ZX1302" and "逾期5个工作日" in finding.message


def test_the_office_sets_the_clock_once(tmp_path: Path) -> None:
    (tmp_path / "意见.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "解读.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "放假.csv").write_text("2019-03-11,off,本省\n2019-03-12,off,本省\n", encoding="utf-8")
    (tmp_path / "own.toml").write_text(
        f'calendar = "{(tmp_path / "放假.csv").as_posix()}"\n[rules.ZX1301]\nworkdays = 6\n', encoding="utf-8"
    )
    judge = judge_with(replace(load_settings(tmp_path / "own.toml"), select=("ZX13",)), today=date(2026, 6, 30))
    (finding,) = examine([tmp_path / "意见.txt", tmp_path / "解读.txt"], judge).findings
    assert "期限为2019-03-15" in finding.message and "逾期2个工作日" in finding.message


@pytest.mark.parametrize(("text", "word"), [("2019-02-30,off,本省\n", "第1行"), (None, "无法打开")])
def test_a_calendar_that_cannot_be_used(tmp_path: Path, text: str | None, word: str) -> None:
    if text is not None:
        (tmp_path / "放假.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=word):
        judge_with(Settings(calendar=str(tmp_path / "放假.csv")))


def test_the_report_shows_the_delays(office: Path, tmp_path: Path) -> None:
    result = examine(list(files_in([str(office)])), clock())
    assert {Path(row["policy"]).name: row["status"] for row in result.clock if row["status"] in ("late", "missing")} == {
        "加装电梯实施意见.html": "late",
        "小微企业稳岗若干措施.html": "missing",
    }
    write_reports(result, tmp_path, date(2026, 6, 30))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 1 and "政策解读用时" in page
    assert (tmp_path / "interpretations.xlsx").is_file()


def test_drafts_alone_have_no_delays(office: Path) -> None:
    assert not examine([office / "drafts" / "03-提升服务意识.txt"], clock()).clock


def test_a_copy_in_the_index_hides_nothing(tmp_path: Path) -> None:
    from shenwen.corpus.index import open_index
    from shenwen.pipeline.indexing import add_files

    (tmp_path / "0旧库").mkdir()
    for folder in (tmp_path / "0旧库", tmp_path):
        (folder / "意见.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "解读.txt").write_text(TEXT, encoding="utf-8")
    with open_index(tmp_path / "index", create=True) as index:
        list(add_files(index, [tmp_path / "0旧库" / "意见.txt"], jobs=1))
        judge = judge_with(Settings(select=("ZX13",)), index, date(2026, 6, 30))
        result = examine([tmp_path / "意见.txt", tmp_path / "解读.txt"], judge)
    assert [(Path(finding.path).name, finding.rule) for finding in result.findings] == [("意见.txt", "ZX1302")]
    assert [(row["status"], row["copy_of"]) for row in result.clock] == [("late", None)]
