"""Which operative statements of a document are tasks in a register (任务台账), in the words of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from shenwen.corpus.model import DocumentKind, Facts, Modality, Obligation, Span

#: What the office does not have to do is no task; interpretations and news only tell of others' tasks.
_TASKS = {Modality.OBLIGATION, Modality.TARGET}
_TELLING = {DocumentKind.INTERPRETATION, DocumentKind.NEWS}
#: 请认真贯彻执行: said of the document itself, nothing to follow up.
_FORMULA = re.compile(
    r"(?:[^。]*(?:印发|转发|通知|批转|下发|公布)[^，。]*，)?请?(?:你们|各单位|各地|各部门)?(?:，?结合[^，]{0,8}实际，?)?"
    r"(?:认真|遵照|参照|切实|严格|抓好|一并)*(?:组织)?(?:学习)?(?:贯彻|落实|执行|实施|遵照|照此)(?:贯彻|落实|执行|实施|办理|到位)*"
)
_ONLY_DONE = re.compile(
    r"(?:上述|以上|该项|此项)?(?:工作|任务)?(?:力争|确保|原则上|要|应当|应|须|全部|全面|基本|于|在|到|，)*(?:完成|办结|到位|落实到位|建成|竣工)"
)


def tasks_of(facts: Facts) -> list[Obligation]:
    """The obligations and targets that a register holds, in reading order.

    A sentence that only says when the one before it must be done (2027年6月底前完成。) is its time limit, not another task.
    """
    if facts.masthead.kind in _TELLING:
        return []
    return _joined(o for o in facts.obligations if _TASKS & set(o.modality) and not _FORMULA.fullmatch(o.action or ""))


def _joined(tasks: Iterable[Obligation]) -> list[Obligation]:
    found: list[Obligation] = []
    for task in tasks:
        if found and found[-1].span.end == task.span.start and _only_says_when(task):
            found[-1] = _with_limit(found[-1], task)
        else:
            found.append(task)
    return found


def _only_says_when(task: Obligation) -> bool:
    rest = task.action or ""
    for deadline in task.deadlines:
        rest = rest.replace(deadline.quote, "")
    return bool(task.deadlines) and bool(_ONLY_DONE.fullmatch(rest))


def _with_limit(task: Obligation, limit: Obligation) -> Obligation:
    return replace(
        task,
        span=Span(task.span.start, limit.span.end),
        quote=task.quote + limit.quote,
        text=task.text + limit.text,
        deadlines=(*task.deadlines, *limit.deadlines),
    )
