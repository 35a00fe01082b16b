"""Numbers as official writing has them: Arabic or Chinese (三十, 十五, 一百二十, 二〇一九, 两, 半)."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

NUMERAL = "[0-9]+|[〇零一二三四五六七八九十百千两]+"
"""Pattern text of an unsigned whole number."""


def number(text: str) -> int | None:
    """The value of a whole number, or None where the text is none: `十五` is 15, `二〇一九` 2019, `两` 2."""
    if text.isdigit() and text.isascii():
        return int(text)
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
