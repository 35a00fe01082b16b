"""Labels that open a numbered unit: 第一编 第一章 第一节 第一条, 一、（一）1.（1）①, and decimal numbers (1 总则, 1.1, 1.1.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shenwen.extractors.dates import number

_CN = "一二三四五六七八九十百〇零两"
_LABEL = re.compile(
    rf"(?P<part>第[{_CN}\d]{{1,5}}(?:编|篇|部分))(?=[\s:：]|$)"
    rf"|(?P<chapter>第\s?[{_CN}\d]{{1,5}}\s?章)(?![的所规、和至])"
    rf"|(?P<section>第\s?[{_CN}\d]{{1,5}}\s?节)(?![的所规、和至])"
    rf"|(?P<article>第\s?[{_CN}\d]{{1,6}}\s?条(?:之[{_CN}])?)(?![的第所款项、，和至与或及规中）》])"
    rf"|(?P<one>[一二三四五六七八九十]{{1,4}}\s?[、.．]|[一二三四五六七八九十]{{1,3}}(?=[ \t]))"
    rf"|(?P<two>[（(]\s?[{_CN}]{{1,4}}\s?[）)]、?)"
    r"|(?P<three>\d{1,3}\s?[、.．](?!\d))"
    r"|(?P<four>[（(]\s?\d{1,3}\s?[）)]、?|\d{1,2}[）)])"
    r"|(?P<five>[①-⑳])"
)
_DECIMAL = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){1,4})(?![\d.%])|(\d{1,2})(?:(?:\s*[.．、]\s*|\s+)(?=[\u4e00-\u9fff])|(?=[\u4e00-\u9fff]{2,15}$))"
)
_POINT = re.compile(r"^[ \t]*(\d{1,2})\.([12])(?![\d.%])", re.M)
_WHOLE = re.compile(r"^[ \t]*(\d{1,2})(?:[ \t]*[.．、]?[ \t]*)[\u4e00-\u9fff]", re.M)
_FIRST = frozenset("第（(一二三四五六七八九十百0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_KINDS = ("part", "chapter", "section", "article", "paragraph", "one", "two", "three", "four", "five")
_RANK = {kind: (rank, 0) for rank, kind in enumerate(_KINDS)}
_ENDING = re.compile(r"[\s、.．]+$")
_NAME = str.maketrans("()．", "（）.", " \t")


@dataclass(frozen=True, slots=True)
class Label:
    """`text` as it stands, without blanks; `name` the same without the mark behind it, one width of brackets; `rank` orders
    the kinds from the outermost; `value` is its number; `end` the offset behind it in the line."""

    text: str
    name: str
    kind: str
    rank: tuple[int, int]
    value: int | None
    end: int


def new_label(text: str, kind: str, end: int, rank: tuple[int, int] | None = None) -> Label:
    """A label of one of the kinds; decimal ones bring their own rank."""
    text = re.sub(r"\s", "", text)
    name = _ENDING.sub("", text).translate(_NAME)
    return Label(text, name, kind, rank or _RANK[kind], _value(name), end)


def _value(name: str) -> int | None:
    if name[:1] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(name[0]) - ord("①") + 1
    found = re.search(rf"[{_CN}\d]+$|[{_CN}\d]+", name)
    return number(found.group()) if found else None


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a text is numbered: `decimal` where 1.1 stands under 1; `base` is then the rank of its first level."""

    decimal: bool = False
    base: int = 1

    def label_of(self, line: str) -> Label | None:
        """The label at the beginning of a line; rows of tables have none."""
        if not line or line[0] not in _FIRST or "\t" in line:
            return None
        if self.decimal and (found := _DECIMAL.match(line)):
            depth = found[1].count(".") if found[1] else 0
            return new_label(found[1] or found[2], "decimal", found.end(), (self.base, depth))
        found = _LABEL.match(line)
        return new_label(found.group(), found.lastgroup or "five", found.end()) if found else None


def numbering_of(text: str) -> Numbering:
    """Decimal numbers count as labels where n.1 and n.2 open lines and n does too; below 一、 where the text has that as well."""
    points = set(_POINT.findall(text))
    chapters = set(_WHOLE.findall(text))
    decimal = any((n, "1") in points and (n, "2") in points for n in chapters)
    below = re.search(r"^[ \t]*一、", text, re.M)
    return Numbering(decimal, _RANK["three"][0] if below else _RANK["chapter"][0])
