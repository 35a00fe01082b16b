"""From lines to statements: headings out, lists and brackets tied to the sentences they belong to, bearers handed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shenwen.corpus.model import Modality
from shenwen.extractors.bearers import Owner, bearers_of, goes_on
from shenwen.extractors.headings import aims, is_heading, is_title, tells
from shenwen.extractors.lists import Listing, is_condition, is_strong, listing_after, opens_within
from shenwen.extractors.operative import Reading, read_sentence
from shenwen.extractors.page import Page
from shenwen.extractors.responsibility import Duty, bracket_at_end, bracket_at_start
from shenwen.extractors.segments import Line, Sentence


@dataclass(slots=True)
class Draft:
    """A statement in the making: view range, signs and names found so far."""

    sentence: Sentence
    reading: Reading
    modality: tuple[Modality, ...]
    owners: list[Owner] = field(default_factory=list)
    inherited: list[Owner] = field(default_factory=list)
    duty: Duty | None = None


def drafts_of(page: Page, lines: list[Line]) -> Iterator[Draft]:
    """All operative statements, with what brackets after them say. Use the whole list: a later line may complete a draft."""
    text, mask = page.text, page.mask
    paragraph: list[Draft] = []
    listing: Listing | None = None
    lead: list[Owner] = []
    told: int | None = None
    aiming = False
    for number, line in enumerate(lines):
        if not line.sentences:
            continue
        if is_title(page, line):
            if tells(page, line):
                told = line.rank
            elif told is not None and (told == 0 or 0 < line.rank <= told):
                told = None
        if told is not None:
            continue
        if line.rank or is_title(page, line):
            aiming = aims(page, line)
        closing = bracket_at_end(text[line.start : line.end])
        if closing and closing[0] <= 1:
            for draft in paragraph:
                draft.duty = replace(closing[1], at=line.start)
            continue
        if listing and not listing.holds(line.rank):
            listing = None
        following = lines[number + 1] if number + 1 < len(lines) else None
        if closing:
            line = _without_bracket(line, line.start + closing[0])
        paragraph = _line_drafts(page, line, following, listing, lead, aiming)
        if closing:
            for draft in paragraph:
                draft.duty = draft.duty or replace(closing[1], at=line.start + closing[0])
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


def _line_drafts(
    page: Page, line: Line, following: Line | None, listing: Listing | None, lead: list[Owner], aiming: bool
) -> list[Draft]:
    text, mask = page.text, page.mask
    bearers: list[Owner] = lead if listing and not listing.condition else []
    within: tuple[Modality, ...] = ()
    itemised = True
    drafts: list[Draft] = []
    for sentence in line.sentences:
        if text[sentence.body] in "（(" and (opening := bracket_at_start(text[sentence.body : sentence.end])):
            for draft in drafts:
                draft.duty = draft.duty or replace(opening[1], at=sentence.body)
            sentence = replace(sentence, body=sentence.body + opening[0])
        if is_heading(page, line, sentence, following):
            continue
        words_of = mask[sentence.body : sentence.end]
        modals = page.modals(sentence.body, sentence.end)
        reading = read_sentence(page, sentence.body, sentence.end)
        signs = [] if reading.reported and not aiming else reading.signs
        aiming = aiming or any(sign.modality is Modality.TARGET and sign.strong for sign in signs)
        if listing and (is_condition(words_of) or (listing.condition and not is_strong(modals))):
            continue
        if listing and listing.nominal and itemised and not is_strong(modals):
            signs = []
        modality = tuple(dict.fromkeys(sign.modality for sign in signs))
        owners = list(bearers_of(page, reading.clauses)) if signs or (modals and not listing) else []
        shared = within or (listing.modality if listing and itemised else ())
        if modality or shared:
            draft = Draft(sentence, reading, modality or shared, owners)
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
