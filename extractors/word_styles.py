"""What a paragraph's style says of its rank, its list and its visibility."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from shenwen.extractors.word_package import child_of, is_on, tag_of, value_of

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
#: Styles rest on styles; a chain longer than this is a circle.
_LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Style:
    """One style's own settings; None where it leaves them to the style it rests on."""

    name: str = ""
    based_on: str | None = None
    outline: int | None = None
    number: str | None = None
    level: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles by id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    def chain(self, identity: str | None) -> list[Style]:
        """The style and those it rests on, nearest first."""
        found: list[Style] = []
        while identity in self.by_id and len(found) < _LONGEST_CHAIN:
            found.append(self.by_id[identity])
            identity = found[-1].based_on
        return found

    def rank(self, identity: str | None) -> int | None:
        """Rank of a heading from 1 by outline level or by name, None for body text."""
        for style in self.chain(identity):
            if named := _HEADING.match(style.name):
                return int(named[1])
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
        return None

    def list_of(self, identity: str | None) -> tuple[str, int | None] | None:
        """`(list, level)` that the style brings along."""
        for style in self.chain(identity):
            if style.number is not None:
                return style.number, style.level
        return None

    def hides(self, identity: str | None) -> bool:
        return any(style.hidden for style in self.chain(identity))


def styles_of(root: Any | None) -> Styles:
    """Styles in the root of styles.xml."""
    by_id: dict[str, Style] = {}
    default = None
    for element in root if root is not None else ():
        if tag_of(element) == "w:style":
            identity = value_of(element, "styleId") or ""
            by_id[identity] = _style(element)
            if value_of(element, "type") == "paragraph" and value_of(element, "default") in ("1", "true", "on"):
                default = identity
    return Styles(by_id, default)


def _style(element: Any) -> Style:
    name, based = child_of(element, "w:name"), child_of(element, "w:basedOn")
    properties = child_of(element, "w:pPr")
    outline = child_of(properties, "w:outlineLvl")
    number, level = number_of(properties)
    return Style(
        name=(value_of(name) if name is not None else None) or "",
        based_on=value_of(based) if based is not None else None,
        outline=integer(outline),
        number=number,
        level=level,
        hidden=is_on(child_of(element, "w:rPr", "w:vanish")),
    )


def number_of(properties: Any | None) -> tuple[str | None, int | None]:
    """`(list, level)` of paragraph properties; None for what they leave open."""
    own = child_of(properties, "w:numPr") if properties is not None else None
    number, level = child_of(own, "w:numId"), child_of(own, "w:ilvl")
    return (value_of(number) if number is not None else None), integer(level)


def integer(element: Any | None) -> int | None:
    """`w:val` of an element as a number from 0 to 999, else None."""
    value = value_of(element) if element is not None else None
    return int(value) if value and re.fullmatch(r"\d{1,3}", value) else None
