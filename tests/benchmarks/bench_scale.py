"""From one document to a million: what each stage of adding made documents with all pairs' relations takes, and a look-up then.

`python tests/benchmarks/bench_scale.py N --folder EMPTY [--facts] [--jobs 2]`. With `--facts` every text is read and understood as a
file is; without, its paragraphs go to the index as they are made, so that the index can be measured alone. Seconds are those of
processors, of all processes; memory is the largest of any process.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
from bench_duplicates import entry, light_entry
from made_archive import Made, draft, made_archive

from shenwen.checks.settings import Settings
from shenwen.corpus.fingerprints import document_fingerprints
from shenwen.corpus.index import Row, Stored, open_index, row_of
from shenwen.corpus.postings import look_up
from shenwen.corpus.publications import publication_of
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.engine import Lost, run_all
from shenwen.pipeline.process import understand
from shenwen.pipeline.scan import Job
from shenwen.pipeline.scan_outputs import relations

BLOCK = 100
ACCEPTED = {"same": {"same", "revision"}, "revision": {"revision", "same"}, "restatement": {"restatement"}}


def block(number: int) -> list[Made]:
    return list(made_archive(BLOCK, seed=number, first=number * BLOCK))


def rows_of(number: int, facts: bool) -> tuple[list[Row], Counter[str]]:
    """The rows of a block, and the seconds of its stages. Runs in a worker."""
    took = Counter[str]()
    with timed(took, "making"):
        made = block(number)
        texts = [each.text for each in made]
    if facts:
        from shenwen.corpus.entries import entry_of

        with timed(took, "reading"):
            documents = [read_bytes(each.path, text.encode()) for each, text in zip(made, texts, strict=True)]
        with timed(took, "facts"):
            records = [understand(document) for document in documents]  # type: ignore[arg-type]
        with timed(took, "entries"):
            stored = [Stored(entry_of(record), publication_of(record)) for record in records]
    else:
        with timed(took, "making"):
            stored = [Stored(light_entry(each)) for each in made]
    with timed(took, "fingerprints and packing"):
        return [row_of(each) for each in stored], took


@contextmanager
def timed(took: Counter[str], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    took[name] += time.process_time() - start  # type: ignore[assignment]


def lost(number: int, why: Lost) -> tuple[list[Row], Counter[str]]:
    raise SystemExit(f"block {number}: {why.message}")


def seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


class Workers:
    """Watches the workers while they live: the system counts a worker's start as if it were as large as its parent."""

    def __init__(self) -> None:
        self.peak = 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            for process in multiprocessing.active_children():
                with suppress(OSError):
                    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
                    self.peak = max(self.peak, int(found.group(1)) if found else 0)
            time.sleep(0.5)


WORKERS = Workers() if multiprocessing.parent_process() is None else None


def peaks() -> str:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"peak memory so far {own / 1024:,.0f} MB, of a worker {(WORKERS.peak if WORKERS else 0) / 1024:,.0f} MB"


@contextmanager
def stage(name: str) -> Iterator[None]:
    start, begun = seconds(), time.monotonic()
    yield
    print(
        f"{name}: {seconds() - start:,.0f} s of processors, {time.monotonic() - begun:,.0f} s on the clock; {peaks()}", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--facts", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    blocks = range(options.documents // BLOCK)
    with open_index(options.folder, create=True) as index:
        took = Counter[str]()
        with stage("adding"):
            for rows, parts in run_all(blocks, partial(rows_of, facts=options.facts), lost, options.jobs, 600.0):
                with timed(took, "storing"):
                    index.put(rows)
                took.update(parts)
        for name, spent in took.items():
            print(f"  {name}: {spent:,.0f} s, {spent / options.documents * 1e3:.3f} ms a document")
        with stage("sorting"):
            index.sort(force=True)
        found = Counter[str]()
        told: dict[tuple[str, str], str] = {}
        with stage("relations of all pairs"):
            paths = [path for path, *_ in index.places()]
            for (part,) in relations(index, paths, Job(Settings(), date(2026, 3, 1), jobs=options.jobs)):
                for line in part.lines.splitlines():
                    row = msgspec.json.decode(line)
                    found[row["relation"]] += 1
                    told[row["a"], row["b"]] = row["relation"]
        print(f"  {dict(sorted(found.items()))}, of {options.documents:,} documents")
        with stage("truth"):
            truth(blocks, told)
    looking_up(options.folder, blocks)


def truth(blocks: range, told: dict[tuple[str, str], str]) -> None:
    """Planted pairs that were told, and told as what they are; of all blocks, or a sample of them."""
    planted, seen, right = Counter[str](), Counter[str](), Counter[str]()
    for number in blocks if len(blocks) <= 1000 else random.Random(1).sample(blocks, 1000):
        for made in block(number):
            if made.origin:
                a, b = sorted((made.path, made.origin))
                planted[made.relation] += 1
                seen[made.relation] += (a, b) in told
                right[made.relation] += told.get((a, b)) in ACCEPTED[made.relation]
    for kind, many in sorted(planted.items()):
        print(f"  planted as {kind}: {many}, told {seen[kind] / many:.4f}, as such {right[kind] / many:.4f}")


def looking_up(folder: Path, blocks: range) -> None:
    """Drafts that copy half of a document: matching alone, and the whole answer."""
    chooser = random.Random(3)
    sources = [chooser.choice(block(chooser.choice(blocks))) for _ in range(60)]
    drafts = [entry(draft(chooser, source, 0.5, f"draft/{n}.txt")) for n, source in enumerate(sources)]
    with open_index(folder) as index:
        start = time.process_time()
        lookups = index.postings.lookups()
        print(f"opening: {(time.process_time() - start) * 1e3:.1f} ms")
        prints = [document_fingerprints(each).distinct() for each in drafts]
        matching = [_spent(lambda each=each: [look_up(each, postings) for _, postings in lookups]) for each in prints]
        answers = [_spent(lambda each=each: list(index.similar(each))) for each in drafts]
        found = sum(
            source.path in {near.entry.path for near in index.similar(each)} for source, each in zip(sources, drafts, strict=True)
        )
    print(
        f"look-up of a draft: matching {statistics.median(matching) * 1e3:.2f} ms (worst {max(matching) * 1e3:.2f}), with documents read "
        f"{statistics.median(answers) * 1e3:.1f} ms; source found {found}/{len(drafts)}"
    )


def _spent(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main()
