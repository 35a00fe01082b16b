"""The findings of a batch one by one, each to be accepted or dismissed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from shenwen.corpus.decisions import Decision
from shenwen.corpus.model import Finding, Record
from shenwen.pipeline.reports.result import SEVERITY_NAMES, Result
from shenwen.pipeline.reports.wording import advice_words, article_words, document_name, file_name, place_words
from shenwen.pipeline.web.jobs import Done

PAGE = 100
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as it is shown; `before` and `after` are the words around those it points at."""

    number: int
    finding: Finding
    severity: str
    document: str
    file: str
    place: str
    article: str
    advice: str
    before: str
    after: str
    decision: Decision | None


def findings_words(done: Done, query: Mapping[str, str], kept: bool) -> dict[str, Any]:
    """What the template needs: one page of findings. A page that does not exist is the first."""
    items = items_of(done.result) if done.result else []
    pages = max(1, -(-len(items) // PAGE))
    asked = query.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= pages else 1
    open_ones = sum(item.decision is None for item in items)
    shown = items[(page - 1) * PAGE : page * PAGE]
    return {"items": shown, "total": len(items), "open": open_ones, "page": page, "pages": pages, "kept": kept}


def items_of(result: Result) -> list[Item]:
    """All findings with their numbers, those of the report."""
    pairs = [(record, finding) for record in result.records for finding in record.findings]
    return [_item(number, record, finding, result) for number, (record, finding) in enumerate(pairs, 1)]


def _item(number: int, record: Record, finding: Finding, result: Result) -> Item:
    before, after = _around(record, finding)
    return Item(
        number=number,
        finding=finding,
        severity=SEVERITY_NAMES[finding.severity],
        document=document_name(record),
        file=file_name(record.document),
        place=place_words(finding),
        article=article_words(finding.article),
        advice=advice_words(finding),
        before=before,
        after=after,
        decision=result.decision(finding),
    )


def _around(record: Record, finding: Finding, most: int = 60) -> tuple[str, str]:
    """The words before and behind in the same paragraph."""
    span, text = finding.location.span, record.document.text
    if span is None:
        return "", ""
    before, after = text[max(0, span.start - most) : span.start], text[span.end : span.end + most]
    return before.rpartition("\n")[2], after.partition("\n")[0]


def decision_of(done: Done, form: Mapping[str, str], today: date) -> Decision | str:
    """The decision that a form asks for, or why there is none, in words."""
    findings = done.result.findings if done.result else ()
    asked = form.get("number", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0
    if not 1 <= number <= len(findings):
        return "没有这处问题"
    accepted, reason = form.get("decision") == "accept", form.get("reason", "").strip()[:_LONGEST_REASON]
    if not accepted and not reason:
        return "请写明不采纳的理由"
    finding = findings[number - 1]
    return Decision(PurePath(finding.path).name, finding.fingerprint, finding.rule, accepted, reason, today)
