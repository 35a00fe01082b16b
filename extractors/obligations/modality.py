"""Modal words and the verbs of bare imperatives: what makes a clause demand, forbid, allow, encourage or aim.

The words are data (corpus/reference/modal_words.toml, task_words.toml); this module compiles them once into a few expressions
that each pass over the text a single time. All expressions are meant for masked text (segments.masked).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct

from shenwen.corpus.model import Modality


class Modal(Struct, frozen=True):
    """A modal word in the view: `start` to `end`, its modality and the word."""

    start: int
    end: int
    modality: Modality
    word: str


class Openings:
    """Words looked up at one place of a text: a table by their first two characters, much faster than an alternation."""

    __slots__ = ("longer", "single")

    def __init__(self, words: Iterable[str]) -> None:
        self.single = frozenset(word for word in words if len(word) == 1)
        self.longer: dict[str, tuple[str, ...]] = {}
        for word in sorted((word for word in words if len(word) > 1), key=len, reverse=True):
            self.longer[word[:2]] = (*self.longer.get(word[:2], ()), word)

    def end(self, text: str, at: int, limit: int) -> int:
        """Where the longest word that stands at `at` and ends before `limit` ends, or 0."""
        for word in self.longer.get(text[at : at + 2], ()):
            if text.startswith(word, at) and at + len(word) <= limit:
                return at + len(word)
        return at + 1 if at < limit and text[at] in self.single else 0


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled vocabulary."""

    modal: re.Pattern[str]
    modality: dict[str, Modality]
    inner_task: re.Pattern[str]
    tasks: Openings
    names: Openings
    """Task verbs that names of bodies begin with too."""
    effects: Openings
    openers: Openings
    adverbs: Openings
    urging: Openings
    attitude: re.Pattern[str]
    slogan: re.Pattern[str]

    def task_at(self, mask: str, at: int, limit: int) -> bool:
        """A task verb, not the beginning of a noun, stands at `at`."""
        end = self.tasks.end(mask, at, limit)
        if not end:
            return bool(_SHORT_TASK.match(mask, at, limit))
        if _NOT_A_VERB.match(mask, end):
            return False
        return not self.names.end(mask, at, limit) or bool(_NOUN_TAIL.match(mask, end))

    def past_adverbs(self, mask: str, at: int, limit: int) -> int:
        """Where the adverbs that stand at `at` end."""
        while end := self.adverbs.end(mask, at, limit):
            at = end
        return at


#: 报国务院审批, 送主管部门备案.
_SHORT_TASK = re.compile(
    r"报(?![告名纸刊酬])|送(?!审)|要求(?=[^，。]{2,20}(?:[在于][^，]{0,20}内|限期|立即|及时)[^，]*(?:提交|提供|整改|改正|说明|报告|落实|补))"
)
_NOT_A_VERB = re.compile(r"了(?!解)|过(?![期程度时剩])|[的是为之]")
#: After a task verb that also begins names these make it part of a noun: 监管部门, 审核机构, 采购人, 试点城市.
_NOUN_TAIL = re.compile(
    r"(?!单位|机构|机关|部门|强[国省市区县]|部(?!署|分|队|件|位)|局(?![面限部域])|厅|委(?![托派任屈])|人员|人(?!才|力|大|员|民|口|数|身|物|事|工|类)|者|方(?!案|式|法|面|便|针|向)|性|率|量(?!化)|权|费用|标准[的为是]|主体|"
    r"对象|名录|小组|组(?![织成建合装])|工作小组|办公室|地区|城市|企业(?=[应须可要])|项目[的为是]|地点|时间(?!安排)|结果[的为是]|情况[的为是]|管理(?=机关|部门|人员|机构)|行政部门|改革部门)"
)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("shenwen.corpus.reference").joinpath(name).read_text(encoding="utf-8"))


def _longest_first(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _guarded(entry: dict[str, Any], word: str) -> str:
    """One modal word with what may not stand on either side of it."""
    # The look-behind stands behind the word: an alternation whose branches all begin with a literal scans several times faster.
    before = f"(?<![{entry['not_after']}]{re.escape(word)})" if entry.get("not_after") else ""
    tail = list(entry.get("not_before", ()))
    after = f"(?!{_longest_first(tail)})" if tail else ""
    after += "".join(f"(?!{pattern})" for pattern in entry.get("not_before_like", ()))
    if entry.get("only_before"):
        after += f"(?=[^，、。]{{0,1}}?(?:{_longest_first(entry['only_before'])}))"
    if entry.get("only_with"):
        after += f"(?=[^，。；]*(?:{_longest_first(entry['only_with'])}))"
    return f"{re.escape(word)}{before}{after}"


@cache
def words() -> Words:
    """The vocabulary, compiled on first use."""
    entries = [(word, entry) for entry in _toml("modal_words.toml")["word"] for word in entry["text"]]
    entries.sort(key=lambda pair: -len(pair[0]))
    table = _toml("task_words.toml")
    tasks = set(table["tasks"].split())
    urging = set(table["urging"].split())
    return Words(
        modal=re.compile("|".join(_guarded(entry, word) for word, entry in entries)),
        modality={word: Modality(entry["class"]) for word, entry in entries},
        inner_task=re.compile(f"(?:{_longest_first(sorted(tasks))}|报(?!告|名|纸|刊|酬))"),
        tasks=Openings(tasks),
        names=Openings(set(table["nouns"].split())),
        effects=Openings(set(table["effects"].split())),
        openers=Openings(set(table["openers"].split())),
        adverbs=Openings(set(table["adverbs"].split()) | urging),
        urging=Openings(urging),
        attitude=re.compile(table["attitudes"]),
        slogan=re.compile(table["slogans"]),
    )


def task_verbs() -> set[str]:
    """The task verbs of two characters and more."""
    return {word for word in _toml("task_words.toml")["tasks"].split() if len(word) > 1}


def starts_task(mask: str, start: int, end: int) -> bool:
    """A task verb or an adverb opens the clause, and not one that names of bodies begin with too."""
    table = words()
    if table.names.end(mask, start, end):
        return False
    past = table.past_adverbs(mask, start, end)
    if past > start:
        return not table.names.end(mask, past, end) or table.task_at(mask, past, end)
    return bool(table.effects.end(mask, start, end)) or table.task_at(mask, start, end)


def may_begin_name(mask: str, start: int, end: int) -> bool:
    """The clause opens with a verb that names of bodies begin with too."""
    return bool(words().names.end(mask, start, end))


def modals_in(mask: str) -> Iterator[Modal]:
    """Modal words of a masked text, in order."""
    table = words()
    for found in table.modal.finditer(mask):
        word = found.group()
        yield Modal(found.start(), found.end(), table.modality[word], word)
