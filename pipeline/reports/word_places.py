"""Where the words of a document stand in a Word file: a map from the text as read to the `w:t` nodes of `word/document.xml`.

Goes in: the root of document.xml and a `Document`. Comes out: for a span of the text, the first and last character of it in
the file. Blanks are ignored on both sides, so that the map does not hang on how a reader shows tabs and line breaks;
words that the file does not spell out (automatic numbers, headers, notes) have no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shenwen.corpus.model import BlockKind, Document, Span

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Words in these are no place for a comment: what was deleted or moved away, and text boxes, where Word allows none.
HIDDEN = {f"{W}del", f"{W}moveFrom", f"{W}txbxContent", FALLBACK}
#: The longest automatic number that a reader may have put before a paragraph.
NUMBER_LENGTH = 16
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Places:
    """`characters[i]` is the node and offset of the i-th visible character; `of` maps text offsets to such i."""

    characters: list[tuple[Any, int]]
    of: dict[int, int]

    def find(self, span: Span) -> tuple[int, int] | None:
        """Indexes of the first and the last character of the span that have a place, or None."""
        found = [self.of[at] for at in range(span.start, span.end) if at in self.of]
        return (min(found), max(found)) if found else None


def places_in(root: Any, document: Document) -> Places:
    """The map for the whole document."""
    characters, letters, starts = _characters(root)
    of: dict[int, int] = {}
    cursor = 0
    for block in document.blocks:
        if block.kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE) or block.anchor.part != "body":
            continue
        offsets = [at for at in range(block.span.start, block.span.end) if not _BLANK.match(document.text[at])]
        own = "".join(document.text[at] for at in offsets)
        at, skipped = _look(letters, own, _beginnings(block.anchor.paragraph, starts, cursor))
        if at >= 0:
            of |= {offset: at + number for number, offset in enumerate(offsets[skipped:])}
            cursor = at + len(own) - skipped
    return Places(characters, of)


def _characters(root: Any) -> tuple[list[tuple[Any, int]], str, list[int]]:
    """Every visible character as node and offset, all of them as a string, and how many stand before each paragraph."""
    characters: list[tuple[Any, int]] = []
    letters: list[str] = []
    starts: list[int] = []
    for node in _visible(root):
        if node.tag == f"{W}p":
            starts.append(len(characters))
        elif text := node.text:  # asked once: every asking makes a new string
            characters += [(node, offset) for offset, letter in enumerate(text) if not _BLANK.match(letter)]
            letters.append(_BLANK.sub("", text))
    return characters, "".join(letters), starts


def _visible(node: Any) -> Iterator[Any]:
    """Paragraphs and text nodes in document order, without those in hidden parts."""
    stack = [node]
    while stack:
        element = stack.pop()
        if element.tag in HIDDEN:
            continue
        if element.tag in (f"{W}p", f"{W}t"):
            yield element
        stack.extend(reversed(element))


def _beginnings(paragraph: int | None, starts: list[int], cursor: int) -> list[int]:
    """Where to look for a block, most likely place first: its own paragraph, then where the last block ended, then anywhere."""
    own = [starts[paragraph - 1]] if paragraph and 0 < paragraph <= len(starts) else []
    return [*own, cursor, 0]


def _look(letters: str, own: str, beginnings: list[int]) -> tuple[int, int]:
    """Where the words stand and how many of them were left out at the front (an automatic number); (-1, 0) for nowhere."""
    if own:
        for skipped in range(min(NUMBER_LENGTH, len(own) - 1) + 1):
            rest = own[skipped:]
            for begin in beginnings:
                if (at := letters.find(rest, begin)) >= 0:
                    return at, skipped
            if len(rest) <= 2:
                break
    return -1, 0
