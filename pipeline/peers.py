"""The batch and the index, paired once, for the rules that judge a document among others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shenwen.corpus.model import Failure, Record

if TYPE_CHECKING:
    from shenwen.corpus.pairing import Pairing
    from shenwen.corpus.publications import Publication


def peers_of(records: Iterable[Record | Failure], indexed: Iterable[Publication] = ()) -> Pairing:
    """Interpretations and documents of a batch, with those an index already holds, paired. A path of the batch goes first.

    Records may come as a stream: only their publications are kept.
    """
    from shenwen.corpus.pairing import pair_all
    from shenwen.corpus.publications import publication_of

    batch = {item.document.path: publication_of(item) for item in records if isinstance(item, Record)}
    known = {item.path: item for item in indexed if item.path not in batch}
    pairing = pair_all([*batch.values(), *known.values()])
    return replace(pairing, elsewhere=frozenset(known)) if batch else pairing


def indexed_publications(archive: Any | None) -> Iterable[Publication]:
    """What an index knows of the documents issued; nothing without an index, or from one that keeps no publications."""
    known = getattr(archive, "publications", None)
    return known() if known is not None else ()


def interpreted_peers(records: Iterable[Record], archive: Any | None) -> Pairing | None:
    """`peers_of` where there is an interpretation among the records, else None: nothing can be said of drafts alone."""
    batch = tuple(records)
    if len(batch) < 2 and archive is None:
        return None
    from shenwen.corpus.publications import is_interpretation, publication_of

    if not any(is_interpretation(publication_of(record)) for record in batch):
        return None
    return peers_of(batch, indexed_publications(archive))
