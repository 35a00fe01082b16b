"""The batch and the index, paired once, for the rules that judge a document among others."""

from __future__ import annotations

from collections.abc import Iterable

from shenwen.corpus.model import Failure, Record
from shenwen.corpus.pairing import Pairing, pair_all
from shenwen.corpus.publications import Publication, publication_of


def peers_of(records: Iterable[Record | Failure], indexed: Iterable[Publication] = ()) -> Pairing:
    """Interpretations and documents of a batch, with those an index already holds, paired. A path of the batch goes first."""
    batch = {item.document.path: publication_of(item) for item in records if isinstance(item, Record)}
    return pair_all([*batch.values(), *(item for item in indexed if item.path not in batch)])
