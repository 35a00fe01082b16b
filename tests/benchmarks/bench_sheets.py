"""What 100,000 findings cost as a sheet: `python tests/benchmarks/bench_sheets.py [ROWS]`.

Processor seconds of the sheet for reviewers, and of openpyxl's write-only sheet with the same words and no look at all; then
both readers that people use find every row.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas
from openpyxl import Workbook, load_workbook

from shenwen.pipeline.reports.findings_xlsx import COLUMNS
from shenwen.pipeline.reports.workbook import Cell, Link, Sheet, write_workbook

WORDS = "各县（市、区）人民政府要加强组织领导，明确责任分工，确保各项任务按期完成"


def rows(number: int) -> Iterator[tuple[Cell, ...]]:
    for n in range(1, number + 1):
        yield (
            Link(f"report.html#f{n}", str(n)),
            f"云川市人民政府办公室关于第{n % 500}号事项的通知",
            f"一 （{n % 9}） 第{n % 80}段",
            f"={WORDS}第{n}条",
            f"任务没有时限：第{n}条“{WORDS}”没有写明完成时限",
            f"《意见》第二十一条\n云川市条例第{n % 30}条：“{WORDS}”",
            "请写明完成时限",
            "警告",
            None,
            None,
            "ZX0301",
        )


def plain(path: Path, number: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([column.name for column in COLUMNS])
    for first, *others in rows(number):
        sheet.append([first.text if isinstance(first, Link) else first, *(f"'{each}" if each else None for each in others)])
    book.save(path)


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.xlsx"), Path(folder, "theirs.xlsx")
        own = seconds(lambda: write_workbook(ours, [Sheet("审核意见表", COLUMNS, rows(number))], date(2026, 1, 1)))
        other = seconds(lambda: plain(theirs, number))
        print(f"{number:,} 行：审核意见表 {own:.1f} 秒，openpyxl 只写文字 {other:.1f} 秒，比 {own / other:.2f}")
        book = load_workbook(ours, read_only=True)
        read = sum(1 for row in book.active.iter_rows(min_row=2) if row[3].data_type in ("s", "inlineStr"))
        book.close()
        print(f"openpyxl 读回 {read:,} 行文字，pandas 读回 {len(pandas.read_excel(ours)):,} 行")


if __name__ == "__main__":
    main()
