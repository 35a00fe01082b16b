"""Two documents side by side: which passages of one stand in the other, sentence by sentence, whatever the order.

A sentence stands in the other document where most of its letters (as `canonical` sees them) do, in one place and in order. What
is found for sentences is summed up for the units (paragraphs) they belong to; so paragraphs may have been split, merged or moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from shenwen.corpus.entries import Entry
from shenwen.corpus.fingerprints import canonical_lines
from shenwen.corpus.postings import Hit, Postings, candidates, linked, look_up, postings_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Hit",
    "Passage",
    "Postings",
    "align",
    "candidates",
    "coverage",
    "linked",
    "literal",
    "look_up",
    "postings_of",
    "sizes",
]

#: Letters of pieces that bring sentences together; share of a sentence's pieces that makes a comparison worth while.
_GRAM, _GRAM_SHARE = 4, 0.15
#: A piece in more sentences of one document than this says nothing.
_FREQUENT = 24
#: Partners that are compared exactly, for each sentence.
_PARTNERS = 3
#: Shortest run of letters that counts as carried over. Share of a sentence in such runs from which on it stands in the other
#: document: by itself, and next to another sentence that does.
_RUN, ALONE, BESIDE = 3, 0.72, 0.55
#: Sentences shorter than this go with the next one: a heading alone proves nothing.
_SENTENCE = 10
_NO_LETTER = re.compile(r"[\W_]+")
_END = re.compile(r"(?<=[。；！？;!?])")


@dataclass(frozen=True, slots=True)
class Passage:
    """Unit `a` of one entry beside unit `b` of the other (numbers from 0).

    `a_share` is the share of unit a whose best place in the other document is unit b, `b_share` the reverse; `similarity` is that
    of what was matched, from 0 to 1.
    """

    a: int
    b: int
    similarity: float
    a_share: float
    b_share: float


def align(a: Entry, b: Entry) -> tuple[Passage, ...]:
    """All passages that a and b have in common, in the order of a, then of b."""
    if not a.units or not b.units:
        return ()
    first, second = _sentences(a), _sentences(b)
    there, back = _matched(first, second)
    shares: dict[tuple[int, int], list[float]] = {}
    for n, (m, _, likeness) in there.items():
        _add(shares, (first.units[n], second.units[m]), 0, first.weights[n], likeness)
    for m, (n, _, likeness) in back.items():
        _add(shares, (first.units[n], second.units[m]), 1, second.weights[m], likeness)
    return tuple(
        Passage(one, two, total / weight, min(left / first.sizes[one], 1.0), min(right / second.sizes[two], 1.0))
        for (one, two), (left, right, total, weight) in sorted(shares.items())
    )


def coverage(entry: Entry, passages: Iterable[Passage], side: str = "a", whole: bool = False) -> float:
    """Share (0 to 1) of the entry's operative text that the passages carry; of all its text if `whole` or if no unit is operative.

    `side` says which entry of the alignment it was: `a` or `b`.
    """
    letters = sizes(entry)
    counted = [unit.operative or whole for unit in entry.units]
    if not any(counted):
        counted = [True] * len(entry.units)
    carried = [0.0] * len(entry.units)
    for passage in passages:
        number, share = (passage.a, passage.a_share) if side == "a" else (passage.b, passage.b_share)
        carried[number] += share
    total = sum(size for size, counts in zip(letters, counted, strict=True) if counts)
    found = sum(min(c, 1.0) * size for c, size, counts in zip(carried, letters, counted, strict=True) if counts)
    return found / total if total else 0.0


def literal(a: Entry, b: Entry) -> tuple[float, float]:
    """Shares (0 to 1) of a's and of b's distinct runs of six letters, numbers and names included, that the other holds too.

    Copies differ by furniture and by what readers lose at the ends of lines; versions differ within.
    """
    import numpy as np

    one, two = _literal(a), _literal(b)
    common = len(np.intersect1d(one, two, assume_unique=True))
    return common / max(len(one), 1), common / max(len(two), 1)


@lru_cache(maxsize=512)
def _literal(entry: Entry) -> NDArray[np.uint64]:
    import numpy as np

    text = _NO_LETTER.sub("", "".join(unit.text for unit in entry.units))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    grams = np.zeros(max(len(codes) - 5, 0), np.uint64)
    for at in range(6):
        grams = grams * np.uint64(0x9E3779B97F4A7C15) + codes[at : at + len(grams)]
    return np.unique(grams)


def sizes(entry: Entry) -> tuple[int, ...]:
    """Letters of each unit as they are compared (at least 1)."""
    return _sentences(entry).sizes


def _add(shares: dict[tuple[int, int], list[float]], at: tuple[int, int], side: int, weight: int, likeness: float) -> None:
    sums = shares.setdefault(at, [0.0, 0.0, 0.0, 0.0])
    sums[side] += weight
    sums[2] += likeness * weight
    sums[3] += weight


@dataclass(frozen=True, slots=True, eq=False)
class _Sentences:
    """The sentences of an entry: letters, unit each stands in; letters by unit; pieces ascending with the sentence of each."""

    texts: tuple[str, ...]
    units: tuple[int, ...]
    weights: tuple[int, ...]
    sizes: tuple[int, ...]
    grams: NDArray[np.uint64]
    owners: NDArray[np.int32]
    counts: NDArray[np.int64]


@lru_cache(maxsize=512)
def _sentences(entry: Entry) -> _Sentences:
    import numpy as np

    raw = [(n, part) for n, unit in enumerate(entry.units) for part in _END.split(unit.text.replace("\n", " ")) if part]
    folded = canonical_lines([part for _, part in raw])
    rows = [row for n, each in groupby(zip(raw, folded, strict=True), key=lambda row: row[0][0]) for row in _joined(n, each)]
    letters = [0] * len(entry.units)
    for n, text in rows:
        letters[n] += len(text)
    texts = tuple(text for _, text in rows)
    grams, owners = _grams(texts)
    counts = np.bincount(owners, minlength=len(texts))
    weights = tuple(len(text) for text in texts)
    return _Sentences(texts, tuple(n for n, _ in rows), weights, tuple(max(size, 1) for size in letters), grams, owners, counts)


def _joined(unit: int, rows: Iterable[tuple[tuple[int, str], str]]) -> Iterator[tuple[int, str]]:
    """The folded sentences of a unit; one that is too short goes with the next, the last with the one before."""
    done: list[str] = []
    pending = ""
    for _, text in rows:
        pending += text
        if len(pending) >= _SENTENCE:
            done.append(pending)
            pending = ""
    if pending and done:
        done[-1] += pending
    elif pending:
        done.append(pending)
    return ((unit, text) for text in done)


def _grams(texts: tuple[str, ...]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Distinct pieces by sentence, ascending by piece, with the sentence of each. Characters are below 2^16: pieces are exact."""
    import numpy as np

    codes = np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    if len(codes) < _GRAM:
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    lines = np.r_[0, np.cumsum(codes == 10)].astype(np.int32)
    pairs = codes[:-1] << np.uint64(16) | codes[1:]
    grams = pairs[:-2] << np.uint64(32) | pairs[2:]
    inside = lines[_GRAM:] == lines[:-_GRAM]
    grams, owners = grams[inside], lines[:-_GRAM][inside]
    order = np.lexsort((owners, grams))
    grams, owners = grams[order], owners[order]
    fresh = np.r_[True, (grams[1:] != grams[:-1]) | (owners[1:] != owners[:-1])] if len(grams) else np.empty(0, bool)
    return grams[fresh], owners[fresh]


_Match = dict[int, tuple[int, float, float]]


def _matched(first: _Sentences, second: _Sentences) -> tuple[_Match, _Match]:
    """For each sentence that stands in the other document: its best place there, share carried over, likeness. Both directions.

    A sentence that was much reworded stands there only beside another one that stands there beyond doubt.
    """
    rows = []
    for n, m in _partners(first, second):
        carried, likeness = _carried(first.texts[n], second.texts[m])
        rows.append((n, m, carried / first.weights[n], carried / second.weights[m], likeness))
    certain = [(first.units[n], second.units[m], n, m) for n, m, there, back, _ in rows if max(there, back) >= ALONE]
    beside: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for one, two, n, m in certain:
        for near in ((one + step, two + step) for step in (-1, 0, 1)):
            beside.setdefault(near, set()).add((n, m))
    there_: _Match = {}
    back_: _Match = {}
    for n, m, there, back, likeness in rows:
        supported = bool(beside.get((first.units[n], second.units[m]), set()) - {(n, m)})
        least = BESIDE if supported else ALONE
        for found, own, other, share in ((there_, n, m, there), (back_, m, n, back)):
            if share >= least and (own not in found or (share, likeness) > found[own][1:]):
                found[own] = (other, share, likeness)
    return there_, back_


def _partners(first: _Sentences, second: _Sentences) -> Iterator[tuple[int, int]]:
    """Pairs of sentences worth an exact comparison: those with most pieces in common, for either side."""
    import numpy as np

    left = np.searchsorted(second.grams, first.grams, side="left")
    counts = np.searchsorted(second.grams, first.grams, side="right") - left
    counts[counts > _FREQUENT] = 0
    ends = np.cumsum(counts)
    at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(left - (ends - counts), counts)
    width = len(second.texts)
    keys, shared = np.unique(np.repeat(first.owners, counts).astype(np.int64) * width + second.owners[at], return_counts=True)
    one, two = keys // width, keys % width
    share = shared / np.maximum(np.minimum(first.counts[one], second.counts[two]), 1)
    enough = (share >= _GRAM_SHARE) & (shared >= 2)
    one, two, shared = one[enough], two[enough], shared[enough]
    chosen = _best(one, two, shared) | _best(two, one, shared)
    yield from zip(one[chosen].tolist(), two[chosen].tolist(), strict=True)


def _best(own: NDArray[np.int64], other: NDArray[np.int64], shared: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Marks, for each number in `own`, the rows with most pieces in common."""
    import numpy as np

    order = np.lexsort((other, -shared, own))
    sorted_ = own[order]
    starts = np.flatnonzero(np.r_[True, sorted_[1:] != sorted_[:-1]]) if len(own) else np.empty(0, np.int64)
    rank = np.arange(len(own)) - np.repeat(starts, np.diff(np.r_[starts, len(own)]))
    chosen = np.zeros(len(own), dtype=bool)
    chosen[order[rank < _PARTNERS]] = True
    return chosen


def _carried(a: str, b: str) -> tuple[int, float]:
    """Letters in runs that both sentences have in the same order, and their likeness (0 to 1)."""
    if a == b:
        return len(a), 1.0
    from rapidfuzz.distance import LCSseq

    blocks = LCSseq.editops(a, b).as_matching_blocks()
    common = sum(block.size for block in blocks)
    return sum(block.size for block in blocks if block.size >= _RUN), 2 * common / (len(a) + len(b))
