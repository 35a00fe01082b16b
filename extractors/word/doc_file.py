"""The inside of a Word 97–2003 file by [MS-DOC]: text by the piece table, properties of characters and paragraphs, styles.

Positions: a CP counts characters of the whole text, an FC bytes of the stream `WordDocument`. Every length in the file is
checked against the bytes that are there; what points outside is left out.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable

_WORD_97, _MAGIC = 0x00C1, 0xA5EC
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_PAIRS = 154
_STYLES, _NOTES, _MARGINS, _CHARACTERS, _PARAGRAPHS, _PIECES = 1, 3, 11, 12, 13, 33
LISTS, LIST_OVERRIDES = 73, 74
_PAGE = 512
#: Longer texts than any document has: a piece table may name the same bytes again and again.
_LONGEST = 10_000_000
#: Operand sizes by the top three bits of a property's code; 6 is variable.
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
_DEFINE_TABLE, _TABS = 0xD608, 0xC615


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` (CP) at byte `at`, `width` bytes each."""

    start: int
    end: int
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A paragraph style: its built-in number (1 to 9: 标题 1–9), what it is based on, its paragraph properties."""

    built_in: int
    based_on: int
    properties: dict[int, bytes]


@dataclass(slots=True)
class DocFile:
    """A file taken apart. `text` is that of all stories; `lengths` those of body, notes, margins, …, in this order."""

    main: bytes
    table: bytes
    text: str = ""
    lengths: tuple[int, ...] = ()
    pieces: list[Piece] = field(default_factory=list)
    styles: list[DocStyle | None] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _properties: list[tuple[int, dict[int, bytes]]] = field(default_factory=list)

    def range(self, number: int) -> tuple[int, int]:
        """Offset and length in the table stream of the structure at place `number` of the file's directory."""
        if _PAIRS + 8 * number + 8 > len(self.main):
            return 0, 0
        start, length = struct.unpack_from("<II", self.main, _PAIRS + 8 * number)
        return (start, length) if start + length <= len(self.table) else (0, 0)

    def structure(self, number: int) -> bytes:
        start, length = self.range(number)
        return self.table[start : start + length]

    def paragraph(self, cp: int) -> tuple[int, dict[int, bytes]]:
        """Style and properties of the paragraph whose mark stands at `cp`."""
        position = self._byte_of(cp)
        at = bisect_right(self._ends, position)
        return self._properties[at] if position is not None and at < len(self._properties) else (0, {})

    def _byte_of(self, cp: int) -> int:
        at = bisect_right(self.pieces, cp, key=lambda piece: piece.start) - 1
        piece = self.pieces[at] if at >= 0 else Piece(0, 0, 0, 1)
        return piece.at + (cp - piece.start) * piece.width

    def marked(self) -> Iterator[tuple[int, int, dict[int, bytes]]]:
        """Ranges of characters (CP) with properties of their own."""
        starts = sorted(self.pieces, key=lambda piece: piece.at)
        keys = [piece.at for piece in starts]
        for first, last, raw in _runs(self, _CHARACTERS):
            properties = dict(prls(raw[1 : 1 + raw[0]] if raw else b""))
            if not properties:
                continue
            for piece in starts[max(0, bisect_right(keys, first) - 1) : bisect_right(keys, last)]:
                low = max(first, piece.at)
                high = min(last, piece.at + (piece.end - piece.start) * piece.width)
                if low < high:
                    yield (
                        piece.start + (low - piece.at) // piece.width,
                        piece.start + (high - piece.at) // piece.width,
                        properties,
                    )

    def margins(self) -> list[int]:
        """Where the stories of headers and footers begin, counted from the first of them."""
        raw = self.structure(_MARGINS)
        return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def is_encrypted_ole(data: bytes) -> bool:
    """Whether the bytes are an OLE container around an encrypted docx."""
    return data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data


def open_doc(data: bytes, limits: Limits) -> DocFile:
    """The file taken apart.

    Raises:
        Unreadable: no Word file, encrypted, damaged or cut off; NEEDS_LIBREOFFICE for Word 95 and older.
    """
    main, tables = _streams(data, limits)
    if len(main) < _PAIRS + 8 * (_PIECES + 1):
        raise Unreadable(Reason.TRUNCATED, "文件不完整：正文部分被截断")
    magic, version = struct.unpack_from("<HH", main)
    flags = struct.unpack_from("<H", main, 10)[0]
    if flags & _ENCRYPTED:
        raise Unreadable(Reason.ENCRYPTED, "文件已加密，需要密码")
    if magic != _MAGIC or version < _WORD_97:
        raise Unreadable(Reason.NEEDS_LIBREOFFICE, "Word 95 或更早版本的文件，需安装 LibreOffice 后读取")
    found = DocFile(main, tables.get("1Table" if flags & _TABLE_1 else "0Table") or next(iter(tables.values()), b""))
    found.lengths = struct.unpack_from("<8I", main, 76)
    found.pieces, found.text = _pieces(found)
    if not found.text:
        raise Unreadable(Reason.DAMAGED, "文件已损坏：找不到正文的位置")
    found.styles = _styles(found.structure(_STYLES))
    for _, last, raw in _runs(found, _PARAGRAPHS):
        style, properties = _paragraph_properties(raw)
        found._ends.append(last)
        found._properties.append((style, properties))
    return found


def prls(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Properties (code, operand) in a list of them ([MS-DOC] 2.6)."""
    at = 0
    while at + 2 <= len(raw):
        code = raw[at] | raw[at + 1] << 8
        at += 2
        size = _OPERANDS[code >> 13]
        if not size:
            if at >= len(raw):
                return
            wide = code == _DEFINE_TABLE
            size = (raw[at] | (raw[at + 1] << 8 if at + 1 < len(raw) else 0)) - 1 if wide else raw[at]
            at += 2 if wide else 1
            if code == _TABS and size == 255:
                return
        yield code, raw[at : at + size]
        at += max(size, 0)


def _streams(data: bytes, limits: Limits) -> tuple[bytes, dict[str, bytes]]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if not container.exists("WordDocument"):
                raise Unreadable(Reason.UNSUPPORTED, "不是 Word 文档")
            tables = {name: container.openstream(name).read() for name in ("1Table", "0Table") if container.exists(name)}
            return container.openstream("WordDocument").read(), tables
    except Unreadable:
        raise
    except Exception as error:  # the library raises whatever a broken file leads it to
        raise Unreadable(Reason.DAMAGED, "文件已损坏：OLE 结构无法读取，或文件没有传完") from error


def _pieces(found: DocFile) -> tuple[list[Piece], str]:
    raw, at = found.structure(_PIECES), 0
    while at + 3 <= len(raw) and raw[at] == 1:
        at += 3 + struct.unpack_from("<H", raw, at + 1)[0]
    if at + 5 > len(raw) or raw[at] != 2:
        return [], ""
    plan = raw[at + 5 : at + 5 + struct.unpack_from("<I", raw, at + 1)[0]]
    count = (len(plan) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", plan) if count > 0 else ()
    pieces: list[Piece] = []
    parts: list[str] = []
    for number in range(count):
        start, end = bounds[number], bounds[number + 1]
        where = struct.unpack_from("<I", plan, 4 * (count + 1) + 8 * number + 2)[0]
        width = 1 if where & 0x40000000 else 2
        first = (where & 0x3FFFFFFF) // (2 if width == 1 else 1)
        if end <= start or end > _LONGEST or first >= len(found.main) or start != (pieces[-1].end if pieces else 0):
            break
        content = found.main[first : first + (end - start) * width]
        text = content.decode("cp1252" if width == 1 else "utf-16-le", "replace") if width == 1 else _wide(content)
        pieces.append(Piece(start, end, first, width))
        parts.append(text.ljust(end - start, "\0")[: end - start])
    return pieces, "".join(parts)


def _wide(content: bytes) -> str:
    """UTF-16 code units, one character each, so that positions hold; surrogate pairs are joined by `joined` later."""
    return "".join(map(chr, struct.unpack(f"<{len(content) // 2}H", content[: len(content) // 2 * 2])))


def joined(text: str) -> str:
    """Surrogate pairs as the characters they stand for; halves that stand alone are dropped."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _runs(found: DocFile, number: int) -> Iterator[tuple[int, int, bytes]]:
    """Runs of characters or paragraphs: first and last byte, and the bytes from where their properties are described."""
    plan = found.structure(number)
    count = (len(plan) - 4) // 8
    if count <= 0:
        return
    step = 1 if number == _CHARACTERS else 13
    for page in struct.unpack_from(f"<{count}I", plan, 4 * (count + 1)):
        base = (page & 0x3FFFFF) * _PAGE
        raw = found.main[base : base + _PAGE]
        if len(raw) < _PAGE:
            continue
        runs = raw[-1]
        if 4 * (runs + 1) + step * runs > _PAGE:
            continue
        bounds = struct.unpack_from(f"<{runs + 1}I", raw)
        for run in range(runs):
            offset = 2 * raw[4 * (runs + 1) + step * run]
            yield bounds[run], bounds[run + 1], raw[offset:-1] if offset else b""


def _paragraph_properties(raw: bytes) -> tuple[int, dict[int, bytes]]:
    if len(raw) < 4:
        return 0, {}
    own = raw[1 : 2 * raw[0]] if raw[0] else raw[2 : 2 + 2 * raw[1]]
    return (own[0] | own[1] << 8 if len(own) > 1 else 0), dict(prls(own[2:]))


def _styles(raw: bytes) -> list[DocStyle | None]:
    if len(raw) < 6:
        return []
    header, count, base = struct.unpack_from("<HHH", raw)
    at, found = 2 + header, list[DocStyle | None]()
    while len(found) < min(count, 4095) and at + 2 <= len(raw):
        size = struct.unpack_from("<H", raw, at)[0]
        found.append(_style(raw[at + 2 : at + 2 + size], base))
        at += 2 + size + size % 2
    return found


def _style(raw: bytes, base: int) -> DocStyle | None:
    if len(raw) < base + 2 or base < 10:
        return None
    first, second = struct.unpack_from("<HH", raw)
    if second & 0xF != 1:
        return None
    at = base + 2 + 2 * struct.unpack_from("<H", raw, base)[0] + 2
    at += at % 2
    size = struct.unpack_from("<H", raw, at)[0] if at + 2 <= len(raw) else 0
    return DocStyle(first & 0xFFF, second >> 4, dict(prls(raw[at + 4 : at + 2 + size])))
