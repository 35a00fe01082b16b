"""Modal words and the verbs of bare imperatives: what makes a clause demand, forbid, allow, encourage or aim.

The words are data (corpus/reference/modal_words.toml, task_words.toml); this module compiles them once into a few expressions
that each pass over the text a single time. All expressions are meant for masked text (segments.masked).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from shenwen.corpus.model import Modality


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal word in the view: `start` to `end`, its modality and the word."""

    start: int
    end: int
    modality: Modality
    word: str


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled vocabulary. `task`, `effect` and `adverb` match at a clause's beginning."""

    modal: re.Pattern[str]
    modality: dict[str, Modality]
    task: re.Pattern[str]
    inner_task: re.Pattern[str]
    effect: re.Pattern[str]
    adverb: re.Pattern[str]
    opener: re.Pattern[str]
    urging: re.Pattern[str]
    noun: re.Pattern[str]
    attitude: re.Pattern[str]
    slogan: re.Pattern[str]


#: After a task verb that also begins names these make it part of a noun: 监管部门, 审核机构, 采购人, 试点城市.
_NOUN_TAIL = (
    r"(?!单位|机构|机关|部门|人员|人(?!才|力|大|员|民|口|数|身|物|事|工|类)|者|方(?!案|式|法|面|便|针|向)|性|率|量(?!化)|权|费用|标准[的为是]|主体|"
    r"对象|名录|小组|工作小组|办公室|地区|城市|企业(?=[应须可要])|项目[的为是]|结果[的为是]|情况[的为是]|管理(?=机关|部门|人员|机构)|行政部门|改革部门)"
)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("shenwen.corpus.reference").joinpath(name).read_text(encoding="utf-8"))


def _longest_first(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _guarded(entry: dict[str, Any], word: str) -> str:
    """One modal word with what may not stand on either side of it."""
    before = f"(?<![{entry['not_after']}])" if entry.get("not_after") else ""
    tail = list(entry.get("not_before", ()))
    after = f"(?!{_longest_first(tail)})" if tail else ""
    if entry.get("only_before"):
        after += f"(?=[^，、。]{{0,1}}?(?:{_longest_first(entry['only_before'])}))"
    if entry.get("only_with"):
        after += f"(?=[^，。；]*(?:{_longest_first(entry['only_with'])}))"
    return f"{before}{re.escape(word)}{after}"


@cache
def words() -> Words:
    """The vocabulary, compiled on first use."""
    entries = [(word, entry) for entry in _toml("modal_words.toml")["word"] for word in entry["text"]]
    entries.sort(key=lambda pair: -len(pair[0]))
    table = _toml("task_words.toml")
    names = set(table["nouns"].split())
    everything = set(table["tasks"].split())
    tasks = _longest_first(sorted(everything - names))
    nouns = _longest_first(sorted(everything & names))
    adverbs = _longest_first(sorted(set(table["adverbs"].split()) | set(table["urging"].split())))
    return Words(
        modal=re.compile("|".join(_guarded(entry, word) for word, entry in entries)),
        modality={word: Modality(entry["class"]) for word, entry in entries},
        task=re.compile(f"(?:(?:{tasks}|报(?!告|名|纸|刊|酬)|送(?!审稿))|(?:{nouns}){_NOUN_TAIL})(?![了过的是为之])"),
        inner_task=re.compile(f"(?:{tasks}|{nouns}|报(?!告|名|纸|刊|酬))"),
        effect=re.compile(_longest_first(table["effects"].split())),
        adverb=re.compile(f"(?:{adverbs})"),
        opener=re.compile(_longest_first(table["openers"].split())),
        urging=re.compile(_longest_first(table["urging"].split())),
        noun=re.compile(_longest_first(table["nouns"].split())),
        attitude=re.compile(table["attitudes"]),
        slogan=re.compile(table["slogans"]),
    )


@cache
def task_alternatives() -> str:
    """The task verbs of two characters and more as one alternation, for expressions that look for what follows a name."""
    return _longest_first(sorted({word for word in _toml("task_words.toml")["tasks"].split() if len(word) > 1}))


def starts_task(mask: str, start: int, end: int) -> bool:
    """A task verb or an adverb opens the clause, and not one that names of bodies begin with too."""
    table = words()
    if table.noun.match(mask, start, end):
        return False
    return any(pattern.match(mask, start, end) for pattern in (table.task, table.adverb, table.effect))


def may_begin_name(mask: str, start: int, end: int) -> bool:
    """The clause opens with a verb that names of bodies begin with too."""
    return bool(words().noun.match(mask, start, end))


def modals_in(mask: str, start: int, end: int) -> Iterator[Modal]:
    """Modal words of the masked view between `start` and `end`, in order."""
    table = words()
    for found in table.modal.finditer(mask, start, end):
        word = found.group()
        yield Modal(found.start(), found.end(), table.modality[word], word)
