"""Automatic numbers of a docx: numbering.xml as lists, and the number of each paragraph in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shenwen.extractors.word.docx_styles import VAL, Style, Styles, W, integer, value_of
from shenwen.extractors.word.list_numbers import LEVELS, ListLevel, ListNumbers, NumberList


@dataclass(slots=True)
class Numbering:
    """The lists of a document by `w:numId`, each made out when it is first met, and the counters."""

    styles: Styles
    load: Callable[[], Any | None]
    _numbers: ListNumbers = field(default_factory=ListNumbers)
    _lists: dict[str, NumberList | None] = field(default_factory=dict)
    _abstract: dict[str, Any] | None = None
    _nums: dict[str, Any] = field(default_factory=dict)

    def number(self, own: Any | None, style: Style, style_id: str | None) -> str:
        """The number of the next paragraph, "" for none; `own` is its `w:numPr`."""
        list_id = (value_of(own, "numId") if own is not None else None) or style.list_id
        if list_id is None or list_id == "0" or (numbers := self._list(list_id)) is None:
            return ""
        level = integer(value_of(own, "ilvl")) if own is not None else None
        if level is None and style_id is not None:
            level = numbers.level_of_style(style_id)
        if level is None:
            level = style.list_level or 0
        return self._numbers.count(list_id, numbers, level)

    def _list(self, number: str) -> NumberList | None:
        if number not in self._lists:
            abstract = self._definitions()
            key = _linked(value_of(self._nums.get(number), "abstractNumId") or "", abstract, self._nums, self.styles)
            self._lists[number] = _list(key, abstract[key], self._nums[number]) if key in abstract else None
        return self._lists[number]

    def _definitions(self) -> dict[str, Any]:
        """Abstract lists by id; the part is read when the first number is asked for."""
        if self._abstract is None:
            root = self.load()
            lists = () if root is None else root
            self._abstract = {node.get(f"{W}abstractNumId", ""): node for node in lists if node.tag == f"{W}abstractNum"}
            self._nums = {node.get(f"{W}numId", ""): node for node in lists if node.tag == f"{W}num"}
        return self._abstract


def _linked(key: str, abstract: dict[str, Any], nums: dict[str, Any], styles: Styles) -> str:
    """The abstract list that holds the levels: `w:numStyleLink` points to it by way of a numbering style."""
    node = abstract.get(key)
    link = value_of(node, "numStyleLink")
    if link is None:
        return key
    target = nums.get(styles.get(link).list_id or "")
    there = value_of(target, "abstractNumId")
    return there if there in abstract else key


def _list(key: str, abstract: Any, num: Any) -> NumberList:
    levels = dict(_levels(abstract))
    overrides: dict[int, int] = {}
    for override in num.iterfind(f"{W}lvlOverride"):
        at = integer(override.get(f"{W}ilvl")) or 0
        if (start := integer(value_of(override, "startOverride"))) is not None:
            overrides[at] = start
        for level in override.iterfind(f"{W}lvl"):
            levels[at] = _level(level)
    return NumberList(key, levels, overrides)


def _levels(abstract: Any) -> list[tuple[int, ListLevel]]:
    found = [(integer(node.get(f"{W}ilvl")) or 0, _level(node)) for node in abstract.iterfind(f"{W}lvl")]
    return [(at, level) for at, level in found if 0 <= at < LEVELS]


def _level(node: Any) -> ListLevel:
    start = integer(value_of(node, "start"))
    legal = node.find(f"{W}isLgl")
    return ListLevel(
        _form(node),
        value_of(node, "lvlText") or "",
        0 if start is None else start,
        value_of(node, "suff") or "tab",
        integer(value_of(node, "lvlRestart")),
        legal is not None and legal.get(VAL, "1") not in ("0", "false", "off"),
        value_of(node, "pStyle"),
    )


def _form(node: Any) -> str:
    """The number format; newer Word hides its own behind a choice of markup."""
    if (form := value_of(node, "numFmt")) is not None:
        return form
    return next((found.get(VAL) or "decimal" for found in node.iter(f"{W}numFmt") if found.get(VAL) != "custom"), "decimal")
