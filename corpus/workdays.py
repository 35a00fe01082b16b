"""Chinese working days: weekends and holidays off, adjusted weekends (调休) worked, by the State Council's yearly notices.

The table `reference/holidays.csv` says which days differ from Monday to Friday, for the years that have been announced. Beyond them
nothing is guessed: `Unannounced` is raised. Counting follows the Civil Code, articles 201 to 204: the day of the event is not
counted, a period in months or years ends on the corresponding day (or the month's last day), and a last day that is a rest day
moves to the next working day.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path

_ONE = timedelta(days=1)


class Unannounced(ValueError):
    """The year's arrangement of working days has not been announced, or is not in the table."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}年的节假日安排不在日历中（尚未公布或未收录）")
        self.year = year


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: `exceptions` maps days that differ from Monday to Friday, `years` are those that are known."""

    exceptions: dict[date, bool]
    years: frozenset[int]

    @staticmethod
    def default() -> Calendar:
        """The national calendar as shipped."""
        return _national()

    def with_file(self, path: Path) -> Calendar:
        """This calendar and the days of a CSV file (`date,day,source`; day is `off` or `work`): a province's extra days, a new year.

        A year becomes known when the file has a row `YYYY,year,…`. Raises ValueError naming the line that cannot be understood.
        """
        with path.open(encoding="utf-8-sig", newline="") as file:
            exceptions, years = _parse(file, str(path))
        return Calendar(self.exceptions | exceptions, self.years | years)

    def known(self, day: date) -> bool:
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Raises Unannounced for a day outside the known years."""
        if day.year not in self.years:
            raise Unannounced(day.year)
        listed = self.exceptions.get(day)
        return day.weekday() < 5 if listed is None else listed

    def add_workdays(self, day: date, count: int) -> date:
        """The last day of "within `count` working days of `day`"; `day` itself is not counted. 0 gives `day`."""
        while count > 0:
            day += _ONE
            count -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` is before `start`."""
        if end < start:
            return -self.workdays_between(end, start)
        count, day = 0, start
        while day < end:
            day += _ONE
            count += self.is_workday(day)
        return count

    def roll_forward(self, day: date) -> date:
        """`day`, or the next working day where it is a rest day (Civil Code, article 203)."""
        while not self.is_workday(day):
            day += _ONE
        return day


def add_months(day: date, count: int) -> date:
    """The corresponding day `count` months later, or that month's last day (Civil Code, article 202)."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def _national() -> Calendar:
    text = resources.files("shenwen.corpus.reference").joinpath("holidays.csv").read_text(encoding="utf-8")
    return Calendar(*_parse(text.splitlines(), "holidays.csv"))


def _parse(lines: Iterable[str], name: str) -> tuple[dict[date, bool], frozenset[int]]:
    exceptions: dict[date, bool] = {}
    years: set[int] = set()
    for number, row in enumerate(csv.reader(lines), 1):
        if not row or row[0].startswith("#") or row[0] == "date":
            continue
        try:
            if row[1] == "year":
                years.add(int(row[0]))
            else:
                exceptions[date.fromisoformat(row[0])] = {"work": True, "off": False}[row[1]]
        except (ValueError, KeyError, IndexError):
            raise ValueError(f"{name} 第{number}行看不懂：{','.join(row)}") from None
    return exceptions, frozenset(years)
