"""What a reader makes of a file's bytes: text with blocks, or the reason why there is none.

A reader is a function `read_FORMAT(data, limits) -> Content`; it raises `Unreadable` and nothing else. `read.py` picks the
reader by content and turns both outcomes into the `Document` or `Failure` of the model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Anchor, Block, BlockKind, Comment, Reason, Span


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes in bytes, time in seconds. Every message of a refused file names the limit."""

    file_bytes: int = 200 * 2**20
    member_bytes: int = 200 * 2**20
    total_bytes: int = 600 * 2**20
    ratio: int = 200
    members: int = 10_000
    pages: int = 3_000
    tags: int = 1_000_000
    nesting: int = 3
    seconds: float = 60.0
    ocr: bool = False


class Unreadable(Exception):
    """No text can be had from the bytes: `reason` of the closed set, `message` one sentence in Chinese that says why."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class Content:
    """A file's text as fixed by its reader; the fields are those of `Document`."""

    format: FileFormat
    text: str
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    confidence: float | None = None


#: What would break "one block a line" or cannot be shown: every kind of line break and control characters.
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff\ud800-\udfff]+")
_BLANKS = " \u3000\xa0"


def one_line(text: str) -> str:
    """`text` on one line: control characters and line breaks become a blank, blanks at the ends go."""
    text = text.strip(_BLANKS)
    return text if text.isprintable() else _BREAKS.sub(" ", text).strip(_BLANKS)


@dataclass(slots=True)
class Builder:
    """Collects blocks in reading order; the text is the blocks, one a line, and every offset follows from that."""

    blocks: list[Block] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def length(self) -> int:
        """Offset at which the next block will start."""
        return self._length

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        anchor: Anchor = Anchor(),
        level: int | None = None,
        table: int | None = None,
    ) -> Span | None:
        """Add one block; its span, or None where nothing is left after white space at the ends is cut."""
        line = one_line(text)
        if not line:
            return None
        span = self._append(line)
        self.blocks.append(Block(span, kind, anchor, level, table=table))
        return span

    def add_row(self, cells: Sequence[str], anchor: Anchor = Anchor(), table: int | None = None) -> Span | None:
        """Add a table row: its cells, joined by tabs, each with its own span; None for a row without text."""
        cleaned = [one_line(cell) for cell in cells]
        if not any(cleaned):
            return None
        spans, at = [], self._length
        for cell in cleaned:
            spans.append(Span(at, at + len(cell)))
            at += len(cell) + 1
        span = self._append("\t".join(cleaned))
        self.blocks.append(Block(span, BlockKind.TABLE_ROW, anchor, cells=tuple(spans), table=table))
        return span

    def _append(self, line: str) -> Span:
        span = Span(self._length, self._length + len(line))
        self._lines.append(line)
        self._length = span.end + 1
        return span
