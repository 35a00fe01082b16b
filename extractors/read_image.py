"""A picture of a page: text only with the extra `ocr`."""

from __future__ import annotations

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Content, Limits, Unreadable


def read_image(data: bytes, limits: Limits) -> Content:
    """Raises Unreadable (SCANNED): a picture has no text of its own."""
    raise Unreadable(Reason.SCANNED, "图片文件，没有文字层；请先识别文字，或提供可编辑的文件")
