"""Facts as the machine output of the contract: plain dictionaries, dates in ISO form, unknown fields null."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from shenwen.corpus.model import Actor, Citation, Deadline, Document, Facts, Failure, Finding, Obligation, Provision, Record


def document_json(document: Document, facts: Facts) -> dict[str, Any]:
    """The `document` record."""
    head = facts.masthead
    return {
        "type": "document",
        "path": document.path,
        "sha256": document.sha256,
        "format": document.format.value,
        "title": head.title,
        "doc_number": head.doc_number,
        "issuers": list(head.issuers),
        "kind": head.kind.value,
        "doc_type": head.doc_type,
        "level": head.level.value if head.level else None,
        "addressees": list(head.addressees),
        "issued_date": _iso(head.issued_date),
        "published_date": _iso(head.published_date),
        "effective_date": _iso(head.effective_date),
        "expires_date": _iso(head.expires_date),
        "printed_date": _iso(head.printed_date),
        "topic": head.topic,
        "index_number": head.index_number,
        "publicity": head.publicity,
        "attachments": [attachment.value for attachment in head.attachments],
        "copies_to": list(head.copies_to),
        "script": facts.script,
        "chars": len(document.text),
        "cites": [_citation(citation) for citation in facts.citations],
        "inner": [{"title": i.title, "issuer": i.issuer, "start": i.span.start, "end": i.span.end} for i in facts.inner],
        "notes": list(document.notes),
        "confidence": document.confidence,
    }


def record_json(record: Record) -> Iterator[dict[str, Any]]:
    """All records of one document in reading order: the document, its provisions, obligations and further deadlines."""
    document, facts = record.document, record.facts
    yield document_json(document, facts)
    rows = [(p.span.start, 0, _provision(p)) for p in facts.provisions]
    rows += [(o.span.start, 1, obligation_json(o)) for o in facts.obligations]
    rows += [(d.span.start, 2, {"type": "deadline", **_deadline(d)}) for d in facts.deadlines]
    for _, _, row in sorted(rows, key=lambda row: row[:2]):
        yield {"type": row.pop("type"), "path": document.path, **row}


def failure_json(failure: Failure) -> dict[str, Any]:
    """An entry of `failures`."""
    return {"path": failure.path, "status": failure.status, "reason": failure.reason.value, "message": failure.message}


def finding_json(finding: Finding) -> dict[str, Any]:
    """An entry of `findings`."""
    at = finding.location
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        "article": finding.article,
        "location": {
            "provision": at.provision,
            "start": at.span.start if at.span else None,
            "end": at.span.end if at.span else None,
            "page": at.page,
            "paragraph": at.paragraph,
            "line": at.line,
            "column": at.column,
            "quote": at.quote,
        },
        "evidence": [
            {
                "source": e.source,
                "title": e.title,
                "doc_number": e.doc_number,
                "provision": e.provision,
                "quote": e.quote,
                "similarity": e.similarity,
                "in_force": e.in_force,
                "own": [e.own.start, e.own.end] if e.own else None,
            }
            for e in finding.evidence
        ],
        "suggestion": finding.suggestion,
        "fix": {"start": finding.fix.span.start, "end": finding.fix.span.end, "replacement": finding.fix.replacement}
        if finding.fix
        else None,
        "fingerprint": finding.fingerprint,
        "undetermined": finding.undetermined,
    }


def obligation_json(obligation: Obligation) -> dict[str, Any]:
    """The `obligation` record."""
    return {
        "type": "obligation",
        "provision": obligation.provision,
        "start": obligation.span.start,
        "end": obligation.span.end,
        "quote": obligation.quote,
        "text": obligation.text,
        "modality": [modality.value for modality in obligation.modality],
        "actors": [actor.name for actor in obligation.actors],
        "actor_details": [_actor(actor) for actor in obligation.actors],
        "supporting": [actor.name for actor in obligation.supporting],
        "recipients": list(obligation.recipients),
        "action": obligation.action,
        "targets": list(obligation.targets),
        "condition": obligation.condition,
        "exception": obligation.exception,
        "qualified": obligation.qualified,
        "deadlines": [_deadline(deadline) for deadline in obligation.deadlines],
        "listed": obligation.listed,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    span = [actor.span.start, actor.span.end] if actor.span else None
    return {"name": actor.name, "full": actor.full, "span": span, "inherited": actor.inherited}


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "type": "provision",
        "id": provision.id,
        "label": provision.label,
        "level": provision.level,
        "parent": provision.parent,
        "start": provision.span.start,
        "end": provision.span.end,
        "text": provision.text,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "start": deadline.span.start,
        "end": deadline.span.end,
        "quote": deadline.quote,
        "norm": deadline.norm,
        "kind": deadline.kind,
        "amount": deadline.amount,
        "unit": deadline.unit,
        "trigger": deadline.trigger,
        "bound": deadline.bound,
        "date": _iso(deadline.date),
        "due": _iso(deadline.due),
        "exception": deadline.exception,
        "reason": deadline.reason,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "title": citation.title,
        "doc_number": citation.doc_number,
        "article": citation.article,
        "role": citation.role,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
