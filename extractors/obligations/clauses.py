"""A sentence taken apart at its commas: clauses, which of them only set a condition, and the body each has as subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, pairwise

from msgspec import Struct

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.find_owners import Name, subject_of


class Sign(Struct, frozen=True):
    """Why a clause is operative: view offset `at` of the word, its modality, `strong` where it opens a statement of its own."""

    at: int
    modality: Modality
    strong: bool = False


@dataclass(slots=True)
class Clause:
    """A stretch between commas. `lead` is where it begins after connectives; `subordinate` where it only sets a condition."""

    start: int
    end: int
    lead: int
    subordinate: bool
    signs: list[Sign] = field(default_factory=list)
    subject: Name | None = None
    seen: bool = False
    """`subject` has been looked for."""


_CLAUSE = re.compile(r"[^，：]+")
_LEAD = re.compile(
    r"(?:同时|并且|此外|另外|其中|因此|因而|但是|但|且|并|而|再|又|也|还|凡|即|若|然后|随后|随即|首先|其次|最后|在此前提下|在此基础上|原则上|一般|"
    r"确需|特别是|尤其是|对此|为此|据此|必要时|届时|期间|今后|要么|或者|或|以及|和|[ \t])*"
)
_LEAD_OPENS = frozenset("一且为也今以但其再凡即原又另同和因在对尤届并必或据最期此然特确而若要还随首 \t")
_SUBORDINATE = re.compile(
    r"(?:的|时|时候|后|前|之日起|情况下|情形下|条件下|前提下|过程中|基础上|以后|以前|之前|之后|期间|方面|除外|外)$"
)
_BECAUSE = re.compile(r"鉴于|随着|由于|因为|考虑到")
#: Begins a condition that the next clause closes: 用人单位未…，造成后果的.
_CONDITIONAL = re.compile(r"[^，要应须]{0,25}?(?:未|不(?!得)|违反|拒不|擅自|发生|存在|造成|符合|属于|具有)")
#: 发现货物不再符合要求，或者接到通知的，应当…: both are the case.
_OR = ("或者", "或是")
TRAILING = "。！？；!?; \t"


#: Nobody writes more; beyond it a hostile text would only cost time.
_MOST_CLAUSES = 400


def clauses_of(mask: str, start: int, end: int) -> list[Clause]:
    """The clauses of a sentence, condition clauses marked."""
    stop = end
    while stop > start and mask[stop - 1] in TRAILING:
        stop -= 1
    found = []
    for part in islice(_CLAUSE.finditer(mask, start, stop), _MOST_CLAUSES):
        left, right = part.span()
        lead = _LEAD.match(mask, left, right) if mask[left] in _LEAD_OPENS else None
        closed = right < stop and bool(
            _SUBORDINATE.search(mask, max(left, right - 4), right) or _BECAUSE.match(mask, left, right)
        )
        closed = closed or mask.endswith("除外", left, right)
        found.append(Clause(left, right, lead.end() if lead else left, closed))
    for clause, following in pairwise(found):
        if following.subordinate and mask[following.end - 1] == "的":
            joined = mask.startswith(_OR, following.start)
            clause.subordinate = clause.subordinate or joined or bool(_CONDITIONAL.match(mask, clause.lead, clause.end))
    if mask.startswith("违反", start) or mask.find("的，", start, stop) >= 0:
        _close_offence(mask, found)
    if mask[start : start + 1] == "对":
        _close_object(mask, found)
    return found


_PENAL = re.compile("(?:依法|依照[^，]{2,20})?(?:给予[^，]{0,10}(?:处分|警告)|追究[^，]{0,8}责任|处以?[^，]{0,30}罚款)")


def _close_offence(mask: str, clauses: list[Clause]) -> None:
    """违反本条例规定，拒绝检查，弄虚作假，或者…的，由…: all up to the first 的 is what was done wrong."""
    offends = mask.startswith("违反", clauses[0].start)
    for number, clause in enumerate(clauses[:-1]):
        if mask.find("由", clause.lead, clause.end) >= 0 or mask.find("责令", clause.lead, clause.end) >= 0:
            return
        if clause.subordinate and mask[clause.end - 1] == "的":
            if offends or _PENAL.match(mask, clauses[number + 1].start):
                for part in clauses[:number]:
                    part.subordinate = True
            return


#: 对…成效明显、…任务完成较好的县，给予补助: the object of 对 runs over commas up to its noun.
_OBJECT_ENDS = re.compile(r"的[^，的]{1,24}$")
_OBJECT_ACTS = re.compile(r"不[^，、的]{1,4}、不|进行|予以|给予|实行|实施|开展|加强|应|须|不得|要|可|允许|由|将")
#: Behind the last 的 these show that the clause goes on to the act: 对发现的问题依法处理.
_ACTS_BEHIND = re.compile(
    "依法|依规|严肃|及时|严格|加大|加快|一律|坚决|认真|积极|切实|从严|从重|从快|全面|逐一|一查|不断|大力|优先|提供|落实|取消|处以|适用|免除|减免|收取|征收|补助|奖励"
)


def _close_object(mask: str, clauses: list[Clause]) -> None:
    for number, clause in enumerate(clauses[:-1]):
        if clause.subordinate or _OBJECT_ACTS.search(mask, clause.start, clause.end):
            return
        found = _OBJECT_ENDS.search(mask, clause.start, clause.end)
        if found and not _ACTS_BEHIND.search(mask, *found.span()):
            for part in clauses[: number + 1]:
                part.subordinate = True
            return


#: 以及有关单位应当…; 以及学生的意愿 goes on with what was listed.
_DEMANDS = ("应", "要", "须", "必须", "不得", "可", "负责")


def clause_subject(mask: str, clause: Clause, opening: bool) -> Name | None:
    """The body that stands as subject of the clause. A clause that does not open the sentence (`opening`) and begins with a
    verb goes on with what was said before."""
    if not clause.seen:
        clause.subject, clause.seen = subject_of(mask, clause.lead, clause.end), True
    subject = clause.subject
    if subject and mask.startswith("以及", clause.start) and not mask.startswith(_DEMANDS, subject.end):
        return None
    return None if subject and subject.verbal and not opening else subject
