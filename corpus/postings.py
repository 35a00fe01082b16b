"""Fingerprints of many documents as sorted postings: which documents share a text's passages, and which documents share any.

All functions are pure over numpy arrays; `Postings` may be views of files (`numpy.memmap`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A fingerprint in more documents than this is boilerplate: it ranks nothing, and links only neighbours in a long family.
COMMON = 200
_NEIGHBOURS = 4
#: Least number and share (of the smaller document's) of common fingerprints that make two documents worth comparing.
LEAST, LEAST_SHARE = 3, 0.06
#: Pairs of postings that are counted at a time: bounds memory at about 24 bytes each.
_BATCH = 8_000_000
#: Postings that are sorted at a time, and the end of the range of kept hashes.
_PART, _TOP = 16_000_000, 2**61


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """`hashes` ascending with the `documents` that hold them (ascending within one hash); `sizes`: fingerprints by document."""

    hashes: NDArray[np.uint64]
    documents: NDArray[np.int32]
    sizes: NDArray[np.int32]


class Hit(NamedTuple):
    """A document with `shared` of the draft's fingerprints; shares of the draft's and of the document's fingerprints."""

    document: int
    shared: int
    of_draft: float
    of_document: float


def postings_of(prints: Sequence[NDArray[np.uint64]]) -> Postings:
    """Postings of documents numbered from 0, each given by its distinct fingerprints."""
    import numpy as np

    sizes = np.fromiter((len(each) for each in prints), dtype=np.int32, count=len(prints))
    hashes = np.concatenate([np.empty(0, np.uint64), *prints])
    documents = np.repeat(np.arange(len(prints), dtype=np.int32), sizes)
    order = np.argsort(hashes, kind="stable")
    return Postings(hashes[order], documents[order], sizes)


def repeated_postings(prints: Sequence[NDArray[np.uint64]], part: int = _PART) -> Postings:
    """The postings of all fingerprints that stand in two documents or more: all that `candidates` needs, in a fraction of the memory.

    The range of hashes is worked off in parts of about `part` postings, so that beside the input and the answer little is held.
    """
    import numpy as np

    sizes = np.fromiter((len(each) for each in prints), dtype=np.int32, count=len(prints))
    parts = int(sizes.sum(dtype=np.int64)) // part + 1
    done = [0] * len(prints)
    hashes, documents = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
    for number in range(1, parts + 1):
        bound = np.uint64(min(_TOP // parts * number, 2**64 - 1) if number < parts else 2**64 - 1)
        ends = [int(each.searchsorted(bound, side="right")) for each in prints] if parts > 1 else sizes.tolist()
        found = postings_of([each[start:end] for each, start, end in zip(prints, done, ends, strict=True)])
        twice = np.zeros(len(found.hashes) + 1, dtype=bool)
        twice[1:-1] = found.hashes[1:] == found.hashes[:-1]
        kept = twice[1:] | twice[:-1]
        hashes.append(found.hashes[kept])
        documents.append(found.documents[kept])
        done = ends
    return Postings(np.concatenate(hashes), np.concatenate(documents), sizes)


def look_up(prints: NDArray[np.uint64], postings: Postings, least: int = LEAST, common: int = COMMON) -> list[Hit]:
    """Documents that hold at least `least` of a draft's distinct fingerprints, most first, then by number.

    Fingerprints in more than `common` documents count only where the draft has no rarer ones in the archive.
    """
    import numpy as np

    first = np.searchsorted(postings.hashes, prints, side="left")
    last = np.searchsorted(postings.hashes, prints, side="right")
    counts = last - first
    rare = counts * (counts <= common)
    if not rare.any():
        rare = np.minimum(counts, common)
    shared = np.bincount(postings.documents[_ranges(first, rare)], minlength=1)
    found = np.flatnonzero(shared >= least)
    ranked = found[np.lexsort((found, -shared[found]))]
    own = max(len(prints), 1)
    return [Hit(int(n), int(shared[n]), shared[n] / own, shared[n] / max(int(postings.sizes[n]), 1)) for n in ranked]


def candidates(postings: Postings, least: int = LEAST, share: float = LEAST_SHARE, common: int = COMMON) -> NDArray[np.int64]:
    """Rows (a, b, shared) with a < b, ascending: pairs with `least` fingerprints and `share` of the smaller document's in common.

    Memory is that of the postings and of a bounded batch, whatever the number of pairs.
    """
    import numpy as np

    if not len(postings.hashes):
        return np.empty((0, 3), np.int64)
    return np.concatenate([np.empty((0, 3), np.int64), *_batches(postings, least, share, common)])


def _batches(postings: Postings, least: int, share: float, common: int) -> Iterator[NDArray[np.int64]]:
    """Candidates batch by batch: all partners of a range of documents at a time, so that every count is complete."""
    import numpy as np

    number = len(postings.sizes)
    follow = _followers(postings, common)
    order = np.argsort(postings.documents, kind="stable")
    order = order[follow[order] > 0]
    ends = np.cumsum(follow[order], dtype=np.int64)
    documents = postings.documents[order]
    at = 0
    while at < len(order):
        done = ends[at - 1] if at else 0
        stop = max(int(np.searchsorted(ends, done + _BATCH, side="right")), at + 1)
        stop = int(np.searchsorted(documents, documents[stop - 1], side="right"))
        rows = order[at:stop]
        keys = np.repeat(postings.documents[rows].astype(np.int64) * number, follow[rows])
        keys += postings.documents[_ranges(rows + 1, follow[rows])]
        keys, shared = np.unique(keys, return_counts=True)
        a, b = keys // number, keys % number
        enough = (shared >= least) & (shared >= share * np.minimum(postings.sizes[a], postings.sizes[b]))
        yield np.stack([a[enough], b[enough], shared[enough]], axis=1)
        at = stop


def _followers(postings: Postings, common: int) -> NDArray[np.int64]:
    """For every posting how many of the next postings are its partners: all later ones of its hash, few where it is common."""
    import numpy as np

    hashes = postings.hashes
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    lengths = np.diff(np.r_[starts, len(hashes)])
    left = np.repeat(starts + lengths, lengths) - np.arange(len(hashes)) - 1
    return np.where(np.repeat(lengths, lengths) > common, np.minimum(left, _NEIGHBOURS), left)


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of all half-open ranges one after another: ([3, 9], [2, 1]) gives [3, 4, 9]."""
    import numpy as np

    ends = np.cumsum(lengths)
    numbers: NDArray[np.int64] = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
    return numbers
