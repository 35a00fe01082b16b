"""What text layers write in place of plain characters: radicals for characters, presentation forms, blanks set for justification."""

from __future__ import annotations

import re
import unicodedata

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
_HAN = re.compile("[㐀-\u9fff]")
_BLANK = r"[ \xa0\u2000-\u200a\u202f\u205f\u3000]"
_ANY_BLANK = re.compile(_BLANK)
_AFTER, _BEFORE = (
    "[々〇㐀-\u9fff、。，；：？！“”‘’《》（）【】〔〕〈〉…—]",
    "[々〇㐀-\u9fff、。，；：？！“”‘’《》（）【】〔〕〈〉…]",
)
_SET_APART = re.compile(f"(?<={_BEFORE}){_BLANK}+(?={_AFTER}|[0-9])|(?<=[0-9]){_BLANK}+(?={_AFTER})")


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
    """Whether the text layer says nothing: fonts without a map to Unicode give private characters, marks or bytes for letters."""
    written = len(text)
    if written < 20:
        return False
    odd = len(_ODD.findall(text))
    if not _HAN.search(text):
        odd += len(_SIGN.findall(text))
    return odd > 0.3 * written
