"""审核意见表: one row a finding, with a column for what the drafters decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shenwen.corpus.model import Evidence, Finding
from shenwen.pipeline.reports.result import SEVERITY_NAMES, Result
from shenwen.pipeline.reports.wording import (
    advice_words,
    article_words,
    cut,
    document_name,
    evidence_words,
    one_line,
    place_words,
)
from shenwen.pipeline.reports.workbook import Cell, Column, Link, Sheet, write_workbook

COLUMNS = (
    Column("序号", 6),
    Column("文件", 20),
    Column("位置", 10),
    Column("原文", 30),
    Column("问题", 30),
    Column("依据", 28),
    Column("建议", 26),
    Column("级别", 7),
    Column("处理结果", 10, ("采纳", "部分采纳", "不采纳")),
    Column("处理理由", 16),
    Column("规则", 9),
)
#: Proofs, and letters of each, in a cell; all stand in the report.
MOST, QUOTED = 3, 80
FAILURES = (Column("序号", 7), Column("文件", 70), Column("未检查的原因", 60))


def write_findings(result: Result, path: Path, today: date) -> None:
    """Write the workbook: the findings, and the files that could not be read if there are any."""
    sheets = [Sheet("审核意见表", COLUMNS, _rows(result))]
    if result.failures:
        rows = [(number, failure.path, failure.message) for number, failure in enumerate(result.failures, 1)]
        sheets.append(Sheet("未检查的文件", FAILURES, rows))
    write_workbook(path, sheets, today)


def _rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    numbered = ((record, finding) for record in result.records for finding in record.findings)
    for number, (record, finding) in enumerate(numbered, 1):
        decision = result.decision(finding)
        yield (
            Link(f"report.html#f{number}", str(number)),
            document_name(record),
            place_words(finding),
            cut(finding.location.quote),
            f"{finding.name}：{finding.message}",
            basis(finding),
            advice_words(finding),
            SEVERITY_NAMES[finding.severity],
            decision.words if decision else None,
            decision.reason if decision else None,
            finding.rule,
        )


def basis(finding: Finding, most: int = MOST, quoted: int = QUOTED) -> str:
    """The article and, line by line, the first of what bears the finding out."""
    shown = [_proof(evidence, quoted) for evidence in finding.evidence[:most]]
    left = len(finding.evidence) - len(shown)
    return "\n".join([article_words(finding.article), *shown, *([f"另有{left}处，见审核报告"] if left else [])])


def _proof(evidence: Evidence, quoted: int) -> str:
    return (
        f"{evidence_words(evidence)}：“{cut(one_line(evidence.quote), quoted)}”" if evidence.quote else evidence_words(evidence)
    )
