"""The batch and the index, paired once, for the rules that judge a document among others."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from shenwen.corpus.model import Failure, Record

if TYPE_CHECKING:
    from shenwen.corpus.index import Index
    from shenwen.corpus.pairing_tables import Pairing

#: Seconds after which no scan is still at work.
_LONG_AGO = 86_400


def peers_of(records: Iterable[Record | Failure], archive: Any | None = None) -> Pairing:
    """Interpretations and documents of a batch, with those an index already holds, paired. A path of the batch goes first.

    Records may come as a stream: only their publications are kept.
    """
    from shenwen.corpus.index import Index
    from shenwen.corpus.pairing import paired
    from shenwen.corpus.publications import publication_of
    from shenwen.corpus.published import Published

    batch = {item.document.path: publication_of(item) for item in records if isinstance(item, Record)}
    if not isinstance(archive, Index):  # no archive, or one that keeps no publications
        return paired(Published(batch.values()))
    return paired(Published(batch.values(), archive.published(), archive.publication))


def peers_in(index: Index, state: str) -> Pairing:
    """All that an index holds, paired; the tables lie beside it under the name of this state, for all processes of a scan."""
    from shenwen.corpus.pairing import paired
    from shenwen.corpus.pairing_tables import Pairing, opened
    from shenwen.corpus.published import Published

    file = _file(index, state)
    if not file.is_file():
        half = file.with_suffix(f".db-{uuid4().hex}")
        paired(Published((), index.published(), index.publication), half, index.folder).close()
        half.replace(file)
    return Pairing(opened(file), index.publication)


def forget_peers(index: Index, state: str) -> None:
    """Remove the tables of this state, and what interrupted scans left long ago."""
    left = [each for each in index.folder.glob("pairing-*.db*") if each.stat().st_mtime < time.time() - _LONG_AGO]
    for each in (_file(index, state), *left):
        with suppress(OSError):  # not there, or another program still reads it
            each.unlink()


def _file(index: Index, state: str) -> Path:
    return index.folder / f"pairing-{state[:16]}.db"


def interpreted_peers(records: Iterable[Record], archive: Any | None) -> Pairing | None:
    """`peers_of` where there is an interpretation among the records, else None: nothing can be said of drafts alone."""
    batch = tuple(records)
    if len(batch) < 2 and archive is None:
        return None
    from shenwen.corpus.publications import is_interpretation, publication_of

    if not any(is_interpretation(publication_of(record)) for record in batch):
        return None
    return peers_of(batch, archive)
