"""A page as a flat list of pieces: lines of text and table rows, each with its container and its share of link text.

The only importer of selectolax. Nothing is loaded, run or followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from msgspec import Struct

_SKIPPED_NAMES = """
script style noscript template select option button textarea iframe object embed svg canvas nav footer aside input head title map area
audio video applet frameset noframes"""
_BLOCK_NAMES = """
address article blockquote body center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre
section table tbody td tfoot th thead tr ul caption details summary"""
SKIPPED = frozenset((*_SKIPPED_NAMES.split(), "-comment", None))
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_MAYBE_HIDDEN = '[style*="display" i], [style*="visibility" i]'
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")
_SPACE_IN_CHINESE = re.compile(r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])")
#: Elements open at once beyond which a page is read without its tags; tags that may stay open (p, li, td) do not count.
_ABYSS = 10_000
_ANY_TAG = re.compile(r"<[^<>]*>")
_NESTING_TAG = re.compile(
    r"<(/?)(?!(?:p|li|t[drh]|d[dt]|br|hr|img|input|meta|link|area|base|col|embed|param|source|track|wbr|option)\b)([a-z][^\s/>]*)"
)
#: What the cells of a data table may hold; a table with longer or nested ones only lays out the page.
_LONGEST_CELL = 400
_PROSE_CELL = 120
#: Spans beyond these are read as this many.
_MOST_COLUMNS = 60
_MOST_ROWS = 1000


class Piece(Struct, frozen=True, gc=False):
    """One line of text (`text`) or one table row (`cells`).

    `container` is the number of the element around it; `linked` counts characters of link text; `broken` says that a `<br>` and
    not a new element came before.
    """

    text: str
    container: int
    linked: int = 0
    heading: int | None = None
    cells: tuple[str, ...] = ()
    table: int | None = None
    broken: bool = False


@dataclass(slots=True)
class Page:
    """A parsed page: `pieces` of its body, `title`, `<meta>` pairs, `anchors` as `(element, piece number)`.

    Containers are the block elements, the named spans and the links, numbered from 1 in document order; 0 is the body. For each one
    `parents` has the container around it, `blocks` the block that it is or stands in, `elements` the parser's own object.
    """

    tree: Any
    pieces: list[Piece] = field(default_factory=list)
    title: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    anchors: list[tuple[Any, int]] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    blocks: list[int] = field(default_factory=lambda: [0])
    elements: list[Any] = field(default_factory=lambda: [None])

    def links(self, first: int, last: int) -> Iterator[tuple[str, str]]:
        """`(text, address)` of the links in the pieces `first` to `last` (excluded)."""
        for element, piece in self.anchors:
            if first <= piece < last and (address := element.attributes.get("href")):
                yield _collapse(_text_of(element)), address.strip()[:2000]

    def pictures(self) -> int:
        """How many images the page has."""
        return len(self.tree.css("img"))

    def name(self, container: int) -> str:
        """Id and classes of a container."""
        attributes = self.elements[container].attributes if container else {}
        named = attributes.get("id") or attributes.get("class")
        return f"#{attributes.get('id') or ''} .{attributes.get('class') or ''}" if named else ""

    def names(self, container: int) -> tuple[str, str]:
        """Id and classes of a container and of its block."""
        return self.name(container), self.name(self.blocks[container])

    def end(self, container: int) -> int:
        """The number behind those of the containers within `container`."""
        after = range(container + 1, len(self.parents))
        return next((number for number in after if self.parents[number] < container), len(self.parents))


def page_of(markup: str) -> Page:
    """The pieces of a page. Total: any string in."""
    from selectolax.lexbor import LexborHTMLParser

    markup = markup.replace("\x00", "")
    tree = LexborHTMLParser(_ANY_TAG.sub("\n", markup) if _is_abyss(markup) else markup)
    page = Page(tree, title=_clean(_text_of(tree.css_first("title"))), meta=list(_meta(tree)))
    if tree.body is not None:
        _Walk(page).over(tree.body)
    return page


def _is_abyss(markup: str) -> bool:
    """Whether elements nest deeper than any page does: the parser's time grows with the square of the depth."""
    if (tags := markup.count("<")) < _ABYSS or tags - markup.count("</") < _ABYSS:
        return False
    depth, by_name = 0, Counter[str]()
    for closing, name in _NESTING_TAG.findall(markup.lower()):
        if not closing:
            by_name[name] += 1
            depth += 1
        elif by_name[name]:
            by_name[name] -= 1
            depth -= 1
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
    if "  " in text or not text.isprintable():
        text = _SPACE.sub(" ", text)
    return _SPACE_IN_CHINESE.sub("", text) if " " in text else text


def _collapse(text: str) -> str:
    return text if " " not in text and text.isprintable() else _clean(text).strip(" ")


class _Walk:
    """One pass over the tree in document order, writing pieces to the page.

    `places` has the container of every element whose children are read, by the element's address: what is in none of them is
    left out with all it holds.
    """

    def __init__(self, page: Page) -> None:
        self.pieces, self.anchors = page.pieces, page.anchors
        self.parents, self.elements, self.blocks = page.parents, page.elements, page.blocks
        self.places: dict[int, int] = {}
        self.headings: list[int | None] = [None]
        self.hidden = {node.mem_id for node in page.tree.css(_MAYBE_HIDDEN) if _HIDDEN.search(node.attributes.get("style") or "")}
        self.outer = _outer_tables(page.tree)
        self.run: list[str] = []
        self.linked = 0
        self.linking = set[int]()
        self.container = 0
        self.broken = False
        self.tables = 0

    def over(self, body: Any) -> None:
        """Everything below `body`."""
        places, blocks, hidden, linking, run, block = self.places, self.blocks, self.hidden, self.linking, self.run, 0
        flush = self.flush
        places[body.mem_id] = 0
        for node in body.traverse(include_text=True):
            tag = node.tag
            if tag == "-text":
                text = node.text_content or ""
                blank = text.isspace()
                if blank and not run:
                    continue
            around = places.get(node.parent.mem_id)
            if around is None:
                continue
            if blocks[around] != block:
                block = blocks[around]
                if run:
                    flush()
                self.broken = False
            if tag == "-text":
                if not blank:
                    self.container = around
                elif not run:
                    continue
                run.append(text)
                if around in linking:
                    self.linked += len(text.strip())
            elif tag in _BLOCKS:
                if run:
                    flush()
                self.broken = False
                block = self._block(node, tag, around)
            elif tag == "br":
                flush()
                self.broken = True
            elif tag not in SKIPPED and node.mem_id not in hidden:
                places[node.mem_id] = self._inline(node, tag, around)
        self.flush()

    def flush(self) -> None:
        """Write what has come together since the last line ended."""
        text = _collapse("".join(self.run))
        if text.strip("\xa0\u3000 "):
            heading = self.headings[self.container]
            self.pieces.append(Piece(text, self.container, self.linked, heading, (), None, self.broken))
        self.run.clear()
        self.linked = 0

    def _inline(self, node: Any, tag: str, around: int) -> int:
        """The container of what is in an inline element."""
        if tag == "a":
            self.anchors.append((node, len(self.pieces)))
        elif tag != "span" or not (node.attributes.get("id") or node.attributes.get("class")):
            return around
        number = self._contain(node, around, self.blocks[around], self.headings[around])
        if tag == "a":
            self.linking.add(number)
        return number

    def _block(self, node: Any, tag: str, around: int) -> int:
        """Number of the container that a block element is."""
        number = self._contain(node, around, len(self.headings), _HEADINGS.get(tag) or self.headings[around])
        address = node.mem_id
        if address in self.hidden:
            return number
        if tag == "table" and address not in self.outer and (rows := _data_rows(node)):
            self._rows(rows, number)
        elif tag == "pre":
            self._lines(_text_of(node), number)
        else:
            self.places[address] = number
        return number

    def _contain(self, node: Any, around: int, block: int, heading: int | None) -> int:
        number = len(self.headings)
        self.parents.append(around)
        self.elements.append(node)
        self.blocks.append(block)
        self.headings.append(heading)
        if around in self.linking:
            self.linking.add(number)
        return number

    def _rows(self, rows: list[tuple[list[str], int]], container: int) -> None:
        self.tables += 1
        for cells, linked in rows:
            if any(cells):
                self.pieces.append(Piece("\t".join(cells), container, linked, cells=tuple(cells), table=self.tables))

    def _lines(self, text: str, container: int) -> None:
        self.container = container
        for line in text.splitlines():
            self.run.append(line)
            self.flush()
            self.broken = True


def _outer_tables(tree: Any) -> set[int]:
    """Addresses of the tables with tables in them; no element is looked at twice."""
    outer, seen = set[int](), set[int]()
    for inner in tree.css("table table"):
        node = inner.parent
        while node.mem_id not in seen:
            seen.add(node.mem_id)
            if node.tag == "table":
                outer.add(node.mem_id)
                break
            node = node.parent
    return outer


def _span(cell: Any, name: str, most: int) -> int:
    said = cell.attributes.get(name) or ""
    return max(1, min(int(said), most)) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _placed(grid: list[list[Any]], rows: list[list[str]]) -> Iterator[list[str]]:
    """The rows with empty cells where a cell spans columns or hangs down from above, so that every cell stands in its column."""
    hanging: dict[int, int] = {}
    for cells, texts in zip(grid, rows, strict=True):
        line: list[str] = []
        begun: dict[int, int] = {}
        for cell, text in zip(cells, texts, strict=True):
            while len(line) in hanging:
                line.append("")
            tall = _span(cell, "rowspan", _MOST_ROWS)
            for number in range(_span(cell, "colspan", max(1, _MOST_COLUMNS - len(line)))):
                if tall > 1:
                    begun[len(line)] = tall
                line.append("" if number else text)
        while len(line) in hanging:
            line.append("")
        hanging = {column: left - 1 for column, left in {**hanging, **begun}.items() if left > 1}
        yield line


def _data_rows(table: Any) -> list[tuple[list[str], int]]:
    """Rows of a data table as (cells, characters of link text); empty for one that only lays out the page. It has no tables in it."""
    if table.css_first("td > h1, td > ul, td > form") is not None:
        return []
    if any(len(_text_of(third.parent)) > _PROSE_CELL for third in table.css("td > p + p + p")):
        return []
    lines = table.css("tr")
    grid = [[cell for cell in line.iter() if cell.tag in ("td", "th")] for line in lines]
    if max(map(len, grid), default=0) < 2:
        return []
    for script in table.css("script, style"):
        script.decompose()
    texts = [[_text_of(cell) for cell in cells] for cells in grid]
    if any(len(text) > _LONGEST_CELL and len(_collapse(text)) > _LONGEST_CELL for text in chain.from_iterable(texts)):
        return []
    rows = [[_collapse(text) for text in cells] for cells in texts]
    if table.css_first("[rowspan], [colspan]") is not None:
        rows = list(_placed(grid, rows))
    filled = [sum(map(bool, cells)) for cells in rows]
    several = sum(1 for count in filled if count >= 2)
    if several < max(1, 0.3 * sum(map(bool, filled))):
        return []
    links = [line.css("a") for line in lines] if table.css_first("a") is not None else [[]] * len(lines)
    return [(cells, sum(len(_collapse(_text_of(link))) for link in found)) for cells, found in zip(rows, links, strict=True)]
