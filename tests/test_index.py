"""The index: adding again changes nothing, what was stored stays, damage and newer formats are named, validity, commands."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shenwen.corpus.entries import Entry, Reference, entry_of
from shenwen.corpus.index import IndexProblem, Stored, open_index
from shenwen.corpus.model import Document, Level
from shenwen.corpus.validity import Known, in_force
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.cli import group
from shenwen.pipeline.process import understand

ISSUED = """云川市人民政府关于加强河道管理的意见
云政发〔2025〕3号
各县（区）人民政府：
一、市水务局应当于2025年6月底前完成河道划界，并向社会公布划界成果和管理范围。
二、各县（区）人民政府应当落实河道保洁经费，建立保洁员队伍，每月巡查不少于两次。
三、任何单位和个人不得在河道管理范围内倾倒垃圾、渣土，不得修建妨碍行洪的建筑物。
云川市人民政府
2025年1月6日
"""


def entry(text: str = ISSUED, path: str = "意见.txt", source: str = "issued") -> Entry:
    document = read_bytes(path, text.encode())
    assert isinstance(document, Document)
    return entry_of(understand(document), source)


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        assert index.add([Stored(entry())]) == 1
        assert index.add([Stored(entry())]) == 0
        assert index.counts() == {"issued": 1}
        assert index.add([Stored(entry(ISSUED.replace("两次", "三次")))]) == 1
        assert index.counts() == {"issued": 1}


def test_what_was_stored_is_read_back(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add([Stored(entry(), expired=False)])
    with open_index(tmp_path) as index:
        (stored,) = index.entries()
        assert stored == Stored(entry(), expired=False)


@pytest.mark.parametrize("sort", [False, True])
def test_a_draft_finds_what_it_repeats(tmp_path: Path, sort: bool) -> None:
    others = [entry(ISSUED.replace("河道", word).replace("保洁", word), f"{word}.txt") for word in ("校车", "楼道")]
    with open_index(tmp_path, create=True) as index:
        index.add(Stored(each) for each in (entry(), *others))
        if sort:
            index.sort(force=True)
        draft = entry("云川市水务局关于河道管理有关工作的通知\n" + "\n".join(ISSUED.splitlines()[3:6]), "稿.txt", "draft")
        found = [each.entry.path for each in index.similar(draft)]
        assert found[0] == "意见.txt"


def test_a_draft_finds_what_it_names(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add([Stored(entry())])
        draft = entry("关于做好2026年工作的通知\n根据云政发〔2025〕3号文件要求，请各单位按期报送年度计划。\n", "稿.txt", "draft")
        assert [each.entry.path for each in index.similar(draft)] == ["意见.txt"]


def test_documents_added_after_sorting_are_found(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add([Stored(entry(ISSUED.replace("河道", "校车"), "校车.txt"))])
        index.sort(force=True)
        index.add([Stored(entry())])
        draft = entry("\n".join(ISSUED.splitlines()[3:6]), "稿.txt", "draft")
        assert "意见.txt" in [each.entry.path for each in index.similar(draft)]


def test_lost_postings_are_told_and_do_no_harm(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add([Stored(entry())])
        index.sort(force=True)
    for file in (tmp_path / "postings").rglob("hashes.npy"):
        file.write_bytes(b"")
    with open_index(tmp_path) as index:
        assert index.problems()
        assert [each.entry.path for each in index.similar(entry(path="稿.txt"))] == ["意见.txt"]


def test_no_index_damage_and_newer_formats_are_named(tmp_path: Path) -> None:
    with pytest.raises(IndexProblem, match="没有索引"):
        open_index(tmp_path)
    open_index(tmp_path, create=True).close()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    connection.commit()
    connection.close()
    with pytest.raises(IndexProblem, match="99"):
        open_index(tmp_path)
    (tmp_path / "index.db").write_bytes(b"nonsense" * 1000)
    with pytest.raises(IndexProblem, match="损坏"):
        open_index(tmp_path)


def test_two_connections_add_at_once(tmp_path: Path) -> None:
    first, second = open_index(tmp_path, create=True), open_index(tmp_path, create=True)
    for number in range(6):
        (first if number % 2 else second).add([Stored(entry(path=f"{number}.txt"))])
    assert first.counts() == {"issued": 6}
    first.close()
    second.close()


RULE = Entry("a", "1", title="云川市河道管理办法", issuers=("云川市人民政府",), issued_date=date(2019, 1, 1))


def later(day: date, **values: object) -> Entry:
    return Entry("b", "2", issuers=("云川市人民政府",), issued_date=day, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expired", "known", "value"),
    [
        (None, [], None),
        (True, [], False),
        (False, [], True),
        (None, [Known(later(date(2022, 1, 1), title="云川市人民政府关于废止部分规范性文件的决定"), True)], False),
        (None, [Known(later(date(2027, 1, 1), title="云川市人民政府关于废止部分规范性文件的决定"), True)], None),
        (None, [Known(later(date(2022, 1, 1), title="云川市河道管理办法"), False)], False),
        (None, [Known(later(date(2022, 1, 1), title="云川市河道管理办法（征求意见稿）"), False)], None),
        (None, [Known(later(date(2018, 1, 1), title="云川市河道管理办法"), False)], None),
        (None, [Known(later(date(2022, 1, 1), title="云川市校车管理办法"), False)], None),
    ],
)
def test_validity(expired: bool | None, known: list[Known], value: bool | None) -> None:
    assert in_force(RULE, expired, known, date(2026, 1, 1)).value is value


def test_repeal_by_another_document_in_the_index(tmp_path: Path) -> None:
    repeal = later(
        date(2022, 5, 1),
        title="云川市人民政府关于废止《云川市河道管理办法》的决定",
        references=(Reference("云川市河道管理办法", None, "repeals"),),
    )
    with open_index(tmp_path, create=True) as index:
        index.add([Stored(RULE), Stored(repeal)])
        assert index.in_force(Stored(RULE), date(2021, 1, 1)).value is None
        assert index.in_force(Stored(RULE), date(2023, 1, 1)).value is False


def test_commands(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "意见.txt").write_text(ISSUED, encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    index = str(tmp_path / "索引")
    run = CliRunner().invoke(group, ["index", "add", str(folder), "--index", index, "--jobs", "1"])
    assert run.exit_code == 1, run.output
    assert "读入 1 件，1 个文件未能读取" in run.output
    run = CliRunner().invoke(group, ["index", "info", "--index", index])
    assert "已发文件 1 件" in run.output
    assert "坏.pdf" in run.output
    assert CliRunner().invoke(group, ["index", "verify", "--index", index]).exit_code == 0
    run = CliRunner().invoke(group, ["index", "export", "--index", index, "--out", str(tmp_path / "表")])
    assert run.exit_code == 0, run.output
    assert (tmp_path / "表" / "documents.parquet").stat().st_size > 0
    laws = tmp_path / "laws.jsonl"
    laws.write_text(
        '{"id": "1", "title": "云川市节水条例", "text": "第一条　为了节约用水，制定本条例。", "adopted": "2020-01-01"}\n',
        encoding="utf-8",
    )
    run = CliRunner().invoke(group, ["index", "laws", str(laws), "--index", index, "--jobs", "1"])
    assert run.exit_code == 0, run.output
    laws.write_text("not json\n", encoding="utf-8")
    run = CliRunner().invoke(group, ["index", "laws", str(laws), "--index", index, "--jobs", "1"])
    assert run.exit_code == 2
    assert "Traceback" not in run.output


def test_another_place_repeals_nothing_here_and_stated_validity_counts(tmp_path: Path) -> None:
    ours = replace(RULE, path="通知.txt", title="关于加强河道管理的通知")
    lasting = replace(RULE, path="限期.txt", title="云川市塘坝管理办法", expires_date=date(2030, 1, 1))
    other = replace(
        later(
            date(2022, 5, 1), title="海丰市人民政府关于废止部分文件的决定", references=(Reference(ours.title, None, "repeals"),)
        ),
        issuers=("海丰市人民政府",),
    )
    with open_index(tmp_path, create=True) as index:
        index.add([Stored(ours), Stored(lasting), Stored(other)])
        assert index.in_force(Stored(ours), date(2026, 1, 1)).value is None
        assert index.in_force(Stored(lasting), date(2026, 1, 1)).value is True


def test_versions_of_a_law_from_two_collections(tmp_path: Path) -> None:
    """A new version of which only the lines under its title tell the day ends the old one; the collection's words count."""
    from shenwen.pipeline.indexing import read_law

    rows: list[dict[str, Any]] = [
        {"title": "中华人民共和国井盐法", "text": "第一条　盐井每年检修一次。", "adopted": "1999-03-01", "expired": False},
        {"title": "中华人民共和国井盐法", "text": "2024年4月2日全国人民代表大会常务委员会修订\n第一条　盐井每年检修两次。"},
        {
            "title": "井盐税条例",
            "text": "第一条　井盐从量计征。",
            "issued_date": "2001-05-01",
            "status": "已废止",
            "category": "行政法规",
        },
        {"title": "井盐运输条例", "text": "第一条　井盐不得与化肥混装。", "status": "现行有效", "category": "行政法规"},
    ]
    with open_index(tmp_path / "index", create=True) as index:
        index.add(stored for number, row in enumerate(rows) for stored in read_law({"id": str(number), **row}).stored)
        states = [index.in_force(stored, date(2025, 1, 1)).value for stored in index.entries()]
        levels = [stored.entry.level for stored in index.entries()]
    assert states == [False, None, False, True]
    assert levels == [Level.NATIONAL] * 4


def test_many_drafts_are_judged_in_workers_as_they_are_here(tmp_path: Path) -> None:
    from shenwen.checks.settings import Settings
    from shenwen.pipeline.judging import begun_by_file, judge_with
    from shenwen.pipeline.process import MANY, records_of

    with open_index(tmp_path / "index", create=True) as index:
        index.add([Stored(entry())])
        drafts = [tmp_path / f"{number:02}.txt" for number in range(MANY)]
        for number, path in enumerate(drafts):
            path.write_text(
                ISSUED.replace("〔2025〕3号", f"〔2026〕{number + 1}号").replace("2025年1月", "2026年1月"), encoding="utf-8"
            )
        judge = judge_with(Settings(), index, date(2026, 3, 2))
        here = [(path, [judge.begun(item) for item in records_of(path)]) for path in drafts]
        there = list(begun_by_file(drafts, judge))
    assert there == here
    assert all("ZX2102" in {finding.rule for finding in record.findings} for _, (record,) in there)
