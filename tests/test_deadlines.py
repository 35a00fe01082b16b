"""Time limits: the normal form of each passage, the traps, and the last day."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenwen.corpus.model import View
from shenwen.extractors.deadlines.find_deadlines import deadlines_in
from shenwen.extractors.deadlines.periods import last_day, plan_years
from shenwen.extractors.numerals import number

CASES = tomllib.loads((Path(__file__).parent / "cases/extractors/deadlines.toml").read_text(encoding="utf-8"))["case"]
ISSUED = date(2019, 2, 2)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_normal_forms(case: dict) -> None:
    found = deadlines_in(View(case["text"]), 0, len(case["text"]), ISSUED)
    assert [limit.norm for limit in found] == case["norms"]
    for limit in found:
        assert case["text"][limit.span.start : limit.span.end] == limit.quote


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("自印发之日起5个工作日内公开", date(2019, 2, 14)),
        ("自印发之日起1个月内报送", date(2019, 3, 4)),  # 2 March 2019 is a Saturday and moves on
        ("自公布之日起30日内备案", date(2019, 3, 4)),
        ("2019年底前完成", date(2019, 12, 31)),
        ("2019年3月至5月开展", date(2019, 5, 31)),
    ],
)
def test_the_last_day(text: str, due: date) -> None:
    assert [limit.due for limit in deadlines_in(View(text), 0, len(text), ISSUED)] == [due]


def test_a_span_that_starts_with_entry_into_force() -> None:
    text = "自本办法施行之日起三个月内制定细则"
    (limit,) = deadlines_in(View(text), 0, len(text), ISSUED, effective=date(2019, 7, 1))
    assert limit.due == date(2019, 10, 8), "the first of October and the days after it are holidays"


@pytest.mark.parametrize(
    ("text", "issued", "reason"),
    [
        ("收到后3个工作日内答复", ISSUED, "起算日未知"),
        ("10日内办结", ISSUED, "未写明起算日"),
        ("自印发之日起5个工作日内公开", None, "成文日期未知"),
        ("受理招工信息发布申请后1日内审核", ISSUED, "起算日未知"),
        ("自《管理规范》印发之日起30日内备案", ISSUED, "起算日未知"),
        ("自本办法施行之日起三个月内制定细则", ISSUED, "施行日期未知"),
        ("自印发之日起5个工作日内公开", date(2026, 12, 30), "2027"),
    ],
)
def test_no_last_day_without_a_reason(text: str, issued: date | None, reason: str) -> None:
    (limit,) = deadlines_in(View(text), 0, len(text), issued)
    assert limit.due is None
    assert reason in (limit.reason or "")


@given(st.text(alphabet="0123456789一二三十两半个工作日月年底前内到至每自起“”（）〔〕，。于当季度周上下施行有效期", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for limit in deadlines_in(View(text), 0, len(text), ISSUED):
        assert 0 <= limit.span.start < limit.span.end <= len(text)
        assert limit.norm


@pytest.mark.parametrize(
    ("text", "value"), [("十五", 15), ("二〇一九", 2019), ("一百二十", 120), ("两", 2), ("30", 30), ("十", 10), ("甲", None)]
)
def test_numerals(text: str, value: int | None) -> None:
    assert number(text) == value


def test_periods() -> None:
    assert plan_years("十四") == (2021, 2025)
    assert plan_years("九") == (1996, 2000)
    assert last_day(2020, 2, None) == date(2020, 2, 29)
    assert last_day(2019, 2, 30) is None
    assert last_day(2019, None, None, "上半年") == date(2019, 6, 30)
