"""Findings as JUnit XML: a suite for each document, a case for each rule that ran, a failure for each finding."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from shenwen.checks.rule import Rule
from shenwen.corpus.model import Failure, Finding, Record, Severity
from shenwen.pipeline.reports.as_text import place
from shenwen.pipeline.reports.result import Result

#: Characters that XML 1.0 cannot hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(result: Result) -> str:
    """The document with its XML declaration. Findings of severity `info` are output of a passed case."""
    root = ElementTree.Element("testsuites", name="shenwen")
    for record in result.records:
        _suite(root, record, result.rules)
    for failure in result.failures:
        _unread(root, failure)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, record: Record, rules: tuple[Rule, ...]) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=_clean(record.document.path), errors="0")
    known = {rule.id: rule.name for rule in rules} | {finding.rule: finding.name for finding in record.findings}
    for rule, name in sorted(known.items()):
        case = ElementTree.SubElement(suite, "testcase", classname=_clean(record.document.path), name=f"{rule} {name}")
        for finding in record.findings:
            if finding.rule == rule:
                _finding(case, finding)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in suite)))


def _finding(case: ElementTree.Element, finding: Finding) -> None:
    text = f"{finding.path}（{place(finding.location)}）\n{finding.location.quote}\n{finding.suggestion}".strip()
    if finding.severity is Severity.INFO:
        out = case.find("system-out")
        out = ElementTree.SubElement(case, "system-out") if out is None else out
        out.text = f"{out.text or ''}{_clean(finding.message)}\n{_clean(text)}\n"
    else:
        kind = finding.severity.value
        ElementTree.SubElement(case, "failure", message=_clean(finding.message), type=kind).text = _clean(text)


def _unread(root: ElementTree.Element, failure: Failure) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=_clean(failure.path), tests="1", failures="0", errors="1")
    case = ElementTree.SubElement(suite, "testcase", classname=_clean(failure.path), name="读取文件")
    ElementTree.SubElement(case, "error", message=_clean(failure.message), type=failure.reason.value)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
