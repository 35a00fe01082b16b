"""The text of WordprocessingML as a tree of paragraphs and tables, in reading order.

Revisions count as accepted, of markup alternatives the first is taken, fields give their results, hidden text is left out.
The text boxes of a paragraph follow it. Nothing here knows of blocks or offsets: `read_docx.py` lays the tree out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from shenwen.extractors.word.docx_numbering import Numbering
from shenwen.extractors.word.docx_styles import VAL, Styles, W, child_of, heading_level, integer, value_of
from shenwen.extractors.word.symbol_fonts import symbol
from shenwen.extractors.word.word_tree import Chunk, Fragment, Item, Paragraph, Table

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
P, TBL, SDT, ALTERNATE = f"{W}p", f"{W}tbl", f"{W}sdt", f"{_MC}AlternateContent"
_RUN, _TEXT, _PROPERTIES, _RUN_PROPERTIES, _BOX = f"{W}r", f"{W}t", f"{W}pPr", f"{W}rPr", f"{W}txbxContent"
_FALLBACK, _CHOICE = f"{_MC}Fallback", f"{_MC}Choice"
#: Wrappers that change nothing.
_CLEAR = {
    f"{W}{n}" for n in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent", "subDoc")
}
_ACCEPTED = {f"{W}ins", f"{W}moveTo"}
_DROPPED = {f"{W}del", f"{W}moveFrom"}
_BREAKS = {f"{W}br", f"{W}cr"}
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_FIELD, _SYMBOL, _ALT_CHUNK = f"{W}fldChar", f"{W}sym", f"{W}altChunk"
_COMMENT_START, _COMMENT_END = f"{W}commentRangeStart", f"{W}commentRangeEnd"
_ID, _VANISH, _STYLE, _DELETED = f"{W}id", f"{W}vanish", f"{W}rStyle", f"{W}del"
_NUMBERED, _NAMED, _OUTLINED = f"{W}numPr", f"{W}pStyle", f"{W}outlineLvl"
#: All that paragraphs of mere runs hold; those with anything of what follows are read run by run.
_PLAIN = (_TEXT, *_BREAKS, *_SIGNS, _NUMBERED, _NAMED, _OUTLINED, _STYLE)
_SPECIAL = {
    *_DROPPED,
    *_ACCEPTED,
    *_DRAWN,
    _FIELD,
    _SYMBOL,
    ALTERNATE,
    _COMMENT_START,
    _COMMENT_END,
    _VANISH,
    _MATH_TEXT,
    f"{W}ruby",
    f"{W}pPrChange",
}
#: Parts of a paragraph that hold no words.
_WORDLESS = {_PROPERTIES, f"{W}sdtPr", f"{W}sdtEndPr", f"{W}customXmlPr", f"{W}smartTagPr"}
#: So many comments may be open at one place: each costs time in every paragraph.
_COMMENTS = 50
#: A row claims at most so many columns: more are a mistake or an attack.
_COLUMNS = 200


@dataclass(slots=True)
class Walker:
    """Reads stories (body, notes, headers) one after another; keeps count of paragraphs, lists and open comments."""

    styles: Styles
    numbering: Numbering
    order: int = 0
    revised: bool = False
    hidden: int = 0
    commented: dict[str, list[Fragment]] = field(default_factory=dict)
    _open: dict[str, int] = field(default_factory=dict)
    _in_box: int = 0
    _carried: str = ""
    _events: list[tuple[str, int, bool]] = field(default_factory=list)
    _plain: dict[Any, _Plain] = field(default_factory=dict)

    def story(self, root: Any) -> list[Item]:
        """All of a body, a note, a header."""
        self._plain = _plain_paragraphs(root, self.styles)
        return self.items(root)

    def items(self, node: Any) -> list[Item]:
        """Paragraphs, tables and chunks among the children of `node`, wrappers seen through."""
        found: list[Item] = []
        for child in self.children(node):
            tag = P if child in self._plain else child.tag
            if tag == P:
                self._paragraph(child, found)
            elif tag == TBL:
                found.append(Table([self._row(row) for row in self.children(child) if row.tag == f"{W}tr" and self._kept(row)]))
            elif tag == _ALT_CHUNK:
                found.extend(Chunk(value) for name, value in child.attrib.items() if name.endswith("}id"))
            elif tag == _COMMENT_START and len(self._open) < _COMMENTS:
                self._open[child.get(_ID) or ""] = 0
            elif tag == _COMMENT_END:
                self._open.pop(child.get(_ID) or "", None)
        if self._carried:
            found.append(Paragraph(self._carried, order=self.order or None))
            self._carried = ""
        return found

    def children(self, node: Any) -> Iterator[Any]:
        """Children of `node`; of content controls, alternatives and accepted revisions, theirs."""
        for child in node:
            tag = P if child in self._plain else child.tag
            if tag == P:
                yield child
            elif tag in _CLEAR:
                self.revised = self.revised or tag in _ACCEPTED
                yield from self.children(child)
            elif tag == SDT:
                yield from (inner for content in child.iterfind(f"{W}sdtContent") for inner in self.children(content))
            elif tag == ALTERNATE:
                yield from self.children(_chosen(child))
            elif tag in _DROPPED:
                self.revised = True
            else:
                yield child

    def _kept(self, row: Any) -> bool:
        """Whether the row stays once revisions are accepted. The paragraphs of one that goes still count."""
        properties = child_of(row, f"{W}trPr")
        if properties is None or child_of(properties, _DELETED) is None:
            return True
        self.revised = True
        self.order += 0 if self._in_box else sum(1 for _ in row.iter(P))
        return False

    def _row(self, row: Any) -> list[list[Item]]:
        cells: list[list[Item]] = [[]] * min(integer(value_of(row, "trPr", "gridBefore")) or 0, _COLUMNS)
        for cell in self.children(row):
            if cell.tag == f"{W}tc":
                cells.append(self.items(cell))
                span = integer(value_of(cell, "tcPr", "gridSpan")) or 1
                cells.extend([[]] * (min(span, _COLUMNS - len(cells)) - 1))
        return cells

    def _paragraph(self, node: Any, found: list[Item]) -> None:
        if not self._in_box:
            self.order += 1
        plain = self._plain.get(node)
        if plain is not None and not self._open and not self._carried:
            found.append(self._dressed(Paragraph("".join(plain.parts), order=self.order or None), plain))
        else:
            self._by_runs(node, found)

    def _by_runs(self, node: Any, found: list[Item]) -> None:
        properties = child_of(node, _PROPERTIES)
        parts = [self._carried] if self._carried else []
        boxes: list[Any] = []
        self._carried = ""
        self._events = []
        self._inline(node, parts, boxes, [])
        text = "".join(parts)
        paragraph = Paragraph(text, order=self.order or None)
        self._settle(paragraph)
        found.append(paragraph)
        if _joins_next(properties):
            self._carried, self.revised = text, True
            paragraph.text = ""
        else:
            self._dressed(paragraph, _Plain.of(properties))
        paragraph.boxes = [item for box in boxes for item in self._boxed(box)]

    def _dressed(self, paragraph: Paragraph, said: _Plain) -> Paragraph:
        """The paragraph with its number and rank; one without words counts, too."""
        style_id = said.style or self.styles.default
        style = self.styles.get(style_id)
        if said.numbering is not None or style.list_id is not None:
            paragraph.number = self.numbering.number(said.numbering, style, style_id)
        paragraph.level = style.level if said.outline is None else heading_level(style.name, integer(said.outline))
        return paragraph

    def _boxed(self, box: Any) -> list[Item]:
        if isinstance(box, str):
            return [Paragraph(box, order=self.order or None)]
        self._in_box += 1
        carried, self._carried = self._carried, ""
        try:
            return self.items(box)
        finally:
            self._in_box -= 1
            self._carried = carried

    def _inline(self, node: Any, parts: list[str], boxes: list[Any], fields: list[bool]) -> None:
        for child in node:
            tag = child.tag
            if tag == _RUN:
                self._run(child, parts, boxes, fields)
            elif tag in _CLEAR:
                self.revised = self.revised or tag in _ACCEPTED
                self._inline(child, parts, boxes, fields)
            elif tag == SDT:
                for content in child.iterfind(f"{W}sdtContent"):
                    self._inline(content, parts, boxes, fields)
            elif tag == ALTERNATE:
                self._inline(_chosen(child), parts, boxes, fields)
            elif tag in _DROPPED:
                self.revised = True
            elif tag in (_COMMENT_START, _COMMENT_END):
                self._mark(child, sum(map(len, parts)))
            elif tag == _MATH_TEXT:
                parts.append(child.text or "")
            elif tag not in _WORDLESS:
                self._inline(child, parts, boxes, fields)

    def _run(self, run: Any, parts: list[str], boxes: list[Any], fields: list[bool]) -> None:
        """A run. `fields` has an entry for each open field: true while its instruction is read."""
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                if not any(fields):
                    parts.append(child.text or "")
            elif tag == _RUN_PROPERTIES:
                if self._vanished(child):
                    self.hidden += sum(len(text.text or "") for text in run.iter(_TEXT))
                    return
            elif tag in _SIGNS:
                parts.append(_SIGNS[tag])
            elif tag in _BREAKS:
                parts.append("\n")
            else:
                self._rare(child, tag, parts, boxes, fields)

    def _rare(self, child: Any, tag: Any, parts: list[str], boxes: list[Any], fields: list[bool]) -> None:
        """What few runs hold: fields, signs of symbol fonts, drawings, alternatives, readings beside characters."""
        if tag == _FIELD:
            _step(fields, child.get(f"{W}fldCharType"))
        elif tag == _SYMBOL:
            parts.append(symbol(child.get(f"{W}font") or "", child.get(f"{W}char") or ""))
        elif tag in _DRAWN:
            boxes.extend(_boxes(child))
        elif tag == ALTERNATE:
            self._run(_chosen(child), parts, boxes, fields)
        elif tag == f"{W}ruby":
            for base in child.iterfind(f"{W}rubyBase"):
                self._inline(base, parts, boxes, fields)

    def _vanished(self, properties: Any) -> bool:
        own = child_of(properties, _VANISH)
        if own is not None:
            return own.get(VAL, "1") not in ("0", "false", "off")
        style = child_of(properties, _STYLE)
        return style is not None and self.styles.hides(style.get(VAL))

    def _mark(self, node: Any, at: int) -> None:
        self._events.append((node.get(_ID) or "", at, node.tag == _COMMENT_START))

    def _settle(self, paragraph: Paragraph) -> None:
        """Turn the comment marks met in a paragraph into fragments; what stays open goes on in the next."""
        for comment, at, starts in self._events:
            if starts and len(self._open) < _COMMENTS:
                self._open[comment] = at
            elif comment in self._open:
                self._cite(comment, Fragment(paragraph, self._open.pop(comment), at))
        for comment, start in self._open.items():
            self._cite(comment, Fragment(paragraph, start, len(paragraph.text)))
            self._open[comment] = 0

    def _cite(self, comment: str, fragment: Fragment) -> None:
        """Keep the first and the last fragment of a comment: what lies between is covered, too."""
        self.commented[comment] = [*self.commented.get(comment, [])[:1], fragment]


class _Plain(Struct, gc=False):
    """What a paragraph says: its text in `parts`, `w:val` of its style, its `w:numPr`, `w:val` of its outline level."""

    parts: list[str] = []
    style: str | None = None
    numbering: Any | None = None
    outline: str | None = None

    @classmethod
    def of(cls, properties: Any | None) -> _Plain:
        """What the properties (`w:pPr`) say."""
        if properties is None:
            return cls()
        outline = child_of(properties, _OUTLINED)
        return cls(
            [],
            value_of(properties, "pStyle"),
            child_of(properties, _NUMBERED),
            None if outline is None else outline.get(VAL) or "",
        )


def _plain_paragraphs(story: Any, styles: Styles) -> dict[Any, _Plain]:
    """Every paragraph of mere runs, in one pass over the story; those with anything else are left out."""
    found: dict[Any, _Plain] = {}
    boxed: set[Any] = set()
    node, plain = None, _Plain()
    for piece in story.iter(P, *_PLAIN, *_SPECIAL):
        tag = piece.tag
        if tag == P:
            if node is not None:
                found[node] = plain
            node, plain = (None if piece in boxed else piece), _Plain()
        elif tag in _DRAWN:
            boxed.update(piece.iter(P))  # what follows the drawing belongs to the paragraph around it
            node = None
        elif node is None:
            continue
        elif tag == _TEXT:
            plain.parts.append(piece.text or "")
        elif tag == _NAMED:
            plain.style = piece.get(VAL)
        elif tag in _BREAKS:
            plain.parts.append("\n")
        elif tag in _SIGNS:
            if piece.getparent().tag == _RUN:  # tab stops among the properties have the same name
                plain.parts.append(_SIGNS[tag])
        elif tag == _NUMBERED:
            plain.numbering = piece
        elif tag == _OUTLINED:
            plain.outline = piece.get(VAL) or ""
        elif tag != _STYLE or styles.hides(piece.get(VAL)):
            node = None
    if node is not None:
        found[node] = plain
    return found


def _joins_next(properties: Any | None) -> bool:
    """Whether the mark at the end of the paragraph is deleted, and its words go on in the next."""
    mark = None if properties is None else child_of(properties, _RUN_PROPERTIES)
    return mark is not None and child_of(mark, _DELETED) is not None


def _chosen(alternate: Any) -> Any:
    """The first choice, or the fallback of one without choices."""
    choice = alternate.find(_CHOICE)
    if choice is not None:
        return choice
    fallback = alternate.find(_FALLBACK)
    return () if fallback is None else fallback


def _boxes(drawing: Any) -> Iterator[Any]:
    """The outermost text boxes of a drawing, and the words of WordArt."""
    stack = [drawing]
    while stack:
        node = stack.pop()
        if node.tag == _BOX:
            yield node
        elif node.tag == _TEXTPATH:
            yield node.get("string") or ""
        else:
            stack.extend(reversed(_chosen(node) if node.tag == ALTERNATE else node))


def _step(fields: list[bool], kind: str | None) -> None:
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()
