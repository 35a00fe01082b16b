"""`shenwen scan` from end to end on a made archive: what the leading process and each worker hold, the disk, the rate.

`python tests/benchmarks/bench_scan.py N --folder EMPTY [--jobs 2] [--again]` makes N documents as files (`mixed_archive.py`), scans
them, and scans again with nothing changed; `--again` takes the files that stand in the folder and a new index. Memory is what a
process holds for itself (RssAnon of Linux, looked at four times a second): files that it maps, such as the index, are the system's
and go when others need the room. Seconds are those of processors, of all processes together.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mixed_archive import write_archive

#: Outputs in the order in which they come, each with what is done until it is there.
STAGES = (
    ("documents.jsonl", "reading and judging among all"),
    ("duplicates.jsonl", "relations"),
    ("interpretations.jsonl", "interpretations"),
    ("audit.xlsx", "workbooks and page"),
)


class Watch:
    """The most that a process and its workers held in each stage, and when each stage ended."""

    def __init__(self, process: subprocess.Popen[str], out: Path) -> None:
        self.begun, self.process, self.out = time.time(), process, out
        self.leader, self.worker, self.workers, self.spent = ({name: 0 for name, _ in STAGES} for _ in range(4))
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._thread.join()

    def _look(self) -> None:
        while self.process.poll() is None:
            stage = next((name for name, _ in STAGES if not self._ended(name)), STAGES[-1][0])
            self.leader[stage] = max(self.leader[stage], held(self.process.pid))
            workers = children(self.process.pid)
            sizes = [held(pid) for pid in workers]
            self.spent[stage] = spent(self.process.pid, ended=True) + sum(spent(pid) for pid in workers)
            self.worker[stage] = max([self.worker[stage], *sizes])
            self.workers[stage] = max(self.workers[stage], sum(sizes))
            time.sleep(0.25)

    def _ended(self, name: str) -> bool:
        with suppress(OSError):
            return (self.out / name).stat().st_mtime >= self.begun
        return False

    def told(self) -> Iterator[str]:
        """A line for each stage of which something was seen."""
        last, before = self.begun, 0
        for name, what in STAGES:
            if self._ended(name):
                ended = (self.out / name).stat().st_mtime
                sizes = (self.leader[name], self.worker[name], self.workers[name])
                leader, worker, workers = (f"{size / 1024:,.0f} MB" for size in sizes)
                spent = max(self.spent[name], before)  # nothing was seen of a stage that took no time
                seconds = (spent - before) / os.sysconf("SC_CLK_TCK")
                yield f"  {what}: {seconds:,.0f} s of processors, {ended - last:,.0f} s on the clock"
                yield f"    leader {leader}, largest worker {worker}, all workers {workers}"
                last, before = ended, spent


def held(pid: int | str) -> int:
    """Kilobytes of a process's own; `self` is this one."""
    with suppress(OSError):
        found = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found.group(1)) if found else 0
    return 0


def spent(pid: int, ended: bool = False) -> int:
    """Ticks of the processors that a process took, and its children that have ended."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11 : 15 if ended else 13]))
    return 0


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()]
    return []


def processors() -> float:
    """Seconds that all processes took that were started here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def scan(files: Path, work: Path, jobs: int) -> None:
    """One scan, and what it took."""
    code = "from shenwen.pipeline.cli import main; main()"
    place = ["--index", str(work / "index"), "--out", str(work / "out"), "--today", "2026-03-01", "--jobs", str(jobs)]
    with subprocess.Popen([sys.executable, "-c", code, "scan", str(files), *place], text=True, stderr=subprocess.PIPE) as process:
        watch, begun, before = Watch(process, work / "out"), time.monotonic(), processors()
        read = 0.0
        for line in process.stderr or ():
            if line.startswith("文件"):
                read = time.monotonic() - begun
            print(f"  {line.rstrip()}", flush=True)
    watch.stop()
    spent = time.monotonic() - begun
    print(f"  {spent:,.0f} s on the clock, {processors() - before:,.0f} s of processors; read after {read:,.0f} s")
    for line in watch.told():
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--provisions", type=int, nargs=2, default=(10, 24), help="of a document: the fewest, the most")
    options = parser.parse_args()
    files, work = options.folder / "files", options.folder / "work"
    if not options.again:
        print(f"{write_archive(files, options.documents, tuple(options.provisions)):,} files, {size_of(files) / 1e6:,.0f} MB")
    shutil.rmtree(work, ignore_errors=True)
    for name in ("first scan", "scan with nothing changed"):
        print(name, flush=True)
        scan(files, work, options.jobs)
    print(f"index {size_of(work / 'index') / 1e6:,.0f} MB, outputs {size_of(work / 'out') / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
