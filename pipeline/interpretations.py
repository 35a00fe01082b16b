"""The rows of `interpretations.jsonl`: each policy document with its interpretations, or without, and where it stands.

Goes in: the publications of a whole archive. Comes out: plain dictionaries as the contract has them, by path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from shenwen.checks.interpretation_clock import OPTIONS, RULE_OF_OPTIONS, clock_options
from shenwen.checks.rule import Context
from shenwen.checks.rule import judge as judge_by
from shenwen.checks.settings import Settings, SettingsError
from shenwen.corpus.interpretations import ClockOptions, InterpretationRow
from shenwen.corpus.interpretations import interpretation_rows as clock
from shenwen.corpus.model import Document, Facts, FileFormat, Finding, Masthead
from shenwen.corpus.pairing import pair_all
from shenwen.corpus.publications import Publication
from shenwen.corpus.workdays import Calendar
from shenwen.pipeline.judging import Judge


def interpretation_rows(
    publications: Iterable[Publication], today: date | None, calendar: Calendar, settings: Settings
) -> Iterator[dict[str, Any]]:
    """One row a pair of document and interpretation, and one for each document without; sorted by path."""
    for row in clock(publications, calendar, options_of(settings, today)):
        yield row_json(row)


def peer_findings(publications: Iterable[Publication], judge: Judge) -> Iterator[Finding]:
    """What the rules of article 13 find in an archive whose texts are no longer at hand, by path. They point at no place in it.

    The reminder for drafts (ZX1306) is left out: it needs the text.
    """
    pairing = pair_all(publications)
    able = judge.among(pairing)
    rules = tuple(rule for rule in able.rules if rule.needs_peers and rule.id != "ZX1306")
    for item in sorted((*pairing.policies, *pairing.interpretations), key=lambda item: item.path):
        document = Document(path=item.path, sha256="", format=FileFormat.UNKNOWN, text="", blocks=())
        facts = Facts(masthead=Masthead(title=item.title, kind=item.kind))
        for finding in judge_by(document, facts, able.context, rules):
            if able.settings.wanted(finding):
                yield able.settings.graded(finding)


def options_of(settings: Settings, today: date | None) -> ClockOptions:
    """The clock's settings: the defaults and what the settings say for rule ZX1301. Raises SettingsError."""
    prefix = f"{RULE_OF_OPTIONS}."
    own = {name.removeprefix(prefix): value for name, value in settings.options if name.startswith(prefix)}
    try:
        return clock_options(Context(today=today, options=tuple((dict(OPTIONS) | own).items())))
    except (ValueError, re.error) as error:
        raise SettingsError(f"规则 {RULE_OF_OPTIONS} 的选项有误：{error}") from error


def row_json(row: InterpretationRow) -> dict[str, Any]:
    """A row with dates in ISO form."""
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case tuple():
            return list(value)
        case _:
            return value
