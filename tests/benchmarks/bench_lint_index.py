"""Lint beside a large index: CPU of one cold call, drafts a second in one call of many.

The rate on two processors is also told from the CPU that the call took (drafts over half of it), since a machine may be shared.

    bench_lint_index.py [--documents 20000] [--drafts 200] [--runs 5] [--keep FOLDER]

The archive and the drafts (Word files that copy none to all of a document of it) are made; `--keep` keeps both for further runs.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_cold_start import CALL, cpu_seconds
from docx import Document
from made_archive import draft, made_archive


def make(folder: Path, documents: int, drafts: int) -> None:
    """Index and drafts in the folder, if they are not there."""
    if not (folder / "index").exists():
        issued = folder / "issued"
        issued.mkdir(parents=True, exist_ok=True)
        for number, each in enumerate(made_archive(documents)):
            (issued / f"{number:06}.txt").write_text(each.text, encoding="utf-8")
        subprocess.run([sys.executable, "-c", CALL, "index", "add", str(issued), "--index", str(folder / "index")], check=True)
    chooser = random.Random(7)
    sources = [each for each, _ in zip(made_archive(documents), range(drafts), strict=False)]
    (folder / "drafts").mkdir(exist_ok=True)
    for number in range(drafts):
        path = folder / "drafts" / f"{number:03}.docx"
        if not path.exists():
            made = Document()
            for line in draft(
                chooser, sources[number % len(sources)], chooser.choice((0.0, 0.3, 0.7, 1.0)), path.name
            ).text.split("\n"):
                made.add_paragraph(line)
            made.save(str(path))


def measure(folder: Path, runs: int) -> None:
    drafts = sorted(map(str, (folder / "drafts").iterdir()))
    index = ["--index", str(folder / "index")]
    single = [cpu_seconds(["-c", CALL, "lint", drafts[n % len(drafts)], *index]) for n in range(runs)]
    alone = [cpu_seconds(["-c", CALL, "lint", drafts[n % len(drafts)]]) for n in range(runs)]
    cold, plain = statistics.median(single), statistics.median(alone)
    print(f"one draft, from cold: {cold:.2f} s CPU (best {min(single):.2f}); without index {plain:.2f}")
    for name, options in (("with index", index), ("without index", [])):
        rates, paid = [], []
        for _ in range(runs):
            begun = time.perf_counter()
            paid.append(len(drafts) / cpu_seconds(["-c", CALL, "lint", *drafts, *options]) * 2)
            rates.append(len(drafts) / (time.perf_counter() - begun))
        print(
            f"{len(drafts)} drafts in one call, {name}: {statistics.median(rates):.0f}/s (best {max(rates):.0f});"
            f" by CPU on two processors {statistics.median(paid):.0f}/s (best {max(paid):.0f})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--drafts", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        make(folder, options.documents, options.drafts)
        measure(folder, options.runs)


if __name__ == "__main__":
    main()
