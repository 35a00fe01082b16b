"""Names and styles of WordprocessingML: what a style says of a paragraph's rank, its list and whether it is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from shenwen.extractors.word.docx_package import parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VAL = f"{W}val"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
#: styles.xml as nearly everybody writes it: its root, the opening and the closing of a style, its attributes.
_ROOT = re.compile(rb"<w:styles\b[^>]*>")
_OPENING, _CLOSING = b"<w:style ", b"</w:style>"
_ATTRIBUTE = re.compile(rb'w:(styleId|type|default)="([^"]*)"')
_ON = (b"1", b"true", b"on")
_TITLE = {"title", "标题", "文档标题"}
#: Outline levels 0 to 8 are headings, 9 is body text.
_BODY_TEXT = 9
_PART = "styles.xml"
#: So many styles are searched one by one; who uses more has the whole part parsed.
_SEARCHES = 100
#: A style may be based on a style …: how far to follow.
_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it takes over from those it is based on."""

    name: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    hidden: bool = False
    level: int | None = None
    """Rank of its paragraphs as headings, from 1."""


class _Own(NamedTuple):
    """What one style says by itself; `base` is the style it is based on."""

    name: str
    outline: int | None
    list_id: str | None
    list_level: int | None
    hidden: bool
    base: str


@dataclass(slots=True)
class Styles:
    """The styles of a document by their id. Each is found and parsed when it is first met: there are hundreds, most never used.

    `data` is styles.xml as nearly everybody writes it, as far as it has been inflated, and `rest` what follows; both are empty
    otherwise, and `_own` has the styles from the start.
    """

    data: bytes = b""
    rest: Iterator[bytes] = field(default_factory=lambda: iter(()))
    default: str | None = None
    """The paragraph style of paragraphs that name none."""
    _own: dict[str, _Own | None] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)

    def get(self, style: str | None) -> Style:
        """The style, or the default paragraph style for None; a plain one for an id that is not there."""
        key = style or self.default or ""
        if key not in self._known:
            self._known[key] = self._resolved(key)
        return self._known[key]

    def hides(self, style: str | None) -> bool:
        return style is not None and self.get(style).hidden

    def read_on(self) -> bool:
        """Inflate the rest of the part; whether there was any."""
        before = len(self.data)
        self.data = b"".join((self.data, *self.rest))
        return len(self.data) > before

    def _said(self, key: str) -> _Own | None:
        if key not in self._own:
            if self.data and len(self._own) > _SEARCHES:
                self.read_on()
                self._own |= _by_id(parse_xml(self.data, _PART))
                self.data = b""
            self._own[key] = self._own.get(key) if not self.data else self._found(key) if key else None
        return self._own[key]

    def _found(self, key: str) -> _Own | None:
        """The style cut out of the part, so that the others need not be parsed."""
        at = self.data.find(f'w:styleId="{escape(key)}"'.encode())
        start, end = self.data.rfind(_OPENING, 0, max(at, 0)), self.data.find(_CLOSING, at)
        if min(at, start, end) < 0:
            return self._found(key) if self.read_on() else None
        head = _ROOT.search(self.data)
        assert head is not None  # or the part would have been parsed whole
        return _cut(self.data[: head.end()] + self.data[start : end + len(_CLOSING)] + b"</w:styles>")

    def _resolved(self, key: str) -> Style:
        """What the style says, and where it is silent the style it is based on."""
        name, outline, list_id, list_level, hidden = "", None, None, None, False
        said = self._said(key)
        for _ in range(_CHAIN):
            if said is None:
                break
            name = name or said.name
            outline = said.outline if outline is None else outline
            list_id = list_id or said.list_id
            list_level = said.list_level if list_level is None else list_level
            hidden = hidden or said.hidden
            said = self._said(said.base)
        return Style(name, outline, list_id, list_level, hidden, heading_level(name, outline))


def read_styles(pieces: Iterator[bytes]) -> Styles:
    """The styles in the bytes of styles.xml, which come in pieces; none where there is no such part."""
    data = next(pieces, b"")
    if not data:
        return Styles()
    head = _ROOT.search(data)
    if head is None or _CLOSING not in data or b"<!" in data[: head.start()]:
        root = parse_xml(b"".join((data, *pieces)), _PART)
        default = (node for node in root.iterchildren(f"{W}style") if node.get(f"{W}default", "").encode() in _ON)
        return Styles(
            default=next((node.get(f"{W}styleId", "") for node in default if node.get(f"{W}type") == "paragraph"), None),
            _own=_by_id(root),
        )
    styles = Styles(data, pieces, _default(data))
    if styles.default is None and styles.read_on():
        styles.default = _default(styles.data)
    return styles


@lru_cache(maxsize=1024)
def _cut(markup: bytes) -> _Own | None:
    """The one style in a `w:styles`, None where there is none. Documents made with one template have the same styles."""
    return next(map(_own, parse_xml(markup, _PART)), None)


def _own(node: Any) -> _Own:
    name = value_of(node, "name") or ""
    properties, runs = child_of(node, f"{W}pPr"), child_of(node, f"{W}rPr")
    outline = integer(value_of(properties, "outlineLvl"))
    if outline is None and (level := heading_level(name, None)) is not None:
        outline = level - 1
    return _Own(
        name,
        outline,
        value_of(properties, "numPr", "numId"),
        integer(value_of(properties, "numPr", "ilvl")),
        runs is not None and switched_on(runs, f"{W}vanish"),
        value_of(node, "basedOn") or "",
    )


def _by_id(root: Any) -> dict[str, _Own | None]:
    return {node.get(f"{W}styleId", ""): _own(node) for node in root.iterchildren(f"{W}style")}


def _default(data: bytes) -> str | None:
    """Id of the default paragraph style: it stands near the front."""
    at = 0
    while (at := data.find(b"w:default=", at + 1)) >= 0:
        own: dict[bytes, bytes] = dict(_ATTRIBUTE.findall(data, data.rfind(_OPENING, 0, at), data.find(b">", at)))
        if own.get(b"type") == b"paragraph" and own.get(b"default") in _ON:
            return own.get(b"styleId", b"").decode("utf-8", "replace")
    return None


def child_of(node: Any, name: str) -> Any | None:
    """First child of that name. (`find` does the same by way of a path language, at five times the price.)"""
    return next(node.iterchildren(name), None)


def switched_on(properties: Any, name: str) -> bool:
    """A toggle such as `w:vanish` among properties: there, and not set to off."""
    node = child_of(properties, name)
    return node is not None and node.get(VAL, "1") not in ("0", "false", "off")


def integer(text: str | None) -> int | None:
    """A decimal number, None for anything else."""
    try:
        return int(text) if text is not None and len(text) < 12 else None
    except ValueError:
        return None


def value_of(node: Any | None, *path: str) -> str | None:
    """`w:val` of the child at the end of `path`."""
    for name in path:
        if node is None:
            return None
        node = child_of(node, W + name)
    return None if node is None else node.get(VAL)


def heading_level(name: str, outline: int | None) -> int | None:
    """Rank of a heading from 1, by its outline level or the name of its style; None for body text."""
    if outline is not None:
        return outline + 1 if 0 <= outline < _BODY_TEXT else None
    if named := _HEADING.match(name):
        return int(named[1])
    return 1 if name.strip().lower() in _TITLE else None
