"""Sorted postings as files: memory-mapped arrays, written under a new name and renamed, so that a reader never sees half of one."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from shenwen.corpus.postings import Postings, postings_of
from shenwen.corpus.postings_sort import sorted_parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Seconds after which nobody writes any more.
_LONG_AGO = 86_400
_ARRAYS = ("ids", "hashes", "documents", "sizes")


def postings_of_rows(rows: Sequence[tuple[int, bytes]]) -> tuple[NDArray[np.int64], Postings]:
    """`(ids, postings)` of `(id, fingerprints)` rows; document n of the postings is `ids[n]`."""
    import numpy as np

    ids = np.fromiter((number for number, _ in rows), np.int64, len(rows))
    return ids, postings_of([prints_of(blob) for _, blob in rows])


def write_postings(folder: Path, rows: Iterable[tuple[int, bytes]]) -> str:
    """Write postings of `(id, fingerprints)` rows below `folder`; the name under which `read_postings` finds them.

    Memory does not grow with the number of fingerprints. Raises OSError where there is no room."""
    import numpy as np

    ids = array("q")
    folder.mkdir(parents=True, exist_ok=True)
    sizes, parts = sorted_parts(_prints(rows, ids), folder)
    name = uuid.uuid4().hex
    half = folder / f"{name}.part"
    half.mkdir()
    many = int(sizes.sum(dtype=np.int64))
    with _array(half, "hashes", np.uint64, many) as hashes, _array(half, "documents", np.int32, many) as documents:
        for some, holders in parts:
            hashes.write(some.tobytes())
            documents.write(holders.tobytes())
    for part, values in (("ids", np.array(ids, np.int64)), ("sizes", sizes)):
        with _array(half, part, values.dtype, len(values)) as file:
            file.write(values.tobytes())
    half.rename(folder / name)
    return name


def kept_postings(folder: Path, rows: Iterable[tuple[int, bytes]]) -> Postings:
    """Postings of rows numbered from 0, written below `folder` and memory-mapped. Raises OSError where there is no room."""
    found = read_postings(folder / write_postings(folder, rows))
    if found is None:
        raise OSError(f"cannot be read back: {folder}")
    return found[1]


def remove_postings(folder: Path, name: str | None) -> None:
    """Remove what another name stands for now, and what an interrupted writing left long ago. Missing files do no harm."""
    left = [each for each in folder.glob("*.part") if each.stat().st_mtime < time.time() - _LONG_AGO]
    for each in (*left, *([folder / name] if name else ())):
        shutil.rmtree(each, ignore_errors=True)


def _prints(rows: Iterable[tuple[int, bytes]], ids: array[int]) -> Iterator[NDArray[np.uint64]]:
    """The fingerprints of the rows, whose ids are noted."""
    for number, blob in rows:
        ids.append(number)
        yield prints_of(blob)


def prints_of(blob: bytes) -> NDArray[np.uint64]:
    """Fingerprints as they are stored: 8 bytes each, little-endian."""
    import numpy as np

    return np.frombuffer(blob, "<u8").astype(np.uint64, copy=False)


@contextmanager
def _array(folder: Path, name: str, kind: Any, length: int) -> Iterator[IO[bytes]]:
    """A file for so many numbers, to be written in order; on the disk when it is closed."""
    import numpy as np

    shape = {"descr": np.lib.format.dtype_to_descr(np.dtype(kind)), "fortran_order": False, "shape": (length,)}
    with (folder / f"{name}.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(file, shape)
        yield file
        file.flush()
        os.fsync(file.fileno())


def read_postings(folder: Path) -> tuple[NDArray[np.int64], Postings] | None:
    """`(ids, postings)` as written, memory-mapped; None where files are missing or do not fit together."""
    import numpy as np

    try:
        ids, hashes, documents, sizes = (np.load(folder / f"{part}.npy", mmap_mode="r").view(np.ndarray) for part in _ARRAYS)
    except (OSError, ValueError, EOFError):
        return None
    fits = len(ids) == len(sizes) and len(hashes) == len(documents) == int(sizes.sum(dtype=np.int64))
    return (ids, Postings(hashes, documents, sizes)) if fits else None
