"""Lists of a Word 97–2003 file ([MS-DOC] 2.9.131 LSTF, LVL, 2.9.129 LFO) as lists that count like those of a docx."""

from __future__ import annotations

import struct

from shenwen.extractors.word.doc_file import LIST_OVERRIDES, LISTS, DocFile
from shenwen.extractors.word.list_numbers import LEVELS, ListLevel, NumberList

#: Number formats by their code ([MS-OSHARED] 2.2.1.3 MSONFC), named as in ISO/IEC 29500.
_FORM_NAMES = (
    "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ideographDigital "
    "japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal japaneseDigitalTenThousand "
    "decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero bullet ganada chosung "
    "decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional "
    "ideographZodiac ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand "
    "taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand"
)
_FORMS = _FORM_NAMES.split()
_NONE = 255
_SUFFIXES = ("tab", "space", "nothing")
_LEGAL, _NO_RESTART = 0x04, 0x08
_START_AT, _FORMATTING = 0x10, 0x20


def doc_lists(file: DocFile) -> list[NumberList]:
    """The lists that paragraphs refer to by `ilfo`, which counts from 1; broken tables give what comes before the break."""
    try:
        return _overridden(file.structure(LIST_OVERRIDES), _defined(file))
    except (struct.error, IndexError):
        return []


def _defined(file: DocFile) -> dict[int, dict[int, ListLevel]]:
    """Levels of each list by its id. The levels follow behind the table of lists."""
    start, length = file.range(LISTS)
    raw = file.table
    count = struct.unpack_from("<H", raw, start)[0] if length >= 2 else 0
    at, found = start + length, dict[int, dict[int, ListLevel]]()
    for number in range(count):
        place = start + 2 + 28 * number
        identity = struct.unpack_from("<i", raw, place)[0]
        simple = raw[place + 26] & 1
        levels: dict[int, ListLevel] = {}
        for depth in range(1 if simple else LEVELS):
            levels[depth], at = _level(raw, at)
        found[identity] = levels
    return found


def _level(raw: bytes, at: int) -> tuple[ListLevel, int]:
    """One level, and where the next begins. In its text the numbers of levels are the characters 0 to 8."""
    start, code, flags = struct.unpack_from("<iBB", raw, at)
    follow = raw[at + 15]
    characters, paragraphs, restart = raw[at + 24], raw[at + 25], raw[at + 26]
    end = at + 28 + paragraphs + characters
    size = struct.unpack_from("<H", raw, end)[0]
    text = raw[end + 2 : end + 2 + 2 * size].decode("utf-16-le", "ignore")
    form = "none" if code == _NONE else _FORMS[code] if code < len(_FORMS) else "decimal"
    shown = "".join(f"%{ord(sign) + 1}" if ord(sign) < LEVELS else sign for sign in text)
    return (
        ListLevel(
            form,
            shown,
            start,
            _SUFFIXES[follow] if follow < len(_SUFFIXES) else "tab",
            restart if flags & _NO_RESTART else None,
            bool(flags & _LEGAL),
        ),
        end + 2 + 2 * size,
    )


def _overridden(raw: bytes, defined: dict[int, dict[int, ListLevel]]) -> list[NumberList]:
    count = min(struct.unpack_from("<I", raw)[0], len(raw) // 16) if len(raw) >= 4 else 0
    at, lists = 4 + 16 * count, list[NumberList]()
    for number in range(count):
        identity = struct.unpack_from("<i", raw, 4 + 16 * number)[0]
        changes = raw[4 + 16 * number + 12]
        levels, starts = dict(defined.get(identity, {})), dict[int, int]()
        at += 4
        for _ in range(min(changes, LEVELS)):
            start, flags = struct.unpack_from("<iI", raw, at)
            at += 8
            if flags & _FORMATTING:
                levels[flags & 0xF], at = _level(raw, at)
            if flags & _START_AT:
                starts[flags & 0xF] = levels.get(flags & 0xF, ListLevel()).start if flags & _FORMATTING else start
        lists.append(NumberList(str(identity), levels, starts))
    return lists
