"""The content-free rule on a labelled set of generated documents, and its vocabulary on its own examples."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest
from empty_documents import empty, useful

from shenwen.checks.rule import Context, all_rules, judge
from shenwen.corpus.model import Document
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import understand

RULE = next(rule for rule in all_rules() if rule.id == "ZX2103")
REFERENCE = resources.files("shenwen.corpus.reference")
TABLES = [tomllib.loads(REFERENCE.joinpath(name).read_text(encoding="utf-8")) for name in ("set_phrases.toml", "substance.toml")]
ENTRIES = [entry for table in TABLES for entries in table.values() for entry in entries]


def flagged(text: str) -> bool:
    document = read_bytes("草稿.txt", text.encode())
    assert isinstance(document, Document)
    return bool(judge(document, understand(document).facts, Context(), [RULE]))


def test_empty_documents_are_found() -> None:
    missed = [(style, text) for style, text in empty(105) if not flagged(text)]
    assert len(missed) <= 105 * 0.10, missed[:3]


def test_useful_documents_are_left_alone() -> None:
    wrong = [name for name, text in useful() if flagged(text)]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_patterns_match_their_examples_and_nothing_else(entry: dict[str, list[str]]) -> None:
    pattern = re.compile(str(entry["pattern"]))
    assert [example for example in entry["examples"] if not pattern.search(example)] == []
    assert [counter for counter in entry["counters"] if pattern.search(counter)] == []
