"""The report to read: one self-contained page, no network, every word of a document escaped.

Goes in: a `Result` and the day. Comes out: the page as text. Numbers of findings and tasks are those of the two sheets,
whose links lead here (`#f12`, `#t12`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shenwen.corpus.decisions import Decision
from shenwen.corpus.model import Deadline, Evidence, Finding, Obligation, Record, Severity
from shenwen.pipeline.reports.delay_plot import delay_plot
from shenwen.pipeline.reports.marking import Piece, differences, lines_of
from shenwen.pipeline.reports.page import page_of
from shenwen.pipeline.reports.result import SEVERITY_NAMES, Result, skipped_words
from shenwen.pipeline.reports.wording import (
    advice_words,
    article_words,
    document_name,
    evidence_words,
    file_name,
    leaders,
    limits,
    names,
    place_words,
    provision_words,
)
from shenwen.pipeline.tasks import tasks_of

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence on the page: one line of words, and both passages in pieces that are equal or differ."""

    words: str
    own: list[tuple[str, bool]]
    other: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Note:
    """A finding on the page."""

    number: int
    finding: Finding
    severity: str
    place: str
    article: str
    advice: str
    proofs: list[Proof]
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Task:
    """A task on the page."""

    number: int
    text: str
    provision: str
    leading: str
    bearing: str
    supporting: str
    limit: str
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document on the page."""

    number: int
    title: str
    file: str
    facts: list[tuple[str, str]]
    counts: list[int]
    notes: list[Note]
    tasks: list[Task]
    lines: list[list[Piece]]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the time line with what falls due on it."""

    day: date
    past: bool
    items: list[tuple[Task, Sheet, Deadline]]


def render(result: Result, today: date) -> str:
    """The whole page."""
    from markupsafe import Markup

    sheets = list(_sheets(result))
    return page_of(
        "report",
        sheets=sheets,
        failures=result.failures,
        skipped=skipped_words(result),
        suppressed=result.suppressed,
        clock=Markup(delay_plot(result.clock)),
        today=today,
        totals=[sum(sheet.counts[n] for sheet in sheets) for n in range(3)],
        rules=_rules(result),
        days=_days(sheets, today),
        severities=[(severity.value, SEVERITY_NAMES[severity]) for severity in ORDER],
    )


def _rules(result: Result) -> list[tuple[str, str, int]]:
    """Rules that found something: id, name, how often."""
    counts = Counter((finding.rule, finding.name) for finding in result.findings)
    return [(rule, name, number) for (rule, name), number in sorted(counts.items())]


def _sheets(result: Result) -> Iterator[Sheet]:
    findings = tasks = 0
    for number, record in enumerate(result.records, 1):
        sheet = _sheet(number, record, findings, tasks, result)
        findings, tasks = findings + len(sheet.notes), tasks + len(sheet.tasks)
        yield sheet


def _sheet(number: int, record: Record, findings: int, tasks: int, result: Result) -> Sheet:
    notes = [_note(record, n, finding, result.decision(finding)) for n, finding in enumerate(record.findings, findings + 1)]
    duties = list(enumerate(tasks_of(record), tasks + 1))
    places = [(note.number, note.finding.location.span) for note in notes]
    return Sheet(
        number=number,
        title=document_name(record),
        file=file_name(record.document),
        facts=_head(record),
        counts=[sum(finding.severity is severity for finding in record.findings) for severity in ORDER],
        notes=notes,
        tasks=[_task(n, duty) for n, duty in duties],
        lines=lines_of(record.document.text, [(n, span) for n, span in places if span], [(n, duty.span) for n, duty in duties]),
        remarks=record.document.notes,
    )


def _head(record: Record) -> list[tuple[str, str]]:
    head = record.facts.masthead
    rows = [
        ("发文机关", "、".join(head.issuers)),
        ("发文字号", head.doc_number or ""),
        ("主送机关", "、".join(head.addressees)),
        ("成文日期", head.issued_date.isoformat() if head.issued_date else ""),
        ("发布日期", head.published_date.isoformat() if head.published_date else ""),
    ]
    return [row for row in rows if row[1]]


def _note(record: Record, number: int, finding: Finding, decision: Decision | None) -> Note:
    return Note(
        number=number,
        finding=finding,
        severity=SEVERITY_NAMES[finding.severity],
        place=place_words(finding),
        article=article_words(finding.article),
        advice=advice_words(finding),
        proofs=[_proof(record, finding, evidence) for evidence in finding.evidence],
        decision=decision,
    )


def _proof(record: Record, finding: Finding, evidence: Evidence) -> Proof:
    own = record.document.quote(evidence.own) if evidence.own else finding.location.quote
    comparable = evidence.similarity is not None and bool(own) and bool(evidence.quote)
    left, right = differences(own, evidence.quote) if comparable else ([], [(evidence.quote, False)])
    return Proof(evidence_words(evidence), left, right)


def _task(number: int, task: Obligation) -> Task:
    leading, bearing = leaders(task)
    return Task(
        number=number,
        text=task.quote,
        provision=provision_words(task.provision),
        leading=names(leading),
        bearing=names(bearing),
        supporting=names(task.supporting),
        limit=limits(task),
        deadlines=task.deadlines,
    )


def _days(sheets: list[Sheet], today: date) -> list[Day]:
    found: dict[date, list[tuple[Task, Sheet, Deadline]]] = {}
    for sheet in sheets:
        for task in sheet.tasks:
            for deadline in task.deadlines:
                if day := deadline.due or deadline.date:
                    found.setdefault(day, []).append((task, sheet, deadline))
    return [Day(day, day < today, items) for day, items in sorted(found.items())]
