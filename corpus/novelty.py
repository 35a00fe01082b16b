"""What a passage adds to the passages it repeats: owners, tasks, standards, time limits. Texts are in the normalised view."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shenwen.corpus.fingerprints import canonical

_N = r"(?:\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百千万]+)"
_LIMIT = re.compile(
    rf"{_N}个?(?:工作日|日|天|小时|周|月|年)(?:以|之)?内|(?:{_N}年)?{_N}月(?:{_N}日|底|份)?(?:以|之)?前|(?:{_N}年|今年|年)底(?:以|之)?前"
    rf"|每(?:{_N}个?)?(?:年|半年|季度?|月|周|日)|到{_N}年底?"
)
_STANDARD = re.compile(
    rf"(?:百分之{_N}|{_N}(?:%|％|‰|余?(?:万|亿)?(?:元|人|名|户|家|个百分点|平方米|平方公里|公里|米|亩|公顷|吨|千瓦时?|次|处|座|台|套|倍|分贝|岁)))"
)
_OWNER = re.compile(
    r"(?:(?<=[由、，。；：（和与及])|^)(?P<name>(?:(?![按对在将把从向为因与和由并经过各该其及有相])[一-鿿]){2,14}?"
    r"(?:局|厅|委员会|办公室|部门|中心|街道办事处|人民政府|管委会|领导小组|指挥部|[发改健经信资教]委))"
    r"(?=负责|牵头|会同|应|要|须|必须|制定|组织|具体|承担|指导|按|对|在|建立|开展|[、，。；）和及])"
)
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_DIGITS = {char: n % 10 for n, char in enumerate("〇一二三四五六七八九零")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
#: A sentence that the other passages carry less than this (0 to 100) is of the passage's own making.
_KNOWN = 62.0


class New(NamedTuple):
    """Something a passage adds: `what` is 责任主体, 任务, 标准 or 时限; `words` stand in the passage."""

    what: str
    words: str


def new_in(text: str, others: Sequence[str]) -> tuple[New, ...]:
    """What `text` says that none of `others` says, in the order of the kinds above."""
    theirs = "\n".join(others)
    folded = canonical(theirs)
    found = [New("责任主体", words) for words in _unknown_owners(text, folded)]
    found += [New("任务", words) for words in _unknown_sentences(text, folded)]
    for what, pattern in (("标准", _STANDARD), ("时限", _LIMIT)):
        known = {_plain(match.group()) for match in pattern.finditer(theirs)}
        found += [New(what, match.group()) for match in pattern.finditer(text) if _plain(match.group()) not in known]
    return tuple(dict.fromkeys(found))


def _unknown_owners(text: str, folded: str) -> Iterator[str]:
    for match in _OWNER.finditer(text):
        core = canonical(match["name"])
        if len(core) >= 2 and core[-6:] not in folded:
            yield match["name"]


def _unknown_sentences(text: str, folded: str) -> Iterator[str]:
    from rapidfuzz import fuzz

    for match in _SENTENCE.finditer(text):
        core = canonical(match.group())
        if len(core) >= 12 and fuzz.partial_ratio(core, folded) < _KNOWN:
            yield match.group().strip()


def _plain(words: str) -> str:
    """Numbers in Arabic digits, light words gone: 十五个工作日以内 and 15个工作日内 are one limit."""
    plain = re.sub(r"[〇零一二两三四五六七八九十百千]+", lambda match: str(_value(match.group())), words)
    return re.sub(r"个(?=工作日|月|年)|[以之](?=[内前])|今(?=年)", "", plain).replace("％", "%").replace("百分之", "%")


def _value(words: str) -> int:
    """The number that Chinese digits mean; digit by digit where no tens are named (二〇二五)."""
    if not any(char in _TENS for char in words):
        return int("".join(str(_DIGITS[char]) for char in words))
    total = digit = 0
    for char in words:
        if char in _TENS:
            total += max(digit, 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
