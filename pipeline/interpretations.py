"""The rows of `interpretations.jsonl`: each policy document with its interpretations, or without, and where it stands.

Goes in: the publications of a whole archive. Comes out: plain dictionaries as the contract has them, by path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from shenwen.checks.interpretation_clock import OPTIONS, RULE_OF_OPTIONS, clock_options, options_problem
from shenwen.checks.rule import Context
from shenwen.checks.settings import Settings, SettingsError
from shenwen.corpus.interpretations import ClockOptions, InterpretationRow
from shenwen.corpus.interpretations import interpretation_rows as clock
from shenwen.corpus.publications import Publication
from shenwen.corpus.workdays import Calendar


def interpretation_rows(
    publications: Iterable[Publication], today: date | None, calendar: Calendar, settings: Settings
) -> Iterator[dict[str, Any]]:
    """One row a pair of document and interpretation, and one for each document without; sorted by path."""
    for row in clock(publications, calendar, options_of(settings, today)):
        yield row_json(row)


def options_of(settings: Settings, today: date | None) -> ClockOptions:
    """The clock's settings: the defaults and what the settings say for rule ZX1301. Raises SettingsError."""
    prefix = f"{RULE_OF_OPTIONS}."
    own = {name.removeprefix(prefix): value for name, value in settings.options if name.startswith(prefix)}
    if problem := options_problem(settings.options):
        raise SettingsError(problem)
    return clock_options(Context(today=today, options=tuple((dict(OPTIONS) | own).items())))


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
