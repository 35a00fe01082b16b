"""What a rule may ask of the documents already issued, and the smallest archive that answers: a list in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Protocol

from shenwen.corpus.entries import Entry
from shenwen.corpus.title_keys import is_draft, keys_of, number_key, numbers, quoted


@dataclass(frozen=True, slots=True)
class InForce:
    """Whether a document binds on the draft's day (today, where the draft has none): `value` is None where that is unknown;
    `reason` says why, in Chinese."""

    value: bool | None
    reason: str


@dataclass(frozen=True)
class Similar:
    """A document found beside a draft. Whether it binds is worked out when first asked: for most of them nobody asks."""

    entry: Entry
    ask: Callable[[], InForce]

    @cached_property
    def in_force(self) -> InForce:
        """Its validity on the draft's day."""
        return self.ask()


class Archive(Protocol):
    """Documents and laws that have been issued."""

    def similar(self, draft: Entry) -> Iterable[Similar]:
        """Documents that share passages with the draft, most first, and those the draft implements or names; never the draft."""


class MemoryArchive:
    """An archive of a few entries, for tests and for folders that need no index."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    def similar(self, draft: Entry) -> Iterator[Similar]:
        """See `Archive`. Every entry that shares a fingerprint or that the draft names."""
        from shenwen.corpus.fingerprints import document_fingerprints
        from shenwen.corpus.matching import look_up, postings_of

        postings = postings_of([document_fingerprints(entry).distinct() for entry in self.entries])
        ranked = [hit.document for hit in look_up(document_fingerprints(draft).distinct(), postings, least=1)]
        named = [n for n, entry in enumerate(self.entries) if n not in ranked and names(draft, entry)]
        for number in (*ranked, *named):
            entry = self.entries[number]
            if (entry.path, entry.sha256) != (draft.path, draft.sha256):
                yield Similar(entry, partial(standing, entry, draft.issued_date or date.today()))


def names(draft: Entry, entry: Entry) -> bool:
    """Whether the draft refers to the entry by title or number."""
    said, keys = named(draft)
    number = number_key(entry.doc_number)
    # in running text words may stand before a number: 根据云政发〔2019〕6号
    if number and any(each.endswith(number) for each in said):
        return True
    return entry.title is not None and not keys.isdisjoint(keys_of(entry.title).all)


@lru_cache(maxsize=64)
def named(draft: Entry) -> tuple[frozenset[str], frozenset[str]]:
    """Keys of the numbers and of the titles that the draft names: in its references, its own title and its text."""
    text = "\n".join((draft.title or "", *(unit.text for unit in draft.units)))
    said = {number for number, _, _ in numbers(text)}
    said |= {number for reference in draft.references if (number := number_key(reference.doc_number))}
    titles = {title for title, _, _ in quoted(text)} | {reference.title for reference in draft.references if reference.title}
    within = {inner for title in titles for inner, _, _ in quoted(title.replace("〈", "《").replace("〉", "》"))}
    return frozenset(said), frozenset(key for title in titles | within for key in keys_of(title).all)


def standing(entry: Entry, day: date | None) -> InForce:
    """What the entry alone says of its validity on a day (None: unknown day)."""
    if entry.title and is_draft(entry.title):
        return InForce(False, "草案、征求意见稿，不生效")
    if day and entry.expires_date and entry.expires_date < day:
        return InForce(False, f"有效期至{entry.expires_date.isoformat()}，已届满")
    if day and entry.effective_date and entry.effective_date > day:
        return InForce(False, f"自{entry.effective_date.isoformat()}起施行，尚未生效")
    if day and entry.expires_date and (begun := entry.effective_date or entry.issued_date) and begun <= day:
        return InForce(True, f"有效期至{entry.expires_date.isoformat()}")
    return InForce(None, "未见失效、废止的记载")
