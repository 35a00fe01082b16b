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
from shenwen.corpus.interpretations import ClockOptions, InterpretationRow, clock_rows, document_rows
from shenwen.corpus.pairing import pair_all
from shenwen.corpus.pairing_tables import Pairing
from shenwen.corpus.publications import Publication
from shenwen.corpus.workdays import Calendar
from shenwen.pipeline.judging import Judge


def interpretation_rows(
    publications: Iterable[Publication], today: date | None, calendar: Calendar, settings: Settings
) -> Iterator[dict[str, Any]]:
    """One row a pair of document and interpretation, and one for each document without; sorted by path."""
    return rows_of_pairing(pair_all(publications), today, calendar, settings)


def rows_of_pairing(pairing: Pairing, today: date | None, calendar: Calendar, settings: Settings) -> Iterator[dict[str, Any]]:
    """`interpretation_rows` of a pairing that has been made."""
    return map(row_json, clock_rows(pairing, calendar, options_of(settings, today)))


def rows_of_batch(pairing: Pairing, paths: Collection[str], judge: Judge) -> tuple[dict[str, Any], ...]:
    """Rows of the documents at `paths` that are known to be published or have an interpretation: the rest may be drafts."""
    options = options_of(judge.settings, judge.context.today)
    calendar = judge.context.calendar or Calendar.default()
    rows = (row for path in sorted(paths) for row in document_rows(pairing, path, calendar, options))
    told = (row for row in rows if row.interpretation or row.date_basis == "published")
    return tuple(row_json(_for_itself(row, pairing)) for row in told)


def _for_itself(row: InterpretationRow, pairing: Pairing) -> InterpretationRow:
    """The row; where only the index has what it is a copy of, as that of a document of its own."""
    return replace(row, copy_of=None) if row.copy_of and pairing.elsewhere(row.copy_of) else row


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
