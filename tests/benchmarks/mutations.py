"""Random mutations of real formats in workers: `python tests/benchmarks/mutations.py 5000`. Prints crashes and hangs by format."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from test_mutations import crashes, seeds

from shenwen.pipeline.engine import Lost, run_all

STEP = 25


def work(task: tuple[str, int]) -> list[tuple[str, int, str]]:
    kind, start = task
    return [(kind, number, message) for number, message in crashes(kind, seeds()[kind], range(start, start + STEP))]


def lost(task: tuple[str, int], why: Lost) -> list[tuple[str, int, str]]:
    return [(task[0], task[1], f"{why.reason.value}: {why.message}")]


def main(count: int) -> int:
    kinds = sorted(seeds())
    each = -(-count // len(kinds) // STEP) * STEP
    tasks = [(kind, start) for kind in kinds for start in range(0, each, STEP)]
    bad = [row for rows in run_all(tasks, work, lost, seconds=60) for row in rows]
    for row in bad[:40]:
        print(*row)
    print(f"{each * len(kinds):,} mutations, {len(bad)} crashed or hung", dict(Counter(kind for kind, *_ in bad)))
    return bool(bad)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
