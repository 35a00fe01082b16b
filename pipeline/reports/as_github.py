"""Findings as annotations of a workflow run: `::warning file=…,line=…::…` (GitHub's and Gitea's workflow commands)."""

from __future__ import annotations

from collections.abc import Iterator

from shenwen.corpus.model import Finding, Severity
from shenwen.pipeline.reports.result import Result

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: Result) -> str:
    """One line a finding and one a file that could not be read; empty when there is nothing to say."""
    lines = [_annotation(finding) for finding in result.findings]
    lines += [f"::error file={_property(f.path)},title=无法读取::{_message(f.message)}" for f in result.failures]
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding))
    suggestion = f"\n建议：{finding.suggestion}" if finding.suggestion else ""
    return f"::{LEVELS[finding.severity]} {properties}::{_message(finding.message + suggestion)}"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    at = finding.location
    yield "file", finding.path
    yield "line", str(at.line or 1)
    if at.line and at.column and "\n" not in at.quote:
        yield "col", str(at.column)
        yield "endColumn", str(at.column + len(at.quote))
    yield "title", f"{finding.rule} {finding.name}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
