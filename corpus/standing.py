"""How two documents stand to each other before their text is read: titles, places, ranks and bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shenwen.corpus.entries import Entry
from shenwen.corpus.model import Level
from shenwen.corpus.title_keys import bare, key, keys_of, places

_RANKS = list(Level)
_STAGE = re.compile(
    r"[（(\[【][^（）()\[\]【】]*[）)\]】]|(?:19|20)\d\d年?度?|修订|修正|修改|草案|征求意见稿|送审稿|公开征求意见|正式稿|暂行|试行|全文|中华人民共和国"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`same_title`: one document's title but for year, stage and brackets; `same_place`: neither names another place;
    `superior`: one body stands above the other; `same_body`: both come from one body."""

    same_title: bool
    same_place: bool
    superior: bool
    same_body: bool


def standing_of(a: Entry, b: Entry) -> Standing:
    """The standing of two entries; what is unknown contradicts nothing and proves nothing."""
    here, there = place_of(a), place_of(b)
    apart = any(here.get(rank) != name for rank, name in there.items() if rank in here)
    titles = _names(a) & _names(b)
    levels = {_RANKS.index(level) for level in (a.level, b.level) if level}
    return Standing(
        same_title=bool(titles) and (here == there or not here or not there),
        same_place=not apart,
        superior=len(levels) == 2 and not apart,
        same_body=bool(set(a.issuers) & set(b.issuers)),
    )


def place_of(entry: Entry) -> dict[str, str]:
    """Places by rank that the issuers and the title name: `{"省": "湖北", "市": "武汉"}`."""
    found: dict[str, str] = {}
    for name in (*entry.issuers, entry.title or ""):
        for rank, place in places(name).items():
            found.setdefault(rank, place)
    return found


def _names(entry: Entry) -> set[str]:
    """Keys under which the document may be known, without year and stage."""
    titles = [title for title in (entry.title, *entry.inner_titles) if title]
    keys = {each for title in titles for each in keys_of(_STAGE.sub("", bare(title))).all if each}
    return {each for each in keys | {key(_STAGE.sub("", title)) for title in titles} if len(each) >= 5}
