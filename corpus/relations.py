"""How two documents stand to each other, with the reason: the relations of the contract.

`same` one document in two copies; `revision` two versions of one document; `restatement` another document that mostly repeats it,
which article 21 forbids; `shared` independent documents with common passages, or a text that quotes by nature.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shenwen.corpus.amendments import changes, last_act
from shenwen.corpus.entries import Entry
from shenwen.corpus.fingerprints import document_fingerprints
from shenwen.corpus.matching import Passage, align, candidates, coverage, linked, literal, sizes
from shenwen.corpus.namesakes import with_namesakes
from shenwen.corpus.standing import Standing, is_law, lines_of, names_of, standing_of, without_stage
from shenwen.corpus.title_keys import key, number_key

#: Less than this in common, on both sides, is not worth a word.
NOTICED = 0.10
#: Share of one text, letter by letter, that makes it a copy of (or within) the other; of the other, that makes both copies.
COPY, WHOLE = 0.945, 0.80
#: Where a paper without authority (a form, a page of instructions) is filled in differently, its copies are still more alike.
FILLED_IN = 0.995
#: From this share on, letter by letter, a text is a copy though the places that the titles name differ.
UNCHANGED = 0.998
#: From so many reworded sentences on, two nearly equal texts are two versions. Days that may lie between adoption and publication
#: of one text (no act is amended within them), and between adoption and effect.
REWORDED, SIGNED, PUBLISHED = 2, 31, 200
#: Shares of either text that make two texts of one title versions of one document; of both, where one is a page of news or repeals
#: the other under another title.
VERSION, VERSION_LEAST, VERSION_OTHER = 0.40, 0.05, 0.50
#: Share of both texts that, with one title and one date, makes them one document however it was typed.
RETYPED = 0.90
#: Share of the lower document that stands in the higher: half is most of it. Less is enough where most of the higher one is
#: repeated: what the lower one adds is then its own, what it repeats is the other's.
RESTATED, RESTATED_WHOLE = 0.50, (0.35, 0.60)
#: Letters that must be common before one document restates another: two quoted sentences do not.
LETTERS = 120
#: A page with fewer Chinese characters is no document (a viewer's error page, a cover).
CHINESE = 80
#: Share of both of two documents of one body that makes the later one the other's restatement: on one matter, and on whatever.
ISSUED_AGAIN, REPEATED = 0.75, 0.95


_CHINESE = re.compile(r"[一-鿿]")


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
    alike = candidates(linked([document_fingerprints(entry).distinct() for entry in ordered]))[:, :2]
    rows = with_namesakes(alike, (entry.title for entry in ordered))
    yield from relations_of(ordered, [(a, b) for a, b in rows.tolist()])


def relations_of(entries: Sequence[Entry], pairs: Iterable[tuple[int, int]]) -> Iterator[Relation]:
    """The relations of pairs of entries, given by number, in the order of the pairs."""
    for a, b in pairs:
        if found := relate(entries[a], entries[b], align(entries[a], entries[b])):
            yield found


def relate(a: Entry, b: Entry, passages: Sequence[Passage]) -> Relation | None:
    """The relation of a and b by what they have in common; None where that is nothing of weight."""
    cover_a, cover_b = coverage(a, passages), coverage(b, passages, "b")
    whole_a, whole_b = coverage(a, passages, whole=True), coverage(b, passages, "b", whole=True)
    if max(cover_a, cover_b, whole_a, whole_b) < NOTICED or not (_speaks(a) and _speaks(b)):
        return None
    pair = Compared(
        a,
        b,
        standing_of(a, b),
        cover_a,
        cover_b,
        whole_a,
        whole_b,
        *literal(a, b),
        min(whole_a * sum(sizes(a)), whole_b * sum(sizes(b))),
    )
    kind, reason = next(found for judge in (_copies, _apart_by_nature, _versions, _restates) if (found := judge(pair)))
    return Relation(a.path, b.path, kind, round(cover_a, 4), round(cover_b, 4), _provisions(a, b, passages), reason)


def _speaks(entry: Entry) -> bool:
    opening = "".join(unit.text[: 4 * CHINESE] for unit in entry.units[:60])
    return len(_CHINESE.findall(opening)) >= CHINESE


@dataclass(frozen=True, slots=True)
class Compared:
    """All that the judgement rests on: shares of operative text, of all text, and letter by letter, of a and of b; `letters`: how many
    letters both have in common."""

    a: Entry
    b: Entry
    standing: Standing
    cover_a: float
    cover_b: float
    whole_a: float
    whole_b: float
    literal_a: float
    literal_b: float
    letters: float


_Judgement = tuple[RelationKind, str] | None


def _copies(pair: Compared) -> _Judgement:
    low, high = sorted((pair.literal_a, pair.literal_b))
    standing = pair.standing
    if standing.series or (not standing.same_place and low < UNCHANGED):
        return None
    if standing.untyped:
        alike = standing.same_title or standing.alike
        return (RelationKind.SAME, "文字一致") if low >= (WHOLE if alike and high >= COPY else FILLED_IN) else None
    if high < COPY:
        return None
    if low >= WHOLE:
        return (
            (RelationKind.REVISION, "文号或者通过日期不同，或者文字有修改")
            if _two_acts(pair)
            else (RelationKind.SAME, "文字一致")
        )
    if standing.same_title or standing.alike or _within(pair):
        if standing.same_title and is_law(pair.a) and is_law(pair.b) and _days_apart(pair):
            return RelationKind.REVISION, "同一文件的不同版本"
        return RelationKind.SAME, "一件的全文收在另一件之中"
    return None


def _two_acts(pair: Compared) -> bool:
    """Whether nearly equal texts were adopted twice: they bear two numbers, or sentences were reworded; or, of a law, each has
    sentences of its own, or one was changed at all where the days of adoption or amendment differ."""
    numbers = {number_key(pair.a.doc_number), number_key(pair.b.doc_number)}
    if None not in numbers and len(numbers) == 2:
        return True
    if pair.a.source == pair.b.source == "law" and _days_apart(pair):
        return True
    found = changes(pair.a, pair.b)
    of_law = is_law(pair.a) and is_law(pair.b) and (found.own >= REWORDED or (found.all > 0 and _days_apart(pair)))
    return found.reworded >= REWORDED or of_law


def _days_apart(pair: Compared) -> bool:
    """Whether the last acts that the two tell of lie further apart than adoption and publication of one text."""
    days = (last_act(pair.a), last_act(pair.b))
    return bool(days[0] and days[1] and abs((days[0] - days[1]).days) > (SIGNED if pair.a.source == pair.b.source else PUBLISHED))


def _one_act(pair: Compared) -> bool:
    """Whether both tell of one act, its adoption or its signing, and no sentences were reworded."""
    days = (last_act(pair.a), last_act(pair.b))
    one = days[0] and days[1] and abs((days[0] - days[1]).days) <= SIGNED
    return bool(one) and changes(pair.a, pair.b).reworded < REWORDED


def _within(pair: Compared) -> bool:
    """Whether the text that stands in the other one stands there under its own title."""
    short, long = (pair.a, pair.b) if pair.literal_a > pair.literal_b else (pair.b, pair.a)
    names = names_of(short)
    return any(len(line) <= 60 and names & {key(line), key(without_stage(line))} for line in lines_of(long))


def _apart_by_nature(pair: Compared) -> _Judgement:
    if pair.standing.quoting or (pair.standing.news and not (pair.standing.same_title and _shares(pair)[0] >= VERSION_OTHER)):
        return RelationKind.SHARED, "解读、问答、新闻、表单、指南引用文件，不属重复发文"
    if not pair.standing.typed:
        return RelationKind.SHARED, "不是公文"
    if pair.standing.series:
        return RelationKind.SHARED, "同一系列不同年度的文件"
    return None


def _shares(pair: Compared) -> tuple[float, float]:
    """The share of one that stands in the other, and the reverse: the lesser, then the greater."""
    low, high = sorted((max(pair.whole_a, pair.cover_a), max(pair.whole_b, pair.cover_b)))
    return low, high


def _versions(pair: Compared) -> _Judgement:
    standing, (low, high) = pair.standing, _shares(pair)
    if standing.same_title and low >= RETYPED and _one_act(pair):
        return RelationKind.SAME, "标题、日期和内容一致"
    if standing.same_title and is_law(pair.a) and is_law(pair.b) and not standing.amending:
        return RelationKind.REVISION, "同一法规的不同版本"  # a law may be rewritten from end to end
    named = standing.same_title or (standing.alike and low >= VERSION) or (standing.replaces and low >= VERSION_OTHER)
    if named and high >= VERSION and low >= VERSION_LEAST:
        return RelationKind.REVISION, "同一文件的不同版本"
    return None


def _restates(pair: Compared) -> tuple[RelationKind, str]:
    standing = pair.standing
    if standing.amending:
        return RelationKind.SHARED, "修改、废止决定引用所修改的文件"
    if standing.lower and pair.letters >= LETTERS:
        low, high = (pair.cover_a, pair.cover_b) if standing.lower == "a" else (pair.cover_b, pair.cover_a)
        if low >= RESTATED or (low >= RESTATED_WHOLE[0] and high >= RESTATED_WHOLE[1]):
            return RelationKind.RESTATEMENT, "大部分内容与所依据的上级文件相同"
    dates = {pair.a.issued_date, pair.b.issued_date}
    again = standing.same_body and None not in dates and len(dates) == 2
    if again and min(pair.cover_a, pair.cover_b) >= (ISSUED_AGAIN if standing.same_matter else REPEATED):
        return RelationKind.RESTATEMENT, "同一机关就同一事项再次发文"
    excerpt = max(pair.literal_a, pair.literal_b) >= COPY
    return RelationKind.SHARED, "一件是另一件的摘录" if excerpt else "部分段落相同"


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
