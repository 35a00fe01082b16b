"""The interpretation clock from files to rows: `cases/interpretations.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from shenwen.checks.settings import Settings
from shenwen.corpus.model import Document
from shenwen.corpus.publications import publication_of
from shenwen.corpus.workdays import Calendar
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.interpretations import interpretation_rows
from shenwen.pipeline.metadata_table import load_metadata, with_metadata
from shenwen.pipeline.process import understand

CASES = tomllib.loads((Path(__file__).parent / "cases" / "interpretations.toml").read_text(encoding="utf-8"))["case"]


def rows_of(case: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    records = []
    for path, text in case["files"].items():
        document = read_bytes(path, text.encode())
        assert isinstance(document, Document)
        records.append(understand(document))
    if "register" in case:
        (folder / "登记表.csv").write_text(case["register"], encoding="utf-8")
        table = load_metadata(folder / "登记表.csv")
        records = [with_metadata(record, table) for record in records]
    items = map(publication_of, records)
    return list(interpretation_rows(items, case["today"], Calendar.default(), Settings()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    found = {(row["policy"], row["interpretation"]): row for row in rows_of(case, tmp_path)}
    wanted = {(row["policy"], row.get("interpretation")): row for row in case.get("rows", [])}
    assert set(found) == set(wanted)
    for pair, expected in wanted.items():
        row = found[pair]
        assert expected.get("reason", "") in row["reason"]
        assert {name: row[name] for name in expected if name != "reason"} == {k: v for k, v in expected.items() if k != "reason"}
        assert row["reason"] or row["status"] in ("on_time", "late")
