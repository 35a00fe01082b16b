"""The rows of `interpretations.jsonl`: each policy document with its interpretations, or without, and where it stands.

Goes in: the publications of a whole archive. Comes out: plain dictionaries as the contract has them, by path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from enum import Enum
from typing import Any

from shenwen.checks.interpretation_clock import OPTIONS, RULE_OF_OPTIONS, clock_options, options_problem
from shenwen.checks.rule import Context
from shenwen.checks.settings import Settings, SettingsError
from shenwen.corpus.interpretations import ClockOptions, InterpretationRow, clock_rows
from shenwen.corpus.interpretations import interpretation_rows as clock
from shenwen.corpus.pairing import Pairing
from shenwen.corpus.publications import Publication
from shenwen.corpus.workdays import Calendar
from shenwen.pipeline.judging import Judge


def interpretation_rows(
    publications: Iterable[Publication], today: date | None, calendar: Calendar, settings: Settings
) -> Iterator[dict[str, Any]]:
    """One row a pair of document and interpretation, and one for each document without; sorted by path."""
    for row in clock(publications, calendar, options_of(settings, today)):
        yield row_json(row)


def rows_of_batch(pairing: Pairing, paths: Collection[str], judge: Judge) -> tuple[dict[str, Any], ...]:
    """Rows of the documents at `paths` that are known to be published or have an interpretation: the rest may be drafts."""
    options = options_of(judge.settings, judge.context.today)
    rows = clock_rows(pairing, judge.context.calendar or Calendar.default(), options)
    told = (row for row in rows if row.policy in paths and (row.interpretation or row.date_basis == "published"))
    return tuple(row_json(replace(row, copy_of=None) if row.copy_of in pairing.elsewhere else row) for row in told)


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
