"""How much of a draft already stands elsewhere, unit by unit, and what is new in it (article 21 of the founding document)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shenwen.corpus.archive import InForce
from shenwen.corpus.entries import Entry
from shenwen.corpus.matching import Passage, align, coverage, sizes
from shenwen.corpus.novelty import New, new_in
from shenwen.corpus.relations import NOTICED, Relation, relate

_PASSES_ON = re.compile(r"现[将予]?[^。]{0,60}(?:印发|转发|下发|发)给你们")
#: A unit repeats another's where this share of it is carried over.
_UNIT = 0.5


@dataclass(frozen=True, slots=True)
class Repeated:
    """Unit `unit` of the draft (from 0) with unit `other` of the source that carries most of it; `new` is what it adds."""

    unit: int
    other: int
    similarity: float
    share: float
    new: tuple[New, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that holds passages of the draft: `share` of the draft's operative text stands in it."""

    entry: Entry
    in_force: InForce
    share: float
    relation: Relation | None
    repeated: tuple[Repeated, ...]


@dataclass(frozen=True, slots=True)
class Restatement:
    """A draft against its sources, the one that holds most of it first."""

    draft: Entry
    sources: tuple[Source, ...]

    def where(self, wanted: Callable[[Source], bool]) -> Restatement:
        """The same with only those sources."""
        return Restatement(self.draft, tuple(source for source in self.sources if wanted(source)))

    @property
    def best(self) -> tuple[tuple[Source, Repeated], ...]:
        """Every repeated operative unit once, in the draft's order, with the source that holds most of it."""
        found: dict[int, tuple[Source, Repeated]] = {}
        for source in self.sources:
            for each in source.repeated:
                if each.unit not in found or each.share > found[each.unit][1].share + 0.05:
                    found[each.unit] = (source, each)
        return tuple(found[unit] for unit in sorted(found) if unit in _operative(self.draft))

    @property
    def fresh(self) -> tuple[int, ...]:
        """Operative units of the draft that stand in none of the sources, but for the words that pass an annex on."""
        repeated = {each.unit for _, each in self.best}
        units = self.draft.units
        return tuple(n for n in _operative(self.draft) if n not in repeated and not _PASSES_ON.search(units[n].text))

    @property
    def share(self) -> float:
        """Share (0 to 1) of the draft's operative text that stands in one of the sources."""
        return self._weight(self.best)

    @property
    def bare(self) -> float:
        """Share (0 to 1) of the draft's operative text that is repeated and adds nothing."""
        return self._weight([(source, each) for source, each in self.best if not each.new])

    def _weight(self, rows: Iterable[tuple[Source, Repeated]]) -> float:
        letters, counted = sizes(self.draft), _operative(self.draft)
        total = sum(letters[unit] for unit in counted)
        return sum(letters[each.unit] * each.share for _, each in rows) / total if total else 0.0


def restated(draft: Entry, others: Iterable[tuple[Entry, InForce]]) -> Restatement:
    """The draft against other documents (as `Archive.similar` gives them), those with nothing of weight in common left out."""
    sources = [source for entry, in_force in others if (source := _source(draft, entry, in_force))]
    return Restatement(draft, tuple(sorted(sources, key=lambda source: (-source.share, source.entry.path))))


def _source(draft: Entry, entry: Entry, in_force: InForce) -> Source | None:
    passages = align(draft, entry)
    share = coverage(draft, passages)
    repeated = tuple(_repeated(draft, entry, passages))
    if share < NOTICED / 2 and not repeated:
        return None
    return Source(entry, in_force, share, relate(draft, entry, passages), repeated)


def _repeated(draft: Entry, entry: Entry, passages: Sequence[Passage]) -> Iterable[Repeated]:
    by_unit: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.a_share > 0:
            by_unit[passage.a].append(passage)
    for unit, found in sorted(by_unit.items()):
        share = min(sum(passage.a_share for passage in found), 1.0)
        if share >= _UNIT:
            best = max(found, key=lambda passage: (passage.a_share, passage.similarity))
            new = new_in(draft.units[unit].text, [entry.units[passage.b].text for passage in found])
            yield Repeated(unit, best.b, round(best.similarity, 4), share, new)


def _operative(entry: Entry) -> tuple[int, ...]:
    """Numbers of the operative units; of all units where none is."""
    return tuple(n for n, unit in enumerate(entry.units) if unit.operative) or tuple(range(len(entry.units)))
