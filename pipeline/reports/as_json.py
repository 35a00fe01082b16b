"""Findings for programs: the object of the contract (`version` 1)."""

from __future__ import annotations

import json

from shenwen.pipeline.as_json import document_json, failure_json, finding_json
from shenwen.pipeline.reports.result import Result, skip_reason


def render(result: Result) -> str:
    """One JSON object, indented so that two reports can also be compared line by line."""
    report = {
        "version": 1,
        "documents": [document_json(record.document, record.facts) for record in result.records],
        "findings": [finding_json(finding) for finding in result.findings],
        "failures": [failure_json(failure) for failure in result.failures],
        "skipped": [{"rule": rule.id, "name": rule.name, "reason": skip_reason(rule)} for rule in result.skipped],
        "suppressed": result.suppressed,
        "known": result.known,
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
