"""发文机关 from titles and signatures, and the rank of a body from its name (corpus/reference/body_levels.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from shenwen.corpus.model import Level

_BODY = re.compile(
    r"^[\u4e00-\u9fff（）“”·]{1,40}?(?:政府|国务院|中共中央|中央军委|办公[厅室]|委员会|[省市区县州]委|编委|[部改资健保防监计经商教科]委|厅|局|部|署|法院|检察院|院|总社"
    r"|管委会|委会|工会|协会|学会|联合会|妇联|残联|团委|中心|指挥部|领导小组|联席会议|银行|总行|总队|支队|大队|集团|公司|大学|学院|公署|办事处|人大常委会|政协|党组"
    r"|社|[处办会队])(?:（[^）]{1,20}）)?$"
)
_PLACES = (
    (Level.TOWNSHIP, re.compile(r"(?<!城)(?<!制)(?<!集)[镇乡](?!村|建)|街道(?=办|党|$|地区)|苏木")),
    (
        Level.COUNTY,
        re.compile(
            r"[县旗](?!级|市)|(?<!自治)(?<!社)(?<!地)(?<!园)(?<!小)(?<!特)(?<!辖)(?<!胜)(?<!景)(?<!护)区(?!域|块|划|级|分)|县级市"
        ),
    ),
    (
        Level.CITY,
        re.compile(
            r"(?<!城)(?<!县级)(?<!超)市(?!场|政[^府]|容|县|级)|自治州|州(?![区县市])|盟(?!约)|地区行政公署|地区(?=$|行署)|经济特区"
        ),
    ),
    (Level.PROVINCE, re.compile(r"(?<!反)(?<!节)省|自治区|兵团")),
)
#: What stands before the place in a title: 关于印发《, 2026年.
_OPENING = re.compile(r"(?:关于[^《》]{0,6}《|(?:印发|转发|解读)?《|关于(?:印发|转发)?|(?:19|20)\d\d年度?)+")
_LEADING = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}?(?:省|自治区|兵团|市|自治州|州|地区|盟|县|旗|区|镇|乡|街道)(?!域|长|场|政|容|级|镇|乡|区|村|划)){1,3}"
)


@cache
def _table() -> tuple[re.Pattern[str], re.Pattern[str]]:
    source = resources.files("shenwen.corpus.reference").joinpath("body_levels.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    return re.compile("|".join(table["provinces"])), re.compile("^(?:" + "|".join(table["national"]) + ")")


def is_body(text: str) -> bool:
    """Whether a short text is the name of a body and nothing else."""
    return bool(_BODY.match(re.sub(r"\s", "", text)))


def level_of(names: tuple[str, ...], title: str = "") -> Level | None:
    """Rank of the first name that tells it: by the smallest place in it, else as a national body, else as a 厅 (provincial);
    without one, by the place or the national body with which the title begins."""
    found = next((level for name in names if (level := _level(name))), None)
    return found or _level_of_title(title)


def _level_of_title(title: str) -> Level | None:
    start = _OPENING.match(title)
    begins = title[start.end() :] if start else title
    places = _LEADING.match(begins)
    if places and (level := _level(places.group())):
        return level
    provinces, national = _table()
    return Level.PROVINCE if provinces.match(begins) else Level.NATIONAL if national.match(begins) else None


def _level(name: str) -> Level | None:
    provinces, national = _table()
    rest = provinces.sub("", name)
    for level, place in _PLACES:
        if place.search(rest):
            return level
    if rest != name:
        return Level.PROVINCE
    if national.match(name):
        return Level.NATIONAL
    return Level.PROVINCE if re.search(r"(?<!办公)厅$", name) else None


def _unglued(text: str) -> list[str]:
    """National bodies, or bodies of one place, written without anything between them: 财政部国土资源部 → 财政部 and 国土资源部."""
    national = _table()[1]
    for cut in re.finditer(r"(?<=[部署局会厅室委])(?=[\u4e00-\u9fff]{2,}[部署局会行厅室委]$)", text):
        first, rest = text[: cut.start()], text[cut.start() :]
        same_place = first[:3] == rest[:3] and is_body(first)
        if is_body(rest) and (same_place or (national.fullmatch(first) and national.match(rest))):
            return [first, *_unglued(rest)]
    return [text]


def split_bodies(text: str) -> tuple[str, ...]:
    """The bodies of a title's head or a metadata value: `国务院办公厅、中央军委办公厅`, `中共中央 国务院`."""
    text = re.sub(r"等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位|机关|部委)$", "", text.strip())
    parts = [name for part in re.split(r"[、，,;；/]|\s+", text) if part for name in _unglued(part)]
    names: list[str] = []
    for part in parts:
        # a letter-spaced name (财  政  部) comes as single characters
        if names and len(part) == 1 and len(names[-1]) < 4 and not is_body(names[-1]):
            names[-1] += part
        else:
            names.append(part)
    return tuple(dict.fromkeys(names))
