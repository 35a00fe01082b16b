"""(to be written)"""

from __future__ import annotations

from shenwen.corpus.model import Document, Facts


def find_provisions(document: Document, facts: Facts) -> Facts:
    """Reads: view. Writes: nothing yet."""
    return facts
