"""Bearers of a sentence: names told apart in all its clauses, and whether the bearer of the sentence before goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shenwen.corpus.model import Modality
from shenwen.extractors.clauses import Clause, clause_subject
from shenwen.extractors.find_owners import Name, named_by, parts_of, whole_subject
from shenwen.extractors.modality import words
from shenwen.extractors.operative import Reading
from shenwen.extractors.page import Page


@dataclass(frozen=True, slots=True)
class Owner:
    """A bearer's name in the view, and how it is named (find_owners.Name.how)."""

    start: int
    end: int
    how: str


_PLACE = re.compile(r"[于在按以每]|根据|应|要|须|必须|结合|通过")
_ON_THEM = re.compile(r"(?:还|也|均|都|并)?(?:应当|应|必须|须|可以|可|不得|要)")
_AFTER_SUBJECT = re.compile(r"(?:还|也|均|都)?(?:应当|应|必须|须|可以|可|不得|要|依照|依据|按照|根据|经|有权|一律)")
_ACTIVE = re.compile(
    r"(?:同时，?)?(?:要|应|须|必须|不得|对|将|把|并|按照?|根据|在|以|通过|结合|针对|发现|发生|未|不|凡|重要|确保|到)"
)


def bearers_of(page: Page, clauses: list[Clause]) -> Iterator[Owner]:
    """All bearers that the sentence names, in order, each once."""
    text, mask = page.text, page.mask
    seen: set[str] = set()
    for number in range(len(clauses)):
        for name in _names(mask, clauses, number):
            if "是否" in mask[name.end : name.end + 2]:
                continue
            for left, right in parts_of(text[name.start : name.end]):
                owner = Owner(name.start + left, name.start + right, name.how)
                part = text[owner.start : owner.end]
                if part not in seen:
                    seen.add(part)
                    yield owner


def _names(mask: str, clauses: list[Clause], number: int) -> list[Name]:
    clause, rest = clauses[number], clauses[number + 1 :]
    said, names = named_by(mask, clause.lead, clause.end)
    opening = all(before.subordinate for before in clauses[:number])
    subject = None if said else clause_subject(mask, clause, opening)
    if subject:
        names = [subject]
    if not names and rest and _AFTER_SUBJECT.match(mask, rest[0].lead):
        alone = whole_subject(mask, clause.lead, clause.end)
        return [alone] if alone else []
    if clause.subordinate:
        return [name for name in names if _bears_on(mask, clause, rest, name)]
    return names


def _bears_on(mask: str, clause: Clause, rest: list[Clause], name: Name) -> bool:
    """The subject of a condition bears the duty too: the main clause (…未完全采纳的，应当…) has a modal word and no subject."""
    if mask[clause.end - 1] != "的" and _PLACE.match(mask, name.end, clause.end):
        return True
    return bool(rest) and bool(_ON_THEM.match(mask, rest[0].lead, rest[0].end)) and "由" not in mask[rest[0].lead : rest[0].end]


def goes_on(mask: str, reading: Reading) -> bool:
    """The sentence has no subject of its own and demands something, so the bearer before it goes on."""
    if not reading.signs or reading.signs[0].modality is Modality.RECOMMENDATION:
        return False
    clauses = reading.clauses
    main = next((clause for clause in clauses if not clause.subordinate and clause.end > clause.lead), clauses[0])
    if _ACTIVE.match(mask, main.lead) or _ACTIVE.match(mask, clauses[0].start):
        return True
    table = words()
    at = table.past_adverbs(mask, main.lead, clauses[-1].end)
    return at > main.lead or table.task_at(mask, at, clauses[-1].end)
