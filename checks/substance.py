"""What a reviewer looks for when asking whether a document says anything: the sentences of its operative text, one by one.

A sentence carries substance where it names an act that can be checked, an owner, a number, a time limit, a procedure, a
right or a list (corpus/reference/substance.toml); it is a set phrase where it only calls, praises or assures
(corpus/reference/set_phrases.toml); it is background where it tells why. Offsets are the normalised view's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

_MARKS = re.compile(r"\W+")
#: So much is looked at as one: the time of some turns grows with the square of a sentence's length.
_SENTENCE = re.compile(r"[^。！？；\n]{1,600}[。！？；]?")
_CLAUSE = re.compile(r"[^，：,:]+")


#: The signals of a measure, as against those of an act of sending or deciding.
_MEASURES = ("数量或标准", "时间要求", "责任主体", "条件、权利或罚则")

#: Turns with the look of a fact and nothing behind it; titles of documents that are about reports.
_NOTHING = ("set_number", "set_owner", "set_threat", "set_ban", "set_step", "set_activity", "set_report")
_RELAYS = re.compile("转发|批转")
_REPORTS = re.compile(r"报送|上报|报告|统计|调查|摸底|自查|检查|督查|调度")

#: Signals that no set phrase imitates; with fewer abstract words than this the others are as good.
_FIRM = frozenset({"数量或标准", "时间要求", "名单或联系方式", "决定或事项"})
FIRM = 0.5
#: Letters of a sentence that has room to name something.
NAMING = 10

#: An owner whose duties are abstract to this share owes what everybody owes.
OWNER_OF_NOTHING = 0.7

#: A sentence that stirs (让我们……！) is abstract to this share at least, whatever pictures it paints.
STIRRING = 0.9

#: A sentence with this share of abstract words is a set phrase, whatever its turn.
ABSTRACT = 0.8


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
    abstract: float = 0.0
    """Share of its letters that are abstract words, words of the title or clauses of general duty."""
    worded: float = 0.0
    """The same without the clauses of general duty and the title's words: in a long text what they name adds up to a programme."""
    signals: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    only_report: bool = False
    """Its one demand is a report on how the document is carried out."""
    relay: bool = False

    @property
    def firm(self) -> bool:
        """Whether its substance is beyond doubt: a number, a time, a list, a decision, or hardly an abstract word around it."""
        return self.nature is Nature.SUBSTANCE and (bool(_FIRM & set(self.signals)) or self.abstract < FIRM)

    @property
    def names_things(self) -> bool:
        """Whether it is a full sentence, no signature or mark, with hardly an abstract word."""
        return self.weight >= NAMING and self.abstract < FIRM and self.text.rstrip().endswith(("。", "；"))

    @property
    def weight(self) -> int:
        """Its letters: how much it counts."""
        return letters(self.text)


def letters(text: str) -> int:
    """How many characters are letters, digits or Chinese: marks and blanks say nothing."""
    return len(_MARKS.sub("", text))


@cache
def vocabulary(file: str, kind: str) -> dict[str, re.Pattern[str]]:
    """Name → pattern of the entries `kind` of a file of corpus/reference."""
    table = tomllib.loads(resources.files("shenwen.corpus.reference").joinpath(file).read_text(encoding="utf-8"))
    return {entry["name"]: re.compile(entry["pattern"]) for entry in table[kind]}


def signals() -> dict[str, re.Pattern[str]]:
    """What makes a sentence checkable: the name people see → pattern."""
    return vocabulary("substance.toml", "signal")


@cache
def _abstract_words() -> tuple[frozenset[str], ...]:
    """The words with which one can write about everything (corpus/reference/abstract_words.txt), by length, longest first."""
    words = resources.files("shenwen.corpus.reference").joinpath("abstract_words.txt").read_text(encoding="utf-8").split()
    return tuple(frozenset(word for word in words if len(word) == n) for n in range(max(map(len, words)), 0, -1))


def _abstract_spans(letters: str) -> Iterator[tuple[int, int]]:
    """Where abstract words stand, the longest at each place. Sets, since an expression of 1,800 words compiles slowly."""
    lengths = [(len(next(iter(words))), words) for words in _abstract_words() if words]
    at = 0
    while at < len(letters):
        length = next((n for n, words in lengths if letters[at : at + n] in words), 0)
        if length:
            yield at, at + length
        at += length or 1


def abstract_share(sentence: str, title: str, duties: bool = True) -> float:
    """Share of a sentence's letters that are abstract words or repeat the title, or, with `duties`, stand in a clause that lays
    down what everybody owes (加强对林区的巡查): what is left names something."""
    duty, pairs = vocabulary("substance.toml", "turn")["duty_of_all"], {title[at : at + 2] for at in range(len(title) - 1)}
    total = abstract = 0
    for clause in _CLAUSE.findall(sentence) if duties else (sentence,):
        named = re.sub(r"《[^》]*》|[\W\d]", "", clause)
        total += len(named)
        abstract += len(named) if duties and duty.search(clause) else _abstract_letters(named, pairs)
    return abstract / total if total else 1.0


def _abstract_letters(letters: str, pairs: set[str]) -> int:
    covered = [False] * len(letters)
    for start, end in _abstract_spans(letters):
        covered[start:end] = [True] * (end - start)
    for at in range(len(letters) - 1):
        if letters[at : at + 2] in pairs:
            covered[at : at + 2] = [True, True]
    return sum(covered)


def sentences(text: str, start: int, end: int, title: str = "") -> Iterator[Sentence]:
    """The sentences of the view's range, each with its nature."""
    for found in _SENTENCE.finditer(text, start, end):
        if re.search(r"\w", found.group()):
            yield weighed(found.group(), found.start(), found.end(), title)


def full_of_substance(text: str, ranges: Iterable[tuple[int, int]], share: float) -> bool:
    """Whether sentences that surely carry substance have this share (0 to 1) of the letters: quick, since most documents do."""
    turns, spans = vocabulary("substance.toml", "turn"), list(ranges)
    wanted = share * sum(letters(text[start:end]) for start, end in spans)
    telling = [pattern for name, pattern in signals().items() if name not in ("程序或材料", "决定或事项")]
    own = 0
    for found in (found for start, end in spans for found in _SENTENCE.finditer(text, start, end)):
        sentence = found.group()
        bare = _bare(sentence)
        if any(pattern.search(bare) for pattern in telling):
            own += letters(sentence) * (not (turns["background"].search(sentence) or turns["vague_report"].search(sentence)))
        if own > wanted:
            return True
    return False


def _bare(sentence: str, title: str = "") -> str:
    """The sentence without what only looks checkable: numbers of citations and slogans, 各单位 as owner, threats to whoever is idle,
    the announcement of an activity, a report on how the document itself is carried out (unless reports are what the document is about)."""
    turns = vocabulary("substance.toml", "turn")
    names = _NOTHING[:-1] if _REPORTS.search(title) else _NOTHING
    for name in (*names, "set_annex") if _RELAYS.search(title) else names:
        sentence = turns[name].sub("", sentence)
    return sentence


def _is_background(sentence: str, turns: dict[str, re.Pattern[str]]) -> bool:
    """Whether it only tells why: a purpose (为……，) is no background to the measure that the same sentence goes on to set."""
    if not turns["background"].search(sentence) or turns["after_background"].search(sentence):
        return False
    purpose = turns["purpose"].match(sentence)
    if purpose is None:
        return True
    measured = any(signals()[name].search(sentence, purpose.end()) for name in _MEASURES)
    return not measured and not turns["demand"].match(sentence, purpose.end())


def _owes_what_all_owe(sentence: str, title: str) -> bool:
    """Whether the owners it names (公安、交通等部门要……) are told nothing but to do their best."""
    owner = signals()["责任主体"].search(sentence)
    if owner is None or not owner.group().endswith(("要", "应", "当", "须")):
        return False
    return abstract_share(sentence[owner.end() :], title) >= OWNER_OF_NOTHING


def weighed(sentence: str, start: int = 0, end: int = 0, title: str = "") -> Sentence:
    """One sentence with its nature."""
    turns = vocabulary("substance.toml", "turn")
    bare = _bare(sentence, title)
    found = tuple(name for name, pattern in signals().items() if pattern.search(bare))
    if found == ("责任主体",) and _owes_what_all_owe(bare, title):
        found = ()
    if turns["by_standard"].search(sentence):
        found = found or ("数量或标准",)
    phrases = tuple(name for name, pattern in vocabulary("set_phrases.toml", "phrase").items() if pattern.search(sentence))
    background = _is_background(bare, turns)
    stirring = bool(turns["rhetoric"].search(sentence) or turns["appeal"].search(title))
    least = STIRRING if stirring else ABSTRACT if turns["heading"].search(sentence) else 0.0
    share = max(abstract_share(sentence, title), least)
    worded = max(abstract_share(sentence, "", duties=False), STIRRING if stirring else 0.0)
    report = bool(turns["vague_report"].search(sentence))
    relay = bool(turns["relay"].search(sentence))
    idle = ("程序或材料",) if report else ("程序或材料", "决定或事项") if relay else ()  # the act of sending, not of doing
    if set(found) - set(idle) and not background:
        nature = Nature.SUBSTANCE
    elif background:
        nature = Nature.BACKGROUND
    elif phrases or report or relay or share >= ABSTRACT or turns["closing"].search(sentence):
        nature = Nature.PHRASE
    else:
        nature = Nature.PLAIN
    return Sentence(start, end, sentence, nature, share, worded, found, phrases, report, relay)
