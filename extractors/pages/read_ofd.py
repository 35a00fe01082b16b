"""OFD (GB/T 33190—2016), the national format of laid-out documents: texts and rules of its pages, read like those of a PDF.

Lengths in the file are in millimetres from the upper left corner.
"""

from __future__ import annotations

import posixpath
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.pages.layout import Line, Piece
from shenwen.extractors.pages.layout_blocks import page_lines, write_pages
from shenwen.extractors.pages.layout_tables import Rule, Table, grids_of
from shenwen.extractors.pages.ofd_objects import POINTS, Place, numbers, pieces_of, rules_of
from shenwen.extractors.word.docx_package import parse_xml
from shenwen.extractors.zip_members import Members, checked_members

_A4 = (210.0 * POINTS, 297.0 * POINTS)
_INFORMATION = ("Title", "Author", "Subject", "Creator", "CreationDate", "ModDate")


@dataclass(slots=True)
class _Pages:
    """What was read of all pages."""

    lines: list[list[Line]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pictures: int = 0
    missing: list[int] = field(default_factory=list)


def read_ofd(data: bytes, limits: Limits) -> Content:
    """Paragraphs of an OFD file, each with its page. Raises Unreadable."""
    members = checked_members(data, limits)
    root = _part(members, "OFD.xml")
    if root is None:
        raise Unreadable(Reason.DAMAGED, "OFD 文件损坏：缺少入口 OFD.xml")
    pages, metadata = _Pages(), []
    until = time.process_time() + limits.seconds
    for body in _named(root, "DocBody"):
        metadata += _information(body)
        for start in _named(body, "DocRoot"):
            _read_document(members, (start.text or "").strip(), pages, limits, until)
    builder = Builder()
    write_pages(pages.lines, pages.heights, pages.tables, builder)
    if not builder.blocks:
        raise _nothing(pages)
    notes = (f"第 {'、'.join(map(str, pages.missing))} 页缺少内容部件，未读取",) if pages.missing else ()
    return Content(FileFormat.OFD, builder.text, tuple(builder.blocks), tuple(metadata), notes=notes)


def _read_document(members: Members, start: str, pages: _Pages, limits: Limits, until: float) -> None:
    """Adds the pages of the document whose root is the part `start`."""
    document = _part(members, start)
    if document is None:
        raise Unreadable(Reason.DAMAGED, f"OFD 文件损坏：缺少文档部件 {start[:80]}")
    folder = posixpath.dirname(start.replace("\\", "/"))
    templates = {item.get("ID"): item.get("BaseLoc", "") for item in _named(document, "TemplatePage")}
    usual = _size(document) or _A4
    listed = [page for tree in _named(document, "Pages") for page in _named(tree, "Page")]
    if len(pages.lines) + len(listed) > limits.pages:
        raise Unreadable(Reason.TOO_MANY_PAGES, f"OFD 有 {len(listed):,} 页，超过上限 {limits.pages:,} 页（pages）")
    for page in listed:
        if time.process_time() > until:
            raise Unreadable(Reason.TIMEOUT, f"读到第 {len(pages.lines) + 1} 页时超过时限 {limits.seconds:g} 秒（seconds）")
        content = _part(members, _within(folder, page.get("BaseLoc", "")))
        used = [] if content is None else [templates.get(item.get("TemplateID"), "") for item in _named(content, "Template")]
        layers = [_part(members, _within(folder, name)) for name in dict.fromkeys(used) if name]
        _read_page([layer for layer in (*layers, content) if layer is not None], usual, pages)
        if content is None:
            pages.missing.append(len(pages.lines))


def _read_page(layers: list[Any], usual: tuple[float, float], pages: _Pages) -> None:
    """Adds one page: its template, if it has one, and its own content."""
    size = next((size for layer in reversed(layers) if (size := _size(layer))), usual)
    pieces: list[Piece] = []
    rules: list[Rule] = []
    for layer in layers:
        for item in layer.iter():
            kind = _local(item)
            if kind == "TextObject":
                pieces.extend(pieces_of(item, Place.of(item, size[1])))
            elif kind == "PathObject":
                rules.extend(rules_of(item, Place.of(item, size[1])))
            pages.pictures += kind == "ImageObject"
    number = len(pages.lines) + 1
    pages.lines.append(page_lines(pieces, grids_of(rules), number, size, pages.tables))
    pages.heights.append(size[1])


def _nothing(pages: _Pages) -> Unreadable:
    count = len(pages.lines)
    if pages.pictures:
        return Unreadable(Reason.SCANNED, f"扫描件，OFD 共 {count} 页，只有图像，没有文字")
    if pages.missing:
        return Unreadable(Reason.DAMAGED, f"OFD 文件损坏：共 {count} 页，缺少内容部件")
    return Unreadable(Reason.NO_TEXT, f"OFD 共 {count} 页，没有文字")


def _part(members: Members, name: str) -> Any | None:
    data = members.read(name)
    return None if data is None else parse_xml(data, name)


def _within(folder: str, name: str) -> str:
    """A part's name seen from the document's folder; a name that leads outside of the file is simply not found."""
    name = name.replace("\\", "/")
    return name if name.startswith("/") else posixpath.normpath(posixpath.join(folder, name))


def _local(item: Any) -> str:
    """The element's name without its name space, which differs between versions; "" for comments."""
    return item.tag.rpartition("}")[2] if isinstance(item.tag, str) else ""


def _named(item: Any, name: str) -> Iterator[Any]:
    return (child for child in item.iter() if _local(child) == name)


def _size(item: Any) -> tuple[float, float] | None:
    """Width and height in points of the first physical box."""
    for box in _named(item, "PhysicalBox"):
        values = numbers(box.text)
        if len(values) == 4 and values[2] > 0 and values[3] > 0:
            return values[2] * POINTS, values[3] * POINTS
    return None


def _information(body: Any) -> list[tuple[str, str]]:
    values = ((name, " ".join((item.text or "").split())) for name in _INFORMATION for item in _named(body, name))
    return [(f"ofd:{name.lower()}", value[:1000]) for name, value in values if value]
