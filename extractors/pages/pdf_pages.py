"""PDF files through pdfium: text with boxes, and what else lies on a page. The only module that knows pypdfium2.

Calls into pdfium are what a page costs, so text comes in one call, boxes only of the characters at which a stretch of text begins
and ends, and paths only of pages that may hold a table.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice, repeat
from math import degrees, isfinite
from typing import Any, NamedTuple

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Unreadable
from shenwen.extractors.pages.glyphs import is_plain, plain, unjustified
from shenwen.extractors.pages.layout import Piece
from shenwen.extractors.pages.layout_stretches import NOWHERE, Box, Run, Stretch, gathered, leave_room, piece_of, sideways
from shenwen.extractors.pages.layout_tables import MOST_RULES, Grid, Rule, rule_of

_RUN = re.compile(r"\S+")
_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff]")
#: Text by so much higher than the page's longest stretch may be aslant; it is from so many degrees.
_LARGE, _ASLANT = 1.2, 5.0
#: Segments of a path that is one box.
_BOX = 5
_MOST_OBJECTS, _MOST_SEGMENTS = 20_000, 4_000
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
        import pypdfium2.raw as raw

        page = raw.FPDF_LoadPage(self._pdf.raw, index)
        if not page:
            return None
        text = raw.FPDFText_LoadPage(page)
        if not text:
            raw.FPDF_ClosePage(page)
            return None
        return PdfPage(self._pdf, index, page, text)


class PdfPage:
    """One page with its text layer; close it. `width` and `height` are as seen (turned pages are turned), in points.

    `text` is the text layer as pdfium has it, a line for each stretch on one base line, blanks where it sees gaps.
    """

    def __init__(self, pdf: Any, index: int, page: Any, text: Any) -> None:
        import pypdfium2.raw as raw

        self._raw, self._pdf, self._index, self._page, self._text = raw, pdf, index, page, text
        self._turn = raw.FPDFPage_GetRotation(page) % 4
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._left, self._bottom = box.left, box.bottom
        across, up = box.right - box.left, box.top - box.bottom
        self.width, self.height = (up, across) if self._turn % 2 else (across, up)
        self.text, self._same = self._written()
        self._spans: list[Run] = []

    def __enter__(self) -> PdfPage:
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.FPDFText_ClosePage(self._text)
        self._raw.FPDF_ClosePage(self._page)

    def _written(self) -> tuple[str, bool]:
        """The text layer, and whether it has a character for each that pdfium counts."""
        count = self._raw.FPDFText_CountChars(self._text)
        if count <= 0:
            return "", True
        units = (ctypes.c_ushort * (count + 1))()
        copied = self._raw.FPDFText_GetText(self._text, 0, count, units)
        text = bytes(units)[: 2 * (copied - 1)].decode("utf-16-le", "ignore")
        return text, len(text) == count

    def pieces(self) -> list[Piece]:
        """The text layer: each line of pdfium, cut at wide gaps. A page whose text runs upward or downward is turned before."""
        text, tidy = self.text, is_plain(self.text)
        runs = [run.span() for run in _RUN.finditer(text)]
        boxes = self._boxes([offset for begin, end in runs for offset in (begin, end - 1)])
        turn = sideways(runs, boxes)
        stretches = (turn and self._turned(runs, turn)) or list(gathered(text, runs, boxes))
        usual = max(stretches, key=lambda found: found[1] - found[0], default=(0, 0, NOWHERE, NOWHERE))[2]
        most = _LARGE * (usual[3] - usual[1])
        kept: list[Stretch] = []
        for begin, end, first, last in stretches:
            tall = first[3] - first[1] > most or last[3] - last[1] > most
            if not tall or not (self._is_aslant(begin) or self._is_aslant(end - 1)):
                kept.append((begin, end, first, last))
            elif upright := [offset for offset in range(begin, end) if not self._is_aslant(offset)]:  # beside a watermark
                begin, end = upright[0], upright[-1] + 1
                first, last = self._boxes((begin, end - 1))
                kept.append((begin, end, first, last))
        self._spans = [(begin, end) for begin, end, _, _ in kept]
        return [
            piece_of(unjustified(text[begin:end] if tidy else plain(text[begin:end])), first, last, square)
            for (begin, end, first, last), square in zip(kept, self._squares(kept), strict=True)
        ]

    def _squares(self, stretches: Sequence[Stretch]) -> list[Box | None]:
        """The box of a Chinese character of each stretch: at its begin, its end or within."""
        text = self.text
        squares = [
            first if "\u3041" <= text[begin] <= "\u9fff" else last if "\u3041" <= text[end - 1] <= "\u9fff" else None
            for begin, end, first, last in stretches
        ]
        inside = {
            index: han.start()
            for index, (begin, end, _, _) in enumerate(stretches)
            if squares[index] is None and (han := _HAN.search(text, begin, end))
        }
        for index, box in zip(inside, self._boxes(list(inside.values())), strict=True):
            squares[index] = box
        return squares

    def _turned(self, runs: Sequence[Run], turn: int) -> list[Stretch]:
        """Stretches of the page after it is turned by so many quarters; what then stands beside everything else, across, is its margin.

        pdfium gathers characters along the lines of the page as it was, so that each is looked at alone. None, and no turn, where
        characters stand upright: columns written downward.
        """
        angles = {run: round(self._angle(run[0]) / 45) % 8 for run in runs}
        lengths: Counter[int] = Counter()
        for (begin, end), angle in angles.items():
            lengths[angle] += end - begin
        usual = max(lengths, key=lengths.__getitem__)
        if (usual / 2 + self._turn) % 2 != 1:
            return []
        self._turn, self.width, self.height = (self._turn + turn) % 4, self.height, self.width
        places = [(offset, offset + 1) for run in runs if angles[run] == usual for offset in range(*run)]
        boxes = [box for box in self._boxes([offset for offset, _ in places]) for _ in ("first", "last")]
        found = list(gathered(self.text, places, boxes))
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        for begin, end in (run for run in runs if angles[run] != usual):
            first, last = self._boxes((begin, end - 1))
            if max(first[2], last[2]) > left and min(first[0], last[0]) < right:
                found.append((begin, end, first, last))
        return found

    def _is_aslant(self, offset: int) -> bool:
        return _ASLANT < self._angle(offset) % 90 < 90 - _ASLANT

    def _angle(self, offset: int) -> float:
        """By how many degrees the character is turned in the file."""
        raw = self._raw
        index = offset if self._same else raw.FPDFText_GetCharIndexFromTextIndex(self._text, offset)
        angle = degrees(raw.FPDFText_GetCharAngle(self._text, index))
        return angle if isfinite(angle) else 0.0

    def parted(self, pieces: Sequence[Piece], grids: Sequence[Grid]) -> Iterator[Piece]:
        """What `pieces` gave last, each cut at the upright rules that it runs through."""
        for piece, (begin, end) in zip(pieces, self._spans, strict=True):
            middle = (piece.y0 + piece.y1) / 2
            walls = [wall for grid in grids for wall in grid.walls_within(piece.x0, piece.x1, middle)]
            if walls:
                yield from self._cut(begin, end, walls)
            else:
                yield piece

    def _cut(self, begin: int, end: int, walls: Sequence[float]) -> Iterator[Piece]:
        boxes = self._boxes(range(begin, end))
        walls = [wall for wall in walls if leave_room(boxes, wall)]
        columns = [sum((box[0] + box[2]) / 2 > wall for wall in walls) for box in boxes]
        for _, group in groupby(range(len(boxes)), key=columns.__getitem__):
            own = list(group)
            part = self.text[begin + own[0] : begin + own[-1] + 1]
            if part.strip():
                square = next((boxes[offset] for offset in own if _HAN.match(self.text[begin + offset])), None)
                yield piece_of(unjustified(plain(part.strip())), boxes[own[0]], boxes[own[-1]], square)

    def _boxes(self, offsets: Sequence[int]) -> list[Box]:
        """Em boxes of the characters at these places of `text`, as the page is seen."""
        if not self._same:
            offsets = [self._raw.FPDFText_GetCharIndexFromTextIndex(self._text, offset) for offset in offsets]
        floats = (ctypes.c_float * (4 * len(offsets)))()
        places = range(ctypes.addressof(floats), ctypes.addressof(floats) + ctypes.sizeof(floats), 16)
        deque(map(_calls().character_box, repeat(_address(self._text)), offsets, places), 0)
        values = floats[:]
        lefts, tops, rights, bottoms = values[::4], values[1::4], values[2::4], values[3::4]
        return self._all_seen(lefts, bottoms, rights, tops)

    def _all_seen(self, *sides: Sequence[float]) -> list[Box]:
        """Boxes with these left, bottom, right and top sides, as the page is seen."""
        if self._turn or self._left or self._bottom:
            return list(map(self._seen, *sides))
        return list(zip(*sides, strict=True))

    def _seen(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box as the page is seen: from its lower left corner, after the page's turn."""
        left, bottom, right, top = left - self._left, bottom - self._bottom, right - self._left, top - self._bottom
        match self._turn:
            case 1:
                return bottom, self.height - right, top, self.height - left
            case 2:
                return self.width - right, self.height - top, self.width - left, self.height - bottom
            case 3:
                return self.width - top, left, self.width - bottom, right
            case _:
                return left, bottom, right, top

    def covered_by_images(self) -> float:
        """Share of the page that its largest image covers, 0 to 1."""
        raw, largest = self._raw, 0.0
        for left, bottom, right, top in self._bounds(self._objects(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)):
            largest = max(largest, (right - left) * (top - bottom))
        return float(min(1.0, largest / max(self.width * self.height, 1.0)))

    def picture(self, dpi: int = 150, longest: int = 2000) -> Any:
        """The page as an array of pixels (rows, columns, colours), at most `longest` on either side."""
        bitmap = self._pdf[self._index].render(scale=min(dpi / 72, longest / max(self.width, self.height, 1.0)))
        try:
            return bitmap.to_numpy().copy()
        finally:
            bitmap.close()

    def rules(self) -> list[Rule]:
        """Straight level and upright rules: thin boxes, and the sides of larger paths. Of a drawing, more than a table can have.

        The sides of a plain coloured box are none: it shades a cell, a line of text or the page.
        """
        found: list[Rule] = []
        paths = self._objects(self._raw.FPDF_PAGEOBJ_PATH)
        for path, box in zip(paths, self._bounds(paths), strict=True):
            if rule := rule_of(*box):
                found.append(rule)
            elif not self._is_shade(path):
                found += islice(self._sides(path), MOST_RULES)
            if len(found) > MOST_RULES:
                break
        return [rule for rule in found if self._is_on_page(rule)]

    def _is_on_page(self, rule: Rule) -> bool:
        return rule.x1 >= 0 and rule.x0 <= self.width and rule.y1 >= 0 and rule.y0 <= self.height

    def _is_shade(self, path: int) -> bool:
        """Whether the path is one box that is filled and not outlined."""
        raw, outlined = self._raw, ctypes.c_int()
        if _calls().segments_in(path) > _BOX:
            return False
        raw.FPDFPath_GetDrawMode(ctypes.cast(path, raw.FPDF_PAGEOBJECT), ctypes.c_int(), outlined)
        return not outlined.value

    def _objects(self, *kinds: int) -> list[int]:
        """Addresses of the page's objects of these kinds, in the order of drawing."""
        calls = _calls()
        count = min(self._raw.FPDFPage_CountObjects(self._page), _MOST_OBJECTS)
        items = list(map(calls.object_at, repeat(_address(self._page), count), range(count)))
        return [item for item, kind in zip(items, map(calls.kind_of, items), strict=True) if kind in kinds]

    def _bounds(self, items: Sequence[int]) -> list[Box]:
        """Boxes of objects, as the page is seen."""
        return self._all_seen(*_numbers(_calls().bounds_of, items, 4))

    def _sides(self, path: int) -> Iterator[Rule]:
        """Level and upright sides of a path of straight lines."""
        raw, calls, matrix = self._raw, _calls(), self._raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(ctypes.cast(path, raw.FPDF_PAGEOBJECT), matrix)
        a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
        count = max(0, min(calls.segments_in(path), _MOST_SEGMENTS))
        segments = list(map(calls.segment_at, repeat(path, count), range(count)))
        xs, ys = _numbers(calls.point_of, segments, 2)
        start = last = (0.0, 0.0)
        for segment, kind, x, y in zip(segments, map(calls.segment_kind, segments), xs, ys, strict=True):
            point = a * x + c * y + e, b * x + d * y + f
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO and (rule := rule_of(*self._seen(*last, *point))):
                yield rule
            if calls.closes(segment) and (rule := rule_of(*self._seen(*point, *start))):
                yield rule
            last = point


class _Calls(NamedTuple):
    """Functions of pdfium that are called for every character or object, with addresses for arguments.

    pypdfium2 declares them with pointers that know their kind; making those takes as long as the call itself.
    """

    character_box: Callable[..., int]
    object_at: Callable[..., int]
    kind_of: Callable[..., int]
    bounds_of: Callable[..., int]
    segments_in: Callable[..., int]
    segment_at: Callable[..., int]
    segment_kind: Callable[..., int]
    point_of: Callable[..., int]
    closes: Callable[..., int]


@cache
def _calls() -> _Calls:
    from ctypes import c_int, c_void_p

    import pypdfium2.raw as raw

    def bare(function: Any, answer: Any, *arguments: Any) -> Callable[..., int]:
        return ctypes.CFUNCTYPE(answer, *arguments)(_address(function))

    return _Calls(
        bare(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p),
        bare(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int),
        bare(raw.FPDFPageObj_GetType, c_int, c_void_p),
        bare(raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
        bare(raw.FPDFPath_CountSegments, c_int, c_void_p),
        bare(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int),
        bare(raw.FPDFPathSegment_GetType, c_int, c_void_p),
        bare(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p),
        bare(raw.FPDFPathSegment_GetClose, c_int, c_void_p),
    )


def _numbers(call: Callable[..., int], items: Sequence[int], width: int) -> list[list[float]]:
    """What `call` tells of each item, `width` numbers: one list for each of them."""
    count = len(items)
    floats = (ctypes.c_float * (width * count))()
    start, size = ctypes.addressof(floats), ctypes.sizeof(ctypes.c_float)
    places = (range(start + size * count * index, start + size * count * (index + 1), size) for index in range(width))
    deque(map(call, items, *places), 0)
    return [floats[count * index : count * (index + 1)] for index in range(width)]


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


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
