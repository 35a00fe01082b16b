"""Functions of pdfium that are called for every page, character and object, with addresses for arguments.

pypdfium2 declares them with pointers that know their kind; making those takes as long as the call itself. So does making a ctypes
array, whose length is part of its type: what pdfium fills in are arrays of the standard library.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple


class Pdfium(NamedTuple):
    """Addresses go in, numbers come out; where pdfium fills in numbers, it gets the address for them."""

    load_page: Callable[[int, int], int | None]
    close_page: Callable[[int], None]
    load_text: Callable[[int], int | None]
    close_text: Callable[[int], None]
    rotation: Callable[[int], int]
    bounding_box: Callable[[int, int], int]
    characters_in: Callable[[int], int]
    text_of: Callable[[int, int, int, int], int]
    character_at: Callable[[int, int], int]
    character_box: Callable[[int, int, int], int]
    character_angle: Callable[[int, int], float]
    objects_on: Callable[[int], int]
    object_at: Callable[[int, int], int]
    kind_of: Callable[[int], int]
    bounds_of: Callable[[int, int, int, int, int], int]
    matrix_of: Callable[[int, int], int]
    draw_mode: Callable[[int, int, int], int]
    segments_in: Callable[[int], int]
    segment_at: Callable[[int, int], int]
    segment_kind: Callable[[int], int]
    point_of: Callable[[int, int, int], int]
    closes: Callable[[int], int]


@cache
def pdfium() -> Pdfium:
    """The functions; the library is loaded with the first call."""
    from ctypes import c_float, c_int, c_void_p

    import pypdfium2.raw as raw

    def bare(function: Any, answer: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(answer, *arguments)(address_of(function))

    return Pdfium(
        load_page=bare(raw.FPDF_LoadPage, c_void_p, c_void_p, c_int),
        close_page=bare(raw.FPDF_ClosePage, None, c_void_p),
        load_text=bare(raw.FPDFText_LoadPage, c_void_p, c_void_p),
        close_text=bare(raw.FPDFText_ClosePage, None, c_void_p),
        rotation=bare(raw.FPDFPage_GetRotation, c_int, c_void_p),
        bounding_box=bare(raw.FPDF_GetPageBoundingBox, c_int, c_void_p, c_void_p),
        characters_in=bare(raw.FPDFText_CountChars, c_int, c_void_p),
        text_of=bare(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p),
        character_at=bare(raw.FPDFText_GetCharIndexFromTextIndex, c_int, c_void_p, c_int),
        character_box=bare(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p),
        character_angle=bare(raw.FPDFText_GetCharAngle, c_float, c_void_p, c_int),
        objects_on=bare(raw.FPDFPage_CountObjects, c_int, c_void_p),
        object_at=bare(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int),
        kind_of=bare(raw.FPDFPageObj_GetType, c_int, c_void_p),
        bounds_of=bare(raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
        matrix_of=bare(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p),
        draw_mode=bare(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p),
        segments_in=bare(raw.FPDFPath_CountSegments, c_int, c_void_p),
        segment_at=bare(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int),
        segment_kind=bare(raw.FPDFPathSegment_GetType, c_int, c_void_p),
        point_of=bare(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p),
        closes=bare(raw.FPDFPathSegment_GetClose, c_int, c_void_p),
    )


def address_of(pointer: Any) -> int:
    """Where one of pypdfium2's pointers points to."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def numbers(call: Callable[..., int], *arguments: Any, width: int) -> list[float]:
    """What `call` with these arguments fills in: `width` numbers."""
    found = array("f", bytes(4 * width))
    call(*arguments, found.buffer_info()[0])
    return found.tolist()


def columns(call: Callable[..., int], items: Sequence[int], width: int) -> list[list[float]]:
    """What `call` tells of each item, `width` numbers at as many addresses: one list for each of them."""
    count, size = len(items), 4 * len(items)
    found = array("f", bytes(size * width))
    start = found.buffer_info()[0]
    places = (range(start + size * index, start + size * (index + 1), 4) for index in range(width))
    deque(map(call, items, *places), 0)
    return [found[count * index : count * (index + 1)].tolist() for index in range(width)]
