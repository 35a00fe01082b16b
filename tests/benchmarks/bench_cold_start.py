"""What a command costs before it does anything: CPU seconds of whole processes, as medians.

    bench_cold_start.py [DRAFT] [--runs N]

Prints `shenwen --help`, `shenwen lint DRAFT` (default: a sample) and, for comparison, `python -c "import spacy"` and `import pandas`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "corpus/samples/drafts/03-提升服务意识.txt"
CALL = "import sys; sys.argv[0] = 'shenwen'; from shenwen.pipeline.cli import main; main()"


def cpu_seconds(arguments: list[str]) -> float:
    """User and system time of one run, children included."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("draft", nargs="?", default=str(SAMPLE))
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    rows = {
        "python -c pass": ["-c", "pass"],
        "shenwen --help": ["-c", CALL, "--help"],
        "shenwen lint": ["-c", CALL, "lint", options.draft],
        "import pandas": ["-c", "import pandas"],
        "import spacy": ["-c", "import spacy"],
    }
    for name, arguments in rows.items():
        times = [cpu_seconds(arguments) for _ in range(options.runs)]
        print(f"{name:16} {statistics.median(times):.3f} s CPU (best {min(times):.3f})")


if __name__ == "__main__":
    main()
