"""CPU time of the finders of structure on texts of a folder, and on long texts of one repeated piece (nothing may take over a second).

    python tests/benchmarks/finders.py [FOLDER] [--length 200000]

Prints milliseconds of CPU by finder: the median over the folder's files per 5,000 characters, and the worst repeated piece.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from pathlib import Path

from shenwen.corpus.model import Document, Facts
from shenwen.extractors.find_citations import find_citations
from shenwen.extractors.find_facts import find_view
from shenwen.extractors.find_provisions import find_provisions
from shenwen.extractors.masthead.find_masthead import find_masthead
from shenwen.extractors.read import read_bytes, read_file

FINDERS = (find_view, find_masthead, find_provisions, find_citations)
PIECES = (
    "a",
    "1",
    "《",
    "》",
    "（",
    "一",
    "第",
    "。",
    "年",
    "号",
    "、",
    "关于",
    "有效期",
    "《甲》",
    "《甲乙》、",
    "现将《甲",
    "附件\n",
)
PIECES += ("2026年2月2日", "〔2026〕1号", "一、\n", "第一条 甲。\n乙。\n", "1 甲\n1.1 乙\n", "各 单 位 ", "目录\n第一章 总则\n")


def times(document: Document) -> dict[str, float]:
    """Milliseconds by finder."""
    facts, found = Facts(), {}
    for find in FINDERS:
        start = time.process_time()
        facts = find(document, facts)
        found[find.__name__] = 1000 * (time.process_time() - start)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--length", type=int, default=200_000)
    options = parser.parse_args()
    rows: dict[str, list[float]] = defaultdict(list)
    for path in sorted(options.folder.iterdir()) if options.folder else ():
        for document in read_file(path):
            if isinstance(document, Document) and len(document.text) > 1000:
                for name, value in times(document).items():
                    rows[name].append(5000 * value / len(document.text))
    for name, values in rows.items():
        print(f"{name:16} {statistics.median(values):8.2f} ms / 5,000 characters ({len(values)} texts)")
    worst: dict[str, tuple[float, str]] = {}
    for piece in PIECES:
        document = read_bytes("x.txt", (piece * (options.length // len(piece))).encode())
        for name, value in times(document).items() if isinstance(document, Document) else ():
            worst[name] = max(worst.get(name, (0.0, "")), (value, piece))
    for name, (value, piece) in worst.items():
        print(f"{name:16} {value:8.0f} ms for {options.length:,} characters of {piece!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
