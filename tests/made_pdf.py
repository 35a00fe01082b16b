"""PDF files made for tests: Chinese text at given places, rules, images that cover a page; no library needed.

The font is the standard STSong-Light with a predefined CMap, so nothing is embedded; its characters are one em wide, ASCII half.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

A4 = (595.0, 842.0)
#: A page of official text: margins and size of characters (16 points, 28 to a line), distance of lines.
LEFT, RIGHT, TOP, SIZE, LEADING = 74.0, 522.0, 740.0, 16.0, 28.0


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    size: float = SIZE
    angle: float = 0


@dataclass(frozen=True)
class Rule:
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Picture:
    """A grey image over the box."""

    x: float = 0
    y: float = 0
    width: float = A4[0]
    height: float = A4[1]


@dataclass(frozen=True)
class Shade:
    """A box filled with grey, not outlined."""

    x: float
    y: float
    width: float
    height: float


Mark = Text | Rule | Picture | Shade


def _operators(mark: Mark) -> str:
    match mark:
        case Text(x, y, text, size, angle):
            across, up = cos(radians(angle)), sin(radians(angle))
            direction = f"{across:.6f} {up:.6f} {-up:.6f} {across:.6f}"
            return f"BT /F1 {size} Tf {direction} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
        case Rule(x0, y0, x1, y1):
            return f"0.5 w {x0} {y0} m {x1} {y1} l S"
        case Shade(x, y, width, height):
            return f"q 0.9 g {x} {y} {width} {height} re f Q"
        case Picture(x, y, width, height):
            return f"q {width} 0 0 {height} {x} {y} cm /I1 Do Q"


def stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    data, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return bytes(data) + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [<< /Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    b" /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
    b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)


def made_pdf(
    pages: Sequence[Sequence[Mark]], information: dict[str, str] | None = None, turn: int = 0, font: bytes = FONT
) -> bytes:
    """A PDF with the marks of each page. `information` is the document information, `turn` the pages' rotation in degrees."""
    image = stream(b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    first = 5
    numbers = [first + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    pairs = " ".join(f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in (information or {}).items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font,
        image,
    ]
    for number, marks in zip(numbers, pages, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Rotate {turn} /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>".encode()
        )
        objects.append(stream("\n".join(_operators(mark) for mark in marks).encode()))
    objects.append(f"<< {pairs} >>".encode())
    return assembled(objects, f"/Info {len(objects)} 0 R")


def width(text: str, size: float = SIZE) -> float:
    """Width of the text as set, in points."""
    return sum(size / 2 if char.isascii() else size for char in text)


def centred(text: str, y: float, size: float = SIZE) -> Text:
    return Text((A4[0] - width(text, size)) / 2, y, text, size)


def wrapped(paragraph: str, left: float = LEFT, right: float = RIGHT, size: float = SIZE) -> list[tuple[float, str]]:
    """Lines of a paragraph with their left edges: the first is indented by two characters, each is filled."""
    lines: list[tuple[float, str]] = []
    x, line = left + 2 * size, ""
    for char in paragraph:
        if x + width(line + char, size) > right + 0.1:
            lines.append((x, line))
            x, line = left, ""
        line += char
    return [*lines, (x, line)]


def typeset(paragraphs: Sequence[str], lines_a_page: int = 22, header: str = "", numbers: str = "— {} —") -> list[list[Mark]]:
    """Pages of running text as offices set it: indented first lines, page numbers at the foot."""
    lines = [line for paragraph in paragraphs for line in wrapped(paragraph)]
    pages: list[list[Mark]] = []
    for start in range(0, len(lines), lines_a_page):
        marks: list[Mark] = [Text(x, TOP - LEADING * i, line) for i, (x, line) in enumerate(lines[start : start + lines_a_page])]
        if header:
            marks.append(centred(header, 790, 10.5))
        if numbers:
            marks.append(centred(numbers.format(len(pages) + 1), 60, 14))
        pages.append(marks)
    return pages


def ruled(x: Sequence[float], y: Sequence[float], cells: Sequence[Sequence[str]], size: float = 12) -> list[Mark]:
    """A table: rules at the ascending `x` and the descending `y`, the text of each cell, broken at its lines, from its upper left."""
    marks: list[Mark] = [Rule(x[0], at, x[-1], at) for at in y] + [Rule(at, y[-1], at, y[0]) for at in x]
    for top, row in zip(y, cells, strict=False):
        for left, cell in zip(x, row, strict=False):
            marks += [Text(left + 3, top - (i + 1) * 1.3 * size, line, size) for i, line in enumerate(cell.split("\n"))]
    return marks
