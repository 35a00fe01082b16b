"""What a notice wraps (印发, 转发, 批转, an order that promulgates): the documents that follow its signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shenwen.extractors.dates import dates_in
from shenwen.extractors.lines import Line
from shenwen.extractors.masthead.document_types import type_of, without_brackets
from shenwen.extractors.masthead.issuers import is_body
from shenwen.extractors.masthead.title import Title, clean, is_complete, is_furniture, is_passage

_WRAPS = re.compile(r"(?:印发|转发|批转|发布|公布)(.*?)(?:的通知|的通告|的公告|的决定|的函|的批复)?$")
_BOOK = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_PASSES = re.compile(
    r"现?将《[^。]{4,150}》[^。]{0,60}(?:印发|转发|公布|发布)|》[^。《》]{0,80}[，。]\s*现[^。]{0,8}(?:印发|转发|公布|发布|下发)"
)
_FIRST = re.compile(r"第一[编章条]|1(?:\.1)?[\s、.．]*总则|一、")
_MAX_LINES, _OPENING = 6, 600


@dataclass(frozen=True, slots=True)
class Wrapped:
    """`title`; `start`..`end` in the view; `issuer` and `day` where the lines below the title give them."""

    title: str
    start: int
    end: int
    issuer: str | None
    day: date | None


def wraps(title: str) -> bool:
    """Whether a title says that the document passes another one on."""
    return bool(re.search(r"印发|转发|批转|发布《|公布《", title))


def passes_on(opening: str) -> bool:
    """Whether the first sentences say so (现将《…》印发给你们; 《…》已经市政府同意，现予公布)."""
    return bool(_PASSES.search(opening))


def announced_title(opening: Sequence[Line]) -> Title | None:
    """The name of what a notice without a title of its own passes on; people call the whole by it."""
    for line in opening:
        said = _PASSES.search(line.text, 0, _OPENING)
        if said is None:
            continue
        books = [book for book in _BOOK.finditer(line.text, 0, _OPENING) if book.end() > said.start()]
        if books:
            book = books[0]
            return Title(clean(book[1]), line.start + book.start(1), line.start + book.end(1), 0)
    return None


def expected_titles(title: str, opening: str) -> list[str]:
    """Names of the wrapped documents, from the outer title and the first sentences (《…》)."""
    names = [found[1] for found in _BOOK.finditer(title)] + [found[1] for found in _BOOK.finditer(opening)]
    if not names[:1] and (found := _WRAPS.search(title)):
        names.append(found[1])
    elif found := _WRAPS.search(title):
        names.insert(0, found[1].strip("《》"))
    return [re.sub(r"[\s《》〈〉]", "", without_brackets(name)) for name in names if len(name) >= 4]


def find_wrapped(lines: Sequence[Line], start: int, names: Sequence[str], any_title: bool) -> list[Wrapped]:
    """Wrapped documents from line `start` on: lines that spell an expected name; with `any_title` any first title."""
    heads: list[tuple[str, int, int]] = []
    i = start
    while i < len(lines):
        found = _title_at(lines, i, names) or (_first_title(lines, i) if any_title and not heads and i < start + 8 else None)
        if found:
            heads.append((found[0], i, found[1]))
            i = found[1]
        else:
            i += 1
    ends = [*(lines[first].start for _, first, _ in heads[1:]), lines[-1].end] if heads else []
    return [_wrapped(lines, title, first, stop, end) for (title, first, stop), end in zip(heads, ends, strict=True)]


def find_untitled(lines: Sequence[Line], start: int, names: Sequence[str]) -> list[Wrapped]:
    """The wrapped document whose own title was left out: its first chapter or article follows the signature."""
    first = next((i for i in range(start, min(start + 4, len(lines))) if not is_furniture(lines[i])), None)
    if first is None or not names or not _FIRST.match(lines[first].text):
        return []
    return [Wrapped(names[0], lines[first].start, lines[-1].end, None, None)]


def _title_at(lines: Sequence[Line], i: int, names: Sequence[str]) -> tuple[str, int] | None:
    if len(lines[i].text) > 120 or is_passage(lines[i]):
        return None
    joined = ""
    for stop in range(i + 1, min(i + 1 + _MAX_LINES, len(lines) + 1)):
        joined += clean(lines[stop - 1].text)
        flat = re.sub(r"[\s《》〈〉]", "", without_brackets(joined))
        if flat in names:
            return joined, stop
        if not any(name.startswith(re.sub(r"[\s《》〈〉]", "", joined)) for name in names):
            return None
    return None


def _first_title(lines: Sequence[Line], i: int) -> tuple[str, int] | None:
    if (
        is_furniture(lines[i])
        or is_passage(lines[i])
        or re.match(r"^附件?\s*\d*[:：]?$|^[（(]", lines[i].text)
        or is_body(lines[i].text)
    ):
        return None
    joined = ""
    for stop in range(i + 1, min(i + 5, len(lines) + 1)):
        if is_passage(lines[stop - 1]) or is_furniture(lines[stop - 1]):
            return None
        joined += clean(lines[stop - 1].text)
        if len(joined) <= 120 and (is_complete(joined) or type_of(joined)):
            return joined, stop
    return None


def _wrapped(lines: Sequence[Line], title: str, first: int, stop: int, end: int) -> Wrapped:
    issuer, day = None, None
    for line in lines[stop : stop + 3]:
        found = next(iter(dates_in(line.text)), None)
        if found and len(line.text) <= 40:
            day = found[0]
        elif is_body(line.text) and issuer is None:
            issuer = line.flat
        else:
            break
    return Wrapped(title, lines[first].start, end, issuer, day)
