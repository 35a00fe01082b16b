"""Streams of a PDF that would fill the memory: measured before pdfium inflates them."""

from __future__ import annotations

import re
import zlib

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_HEAD, _CHUNK = 600, 1 << 16
#: Deflate packs 1032:1 at best; what cannot pass this size packed once is not measured.
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
        packed = (end if end >= 0 else len(data)) - found.end()
        if layers == 1 and packed * _BEST < _HARMLESS:
            continue
        size = _measured(data, found.end(), packed, min(layers, 4), limits)
        total += size
        if total > limits.total_bytes:
            raise Unreadable(Reason.TOO_LARGE, f"PDF 内数据流解压后总量超过上限 {limits.total_bytes:,} 字节（total_bytes）")


def _measured(data: bytes, start: int, packed: int, layers: int, limits: Limits) -> int:
    """Inflated size of a stream, counted while it comes through all its layers of compression; a harmless rest is not looked at."""
    inflaters = [zlib.decompressobj() for _ in range(layers)]
    size = 0
    stop = start + packed - (_HARMLESS // _BEST if layers == 1 else 0)
    try:
        for at in range(start, stop, _CHUNK):
            size = _pour(data[at : min(at + _CHUNK, stop)], inflaters, size, packed, limits)
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
