"""Obligations and their bearers: cases in `cases/extractors/obligations_*.toml`, the vocabulary, and properties."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shenwen.corpus.model import Document, Facts, Masthead
from shenwen.extractors.find_facts import find_facts, find_view
from shenwen.extractors.obligations.find_obligations import find_obligations
from shenwen.extractors.obligations.full_names import FullNames
from shenwen.extractors.obligations.modality import modals_in, words
from shenwen.extractors.obligations.responsibility import duty_of
from shenwen.extractors.read import read_bytes

CASES = Path(__file__).parent / "cases" / "extractors"
SENTENCES = tomllib.loads((CASES / "obligations_classes.toml").read_text(encoding="utf-8"))["case"]
TEXTS = tomllib.loads((CASES / "obligations_texts.toml").read_text(encoding="utf-8"))["case"]
MODAL_WORDS = tomllib.loads(resources.files("shenwen.corpus.reference").joinpath("modal_words.toml").read_text(encoding="utf-8"))[
    "word"
]


def facts_of(text: str) -> tuple[Document, Facts]:
    document = read_bytes("草稿.txt", text.encode())
    assert isinstance(document, Document)
    return document, find_obligations(document, find_view(document, Facts()))


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:16])
def test_a_sentence(case):
    _, facts = facts_of("一、工作要求\n" + case["text"])
    assert sorted({m.value for o in facts.obligations for m in o.modality}) == sorted(case["is"])
    if "who" in case:
        assert list(dict.fromkeys(actor.name for o in facts.obligations for actor in o.actors)) == case["who"]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["name"])
def test_a_passage(case):
    _, facts = facts_of(case["text"].strip("\n"))
    assert len(facts.obligations) == len(case["statements"]), [o.quote for o in facts.obligations]
    for found, wanted in zip(facts.obligations, case["statements"], strict=True):
        assert found.quote.startswith(wanted["quote"])
        if "modality" in wanted:
            assert sorted(m.value for m in found.modality) == sorted(wanted["modality"])
        for field in ("actors", "supporting"):
            if field in wanted:
                assert [actor.name for actor in getattr(found, field)] == wanted[field]
        for field in ("action", "condition", "exception", "qualified"):
            if field in wanted:
                assert getattr(found, field) == wanted[field]
        if "recipients" in wanted:
            assert list(found.recipients) == wanted["recipients"]


@pytest.mark.parametrize(
    ("cell", "norms"),
    [
        ("2027年3月", ["by:2027-03-31"]),
        ("6月20日", ["by:2027-06-20"]),
        ("2027年", ["by:2027-12-31"]),
        ("12月", ["by:2027-12-31"]),
        ("2027/3/31", ["by:2027-03-31"]),
        ("第二季度", ["by:2027-06-30"]),
        ("每季度", ["every:quarter"]),
        ("1.5", []),
        ("长期", []),
    ],
)
def test_a_day_alone_in_the_column_of_limits_is_one(cell, norms):
    table = f"|任务|责任单位|完成时限|\n|---|---|---|\n|建立河道台账|县水利局|{cell}|"
    text = f"关于任务分工的通知\n\n{table}\n\n某县人民政府\n2027年1月5日\n"
    document = read_bytes("草稿.md", text.encode())
    assert isinstance(document, Document)
    (task,) = find_facts(document).obligations
    assert [limit.norm for limit in task.deadlines] == norms


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("一、复业批次\n3月1日—3月5日，五金店；\n县商务局 2021年2月20日 注：本通告统一编号。", ["during:2021-03-01/2021-03-05"]),
        ("县商务局 2021年2月20日\n3月1日—3月5日，北区发生两起火情。", []),
        (
            "2021年幼儿园招生办法\n五、报名\n4月24日—4月27日\n面谈时间为5月7日。",
            ["during:2021-04-24/2021-04-27", "by:2021-05-07"],
        ),
        (
            "某县人民政府关于报名的通告\n各乡镇：\n网上报名6月下旬进行，具体安排另行通知。\n某县人民政府\n2021年5月6日",
            ["by:2021-06-30"],
        ),
        ("一、材料应于5月10日前交县教育局。\n本办法自2022年1月15日起施行。", ["by:2022-05-10", "from:2022-01-15"]),
    ],
)
def test_days_of_a_timetable_and_their_year(text, norms):
    document = read_bytes("草稿.txt", text.encode())
    assert isinstance(document, Document)
    facts = find_facts(document)
    limits = [*facts.deadlines, *(limit for found in facts.obligations for limit in found.deadlines)]
    assert sorted(limit.norm for limit in limits) == sorted(norms)


def test_addressees_are_no_order_and_what_was_reached_is_no_goal():
    text = (
        "某省统计局关于全省经济情况的通报\n某市人民政府，省教育厅、省外事办：\n2023年末户籍人口达到52万人。\n"
        "到2026年底，覆盖率达到90%以上。\n某省统计局\n2024年3月1日\n"
    )
    document = read_bytes("通报.txt", text.encode())
    assert isinstance(document, Document)
    found = find_facts(document).obligations
    assert [o.quote[:8] for o in found] == ["到2026年底，"]


def test_a_sentence_that_opens_with_a_past_year_tells():
    text = (
        "某县人民政府关于仓库管理的通知\n各乡镇：\n2016年县供销社将旧仓库改造为冷库，并组织培训。\n"
        "2016年以前建成的仓库，按旧标准执行。\n2018年立项的项目由县发改委负责清理。\n2024年县粮食局将旧仓库改造为冷库。\n"
        "某县人民政府\n2024年3月2日\n"
    )
    document = read_bytes("通知.txt", text.encode())
    assert isinstance(document, Document)
    found = find_facts(document).obligations
    assert [o.quote[:8] for o in found] == ["2016年以前建", "2018年立项的", "2024年县粮食"]


@pytest.mark.parametrize("entry", MODAL_WORDS, ids=lambda entry: entry["text"][0])
def test_modal_words_prove_themselves(entry):
    for example in entry["examples"]:
        assert any(m.word in entry["text"] and m.modality.value == entry["class"] for m in modals_in(example)), example
    for counter in entry["counter"]:
        assert not any(m.word in entry["text"] for m in modals_in(counter)), counter


def test_task_words_hold_no_modal_word():
    shared = {word for bundle in words().tasks.longer.values() for word in bundle} & set(words().modality)
    assert shared <= {"引导", "支持", "动员"}, "these are recommendations only before companies and society"


@pytest.mark.parametrize(
    ("bracket", "lead", "support"),
    [
        ("责任单位：甲局、乙局", ("甲局", "乙局"), ()),
        ("牵头单位：甲局；配合单位：乙局、丙局", ("甲局",), ("乙局", "丙局")),
        ("甲局牵头，乙局、丙局按职责分工负责", ("甲局", "乙局", "丙局"), ()),
        ("甲局会同乙局负责", ("甲局",), ("乙局",)),
        ("负责部门：甲局，适用范围：全县", ("甲局",), ()),
        ("甲局、各乡（镇）政府负责", ("甲局", "各乡（镇）政府"), ()),
    ],
)
def test_responsibility_brackets(bracket, lead, support):
    duty = duty_of(bracket)
    assert (duty.lead, duty.support) == (lead, support)


def test_names_relative_to_the_issuer():
    names = FullNames("", Masthead(issuers=("甲山省人民政府",)))
    assert names.of("省政府办公厅") == "甲山省人民政府办公厅"
    assert names.of("省发改委") == "甲山省发展和改革委员会"
    assert names.of("市财政局") is None
    assert names.of("甲山省人民政府办公厅") is None


def test_abbreviations_of_the_document():
    names = FullNames("成立乡村道路养护协调小组（以下简称协调小组），负责日常工作。", Masthead())
    assert names.of("协调小组") == "乡村道路养护协调小组"
    assert names.of("领导小组") is None


def test_full_names_reach_the_actors():
    text = "成立乡村道路养护协调小组（以下简称协调小组）。\n协调小组要每月调度一次。"
    _, facts = facts_of(text)
    assert facts.obligations[-1].actors[0].full == "乡村道路养护协调小组"


PIECES = st.sampled_from(
    [
        *"，。；：（）“”《》的由要 🙂\n\t",
        "各单位",
        "不得",
        "应当",
        "可以",
        "县水利局",
        "负责",
        "建立台账",
        "一、",
        "（一）",
        "第三条 ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_in(text):
    """Never an exception; every span in bounds and quoted exactly; every bearer quoted where it stands."""
    document, facts = facts_of("甲" + text)
    for found in facts.obligations:
        assert 0 <= found.span.start < found.span.end <= len(document.text)
        assert found.quote == document.text[found.span.start : found.span.end]
        assert found.modality
        for actor in (*found.actors, *found.supporting):
            assert actor.span is None or document.quote(actor.span) == actor.name
