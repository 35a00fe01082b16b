"""The fingerprints of any number of documents in ascending order, part by part: sorted outside memory, on anonymous files.

Fingerprints are spread over files by their range, so that each file is sorted by itself; few documents never leave memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Part = tuple[NDArray[np.uint64], NDArray[np.int32]]

#: Files, and the power of two below which fingerprints lie; what lies above it goes into the last file.
_FILES, _TOP = 64, 61
#: Postings that are spread at a time; bytes of one file that stay in memory.
_CHUNK, _SPOOLED = 1 << 20, 1 << 18
_ROW = [("hash", "<u8"), ("document", "<i4")]


def sorted_parts(prints: Iterable[NDArray[np.uint64]], scratch: Path | None = None) -> tuple[NDArray[np.int32], Iterator[Part]]:
    """`(sizes, parts)` of documents numbered from 0, each given by its distinct fingerprints.

    `sizes` are the numbers of fingerprints by document; the parts hold all hashes, ascending, with the document of each (ascending
    within one hash), and no hash goes from one part into the next. `scratch` is a folder with room for 12 bytes a fingerprint
    (default: the system's). Raises OSError where there is no room.
    """
    folder = str(scratch) if scratch else None
    files: list[IO[bytes]] = [SpooledTemporaryFile(_SPOOLED, dir=folder) for _ in range(_FILES)]  # noqa: SIM115  closed by `_sorted`
    return _spread(prints, files), map(_sorted, files)


def _spread(prints: Iterable[NDArray[np.uint64]], files: Sequence[IO[bytes]]) -> NDArray[np.int32]:
    import numpy as np

    bounds = np.arange(1, len(files), dtype=np.uint64) << np.uint64(_TOP - (len(files) - 1).bit_length())
    sizes: list[int] = []
    for chunk in _chunks(prints):
        rows = np.empty(sum(map(len, chunk)), _ROW)
        hashes, lengths = np.concatenate(chunk), list(map(len, chunk))
        order = np.argsort(hashes, kind="stable")
        rows["hash"] = hashes[order]
        rows["document"] = np.repeat(np.arange(len(sizes), len(sizes) + len(chunk), dtype=np.int32), lengths)[order]
        ends = [*np.searchsorted(rows["hash"], bounds).tolist(), len(rows)]
        start = 0
        for file, end in zip(files, ends, strict=True):
            file.write(rows[start:end].tobytes())
            start = end
        sizes += lengths
    return np.array(sizes, np.int32)


def _chunks(prints: Iterable[NDArray[np.uint64]]) -> Iterator[list[NDArray[np.uint64]]]:
    waiting: list[NDArray[np.uint64]] = []
    size = 0
    for each in prints:
        waiting.append(each)
        size += len(each)
        if size >= _CHUNK:
            yield waiting
            waiting, size = [], 0
    if waiting:
        yield waiting


def _sorted(file: IO[bytes]) -> Part:
    """What was spread into a file; the file is closed, which removes it."""
    import numpy as np

    with file:
        file.seek(0)
        rows = np.frombuffer(file.read(), _ROW)
    order = np.argsort(rows["hash"], kind="stable")
    return rows["hash"][order], rows["document"][order]
