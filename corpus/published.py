"""Publications in the order of their paths, each read when it is asked for: those of a batch, of an index, or of both."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from heapq import merge

from shenwen.corpus.publications import Publication

#: Publications that stay in memory once they were read.
_KEPT = 4096


class Published(Sequence[Publication]):
    """A publication's place among all is its position here; its number is what it is read by: below 0 those of the batch."""

    def __init__(
        self,
        batch: Iterable[Publication],
        known: Iterable[tuple[str, int]] = (),
        read: Callable[[int], Publication] | None = None,
    ) -> None:
        """`known` are `(path, number)` of an index, by path, and `read` gives the publication of a number; a path of the batch goes
        first."""
        self.batch = sorted(batch, key=lambda item: item.path)
        self.beside = read is not None and bool(self.batch)
        self._known = read
        self._kept = lru_cache(_KEPT)(self._of_index)
        taken = {item.path for item in self.batch}
        own = ((item.path, -1 - at) for at, item in enumerate(self.batch))
        rows = merge(own, (row for row in known if row[0] not in taken), key=lambda row: row[0])
        self.numbers = array("q", (number for _, number in rows))

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, at: int) -> Publication:  # type: ignore[override]  # no slices are asked for
        return self.read(self.numbers[at])

    def read(self, number: int) -> Publication:
        """The publication of a number. Raises KeyError."""
        return self.batch[-1 - number] if number < 0 else self._kept(number)

    def _of_index(self, number: int) -> Publication:
        if self._known is None:
            raise KeyError(number)
        return self._known(number)
