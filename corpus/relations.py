"""How two documents stand to each other, with the reason: the relations of the contract.

`same` one document in two copies; `revision` two versions of one document; `restatement` another document that mostly repeats it,
which article 21 forbids; `shared` independent documents with common passages, or a text that quotes by nature.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shenwen.corpus.entries import Entry
from shenwen.corpus.fingerprints import document_fingerprints
from shenwen.corpus.matching import Passage, align, candidates, coverage, postings_of
from shenwen.corpus.model import DocumentKind
from shenwen.corpus.standing import Standing, standing_of

#: Less than this in common, on both sides, is not worth a word.
NOTICED = 0.10
#: Shares of text from which two texts are copies, versions of one document, or one the other's restatement.
COPY, VERSION, RESTATED = 0.95, 0.30, 0.40

_QUOTING = frozenset({DocumentKind.INTERPRETATION, DocumentKind.NEWS, DocumentKind.FORM})


class RelationKind(StrEnum):
    SAME = "same"
    REVISION = "revision"
    RESTATEMENT = "restatement"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between the documents at the paths `a` and `b`; `pairs` are (provision of a, provision of b, similarity)."""

    a: str
    b: str
    relation: RelationKind
    coverage_a: float
    coverage_b: float
    pairs: tuple[tuple[str | None, str | None, float], ...] = ()
    reason: str = ""

    @property
    def offence(self) -> bool:
        """Whether it is more than shared passages."""
        return self.relation is not RelationKind.SHARED


def find_relations(entries: Iterable[Entry]) -> Iterator[Relation]:
    """All relations among the entries, ordered by path of a, then of b (a before b). The order of the entries does not matter."""
    ordered = sorted(entries, key=lambda entry: (entry.path, entry.sha256))
    rows = candidates(postings_of([document_fingerprints(entry).distinct() for entry in ordered]))
    yield from relations_of(ordered, [(a, b) for a, b, _ in rows.tolist()])


def relations_of(entries: Sequence[Entry], pairs: Iterable[tuple[int, int]]) -> Iterator[Relation]:
    """The relations of pairs of entries, given by number, in the order of the pairs."""
    for a, b in pairs:
        if found := relate(entries[a], entries[b], align(entries[a], entries[b])):
            yield found


def relate(a: Entry, b: Entry, passages: Sequence[Passage]) -> Relation | None:
    """The relation of a and b by what they have in common; None where that is nothing of weight."""
    cover_a, cover_b = coverage(a, passages), coverage(b, passages, "b")
    whole_a, whole_b = coverage(a, passages, whole=True), coverage(b, passages, "b", whole=True)
    if max(cover_a, cover_b, whole_a, whole_b) < NOTICED:
        return None
    kind, reason = _judged(Compared(a, b, standing_of(a, b), cover_a, cover_b, whole_a, whole_b, exactness(a, b, passages)))
    return Relation(a.path, b.path, kind, round(cover_a, 4), round(cover_b, 4), _provisions(a, b, passages), reason)


@dataclass(frozen=True, slots=True)
class Compared:
    """All that the judgement rests on: shares of operative and of all text, both sides; `exact`: likeness of what is common."""

    a: Entry
    b: Entry
    standing: Standing
    cover_a: float
    cover_b: float
    whole_a: float
    whole_b: float
    exact: float


def _judged(pair: Compared) -> tuple[RelationKind, str]:
    low = min(pair.whole_a, pair.whole_b)
    quoting = (pair.a.kind in _QUOTING) + (pair.b.kind in _QUOTING)
    if low >= COPY and pair.exact >= 0.985:
        return RelationKind.SAME, "文字基本一致"
    if quoting:
        return RelationKind.SHARED, "解读、问答、新闻、表单引用文件，不属重复发文"
    if pair.standing.same_title and low >= VERSION:
        return (
            (RelationKind.SAME, "标题、文字一致")
            if low >= 0.85 and pair.exact >= 0.985
            else (RelationKind.REVISION, "同一文件的不同版本")
        )
    if pair.standing.superior and max(pair.cover_a, pair.cover_b) >= RESTATED:
        return RelationKind.RESTATEMENT, "大部分内容照抄上级文件"
    if pair.standing.same_body and max(pair.cover_a, pair.cover_b) >= RESTATED:
        return RelationKind.RESTATEMENT, "大部分内容与本机关另一文件相同"
    return RelationKind.SHARED, "部分段落相同"


def exactness(a: Entry, b: Entry, passages: Iterable[Passage]) -> float:
    """Likeness of the common passages letter by letter, numbers and names included, weighted by length (0 to 1)."""
    from rapidfuzz import fuzz

    total = found = 0.0
    for passage in passages:
        if min(passage.a_share, passage.b_share) >= 0.5:
            one, two = _letters(a.units[passage.a].text), _letters(b.units[passage.b].text)
            total += len(one) + len(two)
            found += (len(one) + len(two)) * fuzz.ratio(one, two) / 100
    return found / total if total else 0.0


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _provisions(a: Entry, b: Entry, passages: Iterable[Passage]) -> tuple[tuple[str | None, str | None, float], ...]:
    """The best likeness for each pair of provisions, in the order of the passages."""
    best: dict[tuple[str | None, str | None], float] = {}
    for passage in passages:
        at = (a.units[passage.a].provision, b.units[passage.b].provision)
        best[at] = max(best.get(at, 0.0), passage.similarity)
    return tuple((one, two, round(likeness, 4)) for (one, two), likeness in best.items())


def families(relations: Iterable[Relation]) -> dict[str, str]:
    """For every path in a `same` relation the first path (in sorted order) of its family of copies."""
    home: dict[str, str] = {}

    def root(path: str) -> str:
        while home.setdefault(path, path) != path:
            home[path] = home[home[path]]
            path = home[path]
        return path

    for relation in relations:
        if relation.relation is RelationKind.SAME:
            first, second = sorted((root(relation.a), root(relation.b)))
            home[second] = first
    return {path: root(path) for path in sorted(home)}
