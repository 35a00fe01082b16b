"""PDF files through pdfium: text with boxes, and what else lies on a page. The only module that knows pypdfium2."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Unreadable
from shenwen.extractors.glyphs import plain, unjustified
from shenwen.extractors.layout import Piece

_BLANKS = re.compile(r"[ \t\xa0\u2000-\u200a\u3000]+")
#: A gap of so many ems within a line parts two pieces: columns, cells, labels.
_GAP = 0.9
_INFORMATION = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")


class PdfFile:
    """An open PDF; close it. Pages count from 0."""

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable: encrypted, truncated, damaged."""
        import pypdfium2

        self.damage = _damage(data)
        try:
            self._pdf = pypdfium2.PdfDocument(data)
            self.pages = len(self._pdf)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error, self.damage) from None

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def information(self) -> tuple[tuple[str, str], ...]:
        """`pdf:…` pairs of the document information that say something."""
        pairs = ((key, self._pdf.get_metadata_value(key)) for key in _INFORMATION)
        return tuple(
            (f"pdf:{key.lower()}", " ".join(plain(value).split())[:1000]) for key, value in pairs if value.strip(" \x00")
        )

    def page(self, index: int) -> PdfPage | None:
        """The page, or None if it is damaged."""
        import pypdfium2

        try:
            return PdfPage(self._pdf[index])
        except pypdfium2.PdfiumError:
            return None


class PdfPage:
    """One page with its text layer; `width` and `height` are as seen (turned pages are turned), in points."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self._raw, self._page = raw, page
        self._text = page.get_textpage()
        self._turn = page.get_rotation()
        self._left, self._bottom, right, top = page.get_bbox()
        across, up = right - self._left, top - self._bottom
        self.width, self.height = (up, across) if self._turn in (90, 270) else (across, up)
        self._box = raw.FS_RECTF()

    def close(self) -> None:
        self._text.close()
        self._page.close()

    def pieces(self) -> list[Piece]:
        """The text layer: each line of pdfium, cut at wide gaps."""
        found: list[Piece] = []
        text = self._text.get_text_range()
        start = 0
        for line in text.split("\r\n"):
            if line.strip():
                found.extend(self._cut(line, start))
            start += len(line) + 2
        return found

    def _cut(self, line: str, start: int) -> Iterator[Piece]:
        """Pieces of one line; `start` is its offset in the page's text."""
        begin = len(line) - len(line.lstrip())
        stop = len(line.rstrip())
        first = self._place(start + begin)
        for blank in _BLANKS.finditer(line, begin, stop):
            left, right = self._place(start + blank.start() - 1), self._place(start + blank.end())
            if abs(right[0] - left[2]) > _GAP * (left[3] - left[1]):
                yield _piece(line[begin : blank.start()], first, left)
                begin, first = blank.end(), right
        yield _piece(line[begin:stop], first, self._place(start + stop - 1))

    def _place(self, offset: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the character's em box, as the page is seen."""
        box, raw = self._box, self._raw
        index = raw.FPDFText_GetCharIndexFromTextIndex(self._text.raw, offset)
        if not raw.FPDFText_GetLooseCharBox(self._text.raw, index, ctypes.byref(box)):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = (
            box.left - self._left,
            box.bottom - self._bottom,
            box.right - self._left,
            box.top - self._bottom,
        )
        match self._turn:
            case 90:
                return bottom, self.height - right, top, self.height - left
            case 180:
                return self.width - right, self.height - top, self.width - left, self.height - bottom
            case 270:
                return self.width - top, left, self.width - bottom, right
            case _:
                return left, bottom, right, top

    def covered_by_images(self) -> float:
        """Share of the page that its largest image covers, 0 to 1."""
        raw, largest = self._raw, 0.0
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for index in range(min(raw.FPDFPage_CountObjects(self._page.raw), 2000)):
            item = raw.FPDFPage_GetObject(self._page.raw, index)
            if raw.FPDFPageObj_GetType(item) not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
                continue
            if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
                largest = max(largest, (right.value - left.value) * (top.value - bottom.value))
        return float(min(1.0, largest / max(self.width * self.height, 1.0)))


def _piece(text: str, first: tuple[float, float, float, float], last: tuple[float, float, float, float]) -> Piece:
    return Piece(
        unjustified(plain(text)), min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
    )


def _damage(data: bytes) -> Unreadable | None:
    """What the bytes alone say of a file that ends too early."""
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
        return Unreadable(Reason.TRUNCATED, "PDF 文件不完整（缺少结尾标记），可能没有下载完")
    return None


def _refusal(error: Any, damage: Unreadable | None) -> Unreadable:
    import pypdfium2.raw as raw

    code = getattr(error, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD:
        return Unreadable(Reason.ENCRYPTED, "PDF 文件已加密，需要打开密码")
    if code == raw.FPDF_ERR_SECURITY:
        return Unreadable(Reason.ENCRYPTED, "PDF 文件采用不支持的加密方式")
    return damage or Unreadable(Reason.DAMAGED, "PDF 文件结构损坏，无法打开")
