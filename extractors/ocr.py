"""Text of page images, with the extra `ocr` (rapidocr). Never used unless asked for: a page takes seconds."""

from __future__ import annotations

from functools import cache
from typing import Any

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Unreadable
from shenwen.extractors.layout import Piece

#: Below this share of certainty a line is left out: seals, stains and signatures.
_CERTAIN = 0.5


def recognised(image: Any, height: float, scale: float) -> tuple[list[Piece], list[tuple[int, float]]]:
    """Pieces of the picture's text in points, and length and confidence (0 to 1) of each.

    `image` is an array of pixels, `height` the page's in points, `scale` points a pixel. Raises Unreadable (SCANNED) where the
    extra is not installed.
    """
    result = _engine()(image)
    pieces: list[Piece] = []
    certainty: list[tuple[int, float]] = []
    boxes = result.boxes if result.boxes is not None else ()
    for box, text, score in zip(boxes, result.txts or (), result.scores or (), strict=True):
        if score < _CERTAIN or not text.strip():
            continue
        xs, ys = [float(point[0]) * scale for point in box], [height - float(point[1]) * scale for point in box]
        pieces.append(Piece(text.strip(), min(xs), min(ys), max(xs), max(ys)))
        certainty.append((len(text), float(score)))
    return pieces, certainty


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        message = "扫描件，没有文字层；识别文字需要安装可选组件：pip install 'shenwen[ocr]'"
        raise Unreadable(Reason.SCANNED, message) from None
    return RapidOCR()


def mean(certainty: list[tuple[int, float]]) -> float | None:
    """Confidence of the whole text, each line weighing its length; None without a line."""
    total = sum(length for length, _ in certainty)
    return round(sum(length * score for length, score in certainty) / total, 4) if total else None
