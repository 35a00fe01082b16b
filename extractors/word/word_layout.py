"""Lays the tree of a Word file out as blocks: tables of data as rows, tables used for layout as the paragraphs they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from shenwen.corpus.model import Anchor, BlockKind, Span
from shenwen.extractors.content import Builder
from shenwen.extractors.word.word_tree import Chunk, Fragment, Item, Paragraph, Table
from shenwen.extractors.wrapping import continuations

#: A cell with so many lines and so many characters in all holds an article, and its row is there for the layout.
_PROSE_LINES, _PROSE_CHARACTERS = 12, 1000
#: No heading is longer: whole paragraphs in a heading's style are prose.
_HEADING_LENGTH = 100
#: A header or footer that shows nothing but a page number: — 1 —, 第1页 共3页, 1/3.
_PAGE_NUMBER = re.compile(r"[\s\-—–－―~·.|/\d０-９第页共，,]*|Page\s*\d*(?:\s*of\s*\d*)?|[-—\s]*[ivxIVX]{1,6}[-—\s]*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


class _Open(Struct, gc=False):
    """A line that the next one may go on: its words, its kind and rank, and the paragraphs that it comes from."""

    text: str
    kind: BlockKind
    level: int | None
    paragraphs: list[Paragraph]


@dataclass(slots=True)
class Layout:
    """Adds items to a builder and remembers where each paragraph went."""

    builder: Builder
    chunk: Callable[[str], None] = lambda relationship: None
    part: str = "body"
    kind: BlockKind = BlockKind.PARAGRAPH
    places: dict[int, Span] = field(default_factory=dict)
    tables: int = 0
    _open: _Open | None = None

    def add(self, items: Iterable[Item]) -> None:
        """Add items in order; lines that were broken at a fixed width are joined."""
        items = list(items)
        lines = [line for item in items if isinstance(item, Paragraph) for line in item.text.split("\n")]
        joined = iter(continuations(lines))
        for item in items:
            if isinstance(item, Paragraph):
                self._paragraph(item, joined)
                continue
            self._close()
            if isinstance(item, Table):
                self._table(item)
            else:
                self.chunk(item.relationship)
        self._close()

    def span_of(self, fragment: Fragment, text: str) -> Span | None:
        """Where commented words stand in `text`, the builder's: the words if they are found in their paragraph, else the whole of it."""
        whole = self.places.get(id(fragment.paragraph))
        words = fragment.paragraph.text[fragment.start : fragment.end].strip()
        if whole is None or not words:
            return whole
        at = whole.start - 1
        for _ in range(fragment.paragraph.text.count(words, 0, fragment.start + len(words)) or 1):
            at = text.find(words, at + 1, whole.end)
            if at < 0:
                return whole
        return Span(at, at + len(words))

    def _anchor(self, paragraph: Paragraph | None) -> Anchor:
        return Anchor(paragraph=paragraph.order if paragraph is not None and self.part == "body" else None, part=self.part)

    def _paragraph(self, paragraph: Paragraph, joined: Iterator[bool]) -> None:
        heading = self.kind is BlockKind.PARAGRAPH and paragraph.level is not None and len(paragraph.text) <= _HEADING_LENGTH
        kind, level = (BlockKind.HEADING, paragraph.level) if heading else (self.kind, None)
        number = paragraph.number
        for line in paragraph.text.split("\n"):
            goes_on = next(joined)
            if not line.strip():
                continue
            if goes_on and self._open is not None and not number and kind is self._open.kind is BlockKind.PARAGRAPH:
                self._open.text = glued(self._open.text.rstrip(), line.strip())
                self._open.paragraphs.append(paragraph)
            else:
                self._close()
                self._open = _Open(number + line.lstrip(" \t\u3000") if number else line, kind, level, [paragraph])
            number = ""
        if paragraph.boxes:
            self._close()
            self.add(paragraph.boxes)

    def _close(self) -> None:
        """Write the line that nothing goes on."""
        if (line := self._open) is None:
            return
        self._open = None
        span = self.builder.add(line.text, line.kind, self._anchor(line.paragraphs[0]), line.level)
        if span is not None:
            for paragraph in line.paragraphs:
                before = self.places.get(id(paragraph), span)
                self.places[id(paragraph)] = Span(before.start, span.end)

    def _table(self, table: Table) -> None:
        """Rows of data; a table of one column, and rows that hold prose, give paragraphs."""
        if self.kind is not BlockKind.PARAGRAPH or all(sum(map(_filled, row)) <= 1 for row in table.rows):
            for row in table.rows:
                self._flow(row)
            return
        self.tables += 1
        number = self.tables
        for row in table.rows:
            if _is_prose(row):
                self._flow(row)
            else:
                self._row(row, number)

    def _flow(self, row: Sequence[Sequence[Item]]) -> None:
        for cell in row:
            self.add(cell)

    def _row(self, row: Sequence[Sequence[Item]], number: int) -> None:
        cells = [list(_paragraphs(cell)) for cell in row]
        first = next((paragraph for cell in cells for paragraph in cell), None)
        span = self.builder.add_row([_joined(cell) for cell in cells], self._anchor(first), number)
        if span is not None:
            for block_cell, cell in zip(self.builder.blocks[-1].cells, cells, strict=True):
                self.places.update((id(paragraph), block_cell) for paragraph in cell)


def is_page_number(words: str) -> bool:
    """Whether a header or footer shows nothing but the number of the page."""
    return _PAGE_NUMBER.fullmatch(words) is not None


def _is_prose(row: Sequence[Sequence[Item]]) -> bool:
    """Whether a row is no row of data: tables in its cells, one cell of several lines, or a cell as long as an article."""
    cells = [cell for cell in row if _filled(cell)]
    if any(isinstance(item, Chunk) or (isinstance(item, Table) and _filled([item])) for cell in cells for item in cell):
        return True
    lines = [[line for paragraph in _paragraphs(cell) for line in paragraph.text.split("\n") if line.strip()] for cell in cells]
    if len(lines) == 1:
        return len(lines[0]) > 1
    return any(len(cell) >= _PROSE_LINES and sum(map(len, cell)) >= _PROSE_CHARACTERS for cell in lines)


def _filled(cell: Iterable[Item]) -> bool:
    """Whether there is any text in the cell, however deep."""
    for item in cell:
        if isinstance(item, Table):
            if any(_filled(inner) for row in item.rows for inner in row):
                return True
        elif isinstance(item, Chunk) or item.text.strip() or _filled(item.boxes):
            return True
    return False


def _paragraphs(cell: Iterable[Item]) -> Iterable[Paragraph]:
    """Paragraphs of a cell that have words, text boxes included."""
    for item in cell:
        if isinstance(item, Paragraph):
            if item.text.strip():
                yield item
            yield from _paragraphs(item.boxes)


def _joined(paragraphs: Iterable[Paragraph]) -> str:
    """A cell's text: its lines one after the other."""
    shown = ""
    for paragraph in paragraphs:
        for line in (paragraph.number + paragraph.text).split("\n"):
            shown = glued(shown, line.strip())
    return shown


def glued(before: str, after: str) -> str:
    """Two lines as one, with a blank only where both neighbours are Western."""
    gap = before and after and not (_WIDE.match(before[-1]) or _WIDE.match(after))
    return f"{before} {after}" if gap else before + after
