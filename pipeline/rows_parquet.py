"""JSON Lines of a scan as Parquet tables for pandas and its kin: read twice, line by line, so that memory stays bounded.

Plain values keep their type; lists and objects become JSON text, which says the same in every tool.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from shenwen.pipeline.json_lines import rows_in

_BATCH = 20_000
_NAMES = {bool: "bool", int: "int64", float: "float64"}


def write_parquet(folder: Path, names: Iterable[str]) -> list[Path]:
    """`NAME.parquet` beside each `NAME.jsonl` in the folder; the files written. Raises OSError."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    written = []
    for name in names:
        source = folder / name
        kinds = _kinds(rows_in(source))
        schema = arrow.schema([(column, _type(kind)) for column, kind in kinds.items()])
        out, half = source.with_suffix(".parquet"), source.with_suffix(".parquet.part")
        with parquet.ParquetWriter(half, schema, compression="zstd") as writer:
            rows = rows_in(source)
            while batch := list(islice(rows, _BATCH)):
                columns = {column: [_plain(row.get(column)) for row in batch] for column in kinds}
                writer.write_table(arrow.table(columns, schema=schema))
        half.replace(out)
        written.append(out)
    return written


def _kinds(rows: Iterable[dict[str, Any]]) -> dict[str, set[type]]:
    """The kinds of values in each column, None left out, columns as they first come."""
    found: dict[str, set[type]] = {}
    for row in rows:
        for column, value in row.items():
            kinds = found.setdefault(column, set())
            if value is not None:
                kinds.add(type(value))
    return found


def _type(kinds: set[type]) -> Any:
    """The column's type: that of its values, whole numbers among others being numbers, else text."""
    import pyarrow as arrow

    kinds = {float} if kinds == {int, float} else kinds
    return arrow.type_for_alias(_NAMES.get(next(iter(kinds)), "string") if len(kinds) == 1 else "string")


def _plain(value: Any) -> Any:
    if isinstance(value, list | dict):
        import msgspec

        return msgspec.json.encode(value).decode()
    return value
