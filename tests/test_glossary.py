"""The glossary names every public field of what is extracted, and nothing that does not exist."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from shenwen.corpus import model

GLOSSARY = (Path(__file__).parent.parent / "docs/glossary.md").read_text(encoding="utf-8")
CLASSES = (model.Masthead, model.Provision, model.Obligation, model.Deadline, model.Citation)


@pytest.mark.parametrize("noun", CLASSES, ids=lambda noun: noun.__name__)
def test_every_field_is_explained(noun: type) -> None:
    wanted = {f"{noun.__name__}.{field.name}" for field in fields(noun)}
    assert wanted == set(re.findall(rf"`({noun.__name__}\.\w+)`", GLOSSARY))


@pytest.mark.parametrize(
    "kind", [model.DocumentKind, model.Level, model.Modality, model.Severity], ids=lambda kind: kind.__name__
)
def test_closed_sets_are_explained(kind: type) -> None:
    assert {value for value in kind if f"`{value.value}`" not in GLOSSARY} == set()


def test_a_term_stands_once() -> None:
    names = re.findall(r"^\|[^|]+\| `([\w.]+)` \|", GLOSSARY, re.M)
    assert len(names) == len(set(names)) > 60
