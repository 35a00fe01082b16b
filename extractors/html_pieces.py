"""A page as a flat list of pieces: lines of text and table rows, each with its chain of containers and its share of link text.

The only importer of selectolax. Nothing is loaded, run or followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_SKIPPED_NAMES = """
script style noscript template select option button textarea iframe object embed svg canvas nav footer aside input head title map area
audio video applet frameset noframes"""
_BLOCK_NAMES = """
address article blockquote body center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre
section table tbody td tfoot th thead tr ul caption details summary"""
SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")
_SPACE_IN_CHINESE = re.compile(r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])")
#: Deeper than this, a subtree is read as one run of text: no real page needs it, and the walk recurses.
_DEEPEST = 120
#: Elements open at once beyond which a page is read without its tags; tags that may stay open (p, li, td) do not count.
_ABYSS = 2000
_ANY_TAG = re.compile(r"<[^<>]*>")
_NESTING_TAG = re.compile(
    r"<(/?)(?!(?:p|li|t[drh]|d[dt]|br|hr|img|input|meta|link|area|base|col|embed|param|source|track|wbr|option)\b)[a-z]",
    re.IGNORECASE,
)
#: What the cells of a data table may hold; a table with longer or nested ones only lays out the page.
_LONGEST_CELL = 400
_PROSE_CELL = 120


class Piece(NamedTuple):
    """One line of text (`text`) or one table row (`cells`).

    `containers` are the numbers of the block elements around it, outermost first; `linked` counts characters of link text;
    `broken` says that a `<br>` and not a new element came before; `name` is the class and id of the nearest element.
    """

    text: str
    containers: tuple[int, ...]
    linked: int = 0
    heading: int | None = None
    cells: tuple[str, ...] = ()
    table: int | None = None
    broken: bool = False
    name: str = ""


@dataclass(slots=True)
class Page:
    """A parsed page: `pieces` of its body, `title`, `<meta>` pairs, links as `(text, address, piece number)`."""

    pieces: list[Piece] = field(default_factory=list)
    title: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str, int]] = field(default_factory=list)
    pictures: int = 0
    named: dict[int, str] = field(default_factory=dict)
    """Container number → its id and classes."""


def page_of(markup: str) -> Page:
    """The pieces of a page. Total: any string in."""
    from selectolax.lexbor import LexborHTMLParser

    markup = markup.replace("\x00", "")
    tree = LexborHTMLParser(_ANY_TAG.sub("\n", markup) if _is_abyss(markup) else markup)
    page = Page(title=_clean(_text_of(tree.css_first("title"))))
    page.meta = list(_meta(tree))
    page.pictures = len(tree.css("img"))
    if tree.body is not None:
        walk = _Walk(page)
        walk.inside(tree.body, ())
        walk.flush()
    return page


def _is_abyss(markup: str) -> bool:
    """Whether elements nest deeper than any page does: the parser's time grows with the square of the depth."""
    if markup.count("<") < _ABYSS:
        return False
    depth = 0
    for tag in _NESTING_TAG.finditer(markup):
        depth += -1 if tag[1] else 1
        if depth > _ABYSS:
            return True
    return False


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        content = attributes.get("content")
        if name and content and content.strip():
            yield name.strip()[:60], _clean(content)[:500]


def _text_of(node: Any) -> str:
    return (node.text(deep=True) or "") if node is not None else ""


def _clean(text: str) -> str:
    """White space collapsed as a browser shows it, and none between two Chinese characters."""
    text = _SPACE.sub(" ", text)
    return _SPACE_IN_CHINESE.sub("", text) if " " in text else text


def _collapse(text: str) -> str:
    return _clean(text).strip(" ")


class _Walk:
    """One pass over the tree, writing pieces to the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.run: list[str] = []
        self.linked = 0
        self.containers: tuple[int, ...] = ()
        self.heading: int | None = None
        self.broken = False
        self.numbers = 0
        self.tables = 0
        self.depth = 0

    def flush(self, broken: bool = False) -> None:
        if not self.run:
            self.broken = broken
            return
        text = _collapse("".join(self.run))
        if text.strip("\xa0\u3000 "):
            name = self.page.named.get(self.containers[-1], "") if self.containers else ""
            piece = Piece(text, self.containers, self.linked, self.heading, broken=self.broken, name=name)
            self.page.pieces.append(piece)
        self.run, self.linked, self.broken = [], 0, broken

    def inside(self, node: Any, containers: tuple[int, ...]) -> None:
        """Everything below `node`, which is itself dealt with."""
        self.containers = containers
        self.depth += 1
        child = node.child
        while child is not None:
            self._one(child, containers)
            child = child.next
        self.depth -= 1

    def _one(self, node: Any, containers: tuple[int, ...]) -> None:
        tag = node.tag or "-unknown"
        if tag == "-text":
            text = node.text_content or ""
            if self.run or not text.isspace():
                self.run.append(text)
        elif tag == "br":
            self.flush(broken=True)
        elif tag in SKIPPED or tag.startswith(("-", "!")):
            return
        elif self.depth > _DEEPEST:
            self.run.append(_text_of(node))
        elif tag in _BLOCKS:
            self._block(node, tag, containers)
        else:
            self._inline(node, tag, containers)

    def _inline(self, node: Any, tag: str, containers: tuple[int, ...]) -> None:
        attributes = node.attributes if tag in ("a", "span", "font") else {}
        if _HIDDEN.search(attributes.get("style") or ""):
            return
        if tag == "span" and (attributes.get("id") or attributes.get("class")):
            containers = self._contained(attributes, containers)
        if tag == "a":
            text = _collapse(_text_of(node))
            self.linked += len(text)
            if attributes.get("href"):
                self.page.links.append((text, attributes["href"].strip()[:2000], len(self.page.pieces)))
        child = node.child
        if child is not None and child.next is None and child.tag == "-text":
            self.run.append(child.text_content or "")
        elif child is not None:
            self.inside(node, containers)

    def _contained(self, attributes: dict[str, Any], containers: tuple[int, ...]) -> tuple[int, ...]:
        self.numbers += 1
        name = f"#{attributes.get('id') or ''} .{attributes.get('class') or ''}".strip()
        if len(name) > 3:
            self.page.named[self.numbers] = name
        return (*containers, self.numbers)

    def _block(self, node: Any, tag: str, containers: tuple[int, ...]) -> None:
        attributes = node.attributes
        if _HIDDEN.search(attributes.get("style") or ""):
            return
        self.flush()
        inner = self._contained(attributes, containers)
        heading = self.heading
        self.heading = _HEADINGS.get(tag, heading)
        self.containers = inner
        if tag == "table" and (rows := _data_rows(node)):
            self._rows(rows, inner)
        elif tag == "pre":
            self._lines(_text_of(node))
        elif (child := node.child) is not None and child.next is None and child.tag == "-text":
            self.run.append(child.text_content or "")
        else:
            self.inside(node, inner)
        self.containers = inner
        self.flush()
        self.heading, self.containers = heading, containers

    def _rows(self, rows: list[tuple[list[str], int]], containers: tuple[int, ...]) -> None:
        self.tables += 1
        name = self.page.named.get(containers[-1], "")
        for cells, linked in rows:
            if any(cells):
                piece = Piece("\t".join(cells), containers, linked, cells=tuple(cells), table=self.tables, name=name)
                self.page.pieces.append(piece)

    def _lines(self, text: str) -> None:
        for line in text.splitlines():
            self.run = [line]
            self.flush(broken=True)


def _data_rows(table: Any) -> list[tuple[list[str], int]]:
    """Rows of a data table as (cells, characters of link text); empty for a table that only lays out the page."""
    nested = any(inner.mem_id != table.mem_id for inner in table.css("table"))
    prose = any(len(_text_of(third.parent)) > _PROSE_CELL for third in table.css("td > p + p + p"))
    if nested or prose or table.css_first("td > h1, td > ul, td > form") is not None:
        return []
    for script in table.css("script, style"):
        script.decompose()
    rows = [_cells(row) for row in table.css("tr")]
    widths = [len(cells) for cells, _ in rows]
    longest = max((len(cell) for cells, _ in rows for cell in cells), default=0)
    if not widths or max(widths) < 2 or longest > _LONGEST_CELL:
        return []
    several = sum(1 for cells, _ in rows if sum(1 for cell in cells if cell) >= 2)
    return rows if several >= 1 and several >= 0.3 * sum(1 for cells, _ in rows if any(cells)) else []


def _cells(row: Any) -> tuple[list[str], int]:
    cells = []
    cell = row.child
    while cell is not None:
        if cell.tag in ("td", "th"):
            cells.append(_collapse(_text_of(cell)))
        cell = cell.next
    return cells, sum(len(_collapse(_text_of(link))) for link in row.css("a"))
