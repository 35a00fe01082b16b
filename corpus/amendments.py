"""How two nearly equal texts differ: another version rewords its sentences; copies lose furniture, line ends and single letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shenwen.corpus.entries import Entry

#: Letters of its own that each of two sentences must have before one is the other reworded: less is a slip of the pen.
_OWN = 2
#: Likeness from which on two sentences are one.
_LIKE = 0.5
#: Sentences at either end of a text that furniture may have run into.
_EDGE = 3
#: So many sentences of either text that the other lacks are looked at.
_MOST = 200
#: Characters of a paragraph that may be a line of a law's history; how many paragraphs at the head are looked at.
_LINE, _HEAD = 200, 16
#: Numbers are written in two ways, numbering shifts.
_END = re.compile(r"[。；！？;!?\n]")
_NOT_COMPARED = re.compile(r"[\W_\d〇零一二两三四五六七八九十百千万]+")
_ACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[^。；]*?(?:通过|批准|公布|发布|修正|修订|修改)", re.DOTALL
)


class Changes(NamedTuple):
    """Sentences reworded on both sides; sentences that each text has of its own (the lesser number); all that are not just so."""

    reworded: int
    own: int
    all: int


def changes(a: Entry, b: Entry) -> Changes:
    """How the sentences of two nearly equal texts differ, the edges of the texts apart."""
    ours, theirs = _lacking(a, b), _lacking(b, a)
    own = [_own(text, theirs) for text in ours]
    alone = sum(each is None for each in own), sum(_own(text, ours) is None for text in theirs)
    both = sum(each is not None and min(each) >= _OWN for each in own)
    one = sum(each is not None and max(each) >= _OWN for each in own)
    return Changes(both, min(alone), sum(alone) + one)


def _own(text: str, others: list[str]) -> tuple[int, int] | None:
    """Letters of its own that a sentence has, and that the likest of others has; None where none is like it."""
    from rapidfuzz import process
    from rapidfuzz.distance import LCSseq

    found = process.extractOne(text, others, scorer=LCSseq.normalized_similarity, score_cutoff=_LIKE)
    if found is None:
        return None
    common = LCSseq.similarity(text, found[0])
    return len(text) - common, len(found[0]) - common


def _lacking(entry: Entry, other: Entry) -> list[str]:
    """Sentences of an entry, without numbers, that the other one lacks, at most so many; none from the edges."""
    ours = _plain(entry)
    left = Counter(ours)
    left.subtract(_plain(other))
    left.subtract(ours[:_EDGE] + ours[-_EDGE:])
    return [text for text, count in left.items() if count > 0][:_MOST]


def _plain(entry: Entry) -> list[str]:
    sentences = (_NOT_COMPARED.sub("", text) for unit in entry.units for text in _END.split(unit.text))
    return [text for text in sentences if len(text) > 2 * _OWN]


def last_act(entry: Entry) -> date | None:
    """The day of the last adoption or amendment that the lines under a law's title tell of; else its date of issue."""
    days = [day for unit in entry.units[:_HEAD] if len(unit.text) <= _LINE and not unit.operative for day in _days(unit.text)]
    return max([*days, *([entry.issued_date] if entry.issued_date else [])], default=None)


def _days(text: str) -> Iterator[date]:
    for found in _ACT.finditer(text):
        try:
            yield date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
