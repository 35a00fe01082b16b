"""Who restates whom, and which version came of which: rows of a scan as groups of cards and lines that can be drawn.

Goes in: rows of `documents.jsonl` and `duplicates.jsonl`. Comes out: groups, the largest first. Copies of one document are one card;
passages that independent documents share make no line. In a group cards stand in columns: what was there first (the higher body,
then the earlier day) at the left, and every line leads from a card back to one further left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shenwen.corpus.entries import Entry
from shenwen.corpus.model import Level
from shenwen.corpus.standing import place_of
from shenwen.pipeline.reports.families import Families
from shenwen.pipeline.reports.wording import file_name_of

Row = dict[str, Any]
#: A line to be drawn: the earlier path, the later path, the relation's number and its row.
Found = tuple[str, str, int, Row]

LEVEL_NAMES = {
    Level.NATIONAL: "国家级",
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.TOWNSHIP: "乡级",
    None: "级别不明",
}
_RANKS = list(LEVEL_NAMES)
DRAWN = ("restatement", "revision")
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
        number = self.number if len(self.number) <= 16 else f"{self.number[:15]}…"
        return " · ".join(filter(None, (self.level, number, self.day, f"{len(self.files)}份" if len(self.files) > 1 else "")))


@dataclass(frozen=True, slots=True)
class Line:
    """`later` restates or revises `earlier` (positions in the group). `row` is the relation's number in `duplicates.jsonl`; the
    shares are those of the later and of the earlier text; the four numbers say where the line begins and ends."""

    row: int
    relation: str
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
        if self.below is None:
            return f"M{x0:.1f} {y0:.1f}C{x0 - 70:.1f} {y0:.1f} {x1 + 70:.1f} {y1:.1f} {x1 + 8:.1f} {y1:.1f}"
        y = self.below
        return (
            f"M{x0:.1f} {y0:.1f}C{x0 - 60:.1f} {y0:.1f} {x0 - 40:.1f} {y:.1f} {x0 - 110:.1f} {y:.1f}"
            f"H{x1 + 110:.1f}C{x1 + 40:.1f} {y:.1f} {x1 + 60:.1f} {y1:.1f} {x1 + 8:.1f} {y1:.1f}"
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
    cards = {path: _card(path, files.get(path, (path,)), documents) for path in {end for a, b, _ in lines for end in (a, b)}}
    order = {path: (_rank(card), card.day or "9999", path) for path, card in cards.items()}
    found: dict[str, list[Found]] = defaultdict(list)
    for (a, b, _), rows in lines.items():
        earlier, later = sorted((a, b), key=order.__getitem__)
        number, row = max(rows, key=lambda each: _share(each[1]))  # the fullest repetition stands for those of the copies
        more = {"turned": copies.head(row["a"]) == earlier, "others": tuple(other for other, _ in rows if other != number)}
        found[joined.head(a)].append((earlier, later, number, row | more))
    groups = [_group(cards, order, each) for each in found.values()]
    return sorted(groups, key=lambda group: (-len(group.cards), group.cards[0].title, group.cards[0].files))


def _share(row: Row) -> float:
    return float(max(row["coverage_a"], row["coverage_b"]))


def _rank(card: Card) -> int:
    return next(at for at, level in enumerate(_RANKS) if LEVEL_NAMES[level] == card.level)


def _card(path: str, files: tuple[str, ...], documents: Mapping[str, Row]) -> Card:
    """What the best known copy says of the document; a path outside the scan is a law of the index."""
    known = [documents[file] for file in files if file in documents]
    row: Row = max(
        known, key=lambda each: sum(bool(each.get(name)) for name in ("title", "doc_number", "issued_date")), default={}
    )
    level = Level(row["level"]) if row.get("level") else None
    issuers = tuple(row.get("issuers") or ())
    title = row.get("title") or file_name_of(path)
    place = place_of(Entry(path, row.get("sha256") or "", title=title, issuers=issuers))
    return Card(
        title=title,
        number=row.get("doc_number") or "",
        issuers="、".join(issuers),
        day=row.get("issued_date") or row.get("published_date") or "",
        level=LEVEL_NAMES[level if known else Level.NATIONAL],
        place=place.get("省") or place.get("市") or ("全国" if level is Level.NATIONAL or not known else ""),
        files=files,
    )


def _group(cards: Mapping[str, Card], order: Mapping[str, tuple[int, str, str]], found: list[Found]) -> Group:
    """Cards in columns by the longest way from a first one, in each column near those they come from."""
    before: dict[str, list[str]] = defaultdict(list)
    paths = sorted({end for earlier, later, *_ in found for end in (earlier, later)}, key=order.__getitem__)
    for earlier, later, *_ in found:
        before[later].append(earlier)
    column: dict[str, int] = {}
    for path in paths:  # in order: what a line leads to stands already
        column[path] = max((column[each] + 1 for each in before[path]), default=0)
    lines_at: dict[str, int] = defaultdict(int)
    for earlier, later, *_ in found:
        lines_at[later] += 1
        lines_at[earlier] += 1
    middle: dict[str, float] = {}
    placed: dict[str, Card] = {}
    bottom = 0.0
    for at in range(max(column.values()) + 1):
        y = 0.0
        own = [path for path in paths if column[path] == at]
        for path in sorted(own, key=lambda each: (_mean([middle[one] for one in before[each]]), order[each])):
            height = max(LEAST, min(lines_at[path], 60) * PORT)
            placed[path] = replace(cards[path], x=at * (WIDTH + ACROSS), y=y, height=height)
            middle[path] = y + height / 2
            y += height + DOWN
        bottom = max(bottom, y - DOWN)
    lines, low = _lines(found, placed, column, bottom)
    width = (max(column.values()) + 1) * (WIDTH + ACROSS) - ACROSS
    return Group(tuple(placed.values()), tuple(lines), width, low)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _lines(found: list[Found], placed: Mapping[str, Card], column: Mapping[str, int], bottom: float) -> tuple[list[Line], float]:
    """Lines in order of the later cards, each with a place of its own at the edges of both; and how far down they go."""
    at = {name: number for number, name in enumerate(placed)}
    found = sorted(found, key=lambda each: (at[each[1]], placed[each[0]].y, each[2]))
    left, right = defaultdict(list), defaultdict(list)
    for number, (earlier, later, *_) in enumerate(found):
        right[earlier].append(number)
        left[later].append(number)
    lines = []
    for number, (earlier, later, row_number, row) in enumerate(found):
        shares = (row["coverage_b"], row["coverage_a"]) if row["turned"] else (row["coverage_a"], row["coverage_b"])
        far = column[later] - column[earlier] > 1
        bottom += DOWN if far else 0
        start, end = _port(placed[later], left[later], number), _port(placed[earlier], right[earlier], number)
        lines.append(
            Line(
                row=row_number,
                relation=row["relation"],
                later=at[later],
                earlier=at[earlier],
                share_later=shares[0],
                share_earlier=shares[1],
                passages=row["pairs"],
                reason=row["reason"],
                ends=(placed[later].x, start, placed[earlier].x + WIDTH, end),
                others=row["others"],
                below=bottom if far else None,
            )
        )
    return lines, bottom


def _port(card: Card, numbers: list[int], number: int) -> float:
    return card.y + card.height * (numbers.index(number) + 1) / (len(numbers) + 1)
