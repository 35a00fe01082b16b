"""How often each rule fires on folders of real documents.

`python tests/benchmarks/firing.py NAME=FOLDER... [--out docs/firing.csv] [--show RULE]`

Prints a table: documents read, and for each rule the documents on which it fires. A rule that fires on more than 5 % of good
documents is read by hand: `--show RULE` prints its findings.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shenwen.checks.settings import Settings
from shenwen.corpus.model import Failure, Finding
from shenwen.pipeline.judging import begun_by_file, judge_with

TOTAL = "文件总数"


def fired(folder: Path, today: date) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Path and findings of every document in the folder that can be read."""
    judge = judge_with(Settings(), today=today)
    for path, items in begun_by_file(sorted(path for path in folder.rglob("*") if path.is_file()), judge):
        for item in items:
            if not isinstance(item, Failure):
                yield str(path.relative_to(folder)), judge.ended(item)[0].findings


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="+", help="NAME=FOLDER")
    parser.add_argument("--out", help="write the table as CSV")
    parser.add_argument("--show", help="print the findings of one rule")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())
    arguments = parser.parse_args()
    tables: dict[str, Counter[str]] = {}
    for named in arguments.folders:
        name, _, folder = named.partition("=")
        table = tables.setdefault(name, Counter())
        for path, findings in fired(Path(folder or name), arguments.today):
            table[TOTAL] += 1
            table.update({finding.rule for finding in findings})
            for finding in findings:
                if finding.rule == arguments.show:
                    print(path, finding.message, finding.location.quote[:80], sep=" | ")
    rules = [TOTAL, *sorted({rule for table in tables.values() for rule in table} - {TOTAL})]
    rows = [["rule", *tables], *([rule, *(str(table[rule]) for table in tables.values())] for rule in rules)]
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
    if arguments.out:
        with Path(arguments.out).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
