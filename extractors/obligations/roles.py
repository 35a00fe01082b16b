"""Clauses that only say who leads, who supports, who is in charge of what the sentence orders: 由甲牵头，乙、丙配合，…；…，由甲负责."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from shenwen.extractors.obligations.bearers import Owner
from shenwen.extractors.obligations.clauses import Clause
from shenwen.extractors.obligations.find_owners import whole_subject
from shenwen.extractors.obligations.joined_names import parts_of

Role = Literal["lead", "support"]

_MANNER = r"(?:按照?职责(?:分工)?|分别|共同|具体|积极|密切|协同|协助)*"
_LEADING = ("牵头", "负责", "主办")
_LEADS = re.compile(
    rf"[^，：]{{2,80}}?{_MANNER}(?:(?:负责)?牵头(?:负责|组织|落实|实施)?|主办)$|由[^，：]{{2,80}}?{_MANNER}负责(?:落实|组织实施|实施|组织)?$"
)
_SUPPORTS = re.compile(
    rf"(?P<names>[^，：]{{2,120}}?){_MANNER}(?:予以|给予|做好)?(?:配合|参与|参加|协助|协办)(?:工作|落实|实施)?$"
)


def roles_of(mask: str, clauses: Sequence[Clause], owners: Sequence[Owner]) -> dict[int, Role]:
    """The starts of the clauses that only say what part the bodies named in them (`owners` of the sentence) take, with that part.

    Who supports stands behind who leads: without a leader 各单位参加 is an order like others.
    """
    roles: dict[int, Role] = {}
    if not any(mask.find(word, clauses[0].start, clauses[-1].end) >= 0 for word in _LEADING):
        return roles
    for clause in clauses:
        named = any(clause.start <= owner.start < clause.end for owner in owners)
        if not named and not roles:
            continue
        supports = _SUPPORTS.match(mask, clause.lead, clause.end)
        if named and (_LEADS.match(mask, clause.lead, clause.end) or (supports and "牵头、" in supports.group())):
            roles[clause.start] = "lead"
        elif roles and supports and (named or whole_subject(mask, clause.lead, supports.end("names"))):
            roles[clause.start] = "support"
    return roles


def supporters(text: str, mask: str, clause: Clause) -> list[Owner]:
    """The bodies named in a clause that says who supports."""
    found = _SUPPORTS.match(mask, clause.lead, clause.end)
    if not found:
        return []
    start, end = found.span("names")
    return [Owner(start + left, start + right, "subject") for left, right in parts_of(text[start:end])]


#: 甲牵头、乙和丙配合: who supports stands behind who leads, in one breath.
_LED_AND_SUPPORTED = re.compile(
    r"牵头(?:负责)?、(?P<names>[^，。；：]{2,60}?)(?:等(?:部门|单位)?)?(?:按职责|共同|积极)?(?:配合|参与|参加|协助)"
)
_BODY = re.compile(
    r"[^、和与及，]{1,20}?(?:局|委|厅|办|部|署|室|院|会|处|科|队|府|站|所|行|司|部门|单位|机构|中心|街道|乡镇|镇|乡|区|县|市)(?=[、和与及等按共积配参协]|$)"
)


def supporters_beside(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where between two offsets the bodies stand that support beside who leads, in one clause."""
    if found := _LED_AND_SUPPORTED.search(text, start, end):
        yield from (name.span() for name in _BODY.finditer(text, *found.span("names")))
