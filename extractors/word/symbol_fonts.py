"""Signs of symbol fonts (Wingdings, Symbol) as the Unicode signs that look alike."""

from __future__ import annotations

_WINGDINGS = {
    0x3F: "✎",
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "□",
    0x72: "□",
    0x75: "◆",
    0x76: "❖",
    0xA1: "○",
    0xA3: "□",
    0xA4: "◉",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE8: "→",
    0xFB: "×",
    0xFC: "√",
    0xFD: "☒",
    0xFE: "☑",
    0x52: "☑",
    0x53: "☒",
}
_WINGDINGS_2 = {0x2A: "□", 0xA3: "□", 0x50: "√", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x4F: "×", 0x97: "●", 0x98: "●", 0x99: "○"}
_SYMBOL = {
    0xB7: "●",
    0xB4: "×",
    0xB8: "÷",
    0xB1: "±",
    0xA3: "≤",
    0xB3: "≥",
    0xB9: "≠",
    0xA5: "∞",
    0xB0: "°",
    0xD7: "·",
    0x6D: "μ",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
#: Codes of symbol fonts lie here, or are given without the first byte.
_PRIVATE = range(0xF000, 0xF100)


def symbol(font: str, code: str) -> str:
    """The sign at `code` (hexadecimal, as in `w:sym`) of `font`; a small square for one that is not known, "" for no code."""
    try:
        number = int(code, 16) if len(code) <= 6 else 0
    except ValueError:
        return ""
    table = _FONTS.get(font.strip().lower())
    if table is not None and (number in _PRIVATE or number < 0x100):
        return table.get(number & 0xFF, "▪")
    if number in _PRIVATE:
        return "▪"
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF else ""
