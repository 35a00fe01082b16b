"""The auditors' sheet and the plot of delays: every document counted once, sums right, nothing but a drawing in the page."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from interpretation_scenarios import SITUATIONS, TODAY, Maker

from shenwen.checks.settings import Settings
from shenwen.corpus.workdays import Calendar
from shenwen.pipeline.interpretations import interpretation_rows
from shenwen.pipeline.reports.delay_plot import delay_plot
from shenwen.pipeline.reports.interpretations_xlsx import STATES, documents_of, state, write_interpretations


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    every = []
    for number, situation in enumerate(SITUATIONS):
        for item in interpretation_rows(situation(Maker(number)).publications, TODAY, Calendar.default(), Settings()):
            every.append(item | {"policy": f"{number}/{item['policy']}"})
    return every


def test_the_sheet_counts_each_document_once(rows: list[dict], tmp_path: Path) -> None:
    write_interpretations(lambda: rows, tmp_path / "台账.xlsx", TODAY)
    summary, detail = openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets
    assert detail.max_row == len(rows) + 1
    table = list(summary.iter_rows(values_only=True))
    heading, body, total = table[0], table[1:-1], table[-1]
    counts = Counter(state(row, TODAY) for row in documents_of(rows))
    assert total[:2] == ("合计", "合计")
    assert dict(zip(STATES, total[2:], strict=False)) == {name: counts.get(name) for name in STATES}
    days = [row["workdays"] for row in documents_of(rows) if row["status"] in ("on_time", "late") and row["workdays"] is not None]
    assert dict(zip(heading, total, strict=True))["最多工作日数"] == max(days)
    units = [row for row in body if row[1] == "合计"]
    assert [sum(row[n] or 0 for row in units) or None for n in range(2, 8)] == list(total[2:8])
    due = counts["按时"] + counts["逾期"] + counts["缺失"]
    assert total[8] == f"{counts['按时'] / due:.1%}"
    assert all(row[8] is None for row in body if not any(row[2:5]))


def test_what_is_still_in_time_is_not_missing() -> None:
    row = {"status": "missing", "deadline": "2019-03-12"}
    assert state(row, date(2019, 3, 12)) == "期限内"
    assert state(row, date(2019, 3, 13)) == "缺失"


def test_the_plot_shows_every_document_of_its_months(rows: list[dict]) -> None:
    drawing = delay_plot(rows)
    root = ElementTree.fromstring(drawing)
    assert root.tag.endswith("svg") and "style" not in drawing and "script" not in drawing
    shown = sum(
        int(title.text.rsplit("，", 1)[1].removesuffix("份")) for title in root.iter() if title.text and "份" in title.text
    )
    documents = [row for row in documents_of(rows) if row["status"] in ("on_time", "late", "missing")]
    assert shown == len(documents) > 20


def test_nothing_to_draw() -> None:
    assert delay_plot([]) == ""
