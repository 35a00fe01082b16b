"""What the rules of article 十三 ask alike: the clock's row of the document at hand, under the rules' options."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from shenwen.checks.rule import Context
from shenwen.corpus.model import Document, Evidence
from shenwen.corpus.workdays import Calendar

if TYPE_CHECKING:
    from shenwen.corpus.exemptions import Exemption
    from shenwen.corpus.interpretations import ClockOptions, InterpretationRow
    from shenwen.corpus.pairing_tables import Pair

#: Options of every rule of the clock, with the same meaning: `since` is an ISO date, `basis` `published` or `issued`, `exempt`
#: patterns of titles that need no interpretation beside the list that comes with the program, `required` names of that list.
OPTIONS: tuple[tuple[str, object], ...] = (
    ("workdays", 5),
    ("since", "2019-02-02"),
    ("basis", "published"),
    ("exempt", ()),
    ("required", ()),
)
#: Whose options hold for a whole archive.
RULE_OF_OPTIONS = "ZX1301"
_FOLLOWERS = ("ZX1302", "ZX1306")


def shared_options(options: Iterable[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    """Options in which what is set for ZX1301 holds for the other rules of the clock too, where they say nothing themselves."""
    given = tuple(options)
    prefix = f"{RULE_OF_OPTIONS}."
    own = [(name.removeprefix(prefix), value) for name, value in given if name.startswith(prefix)]
    return (*((f"{rule}.{name}", value) for rule in _FOLLOWERS for name, value in own), *given)


def options_problem(options: Iterable[tuple[str, Any]]) -> str | None:
    """Why options of the clock cannot be followed, in words for people; None where they can."""
    for name, value in options:
        rule, _, option = name.partition(".")
        if rule in (RULE_OF_OPTIONS, *_FOLLOWERS) and (why := _problem(option, value)):
            return f"规则 {rule} 的选项 {option} 有误：{why}"
    return None


def _problem(option: str, value: Any) -> str:
    try:
        if option == "since":
            date.fromisoformat(str(value))
        for pattern in value if option == "exempt" else ():
            re.compile(str(pattern))
    except (ValueError, re.error) as error:
        return str(error)
    return "应为 published 或 issued" if option == "basis" and value not in ("published", "issued") else ""


def clock_options(context: Context) -> ClockOptions:
    """The clock's settings from the options in force."""
    from shenwen.corpus.interpretations import ClockOptions, Limit

    since = context.option("since")
    limit = Limit(int(context.option("workdays")), since if isinstance(since, date) else date.fromisoformat(str(since)))
    return ClockOptions(
        today=context.today, limits=(limit,), basis=str(context.option("basis")), exemptions=exemptions_in(context)
    )


def calendar_in(context: Context) -> Calendar:
    """The working days that hold."""
    return context.calendar or Calendar.default()


def exemptions_in(context: Context) -> tuple[Exemption, ...]:
    """Sorts of documents that need no interpretation: the shipped ones but those in `required`, and the office's own."""
    from shenwen.corpus.exemptions import Exemption, default_exemptions

    required = set(context.option("required"))
    shipped = (each for each in default_exemptions() if each.name not in required)
    own = (Exemption("本单位列明不需要解读的文件", re.compile(str(pattern))) for pattern in context.option("exempt"))
    return (*shipped, *own)


def own_rows(document: Document, context: Context) -> list[InterpretationRow]:
    """Rows of the clock for a document of the batch (not for copies of another there); empty without a batch."""
    if context.peers is None:
        return []
    from shenwen.corpus.interpretations import document_rows

    rows = document_rows(context.peers, document.path, calendar_in(context), clock_options(context))
    return [row for row in rows if row.copy_of is None or context.peers.elsewhere(row.copy_of)]


def first_row(document: Document, context: Context, status: str) -> InterpretationRow | None:
    """The earliest interpretation's row of a document that has this status, or None."""
    rows = [row for row in own_rows(document, context) if row.status == status]
    return min(rows, key=lambda row: (row.interpretation_date or date.max, row.interpretation or ""), default=None)


def evidence_of(pair: Pair, other: str) -> Evidence:
    """A pair as evidence: `other` is `policy` or `interpretation`, the side that is not the document at hand."""
    item = pair.policy if other == "policy" else pair.interpretation
    return Evidence(
        source=item.path,
        quote="；".join(pair.evidence),
        title=item.title,
        doc_number=item.doc_number,
        similarity=round(pair.confidence, 3),
    )
