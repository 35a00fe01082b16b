"""The register of obligations: every operative statement with its bearers and its time limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shenwen.corpus.model import Actor, Document, Facts, Modality, Obligation, View
from shenwen.extractors.bearers import Owner, bearers_of, goes_on
from shenwen.extractors.headings import is_heading
from shenwen.extractors.lists import Listing, is_condition, is_strong, listing_after, opens_within
from shenwen.extractors.operative import read_sentence
from shenwen.extractors.page import Page
from shenwen.extractors.responsibility import Duty, bracket_at_end, bracket_at_start
from shenwen.extractors.segments import Line, Sentence, lines_of


@dataclass(slots=True)
class Draft:
    """A statement in the making: view range, signs and names found so far."""

    sentence: Sentence
    modality: tuple[Modality, ...]
    owners: list[Owner] = field(default_factory=list)
    inherited: list[Owner] = field(default_factory=list)
    duty: Duty | None = None


def find_obligations(document: Document, facts: Facts) -> Facts:
    """Reads: view, masthead, provisions. Writes: obligations, deadlines."""
    view = facts.view
    page = Page(view.text)
    lines = list(lines_of(page.text, page.mask))
    drafts = list(_drafts(page, lines))
    return replace(facts, obligations=tuple(_finished(document, view, draft) for draft in drafts))


def _drafts(page: Page, lines: list[Line]) -> Iterator[Draft]:
    text, mask = page.text, page.mask
    paragraph: list[Draft] = []
    listing: Listing | None = None
    lead: list[Owner] = []
    for number, line in enumerate(lines):
        if not line.sentences:
            continue
        closing = bracket_at_end(text[line.start : line.end])
        if closing and closing[0] <= 1:
            for draft in paragraph:
                draft.duty = closing[1]
            continue
        if listing and not listing.holds(line.rank):
            listing = None
        following = lines[number + 1] if number + 1 < len(lines) else None
        if closing:
            line = _without_bracket(line, line.start + closing[0])
        paragraph = _line_drafts(page, line, following, listing, lead)
        if closing:
            for draft in paragraph:
                draft.duty = draft.duty or closing[1]
        yield from paragraph
        last = line.sentences[-1]
        ends = paragraph[-1] if paragraph and paragraph[-1].sentence is last else None
        opened = listing_after(mask[line.sentences[0].body : last.end], line.rank, ends.modality[-1:] if ends else ())
        if opened:
            listing, lead = opened, (ends.owners or ends.inherited) if ends else []


def _without_bracket(line: Line, start: int) -> Line:
    """The line without the sentence that is only the closing bracket, so that the one before counts as the last."""
    kept = [sentence for sentence in line.sentences if sentence.start < start]
    return replace(line, sentences=(*kept[:-1], replace(kept[-1], last=True))) if kept else line


def _line_drafts(page: Page, line: Line, following: Line | None, listing: Listing | None, lead: list[Owner]) -> list[Draft]:
    text, mask = page.text, page.mask
    bearers: list[Owner] = lead if listing and not listing.condition else []
    within: tuple[Modality, ...] = ()
    itemised = True
    drafts: list[Draft] = []
    for sentence in line.sentences:
        if text[sentence.body] in "（(" and (opening := bracket_at_start(text[sentence.body : sentence.end])):
            for draft in drafts:
                draft.duty = draft.duty or opening[1]
            sentence = replace(sentence, body=sentence.body + opening[0])
        if is_heading(page, line, sentence, following):
            continue
        words_of = mask[sentence.body : sentence.end]
        reading = read_sentence(page, sentence.body, sentence.end)
        signs = reading.signs
        if listing and (is_condition(words_of) or (listing.condition and not is_strong(words_of))):
            continue
        if listing and listing.nominal and itemised and not is_strong(words_of):
            signs = []
        modality = tuple(dict.fromkeys(sign.modality for sign in signs))
        owners = list(bearers_of(page, reading.clauses)) if signs or not listing else []
        shared = within or (listing.modality if listing and itemised else ())
        if modality or shared:
            draft = Draft(sentence, modality or shared, owners)
            if not owners and bearers and (not modality or goes_on(mask, reading)):
                draft.inherited = bearers
            drafts.append(draft)
        itemised = itemised and words_of.endswith("；")
        within = modality if opens_within(words_of) else within if words_of.endswith("；") else ()
        if owners:
            first = signs[0].at if signs else sentence.end
            bearers = [owner for owner in owners if owner.how in ("subject", "is", "asked") and owner.start <= first]
        elif not within and not shared and (not signs or signs[0].modality is Modality.RECOMMENDATION):
            bearers = []
    return drafts


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
