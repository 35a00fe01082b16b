"""The one driver of all rules: `cases/rules/zxNNNN.toml` holds texts on which a rule must speak (`fail`) or stay silent (`pass`).

The file begins with `rule = "ZXNNNN name"`: ids and names are for ever (people write them into settings, comments and
reports), so a change must be made twice.

A case: `text` (a document or a passage) and, where needed, `name`, `path`, `today`, `options`, `organisation`, `profile`,
`metadata` (a table of what the file says of itself), `masthead` (what is known of it whatever its text says), `links`,
`peers` (rows of the other documents of the batch), `index` (documents already issued, see `archive_of_cases.py`).
A pass case with `undetermined = true` must say that it cannot tell. A fail case may name the `quote` a finding must point at,
a phrase of its `message`, and `mended`: the same text repaired, on which the rule must be silent.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archive_of_cases import indexed

from shenwen.checks.rule import HEADINGS, Context, Rule, all_rules, judge
from shenwen.corpus.model import Document, DocumentKind, Finding, Record
from shenwen.corpus.pairing import pair_all
from shenwen.corpus.publications import publication_from_json, publication_of
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import understand

CASES = Path(__file__).parent / "cases" / "rules"
RULES = {rule.id: rule for rule in all_rules() if rule.id.startswith("ZX")}

#: An innocent passage: no rule may have anything to say.
CONTROL = "今年春季植树活动在河滩举行，参加者二百余人。"


def cases_of(rule: str) -> dict[str, Any]:
    path = CASES / f"{rule.lower()}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def each(kind: str) -> list[Any]:
    """All cases of one kind (`pass`, `fail`), and for `mended` the fail cases with the repaired text in place of the text."""
    rows = []
    for rule in RULES:
        for number, case in enumerate(cases_of(rule).get("pass" if kind == "pass" else "fail", []), 1):
            if kind != "mended" or "mended" in case:
                case = {**case, "text": case["mended"]} if kind == "mended" else case
                rows.append(pytest.param(rule, case, id=f"{rule}-{number}-{case.get('name', '')}"))
    return rows


def document_of(case: dict[str, Any]) -> Document:
    document = read_bytes(case.get("path", "草稿.txt"), case["text"].strip("\n").encode())
    assert isinstance(document, Document)
    return replace(document, metadata=tuple(case.get("metadata", {}).items()))


def known(masthead: dict[str, Any]) -> dict[str, Any]:
    """A case's `masthead` table with the model's types."""
    made = {"kind": DocumentKind, "issuers": tuple}
    return {name: made[name](value) if name in made else value for name, value in masthead.items()}


def findings(rule: Rule, case: dict[str, Any], folder: Path) -> list[Finding]:
    context = Context(
        archive=indexed(case["index"], folder) if "index" in case else None,
        today=case.get("today"),
        options=tuple(case.get("options", {}).items()),
        organisation=case.get("organisation"),
        profile=case.get("profile"),
    )
    document = document_of(case)
    facts = understand(document).facts
    if "masthead" in case:
        facts = replace(facts, masthead=replace(facts.masthead, **known(case["masthead"])))
    if "peers" in case:
        own = publication_of(Record(replace(document, links=tuple(map(tuple, case.get("links", ())))), facts))
        context = replace(context, peers=pair_all([own, *map(publication_from_json, case["peers"])]))
    found = judge(document, facts, context, [rule])
    assert not [finding for finding in found if "规则内部出错" in finding.message], found
    for finding in found:
        span = finding.location.span
        assert span is None or finding.location.quote == document.text[span.start : span.end]
    return list(found)


@pytest.mark.parametrize(("rule", "case"), each("pass"))
def test_silent(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    wanted = case.get("undetermined", False)
    found = findings(RULES[rule], case, tmp_path)
    assert [finding.message for finding in found if not finding.undetermined] == []
    assert any(finding.undetermined for finding in found) == wanted


@pytest.mark.parametrize(("rule", "case"), each("fail"))
def test_speaks(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    found = [finding for finding in findings(RULES[rule], case, tmp_path) if not finding.undetermined]
    assert found
    quotes = [finding.location.quote for finding in found]
    assert not case.get("quote") or any(case["quote"] in quote for quote in quotes), quotes
    messages = [finding.message for finding in found]
    assert not case.get("message") or any(case["message"] in message for message in messages), messages


@pytest.mark.parametrize(("rule", "case"), each("mended"))
def test_the_mended_text_passes(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    assert [finding.message for finding in findings(RULES[rule], case, tmp_path) if not finding.undetermined] == []


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_cases(rule: str) -> None:
    cases = cases_of(rule)
    assert cases.pop("rule", None) == f"{rule} {RULES[rule].name}"
    assert set(cases) == {"pass", "fail"}
    assert len(cases.get("pass", [])) >= 6
    assert len(cases.get("fail", [])) >= 6
    assert [case for case in cases["fail"] if "mended" in case]
    texts = [(case["text"], str(case)) for kind in cases.values() for case in kind]
    assert max(Counter(texts).values()) == 1


def test_no_cases_without_a_rule() -> None:
    assert {path.stem.upper() for path in CASES.glob("*.toml")} <= set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_its_page(rule: Rule) -> None:
    lines = rule.page.splitlines()
    assert lines[0].startswith(f"{rule.id} {rule.name}")
    assert tuple(line for line in lines if line in HEADINGS) == HEADINGS
    sections = re.split(rf"^(?:{'|'.join(HEADINGS)})$", rule.page, flags=re.M)[1:]
    assert all(section.strip() for section in sections)
    options = dict(zip(HEADINGS, sections, strict=True))["选项"]
    assert all(f"`{name}`" in options for name, _ in rule.options)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_lives_in_the_module_of_its_id(rule: Rule) -> None:
    assert re.fullmatch(rf"shenwen\.checks\.{rule.id.lower()}_[a-z_]+", rule.check.__module__)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_control_sentence_is_left_alone(rule: Rule, tmp_path: Path) -> None:
    assert [finding for finding in findings(rule, {"text": CONTROL}, tmp_path) if not finding.undetermined] == []


def test_ids_and_names_are_unique() -> None:
    rules = [rule for rule in all_rules() if rule.id.startswith("ZX")]
    assert len({rule.id for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
