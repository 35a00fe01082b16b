"""The content-free rule on a labelled set of generated documents, and its vocabulary on its own examples."""

from __future__ import annotations

import random
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from empty_documents import empty, useful

from shenwen.checks.rule import Context, all_rules, judge
from shenwen.corpus.model import Document
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import understand

RULE = next(rule for rule in all_rules() if rule.id == "ZX2103")
LONG = 1500
REFERENCE = resources.files("shenwen.corpus.reference")
TABLES = [tomllib.loads(REFERENCE.joinpath(name).read_text(encoding="utf-8")) for name in ("set_phrases.toml", "substance.toml")]
ENTRIES = [entry for table in TABLES for entries in table.values() for entry in entries]


def flagged(text: str) -> bool:
    document = read_bytes("草稿.txt", text.encode())
    assert isinstance(document, Document)
    return bool(judge(document, understand(document).facts, Context(), [RULE]))


def labelled() -> list[tuple[str, str, bool]]:
    """Name, text and whether it must be flagged: generated documents and those written by hand."""
    by_hand = tomllib.loads((Path(__file__).parent / "cases" / "content_free.toml").read_text(encoding="utf-8"))
    rows = [(style, text, True) for style, text in empty(105)] + [(name, text, False) for name, text in useful()]
    return rows + [(case["name"], case["text"], kind == "empty") for kind, cases in by_hand.items() for case in cases]


def test_precision_and_recall_on_the_labelled_set() -> None:
    rows = labelled()
    assert len(rows) >= 200
    verdicts = [(name, wanted, flagged(text)) for name, text, wanted in rows]
    right = sum(wanted and found for _, wanted, found in verdicts)
    missed = [name for name, wanted, found in verdicts if wanted and not found]
    wrong = [name for name, wanted, found in verdicts if found and not wanted]
    assert right / (right + len(wrong)) >= 0.95, wrong
    assert right / (right + len(missed)) >= 0.90, missed


def test_pages_of_empty_sentences_are_empty_too() -> None:
    """Long texts have a measure of their own: empty documents joined to some 1,500 letters."""
    by_hand = tomllib.loads((Path(__file__).parent / "cases" / "content_free.toml").read_text(encoding="utf-8"))["empty"]
    bodies = [case["text"].strip().split("\n")[2:-1] for case in by_hand]
    chance = random.Random(4)
    found = 0
    for _ in range(20):
        lines = ["关于做好当前有关工作的意见", "各镇、各部门："]
        while sum(map(len, lines)) < LONG:
            lines += chance.choice(bodies)
        found += flagged("\n".join(lines))
    assert found >= 18


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_patterns_match_their_examples_and_nothing_else(entry: dict[str, list[str]]) -> None:
    pattern = re.compile(str(entry["pattern"]))
    assert [example for example in entry["examples"] if not pattern.search(example)] == []
    assert [counter for counter in entry["counters"] if pattern.search(counter)] == []
