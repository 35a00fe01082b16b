"""Titles reduced to keys that meet: a document's own title, the part from 关于 on, what a 印发 or 转发 notice wraps.

All functions take titles in the normalised view (Simplified script) and are total: any string in, never an exception.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
_OPEN, _CLOSE = "《〈<＜「『", "》〉>＞」』"
_DRAFT = re.compile(r"征求意见稿|公开征求意见|征求.{0,12}意见|草案|送审稿|讨论稿|审议稿|修订稿|意见稿|（稿）")
#: What may stand in brackets behind a title without making it another document.
_SUFFIX = re.compile(
    r"[（(\[【][^（）()\[\]【】]{0,16}[）)\]】]\s*$|[\s（(]+[一-鿿]{1,8}[\[〔【](?:19|20)\d\d[\]〕】]第?\d{1,5}号[)）]?\s*$"
)
#: 转发 is no wrapper: what it forwards is another body's document, with an interpretation of its own.
_WRAPPER = re.compile(
    r"(?:印发|发布|公布|颁布|下发|(?<!贯彻)(?<!执行)(?:施行|实施)|公开征求对?)(?P<inner>.+?)(?:公开征求意见)?的(?:补充|紧急|联合)?"
    r"(?:通知|公告|决定|命令?|通告|函|批复)$"
)
_ISSUER = re.compile(
    r"(?:政府|国务院|办公厅|办公室|委员会|[厅局部委署院会]|总局|中心|公司|指挥部|领导小组|党委|管委会|联席会议)$"
)
_PLACE = re.compile(
    r"(?P<name>[一-鿿]{1,7}?)"
    r"(?P<rank>自治区|自治州|自治县|新区|省|市(?![场民政容级区])|州|盟|县(?![级域])|区(?![域块级县间])|旗)(?!内|际)"
)
_NO_PLACE = re.compile(
    r"(?:社|地|园|市|辖|校|景|灾|小|库|疫|片|专|特|本|全|各|我|该|跨|省际|牧|农)区$|(?:上|各|全|本|我|超|夜)市$|(?:全|本|各|我|外|跨)[省县州]$"
    # 聊城市, 成都市, 西城区 and 房山区 are places, one letter before the word that is none
    r"|^(?:[大中小新老县水全各本该我国]|..+)?城市$|^(?:[大古首]|..+)?都市$|^(?:[主老全本各该我]|..+)?城区$|^(?:[深高石全本各]|..+)?山区$"
)
_NUMBER = re.compile(
    r"(?P<word>[一-鿿]{1,12}?(?:字|发|函|规|文|令|办|通|告|电|议|任|管|政)?)[\[〔【﹝（(](?P<year>(?:19|20)\d\d)[\]〕】﹞）)]\s*第?0*(?P<serial>\d{1,5})\s*号"
)


@lru_cache(maxsize=1 << 16)
def key(title: str) -> str:
    """Letters and digits alone, compatibility forms folded, without 的 (加强管护意见的通知, 加强管护的意见)."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", title)).lower().replace("的", "")


def number_key(number: str | None) -> str | None:
    """A 文号 as `鄂政发2019-3`, or None where it has not the form; brackets, 第 and padding do not matter."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", number or "").replace(" ", ""))
    return f"{found['word']}{found['year']}-{found['serial']}" if found else None


def is_draft(title: str) -> bool:
    """Whether a title says of its document that it is not yet adopted."""
    return bool(_DRAFT.search(title))


def bare(title: str) -> str:
    """A title without the brackets behind it (（试行）, （征求意见稿）, （2019年修订）) and without a number set off from it."""
    while (shorter := _SUFFIX.sub("", title)) != title:
        title = shorter
    return title.strip()


def issuer_prefix(title: str) -> str:
    """What stands before 关于, where that is a body's name; else an empty string."""
    head, about, _ = title.partition("关于")
    head = re.split(r"转发|批转|印发", re.sub(r"[\s、，]+$", "", head.lstrip(_OPEN)))[0]
    return head if about and head and len(head) <= 60 and _ISSUER.search(head) else ""


def places(name: str) -> dict[str, str]:
    """Places at the head of a body's name or a title, by rank: `{"省": "湖北", "市": "武汉"}`."""
    found: dict[str, str] = {}
    at = 2 if name.startswith("中共") else 0
    while (match := _PLACE.match(name, at)) and not _NO_PLACE.search(match.group()):
        if "关于" in match.group() or "国务院" in match.group():
            break
        found.setdefault(match["rank"].removeprefix("自治"), match["name"])
        at = match.end()
    return found


def without_place(text: str) -> str:
    """A title without the places at its head."""
    at = 0
    while (match := _PLACE.match(text, at)) and not _NO_PLACE.search(match.group()) and "关于" not in match.group():
        at = match.end()
    return text[at:]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one title, from the most to the least particular. `draft`: the title is a draft's."""

    full: str
    core: str
    inner: str | None
    placeless: str | None
    issuer: str
    draft: bool

    @property
    def all(self) -> tuple[str, ...]:
        """Every key once."""
        return tuple(dict.fromkeys(k for k in (self.full, self.core, self.inner, self.placeless) if k))


@lru_cache(maxsize=1 << 16)
def keys_of(title: str) -> Keys:
    """The keys of a document's title or of a title that is named elsewhere."""
    plain = bare(title)
    issuer = issuer_prefix(plain)
    core = plain[plain.index("关于") :] if issuer else plain
    wrapped = _WRAPPER.search(core.rstrip(_CLOSE))
    inner = bare(_unquote(wrapped["inner"])) if wrapped else None
    short = without_place(inner or core)
    placeless = key(short) if short != (inner or core) and len(key(short)) >= 6 else None
    return Keys(key(plain), _core(core), _core(inner) if inner else None, placeless, issuer, is_draft(title))


def _core(text: str) -> str:
    """Key of a title without a body before 关于 and without 关于 itself (people leave it out)."""
    prefix = issuer_prefix(text)
    return key(text[text.index("关于") :] if prefix else text).removeprefix("关于")


def _unquote(text: str) -> str:
    text = text.strip()
    for title, start, end in quoted(text):
        if start == 0 or issuer_prefix(text[:start] + "关于"):
            return title if end >= len(text) - 14 else text
    return text


def quoted(text: str) -> Iterator[tuple[str, int, int]]:
    """Outermost titles in 《》 with their offsets, brackets included; pairs within pairs belong to the outer title."""
    depth = start = 0
    for at, char in enumerate(text):
        if char in "《「『":
            start, depth = (at, 1) if depth == 0 else (start, depth + 1)
        elif char in "》」』" and depth:
            depth -= 1
            # 《关于印发《甲办法》的通知》 is one title; a title that never closes ends where its line ends
            if depth == 0:
                yield text[start + 1 : at], start, at + 1
        elif char == "\n" and depth:
            depth = 0


def numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Every 文号 of a text as its key, with offsets."""
    for found in _NUMBER.finditer(text):
        yield f"{found['word']}{found['year']}-{found['serial']}", found.start(), found.end()
