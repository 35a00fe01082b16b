"""What the rules of article 十三 ask alike: the clock's row of the document at hand, under the rules' options."""

from __future__ import annotations

from datetime import date

from shenwen.checks.rule import Context
from shenwen.corpus.interpretations import ClockOptions, InterpretationRow, Limit, Status, document_rows
from shenwen.corpus.model import Document, Evidence
from shenwen.corpus.pairing import Pair
from shenwen.corpus.workdays import Calendar

#: Options of every rule of the clock, with the same meaning; `since` is an ISO date, `basis` `published` or `issued`.
OPTIONS: tuple[tuple[str, object], ...] = (("workdays", 5), ("since", "2019-02-02"), ("basis", "published"))


def clock_options(context: Context) -> ClockOptions:
    """The clock's settings from the options in force."""
    since = context.option("since")
    limit = Limit(int(context.option("workdays")), since if isinstance(since, date) else date.fromisoformat(str(since)))
    return ClockOptions(today=context.today, limits=(limit,), basis=str(context.option("basis")))


def own_rows(document: Document, context: Context) -> list[InterpretationRow]:
    """Rows of the clock for a document of the batch (not for copies of it); empty without a batch."""
    if context.peers is None:
        return []
    rows = document_rows(context.peers, document.path, Calendar.default(), clock_options(context))
    return [row for row in rows if row.policy == document.path and row.copy_of is None]


def first_row(document: Document, context: Context, status: Status) -> InterpretationRow | None:
    """The earliest interpretation's row of a document that has this status, or None."""
    rows = [row for row in own_rows(document, context) if row.status is status]
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
