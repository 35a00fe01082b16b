"""Working days against two independent calendars, and the counting rules."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenwen.corpus.workdays import Calendar, Unannounced, add_months

CALENDAR = Calendar.default()
DAYS = [date(2004, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
KNOWN = st.dates(date(2004, 1, 1), date(2026, 11, 1))


def test_every_day_agrees_with_chinesecalendar() -> None:
    assert [day for day in DAYS if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_but_one_agrees_with_holidays() -> None:
    other = holidays.country_holidays("CN", years=range(2004, 2027))
    adjusted = set(other.weekend_workdays)

    def worked(day: date) -> bool:
        return day in adjusted or (day.weekday() < 5 and day not in other)

    # the two libraries disagree on this one day; chinesecalendar follows the notice of 2006
    assert [day for day in DAYS if CALENDAR.is_workday(day) != worked(day)] in ([], [date(2005, 12, 31)])


@given(KNOWN, st.integers(0, 30))
def test_adding_is_counting_back(day: date, count: int) -> None:
    end = CALENDAR.add_workdays(day, count)
    assert CALENDAR.workdays_between(day, end) == count
    assert count == 0 or CALENDAR.is_workday(end)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ((2019, 2, 2), 5, (2019, 2, 14)),  # a worked Saturday before the Spring Festival
        ((2019, 9, 30), 5, (2019, 10, 12)),  # ends on a worked Saturday
        ((2024, 9, 30), 1, (2024, 10, 8)),
        ((2025, 1, 24), 1, (2025, 1, 26)),  # a worked Sunday
    ],
)
def test_known_cases(start: tuple[int, int, int], count: int, end: tuple[int, int, int]) -> None:
    assert CALENDAR.add_workdays(date(*start), count) == date(*end)


def test_an_unannounced_year_is_said_to_be_so() -> None:
    with pytest.raises(Unannounced, match="2027"):
        CALENDAR.add_workdays(date(2026, 12, 30), 5)


def test_a_file_adds_days_and_years(tmp_path: Path) -> None:
    file = tmp_path / "extra.csv"
    file.write_text("date,day,source\n2027,year,通知\n2027-01-01,off,元旦\n2020-02-03,off,延长春节假期\n", encoding="utf-8")
    calendar = CALENDAR.with_file(file)
    assert calendar.add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert not calendar.is_workday(date(2020, 2, 3))


def test_a_file_that_cannot_be_understood_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("2027-01-01,off,元旦\n2027-13-01,off,?\n", encoding="utf-8")
    with pytest.raises(ValueError, match="第2行"):
        CALENDAR.with_file(file)


def test_months_end_on_the_corresponding_day_or_the_last() -> None:
    assert add_months(date(2019, 2, 2), 1) == date(2019, 3, 2)
    assert add_months(date(2019, 1, 31), 1) == date(2019, 2, 28)
    assert add_months(date(2019, 11, 30), 15) == date(2021, 2, 28)


def test_a_rest_day_moves_on() -> None:
    assert CALENDAR.roll_forward(date(2019, 10, 1)) == date(2019, 10, 8)
    assert CALENDAR.roll_forward(date(2019, 10, 12)) == date(2019, 10, 12)
