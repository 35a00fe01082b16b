"""What is to be done, in words that stand alone in a register (任务内容): the statement without its bearer, the modal word of a duty
and the bracket of owners. 各县政府要在每年年底前建立台账，并报省政府（省财政厅牵头） → 在每年年底前建立台账，并报省政府.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.bearers import Owner
from shenwen.extractors.obligations.operative import Reading
from shenwen.extractors.obligations.page import Page
from shenwen.extractors.obligations.responsibility import bracket_at_end
from shenwen.extractors.obligations.roles import roles_of

#: Longer acts end at the last comma before it.
_LONGEST = 160
_STOPS = "。！？；!?;，,、：: \t"
_DUTY = re.compile(r"(?:应当|应该|应予以|应予|应|必须|务必|须|需要|需|要(?!求)|负责(?!人|同志))")
#: Between the bearer and the modal word.
_ADVERB = re.compile(r"(?:等(?:部门|单位|有关部门|地区)?)?(?:还|也|均|都|并|原则上|一般)?")
_JOINED = re.compile(r"(?:等(?:部门|单位)?)?[、，和与及以]{0,2}(?:以及)?")
#: 由甲牵头、乙和丙配合制定…: who leads and who supports have columns of their own.
_ROLES = re.compile(
    r"(?:负责)?牵头(?:负责)?(?:、[^，。；：]{2,80}?(?:按职责|共同|积极)?(?:配合|参与|参加|协助|协办))?(?=[，。；、]|$|[^人单部])[，、]?"
    r"|(?:负责|组织实施|落实)(?=[，。；]|$)"
)


_SHORT_NAME = re.compile(r"[（(](?:以下|下)?(?:简称|统称|称)[^（()）]*[）)]")


def act_of(page: Page, end: int, reading: Reading, owners: list[Owner]) -> str | None:
    """The act of the statement that ends at the view offset `end`; None where nothing is left to say.

    `owners` are the bodies that the register names in columns of their own.
    """
    if not reading.clauses:
        return None
    start = reading.clauses[0].start
    text = page.text[start:end]
    if bracket := bracket_at_end(text):
        text = text[: bracket[0]]
    kept = _without(text, sorted(_cuts(page, start, start + len(text), reading, owners)), start)
    words = _shortened(re.sub(r"[，、]{2,}", "，", kept).strip(_STOPS))
    return words if len(words) > 1 else None


def _cuts(page: Page, start: int, end: int, reading: Reading, owners: list[Owner]) -> Iterator[tuple[int, int]]:
    """View ranges of bearers with what says that they must, and of the modal words of duties that open a clause."""
    text, mask = page.text, page.mask
    leads = {clause.start for clause in reading.clauses} | {clause.lead for clause in reading.clauses}
    known = roles_of(mask, reading.clauses, owners)
    roles = [clause for clause in reading.clauses if clause.start in known]
    yield from ((clause.start, clause.end + 1) for clause in roles)
    owners = [owner for owner in owners if not any(clause.start <= owner.start < clause.end for clause in roles)]
    aims = all(sign.modality is Modality.TARGET for sign in reading.signs)
    runs = [] if aims else list(_runs(text, owners))
    # Where several bear, each with an act of its own, the words must still say who does what.
    for left, right, how in runs if len(runs) == 1 else ():
        if how in ("by", "asked") and text[left - 1 : left] in ("由", "请"):
            left -= 3 if text.startswith("主要", left - 3) else 1
        if short := _SHORT_NAME.match(text, right, end):
            right = short.end()
        charge = _ROLES.match(text, right, end)
        if charge and (left in leads or text[left] == "由" or text.startswith("主要由", left)):
            yield left, charge.end()
            continue
        # 具体比例由省局确定, 交由县局决定: the object stands first, and without who decides the words are not whole.
        if left not in leads or text.startswith(("的", "承担"), right):
            continue
        behind = _ADVERB.match(text, right, end)
        duty = _DUTY.match(mask, behind.end() if behind else right, end)
        yield left, duty.end() if duty else right
    for sign in reading.signs:
        if any(owner.start <= sign.at < owner.end for owner in owners):
            continue
        if sign.modality is Modality.OBLIGATION and sign.at in leads and (duty := _DUTY.match(mask, sign.at, end)):
            yield duty.span()


def _runs(text: str, owners: list[Owner]) -> Iterator[tuple[int, int, str]]:
    """Bearers that stand one behind the other (甲局、乙局和丙局) as one range."""
    left = right = 0
    how = ""
    for owner in sorted(owners, key=lambda owner: owner.start):
        if how and owner.start >= right and _JOINED.fullmatch(text, right, owner.start):
            right = owner.end
            continue
        if how:
            yield left, right, how
        left, right, how = owner.start, owner.end, owner.how
    if how:
        yield left, right, how


def _without(text: str, cuts: list[tuple[int, int]], start: int) -> str:
    pieces = []
    at = 0
    for left, right in cuts:
        if left - start >= at:
            pieces.append(text[at : left - start])
            at = right - start
    return "".join([*pieces, text[at:]])


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    cut = max(words.rfind(mark, 0, _LONGEST) for mark in "，；。")
    return words[: cut if cut > _LONGEST // 2 else _LONGEST] + "……"
