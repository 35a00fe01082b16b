"""审计工作簿: what an auditor takes from a scan. Sheets: 概况, 未读文件, 重复发文, 文件族, and a 取证单 for each rule that found something.

Made from the JSON Lines that stand in the folder, read once each. A sheet holds at most `MOST_ROWS`; all rows are in the JSON Lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from shenwen.corpus.model import Severity
from shenwen.pipeline.json_lines import rows_in
from shenwen.pipeline.reports.families import Families
from shenwen.pipeline.reports.result import SEVERITY_NAMES
from shenwen.pipeline.reports.wording import (
    RELATION_NAMES,
    STATUS_NAMES,
    article_words,
    cut,
    folder_above,
    one_line,
    provision_words,
)
from shenwen.pipeline.reports.workbook import Cell, Column, Link, Sheet, write_workbook

Row = dict[str, Any]

MOST_ROWS = 2000
REVIEWED = Column("复核意见", 10, ("属实", "不属实", "待核"))
SUMMARY = (Column("类别", 12), Column("项目", 40), Column("数量", 10), Column("说明", 70))
UNREAD = (Column("序号", 7), Column("文件", 64), Column("情况", 12), Column("原因", 54))
PAIRS = (
    Column("序号", 7),
    Column("关系", 11),
    Column("文件", 44),
    Column("与之相同的文件", 44),
    Column("本件重复比例", 9),
    Column("对方重复比例", 9),
    Column("相同段数", 9),
    Column("判断理由", 30),
    REVIEWED,
    Column("复核人", 9),
)
FAMILIES = (Column("族", 7), Column("件数", 7), Column("文件", 110))
EVIDENCE = (
    Column("序号", 6),
    Column("文件", 34),
    Column("位置", 11),
    Column("原文", 34),
    Column("问题", 34),
    Column("依据", 14),
    Column("出处", 34),
    Column("级别", 7),
    REVIEWED,
    Column("复核人", 9),
)
#: What an auditor looks at first.
ORDER = ("restatement", "revision", "same", "shared")


def write_audit(folder: Path, path: Path, today: date) -> None:
    """Write the workbook from the outputs of a scan in `folder`. Raises OSError."""
    statuses, unread, above = _documents(rows_in(folder / "documents.jsonl"))
    relations, pairs, family = _pairs(rows_in(folder / "duplicates.jsonl"))
    counts, sheets = _evidence(rows_in(folder / "findings.jsonl"))
    rows = {
        "未读文件": (UNREAD, [_unread(number, row, above) for number, row in enumerate(unread, 1)]),
        "重复发文": (PAIRS, [_pair(number, row, above) for number, row in pairs]),
        "文件族": (FAMILIES, list(islice(_members(family, above), MOST_ROWS))),
    }
    rows |= {
        f"取证单 {rule}": (EVIDENCE, [_found(number, row, above) for number, row in enumerate(found, 1)])
        for rule, found in sorted(sheets.items())
    }
    tables = [Sheet("概况", SUMMARY, list(_summary(above, statuses, relations, counts, family)))]
    tables += [Sheet(name, columns, each) for name, (columns, each) in rows.items() if each]
    write_workbook(path, tables, today)


def _documents(rows: Iterable[Row]) -> tuple[Counter[str], list[Row], str]:
    """How many files of each status, the first unread ones, and the folder that holds all."""
    statuses: Counter[str] = Counter()
    unread: list[Row] = []
    paths: list[str] = []
    for row in rows:
        status = row.get("status", "ok")
        statuses[status] += 1
        paths = [min([*paths, row["path"]]), max([*paths, row["path"]])]
        if status != "ok" and len(unread) < MOST_ROWS:
            unread.append(row)
    return statuses, unread, folder_above(paths)


def _unread(number: int, row: Row, above: str) -> tuple[Cell, ...]:
    status = row["status"]
    why = row.get("message") or row.get("reason") or ""
    return number, row["path"].removeprefix(above), STATUS_NAMES.get(status, status), why


def _pairs(rows: Iterable[Row]) -> tuple[Counter[str], list[tuple[int, Row]], Families]:
    """How many relations of each kind, the first rows with their numbers in the file, offences first, and the families."""
    relations: Counter[str] = Counter()
    kept: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    family = Families()
    for number, row in enumerate(rows, 1):
        kind = row["relation"]
        relations[kind] += 1
        if kind in ("same", "revision"):
            family.join(row["a"], row["b"])
        if len(kept[kind]) < MOST_ROWS:
            kept[kind].append((number, row | {"pairs": len(row["pairs"])}))
    return relations, [each for kind in ORDER for each in kept[kind]][:MOST_ROWS], family


def _pair(number: int, row: Row, above: str) -> tuple[Cell, ...]:
    return (
        number if row["relation"] in ("same", "shared") else Link(f"relations.html#r{number}", str(number)),
        RELATION_NAMES.get(row["relation"], row["relation"]),
        row["a"].removeprefix(above),
        row["b"].removeprefix(above),
        f"{row['coverage_a']:.0%}",
        f"{row['coverage_b']:.0%}",
        row["pairs"],
        row["reason"],
        None,
        None,
    )


def _members(family: Families, above: str) -> Iterator[tuple[Cell, ...]]:
    for number, paths in enumerate(family.members(), 1):
        yield from ((number, len(paths), path.removeprefix(above)) for path in paths)


def _evidence(rows: Iterable[Row]) -> tuple[Counter[tuple[str, str, str]], dict[str, list[Row]]]:
    """How often each rule found something, and the first rows of its sheet."""
    counts: Counter[tuple[str, str, str]] = Counter()
    sheets: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        counts[row["rule"], row["name"], row["severity"]] += 1
        sheet = sheets[row["rule"]]
        if len(sheet) < MOST_ROWS:
            sheet.append(row)
    return counts, sheets


def _found(number: int, row: Row, above: str) -> tuple[Cell, ...]:
    at = row["location"]
    place = [provision_words(at["provision"]), f"第{at['page']}页" if at["page"] else "", _line(at)]
    return (
        number,
        row["path"].removeprefix(above),
        " ".join(filter(None, place)),
        cut(at["quote"]),
        row["message"] if row["message"].startswith(row["name"]) else f"{row['name']}：{row['message']}",
        article_words(row["article"]),
        "\n".join(_source(each) for each in row["evidence"][:3]),
        SEVERITY_NAMES[Severity(row["severity"])],
        None,
        None,
    )


def _line(at: Row) -> str:
    if at["paragraph"]:
        return f"第{at['paragraph']}段"
    return f"第{at['line']}行" if at["line"] else "全文"


def _source(evidence: Row) -> str:
    name = evidence.get("title") or evidence.get("source") or ""
    said = cut(one_line(evidence.get("quote") or ""))
    number = f"（{evidence['doc_number']}）" if evidence.get("doc_number") else ""
    return f"{name}{number}{provision_words(evidence.get('provision'))}：{said}".strip("：")


def _summary(
    above: str, statuses: Counter[str], relations: Counter[str], counts: Counter[tuple[str, str, str]], family: Families
) -> Iterator[tuple[Cell, ...]]:
    yield "文件", "文件目录", None, above or "见各表"
    for status, words in STATUS_NAMES.items():
        if statuses[status]:
            unread = statuses.total() - statuses["ok"]
            yield "文件", words, statuses[status], "" if status == "ok" else _partly(unread, "见“未读文件”", "documents.jsonl")
    for relation in ORDER:
        if relations[relation]:
            words = RELATION_NAMES[relation]
            yield "文件之间", words, relations[relation], _partly(relations.total(), "见“重复发文”", "duplicates.jsonl")
    if relations:
        yield "文件之间", Link("relations.html", "文件关系图"), None, "谁照抄谁、谁改自谁，用浏览器打开"
    if members := family.members():
        many = sum(map(len, members))
        yield "文件之间", "文件族", len(members), _partly(many, "同一文件及其各版本，见“文件族”", "duplicates.jsonl")
    totals: Counter[str] = Counter()  # one sheet a rule, whatever the severities
    for (rule, *_), number in counts.items():
        totals[rule] += number
    for (rule, name, severity), number in sorted(counts.items()):
        yield (
            "问题",
            f"{rule} {name}",
            number,
            _partly(totals[rule], f"{SEVERITY_NAMES[Severity(severity)]}，见“取证单 {rule}”", "findings.jsonl"),
        )


def _partly(number: int, words: str, file: str) -> str:
    return words + (f"（列出前 {MOST_ROWS} 条，其余在 {file}）" if number > MOST_ROWS else "")
