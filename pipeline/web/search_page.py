"""Search in the index: titles and numbers, and passages that are alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from shenwen.corpus.archive import InForce
from shenwen.corpus.entries import Entry, Unit
from shenwen.corpus.index import Index
from shenwen.corpus.model import Span
from shenwen.corpus.restatements import restated
from shenwen.extractors.text import normalise

#: Shorter words are looked for in titles only: of a short passage the index may hold no sample.
_PASSAGE = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found; `passage` are its words that the asked ones are like, `similarity` how much (0 to 1)."""

    title: str
    doc_number: str
    issuers: str
    issued: str
    force: str
    reason: str
    file: str
    passage: str = ""
    similarity: float | None = None


def hits(index: Index, words: str, most: int) -> list[Hit]:
    """Documents by title and number, then those with a passage like the words, if these are long enough."""
    asked = normalise(words)
    found = [_hit(entry, force) for entry, force in index.find(asked, most)]
    passages = _passages(index, asked) if len(asked) >= _PASSAGE else []
    return (found + passages)[:most]


def _passages(index: Index, asked: str) -> list[Hit]:
    draft = Entry("", "", units=(Unit(asked, Span(0, len(asked)), operative=True),))
    sources = restated(draft, ((each.entry, each.in_force) for each in index.similar(draft, least=1))).sources
    best = [(source, max(source.repeated, key=lambda each: each.similarity)) for source in sources if source.repeated]
    return [
        _hit(source.entry, source.in_force, source.entry.units[one.other].text, one.similarity)
        for source, one in sorted(best, key=lambda pair: -pair[1].similarity)
    ]


def _hit(entry: Entry, force: InForce, passage: str = "", similarity: float | None = None) -> Hit:
    return Hit(
        title=entry.title or PurePath(entry.path).name,
        doc_number=entry.doc_number or "",
        issuers="、".join(entry.issuers),
        issued=entry.issued_date.isoformat() if entry.issued_date else "",
        force={True: "现行有效", False: "已失效", None: "效力不明"}[force.value],
        reason=force.reason,
        file=entry.path,
        passage=passage,
        similarity=similarity,
    )
