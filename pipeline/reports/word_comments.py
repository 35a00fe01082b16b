"""Comments put into a Word file at exact words, with everything else in the file left as it was.

Goes in: the bytes of a docx, and notes on spans of its text. Comes out: the bytes of an annotated copy. Only
`word/document.xml` (runs split at the edges of comments, range marks put in), the comments part and, where the file had no
comments yet, the two lists of parts are written anew; every other member is copied byte for byte.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from shenwen.corpus.model import Document, Span
from shenwen.pipeline.reports.word_places import Places, W, places_in
from shenwen.pipeline.reports.workbook import printable

DOCUMENT, COMMENTS, TYPES, RELATIONS = (
    "word/document.xml",
    "word/comments.xml",
    "[Content_Types].xml",
    "word/_rels/document.xml.rels",
)
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
TYPES_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR, INITIALS = "审文", "审"

Place = tuple[Any, int]


class NoPlaceError(ValueError):
    """A Word file in which no word of the document was found, so that nothing can be anchored."""


@dataclass(frozen=True, slots=True)
class WordComment:
    """What a comment says, paragraph by paragraph, and the words it is about (None: the document as a whole)."""

    span: Span | None
    paragraphs: tuple[str, ...]


def with_comments(data: bytes, document: Document, comments: Sequence[WordComment], today: date, title: Span | None) -> bytes:
    """The annotated copy. Comments without words of their own stand at `title`, else at the first words. Raises NoPlaceError."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        root = _parsed(source.read(DOCUMENT))
        places = places_in(root, document)
        if not places.characters:
            raise NoPlaceError
        ranges = [_range(places, comment.span, title) for comment in comments]
        parts = {name: source.read(name) for name in (COMMENTS, TYPES, RELATIONS) if name in source.namelist()}
        listed = _parsed(parts[COMMENTS]) if COMMENTS in parts else _empty_comments()
        first = _next_number(listed, root)
        for number, comment in enumerate(comments, first):
            listed.append(_comment(number, comment, today))
        _anchor(places, [(first + n, span) for n, span in enumerate(ranges)])
        changed = {DOCUMENT: _written(root), COMMENTS: _written(listed)}
        if COMMENTS not in parts:
            changed |= _listed(parts)
        return _packed(source, changed)


def _parsed(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _written(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _empty_comments() -> Any:
    from lxml import etree

    return etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})


def _next_number(listed: Any, root: Any) -> int:
    """The first number that no comment of the file has, whether listed or only marked in the text."""
    marks = [*listed, *root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")]
    numbers = [int(value) for mark in marks if (value := mark.get(f"{W}id") or "").isdigit()]
    return max(numbers, default=-1) + 1


def _range(places: Places, span: Span | None, title: Span | None) -> tuple[int, int]:
    """The characters a comment is anchored to: its own words, else the title, else the first character."""
    found = (places.find(wanted) for wanted in (span, title) if wanted)
    return next(filter(None, found), (0, 0))


def _comment(number: int, comment: WordComment, today: date) -> Any:
    from lxml import etree

    element = etree.Element(f"{W}comment")
    for name, value in (("id", str(number)), ("author", AUTHOR), ("date", f"{today}T00:00:00Z"), ("initials", INITIALS)):
        element.set(f"{W}{name}", value)
    for words in comment.paragraphs:
        run = etree.SubElement(etree.SubElement(element, f"{W}p"), f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = printable(words)
        text.set(SPACE, "preserve")
    return element


def _anchor(places: Places, ranges: list[tuple[int, tuple[int, int]]]) -> None:
    """Split the runs at every edge, then put the marks of each comment around its words."""
    cuts: dict[Any, set[int]] = defaultdict(set)
    for _, (first, last) in ranges:
        for at, after in ((first, 0), (last, 1)):
            node, offset = places.characters[at]
            cuts[node].add(offset + after)
    begins, ends = _split(cuts)
    for number, (first, last) in ranges:
        node, offset = places.characters[last]
        _mark(number, begins[places.characters[first]], ends[node, offset + 1])


def _split(cuts: dict[Any, set[int]]) -> tuple[dict[Place, Any], dict[Place, Any]]:
    """Runs split at the cuts: which run begins, and which ends, at an offset of a text node as it was."""
    begins: dict[Place, Any] = {}
    ends: dict[Place, Any] = {}
    for run in dict.fromkeys(node.getparent() for node in cuts):
        _split_run(run, cuts, begins, ends)
    return begins, ends


def _split_run(run: Any, cuts: dict[Any, set[int]], begins: dict[Place, Any], ends: dict[Place, Any]) -> None:
    """Every piece of a cut text node gets a run of its own with the same properties; the first piece keeps the run itself."""
    groups: list[list[Any]] = [[]]
    places: list[tuple[Place, Place, list[Any]]] = []
    for child in [child for child in run if child.tag != f"{W}rPr"]:
        if child not in cuts:
            groups[-1].append(child)
            continue
        for start, end, piece in _cut(child, cuts[child]):
            groups.append([piece])
            places.append(((child, start), (child, end), groups[-1]))
        groups.append([])
    runs = _laid_out(run, [group for group in groups if group])
    for left, right, group in places:
        begins[left] = runs[id(group)]
        ends[right] = runs[id(group)]


def _cut(node: Any, cuts: set[int]) -> list[tuple[int, int, Any]]:
    """The pieces of a text node with their offsets; the first is the node itself."""
    words = node.text or ""
    edges = sorted({0, len(words), *cuts})
    pieces = [(start, end, node if start == 0 else copy.copy(node)) for start, end in pairwise(edges)]
    for start, end, piece in pieces:
        piece.text = words[start:end]
        piece.set(SPACE, "preserve")
    return pieces


def _laid_out(run: Any, groups: list[list[Any]]) -> dict[int, Any]:
    """The run and copies of it after it, each with one group of children; by the identity of the group."""
    bare = copy.deepcopy(run)
    for child in [child for child in bare if child.tag != f"{W}rPr"]:
        bare.remove(child)
    bare.tail, runs, current = None, {id(groups[0]): run}, run
    for group in groups[1:]:
        new = copy.deepcopy(bare)
        current.addnext(new)
        new.extend(group)
        runs[id(group)], current = new, new
    return runs


def _mark(number: int, begin: Any, end: Any) -> None:
    """Range marks around the runs, and the reference after them. They may stand wherever a run may."""
    from lxml import etree

    start, stop = (etree.Element(f"{W}commentRange{name}", {f"{W}id": str(number)}) for name in ("Start", "End"))
    begin.addprevious(start)
    end.addnext(stop)
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(number)})
    stop.addnext(reference)


def _listed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The lists of parts with the comments part added."""
    from lxml import etree

    types = _parsed(parts[TYPES])
    etree.SubElement(types, f"{TYPES_SPACE}Override", {"PartName": f"/{COMMENTS}", "ContentType": COMMENTS_TYPE})
    empty = f'<Relationships xmlns="{RELATIONS_SPACE[1:-1]}"/>'.encode()
    relations = _parsed(parts.get(RELATIONS, empty))
    taken = {relation.get("Id") for relation in relations}
    name = next(name for number in range(1, len(taken) + 2) if (name := f"rIdShenwen{number}") not in taken)
    etree.SubElement(
        relations, f"{RELATIONS_SPACE}Relationship", {"Id": name, "Type": COMMENTS_RELATION, "Target": "comments.xml"}
    )
    return {TYPES: _written(types), RELATIONS: _written(relations)}


def _packed(source: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """The members in their order, those in `changed` replaced, new ones at the end."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, changed.pop(item.filename) if item.filename in changed else source.read(item))
        for name, data in changed.items():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
