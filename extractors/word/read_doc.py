"""doc (Word 97–2003): body, then footnotes and endnotes, then headers and footers; automatic numbers are part of the text."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import BlockKind, Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.libreoffice import convert
from shenwen.extractors.word.doc_file import DocFile, DocStyle, is_encrypted_ole, joined, open_doc
from shenwen.extractors.word.doc_lists import doc_lists
from shenwen.extractors.word.list_numbers import ListNumbers, NumberList
from shenwen.extractors.word.symbol_fonts import symbol
from shenwen.extractors.word.word_layout import Layout, is_page_number
from shenwen.extractors.word.word_tree import DEEPEST, Item, Nest, Paragraph

__all__ = ["is_encrypted_ole", "read_doc"]

# Property codes, [MS-DOC] 2.6.1 and 2.6.2.
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_LEVEL, _LIST, _OUTLINE = 0x260A, 0x460B, 0x2640
_DELETED, _INSERTED, _HIDDEN, _SYMBOL = 0x0800, 0x0801, 0x083C, 0x6A09
_CELL, _FIELD, _RESULT, _END = "\x07", "\x13", "\x14", "\x15"
#: Runs of characters looked at: more than any document has.
_RUNS = 500_000
_PICTURES = ("\x01", "\x08")
_MARKS = re.compile(r"[\r\x07\x0c]")
_CODES = re.compile(r"[\x13\x14\x15]|[^\x13\x14\x15]+")
_SIGNS = str.maketrans(
    {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\0": "", **{chr(n): "" for n in (1, 2, 3, 4, 5, 6, 8)}}
)
#: The first stories of the margins are the rules above notes; then six to a section, the first two of them and the fifth headers.
_NOTE_RULES, _SECTION, _HEADERS = 6, 6, (0, 1, 4)


def read_doc(data: bytes, limits: Limits = Limits()) -> Content:
    """Text and blocks of a Word 97–2003 file; what this reader cannot take apart, LibreOffice converts, where it is installed.

    Raises:
        Unreadable: no Word file, encrypted, damaged, older than Word 97 without LibreOffice, or without any text.
    """
    try:
        return _Reading(open_doc(data, limits)).content()
    except Unreadable as why:
        if why.reason in (Reason.ENCRYPTED, Reason.NO_TEXT, Reason.SCANNED, Reason.UNSUPPORTED):
            raise
        return _converted(data, limits, why)
    except (struct.error, IndexError, ValueError, OverflowError, RecursionError, MemoryError):
        return _converted(data, limits, Unreadable(Reason.DAMAGED, "文件已损坏：内部结构前后矛盾"))


def _converted(data: bytes, limits: Limits, why: Unreadable) -> Content:
    """What LibreOffice makes of the file. Raises `why` where it is missing or fails."""
    from shenwen.extractors.word.read_docx import read_docx

    converted = convert(data, "doc", "docx", limits)
    if converted is None:
        raise why
    content = read_docx(converted, limits)
    return replace(content, format=FileFormat.DOC, notes=(*content.notes, "由 LibreOffice 转换后读取"))


@dataclass(slots=True)
class _Reading:
    """One file on its way to `Content`."""

    file: DocFile
    builder: Builder = field(default_factory=Builder)
    numbers: ListNumbers = field(default_factory=ListNumbers)
    lists: list[NumberList] = field(default_factory=list)
    deleted: bool = False
    hidden: int = 0

    def content(self) -> Content:
        self.lists = doc_lists(self.file)
        text = self._accepted()
        body, notes, margins, _, _, endnotes, boxes, _ = self.file.lengths
        Layout(self.builder).add(self._tree(text, 0, body))
        before = sum(self.file.lengths[:6])
        Layout(self.builder, part="textbox").add(self._tree(text, before, before + boxes))
        Layout(self.builder, part="footnotes", kind=BlockKind.FOOTNOTE).add(self._tree(text, body, body + notes))
        before = sum(self.file.lengths[:5])
        Layout(self.builder, part="endnotes", kind=BlockKind.FOOTNOTE).add(self._tree(text, before, before + endnotes))
        self._margins(text, body + notes, margins)
        if not self.builder.blocks:
            if any(sign in self.file.text for sign in _PICTURES):
                raise Unreadable(Reason.SCANNED, "文档中只有图片，没有文字")
            raise Unreadable(Reason.NO_TEXT, "文档中没有文字")
        return Content(FileFormat.DOC, self.builder.text, tuple(self.builder.blocks), notes=tuple(self._remarks()))

    def _remarks(self) -> list[str]:
        revised = ["文档带有修订标记，按接受全部修订后的文字读取"] if self.deleted else []
        return [*revised, f"文档中有隐藏文字（{self.hidden} 字），未读取"] if self.hidden else revised

    def _accepted(self) -> str:
        """The text with deleted and hidden characters as NUL and symbols as the signs they show; positions hold."""
        signs = list(self.file.text)
        for start, end, properties in islice(self.file.marked(), _RUNS):
            gone, hidden = (properties.get(code, b"\0")[:1] == b"\1" for code in (_DELETED, _HIDDEN))
            self.deleted = self.deleted or gone or properties.get(_INSERTED, b"\0")[:1] == b"\1"
            if gone or hidden:
                self.hidden += sum(sign > " " for sign in signs[start:end]) if hidden else 0
                signs[start:end] = [sign if sign == _CELL else "\0" for sign in signs[start:end]]
            elif len(own := properties.get(_SYMBOL, b"")) == 4:
                signs[start:end] = [symbol("", f"{own[3]:02x}{own[2]:02x}") if sign == "(" else sign for sign in signs[start:end]]
        return "".join(sign[:1] or "\0" for sign in signs)

    def _tree(self, text: str, start: int, end: int) -> list[Item]:
        """Paragraphs and tables between two positions."""
        nest = Nest()
        at, fields = start, list[bool]()
        end = min(end, len(text))
        while at < end:
            mark = _MARKS.search(text, at, end)
            stop = mark.start() if mark else end
            style, properties = self.file.paragraph(min(stop, end - 1))
            depth = _depth(properties)
            kind = text[stop] if mark else "\r"
            row_end = bool(properties.get(_ROW_END, b"\0")[0] if kind == _CELL else properties.get(_INNER_ROW_END, b"\0")[0])
            words = _without_instructions(text[at:stop], fields)
            if not row_end:
                nest.put(self._paragraph(words, style, properties), depth)
            if row_end:
                nest.end_row(depth)
            elif kind == _CELL or (depth > 1 and properties.get(_INNER_CELL, b"\0")[0]):
                nest.end_cell(depth)
            at = stop + 1
        return nest.items()

    def _paragraph(self, words: str, style: int, properties: dict[int, bytes]) -> Paragraph:
        inherited = self._inherited(style)
        outline = properties.get(_OUTLINE) or inherited.get(_OUTLINE)
        level = outline[0] + 1 if outline and outline[0] < 9 else None
        built_in = self._style(style)
        if level is None and built_in is not None and 1 <= built_in.built_in <= 9:
            level = built_in.built_in
        return Paragraph(joined(words.translate(_SIGNS)), self._number({**inherited, **properties}), level)

    def _number(self, properties: dict[int, bytes]) -> str:
        raw = properties.get(_LIST, b"\0\0")
        which = int.from_bytes(raw[:2], "little")
        if not 1 <= which <= len(self.lists) or not self.lists[which - 1].levels:
            return ""
        return self.numbers.count(str(which), self.lists[which - 1], properties.get(_LEVEL, b"\0")[0])

    def _style(self, number: int) -> DocStyle | None:
        return self.file.styles[number] if number < len(self.file.styles) else None

    def _inherited(self, number: int) -> dict[int, bytes]:
        """Properties of a style, with those it is based on."""
        found: dict[int, bytes] = {}
        for _ in range(12):
            if (style := self._style(number)) is None:
                break
            found, number = {**style.properties, **found}, style.based_on
        return found

    def _margins(self, text: str, start: int, length: int) -> None:
        """Headers and footers, each wording once, without page numbers."""
        bounds = [start + min(at, length) for at in self.file.margins()][_NOTE_RULES:]
        seen: set[str] = set()
        for number, (first, last) in enumerate(pairwise(bounds)):
            kind = BlockKind.HEADER if number % _SECTION in _HEADERS else BlockKind.FOOTER
            for item in self._tree(text, first, last):
                words = item.text.strip() if isinstance(item, Paragraph) else ""
                if words and words not in seen and not is_page_number(words):
                    seen.add(words)
                    Layout(self.builder, part=kind.value, kind=kind).add([item])


def _depth(properties: dict[int, bytes]) -> int:
    """In how many tables a paragraph stands."""
    raw = properties.get(_DEPTH)
    if raw is not None:
        return max(0, min(int.from_bytes(raw[:4], "little", signed=True), DEEPEST))
    return int(properties.get(_IN_TABLE, b"\0")[:1] == b"\1")


def _without_instructions(text: str, fields: list[bool]) -> str:
    """Field instructions go, results stay. `fields` is true for each open field whose instruction is still read."""
    if not fields and _FIELD not in text:
        return text.replace(_RESULT, "").replace(_END, "")
    kept = []
    for piece in _CODES.findall(text):
        if piece == _FIELD:
            fields.append(True)
        elif piece == _RESULT:
            if fields:
                fields[-1] = False
        elif piece == _END:
            if fields:
                fields.pop()
        elif not any(fields):
            kept.append(piece)
    fields[:] = [False for open_ in fields if not open_]  # an instruction never runs on into the next paragraph
    return "".join(kept)
