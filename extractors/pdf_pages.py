"""PDF files through pdfium: text with boxes, and what else lies on a page. The only module that knows pypdfium2."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Unreadable
from shenwen.extractors.glyphs import plain, unjustified
from shenwen.extractors.layout import Piece
from shenwen.extractors.layout_tables import Grid, Rule, rule_of

_BLANKS = re.compile(r"[ \t\xa0\u2000-\u200a\u3000]+")
#: A gap of so many ems within a line parts two pieces: columns, cells, labels.
_GAP = 0.9
#: Between the texts of two cells, in ems.
_MARGIN = 0.2
_MOST_OBJECTS, _MOST_SEGMENTS = 20_000, 4_000
_INFORMATION = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")
#: Left, bottom, right, top.
_Box = tuple[float, float, float, float]


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

    def pieces(self, grids: Sequence[Grid] = ()) -> list[Piece]:
        """The text layer: each line of pdfium, cut at wide gaps and at the upright rules of the grids."""
        found: list[Piece] = []
        text = self._text.get_text_range()
        start = 0
        for line in text.split("\r\n"):
            if line.strip():
                for begin, end, first, last in self._cut(line, start):
                    piece = _piece(text[begin:end], first, last)
                    found.extend(self._cut_at_walls(piece, begin, end, text, grids) if grids else (piece,))
            start += len(line) + 2
        return found

    def _cut(self, line: str, start: int) -> Iterator[tuple[int, int, _Box, _Box]]:
        """Begin, end and boxes of the first and last character of each piece of a line that starts at `start` in the page's text."""
        begin = len(line) - len(line.lstrip())
        stop = len(line.rstrip())
        first = self._place(start + begin)
        for blank in _BLANKS.finditer(line, begin, stop):
            left, right = self._place(start + blank.start() - 1), self._place(start + blank.end())
            if abs(right[0] - left[2]) > _GAP * (left[3] - left[1]):
                yield start + begin, start + blank.start(), first, left
                begin, first = blank.end(), right
        yield start + begin, start + stop, first, self._place(start + stop - 1)

    def _cut_at_walls(self, piece: Piece, begin: int, end: int, text: str, grids: Sequence[Grid]) -> Iterator[Piece]:
        """The piece, or its parts on either side of the rules that it runs through."""
        walls = [wall for grid in grids for wall in grid.walls_within(piece.x0, piece.x1, (piece.y0 + piece.y1) / 2)]
        if not walls:
            yield piece
            return
        boxes = [self._place(offset) for offset in range(begin, end)]
        walls = [wall for wall in walls if _parts(wall, boxes)]
        columns = [sum((box[0] + box[2]) / 2 > wall for wall in walls) for box in boxes]
        for _, group in groupby(range(len(boxes)), key=columns.__getitem__):
            own = list(group)
            part = text[begin + own[0] : begin + own[-1] + 1]
            if part.strip():
                yield _piece(part.strip(), boxes[own[0]], boxes[own[-1]])

    def _place(self, offset: int) -> _Box:
        """Left, bottom, right and top of the character's em box, as the page is seen."""
        box, raw = self._box, self._raw
        index = raw.FPDFText_GetCharIndexFromTextIndex(self._text.raw, offset)
        if not raw.FPDFText_GetLooseCharBox(self._text.raw, index, ctypes.byref(box)):
            return 0.0, 0.0, 0.0, 0.0
        return self._seen(box.left, box.bottom, box.right, box.top)

    def _seen(self, left: float, bottom: float, right: float, top: float) -> _Box:
        """The box as the page is seen: from its lower left corner, after the page's turn."""
        left, bottom, right, top = left - self._left, bottom - self._bottom, right - self._left, top - self._bottom
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
        for item in self._objects((raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)):
            left, bottom, right, top = self._bounds(item)
            largest = max(largest, (right - left) * (top - bottom))
        return float(min(1.0, largest / max(self.width * self.height, 1.0)))

    def picture(self, dpi: int = 150) -> Any:
        """The page as an array of pixels (rows, columns, colours)."""
        bitmap = self._page.render(scale=dpi / 72)
        try:
            return bitmap.to_numpy().copy()
        finally:
            bitmap.close()

    def rules(self) -> list[Rule]:
        """Straight level and upright rules: thin boxes, and the sides of larger paths."""
        raw, found = self._raw, []
        for item in self._objects((raw.FPDF_PAGEOBJ_PATH,)):
            if rule := rule_of(*self._seen(*self._bounds(item))):
                found.append(rule)
            else:
                found.extend(self._sides(item))
        return found

    def _objects(self, kinds: tuple[int, ...]) -> list[Any]:
        """The page's objects of these kinds, in the order of drawing."""
        get, kind, page = self._raw.FPDFPage_GetObject, self._raw.FPDFPageObj_GetType, self._page.raw
        count = min(self._raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
        return [item for item in (get(page, index) for index in range(count)) if kind(item) in kinds]

    def _bounds(self, item: Any) -> _Box:
        """Left, bottom, right and top of an object in the file's own measure."""
        values = [ctypes.c_float() for _ in range(4)]
        self._raw.FPDFPageObj_GetBounds(item, *values)
        return values[0].value, values[1].value, values[2].value, values[3].value

    def _sides(self, item: Any) -> Iterator[Rule]:
        """Level and upright sides of a path of straight lines."""
        raw, matrix = self._raw, self._raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = (0.0, 0.0)
        for index in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            kind = raw.FPDFPathSegment_GetType(segment)
            ends = [(last, point)] if kind == raw.FPDF_SEGMENT_LINETO else []
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            if raw.FPDFPathSegment_GetClose(segment):
                ends.append((point, start))
            for a, b in ends:
                if rule := rule_of(*self._seen(*a, *b)):
                    yield rule
            last = point


def _parts(wall: float, boxes: Sequence[_Box]) -> bool:
    """Whether the characters leave room for the wall: cells have a margin, a rule behind running text has none."""
    left = max((box[2] for box in boxes if (box[0] + box[2]) / 2 <= wall), default=wall)
    right = min((box[0] for box in boxes if (box[0] + box[2]) / 2 > wall), default=wall)
    return right - left > _MARGIN * (boxes[0][3] - boxes[0][1])


def _piece(text: str, first: _Box, last: _Box) -> Piece:
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
