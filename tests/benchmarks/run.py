"""Every benchmark that needs no documents from outside, one after the other: `python tests/benchmarks/run.py`.

Each prints its own figures, ratios side by side in one run; nothing here passes or fails.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RUNS = (
    ("bench_cold_start.py",),
    ("bench_readers.py",),
    ("bench_extract.py",),
    ("bench_sheets.py",),
    ("bench_pairing.py", "10000"),
    ("bench_duplicates.py", "--documents", "2000", "--drafts", "20"),
)


def main() -> None:
    for script, *arguments in RUNS:
        print(f"== {script} {' '.join(arguments)}".rstrip(), flush=True)
        subprocess.run([sys.executable, str(HERE / script), *arguments], check=False)


if __name__ == "__main__":
    main()
