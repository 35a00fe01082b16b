"""The same facts on a spaCy `Doc`, for analysts who work in spaCy. Only spaCy imports this module (`spacy_factories`).

    nlp = spacy.blank("zh")
    nlp.add_pipe("shenwen_obligations")
    doc = nlp(text)
    doc.spans["obligations"], doc.spans["owners"], doc.spans["supporting"]

`shenwen_provisions` writes `doc.spans["provisions"]` (label: the level, id: the path of labels), `shenwen_obligations` the three
groups above (labels: the modality, `LEAD`, `SUPPORT`), `shenwen_deadlines` `doc.spans["deadlines"]` (label: the kind, id: the normal
form, `span._.due`: the last day in ISO form or None). Tokens may be cut in any way: a span that ends within a token takes it whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Span as SpacySpan

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Block, Deadline, Document, Facts, Obligation, Span
from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.find_facts import find_facts
from shenwen.extractors.read_text import read_text

if TYPE_CHECKING:
    from spacy.tokens import Doc

if not SpacySpan.has_extension("due"):
    SpacySpan.set_extension("due", default=None)

#: A place with its label, its id and, for a time limit, the last day.
Mark = tuple[Span, str, str, str | None]


@Language.component("shenwen_provisions", assigns=["doc.spans"])
def provisions(doc: Doc) -> Doc:
    """Put the numbered units on the doc."""
    found = facts_of(doc.text).provisions
    return _put(doc, "provisions", ((unit.span, str(unit.level), unit.id, None) for unit in found))


@Language.component("shenwen_obligations", assigns=["doc.spans"])
def obligations(doc: Doc) -> Doc:
    """Put operative statements, who bears them and who supports them on the doc."""
    found = facts_of(doc.text).obligations
    _put(doc, "obligations", ((o.span, "+".join(o.modality), o.provision or "", None) for o in found))
    _put(doc, "owners", _bodies(found, "actors", "LEAD"))
    return _put(doc, "supporting", _bodies(found, "supporting", "SUPPORT"))


@Language.component("shenwen_deadlines", assigns=["doc.spans"])
def deadlines(doc: Doc) -> Doc:
    """Put time limits on the doc, those of tasks and others."""
    found = sorted(_deadlines(facts_of(doc.text)), key=lambda limit: limit.span)
    marks = ((d.span, d.kind, d.norm, d.due.isoformat() if d.due else None) for d in found)
    return _put(doc, "deadlines", marks)


@lru_cache(maxsize=4)
def facts_of(text: str) -> Facts:
    """All facts of a text; kept for the other components of the pipeline, which ask for the same text next."""
    data = text.encode("utf-8", "surrogatepass")
    return find_facts(Document("", hashlib.sha256(data).hexdigest(), FileFormat.TXT, text, _blocks(text, data)))


def _blocks(text: str, data: bytes) -> tuple[Block, ...]:
    """The blocks that a text file of these words has; where the reader would change the words, one block."""
    try:
        content = read_text(data, Limits())
    except Unreadable:
        return ()
    return content.blocks if content.text == text else (Block(Span(0, len(text))),)


def _bodies(found: Iterable[Obligation], field: str, label: str) -> Iterator[Mark]:
    """Each place where a body is named, once; inherited bodies stand where they were named."""
    seen: set[Span] = set()
    for obligation in found:
        for actor in getattr(obligation, field):
            if actor.span and actor.span not in seen:
                seen.add(actor.span)
                yield actor.span, label, actor.full or actor.name, None


def _deadlines(facts: Facts) -> Iterator[Deadline]:
    yield from facts.deadlines
    for obligation in facts.obligations:
        yield from obligation.deadlines


def _put(doc: Doc, group: str, marks: Iterable[Mark]) -> Doc:
    """Write a group of spans; what covers no token is left out."""
    spans: list[Any] = []
    for place, label, name, due in marks:
        span = doc.char_span(place.start, place.end, label=label, span_id=name, alignment_mode="expand")
        if span is not None:
            span._.due = due
            spans.append(span)
    doc.spans[group] = spans
    return doc
