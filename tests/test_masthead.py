"""Mastheads: title, number, issuers, dates, kind and what is wrapped, on whole documents."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from shenwen.corpus.model import Document, Facts
from shenwen.extractors.find_facts import find_facts
from shenwen.extractors.lines import lines_of
from shenwen.extractors.read import read_bytes

CASES = tomllib.loads((Path(__file__).parent / "cases/extractors/mastheads.toml").read_text(encoding="utf-8"))["case"]


def said(facts: Facts) -> dict[str, object]:
    head = facts.masthead
    return {
        "title": head.title,
        "number": head.doc_number,
        "issuers": list(head.issuers),
        "type": head.doc_type,
        "kind": head.kind.value,
        "level": head.level.value if head.level else "",
        "addressees": list(head.addressees),
        "issued": str(head.issued_date or ""),
        "published": str(head.published_date or ""),
        "effective": str(head.effective_date or ""),
        "expires": str(head.expires_date or ""),
        "printed": str(head.printed_date or ""),
        "attachments": [attachment.value for attachment in head.attachments],
        "copies": list(head.copies_to),
        "inner": [inner.title for inner in facts.inner],
        "provisions": [provision.id for provision in facts.provisions],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_mastheads(case: dict) -> None:
    document = read_bytes("a.txt", case["text"].encode())
    assert isinstance(document, Document)
    found = said(find_facts(document))
    wanted = {name: value for name, value in case.items() if name not in ("name", "text")}
    assert {name: found[name] for name in wanted} == wanted


def test_lines_are_where_they_say() -> None:
    text = "  **关于档案的通知** 各单位： 请归档。\n\t\n# 一、目标 \n" + "各单位要归档。 二、检查。各县要检查。" * 20
    for line in lines_of(text):
        assert text[line.start : line.end] == line.text
