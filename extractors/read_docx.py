"""Word files: the XML itself, since libraries leave out revisions, text boxes, content controls, numbers and nested tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from shenwen.corpus.model import Anchor, BlockKind, Comment, FileFormat, Reason, Span
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.word_numbering import Numbering, numbering_of
from shenwen.extractors.word_package import Package, child_of, tag_of, value_of
from shenwen.extractors.word_runs import Fields, Inline, read_inline
from shenwen.extractors.word_styles import Styles, integer, number_of, styles_of

_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "Choice", "w:body", "w:subDoc"})
_DEEPEST = 60
_LONGEST_CELL, _PROSE_CELL, _PROSE_PARAGRAPHS, _LONGEST_HEADING = 400, 120, 3, 80
_PROPERTIES = ("title", "subject", "creator", "lastModifiedBy", "created", "modified", "keywords")


def read_docx(data: bytes, limits: Limits) -> Content:
    """Text as if all revisions were accepted, in document order; notes, headers and footers follow. Raises Unreadable."""
    reader = _Reader(Package(data, limits), limits)
    reader.read()
    if not reader.builder.blocks:
        raise Unreadable(*_nothing(reader))
    return Content(
        FileFormat.DOCX,
        reader.builder.text,
        tuple(reader.builder.blocks),
        metadata=tuple(_properties(reader.package)),
        notes=tuple(reader.notes()),
        comments=tuple(reader.comments()),
    )


def _nothing(reader: _Reader) -> tuple[Reason, str]:
    if any(name.startswith("word/media/") for name in reader.package.parts):
        return Reason.SCANNED, "Word 文件中只有图片，没有文字"
    return Reason.NO_TEXT, "Word 文件中没有文字"


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    try:
        root = package.tree("docProps/core.xml")
    except Unreadable:
        return
    for child in root if root is not None else ():
        if tag_of(child) in _PROPERTIES and child.text and child.text.strip():
            yield f"docx:{tag_of(child)}", child.text.strip()[:500]


@dataclass(slots=True)
class _Paragraph:
    """One paragraph as read, before it is known whether it becomes a block or a part of a cell."""

    number: int
    label: str
    rank: int | None
    inline: Inline

    @property
    def text(self) -> str:
        return self.label + "".join(self.inline.lines)


@dataclass(slots=True)
class _Reader:
    package: Package
    limits: Limits
    builder: Builder = field(default_factory=Builder)
    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    fields: Fields = field(default_factory=Fields)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    part: str = "body"
    kind: BlockKind = BlockKind.PARAGRAPH
    count: int = 0
    tables: int = 0
    revised: bool = False
    hidden: bool = False
    lost: int = 0
    prefix: str = ""
    wanted_notes: list[tuple[str, str]] = field(default_factory=list)
    anchors: dict[str, list[int | None]] = field(default_factory=dict)

    def read(self) -> None:
        main = self.package.main()
        root = self.package.tree(main)
        self.relations = self.package.relations(main)
        self.styles = styles_of(self._related("styles"))
        self.numbering = numbering_of(self._related("numbering"), lambda style: (self.styles.list_of(style) or (None,))[0])
        self._children(child_of(root, "w:body"), 0)
        self._notes()
        for kind, block in (("header", BlockKind.HEADER), ("footer", BlockKind.FOOTER)):
            self._around(kind, block)

    def _related(self, kind: str) -> Any | None:
        target = next((name for own, name in self.relations.values() if own == kind), "")
        return self.package.tree(target)

    # --- blocks -----------------------------------------------------------------------------------------------------------

    def _children(self, element: Any | None, depth: int) -> None:
        for child in element if element is not None else ():
            self._block(child, depth)

    def _block(self, child: Any, depth: int) -> None:
        tag = tag_of(child)
        if depth > _DEEPEST:
            self.lost += 1
        elif tag == "w:p":
            self._write(self._paragraph(child), depth)
        elif tag == "w:tbl":
            self._table(child, depth)
        elif tag in _WRAPPERS:
            self.revised = self.revised or tag in ("w:ins", "w:moveTo")
            self._children(child, depth + 1)
        elif tag == "AlternateContent":
            choice = next(iter(child), None)
            self._children(choice, depth + 1)
        elif tag == "w:altChunk":
            self._chunk(child)

    def _paragraph(self, element: Any) -> _Paragraph:
        self.count += self.part == "body"
        properties = child_of(element, "w:pPr")
        named = child_of(properties, "w:pStyle") if properties is not None else None
        style = value_of(named) if named is not None else self.styles.default
        inline = read_inline(element, self.fields, self.styles.hides)
        self.revised, self.hidden = self.revised or inline.revised, self.hidden or inline.hidden
        self.wanted_notes += inline.notes
        paragraph = _Paragraph(self.count, "", self._rank(properties, style), inline)
        if self.prefix:
            inline.lines[0], self.prefix = self.prefix + inline.lines[0], ""
        if properties is not None and child_of(properties, "w:rPr", "w:del") is not None:
            # its end was deleted: the text goes on in the next paragraph
            self.prefix = "".join(inline.lines)
            paragraph.inline = Inline(boxes=inline.boxes)
            return paragraph
        if any(line.strip() for line in inline.lines) or inline.boxes:
            paragraph.label = self._label(properties, style)
        return paragraph

    def _rank(self, properties: Any | None, style: str | None) -> int | None:
        own = integer(child_of(properties, "w:outlineLvl")) if properties is not None else None
        return (own + 1 if own < 9 else None) if own is not None else self.styles.rank(style)

    def _label(self, properties: Any | None, style: str | None) -> str:
        number, level = number_of(properties) if properties is not None else (None, None)
        inherited = self.styles.list_of(style)
        if number is None and inherited:
            number = inherited[0]
            level = self.numbering.level_of_style(number, style or "") if level is None else level
            level = inherited[1] if level is None else level
        if number is None or number == "0":
            return ""
        return self.numbering.label(number, level or 0)

    def _write(self, paragraph: _Paragraph, depth: int) -> None:
        anchor = Anchor(paragraph=paragraph.number if self.part == "body" else None, part=self.part)
        rank = paragraph.rank if self.kind is BlockKind.PARAGRAPH and len(paragraph.text) <= _LONGEST_HEADING else None
        for at, line in enumerate(paragraph.inline.lines):
            shift = len(paragraph.label) if at == 0 else 0
            text = (paragraph.label if at == 0 and line.strip() else "") + line
            span = self.builder.add(text, BlockKind.HEADING if rank else self.kind, anchor, rank)
            self._place_marks(paragraph.inline, at, shift, text, span)
        self._boxes(paragraph.inline, depth)

    def _place_marks(self, inline: Inline, line: int, shift: int, text: str, span: Span | None) -> None:
        """Turn the comment marks of a line into offsets of the document's text."""
        leading = len(text) - len(text.lstrip(" \t\u3000\xa0"))
        for identity, at, offset, is_end in inline.marks:
            if at == line:
                base = span.start if span else max(self.builder.length - 1, 0)
                place = min(max(base + offset + shift - leading, base), span.end if span else base)
                self.anchors.setdefault(identity, [None, None])[is_end] = place

    def _boxes(self, inline: Inline, depth: int) -> None:
        if inline.boxes:
            part, self.part = self.part, "textbox" if self.part == "body" else self.part
            for box in inline.boxes:
                self._children(box, depth + 1)
            self.part = part

    # --- tables -----------------------------------------------------------------------------------------------------------

    def _table(self, element: Any, depth: int) -> None:
        """Rows of a data table; what a table only lays out is read as if the table were not there."""
        rows = list(_rows(element, 0))
        if _lays_out(rows):
            for cell in (cell for cells in rows for cell in cells):
                self._children(cell, depth + 1)
            return
        self.tables += 1
        table = self.tables
        for cells in rows:
            first = self.count + 1
            read = [[self._paragraph(p) for p in _paragraphs(cell, 0)] for cell in cells]
            anchor = Anchor(paragraph=first if self.part == "body" else None, part=self.part)
            self.builder.add_row(["".join(p.text for p in paragraphs) for paragraphs in read], anchor, table)
            for paragraph in (p for paragraphs in read for p in paragraphs):
                self._boxes(paragraph.inline, depth)

    def _chunk(self, element: Any) -> None:
        """An embedded document of another format: its text, once."""
        target = self.relations.get(next((v for k, v in element.attrib.items() if k.endswith("}id")), ""), ("", ""))[1]
        data = self.package.parts.get(target)
        if not data or self.limits.nesting <= 0:
            self.lost += bool(data)
            return
        from shenwen.extractors.read import read_content

        try:
            content = read_content(data, replace(self.limits, nesting=self.limits.nesting - 1))
        except Unreadable:
            self.lost += 1
            return
        for block in content.blocks:
            self.builder.add(content.text[block.span.start : block.span.end], block.kind, Anchor(part="chunk"), block.level)

    # --- around the body --------------------------------------------------------------------------------------------------

    def _notes(self) -> None:
        for kind, name in (("footnote", "footnotes"), ("endnote", "endnotes")):
            wanted = [identity for own, identity in self.wanted_notes if own == kind]
            root = self._related(name) if wanted else None
            if root is None:
                continue
            notes = {value_of(note, "id"): note for note in root}
            self.part, self.kind = kind, BlockKind.FOOTNOTE
            for identity in wanted:
                self._children(notes.get(identity), 0)
        self.part, self.kind = "body", BlockKind.PARAGRAPH

    def _around(self, kind: str, block: BlockKind) -> None:
        """Headers and footers, each text once; a mere page number is none."""
        self.part, self.kind = kind, block
        seen: set[str] = set()
        for name in sorted({name for own, name in self.relations.values() if own == kind}):
            root = self.package.tree(name)
            text = "".join(root.itertext()).strip() if root is not None else ""
            if text not in seen and any(char.isalpha() for char in text.replace("PAGE", "").replace("MERGEFORMAT", "")):
                seen.add(text)
                self.fields = Fields()
                self._children(root, 0)

    def notes(self) -> Iterator[str]:
        if self.revised:
            yield "文稿含修订痕迹，按全部接受后的文字读取"
        if self.hidden:
            yield "文稿含隐藏文字，未计入正文"
        if self.lost:
            yield f"有 {self.lost} 处嵌入内容无法读取或嵌套过深，未计入正文"

    def comments(self) -> Iterator[Comment]:
        root = self._related("comments")
        for element in root if root is not None else ():
            if tag_of(element) != "w:comment":
                continue
            text = "\n".join("".join(read_inline(p, Fields(), self.styles.hides).lines) for p in _paragraphs(element, 0))
            start, end = self.anchors.get(value_of(element, "id") or "", [None, None])
            span = Span(start, end) if start is not None and end is not None and start <= end else None
            yield Comment(value_of(element, "author") or "", text, span)


def _rows(table: Any, depth: int) -> Iterator[list[Any]]:
    """Cells of each row; rows and cells may stand in content controls. Deleted rows are gone."""
    for child in table:
        tag = tag_of(child)
        if tag == "w:tr":
            properties = child_of(child, "w:trPr")
            if properties is None or child_of(properties, "w:del") is None:
                yield list(_cells(child, 0))
        elif tag in _WRAPPERS and depth < _DEEPEST:
            yield from _rows(child, depth + 1)


def _cells(row: Any, depth: int) -> Iterator[Any]:
    for child in row:
        tag = tag_of(child)
        if tag == "w:tc":
            yield child
        elif tag in _WRAPPERS and depth < _DEEPEST:
            yield from _cells(child, depth + 1)


def _paragraphs(cell: Any, depth: int) -> Iterator[Any]:
    for child in cell:
        tag = tag_of(child)
        if tag == "w:p":
            yield child
        elif tag in _WRAPPERS and depth < _DEEPEST:
            yield from _paragraphs(child, depth + 1)


def _lays_out(rows: list[list[Any]]) -> bool:
    """A table of one column, with tables in its cells or with prose in them only lays out the page."""
    if max((len(cells) for cells in rows), default=0) < 2:
        return True
    return any(_is_prose(cell) for cells in rows for cell in cells)


def _is_prose(cell: Any) -> bool:
    paragraphs = 0
    for child in cell:
        tag = tag_of(child)
        if tag == "w:tbl" or (tag in _WRAPPERS and any(tag_of(node) == "w:tbl" for node in child.iter())):
            return True
        paragraphs += tag == "w:p"
    length = sum(len(node.text or "") for node in cell.iter() if tag_of(node) == "w:t")
    return length > _LONGEST_CELL or (paragraphs >= _PROSE_PARAGRAPHS and length > _PROSE_CELL)
