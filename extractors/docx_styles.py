"""Names and styles of WordprocessingML: what a style says of a paragraph's rank, its list and whether it is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VAL = f"{W}val"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = {"title", "标题", "文档标题"}
#: Outline levels 0 to 8 are headings, 9 is body text.
_BODY_TEXT = 9
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


@dataclass(slots=True)
class Styles:
    """The styles of a document by their id; `default` is the id of the paragraph style of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    hiding: bool = False
    """Whether any style hides text."""

    def paragraph(self, style: str | None) -> Style:
        return self.by_id.get(style or self.default or "", _PLAIN)

    def hides(self, style: str | None) -> bool:
        return style is not None and self.by_id.get(style, _PLAIN).hidden


_PLAIN = Style()


def read_styles(root: Any | None) -> Styles:
    """The styles in the root of styles.xml (None: no such part)."""
    if root is None:
        return Styles()
    nodes = {node.get(f"{W}styleId", ""): node for node in root.iterfind(f"{W}style")}
    default = next(
        (key for key, node in nodes.items() if node.get(f"{W}type") == "paragraph" and is_on(node, f"{W}default")), None
    )
    found = {key: _resolved(key, nodes) for key in nodes}
    return Styles(found, default, any(style.hidden for style in found.values()))


def is_on(node: Any, attribute: str = VAL) -> bool:
    """An on/off attribute: absent counts as off here (for `w:default`)."""
    return node.get(attribute, "0") in ("1", "true", "on")


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


def _resolved(key: str, nodes: dict[str, Any]) -> Style:
    """What the style says, and where it is silent the style it is based on."""
    name, outline, list_id, list_level, hidden = "", None, None, None, False
    node = nodes.get(key)
    for _ in range(_CHAIN):
        if node is None:
            break
        name = name or value_of(node, "name") or ""
        outline = integer(value_of(node, "pPr", "outlineLvl")) if outline is None else outline
        list_id = list_id or value_of(node, "pPr", "numPr", "numId")
        list_level = integer(value_of(node, "pPr", "numPr", "ilvl")) if list_level is None else list_level
        properties = child_of(node, f"{W}rPr")
        hidden = hidden or (properties is not None and switched_on(properties, f"{W}vanish"))
        if outline is None and (level := heading_level(name, None)) is not None:
            outline = level - 1
        node = nodes.get(value_of(node, "basedOn") or "")
    return Style(name, outline, list_id, list_level, hidden)
