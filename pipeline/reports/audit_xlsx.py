"""审计工作簿: what an auditor takes from a scan. Sheets: 概况, 未读文件, 重复发文, 文件族, and a 取证单 for each rule that found something.

Made from the JSON Lines that stand in the folder, read once each. A sheet holds at most `MOST_ROWS`; all rows are in the JSON Lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from shenwen.corpus.model import Severity
from shenwen.pipeline.reports.result import SEVERITY_NAMES
from shenwen.pipeline.reports.wording import RELATION_NAMES, STATUS_NAMES, article_words, one_line, provision_words
from shenwen.pipeline.reports.workbook import Cell, Column, Sheet, write_workbook

MOST_ROWS = 2000
SUMMARY = (Column("类别", 16), Column("项目", 40), Column("数量", 10), Column("说明", 60))
UNREAD = (Column("序号", 7), Column("文件", 70), Column("情况", 12), Column("原因", 60))
PAIRS = (
    Column("序号", 7),
    Column("关系", 12),
    Column("文件", 50),
    Column("与之相同的文件", 50),
    Column("本件重复比例", 10),
    Column("对方重复比例", 10),
    Column("相同段数", 9),
    Column("判断理由", 40),
    Column("复核意见", 12, ("属实", "不属实", "待核")),
)
FAMILIES = (Column("族", 7), Column("件数", 7), Column("文件", 80))
EVIDENCE = (
    Column("序号", 7),
    Column("文件", 44),
    Column("位置", 16),
    Column("原文", 44),
    Column("问题", 44),
    Column("依据", 18),
    Column("出处", 44),
    Column("级别", 8),
    Column("复核意见", 12, ("属实", "不属实", "待核")),
    Column("复核人", 10),
)


def write_audit(folder: Path, path: Path, today: date) -> None:
    """Write the workbook from the outputs of a scan in `folder`. Raises OSError."""
    statuses: Counter[str] = Counter()
    unread = list(_first(_unread(_rows(folder / "documents.jsonl"), statuses)))
    relations: Counter[str] = Counter()
    family = _Families()
    pairs = list(_first(_pairs(_rows(folder / "duplicates.jsonl"), relations, family)))
    counts, sheets = _evidence(_rows(folder / "findings.jsonl"))
    summary = list(_summary(statuses, relations, counts, family))
    tables = [Sheet("概况", SUMMARY, summary)]
    tables += [
        Sheet(name, columns, rows)
        for name, columns, rows in (("未读文件", UNREAD, unread), ("重复发文", PAIRS, pairs), ("文件族", FAMILIES, family.rows()))
        if rows
    ]
    tables += [Sheet(f"取证单 {rule}", EVIDENCE, rows) for rule, rows in sorted(sheets.items())]
    write_workbook(path, tables, today)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    import msgspec

    with file.open("rb") as lines:
        yield from (msgspec.json.decode(line) for line in lines)


def _first(rows: Iterable[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """The first rows; the others are counted, not kept."""
    for number, row in enumerate(rows):
        if number < MOST_ROWS:
            yield row


def _unread(rows: Iterable[dict[str, Any]], statuses: Counter[str]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        status = row.get("status", "ok")
        statuses[status] += 1
        if status != "ok":
            number = sum(statuses.values()) - statuses["ok"]
            yield number, row["path"], STATUS_NAMES.get(status, status), row.get("message") or row.get("reason") or ""


def _pairs(rows: Iterable[dict[str, Any]], relations: Counter[str], family: _Families) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        relations[row["relation"]] += 1
        if row["relation"] in ("same", "revision"):
            family.join(row["a"], row["b"])
        yield (
            sum(relations.values()),
            RELATION_NAMES.get(row["relation"], row["relation"]),
            row["a"],
            row["b"],
            f"{row['coverage_a']:.0%}",
            f"{row['coverage_b']:.0%}",
            len(row["pairs"]),
            row["reason"],
            None,
        )


class _Families:
    """Files that are one document or versions of one."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def head(self, path: str) -> str:
        while (above := self.above.setdefault(path, path)) != path:
            self.above[path] = path = self.above[above]
        return path

    def join(self, a: str, b: str) -> None:
        first, second = sorted((self.head(a), self.head(b)))
        self.above[second] = first

    def members(self) -> list[list[str]]:
        """The families, the largest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.above):
            found[self.head(path)].append(path)
        return sorted(found.values(), key=lambda each: (-len(each), each))

    def rows(self) -> list[tuple[Cell, ...]]:
        families = enumerate(self.members(), 1)
        return list(_first((number, len(paths), path) for number, paths in families for path in paths))


def _evidence(rows: Iterable[dict[str, Any]]) -> tuple[Counter[tuple[str, str, str]], dict[str, list[tuple[Cell, ...]]]]:
    """How often each rule found something, and the first rows of its sheet."""
    counts: Counter[tuple[str, str, str]] = Counter()
    sheets: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for row in rows:
        counts[row["rule"], row["name"], row["severity"]] += 1
        sheet = sheets[row["rule"]]
        if len(sheet) < MOST_ROWS:
            sheet.append(_evidence_row(len(sheet) + 1, row))
    return counts, sheets


def _evidence_row(number: int, row: dict[str, Any]) -> tuple[Cell, ...]:
    at = row["location"]
    place = [provision_words(at["provision"]), f"第{at['page']}页" if at["page"] else "", _line(at)]
    return (
        number,
        row["path"],
        " ".join(filter(None, place)),
        at["quote"],
        row["message"] if row["message"].startswith(row["name"]) else f"{row['name']}：{row['message']}",
        article_words(row["article"]),
        "\n".join(_source(each) for each in row["evidence"][:5]),
        SEVERITY_NAMES[Severity(row["severity"])],
        None,
        None,
    )


def _line(at: dict[str, Any]) -> str:
    if at["paragraph"]:
        return f"第{at['paragraph']}段"
    return f"第{at['line']}行" if at["line"] else "全文"


def _source(evidence: dict[str, Any]) -> str:
    name = evidence.get("title") or evidence.get("source") or ""
    said = one_line(evidence.get("quote") or "")
    number = f"（{evidence['doc_number']}）" if evidence.get("doc_number") else ""
    return f"{name}{number}{provision_words(evidence.get('provision'))}：{said}".strip("：")


def _summary(
    statuses: Counter[str], relations: Counter[str], counts: Counter[tuple[str, str, str]], family: _Families
) -> Iterator[tuple[Cell, ...]]:
    for status, words in STATUS_NAMES.items():
        if statuses[status]:
            yield "文件", words, statuses[status], "" if status == "ok" else "见“未读文件”"
    for relation, words in RELATION_NAMES.items():
        if relations[relation]:
            yield "文件之间", words, relations[relation], _partly(relations.total(), "见“重复发文”", "duplicates.jsonl")
    if members := family.members():
        yield "文件之间", "文件族", len(members), "同一文件及其各版本，见“文件族”"
    for (rule, name, severity), number in sorted(counts.items()):
        yield (
            "问题",
            f"{rule} {name}",
            number,
            _partly(number, f"{SEVERITY_NAMES[Severity(severity)]}，见“取证单 {rule}”", "findings.jsonl"),
        )


def _partly(number: int, words: str, file: str) -> str:
    return words + (f"（列出前 {MOST_ROWS} 条，其余在 {file}）" if number > MOST_ROWS else "")
