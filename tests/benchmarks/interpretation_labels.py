"""Pairing measured on a folder of real documents: `python tests/benchmarks/interpretation_labels.py FOLDER [LABELS]`.

LABELS is a JSONL file of `{"interpretation": path, "policies": [path, …]}`, paths relative to FOLDER; an empty list says that the
document it interprets is not in the folder. Interpretations found that are not labelled are printed, and count as errors if paired.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shenwen.corpus.model import Record
from shenwen.pipeline.peers import peers_of
from shenwen.pipeline.process import records_of_all


def main() -> None:
    folder = Path(sys.argv[1])
    labels = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_suffix(".jsonl")
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    truth = {(path, row["interpretation"]) for row in rows for path in row["policies"]}
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    records = [item for item in records_of_all(files) if isinstance(item, Record)]
    pairing = peers_of(records)
    root = str(folder).rstrip("/") + "/"
    found = {(p.policy.path.removeprefix(root), p.interpretation.path.removeprefix(root)): p for p in pairing.pairs}
    for pair in sorted(set(found) - truth):
        print("wrong  ", *pair, *found[pair].evidence, sep=" | ")
    for pair in sorted(truth - set(found)):
        print("missed ", *pair, sep=" | ")
    named = {row["interpretation"] for row in rows}
    for item in pairing.interpretations:
        if (path := item.path.removeprefix(root)) not in named:
            print("unlabelled", path, item.title, sep=" | ")
    right = len(truth & set(found))
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    print(f"precision {precision:.3f} ({right}/{len(found)}) recall {recall:.3f} ({right}/{len(truth)})")


if __name__ == "__main__":
    main()
