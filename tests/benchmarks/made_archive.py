"""Archives made by a grammar, with planted families and known truth; and drafts that copy a share of a document as offices do.

A provision is a list of words, so that an edit of ten words in a hundred is exactly that. Everything follows from the seed.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

_TABLE = tomllib.loads(Path(__file__).with_name("made_words.toml").read_text(encoding="utf-8"))
PLACES = {province: cities.split() for province, cities in _TABLE["cities"].items()}
_WORDS = {name: words.split() for name, words in _TABLE["words"].items()}
FIELDS = _WORDS["FIELDS"]
SCENES = _WORDS["SCENES"]
OBJECTS = _WORDS["OBJECTS"]
MATTERS = _WORDS["MATTERS"]
BODIES = _WORDS["BODIES"]
VERBS = _WORDS["VERBS"]
ADVERBS = _WORDS["ADVERBS"]
MODALS = _WORDS["MODALS"]
PURPOSES = _WORDS["PURPOSES"]
BANS = _WORDS["BANS"]
PENALTIES = _WORDS["PENALTIES"]
CONDITIONS = _WORDS["CONDITIONS"]
SUPPORTED = _WORDS["SUPPORTED"]
UNITS = _WORDS["UNITS"]
OUTCOMES = _WORDS["OUTCOMES"]
FUNDS = _WORDS["FUNDS"]
BANS_ON_MONEY = _WORDS["BANS_ON_MONEY"]
THINGS = [first + second for first in OBJECTS for second in MATTERS]
CLOSING = "各地各部门要提高认识，加强组织领导，明确职责分工，抓好工作落实。"

Word = str
Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A made document. `origin` is the path of what it was made from, `relation` how, `share` the truth of its coverage."""

    path: str
    title: str
    number: str
    issuer: str
    place: str
    day: date
    field: str
    provisions: tuple[Words, ...]
    origin: str | None = None
    relation: str = "independent"
    share: float = 0.0

    @property
    def text(self) -> str:
        """The document as plain text."""
        lines = [self.title, self.number, "各有关单位：", f"为了做好{self.field}工作，现就有关事项通知如下："]
        lines += [f"{_chinese(n)}、{''.join(words)}" for n, words in enumerate(self.provisions, 1)]
        lines += [CLOSING, self.issuer, f"{self.day.year}年{self.day.month}月{self.day.day}日"]
        return "\n".join(lines) + "\n"


def made_archive(
    count: int, seed: int = 1, planted: float = 0.1, first: int = 0, provisions: tuple[int, int] = (10, 24)
) -> Iterator[Made]:
    """`count` documents, numbered from `first`; a share `planted` of them copies, revises or restates an earlier one of the same
    hundred. Each has from so many to so many provisions."""
    chooser = random.Random(seed)
    recent: list[Made] = []
    for n in range(first, first + count):
        path = f"{n // 1000:04d}/{n:07d}.txt"
        if len(recent) > 10 and chooser.random() < planted:
            made = _planted(chooser, chooser.choice(recent), path)
        else:
            made = original(chooser, path, provisions=provisions)
            recent = [*recent[-99:], made]
        yield made


def original(chooser: random.Random, path: str, field: str | None = None, provisions: tuple[int, int] = (10, 24)) -> Made:
    """A provincial document of its own, on a given field or any."""
    province = chooser.choice(sorted(PLACES))
    field = field or chooser.choice(SCENES) + chooser.choice(FIELDS)
    own = tuple(provision(chooser, field, province) for _ in range(chooser.randint(*provisions)))
    day = date(2012, 1, 5) + timedelta(days=chooser.randrange(3600))
    issuer = f"{province}人民政府办公厅"
    serial = chooser.randint(1, 180)
    return Made(
        path,
        f"{issuer}关于加强{field}管理工作的通知",
        f"{province[0]}政办发〔{day.year}〕{serial}号",
        issuer,
        province,
        day,
        field,
        own,
    )


def draft(chooser: random.Random, source: Made, share: float, path: str) -> Made:
    """A city's document on the same field that copies `share` of the source's provisions with office-like edits, in another order."""
    city = chooser.choice(PLACES[source.place])
    own = original(chooser, path, source.field)
    copied = [
        edited(chooser, words, source.place, city)
        for words in chooser.sample(source.provisions, round(share * len(source.provisions)))
    ]
    rest = [
        tuple(word.replace(own.place, city) for word in provision(chooser, source.field, city))
        for _ in range(len(source.provisions) - len(copied))
    ]
    letters = sum(len("".join(words)) for words in copied)
    truth = letters / max(letters + sum(len("".join(words)) for words in rest), 1)
    provisions = [*copied, *rest]
    chooser.shuffle(provisions)
    issuer = f"{source.place}{city}人民政府办公室"
    return replace(
        own,
        title=f"{issuer}关于做好{source.field}管理有关工作的通知",
        number=f"{city[0]}政办发〔{source.day.year}〕{chooser.randint(1, 90)}号",
        issuer=issuer,
        place=source.place,
        day=source.day + timedelta(days=chooser.randint(20, 200)),
        provisions=tuple(provisions),
        origin=source.path,
        relation="restatement",
        share=truth,
    )


def edited(chooser: random.Random, words: Words, place: str, city: str) -> Words:
    """The words as another office issues them: its own names, other numbers, ten words in a hundred changed."""
    return tuple(
        _edited(chooser, word).replace(place, city).replace("全省", "全市").replace("各市州", "各县区") for word in words
    )


def provision(chooser: random.Random, field: str, place: str) -> Words:
    """Two to four sentences about the field."""
    words: list[Word] = []
    for _ in range(chooser.randint(2, 4)):
        words += chooser.choice(FRAMES)(chooser, field, place)
    return tuple(words)


def _duty(chooser: random.Random, field: str, place: str) -> list[Word]:
    return [
        place,
        chooser.choice(BODIES),
        "部门",
        chooser.choice(MODALS),
        chooser.choice(ADVERBS),
        chooser.choice(VERBS),
        field,
        chooser.choice(THINGS),
        "，",
        chooser.choice(VERBS),
        "相关",
        chooser.choice(THINGS),
        "，",
        chooser.choice(PURPOSES),
        "。",
    ]


def _quota(chooser: random.Random, field: str, place: str) -> list[Word]:
    month, amount = chooser.randint(1, 12), chooser.randint(2, 90) * 5
    return [
        "各市州",
        "在",
        f"{month}月底前",
        chooser.choice(ADVERBS),
        chooser.choice(VERBS),
        field,
        chooser.choice(THINGS),
        "不少于",
        str(amount),
        chooser.choice(UNITS),
        "，",
        "并",
        chooser.choice(VERBS),
        "原有",
        chooser.choice(THINGS),
        "，",
        chooser.choice(PURPOSES),
        "。",
    ]


def _ban(chooser: random.Random, field: str, place: str) -> list[Word]:
    return [
        "不得",
        chooser.choice(BANS),
        field,
        chooser.choice(THINGS),
        "和",
        chooser.choice(THINGS),
        "；",
        chooser.choice(CONDITIONS),
        "的",
        "，",
        "由",
        chooser.choice(BODIES),
        "部门",
        chooser.choice(PENALTIES),
        "。",
    ]


def _encouragement(chooser: random.Random, field: str, place: str) -> list[Word]:
    return [
        "鼓励",
        "全省",
        chooser.choice(SUPPORTED),
        "和",
        chooser.choice(SUPPORTED),
        chooser.choice(ADVERBS),
        chooser.choice(VERBS),
        field,
        chooser.choice(THINGS),
        "，",
        "对",
        chooser.choice(PURPOSES),
        "的",
        "给予",
        str(chooser.randint(1, 40) * 1000),
        "元",
        "补助",
        "。",
    ]


def _procedure(chooser: random.Random, field: str, place: str) -> list[Word]:
    return [
        "申请",
        field,
        chooser.choice(THINGS),
        "的",
        "，",
        "应当",
        "提交",
        chooser.choice(THINGS),
        "和",
        chooser.choice(THINGS),
        "，",
        chooser.choice(BODIES),
        "部门",
        "自",
        "受理",
        "之日起",
        str(chooser.randint(2, 40)),
        "个工作日内",
        chooser.choice(OUTCOMES),
        "。",
    ]


def _definition(chooser: random.Random, field: str, place: str) -> list[Word]:
    return [
        "本通知",
        "所称",
        field,
        chooser.choice(THINGS),
        "，",
        "是指",
        chooser.choice(ADVERBS),
        "用于",
        chooser.choice(PURPOSES),
        "的",
        chooser.choice(THINGS),
        "以及",
        chooser.choice(SCENES),
        chooser.choice(FIELDS),
        chooser.choice(THINGS),
        "。",
    ]


def _inspection(chooser: random.Random, field: str, place: str) -> list[Word]:
    return [
        chooser.choice(BODIES),
        "、",
        chooser.choice(BODIES),
        "部门",
        "每年",
        chooser.choice(ADVERBS),
        "检查",
        str(chooser.randint(1, 12)),
        "次",
        "，",
        "发现",
        chooser.choice(CONDITIONS),
        "的",
        "，",
        "当场",
        chooser.choice(OUTCOMES),
        "，",
        "并",
        "在",
        chooser.choice(SCENES),
        chooser.choice(OUTCOMES),
        "。",
    ]


def _money(chooser: random.Random, field: str, place: str) -> list[Word]:
    return [
        chooser.choice(VERBS),
        chooser.choice(THINGS),
        "的",
        "费用",
        "由",
        chooser.choice(FUNDS),
        "列支",
        "，",
        "每",
        chooser.choice(UNITS),
        chooser.choice(THINGS),
        "以",
        str(chooser.randint(1, 60) * 50),
        "元",
        "为限",
        "；",
        "禁止",
        "用于",
        chooser.choice(BANS_ON_MONEY),
        "。",
    ]


FRAMES = (_duty, _quota, _ban, _encouragement, _procedure, _definition, _inspection, _money)


def _edited(chooser: random.Random, word: Word) -> Word:
    if word.rstrip("月底前").isdigit() and chooser.random() < 0.5:
        return word.replace(word.rstrip("月底前"), str(chooser.randint(1, 12)))
    if chooser.random() >= 0.1:
        return word
    family = next((each for each in (VERBS, ADVERBS, MODALS, PURPOSES, THINGS) if word in each), None)
    if family:
        return chooser.choice(family)
    return chooser.choice((word, "切实" + word, "进一步" + word)) if word.isalpha() else word


def _planted(chooser: random.Random, source: Made, path: str) -> Made:
    match chooser.choice(("same", "revision", "restatement")):
        case "same":
            return replace(source, path=path, origin=source.path, relation="same", share=1.0)
        case "revision":
            kept = [
                words if chooser.random() < 0.75 else provision(chooser, source.field, source.place)
                for words in source.provisions
            ]
            day = source.day + timedelta(days=chooser.randint(300, 900))
            number = f"{source.place[0]}政办发〔{day.year}〕{chooser.randint(1, 180)}号"
            return replace(
                source,
                path=path,
                provisions=tuple(kept),
                day=day,
                number=number,
                origin=source.path,
                relation="revision",
                share=0.75,
            )
        case _:
            return draft(chooser, source, chooser.choice((0.6, 0.8, 1.0)), path)


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
