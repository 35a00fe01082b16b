"""A page as a flat list of pieces: lines of text and table rows, each with its container and its share of link text.

The only importer of selectolax. Nothing is loaded, run or followed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

_SKIPPED_NAMES = """
script style noscript template select option button textarea iframe object embed svg canvas nav footer aside input map area
audio video applet frameset noframes"""
_BLOCK_NAMES = """
address article blockquote center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr li main ol p pre
section table tbody td tfoot th thead tr ul caption details summary"""
_HEADING_NAMES = "h1 h2 h3 h4 h5 h6"
#: Kinds of elements; from _BLOCK on, their edges end lines. A _WHOLE one may be read otherwise than child by child.
_INLINE, _SPAN, _LINK, _BREAK, _ABOUT, _LEFT_OUT, _BLOCK, _HEADING, _WHOLE = range(9)
_KINDS: dict[str | None, int] = {
    **dict.fromkeys(_BLOCK_NAMES.split(), _BLOCK),
    **dict.fromkeys(_HEADING_NAMES.split(), _HEADING),
    **dict.fromkeys(("table", "pre"), _WHOLE),
    **dict.fromkeys((*_SKIPPED_NAMES.split(), "-comment", None), _LEFT_OUT),
    **dict.fromkeys(("title", "meta"), _ABOUT),
    "a": _LINK,
    "br": _BREAK,
    "span": _SPAN,
}
_MARKED = 'table table, span[id], span[class], [style*="display" i], [style*="visibility" i]'
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = "\t\r\n\f\v\u200b\ufeff"
_EMPTY = " \xa0\u3000"
_CHINESE = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_BLANK_IN_CHINESE = re.compile(f" (?<={_CHINESE} )(?={_CHINESE})")
#: Elements open at once beyond which a page is read without its tags; tags that may stay open (p, li, td) do not count.
_ABYSS = 10_000
_ANY_TAG = re.compile(r"<[^<>]*>")
_NESTING_TAG = re.compile(
    r"<(/?)(?!(?:p|li|t[drh]|d[dt]|br|hr|img|input|meta|link|area|base|col|embed|param|source|track|wbr|option)\b)([a-z][^\s/>]*)"
)
#: A mark that stays open (font, b, a) is made anew in every element that follows: so many marks and followers are read without tags.
_MANY_TAGS, _MOST_COPIES, _EQUAL_MARKS = 2_000, 1_000_000, 3
_MARK_OR_TAG = re.compile(r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])([^>]*)|<[a-z]", re.IGNORECASE)
#: What the cells of a data table may hold; a table with longer or nested ones only lays out the page.
_LONGEST_CELL = 400
_PROSE_CELL = 120
_TELLING = "td > h1, td > ul, td > form, td > p + p + p, [rowspan], [colspan], a, script, style"
#: Where a new line begins in a cell.
_CELL_LINES = "br, p + p, div + div"
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

    Containers are the block elements and the named spans, numbered from 1 in document order; 0 is the page. For each one
    `parents` has the container around it, `blocks` the block that it is or stands in, `elements` the parser's own object.
    """

    tree: Any
    pieces: list[Piece] = field(default_factory=list)
    title: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    anchors: list[tuple[Any, int]] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
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
        block = container
        while block and self.elements[block].tag == "span":
            block = self.parents[block]
        return self.name(container), self.name(block)

    def end(self, container: int, known: int = 0) -> int:
        """The number behind those of the containers within `container`; `known` is that of one of them."""
        after = range(max(container + 1, known), len(self.parents))
        return next((number for number in after if self.parents[number] < container), len(self.parents))


def page_of(markup: str, tags: int | None = None) -> Page:
    """The pieces of a page. Total: any string in. `tags`: how many it has at most, where that is known."""
    from selectolax.lexbor import LexborHTMLParser

    hostile = (tags is None or tags >= _MANY_TAGS) and (_is_abyss(markup) or _multiplies(markup))
    tree = LexborHTMLParser(_ANY_TAG.sub("\n", markup) if hostile else markup)
    page = Page(tree)
    _Walk(page).over(tree.root)
    return page


def _is_abyss(markup: str) -> bool:
    """Whether elements nest deeper than any page does: the parser's time grows with the square of the depth."""
    if markup.count("<") - markup.count("</") < _ABYSS:
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


def _multiplies(markup: str) -> bool:
    """Whether open marks would fill the memory with copies of themselves (HTML standard, 13.2.4.3: three equal ones stay open)."""
    if markup.count("<") - markup.count("</") < _MANY_TAGS:
        return False
    stacks: defaultdict[str, list[str]] = defaultdict(list)
    equal: Counter[str] = Counter()
    open_marks = copies = 0
    for tag in _MARK_OR_TAG.finditer(markup):
        closing, name, attributes = tag.groups()
        if name is None:
            copies += open_marks
        elif not closing and equal[whole := f"{name}{attributes}"] < _EQUAL_MARKS:
            stacks[name].append(whole)
            equal[whole] += 1
            open_marks += 1
        elif closing and stacks[name]:
            equal[stacks[name].pop()] -= 1
            open_marks -= 1
        if copies > _MOST_COPIES:
            return True
    return False


def _text_of(node: Any) -> str:
    return (node.text(deep=True) or "") if node is not None else ""


def _collapse(text: str) -> str:
    """White space as a browser shows it: collapsed, none at the ends, and none between two Chinese characters."""
    if not text.isprintable():
        for blank in _BLANKS:
            if blank in text:
                text = text.replace(blank, " ")
    if " " not in text:
        return text
    while "  " in text:
        text = text.replace("  ", " ")
    return _BLANK_IN_CHINESE.sub("", text.strip(" "))


class _Walk:
    """One pass over the tree in document order, writing pieces to the page.

    `opened` are the elements around the place at hand with their kinds and the containers around them; `run` is the text since the
    last line ended, `container` and `heading` those of its last word, `linked` its characters in links.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.pieces = page, page.pieces
        self.hidden, self.named, self.outer = _marked(page.tree)
        self.opened: list[tuple[Any, int, int]] = []
        self.run: list[str] = []
        self.container = self.linked = self.tables = 0
        self.heading: int | None = None
        self.broken = False

    def over(self, root: Any) -> None:
        """Everything in the page. A line ends where a text comes behind an `edge` of a block."""
        run, pieces, opened, hidden, named, kind_of = self.run, self.pieces, self.opened, self.hidden, self.named, _KINDS.get
        parents, elements, anchors = self.page.parents, self.page.elements, self.page.anchors
        node, around, heading, linking, edge = root.first_child, 0, None, 0, False
        while True:
            while node is not None:
                text = node.text_content
                if text is not None:
                    node = node.next
                    if not text.isspace():
                        if edge:
                            self.flush()
                            edge = False
                        run.append(text)
                        self.container, self.heading = around, heading
                        if linking:
                            self.linked += len(text.strip())
                    elif run and not edge:
                        run.append(text)
                    continue
                tag, child = node.tag, node.first_child
                kind = kind_of(tag, _INLINE)
                if kind == _LEFT_OUT or (hidden and node.mem_id in hidden):
                    edge, child = edge or kind >= _BLOCK, None
                elif kind >= _BLOCK:
                    edge = True
                    child = None if kind == _WHOLE and self._whole(node, tag, around) else child
                elif kind == _LINK:
                    if edge:
                        self.flush()
                    anchors.append((node, len(pieces)))
                elif kind == _BREAK:
                    self.flush(broken=True)
                    edge = False
                elif kind == _ABOUT:
                    self._about(node, tag)
                    child = None
                if child is None:
                    node = node.next
                    continue
                opened.append((node, kind, around))
                if kind >= _BLOCK or (kind == _SPAN and named and node.mem_id in named):
                    parents.append(around)
                    elements.append(node)
                    around = len(parents) - 1
                    if kind == _HEADING:
                        heading = int(tag[1])
                elif kind == _LINK:
                    linking += 1
                node = child
            if not opened:
                break
            node, kind, around = opened.pop()
            if kind >= _BLOCK:
                edge = True
                heading = None if kind == _HEADING else heading
            elif kind == _LINK:
                linking -= 1
            node = node.next
        self.flush()

    def flush(self, broken: bool = False) -> None:
        """Write what has come together since the last line ended; `broken` says that a `<br>` ends it."""
        if self.run:
            text = "".join(self.run)
            if (text.isprintable() and " " not in text) or (text := _collapse(text)).strip(_EMPTY):
                self.pieces.append(Piece(text, self.container, self.linked, self.heading, (), None, self.broken))
            self.run.clear()
            self.linked = 0
        self.broken = broken

    def _about(self, node: Any, tag: str) -> None:
        """What the page says of itself."""
        said = node.attributes
        name, content = said.get("name") or said.get("property"), _collapse(said.get("content") or "")
        if tag == "title":
            self.page.title = self.page.title or _collapse(_text_of(node))
        elif name and content:
            self.page.meta.append((name.strip()[:60], content[:500]))

    def _whole(self, node: Any, tag: str, around: int) -> bool:
        """Whether a table or preformatted block has been written as a whole."""
        rows = _data_rows(node) if tag == "table" and node.mem_id not in self.outer else []
        if rows or tag == "pre":
            self.flush()
            self.page.parents.append(around)
            self.page.elements.append(node)
            self.container, self.heading = len(self.page.parents) - 1, None
            self._rows(rows)
            self._lines(_text_of(node) if tag == "pre" else "")
            return True
        return False

    def _rows(self, rows: list[tuple[list[str], int]]) -> None:
        self.tables += bool(rows)
        for cells, linked in rows:
            if any(cells):
                self.pieces.append(Piece("\t".join(cells), self.container, linked, cells=tuple(cells), table=self.tables))

    def _lines(self, text: str) -> None:
        for line in text.splitlines():
            self.run.append(line)
            self.flush(broken=True)


def _marked(tree: Any) -> tuple[set[int], set[int], set[int]]:
    """Addresses of the hidden elements, of the named spans, and of the tables with tables in them; none is looked at twice."""
    hidden, named, outer, seen = set[int](), set[int](), set[int](), set[int]()
    for node in tree.css(_MARKED):
        tag = node.tag
        if tag != "body" and _HIDDEN.search(node.attributes.get("style") or ""):
            hidden.add(node.mem_id)
        if tag == "span":
            named.add(node.mem_id)
        while tag == "table" and (node := node.parent) is not None and node.mem_id not in seen:
            seen.add(node.mem_id)
            if node.tag == "table":
                outer.add(node.mem_id)
                break
    return hidden, named, outer


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
    lines = table.css("tr")
    grid = [[cell for cell in line.iter() if cell.tag in ("td", "th")] for line in lines]
    if max(map(len, grid), default=0) < 2:
        return []
    if (told := _told(table)) is None:
        return []
    rows: list[list[str]] = []
    for cells in grid:
        rows.append([_collapse(_text_of(cell)) for cell in cells])
        if any(len(text) > _LONGEST_CELL for text in rows[-1]):
            return []
    filled = [sum(map(bool, cells)) for cells in rows]
    if sum(1 for count in filled if count >= 2) < max(1, 0.3 * sum(map(bool, filled))):
        return []
    if begun := table.css(_CELL_LINES):
        for line in begun:
            line.insert_before(" ")
        rows = [[_collapse(_text_of(cell)) for cell in cells] for cells in grid]
    if "td" in told or "th" in told:
        rows = list(_placed(grid, rows))
    links = [line.css("a") for line in lines] if "a" in told else [[]] * len(lines)
    return [(cells, sum(len(_collapse(_text_of(link))) for link in found)) for cells, found in zip(rows, links, strict=True)]


def _told(table: Any) -> set[str] | None:
    """Names of the links and the spanning cells of a table, None where its cells hold what a page is made of, or prose.

    Its scripts are taken out.
    """
    names = set[str]()
    for node in table.css(_TELLING):
        name = node.tag
        if name in ("script", "style"):
            node.decompose()
        elif name in ("h1", "ul", "form") or (name == "p" and len(_text_of(node.parent)) > _PROSE_CELL):
            return None
        else:
            names.add(name)
    return names
