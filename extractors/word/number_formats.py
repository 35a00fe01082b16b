"""Numbers as automatic numbering shows them: the number formats of ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"))
_ROMAN_ONES = ((5, "v"), (4, "iv"), (1, "i"))
#: Beyond this a number is shown in plain digits: nobody numbers so far, and a hostile start value must cost nothing.
LARGEST = 9999


def _counting(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零", bare_ten: bool = True) -> str:
    """三百零一, 十二: the spoken form up to 9999."""
    shown, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(shown)
            continue
        if gap:
            shown, gap = shown + zero, False
        shown += digits[digit] + (units[power - 1] if power else "")
    return shown[1:] if bare_ten and 10 <= number < 20 else shown


def _japanese(number: int) -> str:
    """百一, 二十: no 一 before 十 and 百, no 零."""
    return _counting(number, zero="").replace("一百", "百").replace("一千", "千").replace("一十", "十") if number else "〇"


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    """a … z, aa, bb: Word repeats the letter."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1) if times < 20 else str(number)


def _roman(number: int) -> str:
    shown = ""
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        times, number = divmod(number, value)
        shown += letters * times
    return shown


def _circled(number: int) -> str:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return str(number)


def _series(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _japanese,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "chineseLegalSimplified": lambda number: _counting(number, _LEGAL, "拾佰仟", bare_ten=False),
    "ideographLegalTraditional": lambda number: _counting(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟", bare_ten=False),
    "japaneseLegal": lambda number: _counting(number, "零壱弐参四伍六七八九", "拾百阡", zero="", bare_ten=False),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "ideographEnclosedCircle": _series("㊀", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "none": lambda number: "",
}


def format_number(number: int, form: str) -> str:
    """`number` in the format named `form` by the standard; unknown formats, zero and very large numbers in plain digits."""
    if form == "none":
        return ""
    if not 1 <= number <= LARGEST or form not in _FORMATS:
        return f"{number:02}" if form == "decimalZero" else str(number)
    return _FORMATS[form](number)
