"""Findings as a table: RFC 4180, one row a finding, unread files at the end."""

from __future__ import annotations

import csv
import io

from shenwen.pipeline.reports.as_text import place
from shenwen.pipeline.reports.result import SEVERITY_NAMES, Result

HEADINGS = ("文件", "位置", "条款", "行", "列", "原文", "规则", "名称", "级别", "问题", "依据", "建议", "指纹")


def render(result: Result) -> str:
    """The table as text, LF line ends."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADINGS)
    for f in result.findings:
        at = f.location
        row = (f.path, place(at), at.provision, at.line, at.column, at.quote, f.rule, f.name, SEVERITY_NAMES[f.severity])
        table.writerow([_cell(value) for value in (*row, f.message, f.article, f.suggestion, f.fingerprint)])
    for failure in result.failures:
        table.writerow([_cell(failure.path), "", "", "", "", "", "", "无法读取", "错误", _cell(failure.message), "", "", ""])
    return out.getvalue()


def _cell(value: object) -> str:
    """Text that a spreadsheet will not run as a formula: such cells get a leading apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
