"""Scans that are killed (SIGKILL) at random moments and resumed: the outputs are those of an undisturbed scan, byte by byte.

`python tests/benchmarks/kills.py FOLDER [--kills 50] [--seed 1]`, `mixed_archive.py` makes a FOLDER. A scan is killed and
started again until one comes to its end; its outputs are compared; then the next begins with an empty index. Half of the time only
the process that leads is killed, half of the time its workers with it. Exit status 1 where an output differs.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from shenwen.pipeline.scan_outputs import OUTPUTS


def command(folder: Path, work: Path, more: Sequence[str]) -> list[str]:
    code = "from shenwen.pipeline.cli import main; main()"
    place = ["--index", str(work / "index"), "--out", str(work / "out"), "--today", "2026-03-01"]
    return [sys.executable, "-c", code, "scan", str(folder), *place, *more]


def outputs(work: Path) -> dict[str, bytes]:
    return {name: (work / "out" / name).read_bytes() for name in OUTPUTS}


def killed(run: list[str], seconds: float, group: bool) -> bool:
    """Start the scan and kill it after so many seconds; False where it came to its end before."""
    process = subprocess.Popen(run, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
        process.wait()
        return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("more", nargs="*", help="options for the scan, after --")
    options = parser.parse_args()
    chooser = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch, "undisturbed")
        begun = time.monotonic()
        subprocess.run(command(options.folder, whole, options.more), capture_output=True, check=False)
        took = time.monotonic() - begun
        wanted = outputs(whole)
        print(f"undisturbed: {took:.1f} s, {sum(map(len, wanted.values())):,} bytes of outputs", flush=True)
        kills, ends, different = 0, 0, set[str]()
        while kills < options.kills:
            work = Path(scratch, f"disturbed-{ends}")
            run = command(options.folder, work, options.more)
            before = kills
            while kills < options.kills and killed(run, chooser.uniform(0.05, took * 0.6), chooser.random() < 0.5):
                kills += 1
            subprocess.run(run, capture_output=True, check=False)
            found = outputs(work)
            different |= {name for name in wanted if found[name] != wanted[name]}
            ends += 1
            print(
                f"ended after {kills - before} kills ({kills} in all): {'differs: ' + ', '.join(different) if different else 'equal'}",
                flush=True,
            )
    print(f"{kills} kills, {ends} scans brought to their end; outputs that differ: {len(different)}")
    raise SystemExit(1 if different else 0)


if __name__ == "__main__":
    main()
