"""The largest memory that reading one file takes: `python tests/benchmarks/memory.py FOLDER`.

Every file is read in a process of its own; what counts is the most memory that it ever held, Python and the readers included.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
from pathlib import Path

from shenwen.extractors.read import read_bytes


def peak(path: Path) -> int:
    """Megabytes of a process that has read the file (Linux counts in kilobytes)."""
    read_bytes(str(path), path.read_bytes())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    paths = [path for path in sorted(Path(sys.argv[1]).rglob("*")) if path.is_file()]
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        rows = sorted(zip(pool.imap(peak, paths), paths, strict=True), reverse=True)
    for megabytes, path in rows[:8]:
        print(f"{megabytes:6} MB  {path.name[:70]}")
    print(f"{len(rows)} files, at most {rows[0][0]} MB")


if __name__ == "__main__":
    main()
