"""The register of obligations: every operative statement with its bearers and its time limits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from shenwen.corpus.model import Actor, Deadline, Document, Facts, Modality, Obligation
from shenwen.extractors.deadlines.find_deadlines import closing_of, deadlines_in
from shenwen.extractors.obligations.drafts import Draft, drafts_of
from shenwen.extractors.obligations.full_names import FullNames
from shenwen.extractors.obligations.page import Page
from shenwen.extractors.obligations.roles import supporters_beside
from shenwen.extractors.obligations.segments import Line, lines_of
from shenwen.extractors.obligations.statement_parts import parts_of_statement
from shenwen.extractors.obligations.task_tables import TaskRow, task_rows

#: Time limits that may stand outside obligations: entry into force, validity (what else is dated there is narration).
_OUTSIDE = ("from:", "valid:", "until:")
#: A sentence with one of these says how long something runs (整顿时限是…).
_SPANS = ("时限", "期限", "时间为", "时间是")
#: And with one of these on which day it closes.
_CLOSES = ("截止时间", "截止日", "时间为", "时间是", "时间：")


def find_obligations(document: Document, facts: Facts) -> Facts:
    """Reads: view, masthead, provisions. Writes: obligations, deadlines."""
    register = _Register(document, facts)
    obligations = sorted(register.obligations(), key=lambda obligation: obligation.span)
    return replace(facts, obligations=tuple(obligations), deadlines=tuple(register.other_deadlines()))


#: Not what only tells which things: 2016年以前建成的，…
_OPENS_IN = re.compile(r"[自从在于到]?(?P<year>[12]\d{3})年(?!代|[^，]{0,6}(?:前|后|起|以来)|[^，为将把对]*的[^，]{0,10}，)")
_YEAR = re.compile(r"(20\d\d)年")


#: A signature's day that stands within a line: texts whose line breaks were lost.
_SIGNED = re.compile(r"\s(20\d\d)年\d{1,2}月\d{1,2}日(?=\s|$)")


def _year_of(facts: Facts) -> int | None:
    """The year of a document without a day of issue: the only one that its title names (2026年入学工作实施方案), that of its
    entry into force, or that of a day which stands by itself as in a signature."""
    if facts.masthead.issued_date:
        return None
    named = set(_YEAR.findall(facts.masthead.title or ""))
    if len(named) == 1:
        return int(named.pop())
    if facts.masthead.effective_date:
        return facts.masthead.effective_date.year
    signed = _SIGNED.findall(facts.view.text)
    return int(signed[-1]) if signed else None


#: An entry of a timetable: the days stand by themselves (3月1日—3月5日，网上报名).
_HAPPENED = re.compile("了|发生|造成|先后")
_BESIDE, _BEHIND = " \t（(", " \t，：:）)"


def _is_entry(said: str, limit: Deadline, issued: date | None) -> bool:
    past = issued is not None and limit.due is not None and limit.due < issued
    if past or not limit.norm.startswith("during:") or "日" not in limit.quote or _HAPPENED.search(said):
        return False
    at = said.find(limit.quote)
    end = at + len(limit.quote)
    return at >= 0 and said[at - 1 : at] in _BESIDE and said[end : end + 1] in _BEHIND


class _Register:
    """What the finishing of statements shares within one document."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._facts = facts
        self._page = Page(facts.view.text)
        self._year = _year_of(facts)
        self._lines: list[Line] = [line for line in lines_of(self._page.text, self._page.mask) if not self._addresses(line)]
        self._drafts = list(drafts_of(self._page, self._lines))
        self._names = FullNames(self._page.text, facts.masthead)
        self._known: dict[tuple[str, int], Actor] = {}
        self._provisions = sorted(facts.provisions, key=lambda provision: provision.span)
        self._starts = [provision.span.start for provision in self._provisions]

    def obligations(self) -> Iterator[Obligation]:
        for draft in self._drafts:
            if not self._is_told(draft) and not self._is_past(obligation := self._from_draft(draft)):
                yield obligation
        for row in task_rows(self._page.text, self._lines):
            yield self._from_row(row)

    def _addresses(self, line: Line) -> bool:
        """The line holds nothing but the addressees (some bear names like acts: 外交部)."""
        addressed = self._facts.masthead.addressees_span
        if addressed is None:
            return False
        here = self._facts.view.source(line.start, line.end)
        return here.start < addressed.end and addressed.start < here.end and len(here) <= len(addressed) + 4

    def _is_told(self, draft: Draft) -> bool:
        """The sentence opens with a year before the issue (2016年县供销社将旧仓库改造为冷库) and has no modal word."""
        issued = self._facts.masthead.issued_date
        start, end = draft.sentence.body, draft.sentence.end
        opened = _OPENS_IN.match(self._page.mask, start, end) if issued else None
        if issued is None or opened is None or int(opened["year"]) >= issued.year:
            return False
        return not self._page.modals(start, end)

    def _is_past(self, found: Obligation) -> bool:
        """A goal whose day lies before the issue is what a report says was reached (2015年末…达到2.9万户), not what is demanded."""
        issued = self._facts.masthead.issued_date
        if issued is None or not found.deadlines or found.modality != (Modality.TARGET,):
            return False
        return all(limit.date and limit.date < issued for limit in found.deadlines)

    def other_deadlines(self) -> Iterator[Deadline]:
        """Time limits of sentences that demand nothing."""
        operative = {draft.sentence.end for draft in self._drafts}
        for line in self._lines:
            for sentence in line.sentences:
                if sentence.end not in operative:
                    found = self._deadlines(sentence.start, sentence.end)
                    said = self._page.text[sentence.start : sentence.end]
                    span = any(word in said for word in _SPANS)
                    kinds = (
                        *_OUTSIDE,
                        *(("during:",) if span else ()),
                        *(("by:",) if any(word in said for word in _CLOSES) else ()),
                    )
                    yield from (limit for limit in found if limit.norm.startswith(kinds) or self._is_ahead(limit, said))

    def _is_ahead(self, limit: Deadline, said: str) -> bool:
        """A day or a month still to come when the document was issued, or an entry of a timetable."""
        issued = self._facts.masthead.issued_date
        ahead = issued is not None and limit.due is not None and limit.due >= issued
        return (ahead and limit.kind in ("by", "during") and "月" in limit.quote and not _HAPPENED.search(said)) or _is_entry(
            said, limit, issued
        )

    def _from_draft(self, draft: Draft) -> Obligation:
        start, end = draft.start, draft.end
        parts = parts_of_statement(
            self._page, start, end, draft.reading, [] if draft.duty else [*draft.owners, *draft.supporting]
        )
        span = self._facts.view.source(start, end)
        return Obligation(
            span=span,
            quote=self._document.quote(span),
            text=self._page.text[start:end],
            modality=draft.modality,
            provision=self._provision_at(span.start),
            actors=tuple(self._actors(draft)),
            supporting=tuple(self._supporting(draft)),
            recipients=parts.recipients,
            action=parts.action,
            targets=parts.targets,
            condition=parts.condition,
            exception=parts.exception,
            qualified=parts.qualified,
            deadlines=self._deadlines(start, end),
            listed=not draft.reading.signs,
        )

    def _from_row(self, row: TaskRow) -> Obligation:
        span = self._facts.view.source(row.start, row.end)
        return Obligation(
            span=span,
            quote=self._document.quote(span),
            text=self._page.text[row.start : row.end],
            modality=(Modality.OBLIGATION,),
            provision=self._provision_at(span.start),
            actors=tuple(self._named(name, row.start) for name in row.lead),
            supporting=tuple(self._named(name, row.start) for name in row.support),
            action=self._page.text[slice(*row.task)],
            deadlines=tuple({limit.norm: limit for limit in reversed(self._deadlines_of_row(row))}.values())[::-1],
        )

    def _provision_at(self, start: int) -> str | None:
        number = bisect_right(self._starts, start) - 1
        if number < 0 or start >= self._provisions[number].whole.end:
            return None
        return self._provisions[number].id

    def _deadlines_of_row(self, row: TaskRow) -> tuple[Deadline, ...]:
        """Those of the row's sentences, and a day that the column of limits names by itself."""
        found = self._deadlines(row.start, row.end)
        return found if found or not row.time else self._deadlines(*row.time, read=closing_of)

    def _deadlines(self, start: int, end: int, read: Callable[..., tuple[Deadline, ...]] = deadlines_in) -> tuple[Deadline, ...]:
        head = self._facts.masthead
        found = read(self._facts.view, start, end, head.issued_date, self._year, head.effective_date)
        return tuple(replace(limit, quote=self._document.quote(limit.span)) for limit in found)

    def _actors(self, draft: Draft) -> Iterator[Actor]:
        if draft.duty:
            yield from (self._named(name, draft.duty.at) for name in draft.duty.lead)
            return
        for owner in draft.owners or draft.inherited:
            yield self._actor(owner.start, owner.end, inherited=not draft.owners)

    def _supporting(self, draft: Draft) -> Iterator[Actor]:
        """Supporting bodies: those of the bracket, else of the sentence itself (甲牵头、乙和丙配合，……)."""
        if draft.duty:
            yield from (self._named(name, draft.duty.at) for name in draft.duty.support)
        elif draft.supporting:
            yield from (self._actor(owner.start, owner.end) for owner in draft.supporting)
        else:
            yield from (self._actor(*place) for place in supporters_beside(self._page.text, draft.start, draft.end))

    def _named(self, name: str, after: int) -> Actor:
        """A name read from a bracket or a cell that begins at the view offset `after`: one bracket speaks for many sentences."""
        actor = self._known.get((name, after))
        if actor is None:
            at = self._page.text.find(name, after)
            actor = self._actor(at, at + len(name)) if at >= 0 else Actor(name, full=self._names.of(name))
            self._known[name, after] = actor
        return actor

    def _actor(self, start: int, end: int, inherited: bool = False) -> Actor:
        span = self._facts.view.source(start, end)
        name, quote = self._page.text[start:end], self._document.quote(self._facts.view.source(start, end))
        return Actor(quote, span, self._names.of(name) or (name if name != quote else None), inherited)
