"""What a reviewer looks for when asking whether a document says anything: the sentences of its operative text, one by one.

A sentence carries substance where it names an act that can be checked, an owner, a number, a time limit, a procedure, a
right or a list (corpus/reference/substance.toml); it is a set phrase where it only calls, praises or assures
(corpus/reference/set_phrases.toml); it is background where it tells why. Offsets are the normalised view's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


class Nature(StrEnum):
    SUBSTANCE = "substance"
    PHRASE = "phrase"
    BACKGROUND = "background"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the view with what was found in it; `signals` are names of `signals()`, `phrases` names of set phrases."""

    start: int
    end: int
    text: str
    nature: Nature
    signals: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    only_report: bool = False
    """Its one demand is a report on how the document is carried out."""
    relay: bool = False

    @property
    def weight(self) -> int:
        """Characters that are letters, digits or Chinese: marks and blanks say nothing."""
        return len(re.findall(r"\w", self.text))


@cache
def vocabulary(file: str, kind: str) -> dict[str, re.Pattern[str]]:
    """Name → pattern of the entries `kind` of a file of corpus/reference."""
    table = tomllib.loads(resources.files("shenwen.corpus.reference").joinpath(file).read_text(encoding="utf-8"))
    return {entry["name"]: re.compile(entry["pattern"]) for entry in table[kind]}


def signals() -> dict[str, re.Pattern[str]]:
    """What makes a sentence checkable: the name people see → pattern."""
    return vocabulary("substance.toml", "signal")


def sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    """The sentences of the view's range, each with its nature."""
    for found in _SENTENCE.finditer(text, start, end):
        if re.search(r"\w", found.group()):
            yield weighed(found.group(), found.start(), found.end())


def weighed(sentence: str, start: int = 0, end: int = 0) -> Sentence:
    """One sentence with its nature."""
    turns = vocabulary("substance.toml", "turn")
    bare = turns["set_number"].sub("", sentence)  # citations, sessions and slogans have numbers that say nothing
    found = tuple(name for name, pattern in signals().items() if pattern.search(bare))
    phrases = tuple(name for name, pattern in vocabulary("set_phrases.toml", "phrase").items() if pattern.search(sentence))
    background = bool(turns["background"].search(sentence)) and not turns["after_background"].search(sentence)
    report = bool(turns["vague_report"].search(sentence))
    if found and not background and not (report and found == ("程序或材料",)):
        nature = Nature.SUBSTANCE
    elif background:
        nature = Nature.BACKGROUND
    elif phrases or report or turns["closing"].search(sentence):
        nature = Nature.PHRASE
    else:
        nature = Nature.PLAIN
    return Sentence(start, end, sentence, nature, found, phrases, report, bool(turns["relay"].search(sentence)))
