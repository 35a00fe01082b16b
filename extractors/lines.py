"""The lines of a view: what stands between line feeds, without the blanks and marks of emphasis around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LINE = re.compile(r"[^\n]+")
_TRIM = " \t\r\u3000*#_>|\\\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class Line:
    """`text` stands at `start`..`end` of the view's text."""

    start: int
    end: int
    text: str

    @property
    def flat(self) -> str:
        """The text without blanks."""
        return re.sub(r"\s", "", self.text)


@lru_cache(maxsize=1)
def lines_of(text: str) -> tuple[Line, ...]:
    """All lines that hold something; the last text's are kept, since several finders ask in turn."""
    rows = []
    for found in _LINE.finditer(text):
        raw = found.group()
        bare = raw.strip(_TRIM)
        if bare:
            start = found.start() + raw.index(bare)
            rows.append(Line(start, start + len(bare), bare))
    return tuple(rows)
