"""Who restates whom, and which version came of which: rows of a scan as groups of cards and lines that can be drawn.

Goes in: rows of `documents.jsonl` and `duplicates.jsonl`. Comes out: groups, the largest first. Copies of one document are one card;
passages that independent documents share make no line. In a group cards stand in columns: what was there first (by rank and basis,
else by day) at the left, and every line leads from a card back to one further left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shenwen.corpus.entries import Entry
from shenwen.corpus.model import DocumentKind, Level
from shenwen.corpus.standing import place_of, rank_of
from shenwen.pipeline.reports.families import Families
from shenwen.pipeline.reports.wording import file_name_of

Row = dict[str, Any]

LEVEL_NAMES = {
    Level.NATIONAL: "国家级",
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.TOWNSHIP: "乡级",
    None: "级别不明",
}
DRAWN = ("restatement", "revision")
#: What of a document's row a card tells.
TOLD = ("sha256", "title", "doc_number", "issuers", "doc_type", "kind", "level", "issued_date", "published_date")
#: Units of the drawing: a card, the room between columns and rows, and what a line needs at a card's edge.
WIDTH, LEAST, ACROSS, DOWN, PORT = 300, 62, 130, 14, 18
#: Chinese characters in a line of a card.
ROW = 21


@dataclass(frozen=True, slots=True)
class Card:
    """A document with all its copies, and where it stands in the drawing."""

    title: str
    number: str
    issuers: str
    day: str
    level: str
    place: str
    files: tuple[str, ...]
    x: float = 0
    y: float = 0
    height: float = LEAST

    @property
    def words(self) -> list[str]:
        """The title in at most two lines that a card has room for."""
        rows = [self.title[:ROW], self.title[ROW : 2 * ROW]]
        if len(self.title) > 2 * ROW:
            rows[1] = self.title[ROW : 2 * ROW - 1] + "…"
        return [row for row in rows if row]

    @property
    def facts(self) -> str:
        """Level, number, day and number of copies in one line that a card has room for."""
        number = self.number if len(self.number) <= 14 else f"…{self.number[-13:]}"
        return " · ".join(filter(None, (self.level, number, self.day, f"{len(self.files)}份" if len(self.files) > 1 else "")))


@dataclass(frozen=True, slots=True)
class Line:
    """`later` restates or revises `earlier` (positions in the group); `sure` says whether it is known which was first.

    `row` is the relation's number in `duplicates.jsonl`; the shares are those of the later and of the earlier text; `ends` are
    where the line begins and ends.
    """

    row: int
    relation: str
    sure: bool
    later: int
    earlier: int
    share_later: float
    share_earlier: float
    passages: int
    reason: str
    ends: tuple[float, float, float, float]
    others: tuple[int, ...] = ()
    """The numbers of the same relation between copies of the two."""
    below: float | None = None
    """Where a line that passes other columns goes below their cards."""

    @property
    def path(self) -> str:
        """The line as an SVG path, from the later card to the arrow's head at the earlier one."""
        x0, y0, x1, y1 = self.ends
        end = x1 + 8 if self.sure else x1
        if self.below is None:
            return f"M{x0:.1f} {y0:.1f}C{x0 - 70:.1f} {y0:.1f} {x1 + 70:.1f} {y1:.1f} {end:.1f} {y1:.1f}"
        y = self.below
        return (
            f"M{x0:.1f} {y0:.1f}C{x0 - 60:.1f} {y0:.1f} {x0 - 40:.1f} {y:.1f} {x0 - 110:.1f} {y:.1f}"
            f"H{x1 + 110:.1f}C{x1 + 40:.1f} {y:.1f} {x1 + 60:.1f} {y1:.1f} {end:.1f} {y1:.1f}"
        )

    @property
    def label(self) -> float:
        """Height of the share beside the later card, on the side from which the line does not come."""
        _, y0, _, y1 = self.ends
        return y0 + 14 if self.below is None and y1 < y0 else y0 - 4


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that lines join, in order of columns; the size of their drawing."""

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Found:
    """A line before it has a place: paths, whether the direction is sure, the relation with its number, those of copies; `turned`
    where the `a` of the relation is the earlier one."""

    earlier: str
    later: str
    sure: bool
    number: int
    row: Row
    others: tuple[int, ...]
    turned: bool


def groups_of(documents: Mapping[str, Row], relations: Iterable[tuple[int, Row]]) -> list[Group]:
    """The groups. `relations` are numbered rows with the number of their `pairs`; `documents` need only have the paths that they name."""
    copies, joined = Families(), Families()
    drawn = []
    for number, row in relations:
        if row["relation"] == "same":
            copies.join(row["a"], row["b"])
        elif row["relation"] in DRAWN:
            drawn.append((number, row))
    files = {paths[0]: tuple(paths) for paths in copies.members()}
    lines: dict[tuple[str, str, str], list[tuple[int, Row]]] = defaultdict(list)
    for number, row in drawn:
        a, b = copies.head(row["a"]), copies.head(row["b"])
        if a != b:
            joined.join(a, b)
            first, second = sorted((a, b))
            lines[first, second, row["relation"]].append((number, row))
    ends = {end for a, b, _ in lines for end in (a, b)}
    entries = {path: _entry(path, files.get(path, (path,)), documents) for path in ends}
    cards = {path: _card(entries[path], files.get(path, (path,)), path in documents) for path in ends}
    found: dict[str, list[Found]] = defaultdict(list)
    for (a, b, _), rows in sorted(lines.items()):
        earlier, later, sure = _direction(entries[a], entries[b])
        number, row = max(rows, key=lambda each: _share(each[1]))  # the fullest repetition stands for those of the copies
        others = tuple(other for other, _ in rows if other != number)
        found[joined.head(a)].append(Found(earlier, later, sure, number, row, others, copies.head(row["a"]) == earlier))
    groups = [_group(cards, _without_circles(each)) for each in found.values()]
    return sorted(groups, key=lambda group: (-len(group.cards), group.cards[0].title, group.cards[0].files))


def _direction(a: Entry, b: Entry) -> tuple[str, str, bool]:
    """The path of what was there first, the other path, and whether that can be told: by rank and basis, else by day."""
    lower = rank_of(a, b)
    days = [each.issued_date or each.published_date for each in (a, b)]
    sure = bool(lower) or (None not in days and days[0] != days[1])
    first_is_b = lower == "a" or (not lower and sure and str(days[0]) > str(days[1]))
    return (b.path, a.path, sure) if first_is_b else (a.path, b.path, sure)


def _without_circles(found: list[Found]) -> list[Found]:
    """The lines, those turned that would close a circle; of what stands in a circle, none can be told to be the first."""
    later: dict[str, list[str]] = defaultdict(list)
    kept = []
    for each in sorted(found, key=lambda one: not one.sure):
        if _leads(later, each.later, each.earlier):
            each = replace(each, earlier=each.later, later=each.earlier, sure=False, turned=not each.turned)
        later[each.earlier].append(each.later)
        kept.append(each)
    return kept


def _leads(later: Mapping[str, list[str]], start: str, end: str) -> bool:
    """Whether a way along the lines leads from `start` to `end`."""
    seen, waiting = {start}, [start]
    while waiting:
        if (path := waiting.pop()) == end:
            return True
        new = [each for each in later.get(path, ()) if each not in seen]
        seen.update(new)
        waiting += new
    return False


def _share(row: Row) -> float:
    return float(max(row["coverage_a"], row["coverage_b"]))


def _entry(path: str, files: tuple[str, ...], documents: Mapping[str, Row]) -> Entry:
    """What the best known copy says of the document; of a path outside the scan, a law of the index, its name."""
    known = [documents[file] for file in files if file in documents]
    wanted = ("title", "doc_number", "issued_date", "level")
    row: Row = max(known, key=lambda each: sum(bool(each.get(name)) for name in wanted), default={})
    issued, published = (
        date.fromisoformat(day) if (day := row.get(name)) else None for name in ("issued_date", "published_date")
    )
    return Entry(
        path,
        row.get("sha256") or "",
        title=row.get("title") or file_name_of(path),
        doc_number=row.get("doc_number"),
        issuers=tuple(row.get("issuers") or ()),
        doc_type=row.get("doc_type"),
        kind=DocumentKind(row.get("kind") or ("other" if known else "law")),
        level=Level(row["level"]) if row.get("level") else None,
        issued_date=issued,
        published_date=published,
    )


def _card(entry: Entry, files: tuple[str, ...], scanned: bool) -> Card:
    place = place_of(entry)
    day = entry.issued_date or entry.published_date
    return Card(
        title=" ".join((entry.title or "").split()),
        number=entry.doc_number or "",
        issuers="、".join(entry.issuers),
        day=day.isoformat() if day else "",
        level=LEVEL_NAMES[entry.level],
        place=place.get("省") or place.get("市") or ("全国" if entry.level is Level.NATIONAL or not scanned else ""),
        files=files,
    )


def _group(cards: Mapping[str, Card], found: list[Found]) -> Group:
    """Cards in columns by the longest way from a first one, in each column near those they come from."""
    before: dict[str, list[str]] = defaultdict(list)
    for each in found:
        before[each.later].append(each.earlier)
    paths = sorted({end for each in found for end in (each.earlier, each.later)}, key=lambda path: (cards[path].day or "9", path))
    column = _columns(paths, before)
    lines_at: dict[str, int] = defaultdict(int)
    for each in found:
        lines_at[each.later] += 1
        lines_at[each.earlier] += 1
    middle: dict[str, float] = {}
    placed: dict[str, Card] = {}
    bottom = 0.0
    for at in range(max(column.values()) + 1):
        y = 0.0
        own = [path for path in paths if column[path] == at]
        for path in sorted(own, key=lambda each: _mean([middle[one] for one in before[each]])):
            height = max(LEAST, min(lines_at[path], 60) * PORT)
            placed[path] = replace(cards[path], x=at * (WIDTH + ACROSS), y=y, height=height)
            middle[path] = y + height / 2
            y += height + DOWN
        bottom = max(bottom, y - DOWN)
    lines, low = _lines(found, placed, column, bottom)
    width = (max(column.values()) + 1) * (WIDTH + ACROSS) - ACROSS
    return Group(tuple(placed.values()), tuple(lines), width, low)


def _columns(paths: list[str], before: Mapping[str, list[str]]) -> dict[str, int]:
    """The column of each card: one behind the last of those it comes from. No circle among them."""
    column: dict[str, int] = {}
    waiting = list(reversed(paths))
    while waiting:
        path = waiting[-1]
        if missing := [each for each in before.get(path, ()) if each not in column]:
            waiting += missing
        else:
            column[path] = max((column[each] + 1 for each in before.get(path, ())), default=0)
            waiting.pop()
    return column


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _lines(found: list[Found], placed: Mapping[str, Card], column: Mapping[str, int], bottom: float) -> tuple[list[Line], float]:
    """Lines in order of the later cards, each with a place of its own at the edges of both; and how far down they go."""
    at = {name: number for number, name in enumerate(placed)}
    found = sorted(found, key=lambda each: (at[each.later], placed[each.earlier].y, each.number))
    left, right = defaultdict(list), defaultdict(list)
    for number, each in enumerate(found):
        right[each.earlier].append(number)
        left[each.later].append(number)
    lines = []
    for number, each in enumerate(found):
        later, earlier = placed[each.later], placed[each.earlier]
        shares = each.row["coverage_a"], each.row["coverage_b"]
        far = column[each.later] - column[each.earlier] > 1
        bottom += DOWN if far else 0
        lines.append(
            Line(
                row=each.number,
                relation=each.row["relation"],
                sure=each.sure,
                later=at[each.later],
                earlier=at[each.earlier],
                share_later=shares[each.turned],
                share_earlier=shares[not each.turned],
                passages=each.row["pairs"],
                reason=each.row["reason"],
                ends=(
                    later.x,
                    _port(later, left[each.later], number),
                    earlier.x + WIDTH,
                    _port(earlier, right[each.earlier], number),
                ),
                others=each.others,
                below=bottom if far else None,
            )
        )
    return lines, bottom


def _port(card: Card, numbers: list[int], number: int) -> float:
    return card.y + card.height * (numbers.index(number) + 1) / (len(numbers) + 1)
