"""甲牵头，乙配合，…: two statements of one sentence that are one task in a register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from shenwen.corpus.model import Facts, Obligation, Span

_LEADS_ONLY = re.compile(r"(?:由)?[^，。；]{2,60}?(?:负责)?牵头(?:负责)?")
_SUPPORTS = re.compile(r"[^，。；]{2,80}?(?:参与)?配合(?=，|。|；|$)")


def joined(facts: Facts, tasks: Iterable[Obligation]) -> list[Obligation]:
    """The tasks, in reading order, with a statement that only names who leads joined to the one that names who supports."""
    found: list[Obligation] = []
    for task in tasks:
        if found and _belong(facts, found[-1], task):
            found[-1] = _one(found[-1], task)
        else:
            found.append(task)
    return found


def _belong(facts: Facts, first: Obligation, second: Obligation) -> bool:
    between = Span(first.span.end, second.span.start)
    touching = len(between) == 1 and facts.view.of(between) == "，"
    return touching and bool(_LEADS_ONLY.fullmatch(first.text) and _SUPPORTS.match(second.text)) and not first.supporting


def _one(first: Obligation, second: Obligation) -> Obligation:
    """One task: the first's bearers lead, the second's support; its act is what follows 配合."""
    support = _SUPPORTS.match(second.text)
    act = second.text[support.end() if support else 0 :].strip("，。； ")
    return replace(
        second,
        span=Span(first.span.start, second.span.end),
        quote=f"{first.quote}，{second.quote}",
        text=f"{first.text}，{second.text}",
        actors=first.actors,
        supporting=(*second.actors, *second.supporting),
        action=act or second.action,
        deadlines=(*first.deadlines, *second.deadlines),
    )
