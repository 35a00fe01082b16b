"""How interpretations call themselves, and which documents their titles and first paragraphs name as interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shenwen.corpus.title_keys import key, numbers, quoted

_FORM = re.compile(
    r"解读|图解|图说|(?:一|几|两|三|四|五)[张幅组]?图[看读]?懂|[读看]懂|一图了解|长图|答记者问|记者问|答问|问答|有问必答"
    r"|新闻发布会|政策吹风会|通气会|起草说明|编制说明|政策说明|情况说明|释义|解析|解惑|答疑|Q&A|FAQ",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:起草|编制|修订|制定)(?:情况|工作)?(?:的)?说明|》(?:（[^）]*）)?的?(?:有关情况的?)?说明$")
_AHEAD = re.compile(r"^[\s\W]*(?:解读|图解|一图|一张图|读懂|看懂|图说|问答|政策解读|视频解读|专家解读|部门解读|文字解读)")
#: A document whose own type is one of these is an instruction about interpreting, not an interpretation.
_OWN_TYPE = re.compile(
    r"(?:通知|意见|办法|方案|规定|细则|决定|通报|制度|规则|函|公告|通告|计划|规划|要点|规程|批复|条例)(?:（[^）]*）)?$"
)
_STRIP = re.compile(
    r"^.*?(?:有关)?(?:负责人|负责同志|发言人|司长|局长|厅长|主任)[^就]{0,6}就|^[^就]{0,20}就(?=.*(?:答|问))"
    r"|^(?:政策|文件|部门|专家|媒体|视频|图文|文字|数字|一图)?(?:解读|图解|读懂|看懂|图说)[\s:：|｜丨—\-]*"
    r"|^(?:一|几|两|三)?[张幅]?图[看读]懂[\s:：|｜丨—\-]*|^(?:政策)?问答(?:实录)?[\s:：|｜丨—\-]*|^【[^】]*】"
)
_TAIL = re.compile(
    r"(?:的)?(?:等)?(?:有关|相关)?(?:问题|情况|内容)?(?:的)?(?:政策|文件|图文|权威|专家|热点)?"
    r"(?:解读|图解|问答|答记者问|答问|释义|解析|起草说明|编制说明|情况说明|政策说明|说明|新闻发布会.*)(?:[（(].*[）)])?$"
)
_BASIS = re.compile(
    r"(?:根据|按照|依据|依照|贯彻|落实|遵照|对照|结合|参照|执行|代替|替代|废止|遵循|衔接|原(?=《?$))[^，。；：》\n]{0,24}$"
)
_MADE = re.compile(
    r"(?:印发|出台|制定|制订|发布|公布|下发|起草|颁布|编制|推出|公开|解读|介绍|形成|修订)(?:了|实施|施行)*(?P<of>的)?[^，。；》\n]{0,16}$"
)
_MADE_AFTER = re.compile(
    r"^(?:（[^）]{0,60}）)?[^，。；《\n]{0,24}(?:印发|出台|公布|发布|实施|施行|通过|解读|起草|制定|说明如下|有关情况)"
    r"|^（(?:[^）]{0,40}，)?(?:以下|下)(?:简)?称"
)
_JOINED = re.compile(r"^(?:（[^）]{0,60}）|[、，和及与以暨\s])*$")
#: 《意见》, 《实施办法》: the short name that the first paragraphs give to the document.
_SHORT = 4


class Role(StrEnum):
    """What an interpretation does with a document that it names."""

    TITLE = "title"
    MADE = "made"
    PLAIN = "plain"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named by title or, where `number` is set, by its number. `plain` marks a title without brackets around it."""

    name: str
    role: Role
    number: bool = False
    bare: bool = False


def has_form(title: str) -> bool:
    """Whether a title has an interpretation's form (《…》解读, 一图读懂…, …答记者问, …起草说明)."""
    outside = _outside(title)
    if _OWN_TYPE.search(outside.strip()) and not _AHEAD.search(outside):
        return False
    return bool(_FORM.search(outside) or _NOTE.search(title))


def names_explained(line: str) -> bool:
    """Whether a line has an interpretation's form and quotes what is explained."""
    return has_form(line) and any(len(key(name)) > _SHORT for name, _, _ in quoted(line))


def is_drafting_note(title: str) -> bool:
    """起草说明 and its kin, which go with a draft."""
    return bool(_NOTE.search(title))


def _outside(title: str) -> str:
    """The title without what it quotes."""
    for _, start, end in reversed(list(quoted(title))):
        title = title[:start] + "〇" + title[end:]
    return title


def title_mentions(title: str) -> tuple[Mention, ...]:
    """Documents that an interpretation's title names; without brackets, what is left when the form's words are taken off.

    Where that is a title of its own that quotes another (解读某市实施《…条例》办法), it is named, not what it quotes.
    """
    rest = _TAIL.sub("", _STRIP.sub("", title.strip())).strip(" :：，—-|｜丨")
    if "《" in rest and _OWN_TYPE.search(_outside(rest)):
        return (Mention(rest, Role.TITLE, bare=True),)
    named = tuple(Mention(name, Role.TITLE) for name, _, _ in quoted(title) if len(key(name)) > _SHORT)
    numbered = tuple(Mention(number, Role.TITLE, number=True) for number, _, _ in numbers(title))
    if named or not has_form(title):
        return (*named, *numbered)
    for _, start, end in reversed(list(numbers(rest))):
        rest = (rest[:start] + rest[end:]).strip()
    return (*numbered, Mention(rest, Role.TITLE, bare=True)) if len(key(rest)) > _SHORT + 2 else numbered


def opening_mentions(opening: str) -> tuple[Mention, ...]:
    """Documents that the first paragraphs name, each with its role, the interpreted ones told from the ones obeyed."""
    found = tuple(_mentions(opening))
    obeyed = {mention.name for mention in found if mention.role is Role.BASIS}
    return tuple(m for m in found if m.role is not Role.BASIS and m.name not in obeyed)


def _mentions(text: str) -> Iterator[Mention]:
    role, last = Role.PLAIN, -1
    for name, start, end in quoted(text):
        before, after = text[max(0, start - 40) : start], text[end : end + 90]
        if last < 0 or not _JOINED.match(text[last:start]):
            role = _role(before, after)
        last = end
        if len(key(name)) > _SHORT:
            yield Mention(name, role)
        if (bracket := re.match(r"（([^）]{4,40})）", after)) and (number := next(numbers(bracket[1]), None)):
            yield Mention(number[0], role, number=True)


def _role(before: str, after: str) -> Role:
    """By the verb nearest to the title: 根据省里要求印发了《…》 was made, 贯彻落实国务院印发的《…》 is obeyed."""
    obeyed, made = _BASIS.search(before), _MADE.search(before)
    if obeyed and not (made and not made["of"] and made.start() > obeyed.start()):
        return Role.BASIS
    return Role.MADE if made or _MADE_AFTER.search(after) else Role.PLAIN
