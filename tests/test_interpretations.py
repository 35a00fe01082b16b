"""The interpretation clock on archives made by chance: every pair and every state exact."""

from __future__ import annotations

import pytest
from interpretation_scenarios import SITUATIONS, TODAY, Maker, Scenario

from shenwen.corpus.exemptions import default_exemptions, exemption
from shenwen.corpus.interpretations import ClockOptions, interpretation_rows
from shenwen.corpus.model import DocumentKind
from shenwen.corpus.publications import Publication
from shenwen.corpus.workdays import Calendar


def answered(scenario: Scenario) -> dict[tuple[str, str | None], str]:
    today = None if scenario.name == "年度安排未公布" else TODAY
    rows = interpretation_rows(scenario.publications, Calendar.default(), ClockOptions(today=today))
    assert all(row.reason for row in rows if row.status in ("exempt", "undetermined", "missing"))
    return {(row.policy, row.interpretation): str(row.status) for row in rows}


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.__name__)
def test_scenario(situation) -> None:
    for seed in range(12):
        scenario = situation(Maker(seed * 1000 + SITUATIONS.index(situation)))
        titles = [item.title for item in scenario.publications]
        assert answered(scenario) == scenario.expected, (seed, titles)


@pytest.mark.parametrize("listed", default_exemptions(), ids=lambda e: e.name)
def test_exemptions_prove_themselves(listed) -> None:
    for title in (*listed.examples, *listed.counter):
        named = exemption(Publication("a.txt", title, kind=DocumentKind.POLICY), (listed,)) == listed.name
        assert named == (title in listed.examples), title
    # no counter-example may fall to another sort either
    for title in listed.counter:
        assert exemption(Publication("a.txt", title, kind=DocumentKind.POLICY), default_exemptions()) is None, title
