"""The interpretation clock on archives made by chance: every pair and every state exact."""

from __future__ import annotations

import json
from datetime import date

import pytest
from interpretation_scenarios import SITUATIONS, TODAY, Maker, Scenario, several_for_one

from shenwen.checks.settings import Settings, SettingsError
from shenwen.corpus.exemptions import default_exemptions, exemption
from shenwen.corpus.interpretations import ClockOptions
from shenwen.corpus.interpretations import interpretation_rows as clock
from shenwen.corpus.model import DocumentKind
from shenwen.corpus.publications import Publication, publication_from_json, publication_json
from shenwen.corpus.workdays import Calendar
from shenwen.pipeline.interpretations import interpretation_rows


def answered(scenario: Scenario) -> dict[tuple[str, str | None], str]:
    today = None if scenario.name == "年度安排未公布" else TODAY
    rows = clock(scenario.publications, Calendar.default(), ClockOptions(today=today))
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


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.__name__)
def test_a_publication_survives_json(situation) -> None:
    for item in situation(Maker(3)).publications:
        assert publication_from_json(json.loads(json.dumps(publication_json(item)))) == item


def test_rows_of_the_contract() -> None:
    made = several_for_one(Maker(5))
    rows = list(interpretation_rows(made.publications, TODAY, Calendar.default(), Settings()))
    contract = {
        "policy",
        "interpretation",
        "policy_date",
        "date_basis",
        "interpretation_date",
        "workdays",
        "deadline",
        "status",
        "reason",
    }
    assert len(rows) == 2 and all(contract <= set(row) for row in rows)
    assert json.loads(json.dumps(rows)) == rows
    strict = Settings(options=(("ZX1301.workdays", 1),))
    assert {row["status"] for row in interpretation_rows(made.publications, TODAY, Calendar.default(), strict)} == {"late"}


def test_the_office_keeps_its_own_list() -> None:
    commended = Publication("a.txt", "关于表彰先进集体的决定", kind=DocumentKind.POLICY, issued_date=date(2019, 3, 5))
    bridges = Publication("b.txt", "关于古桥巡查的意见", kind=DocumentKind.POLICY, issued_date=date(2019, 3, 5))
    own = Settings(options=(("ZX1301.exempt", ("古桥",)), ("ZX1301.required", ("表彰奖励文件",))))
    rows = interpretation_rows([commended, bridges], TODAY, Calendar.default(), own)
    assert [row["status"] for row in rows] == ["missing", "exempt"]


@pytest.mark.parametrize("option", [("since", "去年"), ("exempt", ("(",))])
def test_options_that_cannot_be_followed(option) -> None:
    with pytest.raises(SettingsError, match="ZX1301"):
        list(interpretation_rows([], TODAY, Calendar.default(), Settings(options=((f"ZX1301.{option[0]}", option[1]),))))


@pytest.mark.parametrize(
    ("link", "found"),
    [("../policy/a%20b.html", True), ("../policy/a%20b.html#top", True), ("a%20b.html", False), ("../other/a b.html", False)],
)
def test_saved_pages_are_linked_by_their_files(link: str, found: bool) -> None:
    policy = Publication("site/policy/a b.html", "青河市古桥检查办法", kind=DocumentKind.POLICY, issued_date=date(2019, 3, 5))
    told = Publication(
        "site/text/t.html",
        "要点早知道",
        kind=DocumentKind.INTERPRETATION,
        published_date=date(2019, 3, 6),
        links=(("政策原文", link),),
    )
    (row,) = interpretation_rows([policy, told], TODAY, Calendar.default(), Settings())
    assert (row["interpretation"] == told.path) == found


def test_a_basis_that_is_none() -> None:
    with pytest.raises(SettingsError, match="basis"):
        list(interpretation_rows([], TODAY, Calendar.default(), Settings(options=(("ZX1302.basis", "别的"),))))
