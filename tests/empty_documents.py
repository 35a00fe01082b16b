"""Documents that say nothing, in many styles, and short documents that do: the labelled set of the content-free rule (ZX2103).

All text comes from banks of generic phrases (cases/empty_documents.toml). `empty(n)` gives n documents that must be flagged,
`useful()` those that must not.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

BANK = tomllib.loads((Path(__file__).parent / "cases" / "empty_documents.toml").read_text(encoding="utf-8"))
POINTS = [(point["heading"], point["text"]) for point in BANK["point"]]
NUMERALS = "一二三四五六七八九十"


def empty(count: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """`count` pairs of style and text, the same for the same seed."""
    chance = random.Random(seed)
    styles = (_notice, _itemised, _relay, _long, _plain, _traditional, _old)
    for number in range(count):
        style = styles[number % len(styles)]
        yield style.__name__.strip("_"), style(chance)


def _opening(chance: random.Random) -> str:
    return _fill(chance.choice(BANK["openings"]), chance)


def _closing(chance: random.Random) -> str:
    return str(chance.choice(BANK["closings"]))


def _fill(template: str, chance: random.Random) -> str:
    words = {name[:-1]: chance.choice(BANK[name]) for name in ("topics", "places", "meetings")}
    return template.format(level=chance.choice("省市县区镇"), **words)


def _framed(title: str, body: str, chance: random.Random) -> str:
    place = chance.choice(BANK["places"])
    day = f"20{chance.randint(15, 24)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
    return f"{place}人民政府办公室\n{title}\n各乡镇人民政府，各有关单位：\n{body}\n{place}人民政府办公室\n{day}"


def _title(chance: random.Random) -> str:
    titles = ("关于进一步加强{topic}工作的通知", "关于切实做好{topic}工作的通知", "关于贯彻落实{meeting}精神的通知")
    return _fill(chance.choice(titles), chance)


def _notice(chance: random.Random) -> str:
    points = [_fill(text, chance) for _, text in chance.sample(POINTS, 3)]
    body = [_opening(chance), *points, _closing(chance)]
    return _framed(_title(chance), "\n".join(body), chance)


def _itemised(chance: random.Random) -> str:
    chosen = chance.sample(POINTS, chance.randint(4, 6))
    points = [f"{NUMERALS[i]}、{head}。{_fill(text, chance)}" for i, (head, text) in enumerate(chosen)]
    return _framed(
        _title(chance),
        "\n".join([_opening(chance), *points, _closing(chance)]),
        chance,
    )


def _relay(chance: random.Random) -> str:
    extra = [_fill(text, chance) for _, text in chance.sample(POINTS, chance.randint(0, 3))]
    return _framed("关于转发有关文件的通知", "\n".join([_fill(chance.choice(BANK["relays"]), chance), *extra]), chance)


def _long(chance: random.Random) -> str:
    """An opinion with headings, every point made twice, and one demand to report by a day."""
    lines = [_opening(chance)]
    for i, (head, text) in enumerate(chance.sample(POINTS, 9)):
        lines += [f"{NUMERALS[i]}、{head}", _fill(text + chance.choice(POINTS)[1], chance)]
    lines.append(
        chance.choice(
            ("各单位贯彻落实情况请于6月底前报送办公室。", "请于12月15日前将贯彻落实情况书面报区政府办公室。", BANK["closings"][3])
        )
    )
    return _framed(_title(chance).replace("通知", "意见"), "\n".join(lines), chance)


def _plain(chance: random.Random) -> str:
    """No numbering, one paragraph."""
    text = "".join(_fill(text, chance) for _, text in chance.sample(POINTS, chance.randint(3, 7)))
    return _framed(_title(chance), _opening(chance) + text + _closing(chance), chance)


def _traditional(chance: random.Random) -> str:
    from opencc import OpenCC

    return str(OpenCC("s2tw").convert(_itemised(chance)))


def _old(chance: random.Random) -> str:
    """The manner of the eighties: no headings, 望 and 务必."""
    return _framed("关于认真抓好当前工作的通知", _fill("".join(BANK["old"]), chance), chance)


def useful() -> Iterator[tuple[str, str]]:
    """Short documents that do something, each with a name; some of them wrapped in the usual calls."""
    for place in BANK["places"][:3]:
        for case in BANK["useful"]:
            body = case["body"].strip().format(place=place)
            head = f"{place}人民政府办公室\n{case['title']}\n各乡镇人民政府，各有关单位：\n"
            yield f"{case['name']}-{place}", f"{head}{body}\n{place}人民政府办公室\n2023年4月12日"
