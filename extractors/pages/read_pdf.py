"""PDF: the text layer as paragraphs. Scanned pages have none and are named, never passed over in silence."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.pages.glyphs import is_garbage
from shenwen.extractors.pages.layout import Line
from shenwen.extractors.pages.layout_blocks import page_lines, write_pages
from shenwen.extractors.pages.layout_tables import Table, grids_of, may_be_table
from shenwen.extractors.pages.ocr import mean, recognised
from shenwen.extractors.pages.pdf_pages import PdfFile, PdfPage
from shenwen.extractors.pages.pdf_streams import check_streams

#: Share of a page that an image covers, by which a page with fewer characters than the key is a scan: marks of scanners are text.
_SCANS = {50: 0.8, 15: 0.4}
#: Where pages are garbled, fewer characters say nothing on the others.
_LEAST = 20
#: A page with so much text is no scan.
_FEW = 500


@dataclass(slots=True)
class _Pages:
    """What was read: lines and heights of all pages, and the numbers (from 1) of those that could not be."""

    lines: list[list[Line]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    certainty: list[tuple[int, float]] = field(default_factory=list)


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Paragraphs of a PDF, each with its page. Raises Unreadable."""
    check_streams(data, limits)
    with PdfFile(data) as pdf:
        if pdf.pages > limits.pages:
            raise Unreadable(Reason.TOO_MANY_PAGES, f"PDF 有 {pdf.pages:,} 页，超过上限 {limits.pages:,} 页（pages）")
        pages = _read_pages(pdf, limits)
        information, damage = pdf.information(), pdf.damage
    builder = Builder()
    write_pages(pages.lines, pages.heights, pages.tables, builder)
    if not builder.blocks or (pages.garbled and builder.length < _LEAST):
        raise _nothing(pages, damage)
    return Content(
        FileFormat.PDF,
        builder.text,
        tuple(builder.blocks),
        information,
        notes=_notes(pages, damage),
        confidence=mean(pages.certainty),
    )


def _read_pages(pdf: PdfFile, limits: Limits) -> _Pages:
    pages = _Pages()
    until = time.process_time() + limits.seconds
    for index in range(pdf.pages):
        if time.process_time() > until:
            raise Unreadable(Reason.TIMEOUT, f"读到第 {index + 1} 页时超过时限 {limits.seconds:g} 秒（seconds）")
        _read_page(pdf, index, pages, limits)
    return pages


def _read_page(pdf: PdfFile, index: int, pages: _Pages, limits: Limits) -> None:
    """Adds the page's lines, or its number to those that have none."""
    page = pdf.page(index)
    if page is None:
        pages.damaged.append(index + 1)
        pages.lines.append([])
        pages.heights.append(0.0)
        return
    with page:
        pages.lines.append(_lines(page, index + 1, pages, limits))
        pages.heights.append(page.height)


def _lines(page: PdfPage, number: int, pages: _Pages, limits: Limits) -> list[Line]:
    """The page's lines; none of a scan that is not to be recognised and of a text layer that says nothing, whose numbers are kept."""
    without = pages.scanned if _is_scanned(page) else pages.garbled if is_garbage(page.text) else None
    if without is None:
        return _laid_out(page, number, pages.tables)
    lines = recognised(page.picture(), page.width, number, pages.certainty) if limits.ocr else []
    without += [] if lines else [number]
    return lines


def _is_scanned(page: PdfPage) -> bool:
    """Whether the page is an image with no more text than a scanner's mark."""
    written = len("".join(page.text.split())) if len(page.text) < _FEW else _FEW
    if written >= max(_SCANS):
        return False
    covered = page.covered_by_images()
    return any(written < few and covered > share for few, share in _SCANS.items())


def _laid_out(page: PdfPage, number: int, tables: list[Table]) -> list[Line]:
    """The page's lines, with its ruled tables, which are added to `tables`."""
    pieces = page.pieces()
    grids = grids_of(page.rules()) if may_be_table(pieces) else []
    return page_lines(list(page.parted(pieces, grids)) if grids else pieces, grids, number, (page.width, page.height), tables)


def _nothing(pages: _Pages, damage: Unreadable | None) -> Unreadable:
    """Why there is no text at all."""
    count = len(pages.lines)
    if pages.scanned and len(pages.scanned) >= len(pages.garbled):
        return Unreadable(Reason.SCANNED, f"扫描件，共 {count} 页，没有文字层；可加 --ocr 识别文字，或提供可编辑的文件")
    if pages.garbled:
        why = f"共 {count} 页，文字层是乱码（字体没有对应的汉字编码），无法读取；可加 --ocr 识别文字，或提供原始文件"
        return Unreadable(Reason.NO_TEXT, why)
    if damage:
        return damage
    if pages.damaged:
        return Unreadable(Reason.DAMAGED, f"共 {count} 页，全部损坏，无法读取")
    return Unreadable(Reason.NO_TEXT, f"共 {count} 页，没有文字（空白页，或文字已转为图形）")


def _notes(pages: _Pages, damage: Unreadable | None) -> tuple[str, ...]:
    notes = [damage.message + "；只读取了其中完好的部分"] if damage else []
    for numbers, what in (
        (pages.scanned, "为扫描图像，没有文字层，未读取"),
        (pages.garbled, "的文字层是乱码，未读取"),
        (pages.damaged, "已损坏，未读取"),
    ):
        if numbers:
            notes.append(f"第 {numbered(numbers)} 页{what}")
    return tuple(notes)


def numbered(pages: Sequence[int]) -> str:
    """`1—3、5` for 1, 2, 3, 5."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in runs)
