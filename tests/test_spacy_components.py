"""The facts on a spaCy doc are those of the program, whatever the tokens, and survive the way to disk."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from spacy.tokens import Doc  # noqa: E402

from shenwen.extractors.spacy_components import facts_of  # noqa: E402

PIPES = ("shenwen_provisions", "shenwen_obligations", "shenwen_deadlines")
NOTICE = """云川市人民政府办公室关于做好河道清淤工作的通知
各县（区）人民政府：
一、市水务局应当于2026年5月31日前完成  清淤方案编制。
二、各县（区）人民政府不得拖延。（责任单位：市水务局牵头，市财政局配合）
云川市人民政府办公室
2026年4月1日
"""


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    made = spacy.blank("zh")
    for pipe in PIPES:
        made.add_pipe(pipe)  # found by its entry point or because this file imported the module
    return made


def texts(doc: Doc, group: str) -> list[str]:
    return [span.text for span in doc.spans[group]]


def test_spans_hold_the_same_words(nlp: spacy.Language) -> None:
    doc, facts = nlp(NOTICE), facts_of(NOTICE)
    assert doc.text == NOTICE
    assert texts(doc, "obligations") == [obligation.quote for obligation in facts.obligations]
    assert len(facts.obligations) >= 2
    assert [span.id_ for span in doc.spans["provisions"]] == ["一", "二"]
    assert "市水务局" in texts(doc, "owners")
    assert {label for span in doc.spans["obligations"] for label in span.label_.split("+")} >= {"obligation", "prohibition"}


def test_deadlines_have_normal_form_and_last_day(nlp: spacy.Language) -> None:
    doc = nlp(NOTICE)
    limits = [(span.text, span.id_, span._.due) for span in doc.spans["deadlines"]]
    assert ("2026年5月31日前", "by:2026-05-31", "2026-05-31") in limits


def test_docs_can_be_stored(nlp: spacy.Language) -> None:
    doc = nlp(NOTICE)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert texts(again, "deadlines") == texts(doc, "deadlines")


@pytest.mark.parametrize("text", ["", "\n\n", " ", "。", "一、", "\u3000\u3000应当", "a" * 50])
def test_any_text(nlp: spacy.Language, text: str) -> None:
    assert set(nlp(text).spans) == {"provisions", "obligations", "owners", "supporting", "deadlines"}


def test_spacy_finds_the_components_by_their_names() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    points = project["project"]["entry-points"]["spacy_factories"]
    assert tuple(points) == PIPES
    for target in points.values():
        module, function = target.split(":")
        assert callable(getattr(importlib.import_module(module), function))
