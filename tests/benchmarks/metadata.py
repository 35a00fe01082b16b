"""Accuracy of title, doc_number, issuers, issued_date and published_date on a folder of pages or texts.

    python tests/benchmarks/metadata.py FOLDER [--metadata metadata.jsonl] [--wrong]

The truth stands in `metadata.jsonl` in the folder or beside it: one object a line with `id` (the file's stem), `title`,
`doc_number`, `issuer` (several joined by 、), `issued_date`, `published_date`. Blanks do not count in titles. In texts
(.txt) a field counts only where the text has its value at all: what was lost with the page cannot be read.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from shenwen.corpus.model import Failure, Masthead
from shenwen.extractors.dates import dates_in
from shenwen.pipeline.process import records_of

FIELDS = ("title", "doc_number", "issuers", "issued_date", "published_date")


def flat(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def found_of(head: Masthead) -> dict[str, str]:
    return {
        "title": flat(head.title),
        "doc_number": flat(head.doc_number),
        "issuers": "、".join(head.issuers),
        "issued_date": str(head.issued_date or ""),
        "published_date": str(head.published_date or ""),
    }


def is_there(field: str, value: str, text: str) -> bool:
    if field.endswith("date"):
        return any(str(day) == value for day, _, _ in dates_in(text))
    return value in flat(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--metadata", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print every difference")
    options = parser.parse_args()
    source = options.metadata or next(p for p in (options.folder, options.folder.parent) if (p / "metadata.jsonl").exists())
    source = source if source.is_file() else source / "metadata.jsonl"
    truth = {row["id"]: row for row in map(json.loads, source.read_text(encoding="utf-8").splitlines())}
    right, total = Counter(), Counter()
    for path in sorted(options.folder.iterdir()):
        row = truth.get(path.stem)
        for record in records_of(path) if row else ():
            if isinstance(record, Failure):
                print(path, record.message, file=sys.stderr)
                total.update(FIELDS)
                continue
            found = found_of(record.facts.masthead)
            wanted = {field: flat(row.get("issuer" if field == "issuers" else field)) for field in FIELDS}
            for field in FIELDS:
                if path.suffix == ".txt" and not is_there(field, wanted[field], record.facts.view.text):
                    continue
                total[field] += 1
                right[field] += found[field] == wanted[field]
                if options.wrong and found[field] != wanted[field]:
                    print(f"{path.name}\t{field}\t{found[field]!r} instead of {wanted[field]!r}")
    for field in FIELDS:
        print(
            f"{field:15} {right[field]:4} of {total[field]:4}" + (f"  {right[field] / total[field]:7.1%}" if total[field] else "")
        )
    print(f"{'all':15} {right.total():4} of {total.total():4}  {right.total() / max(1, total.total()):7.1%}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
