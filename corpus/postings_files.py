"""Sorted postings as files: memory-mapped arrays, written under a new name and renamed, so that a reader never sees half of one."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shenwen.corpus.postings import Postings, postings_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ARRAYS = ("ids", "hashes", "documents", "sizes")


def postings_of_rows(rows: Sequence[tuple[int, bytes]]) -> tuple[NDArray[np.int64], Postings]:
    """`(ids, postings)` of `(id, fingerprints)` rows; document n of the postings is `ids[n]`."""
    import numpy as np

    ids = np.fromiter((number for number, _ in rows), np.int64, len(rows))
    return ids, postings_of([np.frombuffer(blob, "<u8").astype(np.uint64) for _, blob in rows])


def write_postings(folder: Path, rows: Sequence[tuple[int, bytes]]) -> str:
    """Write postings below `folder`; the name under which `read_postings` finds them. Older ones are removed."""
    import numpy as np

    ids, postings = postings_of_rows(rows)
    name = uuid.uuid4().hex
    half = folder / f"{name}.part"
    half.mkdir(parents=True)
    arrays: dict[str, NDArray[Any]] = dict(zip(_ARRAYS, (ids, postings.hashes, postings.documents, postings.sizes), strict=True))
    for array, values in arrays.items():
        with (half / f"{array}.npy").open("wb") as file:
            np.save(file, values)
            file.flush()
            os.fsync(file.fileno())
    half.rename(folder / name)
    for other in folder.iterdir():
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return name


def read_postings(folder: Path) -> tuple[NDArray[np.int64], Postings] | None:
    """`(ids, postings)` as written, memory-mapped; None where files are missing or do not fit together."""
    import numpy as np

    try:
        ids, hashes, documents, sizes = (np.load(folder / f"{array}.npy", mmap_mode="r") for array in _ARRAYS)
    except (OSError, ValueError, EOFError):
        return None
    fits = len(ids) == len(sizes) and len(hashes) == len(documents) == int(sizes.sum())
    return (ids, Postings(hashes, documents, sizes)) if fits else None
