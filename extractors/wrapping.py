"""Hard-wrapped text: which line goes on the paragraph of the line before.

Texts from mail, old sites and PDF copies break lines at a fixed width. A text counts as wrapped when its full lines mostly end in
the midst of a sentence; then a line joins the one before it if that one is full and the line does not begin anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENDS = frozenset("。！？；：:;!?…”」』》】）)")
_BEGINS = re.compile(
    r"[\s\u3000]*(?:第[一二三四五六七八九十百千零〇\d]+[编章节条款]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．](?!\d)"
    r"|[①-⑳]|附件|附[:：]|主题词|抄送|抄報|发布日期|[#*|>-])"
)
#: What sentences have and titles have not.
_WITHIN = re.compile(r"[，。；]")
_INDENT = re.compile(r"(?:\u3000|\xa0\xa0|  |\t)")
#: Widths are in columns: a Chinese character takes two.
_FEWEST = 4
_SHORTEST_WIDTH, _SLACK, _SHARE = 40, 6, 0.6


def columns(line: str) -> int:
    """Width of the line: a Chinese character, of three bytes in UTF-8, takes two columns."""
    return (len(line.encode("utf-8", "replace")) + len(line)) // 2


def _ends(line: str) -> bool:
    return line.rstrip()[-1:] in _ENDS


def continuations(lines: Sequence[str]) -> list[bool]:
    """For each line whether it continues the line before. All False where the text is not hard-wrapped. Blank lines never do."""
    if len(lines) < _FEWEST:
        return [False] * len(lines)
    widths = [columns(line.rstrip()) for line in lines]
    width = _wrap_width(lines, widths)
    if width is None:
        return [False] * len(lines)
    indented = sum(1 for line in lines if _INDENT.match(line)) >= 3
    joined = [False] * len(lines)
    for i in range(1, len(lines)):
        full = widths[i - 1] >= width - _SLACK
        anew = not lines[i].strip() or _INDENT.match(lines[i]) or _BEGINS.match(lines[i])
        sentence_over = not indented and _ends(lines[i - 1])
        joined[i] = bool(full and not anew and not sentence_over)
    return joined


def goes_on(before: str, after: str) -> bool:
    """Whether a line goes on the sentence of a line of prose that the end of a page stands between."""
    return bool(_WITHIN.search(before)) and not _ends(before) and not _BEGINS.match(after)


def _wrap_width(lines: Sequence[str], widths: Sequence[int]) -> int | None:
    """The width at which lines were broken, None for a text with one paragraph a line."""
    filled = sorted(width for width in widths if width)
    if len(filled) < _FEWEST:
        return None
    width = filled[int(len(filled) * 0.95)] if len(filled) >= 40 else filled[-1]
    full = [i for i, w in enumerate(widths) if width - _SLACK <= w <= width + 2]
    if width < _SHORTEST_WIDTH or len(full) < max(3, 0.25 * len(filled)):
        return None
    broken = sum(1 for i in full if not _ends(lines[i]))
    return width if broken >= _SHARE * len(full) else None
