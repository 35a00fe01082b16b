"""Recall, accuracy of coverage, false alarms and speed of the search for repeated passages, on a made archive.

`python tests/benchmarks/bench_duplicates.py [--documents N] [--drafts M]`. Ratios to rensa are given where it is installed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from made_archive import Made, draft, made_archive, original

from shenwen.corpus.archive import InForce
from shenwen.corpus.entries import Entry, entry_of
from shenwen.corpus.fingerprints import Prints, canonical, document_fingerprints, fingerprint
from shenwen.corpus.matching import align, candidates, coverage, linked, look_up, postings_of
from shenwen.corpus.model import Document, DocumentKind, Level
from shenwen.corpus.restatements import restated
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import understand

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


def entry(made: Made) -> Entry:
    """The entry of a made document, read as a text file is read."""
    document = read_bytes(made.path, made.text.encode())
    assert isinstance(document, Document)
    return entry_of(understand(document))


def light_entry(made: Made) -> Entry:
    """The same for archives too large to be understood in a benchmark: units without facts."""
    from shenwen.corpus.entries import Unit
    from shenwen.corpus.model import Span

    lines = made.text.split("\n")[3:-4]
    units = tuple(Unit(line, Span(0, len(line)), operative=n > 0) for n, line in enumerate(lines))
    level = Level.CITY if made.issuer.endswith("办公室") else Level.PROVINCE
    head = {"doc_type": "通知", "kind": DocumentKind.POLICY, "level": level, "issued_date": made.day}
    return Entry(made.path, made.path, made.title, made.number, (made.issuer,), units=units, **head)  # type: ignore[arg-type]


def timed(run: Callable[[], object], repeat: int = 5) -> float:
    """Median processor seconds of a run."""
    took = []
    for _ in range(repeat):
        start = time.process_time()
        run()
        took.append(time.process_time() - start)
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--drafts", type=int, default=40, help="drafts for each share that is copied")
    options = parser.parse_args()
    archive = list(made_archive(options.documents))
    entries = [light_entry(made) for made in archive]
    prints = [document_fingerprints(each) for each in entries]
    postings = postings_of([each.distinct() for each in prints])
    print(
        f"{len(entries)} documents, {sum(len(made.text) for made in archive) // len(archive)} characters and "
        f"{len(postings.hashes) // len(archive)} fingerprints each"
    )
    accuracy(archive, entries, postings_of([each.distinct() for each in prints]), options.drafts)
    planted(archive, prints)
    speed(archive, entries, prints)


def accuracy(archive: Sequence[Made], entries: Sequence[Entry], postings: object, count: int) -> None:
    """Drafts that copy a share of one document, and drafts of their own: who is found, how well the share is told."""
    chooser = random.Random(7)
    sources = [n for n, made in enumerate(archive) if made.origin is None]
    for share in SHARES:
        errors = []
        found = 0
        for n in range(count):
            at = chooser.choice(sources)
            made = draft(chooser, archive[at], share, f"draft/{n}.txt")
            told = told_shares(entry(made), entries, postings)
            found += archive[at].path in told
            errors.append(abs(told.get(archive[at].path, 0.0) - made.share))
        within = sum(error <= 0.08 for error in errors) / count
        print(
            f"copied {share:4.0%}: found {found / count:.3f}, mean error {statistics.mean(errors) * 100:.1f} points, "
            f"within 8 points {within:.2f}, worst {max(errors) * 100:.0f}"
        )
    alarms = [
        max(told_shares(entry(own), entries, postings).values(), default=0.0)
        for own in independent(chooser, archive, sources, count * 4)
    ]
    print(
        f"independent drafts on a field of the archive: alarms {sum(share >= 0.2 for share in alarms) / len(alarms):.3f}, "
        f"highest share {max(alarms):.2f}"
    )


def independent(chooser: random.Random, archive: Sequence[Made], sources: Sequence[int], count: int) -> Iterator[Made]:
    for n in range(count):
        yield original(chooser, f"own/{n}.txt", archive[chooser.choice(sources)].field)


def told_shares(own: Entry, entries: Sequence[Entry], postings: object) -> dict[str, float]:
    """For every document that the look-up finds the share of the draft's operative text that stands in it."""
    hits = look_up(document_fingerprints(own).distinct(), postings)[:20]  # type: ignore[arg-type]
    found = restated(own, [(entries[hit.document], InForce(None, "")) for hit in hits])
    return {source.entry.path: source.share for source in found.sources if source.share >= 0.05}


def planted(archive: Sequence[Made], prints: Sequence[Prints]) -> None:
    """All pairs of the archive: planted pairs that are candidates."""
    distinct = [each.distinct() for each in prints]
    start = time.process_time()
    rows = candidates(linked(distinct))
    took = time.process_time() - start
    pairs = {(a, b) for a, b, _ in rows.tolist()}
    true = planted_pairs(archive)
    print(
        f"all pairs: {len(rows)} candidates in {took:.2f} s; planted pairs among them {sum(pair in pairs for pair in true)}/{len(true)}"
    )


def planted_pairs(archive: Sequence[Made]) -> list[tuple[int, int]]:
    """Numbers of what was made from another document, after that document's."""
    number = {made.path: n for n, made in enumerate(archive)}
    return [(number[made.origin], n) for n, made in enumerate(archive) if made.origin]


def speed(archive: Sequence[Made], entries: Sequence[Entry], prints: Sequence[Prints]) -> None:
    """Fingerprinting and looking up, for one document."""
    sample = entries[:500]
    texts = ["".join(unit.text for unit in each.units) for each in sample]
    own = timed(lambda: [document_fingerprints(each) for each in sample]) / len(sample)
    print(
        f"fingerprinting: {own * 1e6:.0f} us a document with canonical text by unit; "
        f"{timed(lambda: [fingerprint(text) for text in texts]) / len(sample) * 1e6:.0f} us from one text"
    )
    peer(archive[:5000], entries[:5000], own)
    postings = postings_of([each.distinct() for each in prints])
    asked = [prints[n].distinct() for n in range(0, len(prints), max(len(prints) // 200, 1))]
    print(f"look-up: {timed(lambda: [look_up(each, postings) for each in asked]) / len(asked) * 1e3:.2f} ms a draft")
    near = [(n, hit.document) for n, each in enumerate(prints[:300]) for hit in look_up(each.distinct(), postings)[1:2]]
    pairs = [(entries[a], entries[b]) for a, b in near] or [(entries[0], entries[1])]
    print(f"alignment: {timed(lambda: [coverage(a, align(a, b)) for a, b in pairs], 3) / len(pairs) * 1e3:.2f} ms a pair")


def peer(archive: Sequence[Made], entries: Sequence[Entry], own: float) -> None:
    """rensa's MinHash of the pieces of five characters, from the folded text and from the text as it is; which planted pairs its
    bands bring together."""
    try:
        from rensa import RMinHash, RMinHashLSH
    except ImportError:
        print("rensa is not installed")
        return

    def sketch(text: str) -> RMinHash:
        hashed = RMinHash(num_perm=128, seed=42)
        hashed.update([text[i : i + 5] for i in range(len(text) - 4)])
        hashed.digest()
        return hashed

    texts = ["".join(unit.text for unit in each.units) for each in entries]
    few = texts[:500]
    ways: dict[str, Callable[[], object]] = {
        "text folded as ours": lambda: [sketch(canonical(text)) for text in few],
        "text as it is": lambda: [sketch(text) for text in few],
    }
    for name, run in ways.items():
        theirs = timed(run) / len(few)
        print(f"rensa, 128 permutations, {name}: {theirs * 1e6:.0f} us a document ({theirs / own:.1f}x ours)")
    sketches = [sketch(canonical(text)) for text in texts]
    for bands in (16, 32):
        table = RMinHashLSH(threshold=0.1, num_perm=128, num_bands=bands)
        for n, each in enumerate(sketches):
            table.insert(n, each)
        found = {(a, b) for b, each in enumerate(sketches) for a in table.query(each) if a < b}
        true = planted_pairs(archive)
        print(
            f"rensa, {bands} bands: {len(found)} candidates; planted pairs among them {sum(p in found for p in true)}/{len(true)}"
        )


if __name__ == "__main__":
    main()
