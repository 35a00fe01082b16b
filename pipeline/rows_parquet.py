"""JSON Lines of a scan as Parquet tables for pandas and its kin: read twice, line by line, so that memory stays bounded.

Plain values keep their type, days are days, lists of words stay lists; other lists and objects become JSON text, which says the
same in every tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from shenwen.pipeline.json_lines import rows_in

_BATCH = 20_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def write_parquet(folder: Path, names: Iterable[str]) -> list[Path]:
    """`NAME.parquet` beside each `NAME.jsonl` in the folder; the files written. Raises OSError."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    written = []
    for name in names:
        source = folder / name
        types = {column: _type(each) for column, each in _kinds(rows_in(source)).items()}
        schema = arrow.schema(list(types.items()))
        out, half = source.with_suffix(".parquet"), source.with_suffix(".parquet.part")
        with parquet.ParquetWriter(half, schema, compression="zstd") as writer:
            rows = rows_in(source)
            while batch := list(islice(rows, _BATCH)):
                columns = {column: [_plain(row.get(column), kind) for row in batch] for column, kind in types.items()}
                writer.write_table(arrow.table(columns, schema=schema))
        half.replace(out)
        written.append(out)
    return written


def _kinds(rows: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """The kinds of values in each column, None left out, columns as they first come."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for column, value in row.items():
            kinds = found.setdefault(column, set())
            if value is not None:
                kinds.add(_kind(value))
    return found


def _kind(value: Any) -> str:
    match value:
        case bool() | int() | float():
            return type(value).__name__
        case str():
            return "day" if _is_day(value) else "text"
        case list():
            return "words" if all(isinstance(each, str) for each in value) else "json"
    return "json"


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _type(kinds: set[str]) -> Any:
    """The column's type: that of its values, whole numbers among others being numbers, else text."""
    import pyarrow as arrow

    kinds = {"float"} if kinds == {"int", "float"} else kinds
    types = {
        "bool": arrow.bool_(),
        "int": arrow.int64(),
        "float": arrow.float64(),
        "day": arrow.timestamp("s"),
        "words": arrow.list_(arrow.string()),
    }
    return types.get(next(iter(kinds)), arrow.string()) if len(kinds) == 1 else arrow.string()


def _plain(value: Any, kind: Any) -> Any:
    """The value as its column holds it."""
    import pyarrow as arrow

    if arrow.types.is_timestamp(kind):
        return value and datetime.fromisoformat(value)
    if isinstance(value, list | dict) and not arrow.types.is_list(kind):
        import msgspec

        return msgspec.json.encode(value).decode()
    return value
