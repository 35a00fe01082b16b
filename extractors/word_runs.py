"""The inside of one paragraph: its lines as if all revisions were accepted, and what hangs on it (text boxes, notes, comments)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shenwen.extractors.word_package import is_on, tag_of, value_of

_GONE = frozenset({"w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:rt", "w:instrText", "w:delText", "Fallback"})
_REVISIONS = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo"})
_SYMBOLS = {
    0xF052: "☑",
    0xF0FE: "☑",
    0xF0FD: "☒",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0A3: "□",
    0xF071: "□",
    0xF0FC: "√",
    0xF0B7: "·",
    0xF0A1: "○",
}
_DEEPEST = 150


@dataclass(slots=True)
class Inline:
    """What was read of a paragraph. `lines` are parted by line breaks; comment marks are `(id, line, offset, is end)`."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    marks: list[tuple[str, int, int, bool]] = field(default_factory=list)
    hidden: bool = False
    revised: bool = False

    def write(self, text: str) -> None:
        self.lines[-1] += text


@dataclass(slots=True)
class Fields:
    """Fields run across paragraphs: the instructions are skipped, the results kept. One entry for each open field."""

    open: list[bool] = field(default_factory=list)

    @property
    def instructing(self) -> bool:
        return any(self.open)

    def turn(self, kind: str | None) -> None:
        if kind == "begin":
            self.open.append(True)
        elif kind == "separate" and self.open:
            self.open[-1] = False
        elif kind == "end" and self.open:
            self.open.pop()


def read_inline(paragraph: Any, fields: Fields, hides: Callable[[str | None], bool]) -> Inline:
    """Everything in a `w:p` but its properties. `hides` tells whether a character style hides its text."""
    inline = Inline()
    _children(paragraph, inline, fields, hides, 0)
    return inline


def _children(element: Any, inline: Inline, fields: Fields, hides: Callable[[str | None], bool], depth: int) -> None:
    for child in element:
        tag = tag_of(child)
        if tag in _REVISIONS:
            inline.revised = True
        if tag in _GONE or depth > _DEEPEST:
            continue
        if tag == "w:r":
            _run(child, inline, fields, hides, depth)
        elif tag == "w:commentRangeStart" or tag == "w:commentRangeEnd":
            mark = value_of(child, "id") or "", len(inline.lines) - 1, len(inline.lines[-1]), tag == "w:commentRangeEnd"
            inline.marks.append(mark)
        elif tag == "w:p" or tag == "w:tbl":
            continue
        else:
            _children(child, inline, fields, hides, depth + 1)


def _run(run: Any, inline: Inline, fields: Fields, hides: Callable[[str | None], bool], depth: int) -> None:
    properties = next((child for child in run if tag_of(child) == "w:rPr"), None)
    if properties is not None and _is_hidden(properties, hides):
        inline.hidden = inline.hidden or any(tag_of(child) == "w:t" and child.text for child in run)
        return
    for child in run:
        _piece(child, tag_of(child), inline, fields, hides, depth)


def _is_hidden(properties: Any, hides: Callable[[str | None], bool]) -> bool:
    for child in properties:
        tag = tag_of(child)
        if tag == "w:vanish":
            return is_on(child)
        if tag == "w:rStyle" and hides(value_of(child)):
            return True
    return False


def _piece(child: Any, tag: str, inline: Inline, fields: Fields, hides: Callable[[str | None], bool], depth: int) -> None:
    if tag == "w:t":
        if not fields.instructing:
            inline.write(child.text or "")
    elif tag == "w:fldChar":
        fields.turn(value_of(child, "fldCharType"))
    elif fields.instructing or tag in _GONE:
        return
    elif tag in ("w:br", "w:cr"):
        inline.lines.append("")
    elif tag in ("w:tab", "w:ptab"):
        inline.write("\t")
    elif tag == "w:noBreakHyphen":
        inline.write("-")
    elif tag == "w:sym":
        inline.write(_symbol(value_of(child, "char")))
    elif tag in ("w:footnoteReference", "w:endnoteReference"):
        inline.notes.append((tag[2:-9], value_of(child, "id") or ""))
    elif tag == "w:txbxContent":
        inline.boxes.append(child)
    elif tag == "w:ruby":
        _children(child, inline, fields, hides, depth + 1)
    elif tag in ("AlternateContent", "w:pict", "w:object", "w:drawing"):
        _boxes(child, inline, 0)


def _boxes(element: Any, inline: Inline, depth: int) -> None:
    """Text boxes inside a drawing, each once: Word stores them twice, as Choice and as Fallback for old programs."""
    if depth > _DEEPEST:
        return
    choice = next((child for child in element if tag_of(child) == "Choice"), None)
    for child in (choice,) if choice is not None and _holds_box(choice) else element:
        tag = tag_of(child)
        if tag == "w:txbxContent":
            inline.boxes.append(child)
        elif tag != "Choice" or child is choice:
            _boxes(child, inline, depth + 1)


def _holds_box(element: Any) -> bool:
    return any(tag_of(node) == "w:txbxContent" for node in element.iter())


def _symbol(code: str | None) -> str:
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if 0xE000 <= number <= 0xF8FF:
        return _SYMBOLS.get(number, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
