"""A picture of a page, or of several: text only with the extra `ocr`."""

from __future__ import annotations

import time

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.pages.layout import Line
from shenwen.extractors.pages.layout_blocks import write_pages


def read_image(data: bytes, limits: Limits) -> Content:
    """The text that is recognised in the picture. Raises Unreadable (SCANNED) where that is not asked for: it has no text of its own."""
    if not limits.ocr:
        raise Unreadable(Reason.SCANNED, "图片文件，没有文字层；可加 --ocr 识别文字，或提供可编辑的文件")
    from shenwen.extractors.pages.ocr import Certainty, mean, pictures, recognised

    certainty: Certainty = []
    pages: list[list[Line]] = []
    heights: list[float] = []
    until = time.monotonic() + limits.seconds
    for number, (picture, width) in enumerate(pictures(data, limits), 1):
        if time.monotonic() > until:
            raise Unreadable(Reason.TIMEOUT, f"识别到第 {number} 页时超过时限 {limits.seconds:g} 秒（seconds）")
        pages.append(recognised(picture, width, number, certainty))
        heights.append(width * picture.shape[0] / picture.shape[1])
    builder = Builder()
    write_pages(pages, heights, [], builder)
    if not builder.blocks:
        raise Unreadable(Reason.NO_TEXT, "图片中没有认出文字")
    return Content(FileFormat.IMAGE, builder.text, tuple(builder.blocks), confidence=mean(certainty))
