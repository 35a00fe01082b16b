"""Who restates whom, as a page: groups of cards and lines from the rows of a scan."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import html as lxml_html

from shenwen.pipeline.cli import group
from shenwen.pipeline.reports.relations_graph import groups_of
from shenwen.pipeline.reports.relations_html import render

NASTY = "</title><script>alert(1)</script>关于“测试”的通知"


def document(path: str, level: str | None, day: str | None, title: str = "关于开展检查的通知") -> tuple[str, dict[str, Any]]:
    return path, {
        "path": path,
        "title": title,
        "level": level,
        "issued_date": day,
        "issuers": ["云川市水务局"],
        "doc_number": "云水〔2026〕5号",
    }


def relation(a: str, b: str, kind: str, shares: tuple[float, float] = (0.9, 0.6)) -> dict[str, Any]:
    names = ("relation", "coverage_a", "coverage_b", "pairs", "reason")
    return {"a": a, "b": b} | dict(zip(names, (kind, *shares, 7, "大部分相同"), strict=True))


DOCUMENTS = dict(
    [
        document("库/省.docx", "province", "2026-03-01"),
        document("库/市.docx", "city", "2026-02-01", NASTY),
        document("库/市-副本.docx", "city", "2026-02-01", NASTY),
        document("库/县.docx", "county", None),
        document("库/县-修订.docx", "county", "2026-05-01"),
    ]
)
RELATIONS = [
    relation("库/市-副本.docx", "库/市.docx", "same"),
    relation("库/市.docx", "库/省.docx", "restatement", (0.9, 0.6)),
    relation("库/市-副本.docx", "库/省.docx", "restatement", (0.8, 0.5)),
    relation("库/县.docx", "库/市.docx", "restatement"),
    relation("库/县-修订.docx", "库/县.docx", "revision"),
    relation("库/县.docx", "库/省.docx", "restatement"),
    relation("库/另一件.docx", "库/县.docx", "shared"),
]


def test_copies_are_one_card_and_lines_lead_to_what_was_there_first() -> None:
    (found,) = groups_of(DOCUMENTS, list(enumerate(RELATIONS, 1)))
    assert sorted(card.files for card in found.cards) == sorted(
        [("库/省.docx",), ("库/市-副本.docx", "库/市.docx"), ("库/县.docx",), ("库/县-修订.docx",)]
    )
    assert len(found.lines) == 4
    for line in found.lines:
        assert found.cards[line.earlier].x < found.cards[line.later].x
    (city,) = [line for line in found.lines if found.cards[line.later].level == "市级"]
    assert (city.row, city.share_later, city.share_earlier, found.cards[city.earlier].level) == (2, 0.9, 0.6, "省级")


def test_an_office_restates_the_law_and_what_cannot_be_told_has_no_direction() -> None:
    law = document("库/条例.docx", None, "2026-04-01", "云川市水务管理条例")
    notice = document("库/通知.docx", "city", "2026-03-01", "云川市水务局关于加强水务管理的通知")
    documents = dict([(law[0], law[1] | {"kind": "law", "issuers": []}), notice])
    (found,) = groups_of(documents, [(1, relation("库/条例.docx", "库/通知.docx", "restatement", (0.5, 0.8)))])
    (line,) = found.lines
    assert (found.cards[line.earlier].title, line.share_later, line.sure) == ("云川市水务管理条例", 0.8, True)
    twins = dict(document(f"库/{name}.docx", None, None, f"关于{name}的通知") for name in ("甲", "乙"))
    assert [line.sure for group in groups_of(twins, [(1, relation(*twins, "revision"))]) for line in group.lines] == [False]


def test_circles_are_opened() -> None:
    names = "甲乙丙"
    documents = dict(document(f"库/{name}.docx", None, None, f"关于{name}工作的通知") for name in names)
    days = {"库/甲.docx": "2026-01-01", "库/乙.docx": "2026-02-01", "库/丙.docx": None}
    documents = {path: row | {"issued_date": days[path]} for path, row in documents.items()}
    paths = list(documents)
    rows = [
        relation(a, b, kind) for a, b in zip(paths, [*paths[1:], paths[0]], strict=True) for kind in ("restatement", "revision")
    ]
    (found,) = groups_of(documents, list(enumerate(rows, 1)))
    assert len(found.lines) == 6
    assert all(found.cards[line.earlier].x < found.cards[line.later].x for line in found.lines)


def test_cards_never_lie_on_one_another() -> None:
    (found,) = groups_of(DOCUMENTS, list(enumerate(RELATIONS, 1)))
    boxes = sorted((card.x, card.y, card.y + card.height) for card in found.cards)
    assert all(a[0] < b[0] or a[2] < b[1] for a, b in pairwise(boxes))
    assert all(top >= 0 and bottom <= found.height for _, top, bottom in boxes)


def test_page_escapes_every_word_and_each_line_leads_to_its_row() -> None:
    page = render(groups_of(DOCUMENTS, list(enumerate(RELATIONS, 1))), "库/", date(2026, 11, 1))
    tree = lxml_html.fromstring(page)
    assert "<script>alert" not in page and len(tree.xpath("//script")) == 1
    assert not tree.xpath("//@src | //link | //@style | //@*[starts-with(name(), 'on')]")
    names = tree.xpath("//@id")
    assert len(names) == len(set(names)) and {href[1:] for href in tree.xpath("//a/@href")} <= set(names)
    assert {"r2", "r3", "r4", "r5", "r6"} <= set(names)
    (words,) = tree.xpath("//*[@href='#r2']/@aria-label")
    assert "照抄" in words and "90%" in words and "云水〔2026〕5号" in words and "2026-02-01" in words


@pytest.mark.parametrize("found", [[], [(1, RELATIONS[0])], [(7, RELATIONS[6])]])
def test_where_nothing_restates_nothing_is_drawn(found: list[tuple[int, dict[str, Any]]]) -> None:
    assert "没有照抄或修改的关系" in render(groups_of(DOCUMENTS, found), "", date(2026, 11, 1))


def test_a_scan_of_nothing_alike_still_has_the_page(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("关于检查的通知\n市水务局于2026年5月底前完成检查。\n", encoding="utf-8")
    arguments = [
        "scan",
        str(tmp_path / "甲.txt"),
        "--out",
        str(tmp_path / "out"),
        "--index",
        str(tmp_path / "index"),
        "--jobs",
        "1",
    ]
    CliRunner().invoke(group, [*arguments, "--today", "2026-11-01"], catch_exceptions=False)
    assert "文件关系图" in (tmp_path / "out" / "relations.html").read_text(encoding="utf-8")
