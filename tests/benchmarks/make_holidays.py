"""Write corpus/reference/holidays.csv from the chinesecalendar package: days that differ from Monday to Friday, 2004 on.

    python tests/benchmarks/make_holidays.py > corpus/reference/holidays.csv

Sources of the data: the State Council's yearly notices on holiday arrangements, as collected by chinesecalendar (MIT).
"""

from __future__ import annotations

from datetime import date, timedelta

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays, workdays


def main() -> None:
    first = min(day.year for day in (*holidays, *workdays))
    last = max(day.year for day in holidays)
    print(
        "# 与周一至周五不同的日子：off 放假，work 调休上班；year 表示该年安排已公布。来源：国务院办公厅历年部分节假日安排的通知"
    )
    print("date,day,source")
    for year in range(first, last + 1):
        print(f"{year},year,国务院办公厅关于{year}年部分节假日安排的通知")
        day = date(year, 1, 1)
        while day.year == year:
            worked = is_workday(day)
            if worked != (day.weekday() < 5):
                print(f"{day},{'work' if worked else 'off'},{'调休' if worked else holidays.get(day, '')}")
            day += timedelta(days=1)


if __name__ == "__main__":
    main()
