"""Dates that a document states with a label (发布日期：…): why they cannot be relied on, in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

_PUBLISHED = r"发布日期|发布时间|公布日期|公开日期|公开时间"
_ISSUED = r"成文日期|成文时间|发文日期|印发日期|生成日期"
_LINE = re.compile(rf"^[\s\W]*({_PUBLISHED}|{_ISSUED})\s*[:：】]+\s*(\S.{{0,60}})$", re.MULTILINE)
_DAY = re.compile(r"(?<!\d)(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)")
#: Labelled lines are looked for this far from both ends of a text, in characters.
_EDGE = 1500


def date_problem(metadata: Iterable[tuple[str, str]], text: str, issued: date | None, published: date | None) -> str | None:
    """Why the stated dates are no dates or contradict each other; None where there is no trouble.

    `issued` and `published` are what was understood. A bad date of publication is trouble even where the date of issue is
    known: the clock would start on a day that nobody meant.
    """
    stated = [(re.sub(r"[\s:：]", "", name), value.strip()) for name, value in (*metadata, *_labelled(text))]
    for names, understood in ((_PUBLISHED, published), (_ISSUED, issued)):
        values = [(name, value) for name, value in stated if re.fullmatch(names, name) and re.search(r"\d", value)]
        days = sorted({day for _, value in values if (day := _day(value))})
        if len(days) > 1:
            return f"{values[0][0]}有两个：{days[0]}、{days[-1]}"
        if understood is None and not days and values:
            return f"{values[0][0]}“{values[0][1]}”不是有效日期"
    return None


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    edges = text if len(text) <= 2 * _EDGE else f"{text[:_EDGE]}\n{text[-_EDGE:]}"
    return ((found[1], found[2]) for found in _LINE.finditer(edges))


def _day(value: str) -> date | None:
    found = _DAY.search(value)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
