"""Pairing measured on real documents: `python tests/benchmarks/interpretation_labels.py FOLDER [LABELS]`.

FOLDER holds files of any format and `*.jsonl.gz` collections of rows with `id` and `text` (each row is a document `FILE#ID`).
LABELS is a JSONL file of `{"interpretation": path, "policies": [path, …]}`, paths relative to FOLDER; an empty list says that the
document it interprets is not in the folder. Interpretations found that are not labelled are printed, and count as errors if paired.
Afterwards made-up interpretations of the real documents' titles, in many forms, one a document: titles in life are alike.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from multiprocessing import Pool
from pathlib import Path

from shenwen.corpus.model import Document, DocumentKind, Record
from shenwen.corpus.pairing import pair_all
from shenwen.corpus.pairing_tables import Pairing
from shenwen.corpus.publications import Publication, publication_of
from shenwen.corpus.title_keys import is_draft, issuer_prefix, key
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import records_of, understand

ROW_METADATA = {
    "title": "标题",
    "doc_number": "文号",
    "issuer": "发文机关",
    "issued_date": "成文日期",
    "published_date": "发布日期",
}
FORMS = (
    "《{}》解读", "关于《{}》的政策解读", "一图读懂《{}》", "图解：《{}》", "有关负责人就《{}》答记者问", "《{}》政策问答", "解读｜《{}》",
    "《{}》新闻发布会实录", "【政策解读】{}", "解读{}", "{}解读", "一图读懂{}",
)  # fmt: skip


def publications(path: Path) -> list[Publication]:
    """What the clock sees of one file's documents."""
    if path.name.endswith(".jsonl.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        return [publication_of(_row(path, row)) for row in rows if row.get("text") and "provenance" in row]
    return [publication_of(item) for item in records_of(path) if isinstance(item, Record)]


def _row(path: Path, row: dict[str, str]) -> Record:
    document = read_bytes(f"{path}#{row['id']}", row["text"].encode())
    assert isinstance(document, Document)
    metadata = tuple((name, row[field]) for field, name in ROW_METADATA.items() if row.get(field))
    return understand(replace(document, path=f"{path}#{row['id']}", metadata=metadata))


def everything(folder: Path) -> Iterator[Publication]:
    """All documents of a folder, paths relative to it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".json", ".jsonl"))
    with Pool(2) as pool:
        for found in pool.imap(publications, files, chunksize=4):
            for item in found:
                yield replace(item, path=item.path.removeprefix(f"{folder}/"))


def report(pairing: Pairing, labels: Iterable[dict[str, object]]) -> None:
    rows = list(labels)
    there = {*pairing.documents(), *(item.path for item in pairing.interpretations())}
    truth = {(path, row["interpretation"]) for row in rows for path in row["policies"]}  # type: ignore[attr-defined]
    for path in sorted({path for pair in truth for path in pair} - there):
        print("not read or of another kind", path, sep=" | ")
    found = {(p.policy.path, p.interpretation.path): p for p in pairing.pairs()}
    # another copy of a labelled document is no error
    homes = {(pairing.home(path) or path, text) for path, text in truth}
    for pair in sorted(set(found) - truth):
        if (pairing.home(pair[0]), pair[1]) not in homes:
            print("wrong  ", *pair, *found[pair].evidence, sep=" | ")
    for pair in sorted(truth - set(found)):
        print("missed ", *pair, sep=" | ")
    named = {row["interpretation"] for row in rows}
    for item in pairing.interpretations():
        if item.path not in named:
            print("unlabelled", item.path, item.title, sep=" | ")
    got = {(pairing.home(path), text) for path, text in found}
    _score("real", len(got & homes), len(got), len(homes))


def made(pairing: Pairing, seed: int = 1) -> None:
    """One interpretation for each real document that has a name of its own, in a random form."""
    chance = random.Random(seed)
    documents = [next(each for each in pairing.family(path) if each.path == path) for path in pairing.documents()]
    policies = [item for item in documents if len(key(item.title)) > 8 and item.kind is not DocumentKind.OTHER]
    policies = [item for item in policies if not is_draft(item.title) and not item.title.endswith("：")]
    texts, truth = [], set()
    for n, policy in enumerate(policies):
        day = policy.date + timedelta(days=chance.randrange(9)) if policy.date else None
        title = chance.choice(FORMS).format(chance.choice(names_of(policy.title)))
        texts.append(Publication(f"made{n}", title, issuers=policy.issuers, kind=DocumentKind.INTERPRETATION, published_date=day))
        truth.add((pairing.home(policy.path), f"made{n}"))
    again = pair_all([*documents, *texts])
    found = {(again.home(pair.policy.path), pair.interpretation.path): pair for pair in again.pairs()}
    for policy, text in sorted(set(found) - truth):
        print("wrong made", found[policy, text].interpretation.title, policy, found[policy, text].policy.title, sep=" | ")
    names = {item.path: item.title for item in texts}
    for policy, text in sorted(truth - set(found)):
        print("missed made", names[text], policy, sep=" | ")
    _score("made", len(truth & set(found)), len(found), len(truth))


def names_of(title: str) -> list[str]:
    """What people call a document: by its title, the title from 关于 on, the title of what a notice carries."""
    from_about = title[title.index("关于") :] if issuer_prefix(title) else title
    wrapped = re.search(r"印发《?([^《》]{8,})》?的通知$", title)
    return [title, from_about, wrapped[1] if wrapped else from_about]


def _score(name: str, right: int, found: int, true: int) -> None:
    print(f"{name}: precision {right / max(1, found):.3f} ({right}/{found}) recall {right / max(1, true):.3f} ({right}/{true})")


def main() -> None:
    labels = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_suffix(".jsonl")
    pairing = pair_all(everything(Path(sys.argv[1])))
    report(pairing, map(json.loads, labels.read_text(encoding="utf-8").splitlines()))
    made(pairing)


if __name__ == "__main__":
    main()
