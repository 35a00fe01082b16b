"""Lists of documents that a decision ends (废止的…目录): their rows name documents by number or by a title without 《》."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shenwen.extractors.masthead.doc_number import numbers_in

_HEADING = re.compile(
    r"\s*(?:附件?\s*\d*\s*[:：.、]?\s*)*(?:[一二三四五六七八九十\d]+[、.．]\s*)?[^。；\n]{0,48}(?:目录|清单|一览表|文件)(?:[（(][^）)\n]*[）)])?[:：]?\s*"
)
_ENDS, _KEEPS = re.compile(r"废止|失效"), re.compile(r"有效(?!期)|保留|修改|修订")
_TITLE = re.compile(
    r"(?:^|(?<=\t))\s*(?:[（(]?[\d一二三四五六七八九十]+[）)]?[.、．\s]\s*)?"
    r"(?P<title>[^\t\n《》。；]{6,120}?(?:通知|意见|办法|规定|决定|方案|细则|通告|公告|规则|批复|条例|函|措施))(?=\s*(?:\t|[（(]|$))"
)


class Ended(NamedTuple):
    """A row's document, `start`..`end` in the text."""

    start: int
    end: int
    title: str | None
    number: str | None


def ended_in_lists(text: str) -> Iterator[Ended]:
    """Every document that a row below such a heading names; titles in 《》 are left to those who read sentences."""
    if _ENDS.search(text) is None:
        return
    listed, at = False, 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if _HEADING.fullmatch(line):
            listed = bool(_ENDS.search(line)) and not _KEEPS.search(line)
        elif line.rstrip().endswith("。"):
            listed = False
        elif listed and "《" not in line:
            yield from _row(text, line, start)


def _row(text: str, line: str, start: int) -> Iterator[Ended]:
    title = _TITLE.search(line)
    number = next(iter(numbers_in(text, start, start + len(line))), None)
    places = [(start + title.start("title"), start + title.end("title"))] if title else []
    places += [number[1:]] if number else []
    if places:
        first, last = min(places)[0], max(end for _, end in places)
        yield Ended(first, last, title["title"].strip() if title else None, number[0] if number else None)
