"""The tree of provisions and the citations: cases, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shenwen.corpus.model import Document, Facts
from shenwen.extractors.find_facts import find_facts
from shenwen.extractors.labels import numbering_of
from shenwen.extractors.read import read_bytes

CASES = Path(__file__).parent / "cases/extractors"
PROVISIONS = tomllib.loads((CASES / "provisions.toml").read_text(encoding="utf-8"))["case"]
CITATIONS = tomllib.loads((CASES / "citations.toml").read_text(encoding="utf-8"))["case"]

LABELS = [
    "第一编",
    "第一章 总则",
    "第二章 ",
    "第一节",
    "第一条 ",
    "第二条 ",
    "一、",
    "二、",
    "（一）",
    "（二）",
    "(一)",
    "1.",
    "2.",
    "1 总则",
    "1.1 ",
    "1.1.1 ",
    "（1）",
    "①",
    "附件",
    "附件1",
    "附件：1.",
    "目录",
    "",
]
RESTS = [
    "加强领导",
    "加强领导。各部门要落实责任。",
    "各单位应当归档。",
    "有下列情形之一的：",
    "清点\t市档案局",
    "關於檔案工作，各縣要落實。",
    "云川市人民政府",
    "云川市人民政府关于印发云川市档案清点方案的通知",
    "云川市档案清点方案",
    "2026年2月2日",
    "",
]
TEXTS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(RESTS)).map("".join), max_size=24).map("\n".join)


def read(text: str) -> tuple[Document, Facts]:
    document = read_bytes("a.txt", text.encode("utf-8", "surrogatepass"))
    assert isinstance(document, Document), document
    return document, find_facts(document)


@pytest.mark.parametrize("case", PROVISIONS, ids=lambda case: case["name"])
def test_provisions(case: dict) -> None:
    document, facts = read(case["text"])
    found = {unit.id: unit for unit in facts.provisions}
    assert list(found) == case["ids"]
    for name, heading in case.get("headings", {}).items():
        span = found[name].heading
        assert span is not None, name
        assert document.quote(span) == heading
    for name, text in case.get("texts", {}).items():
        assert found[name].text == text
    for name in case.get("no_headings", []):
        assert found[name].heading is None, name


@settings(max_examples=200, deadline=None)
@given(TEXTS)
@example("第一条 甲。\n乙。\n（一）丙。\n丁。\n第一条 甲。\n乙。")
def test_the_tree(text: str) -> None:
    """Ids are unique; units come in order; each lies in its parent's whole; own texts do not overlap."""
    if not text.strip():
        return
    document, facts = read(text)
    units = {unit.id: unit for unit in facts.provisions}
    assert len(units) == len(facts.provisions)
    before = 0
    for unit in facts.provisions:
        assert before <= unit.span.start < unit.span.end <= unit.whole.end <= len(document.text)
        before = unit.span.end
        assert unit.whole.start == unit.span.start
        assert facts.view.of(unit.span) == unit.text
        assert unit.heading is None or unit.whole.contains(unit.heading)
        if unit.parent:
            parent = units[unit.parent]
            assert parent.whole.contains(unit.whole)
            assert unit.level == parent.level + 1
        else:
            assert unit.level == 1


@given(st.text(max_size=40))
def test_any_line_has_a_label_or_none(line: str) -> None:
    label = numbering_of(line).label_of(line)
    assert label is None or 0 < label.end <= len(line)


@pytest.mark.parametrize("case", CITATIONS, ids=lambda case: case["name"])
def test_citations(case: dict) -> None:
    _, facts = read(case["text"])
    found = [(c.title, c.doc_number, c.article, c.role) for c in facts.citations]
    assert found == [tuple(row.get(name) for name in ("title", "number", "article", "role")) for row in case["cites"]]


MARKS = st.text(alphabet="《》〈〉（）〔〕「」\n、和根据废止以下简称甲乙号第条1２年。：", max_size=120)


@settings(max_examples=200, deadline=None)
@given(MARKS.filter(str.strip))
def test_citations_stand_in_the_text(text: str) -> None:
    """In order, without overlap, and each begins with its bracket or number."""
    document, facts = read(text)
    before = 0
    for citation in facts.citations:
        assert before <= citation.span.start < citation.span.end <= len(document.text)
        before = citation.span.end
        assert citation.title is None or document.text[citation.span.start] == "《"
