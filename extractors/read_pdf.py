"""PDF files with a text layer: lines by pypdfium2, rejoined to paragraphs; ruled tables as rows; scans told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from shenwen.corpus.model import Anchor, FileFormat, Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.pdf_lines import PdfLine, PdfTable, clean, in_columns, paragraphs, without_furniture

#: A page with fewer letters than this and a picture that covers it is a scan.
_SCARCE, _COVERS = 20, 0.5
#: Share of letters outside any script above which a text layer is of no use (fonts without a map to Unicode).
_GARBAGE = 0.3
_RULES = 6
_TEXT_OBJECT, _PATH_OBJECT, _IMAGE_OBJECT = 1, 2, 3
_PROPERTIES = ("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate")


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Text of a PDF. Raises Unreadable: encrypted, truncated, damaged, scanned, too many pages."""
    document = _open(data)
    try:
        count = len(document)
        if count > limits.pages:
            raise Unreadable(Reason.TOO_MANY_PAGES, f"PDF 有 {count:,} 页，超过上限 {limits.pages:,} 页（pages）")
        pages = [_page(document, number) for number in range(count)]
        metadata = tuple((f"pdf:{name.lower()}", value) for name, value in _properties(document))
    finally:
        document.close()
    scanned = [number for number, (lines, picture, _) in enumerate(pages, 1) if picture and _letters(lines) < _SCARCE]
    _refuse(pages, scanned)
    tables = _tables(data, [number for number, (_, _, ruled) in enumerate(pages, 1) if ruled])
    builder = Builder()
    _write(without_furniture([lines for lines, _, _ in pages]), tables, builder)
    if not builder.blocks:
        raise Unreadable(Reason.NO_TEXT, "PDF 中没有文字")
    notes = (f"第 {'、'.join(map(str, scanned[:20]))} 页为扫描图像，未能读取",) if scanned else ()
    return Content(FileFormat.PDF, builder.text, tuple(builder.blocks), metadata=metadata, notes=notes)


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable(Reason.ENCRYPTED, "PDF 已加密，需要密码") from None
        if b"%%EOF" not in data[-2048:]:
            raise Unreadable(Reason.TRUNCATED, "PDF 不完整（缺少文件结尾），可能未下载完") from None
        raise Unreadable(Reason.DAMAGED, "PDF 结构损坏，无法打开") from None


def _properties(document: Any) -> Iterator[tuple[str, str]]:
    for name, value in document.get_metadata_dict().items():
        if name in _PROPERTIES and value.strip():
            yield name, value.strip()[:500]


def _page(document: Any, number: int) -> tuple[list[PdfLine], bool, bool]:
    """Lines of a page in reading order, whether a picture covers it, whether it has rules."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return [], False, False
    try:
        text = page.get_textpage()
        turn = _turn(page)
        lines = in_columns([turn(line) for line in _lines(text, number + 1)], page.get_width())
        text.close()
        return lines, _is_covered(page), _has_rules(page)
    except pypdfium2.PdfiumError:
        return [], False, False
    finally:
        page.close()


def _turn(page: Any) -> Callable[[PdfLine], PdfLine]:
    """Places as seen on the page, which may be turned by quarters: characters are given as before the turn."""
    width, height = page.get_size()
    match page.get_rotation():
        case 90:
            return lambda a: replace(a, left=a.bottom, right=a.top, bottom=height - a.right, top=height - a.left)
        case 180:
            return lambda a: replace(a, left=width - a.right, right=width - a.left, bottom=height - a.top, top=height - a.bottom)
        case 270:
            return lambda a: replace(a, left=width - a.top, right=width - a.bottom, bottom=a.left, top=a.right)
        case _:
            return lambda a: a


def _lines(text: Any, page: int) -> Iterator[PdfLine]:
    """Runs of characters up to a line break, and parts of a line that stand far apart in height."""
    whole = text.get_text_range()
    at = 0
    for raw in whole.split("\n"):
        start, at = at, at + len(raw) + 1
        bare = raw.strip(" \t\r\xa0\u3000")
        if not bare:
            continue
        first = start + raw.index(bare)
        left, bottom, right, top = _box(text, first, first + len(bare) - 1)
        if line := clean(bare):
            yield PdfLine(line, left, right, bottom, top, page)


def _box(text: Any, first: int, last: int) -> tuple[float, float, float, float]:
    a, b = text.get_charbox(first, loose=True), text.get_charbox(last, loose=True)
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _is_covered(page: Any) -> bool:
    area = page.get_width() * page.get_height() or 1.0
    for image in page.get_objects(filter=[_IMAGE_OBJECT], max_depth=3):
        left, bottom, right, top = image.get_pos() if hasattr(image, "get_pos") else image.get_bounds()
        if (right - left) * (top - bottom) >= _COVERS * area:
            return True
    return False


def _has_rules(page: Any) -> bool:
    paths = page.get_objects(filter=[_PATH_OBJECT], max_depth=3)
    return sum(1 for _ in islice(paths, _RULES)) >= _RULES


def _letters(lines: Sequence[PdfLine]) -> int:
    return sum(1 for line in lines for char in line.text if char.isalnum())


def _refuse(pages: Sequence[tuple[list[PdfLine], bool, bool]], scanned: Sequence[int]) -> None:
    """Raises Unreadable where there is nothing to read."""
    letters = sum(_letters(lines) for lines, _, _ in pages)
    if scanned and (letters < _SCARCE * len(pages) or len(scanned) == len(pages)):
        raise Unreadable(Reason.SCANNED, f"扫描件：{len(pages)} 页均为图像，没有文字层")
    if letters == 0:
        raise Unreadable(Reason.NO_TEXT, f"PDF 共 {len(pages)} 页，没有文字")
    strange = sum(1 for lines, _, _ in pages for line in lines for char in line.text if _is_strange(char))
    if strange > _GARBAGE * (letters + strange):
        raise Unreadable(Reason.SCANNED, "PDF 的文字层无法对应到汉字（字体缺少编码表），请重新识别文字")


def _is_strange(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or char == "\ufffd" or (char < " " and char not in "\t\n")


def _tables(data: bytes, ruled: Sequence[int]) -> list[PdfTable]:
    if not ruled:
        return []
    from shenwen.extractors.pdf_tables import ruled_tables

    return list(ruled_tables(data, ruled))


def _write(pages: Sequence[Sequence[PdfLine]], tables: Sequence[PdfTable], builder: Builder) -> None:
    """Blocks in reading order; a table stands where its first line stood, and its lines are not said twice."""
    waiting = list(tables)
    free = [[line for line in lines if not any(table.holds(line) for table in tables)] for lines in pages]
    for paragraph in paragraphs(free):
        first = paragraph[0]
        while waiting and (waiting[0].page < first.page or (waiting[0].page == first.page and waiting[0].bottom > first.top)):
            _write_table(waiting.pop(0), len(tables) - len(waiting), builder)
        builder.add(_joined(paragraph), anchor=Anchor(page=first.page))
    for table in waiting:
        _write_table(table, tables.index(table) + 1, builder)


def _write_table(table: PdfTable, number: int, builder: Builder) -> None:
    for row in table.rows:
        builder.add_row(row, Anchor(page=table.page), number)


def _joined(paragraph: Sequence[PdfLine]) -> str:
    text = ""
    for line in paragraph:
        apart = text and text[-1].isascii() and line.text[0].isascii() and text[-1].isalnum() and line.text[0].isalnum()
        text += (" " if apart else "") + line.text
    return text
