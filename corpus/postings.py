"""Fingerprints of many documents as sorted postings: which documents share a text's passages, and which documents share any.

All functions are pure over numpy arrays; `Postings` may be views of files (`numpy.memmap`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from shenwen.corpus.postings_sort import sorted_parts

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


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """`hashes` ascending with the `documents` that hold them (ascending within one hash); `sizes`: fingerprints by document."""

    hashes: NDArray[np.uint64]
    documents: NDArray[np.int32]
    sizes: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Fingerprints that stand in two documents or more, by hash: `documents` (ascending within one hash), and how many of the
    postings that follow each are its partners: all later ones of its hash, few where the hash is common. `sizes`: as above."""

    documents: NDArray[np.int32]
    partners: NDArray[np.uint16]
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


def linked(prints: Iterable[NDArray[np.uint64]], scratch: Path | None = None, common: int = COMMON) -> Links:
    """The links of documents numbered from 0, each given by its distinct fingerprints; `scratch` as in `sorted_parts`."""
    import numpy as np

    sizes, parts = sorted_parts(prints, scratch)
    documents, partners = [np.empty(0, np.int32)], [np.empty(0, np.uint16)]
    for hashes, holders in parts:
        left, many = _followers(hashes)
        repeated = many > 1
        documents.append(holders[repeated])
        partners.append(np.where(many > common, np.minimum(left, _NEIGHBOURS), left)[repeated].astype(np.uint16))
    return Links(np.concatenate(documents), np.concatenate(partners), sizes)


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
    # counted by sorting: a table of all documents would be most of the work in a large archive
    documents, shared = np.unique(postings.documents[_ranges(first, rare)], return_counts=True)
    documents, shared = documents[shared >= least], shared[shared >= least]
    order = np.lexsort((documents, -shared))
    documents, shared = documents[order], shared[order]
    of_draft, of_document = shared / max(len(prints), 1), shared / np.maximum(postings.sizes[documents], 1)
    rows = zip(documents.tolist(), shared.tolist(), of_draft.tolist(), of_document.tolist(), strict=True)
    return list(itertools.starmap(Hit, rows))


def holders(prints: NDArray[np.uint64], postings: Postings) -> list[NDArray[np.int32]]:
    """For each fingerprint the documents that hold it, ascending."""
    import numpy as np

    first = np.searchsorted(postings.hashes, prints, side="left").tolist()
    last = np.searchsorted(postings.hashes, prints, side="right").tolist()
    return [postings.documents[start:end] for start, end in zip(first, last, strict=True)]


def sharing(prints: NDArray[np.uint64], postings: Postings, common: int = COMMON) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Documents that hold any of the fingerprints that stand in at most `common` documents, ascending, and how many of these."""
    import numpy as np

    first = np.searchsorted(postings.hashes, prints, side="left")
    held = postings.hashes.take(first, mode="clip") == prints if len(postings.hashes) else np.zeros(len(prints), bool)
    first = first[held]  # most are held by none: half of the searching is saved
    counts = np.searchsorted(postings.hashes, prints[held], side="right") - first
    return np.unique(postings.documents[_ranges(first, counts * (counts <= common))], return_counts=True)


def candidates(links: Links, least: int = LEAST, share: float = LEAST_SHARE) -> NDArray[np.int64]:
    """Rows (a, b, shared) with a < b, ascending: pairs with `least` fingerprints and `share` of the smaller document's in common.

    Memory is that of the links and of a bounded batch, whatever the number of pairs.
    """
    import numpy as np

    return np.concatenate([np.empty((0, 3), np.int64), *_batches(links, least, share)])


def _batches(links: Links, least: int, share: float) -> Iterator[NDArray[np.int64]]:
    """Candidates batch by batch: all partners of a range of documents at a time, so that every count is complete."""
    import numpy as np

    number = len(links.sizes)
    ends = np.cumsum(_begun(links))
    first = 0
    while first < number:
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + _BATCH, side="right")), first + 1)
        if ends[last - 1] > done:
            yield _counted(links, first, last, least, share)
        first = last


def _begun(links: Links) -> NDArray[np.int64]:
    """For every document how many pairs begin with it, one for each fingerprint shared."""
    import numpy as np

    begun = np.zeros(len(links.sizes), np.int64)
    for at in range(0, len(links.documents), _BATCH):
        part = slice(at, at + _BATCH)
        begun += np.bincount(links.documents[part], links.partners[part], len(begun)).astype(np.int64)
    return begun


def _counted(links: Links, first: int, last: int, least: int, share: float) -> NDArray[np.int64]:
    """The candidates whose first document is one of a range."""
    import numpy as np

    number = len(links.sizes)
    rows = np.flatnonzero((links.documents >= first) & (links.documents < last) & (links.partners > 0))
    partners = links.partners[rows].astype(np.int64)
    keys = np.repeat(links.documents[rows].astype(np.int64) * number, partners)
    keys += links.documents[_ranges(rows + 1, partners)]
    keys.sort()
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    shared = np.diff(np.r_[starts, len(keys)])
    starts, shared = starts[shared >= least], shared[shared >= least]
    a, b = np.divmod(keys[starts], number)
    enough = shared >= share * np.minimum(links.sizes[a], links.sizes[b])
    return np.stack([a[enough], b[enough], shared[enough]], axis=1)


def _followers(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every posting how many later ones its hash has, and how many in all."""
    import numpy as np

    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]][: len(hashes)])
    lengths = np.diff(np.r_[starts, len(hashes)])
    left = np.repeat(starts + lengths, lengths) - np.arange(len(hashes)) - 1
    return left, np.repeat(lengths, lengths)


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of all half-open ranges one after another: ([3, 9], [2, 1]) gives [3, 4, 9]."""
    import numpy as np

    ends = np.cumsum(lengths)
    numbers: NDArray[np.int64] = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
    return numbers
