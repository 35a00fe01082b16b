"""PDF files through pdfium: text with boxes, and what else lies on a page.

Calls into pdfium are what a page costs, so text comes in one call, boxes only of the characters at which a stretch of text begins
and ends, and paths only of pages that may hold a table.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import groupby, repeat
from math import degrees, isfinite
from typing import Any

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Unreadable
from shenwen.extractors.pages.glyphs import is_plain, plain, unjustified
from shenwen.extractors.pages.layout import Piece
from shenwen.extractors.pages.layout_stretches import NOWHERE, Box, Run, Stretch, gathered, leave_room, piece_of, sideways
from shenwen.extractors.pages.layout_tables import Grid, Rule
from shenwen.extractors.pages.pdf_drawing import covered_by_images, rules_on
from shenwen.extractors.pages.pdf_view import View
from shenwen.extractors.pages.pdfium import address_of, numbers, pdfium

_RUN = re.compile(r"\S+")
_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff]")
#: Text by so much higher than the page's longest stretch may be aslant; it is from so many degrees.
_LARGE, _ASLANT = 1.2, 5.0
_INFORMATION = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")


class PdfFile:
    """An open PDF; close it. Pages count from 0."""

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable: encrypted, truncated, damaged."""
        import pypdfium2

        self.damage = _damage(data)
        try:
            self._pdf = pypdfium2.PdfDocument(data)
            self._address, self.pages = address_of(self._pdf.raw), len(self._pdf)
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
        calls = pdfium()
        page = calls.load_page(self._address, index)
        if not page:
            return None
        text = calls.load_text(page)
        if not text:
            calls.close_page(page)
            return None
        return PdfPage(self._pdf, index, page, text)


class PdfPage:
    """One page with its text layer; close it. `width` and `height` are as seen (turned pages are turned), in points.

    `text` is the text layer as pdfium has it, a line for each stretch on one base line, blanks where it sees gaps.
    """

    def __init__(self, pdf: Any, index: int, page: int, text: int) -> None:
        self._pdf, self._index, self._page, self._text = pdf, index, page, text
        turn = pdfium().rotation(page) % 4
        left, top, right, bottom = numbers(pdfium().bounding_box, page, width=4)
        across, up = right - left, top - bottom
        self._view = View(left, bottom, turn, *((up, across) if turn % 2 else (across, up)))
        self.text, self._same = self._written()
        self._spans: list[Run] = []

    def __enter__(self) -> PdfPage:
        return self

    def __exit__(self, *_: object) -> None:
        pdfium().close_text(self._text)
        pdfium().close_page(self._page)

    @property
    def width(self) -> float:
        return self._view.width

    @property
    def height(self) -> float:
        return self._view.height

    def _written(self) -> tuple[str, bool]:
        """The text layer, and whether it has a character for each that pdfium counts."""
        count = pdfium().characters_in(self._text)
        if count <= 0:
            return "", True
        units = array("H", bytes(2 * count + 2))
        copied = pdfium().text_of(self._text, 0, count, units.buffer_info()[0])
        text = units.tobytes()[: 2 * (copied - 1)].decode("utf-16-le", "ignore")
        return text, len(text) == count

    def pieces(self) -> list[Piece]:
        """The text layer: each line of pdfium, cut at wide gaps. A page whose text runs upward or downward is turned before."""
        text = self.text
        runs = [run.span() for run in _RUN.finditer(text)]
        boxes = self._boxes([offset for begin, end in runs for offset in (begin, end - 1)])
        turn = sideways(runs, boxes)
        stretches = self._upright((turn and self._turned(runs, turn)) or list(gathered(text, runs, boxes)))
        self._spans = [(begin, end) for begin, end, _, _ in stretches]
        texts = [text[begin:end] for begin, end in self._spans]
        if not is_plain(text):
            texts = list(map(plain, texts))
        return [
            piece_of(unjustified(written), first, last, square)
            for written, (_, _, first, last), square in zip(texts, stretches, self._squares(stretches), strict=True)
        ]

    def _upright(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        """The stretches without what stands aslant: watermarks, and what of a line lies beside one."""
        usual = max(stretches, key=lambda found: found[1] - found[0], default=(0, 0, NOWHERE, NOWHERE))[2]
        most = _LARGE * (usual[3] - usual[1])
        kept: list[Stretch] = []
        for stretch in stretches:
            begin, end, first, last = stretch
            tall = first[3] - first[1] > most or last[3] - last[1] > most
            if not tall or not (self._is_aslant(begin) or self._is_aslant(end - 1)):
                kept.append(stretch)
            elif upright := [offset for offset in range(begin, end) if not self._is_aslant(offset)]:
                begin, end = upright[0], upright[-1] + 1
                first, last = self._boxes((begin, end - 1))
                kept.append((begin, end, first, last))
        return kept

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
        if (usual / 2 + self._view.turn) % 2 != 1:
            return []
        self._view = self._view.turned(turn)
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
        index = offset if self._same else pdfium().character_at(self._text, offset)
        angle = degrees(pdfium().character_angle(self._text, index))
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
            offsets = [pdfium().character_at(self._text, offset) for offset in offsets]
        found = array("f", bytes(16 * len(offsets)))
        start = found.buffer_info()[0]
        places = range(start, start + 16 * len(offsets), 16)
        deque(map(pdfium().character_box, repeat(self._text), offsets, places), 0)
        lefts, tops, rights, bottoms = found[::4], found[1::4], found[2::4], found[3::4]
        return self._view.boxes(lefts, bottoms, rights, tops)

    def rules(self) -> list[Rule]:
        """Straight level and upright rules of what may be tables."""
        return rules_on(self._page, self._view)

    def covered_by_images(self) -> float:
        """Share of the page that its largest image covers, 0 to 1."""
        return covered_by_images(self._page, self._view)

    def picture(self, dpi: int = 150, longest: int = 2000) -> Any:
        """The page as an array of pixels (rows, columns, colours), at most `longest` on either side."""
        bitmap = self._pdf[self._index].render(scale=min(dpi / 72, longest / max(self.width, self.height, 1.0)))
        try:
            return bitmap.to_numpy().copy()
        finally:
            bitmap.close()


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
