"""附件: what is announced below the body, and the headings under which attachments stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shenwen.extractors.lines import Line

_ANNOUNCED = re.compile(r"^附\s*件?\s*[:：]\s*(\S.*)?$|^附\s*件\s*(\d{1,2})\s*[:：.．、]?\s*(\S.*)$")
_ITEM = re.compile(r"^(\d{1,2})\s*[.．、]\s*(\S.*)$")
_HEADING = re.compile(
    r"^[【〔\[（(]?附\s*件\s*([\d一二三四五六七八九十]{0,3})\s*[】〕\]）)]?\s*[:：]?$|^附\s*件\s*(\d{1,2})(?:[:：\s-].{0,80})?$"
)


def find_attachments(lines: Sequence[Line], start: int, stop: int) -> list[tuple[str, int, int]]:
    """Announced attachments among lines `start`..`stop` as (name, start, end) in view offsets, in order."""
    for i in range(start, min(stop, len(lines))):
        found = _ANNOUNCED.match(lines[i].text)
        if found is None:
            continue
        if found[2]:
            return list(_numbered(lines, i, stop))
        return list(_listed(lines, i, stop, found))
    return []


def _numbered(lines: Sequence[Line], i: int, stop: int) -> list[tuple[str, int, int]]:
    """附件1：… / 附件2：…"""
    rows = []
    while i < stop and (found := _ANNOUNCED.match(lines[i].text)) and found[3]:
        rows.append(_located(lines[i], found, 3))
        i += 1
    return rows


def _listed(lines: Sequence[Line], i: int, stop: int, found: re.Match[str]) -> list[tuple[str, int, int]]:
    """附件：1.… / 2.…, or the only one's name without a number."""
    line, rows = lines[i], []
    if found[1]:
        item = _ITEM.match(found[1])
        if item is None:
            return [_located(line, found, 1)]
        rows.append((_name(item[2]), line.start + found.start(1) + item.start(2), line.end))
    for line in lines[i + 1 : stop]:
        item = _ITEM.match(line.text)
        if item is None or int(item[1]) != len(rows) + 1 or len(line.text) > 120:
            break
        rows.append((_name(item[2]), line.start + item.start(2), line.end))
    return rows


def _located(line: Line, found: re.Match[str], group: int) -> tuple[str, int, int]:
    return _name(found[group]), line.start + found.start(group), line.end


def _name(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip("。；; ")


def attachment_headings(lines: Sequence[Line], start: int) -> list[tuple[int | None, int]]:
    """(number or None, number of the line) of the headings 附件, 附件1, 附件2：名称 at or after line `start`."""
    rows = []
    for i in range(start, len(lines)):
        if found := _HEADING.match(lines[i].text):
            number = found[1] or found[2] or ""
            rows.append((int(number) if number.isdecimal() else None, i))
    return rows
