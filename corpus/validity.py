"""Whether a document binds on a day: by what its source says, by who repealed it, by later versions of the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shenwen.corpus.archive import InForce
from shenwen.corpus.entries import Entry
from shenwen.corpus.standing import level_of, standing_of
from shenwen.corpus.title_keys import bare, is_draft, key

_AMENDS = re.compile(r"关于(?:修改|修订|废止|清理|公布.{0,12}(?:废止|失效))|清理结果|废止.{0,12}(?:目录|决定|通知)")


@dataclass(frozen=True, slots=True)
class Known:
    """Another document that bears on the validity: `repeals` says that it names the judged document among what it repeals."""

    entry: Entry
    repeals: bool


def in_force(entry: Entry, expired: bool | None, known: Iterable[Known], day: date | None) -> InForce:
    """Validity of `entry` on `day` (None: today is meant and no date is compared). The reason is for people, in Chinese.

    `known` may be read from a store as it goes: what repeals first, then versions, the newest first; the first that settles it ends
    the reading.
    """
    superseded = False
    for each in known:
        other, counts = each.entry, _counts(each.entry, day)
        if counts and each.repeals and _is_after(other, entry) and _may_end(other, entry):
            return InForce(False, f"已被《{other.title or other.path}》废止")
        if _is_version(other, entry):
            if counts:
                later = _date_of(other)
                return InForce(False, f"已有更新版本（{later.isoformat() if later else '日期不明'}）")
            superseded = True
    if expired:
        if day is not None and superseded:
            return InForce(None, "来源注明现已失效或已被修改，更新版本在此之后")
        return InForce(False, "来源注明已失效或已被修改")
    if expired is False:
        return InForce(True, "来源注明现行有效")
    return InForce(None, "未见失效、废止的记载")


def _counts(entry: Entry, day: date | None) -> bool:
    """Drafts repeal nothing, and what comes after the day, or nobody knows when, does not bear on it."""
    own = entry.effective_date or _date_of(entry)
    return not (entry.title and is_draft(entry.title)) and (day is None or (own is not None and own <= day))


def _is_version(other: Entry, entry: Entry) -> bool:
    """A later text under the very same title, from the same body and the same collection."""
    if not entry.title or not other.title or other.source != entry.source or _AMENDS.search(other.title):
        return False
    mine, theirs = _date_of(entry), _date_of(other)
    same_body = not entry.issuers or not other.issuers or bool(set(entry.issuers) & set(other.issuers))
    return bool(key(bare(entry.title)) == key(bare(other.title)) and same_body and mine and theirs and theirs > mine)


def _is_after(other: Entry, entry: Entry) -> bool:
    mine, theirs = _date_of(entry), _date_of(other)
    return mine is None or theirs is None or theirs > mine


def _may_end(other: Entry, entry: Entry) -> bool:
    """Whether it is no other place's and no lower body's: lists name documents by titles that many places use."""
    mine, theirs = level_of(entry), level_of(other)
    return standing_of(other, entry).same_place and (mine is None or theirs is None or theirs <= mine)


def _date_of(entry: Entry) -> date | None:
    return entry.issued_date or entry.published_date
