"""Streams of a PDF that would fill the memory: measured before pdfium inflates them."""

from __future__ import annotations

import re
import zlib

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_HEAD, _MOST_LAYERS = 600, 4
_READ, _CHUNK = 1 << 13, 1 << 16
#: Deflate packs 1032:1 at best; what inflates to less than this is no bomb, whatever the ratio.
_HARMLESS, _BEST = 10 * 2**20, 1032


def check_streams(data: bytes, limits: Limits) -> None:
    """Raises Unreadable (EXPANSION, TOO_LARGE) for deflated streams beyond the limits. Nothing inflated is kept."""
    total = 0
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _HEAD) : found.start()]
        layers = len(_FLATE.findall(head[head.rfind(b"obj") + 1 :]))
        if not layers:
            continue
        end = data.find(b"endstream", found.end())
        total += _measured(data, found.end(), end if end >= 0 else len(data), min(layers, _MOST_LAYERS), limits)
        if total > limits.total_bytes:
            raise Unreadable(Reason.TOO_LARGE, f"PDF 内数据流解压后总量超过上限 {limits.total_bytes:,} 字节（total_bytes）")


def _measured(data: bytes, start: int, end: int, layers: int, limits: Limits) -> int:
    """Inflated size of a stream, counted while it comes through all its layers of compression, until its rest can break no limit."""
    packed, size, best = end - start, 0, _BEST**layers
    most = min(limits.member_bytes, max(_HARMLESS, limits.ratio * packed))
    inflaters = [zlib.decompressobj() for _ in range(layers)] if packed * best > most else []
    try:
        while inflaters and start < end and size + (end - start) * best > most:
            size = _pour(data[start : min(start + _READ, end)], inflaters, size, packed, limits)
            start += _READ
    except zlib.error:
        return size
    return size


def _pour(data: bytes, inflaters: list[zlib._Decompress], size: int, packed: int, limits: Limits) -> int:
    """The size so far and that of `data` inflated; never more than a chunk is in memory for each layer."""
    if not inflaters:
        size += len(data)
        if size > limits.member_bytes:
            raise Unreadable(Reason.TOO_LARGE, f"PDF 内数据流解压后超过上限 {limits.member_bytes:,} 字节（member_bytes）")
        if size > _HARMLESS and size > limits.ratio * max(packed, 1):
            raise Unreadable(Reason.EXPANSION, f"PDF 内数据流解压后膨胀超过 {limits.ratio} 倍（ratio），疑为压缩炸弹")
        return size
    first = inflaters[0]
    while data and not first.eof:
        part = first.decompress(data, _CHUNK)
        data = first.unconsumed_tail
        size = _pour(part, inflaters[1:], size, packed, limits)
    return size
