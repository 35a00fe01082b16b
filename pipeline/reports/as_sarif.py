"""Findings as SARIF 2.1.0 (OASIS), for code-review tools. Columns count code points (`columnKind: unicodeCodePoints`)."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote as percent

from shenwen.corpus.model import Failure, Finding, Severity
from shenwen.pipeline.reports.result import Result

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: Result) -> str:
    """One log with one run: rules as descriptors, findings as results, unread files as notifications."""
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(result)]}, ensure_ascii=False, indent=1) + "\n"


def _run(result: Result) -> dict[str, Any]:
    rules = _descriptors(result)
    order = {rule["id"]: number for number, rule in enumerate(rules)}
    return {
        "tool": {"driver": {"name": "shenwen", "version": version("shenwen"), "language": "zh-CN", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [_unread(f) for f in result.failures]}],
        "results": [_result(finding, order[finding.rule]) for finding in result.findings],
    }


def _descriptors(result: Result) -> list[dict[str, Any]]:
    rules = {
        rule.id: {
            "id": rule.id,
            "name": rule.name,
            "shortDescription": {"text": rule.name},
            "fullDescription": {"text": rule.page},
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "properties": {"article": rule.article},
        }
        for rule in result.rules
    }
    for finding in result.findings:
        rules.setdefault(finding.rule, {"id": finding.rule, "name": finding.name, "shortDescription": {"text": finding.name}})
    return [rules[name] for name in sorted(rules)]


def _result(finding: Finding, index: int) -> dict[str, Any]:
    text = finding.message + (f"\n建议：{finding.suggestion}" if finding.suggestion else "")
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding)],
        "partialFingerprints": {"shenwen/v1": finding.fingerprint},
        "properties": {"article": finding.article, "undetermined": finding.undetermined, "page": finding.location.page},
    }


def _location(finding: Finding) -> dict[str, Any]:
    at = finding.location
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.path)}}
    if at.span and at.line and at.column:
        lines = at.quote.split("\n")
        end = len(lines[-1]) + (at.column if len(lines) == 1 else 1)
        physical["region"] = {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.line + len(lines) - 1,
            "endColumn": end,
            "charOffset": at.span.start,
            "charLength": len(at.span),
            "snippet": {"text": at.quote},
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if at.provision:
        location["logicalLocations"] = [{"name": at.provision, "kind": "provision"}]
    return location


def _unread(failure: Failure) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": failure.message},
        "descriptor": {"id": failure.reason.value},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(failure.path)}}}],
    }


def _uri(path: str) -> str:
    """A relative reference, or a `file:` address for an absolute path."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else percent(pure.as_posix())
