"""Documents that bear one title: versions of one text may have so little in common that no fingerprint brings them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
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

    groups: dict[str, list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        if title and is_name(name := key(bare(title)).removeprefix("中华人民共和国")):
            groups[name].append(number)
    found = [pair for group in groups.values() if 1 < len(group) <= _MOST for pair in combinations(group, 2)]
    return np.unique(np.concatenate([pairs, np.array(found, dtype=np.int64)]), axis=0) if found else pairs
