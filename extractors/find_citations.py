"""Citations: 《…》 with the number behind it, bare numbers, the articles named, and what the text does with the cited document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from shenwen.corpus.model import Citation, Document, Facts
from shenwen.extractors.dates import WORDED
from shenwen.extractors.doc_number import numbers_in

_LONGEST = 160
_BRACKET = re.compile(r"\s*[（(]([^（）()]{0,60}?[〔\[［【﹝（(][^（）()]{4,8}[〕\]］】﹞）)][^（）()]{0,40})[）)]")
_ARTICLE = re.compile(
    r"\s*(?:（[^）]{0,40}）)?\s*(第[一二三四五六七八九十百\d]+条(?:之[一二三四五六])?(?:第[一二三四五六七八九十\d]+款)?(?:第[（(]?[一二三四五六七八九十\d]+[）)]?项)?)"
)
_BEFORE = (
    ("repeals", re.compile(r"(?:废止|停止执行|宣布失效)[^。；《》]{0,12}$")),
    ("amends", re.compile(r"(?:修改|修订|修正|调整实施)(?!后的|过的)[^。；，《》]{0,6}$")),
    ("forwards", re.compile(r"(?:转发|印发|批转|公布|发布)[^。；《》]{0,16}$|^现?将$|现将[^。；《》]{0,12}$")),
    ("implements", re.compile(r"(?:根据|按照|依据|依照|贯彻|落实|执行|遵照|实施)[^。；，《》]{0,24}$")),
    ("interprets", re.compile(r"(?:解读|解释)[^。；《》]{0,4}$")),
)
_AFTER = (
    ("repeals", re.compile(r"^[^。；]{0,30}?(?:同时废止|予以废止|即行废止|自行废止|停止执行|不再执行|失效)")),
    ("amends", re.compile(r"^(?:第[^。；]{1,20}条)?[^。；，]{0,6}(?:作(?:出|如下)修改|修改为|予以修改|如下修改)")),
    ("interprets", re.compile(r"^(?:的)?(?:政策)?(?:解读|答记者问|起草说明|的解释)")),
    (
        "forwards",
        re.compile(
            r"^(?:（[^）]{0,40}）)?(?:[^。；，]{0,16}[，,])?[^。；，]{0,16}?(?:转发|印发)给?你们|^已经[^。；]{2,30}同意，现"
        ),
    ),
)
_ROLE_OF_LIST = re.compile(rf"^(?:、|和|及|以及|与)?$|^（[^）]{{0,60}}）(?:、|和|及|以及|与)?$|^{WORDED}$")


def find_citations(document: Document, facts: Facts) -> Facts:
    """Reads: view. Writes: citations. A list of titles shares the role of its first (根据《…》《…》和《…》)."""
    text, view = facts.view.text, facts.view
    rows: list[Citation] = []
    last_end, last_role = 0, "cites"
    taken: list[tuple[int, int]] = []
    for start, end in _titles(text):
        number, stop = _number_behind(text, end)
        article = _ARTICLE.match(text, stop)
        role = _role(text, start, stop)
        if role == "cites" and last_end and _ROLE_OF_LIST.match(text[last_end:start]):
            role = last_role
        rows.append(
            Citation(view.source(start, stop), _plain(text[start + 1 : end - 1]), number, article[1] if article else None, role)
        )
        taken.append((start, stop))
        last_end, last_role = stop, role
    rows += _bare(facts, taken)
    return replace(facts, citations=tuple(sorted(rows, key=lambda row: row.span)))


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Outermost 《…》 on one line, nested ones inside; an unclosed one is passed over."""
    at = text.find("《")
    while at >= 0:
        end = _closing(text, at)
        if end and end - at > 3:
            yield at, end
        at = text.find("《", end or at + 1)


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for i in range(start, min(start + _LONGEST, len(text))):
        char = text[i]
        if char == "《":
            depth += 1
        elif char == "》":
            depth -= 1
            if depth == 0:
                return i + 1
        elif char == "\n":
            return None
    flat = text.find("》", start, start + _LONGEST)
    return flat + 1 if flat > 0 else None


def _plain(title: str) -> str:
    return re.sub(r"\s+", " ", title).replace("〈", "《").replace("〉", "》").strip()


def _number_behind(text: str, end: int) -> tuple[str | None, int]:
    """The number in brackets right behind a title, and where the citation ends."""
    found = _BRACKET.match(text, end) if text[end : end + 2].strip()[:1] in ("（", "(") else None
    numbers = numbers_in(text, found.start(1), found.end(1)) if found else []
    return (numbers[0][0], found.end()) if found and numbers else (None, end)


def _role(text: str, start: int, stop: int) -> str:
    after = text[stop : stop + 48].partition("\n")[0]
    before = text[max(0, start - 30) : start].rpartition("\n")[2]
    if found := next((role for role, pattern in _AFTER if pattern.search(after)), None):
        return found
    return next((role for role, pattern in _BEFORE if pattern.search(before)), "cites")


def _bare(facts: Facts, taken: list[tuple[int, int]]) -> Iterator[Citation]:
    """Numbers without a title, except the document's own."""
    for number, start, end in numbers_in(facts.view.text):
        if number == facts.masthead.doc_number or any(begin <= start < stop for begin, stop in taken):
            continue
        yield Citation(facts.view.source(start, end), None, number, None, _role(facts.view.text, start, end))
