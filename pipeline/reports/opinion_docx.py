"""审核意见: one sheet for each draft, ready to sign, from a template that an office can replace by its own.

The template is a docx with `{标题}`-like fields in its paragraphs and one table row with the fields of a finding
(`{序号}` `{位置}` `{问题}` `{依据}` `{建议}` `{级别}`), which is repeated for every finding. The sheet keeps to one page: it
shows the gravest findings and says where the others are.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from shenwen.corpus.model import Finding, Record, Severity
from shenwen.pipeline.reports.result import SEVERITY_NAMES
from shenwen.pipeline.reports.wording import advice_words, article_words, cut, document_name, file_name, one_line, place_words
from shenwen.pipeline.reports.workbook import printable

#: As many findings, and characters in a cell, as a page of A4 holds.
MOST, LONGEST = 8, 60
ROW_FIELDS = ("序号", "位置", "问题", "依据", "建议", "级别")


class TemplateError(ValueError):
    """A template that cannot be used; the message is for people."""


def check_template(path: Path) -> None:
    """Raises TemplateError where the file is no Word file or has no row for findings."""
    if _row(_opened(path)) is None:
        raise TemplateError(f"模板 {path} 中没有含 {{问题}} 的表格行")


def opinion(record: Record, today: date, template: Path | None = None) -> bytes:
    """The sheet for one draft as the bytes of a docx."""
    sheet = _opened(template)
    row = _row(sheet)
    if row is not None:
        _fill_rows(row, record)
    for paragraph in _paragraphs(sheet):
        _fill(paragraph, fields(record, today))
    out = io.BytesIO()
    sheet.save(out)
    return out.getvalue()


def fields(record: Record, today: date) -> dict[str, str]:
    """The fields of the sheet outside its table."""
    head, found = record.facts.masthead, record.findings
    counts = [(SEVERITY_NAMES[s], sum(f.severity is s for f in found)) for s in (Severity.ERROR, Severity.WARNING, Severity.INFO)]
    totals = "、".join(f"{name}{count}处" for name, count in counts if count)
    left = len(found) - MOST
    return {
        "标题": document_name(record),
        "文件": file_name(record.document),
        "发文机关": "、".join(head.issuers) or "未写明",
        "发文字号": head.doc_number or "未编号",
        "审核日期": f"{today.year}年{today.month}月{today.day}日",
        "总体意见": f"经审核，提出意见{len(found)}处（{totals}），请起草单位研究。" if found else "经审核，未发现问题。",
        "其余": f"其余{left}处见审核意见表。" if left > 0 else "",
    }


def _opened(template: Path | None) -> Any:
    from docx import Document

    if template is None:
        data = resources.files(__package__ or "shenwen.pipeline.reports").joinpath("opinion.docx").read_bytes()
        return Document(io.BytesIO(data))
    try:
        return Document(str(template))
    except Exception as error:  # python-docx names a bad file in many ways; the user needs one sentence
        raise TemplateError(f"无法打开模板 {template}：不是 Word 文件（docx）") from error


def _row(sheet: Any) -> Any | None:
    rows = (row for table in sheet.tables for row in table.rows)
    return next((row for row in rows if any("{问题}" in cell.text for cell in row.cells)), None)


def _fill_rows(row: Any, record: Record) -> None:
    """A copy of the row for each finding, gravest first, each in the place of the row."""
    from docx.table import _Row

    gravest = sorted(record.findings, key=lambda finding: -finding.severity.rank)[:MOST]
    for number, finding in enumerate(gravest, 1):
        new = copy.deepcopy(row._tr)
        row._tr.addprevious(new)
        for cell in _Row(new, row._parent).cells:
            for paragraph in cell.paragraphs:
                _fill(paragraph, _row_fields(number, finding))
    row._tr.getparent().remove(row._tr)


def _row_fields(number: int, finding: Finding) -> dict[str, str]:
    values = (
        str(number),
        place_words(finding),
        _short(f"{finding.name}：{finding.message}"),
        article_words(finding.article),
        _short(advice_words(finding)),
        SEVERITY_NAMES[finding.severity],
    )
    return dict(zip(ROW_FIELDS, values, strict=True))


def _short(text: str) -> str:
    return cut(one_line(text), LONGEST)


def _paragraphs(sheet: Any) -> Iterator[Any]:
    yield from sheet.paragraphs
    for table in sheet.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def _fill(paragraph: Any, values: dict[str, str]) -> None:
    """Fields replaced by values; a field that Word has split over runs is gathered into its first run."""
    if not any(f"{{{name}}}" in paragraph.text for name in values):
        return
    if not any(f"{{{name}}}" in run.text for run in paragraph.runs for name in values):
        paragraph.runs[0].text, rest = paragraph.text, paragraph.runs[1:]
        for run in rest:
            run.text = ""
    for run in paragraph.runs:
        text = run.text
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", printable(value))
        if text != run.text:
            run.text = text
