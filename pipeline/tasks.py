"""Which operative statements of a document are tasks in a register (任务台账), in the words of the register."""

from __future__ import annotations

import re
from dataclasses import replace

from shenwen.corpus.model import Document, DocumentKind, Modality, Obligation, Record, Span

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

#: Labels and line ends between the items of a list.
_LONGEST_GAP = 16
_LONGEST_ACT = 160


def tasks_of(record: Record) -> list[Obligation]:
    """The obligations and targets that a register holds, in reading order.

    A sentence that only says when the one before it must be done (2027年6月底前完成。) is its time limit, and what a list holds
    (应当提交下列材料：身份证；) is part of what orders it: neither is another task.
    """
    if record.facts.masthead.kind in _TELLING:
        return []
    found: list[Obligation] = []
    for task in record.facts.obligations:
        if not _TASKS & set(task.modality) or _FORMULA.fullmatch(task.action or ""):
            continue
        between = Span(found[-1].span.end, task.span.start) if found else None
        if between is not None and between.start <= between.end and _belongs(record.document.quote(between), task):
            found[-1] = _joined(record.document, found[-1], task)
        else:
            found.append(task)
    return found


def _belongs(between: str, task: Obligation) -> bool:
    if task.listed:
        return len(between) <= _LONGEST_GAP
    rest = task.action or ""
    for deadline in task.deadlines:
        rest = rest.replace(deadline.quote, "")
    return not between and bool(task.deadlines) and bool(_ONLY_DONE.fullmatch(rest))


def _joined(document: Document, task: Obligation, part: Obligation) -> Obligation:
    span = Span(task.span.start, part.span.end)
    act = task.action or ""
    if part.listed and part.action and len(act) + len(part.action) < _LONGEST_ACT:
        act += ("；" if "：" in act else "：") + part.action
    return replace(
        task,
        span=span,
        quote=document.quote(span),
        text=task.text + part.text,
        action=act or None,
        deadlines=(*task.deadlines, *part.deadlines),
    )
