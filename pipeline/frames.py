"""Facts as pandas frames, in one call, for analysts.

    from shenwen.pipeline.frames import frames

    found = frames(["drafts/"])
    found.obligations.query("due < '2026-07-01'").groupby("title").size()

The columns are the fields of the machine output (`as_json`), flattened: days are `datetime64`, unknown is NA, lists stay lists.
`path` joins the frames; every row keeps its place in the text (`start`, `end`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shenwen.corpus.model import Failure, Record
from shenwen.pipeline.as_json import document_json, failure_json, finding_json, record_json
from shenwen.pipeline.process import records_of_all
from shenwen.pipeline.walk import files_in

if TYPE_CHECKING:
    import pandas

    from shenwen.pipeline.judging import Judge

_DOCUMENT = (
    "path sha256 format title doc_number issuers kind doc_type level addressees issued_date published_date effective_date "
    "expires_date printed_date topic index_number publicity attachments copies_to script chars cites inner notes confidence"
)
_PROVISION = "path title id label level parent start end text"
_OBLIGATION = (
    "path title provision start end quote text modality actors supporting recipients action targets condition exception "
    "qualified limit due"
)
_DEADLINE = "path title provision start end quote norm kind amount unit trigger bound date due exception reason"
_FINDING = (
    "path title rule name severity message article provision start end page paragraph line column quote evidence suggestion "
    "fingerprint undetermined"
)
_FAILURE = "path status reason message"
_DAYS = {"issued_date", "published_date", "effective_date", "expires_date", "printed_date", "date", "due"}
_NUMBERS = {"start", "end", "amount", "page", "paragraph", "line", "column", "chars"}


@dataclass(frozen=True, slots=True)
class Frames:
    """One frame a kind of fact. `findings` is empty where no judge was given."""

    documents: pandas.DataFrame
    provisions: pandas.DataFrame
    obligations: pandas.DataFrame
    deadlines: pandas.DataFrame
    """Time limits within obligations (with their `provision`) and outside of them."""
    findings: pandas.DataFrame
    failures: pandas.DataFrame


def frames(paths: Iterable[str], judge: Judge | None = None) -> Frames:
    """The frames of all documents in the files and folders; with a judge also what its rules find. Raises UsageError."""
    return frames_of(records_of_all(list(files_in(paths))), judge)


def frames_of(items: Iterable[Record | Failure], judge: Judge | None = None) -> Frames:
    """The frames of documents that are read already."""
    documents: list[dict[str, Any]] = []
    provisions: list[dict[str, Any]] = []
    obligations: list[dict[str, Any]] = []
    deadlines: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    failures: list[dict[str, Any]] = []
    rows_of = {"provision": provisions, "obligation": obligations}
    for item in items:
        if isinstance(item, Failure):
            failures.append(failure_json(item))
            continue
        record, title = judge.judged(item)[0] if judge else item, item.facts.masthead.title
        documents.append(document_json(record.document, record.facts))
        findings += [{**_flat(finding_json(finding)), "title": title} for finding in record.findings]
        for row in record_json(record):
            deadlines += [{**limit, "path": record.document.path, "title": title} for limit in _limits(row)]
            if row["type"] in rows_of:
                rows_of[row["type"]].append({**_summed(row), "title": title})
    return Frames(
        _frame(documents, _DOCUMENT),
        _frame(provisions, _PROVISION),
        _frame(obligations, _OBLIGATION),
        _frame(deadlines, _DEADLINE),
        _frame(findings, _FINDING),
        _frame(failures, _FAILURE),
    )


def _limits(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The time limits in one row of the machine output."""
    if row["type"] == "deadline":
        yield row
    for limit in row.get("deadlines", ()):
        yield {**limit, "provision": row["provision"]}


def _summed(row: dict[str, Any]) -> dict[str, Any]:
    """An obligation with its time limits in words and its last day."""
    limits = row.get("deadlines", ())
    return {
        **row,
        "limit": "；".join(dict.fromkeys(limit["quote"] for limit in limits)),
        "due": max((limit["due"] for limit in limits if limit["due"]), default=None),
    }


def _flat(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding with its place as columns."""
    return {**finding, **finding["location"]}


def _frame(rows: list[dict[str, Any]], fields: str) -> pandas.DataFrame:
    """A frame with all columns, also where there are no rows, each of one type."""
    import pandas

    columns = fields.split()
    frame = pandas.DataFrame.from_records(rows, columns=columns)
    for name in columns:
        if name in _DAYS:
            frame[name] = pandas.to_datetime(frame[name]).astype("datetime64[s]")
        elif name in _NUMBERS:
            frame[name] = frame[name].astype("Int64")
    return frame
