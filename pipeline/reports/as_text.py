"""Findings for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from shenwen.corpus.model import Failure, Finding, Location, Severity
from shenwen.pipeline.reports.result import SEVERITY_NAMES, Result, skipped_words

QUOTE_LENGTH = 60


def render(result: Result) -> str:
    """One block a document, one paragraph a finding, a summary at the end."""
    lines = [line for record in result.records if record.findings for line in _document(record.document.path, record.findings)]
    lines += [_failure(failure) for failure in result.failures]
    return "\n".join([*lines, *_summary(result)]) + "\n"


def place(at: Location) -> str:
    """`第一条，第2页，第3段，7:15` with what is known of it; `全文` for the whole document."""
    if at.span is None:
        return "全文"
    words = [at.provision or "", f"第{at.page}页" if at.page else "", f"第{at.paragraph}段" if at.paragraph else ""]
    return "，".join([*filter(None, words), f"{at.line}:{at.column}"])


def shortened(quote: str, length: int = QUOTE_LENGTH) -> str:
    """The words on one line, cut in the middle when they are long."""
    flat = " ".join(quote.split())
    return flat if len(flat) <= length else f"{flat[: length * 2 // 3]}……{flat[-length // 3 :]}"


def _document(path: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    yield path
    for finding in findings:
        yield f"  {SEVERITY_NAMES[finding.severity]} {finding.rule} {finding.name}（{place(finding.location)}）"
        yield f"    {finding.message}"
        if finding.location.quote:
            yield f"    原文：{shortened(finding.location.quote)}"
        for evidence in finding.evidence:
            where = "".join(filter(None, (evidence.title or evidence.source, evidence.doc_number, evidence.provision)))
            yield f"    出处：{where}：{shortened(evidence.quote)}"
        if finding.suggestion:
            yield f"    建议：{finding.suggestion}"
    yield ""


def _failure(failure: Failure) -> str:
    return f"{failure.path}：未检查：{failure.message}"


def _summary(result: Result) -> Iterator[str]:
    counts = result.counts()
    if counts:
        severities = "，".join(f"{SEVERITY_NAMES[s]} {counts[s]}" for s in Severity if counts[s])
        yield f"检查文件 {len(result.records)} 件，发现问题 {sum(counts.values())} 处（{severities}）。"
        yield "每条规则的说明：shenwen explain 规则编号"
    else:
        yield f"检查文件 {len(result.records)} 件，未发现问题。"
    if result.failures:
        yield f"有 {len(result.failures)} 个文件无法读取，未检查。"
    left = [(result.suppressed, "处已按文中标记忽略"), (result.known, "处为基线中已有")]
    if told := "，".join(f"{number} {words}" for number, words in left if number):
        yield f"另有 {told}。"
    yield from skipped_words(result)
