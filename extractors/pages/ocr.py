"""Text of page images, with the extra `ocr` (rapidocr). Never used unless asked for: a page takes seconds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from statistics import median
from typing import Any

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.pages.layout import Line, Piece
from shenwen.extractors.pages.layout_blocks import page_lines

#: Below this share of certainty a line is left out: seals, stains and signatures.
_CERTAIN = 0.5
#: Heights of short lines that differ by less than this share are one size of characters, seen unsharply.
_UNSHARP = 0.3
#: So many characters tell their size by their width, which is within these shares of the height of their ink.
_ENOUGH, _NARROWEST, _WIDEST = 4.0, 0.6, 1.6
#: The longest side of a picture that is worth looking at, and the most pixels that are taken in.
LONGEST, _MOST_PIXELS = 2000, 100_000_000
#: Width of a page of paper, in points.
_PAPER = 595.0
#: Characters of a line and how certain they are, 0 to 1.
Certainty = list[tuple[int, float]]


def recognised(image: Any, width: float, number: int, certainty: Certainty) -> list[Line]:
    """Lines of page `number`, which is `width` points wide, from an array of pixels; the confidence of each is added to `certainty`.

    Raises Unreadable (SCANNED) where the extra is not installed.
    """
    scale = width / image.shape[1]
    height = image.shape[0] * scale
    result = _engine()(image)
    pieces: list[Piece] = []
    boxes = result.boxes if result.boxes is not None else ()
    for box, text, score in zip(boxes, result.txts or (), result.scores or (), strict=True):
        if score < _CERTAIN or not text.strip():
            continue
        xs, ys = [float(point[0]) * scale for point in box], [height - float(point[1]) * scale for point in box]
        pieces.append(Piece(text.strip(), min(xs), min(ys), max(xs), max(ys)))
        certainty.append((len(text), float(score)))
    return page_lines(sharpened(pieces), (), number, (width, height), [])


def sharpened(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the height of their characters: boxes fit the ink, and few characters are as high as others.

    Characters are as high as they are wide; of a few, whose blanks count too much, only those that differ much are of another size.
    """
    sizes = [_size(piece) for piece in pieces]
    usual = median(size for size, _ in sizes) if sizes else 0.0
    return [
        _of_height(piece, usual if not sure and abs(size - usual) < _UNSHARP * usual else size)
        for piece, (size, sure) in zip(pieces, sizes, strict=True)
    ]


def _size(piece: Piece) -> tuple[float, bool]:
    """The size of the piece's characters, and whether there are enough of them to be sure."""
    count = sum(0.5 if char.isascii() else 1.0 for char in piece.text)
    size = (piece.x1 - piece.x0) / max(count, 1.0)
    sure = count >= _ENOUGH and _NARROWEST * piece.em < size < _WIDEST * piece.em
    return (size, True) if sure else (piece.em, False)


def _of_height(piece: Piece, height: float) -> Piece:
    middle = (piece.y0 + piece.y1) / 2
    return piece._replace(y0=middle - height / 2, y1=middle + height / 2)


def pictures(data: bytes, limits: Limits) -> Iterator[tuple[Any, float]]:
    """Each page of a picture file as an array of pixels, with its width in points. Raises Unreadable."""
    _engine()
    import numpy
    from PIL import Image, ImageSequence

    try:
        with Image.open(io.BytesIO(data)) as file:
            for number, page in enumerate(ImageSequence.Iterator(file), 1):
                if number > limits.pages:
                    raise Unreadable(Reason.TOO_MANY_PAGES, f"图片超过 {limits.pages:,} 页的上限（pages）")
                if page.width * page.height > _MOST_PIXELS:
                    raise Unreadable(Reason.TOO_LARGE, f"图片有 {page.width:,}×{page.height:,} 像素，太大")
                picture = page.convert("RGB")
                picture.thumbnail((LONGEST, LONGEST))
                yield numpy.asarray(picture)[:, :, ::-1], _PAPER
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Unreadable(Reason.DAMAGED, "图片文件损坏，无法打开") from None


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        message = "没有文字层；识别文字需要安装可选组件：pip install 'shenwen[ocr]'"
        raise Unreadable(Reason.SCANNED, message) from None
    return RapidOCR(params={"Global.log_level": "critical"})


def mean(certainty: Certainty) -> float | None:
    """Confidence of the whole text, each line weighing its length; None without a line."""
    total = sum(length for length, _ in certainty)
    return round(sum(length * score for length, score in certainty) / total, 4) if total else None
