"""Several statements in one sentence told apart: 甲局要建立台账，乙局不得擅自变更 are two, each with bearer and modality."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.bearers import Owner
from shenwen.extractors.obligations.clauses import Clause
from shenwen.extractors.obligations.operative import Reading
from shenwen.extractors.obligations.page import Page
from shenwen.extractors.obligations.roles import roles_of, supporters


@dataclass(slots=True)
class Statement:
    """View range and clauses of one statement, its modality, the bearers and the supporting bodies that its own words name."""

    start: int
    end: int
    modality: tuple[Modality, ...]
    clauses: list[Clause] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)
    supporting: list[Owner] = field(default_factory=list)

    def reading(self, whole: Reading) -> Reading:
        """The part of the sentence's reading that is this statement's."""
        return Reading(self.clauses, [sign for sign in whole.signs if self.start <= sign.at < self.end])


def told_apart(page: Page, start: int, end: int, reading: Reading, owners: list[Owner]) -> list[Statement]:
    """The statements of the sentence between two view offsets, in order; together they cover it.

    A clause that only says who leads or supports belongs to the statement before it; at the beginning, to the one behind it.
    """
    statements: list[Statement] = []
    waiting: list[Clause] = []
    mask = page.mask
    roles = roles_of(mask, reading.clauses, owners)
    for clause in reading.clauses:
        if clause.start in roles:
            (statements[-1].clauses if statements else waiting).append(clause)
            continue
        kinds = tuple(dict.fromkeys(sign.modality for sign in reading.signs if clause.start <= sign.at < clause.end))
        named = [owner for owner in owners if clause.start <= owner.start < clause.end]
        if not kinds and (clause.subordinate or waiting or _WHEN.fullmatch(mask, clause.lead, clause.end)):
            waiting.append(clause)
            continue
        if not kinds:
            (statements[-1].clauses if statements else waiting).append(clause)
            continue
        late = bool(statements) and not named and _ONLY_WHEN.fullmatch(mask, clause.lead, clause.end)
        if not statements or (not late and _differs(statements[-1], kinds, named)):
            statements.append(Statement(waiting[0].start if waiting and statements else clause.start, end, kinds))
        last = statements[-1]
        last.clauses += [*waiting, clause]
        last.modality = tuple(dict.fromkeys((*last.modality, *kinds)))
        waiting = []
    if not statements and roles:
        statements.append(Statement(start, end, (Modality.OBLIGATION,)))
    if not statements:
        return []
    statements[-1].clauses += waiting
    statements[0].start = start
    for statement, following in pairwise(statements):
        statement.end = following.start - 1
    for statement in statements:
        supports = [clause for clause in statement.clauses if roles.get(clause.start) == "support"]
        statement.supporting = [owner for clause in supports for owner in supporters(page.text, mask, clause)]
        statement.owners = [
            owner
            for owner in owners
            if statement.start <= owner.start < statement.end
            and not any(clause.start <= owner.start < clause.end for clause in supports)
        ]
    return statements


#: 到2030年，…: when, of what stands behind.
_WHEN = re.compile(r"(?:力争|预计|确保)?[到至][^，]{0,4}?(?:\d{2,4}年[底末初中]?|“?十[一二三四五六]五”?末)")
#: …，2027年6月底前完成: when, of what stands before.
_ONLY_WHEN = re.compile(
    r"(?:力争|确保|原则上|要|应当|应|须|于|在|到)*[^，]{2,20}?[前底内末](?:全部|全面|基本)*(?:完成|办结|到位|落实到位|建成|竣工)"
)


def _differs(last: Statement, kinds: tuple[Modality, ...], named: list[Owner]) -> bool:
    """A clause with another modality, or with a bearer where the statement so far has clauses of its own, begins a new one."""
    return not set(kinds) <= set(last.modality) or bool(named)
