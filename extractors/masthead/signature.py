"""落款: the bodies that sign and the date below them. Of a wrapped document and its notice, the notice's comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shenwen.extractors.dates import dates_in
from shenwen.extractors.lines import Line
from shenwen.extractors.masthead.issuers import is_body, split_bodies

SIGNER = re.compile(
    r"^代?(?:总理|主席|省长|市长|县长|区长|州长|部长|主任|局长|行长|署长|委员长|院长)\s*[:：]?\s*[\u4e00-\u9fff·\s]{2,12}$"
)
_NOTE = re.compile(r"^[（(]?(?:此件|公章|印章|盖章|代章|主动公开|依申请公开|联系人)")


@dataclass(frozen=True, slots=True)
class Signature:
    """`issuers` as they sign, `day` with its view offsets, `first` and `last` the numbers of the lines of the whole."""

    issuers: tuple[str, ...]
    day: date | None
    start: int
    end: int
    first: int
    last: int


def find_signature(lines: Sequence[Line], start: int) -> Signature | None:
    """The first dated signature from line `start` on; failing that the first line that is a date below the body's beginning."""
    unsigned: Signature | None = None
    for i in range(start, len(lines)):
        found = _dated(lines, i)
        if found is None:
            continue
        if found.issuers or _signer_above(lines, i):
            return found
        if unsigned is None and not lines[i].text.startswith(("（", "(")) and not _in_table(lines, i):
            unsigned = found
    return unsigned


def _dated(lines: Sequence[Line], i: int) -> Signature | None:
    """A signature whose date is on line `i`: alone on the line, or after the signing body on the same line."""
    text = lines[i].text
    if len(text) > 80 or ("日" not in text and not re.search(r"\d[-/.]\d", text)):
        return None
    for day, start, end in dates_in(text):
        before, after = text[:start].strip(), text[end:].strip(" （）()")
        if after and not _NOTE.match(after):
            continue
        if before.strip("（( "):
            if before.count("\t") > 1 or not is_body(before):  # a row of several cells is data
                continue
            issuers, first = split_bodies(before), i
        else:
            issuers, first = _signing(lines, i)
        return Signature(issuers, day, lines[i].start + start, lines[i].start + end, first, i)
    return None


def _signing(lines: Sequence[Line], i: int) -> tuple[tuple[str, ...], int]:
    """The bodies on the lines above a date, from top to bottom, with the number of the uppermost."""
    names: list[tuple[str, ...]] = []
    at = i - 1
    while at >= 0 and i - at <= 20:
        text = lines[at].text
        if SIGNER.match(text) or _NOTE.match(text):
            at -= 1
            continue
        parts = _bodies_in(text)
        if not parts:
            break
        names.append(parts)
        at -= 1
    issuers = tuple(dict.fromkeys(name for group in reversed(names) for name in group))
    return issuers, at + 1


def _bodies_in(text: str) -> tuple[str, ...]:
    """The bodies of a line that names nothing else (several stand side by side with blanks between)."""
    if len(text) > 80 or re.search(r"[。；：:《》，]", text):
        return ()
    if is_body(text):
        parts = split_bodies(text)
        return parts if len(parts) > 1 and all(is_body(part) for part in parts) else (re.sub(r"\s", "", text),)
    parts = split_bodies(text)
    return parts if len(parts) > 1 and all(is_body(part) for part in parts) else ()


def _signer_above(lines: Sequence[Line], i: int) -> bool:
    return i > 0 and bool(SIGNER.match(lines[i - 1].text))


def _in_table(lines: Sequence[Line], i: int) -> bool:
    return any("\t" in line.text for line in lines[max(0, i - 1) : i + 2])
