"""RTF 1.9 taken into tokens: braces, control words, control signs, bytes of text. Binary data is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n\x00]+)|[\r\n\x00]+|\\",
    re.DOTALL,
)

#: Kind of token: a brace, a control word (with its number), a control sign, text.
BRACE, WORD, SIGN, TEXT = range(4)
Token = tuple[int, bytes, int | None]


def tokens(data: bytes) -> Iterator[Token]:
    """`(kind, content, number)`; bytes written in hexadecimal come as text, one at a time."""
    at = 0
    while at < len(data):
        found = _TOKEN.match(data, at)
        if found is None:
            return
        at = found.end()
        word, number, code, sign, brace, text = found.groups()
        if word is not None:
            value = int(number) if number else None
            if word == b"bin" and value is not None and value > 0:
                at += value
            else:
                yield WORD, word, value
        elif code is not None:
            yield TEXT, bytes.fromhex(code.decode("ascii")), 1
        elif sign is not None:
            yield SIGN, sign, None
        elif brace is not None:
            yield BRACE, brace, None
        elif text is not None:
            yield TEXT, text, None
