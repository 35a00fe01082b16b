"""From lines to statements: headings out, lists and brackets tied to the sentences they belong to, bearers handed on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.bearers import Owner, bearers_of, goes_on, is_governed, punishes
from shenwen.extractors.obligations.clauses import clauses_of
from shenwen.extractors.obligations.find_owners import is_complete
from shenwen.extractors.obligations.headings import aims, is_heading, is_title, opens_part, tells
from shenwen.extractors.obligations.lists import (
    Listing,
    bodies_set_up,
    duty_holder,
    is_condition,
    is_strong,
    listing_after,
    opens_names,
    opens_within,
    titled_holder,
)
from shenwen.extractors.obligations.modality import starts_task
from shenwen.extractors.obligations.operative import Reading, read_sentence
from shenwen.extractors.obligations.page import Page
from shenwen.extractors.obligations.responsibility import Duty, bracket_at_end, bracket_at_start
from shenwen.extractors.obligations.segments import Line, Sentence, past_label
from shenwen.extractors.obligations.statements import told_apart


@dataclass(slots=True)
class Draft:
    """A statement in the making: its view range in the sentence, signs and names found so far."""

    sentence: Sentence
    start: int
    end: int
    reading: Reading
    modality: tuple[Modality, ...]
    owners: list[Owner] = field(default_factory=list)
    inherited: list[Owner] = field(default_factory=list)
    supporting: list[Owner] = field(default_factory=list)
    duty: Duty | None = None


def drafts_of(page: Page, lines: list[Line]) -> Iterator[Draft]:
    """All operative statements, with what brackets after them say. Use the whole list: a later line may complete a draft."""
    text, mask = page.text, page.mask
    paragraph: list[Draft] = []
    listing: Listing | None = None
    lead: list[Owner] = []
    charged: list[Owner] = []
    set_up = bodies_set_up(text)
    told: int | None = None
    aiming = False
    for number, line in enumerate(lines):
        if not line.sentences:
            continue
        if opens_part(page, line):
            if tells(page, line):
                told = line.rank
            elif told is not None and (told == 0 or 0 < line.rank <= told):
                told = None
        if told is not None:
            continue
        if line.rank or is_title(page, line):
            aiming = aims(page, line)
        if is_title(page, line):
            charged = _charged(page, line, set_up)
        closing = bracket_at_end(text[line.start : line.end])
        if closing and closing[0] <= 1:
            for draft in paragraph:
                draft.duty = replace(closing[1], at=line.start)
            continue
        if listing and not (listing.holds(line.rank) or _unlabelled_item(text, line)):
            listing = None
        following = lines[number + 1] if number + 1 < len(lines) else None
        if closing:
            line = _without_bracket(line, line.start + closing[0])
        reader = _Paragraph(page, line, following, listing, lead if listing and not listing.condition else charged, aiming)
        for sentence in line.sentences:
            reader.read(sentence)
        paragraph = reader.drafts
        if closing:
            for draft in paragraph:
                draft.duty = draft.duty or replace(closing[1], at=line.start + closing[0])
        yield from paragraph
        last = line.sentences[-1]
        ends = paragraph[-1] if paragraph and paragraph[-1].sentence.end == last.end else None
        opened = listing_after(mask[line.sentences[0].body : last.end], line.rank, ends.modality[-1:] if ends else ())
        if opened:
            listing, lead = opened, (ends and _charged_with(ends)) or _holder(page, last)


def _charged_with(draft: Draft) -> list[Owner]:
    """Whom the list behind the statement is for: 省局设立专家组，履行下列职责： is for the body formed."""
    owners = draft.owners or draft.inherited
    return [owner for owner in owners if owner.how == "formed"] or owners


def _holder(page: Page, sentence: Sentence) -> list[Owner]:
    """The body whose duties a list is to name."""
    span = duty_holder(page.mask[sentence.body : sentence.end])
    if span is None:
        return list(bearers_of(page, clauses_of(page.mask, sentence.body, sentence.end)))
    if not is_complete(page.mask[sentence.body + span[0] : sentence.body + span[1]]):
        return []
    return [Owner(sentence.body + span[0], sentence.body + span[1], "is")]


def _unlabelled_item(text: str, line: Line) -> bool:
    """Items whose labels were lost: lines that end with semicolons, and the one behind the last of them."""
    before = text[: line.start].rstrip()[-1:] if line.start < 2 else text[max(0, line.start - 4) : line.start].rstrip()[-1:]
    return line.rank == 0 and before in "：:；;" and (text[line.end - 1] in "；;" or before in "；;")


def _charged(page: Page, line: Line, set_up: list[tuple[int, int]]) -> list[Owner]:
    """The body whose duties stand under the heading."""
    first = line.sentences[0]
    span = titled_holder(page.text, first.body, first.end, set_up)
    if span is None or not is_complete(page.text[slice(*span)]) or starts_task(page.text, *span):
        return []
    return [Owner(*span, "is")]


def _without_bracket(line: Line, start: int) -> Line:
    """The line without the sentence that is only the closing bracket, so that the one before counts as the last."""
    kept = [sentence for sentence in line.sentences if sentence.start < start]
    return replace(line, sentences=(*kept[:-1], replace(kept[-1], last=True))) if kept else line


_DEFINES = re.compile("是指|系指")


@dataclass(slots=True)
class _Paragraph:
    """What a line's sentences hand on to one another while they are read in order."""

    page: Page
    line: Line
    following: Line | None
    listing: Listing | None
    bearers: list[Owner]
    goals: bool
    within: tuple[Modality, ...] = ()
    itemised: bool = True
    naming: bool = False
    aiming: bool = False
    open: bool = False
    """The sentence before ended with a semicolon."""
    drafts: list[Draft] = field(default_factory=list)

    def read(self, sentence: Sentence) -> None:
        sentence = self._past_bracket(sentence)
        item = self.listing and self.itemised and sentence.first and sentence.last
        if not item and is_heading(self.page, self.line, sentence, self.following):
            self.bearers = self.bearers if sentence.first else []
            return
        words = self.page.mask[sentence.body : sentence.end]
        if self.naming or opens_names(words):
            self.naming = words.endswith("；")
            return
        modals = self.page.modals(sentence.body, sentence.end)
        strong = is_strong(modals)
        if self.listing and (is_condition(words) or (self.listing.condition and not strong)):
            return
        reading = self._reading(sentence, strong)
        owners = list(bearers_of(self.page, reading.clauses)) if reading.signs or (modals and not self.listing) else []
        shared = self.within or (self.listing.modality if self.listing and self.itemised else ())
        self._draft(sentence, reading, owners, shared)
        self._hand_on(sentence, words, reading, owners, bool(shared))

    def _past_bracket(self, sentence: Sentence) -> Sentence:
        """Owners in a bracket at the sentence's beginning belong to what stands before it."""
        text = self.page.text
        if text[sentence.body] not in "（(" or not (opening := bracket_at_start(text[sentence.body : sentence.end])):
            return sentence
        for draft in self.drafts:
            draft.duty = draft.duty or replace(opening[1], at=sentence.body)
        return past_label(text, replace(sentence, start=sentence.body + opening[0], body=sentence.body + opening[0]))

    def _reading(self, sentence: Sentence, strong: bool) -> Reading:
        reading = read_sentence(self.page, sentence.body, sentence.end)
        thing = self.listing and self.itemised and self.listing.names(self.page.mask[sentence.body : sentence.end], strong)
        if thing or (reading.reported and not self.aiming and not self.goals):
            return Reading(reading.clauses, [])
        if self.goals and any(sign.modality is Modality.TARGET for sign in reading.signs):
            # Under a heading of goals 打造品牌10个 is one of them, no task.
            return Reading(reading.clauses, [sign for sign in reading.signs if sign.strong or sign.modality is Modality.TARGET])
        return reading

    def _draft(self, sentence: Sentence, reading: Reading, owners: list[Owner], shared: tuple[Modality, ...]) -> None:
        if not reading.signs:
            if shared and not _DEFINES.search(self.page.mask, sentence.body, sentence.end):
                self.drafts.append(Draft(sentence, sentence.start, sentence.end, reading, shared, owners, self.bearers))
            return
        parts = told_apart(self.page, sentence.start, sentence.end, reading, owners)
        # 情节严重的，处以罚款，由登记机关吊销执照: who was named before does the first, another the second.
        open_first = not owners or (
            self.open and bool(parts) and not parts[0].owners and punishes(self.page.mask, parts[0].start, parts[0].end)
        )
        inherited = (
            self.bearers
            if open_first and self.bearers and ((shared and not self._state(self.bearers)) or self._goes_on(reading))
            else []
        )
        for part in parts:
            said = part.reading(reading)
            self.drafts.append(
                Draft(sentence, part.start, part.end, said, part.modality, part.owners, inherited, part.supporting)
            )
            inherited = part.owners or inherited

    def _state(self, bearers: list[Owner]) -> bool:
        """国家按照下列规定实行分类管理：the items are for others."""
        return any(self.page.text[owner.start : owner.end] == "国家" for owner in bearers)

    def _goes_on(self, reading: Reading) -> bool:
        names = [self.page.text[owner.start : owner.end] for owner in self.bearers]
        return goes_on(self.page.mask, reading, governed=is_governed(names), within=self.open)

    def _leads(self, owner: Owner, first: int) -> bool:
        """The sentence is addressed to the body: it stands before the first sign, or behind 请. 一个单位 is anybody, nobody addressed."""
        addressed = owner.start <= first or (owner.how == "asked" and owner.start == first + 1)
        return owner.how != "by" and addressed and self.page.text[owner.start] != "一"

    def _hand_on(self, sentence: Sentence, words: str, reading: Reading, owners: list[Owner], shared: bool) -> None:
        signs = reading.signs
        self.aiming = self.aiming or any(sign.modality is Modality.TARGET and sign.strong for sign in signs)
        modality = tuple(dict.fromkeys(sign.modality for sign in signs))
        ends_open = words.endswith("；")
        self.itemised = self.itemised and ends_open
        self.open = ends_open
        self.within = modality if opens_within(words) else self.within if ends_open else ()
        supporting = {owner.start for draft in self.drafts if draft.sentence is sentence for owner in draft.supporting}
        if owners := [owner for owner in owners if owner.start not in supporting]:
            first = signs[0].at if signs else sentence.end
            # Behind a semicolon who was named by 由 goes on too: 由县局责令改正；拒不改正的，处以罚款。
            leading = [owner for owner in owners if self._leads(owner, first)]
            self.bearers = leading or [owner for owner in owners if owner.how == "by" and ends_open]
        elif not self.within and not shared and (not signs or signs[0].modality is Modality.RECOMMENDATION):
            self.bearers = []
