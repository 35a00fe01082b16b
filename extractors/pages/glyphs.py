"""What text layers write in place of plain characters: radicals for characters, presentation forms, blanks set for justification."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

#: Radicals without a decomposition in Unicode, and the characters they look like.
_RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺈⺊⺌⺍⺗⺘⺙⺛⺝⺠⺡⺣⺦⺪⺫⺮⺳⺴⺶⺷⺸⺺⺻⺼⺾⺿⻀⻁⻄⻅⻆⻈⻉⻋⻌⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂乙冂几刀卜小小心手攵旡月民氵灬丬疋目竹网网羊羊羊肀聿月艹艹艹虎西见角讠贝车辶長长长门阝青韦页风飞食食饣饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
_COMPATIBLE = re.compile("[⺀-⿟\uf900-\ufaff\U0002f800-\U0002fa1f﹐-﹫ﬀ-ﬆ]")
_SOFT_HYPHEN = re.compile("(?<=[0-9])\xad(?=[0-9])")
_NOTHING = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]")
#: Bullets of Wingdings and Symbol, which stand in the private use area.
_BULLETS = str.maketrans({0xF06C: "●", 0xF0B7: "•", 0xF06E: "■", 0xF0A7: "▪", 0xF075: "◆", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0A8: "□"})
_UNPLAIN = re.compile(
    "[\xad\u200b-\u200f\u202a-\u202e\u2060⺀-⿟\ue000-\uf8ff\uf900-\ufaffﬀ-ﬆ﹐-﹫\ufeff\ufffe\uffff\U0002f800-\U0002fa1f]"
)
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xa1-\xb6\xb8-\xff\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")
#: Signs that a page without a Chinese character has few of, be it English or figures.
_SIGN = re.compile(r"[!-$&'*+:-@\[-`{-~\u0100-\u024f\u2020-\u2022\u2030-\u203a]")
#: Letters of other scripts than Latin, Chinese, Japanese, Korean and Yi. Text in one of them stands in one or two rows of 128.
_FOREIGN = re.compile("[\u0250-\u02af\u0400-\u1fff\u2c00-\u2dff\u3100-\u318f]")
_ONE_SCRIPT = 0.6
#: A larger share of odd characters is garbage.
_GARBAGE = 0.3
_HAN = re.compile("[㐀-\u9fff]")
#: Characters of GB 2312 and ASCII that may count as odd in some text; all others that may are outside of GB 2312.
_DOUBTFUL = re.compile("[\x00-\x08\x0e-\x1f!-$&'*+:-@\\[-`{-\xb6\xb8-\u1fff\u2030\u2c00-\u2dff\u3100-\u318f]")
_BLANK = r"[ \xa0\u2000-\u200a\u202f\u205f\u3000]"
_ANY_BLANK = re.compile(_BLANK)
_AFTER, _BEFORE = (
    "[々〇㐀-\u9fff、。，；：？！“”‘’《》（）【】〔〕〈〉…—]",
    "[々〇㐀-\u9fff、。，；：？！“”‘’《》（）【】〔〕〈〉…]",
)
#: Looked for by its first blank: there are fewer of them than of places behind a Chinese character.
_SET_APART = re.compile(f"{_BLANK}(?:(?<={_BEFORE}.){_BLANK}*(?={_AFTER}|[0-9])|(?<=[0-9].){_BLANK}*(?={_AFTER}))")


def plain(text: str) -> str:
    """`text` with the characters people type: no radicals, ligatures, presentation forms, soft hyphens or invisible marks."""
    if is_plain(text):
        return text
    text = _SOFT_HYPHEN.sub("-", text).translate(_RADICALS).translate(_BULLETS)
    text = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _NOTHING.sub("", text)


def is_plain(text: str) -> bool:
    """Whether `plain` would leave the text as it is."""
    return not _UNPLAIN.search(text)


def unjustified(text: str) -> str:
    """`text` without the blanks that set a line to its width, or numbers apart from Chinese characters."""
    return _SET_APART.sub("", text) if _ANY_BLANK.search(text) else text


def is_garbage(text: str) -> bool:
    """Whether the text layer says nothing. Fonts without a map to Unicode give private characters, marks or bytes for letters;
    or the numbers of their glyphs, which are letters of every script at once, and characters that nobody writes."""
    written = len("".join(text.split()))
    if written < 20:
        return False
    doubtful = len(text) - len(text.encode("gb2312", "ignore").decode("gb2312")) + len(_DOUBTFUL.findall(text))
    if doubtful <= _GARBAGE * written:  # most pages end here: no count below can be larger
        return False
    odd = len(_ODD.findall(text))
    han = len(_HAN.findall(text))
    if not han:
        odd += len(_SIGN.findall(text))
    elif (rare := len(_rare().findall(text))) > han / 2:
        odd += rare
    foreign = _FOREIGN.findall(text)
    if foreign and max(Counter(ord(char) >> 7 for char in foreign).values()) < _ONE_SCRIPT * len(foreign):
        odd += len(foreign)
    return odd > _GARBAGE * written


@cache
def _rare() -> re.Pattern[str]:
    """Chinese characters outside of the first levels of GB 2312 and Big5, which hold those in common use."""
    rows = [(lead, "gb2312") for lead in range(0xB0, 0xD8)] + [(lead, "big5") for lead in range(0xA4, 0xC7)]
    common = {bytes((lead, trail)).decode(code, "ignore") for lead, code in rows for trail in range(0x40, 0xFF)}
    return re.compile("[" + "".join(char for char in map(chr, range(0x3400, 0xA000)) if char not in common) + "]")
