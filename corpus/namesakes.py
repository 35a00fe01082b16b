"""Documents that bear one title: versions of one text may have so little in common that no fingerprint brings them together."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

from shenwen.corpus.standing import is_name
from shenwen.corpus.title_keys import bare, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A title that more documents bear says nothing (关于转发上级文件的通知).
_MOST = 16


def with_namesakes(pairs: NDArray[np.int64], titles: Iterable[str | None]) -> NDArray[np.int64]:
    """The pairs (of numbers, the lower first) and those of documents with one title, ascending, each once.

    `titles` are the documents' own, by their numbers from 0.
    """
    import numpy as np

    names = np.fromiter(map(_name, titles), np.uint64)
    order = np.argsort(names, kind="stable")
    starts = np.flatnonzero(np.r_[True, names[order][1:] != names[order][:-1]][: len(names)])
    starts, sizes = starts[names[order][starts] > 0], np.diff(np.r_[starts, len(names)])[names[order][starts] > 0]
    found = [pairs]
    for size in range(2, _MOST + 1):
        groups = order[starts[sizes == size][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        found.append(np.stack([groups[:, first].ravel(), groups[:, second].ravel()], axis=1))
    return np.unique(np.concatenate(found), axis=0)


def _name(title: str | None) -> int:
    """A number for the name that a title gives its document; 0 where it gives none. Eight bytes tell a million names apart."""
    name = key(bare(title)).removeprefix("中华人民共和国") if title else ""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) if is_name(name) else 0
