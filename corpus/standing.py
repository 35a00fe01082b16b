"""How two documents stand to each other before their text is read: titles, places, ranks and bodies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import PurePosixPath

from shenwen.corpus.entries import Entry
from shenwen.corpus.interpretation_titles import has_form
from shenwen.corpus.model import DocumentKind, Level
from shenwen.corpus.title_keys import bare, key, keys_of, number_key, places, quoted

_RANKS = list(Level)
#: What a page puts behind or around a title.
_PAGE = re.compile(
    r"(?:责任编辑|文章来源|来源：|作者：|发布时间|发布日期|索\s*引\s*号|信息来源).*$|^[（(]原标题[:：]|^[\s■◆●★\-－—\d.、]+",
    re.DOTALL,
)
#: The serial number of one in a row (补充规定（七）) is no stage.
_SERIAL = re.compile(r"[（(]([一二三四五六七八九十]+)[）)](?=$|》|[（(])")
#: A decision that amends or repeals others quotes them.
_AMENDS = re.compile(r"(?:修改|修订|废止|清理|宣布失效).*决定")
#: Year and stage of a document: they make another version, not another document.
_STAGE = re.compile(
    r"[（(\[【][^（）()\[\]【】]*[）)\]】]|[（(][^（）()]*$|(?:19|20)\d\d年?度?|(?:正在)?(?:修订|修正|修改)案?(?:对照)?|草案|征求意见稿|送审稿|讨论稿|意见稿|对照稿"
    r"|公开征求意见|征求意见|正式稿|最新版?|暂行|试行|全文|中华人民共和国|%\d[0-9A-F]"
)
#: Words around a quoted title that make the document that very one, issued, amended or sent on.
_CARRIES = re.compile(r"印发|发布|公布|颁布|施行|修订|修正|修改|征求|转发|批转|草案")
_ABOUT = re.compile(r"贯彻|落实|学习|宣传|解读|答记者问|问答|说明|执行|实施(?:《|〈)|细则")
#: A title without one of these is that of a page or a paper, not of a document with authority.
_TYPED = re.compile(
    r"(?:通知|意见|决定|批复|函|公告|通告|通报|办法|规定|条例|细则|方案|规则|措施|规划|纲要|标准|法|令|规程|准则|章程|决议|解释|草案|征求意见稿)"
    r"(?=$|[\s\d》〉（(\[【_－—-]|的通知)"
)
_ENDS_TYPED = re.compile(
    r"(?:通知|意见|决定|批复|函|公告|通告|通报|办法|规定|条例|细则|方案|规则|措施|规划|纲要|标准|法|令|规程|准则|章程|决议)$"
)
#: These quote or explain by nature, unless the title ends with the name of a type (新闻出版管理规定, 关于印发…指南的通知).
_QUOTING = re.compile(
    r"解读|答记者问|问答|图解|一图|须知|手册|指南|指引|百问|热点|报道|新闻|说明$|起草说明|热议|咨询|FAQ", re.IGNORECASE
)
#: A year in a title, brackets apart, tells one of a yearly series from the next.
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[—－–~至-](?:19|20)?\d\d)")
_BRACKETS = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕]*[）)\]】〕]")
#: A short name that is one all the same: 商标法, 渔业条例.
_SHORT_LAW = re.compile(r"^[一-鿿]{2,3}法$|^[一-鿿]{2}条例$")
_NO_LAW = re.compile(r"[办方做]法$|^(?:管理|实施|暂行)条例$")
_IMPLEMENTING = re.compile(r"实施细则|实施办法|实施意见|实施方案|细则|贯彻|落实|配套|补充")
#: Letters that make another document of a title.
_WEIGHTY = re.compile(r"实施|细则|贯彻|落实|配套|补充|进一步|再次|继续|[小初高中学不非废停]")
_GOVERNMENT = re.compile(r"人民政府(?:办公[厅室])?$|^国务院(?:办公厅)?$|人民代表大会|[省市县区]政府(?:办公[厅室])?$")
_TOWN = re.compile(r"[^城集市小村乡]镇|[^城下兴]乡|街道办")
_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
#: What stands before the place at the head of a title; a zone of free trade names its own in brackets: 中国（浙江）.
_BEFORE_PLACE = re.compile(r"^(?:关于)?(?:印发|发布|公布|转发|实施)?《?(?:\d{4}年?)?(?:中国（(?=[一-鿿]{2,3}）))?")
_LEAST_NAME, _LEAST_MATTER = 5, 4
#: Words of a title that leave its matter what it is.
_ADDED = re.compile(
    r"进一步|继续|再次|切实|全面|深入|持续|大力|加强|做好|加快|推进|抓好|强化|规范|落实|开展|工作|有关|相关|事项|若干|问题|关于|印发|实施"
    r"|(?:通知|意见|决定|公告|通告|办法|规定|方案|措施|规则|细则|条例)"
)
#: The Supreme People's Court renamed its interpretations in 2020.
_RENAMED = re.compile(r"具体应用法律")


@dataclass(frozen=True, slots=True)
class Standing:
    """What titles and bodies say of two documents.

    `same_title`: one document's title but for year, stage and wrapping; `alike`: nearly so. `same_place`: neither belongs to another
    place. `lower`: `a` or `b`, the one that stands under the other by rank, body or basis.
    `same_body`: both come from one body. `same_matter`: their titles name one subject; `replaces`: one repeals the other; `series`:
    their titles name different years. `quoting`: one explains, reports or instructs by nature; `news`: one is a page of news;
    `amending`: one amends or repeals. `typed`: both are documents with authority; `untyped`: neither is known to be.
    """

    same_title: bool
    alike: bool
    same_place: bool
    lower: str | None
    same_body: bool
    same_matter: bool
    replaces: bool
    series: bool
    quoting: bool
    news: bool
    amending: bool
    typed: bool
    untyped: bool


def standing_of(a: Entry, b: Entry) -> Standing:
    """The standing of two entries; what is unknown contradicts nothing and proves nothing."""
    return Standing(
        same_title=_same_title(a, b),
        alike=place_of(a) == place_of(b) and not _levels_differ(a, b) and _alike(names_of(a), names_of(b)),
        same_place=same_place(a, b),
        lower=rank_of(a, b),
        same_body=bool(set(a.issuers) & set(b.issuers)),
        same_matter=bool(_matters(a) & _matters(b)),
        replaces=_repeals(a, b) or _repeals(b, a),
        series=_series(a, b),
        quoting=_quotes(a) or _quotes(b),
        news=DocumentKind.NEWS in (a.kind, b.kind),
        amending=any(_AMENDS.search(title) for title in (*titles_of(a), *titles_of(b))),
        typed=is_typed(a) and is_typed(b),
        untyped=not (is_typed(a) or is_typed(b)),
    )


def same_place(a: Entry, b: Entry) -> bool:
    """Whether neither belongs to another place than the other."""
    return not _apart(place_of(a), place_of(b))


def rank_of(a: Entry, b: Entry) -> str | None:
    """`lower` of their standing."""
    return _lower(a, b) if same_place(a, b) else None


def place_of(entry: Entry) -> dict[str, str]:
    """Places by rank that the issuers and the titles name: `{"省": "湖北", "市": "武汉"}`; the province of a known city is added."""
    return dict(_place_of(entry))


@lru_cache(maxsize=4096)
def _place_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for name in (*entry.issuers, *titles_of(entry)):
        head = _BEFORE_PLACE.sub("", name)
        for rank, place in places(head).items():
            found.setdefault(rank, place)
        found |= {rank: place for rank, place in _short_places(head[:12]) if rank not in found}
    city = found.get("市", "")
    if (province := city if city in _MUNICIPALITIES else _cities().get(city)) and "省" not in found:
        found["省"] = province
    region = found.get("区", "")
    if province := next((each for each in _provinces() if region.startswith(each)), ""):
        found["省"] = province
        del found["区"]
    return tuple(found.items())


def _short_places(head: str) -> Iterator[tuple[str, str]]:
    """Known places that a title's first words name without their rank (北京教委…)."""
    yield from (("市", city) for city in (*_MUNICIPALITIES, *_cities()) if city in head)
    yield from (("省", province) for province in sorted(_provinces()) if head.startswith(province) and province not in _cities())


@cache
def _cities() -> dict[str, str]:
    table = tomllib.loads(resources.files("shenwen.corpus.reference").joinpath("cities.toml").read_text(encoding="utf-8"))
    return {city: province for province, cities in table.items() for city in cities.split()}


@cache
def _provinces() -> frozenset[str]:
    return frozenset(_cities().values())


def _apart(here: dict[str, str], there: dict[str, str]) -> bool:
    """Whether the places contradict each other at some rank that both name."""
    return any(here[rank][:2] != name[:2] for rank, name in there.items() if rank in here)


@lru_cache(maxsize=4096)
def titles_of(entry: Entry) -> tuple[str, ...]:
    """Every title the document goes by, cleaned: its own, those of wrapped documents, its file's name; quoted ones unwrapped."""
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", PurePosixPath(entry.path.rpartition("!")[2]).name)
    raw = [_SERIAL.sub(r"之\1", _PAGE.sub("", title.strip())) for title in (entry.title or "", *entry.inner_titles, stem)]
    found = [title for title in raw if is_name(key(title)) and re.search(r"[一-鿿]{3}", title)]
    for title in list(found):
        outer = re.sub(r"《.*》", "", title)
        if _CARRIES.search(outer) and not _ABOUT.search(outer):
            found += [inner for inner, _, _ in quoted(title)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def names_of(entry: Entry) -> frozenset[str]:
    """Keys of the document's titles without year and stage: equal keys name one document."""
    keys: set[str] = set()
    for title in titles_of(entry):
        plain = _RENAMED.sub("适用法律", without_stage(title))
        keys.add(key(plain))
        found = keys_of(plain)
        keys |= {each for each in (found.full, found.core, found.inner) if each}
    return frozenset(each for each in keys if is_name(each) and not each.endswith("表"))  # a form's name: each is filled in anew


def is_name(words: str) -> bool:
    """Whether the key of a title can tell a document from others: five letters, or a law's short name."""
    return len(words) >= _LEAST_NAME or bool(_SHORT_LAW.search(words) and not _NO_LAW.search(words))


def without_stage(title: str) -> str:
    """A title without year, stage and brackets."""
    return _STAGE.sub("", bare(title))


def lines_of(entry: Entry) -> tuple[str, ...]:
    """The titles of what the document wraps, and its units."""
    return (*entry.inner_titles, *(unit.text for unit in entry.units))


def _same_title(a: Entry, b: Entry) -> bool:
    shared = names_of(a) & names_of(b)
    if any(places(name) for name in shared):
        return True
    here, there = place_of(a), place_of(b)
    return bool(shared) and (here == there or not here or not there) and not _levels_differ(a, b)


def _levels_differ(a: Entry, b: Entry) -> bool:
    return None not in (one := level_of(a), two := level_of(b)) and one != two


def _alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether a name of one is one of the other's with no more than a few letters put in, none of them weighty."""
    return any(_nearly(*sorted((first, second), key=len)) for first in one for second in two)


def _nearly(short: str, long: str) -> bool:
    if len(short) < 8 or len(long) - len(short) > 4:
        return False
    at, rest = 0, []
    for char in long:
        if at < len(short) and char == short[at]:
            at += 1
        else:
            rest.append(char)
    return at == len(short) and not _WEIGHTY.search("".join(rest))


def level_of(entry: Entry) -> int | None:
    """Rank of the issuing body, 0 for national; a special economic zone counts as its city, 城镇 in a title as no town."""
    names = (*entry.issuers, *titles_of(entry))
    level = entry.level
    if any("经济特区" in name for name in names):
        level = Level.CITY
    elif level is Level.TOWNSHIP and not any(_TOWN.search(name) for name in names):
        level = _level_of_place(place_of(entry))
    elif level is None:
        named = {rank: place for title in titles_of(entry) for rank, place in places(title).items()}
        level = Level.NATIONAL if _of_the_nation(entry) else _level_of_place(named)
    return _RANKS.index(level) if level else None


def _level_of_place(found: dict[str, str]) -> Level | None:
    """The rank of the smallest place; a municipality ranks as a province."""
    if {"县", "区", "旗"} & found.keys():
        return Level.COUNTY
    if "市" in found and found["市"] not in _MUNICIPALITIES:
        return Level.CITY
    return Level.PROVINCE if found else None


def _of_the_nation(entry: Entry) -> bool:
    """Whether it is a 法 or 条例 that names no place and no body: all others name theirs."""
    title = bare(entry.title or "")
    return (
        is_law(entry) and bool(re.search(r"法$|条例$", title)) and not (entry.issuers or place_of(entry) or _NO_LAW.search(title))
    )


def _lower(a: Entry, b: Entry) -> str | None:
    """Which of two entries of one place stands under the other."""
    for side, low, high in (("a", a, b), ("b", b, a)):
        if _implements(low, high):
            return side
    one, two = level_of(a), level_of(b)
    if one is not None and two is not None and one != two:
        return "a" if one > two else "b"
    if (a.kind is DocumentKind.LAW) != (b.kind is DocumentKind.LAW) and is_typed(a) and is_typed(b):
        return "b" if a.kind is DocumentKind.LAW else "a"  # of one place: no document of an office outranks its law
    if all(bare(each.title or "").endswith("法") and is_law(each) for each in (a, b)):
        return None  # no law stands under another
    for side, low, high in (("a", a, b), ("b", b, a)):
        if _rests_on(low, high) or (one == two is not None and _governs(high) and low.issuers and not _governs(low)):
            return side
    return None


def _implements(low: Entry, high: Entry) -> bool:
    return any(
        mine != theirs and len(theirs) >= 8 and theirs in mine and _IMPLEMENTING.search(mine.replace(theirs, "", 1))
        for mine in names_of(low)
        for theirs in names_of(high)
    )


def _rests_on(low: Entry, high: Entry) -> bool:
    """Whether the first passages name the other's title as their basis; a mere subject (a file's name) is no title."""
    opening = key("".join(unit.text for unit in low.units[:3])[:600])
    titles = [name for name in names_of(high) if len(name) >= 8 and _TYPED.search(name)]
    return any(name in opening for name in titles) and not names_of(low) & names_of(high)


def _governs(entry: Entry) -> bool:
    return any(_GOVERNMENT.search(name) for name in entry.issuers)


def _quotes(entry: Entry) -> bool:
    heads = (*titles_of(entry), *(unit.text for unit in entry.units[:2] if len(unit.text) <= 60 and "。" not in unit.text))
    return entry.kind in (DocumentKind.INTERPRETATION, DocumentKind.FORM) or any(map(_quoting_title, heads))


def _quoting_title(title: str) -> bool:
    outside = bare(re.sub(r"《.*》", "", title)).strip()
    return bool(_QUOTING.search(title)) and (has_form(title) or not _ENDS_TYPED.search(outside))


def is_law(entry: Entry) -> bool:
    """Whether it is a law, regulation or rule."""
    return entry.source == "law" or entry.kind is DocumentKind.LAW


def _repeals(new: Entry, old: Entry) -> bool:
    """Whether the one names the other as repealed, and is not only another version of it by name."""
    numbers = {number_key(old.doc_number)} - {None}
    names = names_of(old)
    return any(
        number_key(each.doc_number) in numbers or (each.title and not names.isdisjoint(keys_of(without_stage(each.title)).all))
        for each in new.references
        if each.role == "repeals"
    )


def _matters(entry: Entry) -> frozenset[str]:
    """What the titles speak of: without the words that tell a second document on one matter from the first, and without the type."""
    subjects = (_ADDED.sub("", name) for name in names_of(entry))
    return frozenset(each for each in subjects if len(each) >= _LEAST_MATTER)


def _series(a: Entry, b: Entry) -> bool:
    """Whether both titles name years, and other ones."""
    here, there = (frozenset(_YEAR.findall(_BRACKETS.sub("", each.title or ""))) for each in (a, b))
    return bool(here and there) and here != there


def is_typed(entry: Entry) -> bool:
    """Whether its kind or one of its titles shows a document with authority, and not a page or a paper."""
    return entry.kind in (DocumentKind.POLICY, DocumentKind.LAW) or any(_TYPED.search(title) for title in titles_of(entry))
