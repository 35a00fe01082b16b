"""Task tables (任务分工表): rows under a header that names the task and who bears it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shenwen.extractors.obligations.responsibility import duty_of, names_in
from shenwen.extractors.obligations.segments import Line

Cell = tuple[int, int]

_TASK = re.compile(r"任务|事项|内容|措施|举措|工作要点|项目名称|重点工作")
_LEAD = re.compile(r"牵头|责任|负责|主办|承办|主责|实施")
_SUPPORT = re.compile(r"配合|协办|参与|参加|协同")
_TIME = re.compile(r"时限|期限|时间|进度|完成")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """View ranges: the whole row, its task; names of the bearers; the range that holds the time limit, if any."""

    start: int
    end: int
    task: Cell
    lead: tuple[str, ...]
    support: tuple[str, ...]
    time: Cell | None


@dataclass(frozen=True, slots=True)
class _Header:
    task: int
    lead: tuple[int, ...]
    support: tuple[int, ...]
    time: int | None


def task_rows(text: str, lines: list[Line]) -> Iterator[TaskRow]:
    """All rows of task tables, in order. A header holds for the rows that follow it without a break."""
    header: _Header | None = None
    for line in lines:
        if not line.cells:
            header = None
            continue
        found = _header(text, line)
        if found:
            header = found
        elif header and (row := _row(text, line, header)):
            yield row


def _header(text: str, line: Line) -> _Header | None:
    titles = [re.sub(r"\s", "", text[start:end]) for start, end in line.cells]
    if any(len(title) > 14 for title in titles):
        return None
    support = tuple(n for n, title in enumerate(titles) if _SUPPORT.search(title))
    lead = tuple(n for n, title in enumerate(titles) if _LEAD.search(title) and n not in support)
    time = next((n for n, title in enumerate(titles) if _TIME.search(title) and n not in (*lead, *support)), None)
    tasks = [n for n, title in enumerate(titles) if _TASK.search(title) and n not in (*lead, *support, time)]
    if not tasks or not lead:
        return None
    return _Header(tasks[-1], lead, support, time)


def _row(text: str, line: Line, header: _Header) -> TaskRow | None:
    cells = line.cells
    if header.task >= len(cells) or cells[header.task][1] - cells[header.task][0] < 4:
        return None
    lead: list[str] = []
    support: list[str] = []
    for column in (*header.lead, *header.support):
        if column >= len(cells):
            continue
        words = text[slice(*cells[column])]
        duty = duty_of(words) if re.search(r"牵头|配合|负责", words) else None
        own = lead if column in header.lead else support
        own.extend(duty.lead if duty else names_in(words))
        support.extend(duty.support if duty else ())
    time = cells[header.time] if header.time is not None and header.time < len(cells) else None
    filled = [cell for cell in cells if cell[1] > cell[0]]
    return TaskRow(filled[0][0], filled[-1][1], cells[header.task], tuple(lead), tuple(support), time)
