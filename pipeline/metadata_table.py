"""What an office's own register says of its files, where the files do not say it: a CSV or Excel table, one row a document.

Goes in: the table and, where its headings are its own, which column holds what. Comes out: records with the rows' dates,
numbers, issuers and addresses as metadata. A row belongs to the file of its name, else of its number, else of its title; the file's
own metadata are kept beside it, so that two dates that contradict each other stay visible.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

from shenwen.corpus.model import Record
from shenwen.corpus.title_keys import key, number_key
from shenwen.extractors.content import Unreadable
from shenwen.extractors.encoding import decode
from shenwen.extractors.masthead.metadata import FIELDS
from shenwen.pipeline.process import understand

#: Our field → headings by which its column is known, best first; the first is the name the metadata get.
COLUMNS: dict[str, tuple[str, ...]] = {
    "path": ("文件名", "文件路径", "文件", "路径", "附件名", "path", "file"),
    **{name: FIELDS[name] for name in ("title", "doc_number", "issuers", "issued_date", "published_date", "publicity")},
    "interprets": ("解读文件", "被解读文件", "解读对象", "对应文件"),
    "address": ("网址", "页面地址", "链接", "url"),
}
#: A heading is looked for in so many rows; a table has no more rows and columns than this.
_HEADING, _ROWS, _CELLS = 10, 200_000, 200
_EXCEL_DAY_0 = date(1899, 12, 30)


class MetadataError(ValueError):
    """A table that cannot be used; the message is one line for people."""


@dataclass(frozen=True, slots=True)
class MetadataTable:
    """Rows as `field → text`, empty cells left out, with look-ups by file name, number and title; `digest` changes with them."""

    source: str
    digest: str
    rows: tuple[dict[str, str], ...] = field(compare=False, repr=False)
    by_name: dict[str, tuple[int, ...]] = field(compare=False, repr=False)
    by_number: dict[str, tuple[int, ...]] = field(compare=False, repr=False)
    by_title: dict[str, tuple[int, ...]] = field(compare=False, repr=False)

    def rows_of(self, record: Record) -> tuple[int, ...]:
        """Positions of a document's rows; nothing where two rows have its title and neither its name nor its number."""
        masthead = record.facts.masthead
        named = tuple(n for n in self.by_name.get(_stem(record.document.path), ()) if _same_file(self.rows[n]["path"], record))
        numbered = self.by_number.get(number_key(masthead.doc_number) or "", ())
        titled = self.by_title.get(key(masthead.title or ""), ())
        return named or numbered or (titled if len(titled) == 1 else ())


def with_metadata(record: Record, table: MetadataTable) -> Record:
    """The record understood anew with what the table says of it; the same record where the table is silent."""
    said = tuple(pair for n in table.rows_of(record) for pair in _pairs(table.rows[n]))
    if not said:
        return record
    return understand(replace(record.document, metadata=(*record.document.metadata, *said)))


def unmatched(table: MetadataTable, records: Iterable[Record]) -> list[str]:
    """Names of rows that belong to none of the records."""
    used = {n for record in records for n in table.rows_of(record)}
    named = ((n, row.get("path") or row.get("title") or row.get("doc_number")) for n, row in enumerate(table.rows))
    return [name for n, name in named if name and n not in used]


def load_metadata(path: Path, columns: Mapping[str, str] | None = None) -> MetadataTable:
    """A table from a .csv or .xlsx file. `columns` maps our fields to the office's headings. Raises MetadataError."""
    try:
        data = path.read_bytes()
        cells = _xlsx(path) if data.startswith(b"PK") else _csv(data)
    except OSError as error:
        raise MetadataError(f"无法打开登记表 {path}：{error.strerror}") from error
    except Unreadable as error:
        raise MetadataError(f"登记表 {path} 不是 CSV 或 Excel（.xlsx）文件：{error}") from error
    except csv.Error as error:
        raise MetadataError(f"登记表 {path} 格式有误：{error}") from error
    return _table(str(path), list(islice(cells, _ROWS)), columns or {})


def _csv(data: bytes) -> Iterator[Sequence[Any]]:
    text, _ = decode(data)
    first = text[:4096]
    mark = max(",\t;，", key=first.count)
    return iter(list(csv.reader(text.splitlines(), delimiter=mark)))


def _xlsx(path: Path) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        return iter(list(islice(book.worksheets[0].iter_rows(values_only=True, max_col=_CELLS), _ROWS)))
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise MetadataError(f"登记表 {path} 无法按 Excel（.xlsx）读取：{type(error).__name__}") from error


def _table(source: str, cells: Sequence[Sequence[Any]], columns: Mapping[str, str]) -> MetadataTable:
    at, fields = _heading(source, cells, columns)
    rows = tuple(row for line in cells[at + 1 :] if (row := _row(line, fields)))
    return MetadataTable(
        source,
        hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        rows,
        _by(rows, lambda row: _stem(row["path"]) if "path" in row else None),
        _by(rows, lambda row: number_key(row.get("doc_number"))),
        _by(rows, lambda row: key(row["title"]) if "title" in row else None),
    )


def _heading(source: str, cells: Sequence[Sequence[Any]], columns: Mapping[str, str]) -> tuple[int, dict[int, str]]:
    """Position of the heading and the field of each column that is used."""
    for at, line in enumerate(cells[:_HEADING]):
        fields = _fields([_text(cell) for cell in line], columns)
        if set(fields.values()) & {"path", "title", "doc_number"}:
            missing = [f"{field}（{name}）" for field, name in columns.items() if field not in fields.values()]
            if missing:
                raise MetadataError(f"登记表 {source} 没有设置中写明的列：{'、'.join(missing)}")
            if len(fields) > 1:
                return at, fields
    known = "、".join(COLUMNS[name][0] for name in ("path", "title", "doc_number", "published_date"))
    raise MetadataError(f"登记表 {source} 前 {_HEADING} 行找不到表头：至少要有文件名、标题或文号一列和一列内容（如{known}）")


def _fields(headings: Sequence[str], columns: Mapping[str, str]) -> dict[int, str]:
    plain = [re.sub(r"[\s:：]", "", heading).lower() for heading in headings]
    found: dict[int, str] = {}
    for name, headings_known in COLUMNS.items():
        wanted = [re.sub(r"\s", "", columns[name]).lower()] if name in columns else headings_known
        at = next((plain.index(each) for each in wanted if each in plain), None)
        if at is not None:
            found.setdefault(at, name)
    return found


def _row(line: Sequence[Any], fields: Mapping[int, str]) -> dict[str, str]:
    values = {field: _text(line[at], field) for at, field in fields.items() if at < len(line)}
    return {field: value for field, value in values.items() if value}


def _text(cell: Any, field: str = "") -> str:
    """A cell as text; days as ISO dates, also those that Excel keeps as a number of days."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case int() | float() if field.endswith("_date") and 20_000 < cell < 80_000:
            return (_EXCEL_DAY_0 + timedelta(days=int(cell))).isoformat()
        case _:
            return str(cell).strip()


def _by(rows: Sequence[dict[str, str]], name: Any) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if value := name(row):
            found[value].append(n)
    return {value: tuple(places) for value, places in found.items()}


def _stem(path: str) -> str:
    return PurePath(path.replace("\\", "/")).stem.casefold()


def _same_file(written: str, record: Record) -> bool:
    """Whether a row's file name, with its folders and ending as far as they are written, is the document's."""
    wanted = [part.casefold() for part in PurePath(written.replace("\\", "/")).parts]
    real = [part.casefold() for part in PurePath(record.document.path.replace("\\", "/").replace("!/", "/")).parts]
    if len(wanted) > len(real) or wanted[:-1] != real[len(real) - len(wanted) : -1]:
        return False
    return wanted[-1] in (real[-1], PurePath(real[-1]).stem)


def _pairs(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A row as metadata. Titles stay those of the files: the table's are for finding the file."""
    return ((COLUMNS[field][0], value) for field, value in row.items() if field not in ("path", "title"))
