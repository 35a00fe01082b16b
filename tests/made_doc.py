"""Word 97–2003 files made by hand after [MS-DOC] and [MS-CFB]: one piece of text, its properties, its lists."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR, END, FREE = 512, 0xFFFFFFFE, 0xFFFFFFFF
_TEXT, _PAIRS = 2048, 154
_CHARACTERS, _PARAGRAPHS, _PIECES, _LISTS, _OVERRIDES = 12, 13, 33, 73, 74


def sprm(code: int, operand: bytes) -> bytes:
    return struct.pack("<H", code) + operand


IN_TABLE = sprm(0x2416, b"\1")
ROW_END = IN_TABLE + sprm(0x2417, b"\1")
DELETED, HIDDEN = sprm(0x0800, b"\1"), sprm(0x083C, b"\1")


def numbered(which: int, level: int) -> bytes:
    """Properties of a paragraph in list `which` (from 1)."""
    return sprm(0x260A, bytes([level])) + sprm(0x460B, struct.pack("<H", which))


def heading(level: int) -> bytes:
    return sprm(0x2640, bytes([level - 1]))


def level(form: int, text: str, start: int = 1) -> bytes:
    """LVL: in `text`, the characters 0 to 8 stand for the numbers of levels."""
    places = bytes(at + 1 for at, sign in enumerate(text) if sign < "\x09").ljust(9, b"\0")
    head = struct.pack("<iBB", start, form, 0) + places + b"\0" + bytes(8) + bytes(4)
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def doc(
    paragraphs: Sequence[tuple[str, bytes]],
    characters: Sequence[tuple[str, bytes]] = (),
    lists: Sequence[Sequence[bytes]] = (),
    notes: str = "",
    flags: int = 0x0200,
    version: int = 0x00C1,
    narrow: bool = False,
) -> bytes:
    """A file of paragraphs (text with its mark, properties). `characters` gives words their properties, `lists` are levels."""
    body = "".join(text for text, _ in paragraphs)
    text = body + notes
    width = 1 if narrow else 2
    stream = bytearray(_TEXT) + (text.encode("cp1252") if narrow else text.encode("utf-16-le", "surrogatepass"))
    stream += bytes(-len(stream) % SECTOR)
    table = bytearray()
    pairs: dict[int, tuple[int, int]] = {}

    def put(number: int, content: bytes, more: bytes = b"") -> None:
        pairs[number] = len(table), len(content)
        table.extend(content + more)

    where = _TEXT * 2 | 0x40000000 if narrow else _TEXT
    put(_PIECES, b"\2" + struct.pack("<I2IHIH", 16, 0, len(text), 0, where, 0))
    ends = [_TEXT + width * sum(len(text) for text, _ in paragraphs[: at + 1]) for at in range(len(paragraphs))]
    for number, page in (
        (_CHARACTERS, _character_page(text, characters, width)),
        (_PARAGRAPHS, _paragraph_page([_TEXT, *ends], [properties for _, properties in paragraphs])),
    ):
        put(number, struct.pack("<3I", _TEXT, _TEXT + width * len(text), len(stream) // SECTOR))
        stream += page
    if lists:
        heads = b"".join(struct.pack("<ii18sBB", at + 1, 0, bytes(18), len(own) == 1, 0) for at, own in enumerate(lists))
        missing = [level(0, "\0.")] * 9
        levels = b"".join(b"".join([*own, *missing[len(own) :]] if len(own) > 1 else own) for own in lists)
        put(_LISTS, struct.pack("<H", len(lists)) + heads, levels)
        overrides = b"".join(struct.pack("<i8sI", at + 1, bytes(8), 0) for at in range(len(lists)))
        put(_OVERRIDES, struct.pack("<I", len(lists)) + overrides + b"\xff\xff\xff\xff" * len(lists))
    struct.pack_into("<HH", stream, 0, 0xA5EC, version)
    struct.pack_into("<H", stream, 10, flags)
    struct.pack_into("<8I", stream, 76, len(body), len(notes), 0, 0, 0, 0, 0, 0)
    for number, pair in pairs.items():
        struct.pack_into("<II", stream, _PAIRS + 8 * number, *pair)
    return container({"WordDocument": bytes(stream), "1Table": bytes(table)})


def _character_page(text: str, characters: Sequence[tuple[str, bytes]], width: int) -> bytes:
    bounds, runs = [0], list[bytes]()
    for words, properties in characters:
        start = text.index(words)
        bounds += [start, start + len(words)]
        runs += [b"", properties]
    bounds.append(len(text))
    runs.append(b"")
    page, offsets, at = bytearray(SECTOR), bytearray(), SECTOR - 2
    for properties in runs:
        if properties:
            at = (at - len(properties) - 1) // 2 * 2
            page[at : at + len(properties) + 1] = bytes([len(properties)]) + properties
        offsets.append(at // 2 if properties else 0)
    head = struct.pack(f"<{len(bounds)}I", *(_TEXT + width * bound for bound in bounds)) + offsets
    page[: len(head)] = head
    page[-1] = len(runs)
    return bytes(page)


def _paragraph_page(bounds: list[int], runs: list[bytes]) -> bytes:
    page, places, at = bytearray(SECTOR), bytearray(), SECTOR - 2
    for properties in runs:
        own = struct.pack("<H", 0) + properties
        own = bytes([(len(own) + 1) // 2]) + own if len(own) % 2 else bytes([0, len(own) // 2]) + own
        at = (at - len(own)) // 2 * 2
        page[at : at + len(own)] = own
        places += bytes([at // 2]) + bytes(12)
    head = struct.pack(f"<{len(bounds)}I", *bounds) + places
    assert len(head) <= at, "too many paragraphs for one page"
    page[: len(head)] = head
    page[-1] = len(runs)
    return bytes(page)


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE file of streams, each long enough to need no small sectors."""
    padded = {name: content.ljust(4096, b"\0") + bytes(-max(len(content), 4096) % SECTOR) for name, content in streams.items()}
    fat, at, starts = [0xFFFFFFFD, END], 2, {}
    for name, content in padded.items():
        starts[name] = at
        count = len(content) // SECTOR
        fat += [*range(at + 1, at + count), END]
        at += count
    entries = [_entry("Root Entry", 5, 1, END, 0, FREE)]
    for number, (name, content) in enumerate(padded.items(), 1):
        entries.append(_entry(name, 2, FREE, starts[name], len(content), number + 1 if number < len(padded) else FREE))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0) + struct.pack("<I", FREE) * 108
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    return header.ljust(SECTOR, b"\xff") + table + b"".join(entries).ljust(SECTOR, b"\0") + b"".join(padded.values())


def _entry(name: str, kind: int, child: int, start: int, size: int, sibling: int) -> bytes:
    """A directory entry; siblings form a chain to the left, as shorter names come first."""
    written = name.encode("utf-16-le") + b"\0\0"
    return written.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(written), kind, 1, sibling, FREE, child, start, size)
