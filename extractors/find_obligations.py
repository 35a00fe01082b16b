"""The register of obligations: every operative statement with its bearers and its time limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shenwen.corpus.model import Actor, Document, Facts, Modality, Obligation, View
from shenwen.extractors.find_owners import owners_of, parts_of
from shenwen.extractors.modality import modals_in, words
from shenwen.extractors.operative import Clause, Sign, clauses_of, signs_of
from shenwen.extractors.responsibility import Duty, bracket_at_end
from shenwen.extractors.segments import Line, Sentence, lines_of, masked

_ENDS = "。！？；：!?;:"


@dataclass(frozen=True, slots=True)
class Owner:
    """A bearer's name in the view, and how it is named (find_owners.Name.how)."""

    start: int
    end: int
    how: str


@dataclass(slots=True)
class Draft:
    """A statement in the making: view range, signs and names found so far."""

    sentence: Sentence
    line: int
    modality: tuple[Modality, ...]
    owners: list[Owner] = field(default_factory=list)
    inherited: list[Owner] = field(default_factory=list)
    duty: Duty | None = None


def find_obligations(document: Document, facts: Facts) -> Facts:
    """Reads: view, masthead, provisions. Writes: obligations, deadlines."""
    view = facts.view
    text = view.text
    mask = masked(text)
    lines = list(lines_of(text, mask))
    drafts = list(_drafts(text, mask, lines))
    return replace(facts, obligations=tuple(_finished(document, view, draft) for draft in drafts))


def _drafts(text: str, mask: str, lines: list[Line]) -> Iterator[Draft]:
    paragraph: list[Draft] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        closing = bracket_at_end(text[line.start : line.end])
        if closing and closing[0] <= 1:
            for draft in paragraph:
                draft.duty = closing[1]
            continue
        paragraph = list(_line_drafts(text, mask, line, following, number))
        if closing:
            for draft in paragraph:
                draft.duty = closing[1]
        yield from paragraph


def _line_drafts(text: str, mask: str, line: Line, following: Line | None, number: int) -> Iterator[Draft]:
    bearers: list[Owner] = []
    for sentence in line.sentences:
        if is_heading(text, mask, line, sentence, following):
            continue
        signs = signs_of(mask, sentence.body, sentence.end)
        owners = list(_owners(text, mask, sentence))
        if signs:
            modality = tuple(dict.fromkeys(sign.modality for sign in signs))
            draft = Draft(sentence, number, modality, owners)
            if not owners and bearers and _goes_on(mask, sentence, signs):
                draft.inherited = bearers
            yield draft
        if owners:
            first = signs[0].at if signs else sentence.end
            bearers = [owner for owner in owners if owner.how in ("subject", "is", "asked") and owner.start <= first]
        elif not signs or signs[0].modality is Modality.RECOMMENDATION:
            bearers = []


_ACTIVE = re.compile(
    r"(?:同时，?)?(?:要|应|须|必须|不得|对|将|把|并|按照?|根据|在|以|通过|结合|针对|发现|发生|未|不|凡|重要|确保|到)"
)


def _goes_on(mask: str, sentence: Sentence, signs: list[Sign]) -> bool:
    """The sentence has no subject of its own and demands something, so the bearer before it goes on."""
    if not signs or signs[0].modality in (Modality.RECOMMENDATION,):
        return False
    clauses = clauses_of(mask, sentence.body, sentence.end)
    main = next((clause for clause in clauses if not clause.subordinate and clause.end > clause.lead), clauses[0])
    at = main.lead
    if _ACTIVE.match(mask, at) or _ACTIVE.match(mask, sentence.body):
        return True
    table = words()
    while found := table.adverb.match(mask, at, sentence.end):
        at = found.end()
    return at > main.lead or bool(table.task.match(mask, at, sentence.end))


def _owners(text: str, mask: str, sentence: Sentence) -> Iterator[Owner]:
    seen: set[str] = set()
    clauses = clauses_of(mask, sentence.body, sentence.end)
    for number, clause in enumerate(clauses):
        if clause.subordinate and not _bears_on(mask, clause, clauses[number + 1 :]):
            continue
        for name in owners_of(mask, clause.lead, clause.end, number == 0):
            if clause.subordinate and mask[clause.end - 1] != "的" and not _PLACE.match(mask, name.end, clause.end):
                continue
            for left, right in parts_of(text[name.start : name.end]):
                owner = Owner(name.start + left, name.start + right, name.how)
                part = text[owner.start : owner.end]
                if part not in seen:
                    seen.add(part)
                    yield owner


_ON_THEM = re.compile(r"(?:还|也|均|都|并)?(?:应当|应|必须|须|可以|可|不得|要)")


_PLACE = re.compile(r"[于在按以]|根据|应|要|须|每|必须|结合|通过")


def _bears_on(mask: str, clause: Clause, rest: list[Clause]) -> bool:
    """After a condition (…未完全采纳的，应当…) the main clause demands without a subject of its own."""
    if mask[clause.end - 1] != "的":
        return True
    return bool(rest) and bool(_ON_THEM.match(mask, rest[0].lead, rest[0].end)) and "由" not in mask[rest[0].lead : rest[0].end]


def is_heading(text: str, mask: str, line: Line, sentence: Sentence, following: Line | None) -> bool:
    """Titles and headings: lines without an end mark, and the short first sentence after a label."""
    length = sentence.end - sentence.body
    closed = text[sentence.end - 1] in _ENDS
    if not closed and sentence.first and sentence.last:
        return length <= 40 or "，" not in mask[sentence.start : sentence.end]
    words_only = mask[sentence.body : sentence.end].rstrip("。")
    if not closed or text[sentence.end - 1] != "。":
        return False
    if any(True for _ in modals_in(mask, sentence.body, sentence.end)) or words_only.count("，") > 1:
        return False
    if sentence.first and line.rank and length <= 28:
        leads = not sentence.last or (following is not None and (following.rank == 0 or following.rank > line.rank))
        return leads and not _NOT_HEADING.search(words_only)
    return length <= 12 and "，" not in words_only and not sentence.last and bool(words().task.match(words_only))


_NOT_HEADING = re.compile(r"^对|由|负责|的，|予以")


def _finished(document: Document, view: View, draft: Draft) -> Obligation:
    start, end = draft.sentence.start, draft.sentence.end
    span = view.source(start, end)
    quote = document.quote(span)
    if draft.duty:
        actors = tuple(Actor(name) for name in draft.duty.lead)
    else:
        named = [(owner, False) for owner in draft.owners] or [(owner, True) for owner in draft.inherited]
        actors = tuple(_actor(document, view, owner, inherited) for owner, inherited in named)
    supporting = tuple(Actor(name) for name in draft.duty.support) if draft.duty else ()
    return Obligation(
        span=span, quote=quote, text=view.text[start:end], modality=draft.modality, actors=actors, supporting=supporting
    )


def _actor(document: Document, view: View, owner: Owner, inherited: bool) -> Actor:
    span = view.source(owner.start, owner.end)
    return Actor(document.quote(span), span, inherited=inherited)
