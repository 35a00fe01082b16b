"""The fixed order of the finders: each gets the document and the facts so far and returns the facts with its part filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shenwen.corpus.model import Document, Facts
from shenwen.extractors.text import view_of


def find_view(document: Document, facts: Facts) -> Facts:
    """Reads: document.text, document.blocks. Writes: view, script."""
    view, script = view_of(document)
    return replace(facts, view=view, script=script)


def finders() -> tuple[Callable[[Document, Facts], Facts], ...]:
    """All finders in their order."""
    from shenwen.extractors.find_citations import find_citations
    from shenwen.extractors.find_provisions import find_provisions
    from shenwen.extractors.masthead.find_masthead import find_masthead
    from shenwen.extractors.obligations.find_obligations import find_obligations

    return (find_view, find_masthead, find_provisions, find_citations, find_obligations)


def find_facts(document: Document) -> Facts:
    """All facts of a document. Total: any text in, never an exception."""
    facts = Facts()
    for find in finders():
        facts = find(document, facts)
    return facts
