"""A sketch: a small sample of a text's pieces, chosen alike in every text, so that shares of it estimate shares of the text."""

from __future__ import annotations

import re
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

#: Length of the pieces a text is compared by, and one in how many of them is kept.
PIECE, KEPT = 8, 8
#: Fewer sampled pieces than this say nothing.
_LEAST = 6


@dataclass(frozen=True, slots=True)
class Sketch:
    """Sampled pieces' hashes, packed in four bytes each: a whole archive's sketches stay in memory."""

    packed: bytes = b""

    def __len__(self) -> int:
        return len(self.packed) // 4

    @property
    def hashes(self) -> array[int]:
        """The hashes, ascending, each once."""
        return array("I", self.packed)

    def among(self, wanted: Container[int]) -> Iterator[int]:
        """The hashes that are wanted."""
        return filter(wanted.__contains__, self.hashes)

    def as_text(self) -> str:
        """The sketch as base64, for JSON."""
        return b64encode(self.packed).decode("ascii")

    @staticmethod
    def from_text(text: str) -> Sketch:
        """The sketch that `as_text` wrote. Raises ValueError for anything else."""
        packed = b64decode(text, validate=True)
        if len(packed) % 4:
            raise ValueError("sketch is cut off")
        return Sketch(packed)


def sketch_of(text: str) -> Sketch:
    """The sample of a text, whatever stands between its words."""
    words = re.sub(r"\W+", "", text)
    units = memoryview(words.encode("utf-16-le", "surrogatepass"))
    hashes = (zlib.crc32(units[i : i + 2 * PIECE]) for i in range(0, len(units) - 2 * PIECE + 1, 2))
    return _packed(h for h in hashes if h % KEPT == 0)


def _packed(hashes: Iterable[int]) -> Sketch:
    return Sketch(array("I", sorted(set(hashes))).tobytes())


def containment(part: Sketch, whole: Sketch) -> float:
    """Estimated share of `part`'s text that stands in `whole` (0 to 1; 0 where there is too little to tell)."""
    if len(part) < _LEAST:
        return 0.0
    return sum(1 for _ in whole.among(frozenset(part.hashes))) / len(part)
