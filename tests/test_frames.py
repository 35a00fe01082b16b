"""Frames for analysts: types, joins, and that they say what the machine output says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas
import pytest

from shenwen.checks.settings import Settings
from shenwen.pipeline.frames import Frames, frames
from shenwen.pipeline.judging import judge_with

NOTICE = """云川市人民政府办公室关于做好河道清淤工作的通知
云政办发〔2026〕8号
各县（区）人民政府：
一、市水务局应当于2026年5月31日前完成清淤方案编制。
二、各县（区）人民政府应当尽快完成清淤任务。
三、本通知自2026年5月1日起施行。
云川市人民政府办公室
2026年4月1日
"""


@pytest.fixture
def found(tmp_path: Path) -> Frames:
    (tmp_path / "清淤.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    return frames([str(tmp_path)], judge_with(Settings(), today=date(2026, 4, 2)))


def test_every_kind_of_fact_has_its_frame(found: Frames) -> None:
    assert list(found.documents["doc_number"]) == ["云政办发〔2026〕8号"]
    assert list(found.documents["issued_date"]) == [pandas.Timestamp("2026-04-01")]
    assert list(found.failures["status"]) == ["empty"]
    assert set(found.provisions["id"]) == {"一", "二", "三"}
    assert "ZX0303" in set(found.findings["rule"])


def test_obligations_keep_place_owner_and_last_day(found: Frames) -> None:
    first = found.obligations.iloc[0]
    assert NOTICE[first["start"] : first["end"]] == first["quote"]
    assert first["actors"] == ["市水务局"]
    assert first["due"] == pandas.Timestamp("2026-05-31")
    assert pandas.isna(found.obligations.iloc[1]["due"])
    due = found.obligations.query("due < '2026-06-01'")
    assert list(due["provision"]) == ["一"]


def test_deadlines_within_and_outside_of_obligations(found: Frames) -> None:
    assert {"一"} <= set(found.deadlines["provision"].dropna())
    assert pandas.Timestamp("2026-05-01") in set(found.deadlines["date"])
    assert list(found.deadlines.merge(found.documents, on="path")["kind_y"].unique()) == ["policy"]


def test_nothing_found_gives_frames_with_all_columns(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    found = frames([str(tmp_path)])
    assert found.obligations.empty and found.findings.empty
    assert {"quote", "due", "actors"} <= set(found.obligations.columns)
    assert found.obligations["due"].dtype.kind == "M"
