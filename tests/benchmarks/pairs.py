"""Relations among all files of a folder, as `duplicates.jsonl`: `python tests/benchmarks/pairs.py FOLDER --out FILE`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from shenwen.corpus.entries import Entry, entry_of
from shenwen.corpus.model import Failure
from shenwen.corpus.relations import Relation, find_relations
from shenwen.extractors.read import read_file
from shenwen.pipeline.process import understand


def entries_in(job: tuple[str, str]) -> list[Entry]:
    """The entries of one file, under a name relative to the folder."""
    path, name = job
    found = list(read_file(Path(path), name))
    for item in found:
        if isinstance(item, Failure):
            print(f"{item.path}: {item.message}", file=sys.stderr)
    return [entry_of(understand(item)) for item in found if not isinstance(item, Failure)]


def entries_of_folder(folder: Path) -> Iterator[Entry]:
    """Entries of all files, read in processes, in the order of their names."""
    jobs = [(str(path), str(path.relative_to(folder))) for path in sorted(folder.rglob("*")) if path.is_file()]
    with ProcessPoolExecutor() as pool:
        for entries in pool.map(entries_in, jobs, chunksize=8):
            yield from entries


def row(relation: Relation) -> dict[str, object]:
    """A line of `duplicates.jsonl`, with the reason."""
    pairs = [{"a_provision": a, "b_provision": b, "similarity": likeness} for a, b, likeness in relation.pairs]
    return {
        "a": relation.a,
        "b": relation.b,
        "relation": relation.relation.value,
        "coverage_a": relation.coverage_a,
        "coverage_b": relation.coverage_b,
        "pairs": pairs,
        "reason": relation.reason,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as out:
        for relation in find_relations(entries_of_folder(options.folder)):
            out.write(json.dumps(row(relation), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
