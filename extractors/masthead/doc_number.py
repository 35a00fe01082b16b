"""发文字号: found in any brackets and spacing, written as GB/T 9704-2012 (7.2.5) has it: 国发〔2019〕5号."""

from __future__ import annotations

import re

_OPEN, _CLOSE = r"[〔\[［【（(﹝〈<{]", r"[〕\]］】）)﹞〉>}]"
_SERIAL = r"[\d\s]{1,7}|[〇零一二三四五六七八九十]{1,5}"
_NUMBER = re.compile(
    rf"([\u4e00-\u9fff][\u4e00-\u9fff\sA-Z、]{{0,24}}?)\s*{_OPEN}\s*((?:19|20)\d\s?\d)\s*年?\s*{_CLOSE}\s*第?\s*({_SERIAL})\s*号"
)
_YEAR_AND_SERIAL = re.compile(rf"([〔\[［【﹝（(])\s*((?:19|20)\d\d)\s*年?\s*{_CLOSE}\s*第?\s*(\d[\d\s]{{0,4}})号")
_SIGN = re.compile(r"[\u4e00-\u9fff]{1,14}\s?$")
_ORDER = re.compile(r"(国务院令|[\u4e00-\u9fff]{2,24}令)?\s*[（(]?\s*第\s*([\d〇零一二三四五六七八九十百]{1,6})\s*号\s*[）)]?$")
_PLAIN = re.compile(r"((?:19|20)\d\d)\s*年\s*第?\s*(\d{1,4})\s*号$")
#: Words that stand before a number without being part of it.
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|贯彻|落实|执行|废止|文号|字号|编号|以及|[和及与见以由的对在将为如《》，。：:；])(?=[\u4e00-\u9fff])"
)


def tidy(sign: str, year: str, serial: str) -> str:
    """The normal form: 〔〕, no blanks, no 第, no zeros in front."""
    serial = re.sub(r"\s", "", serial)
    serial = str(int(serial)) if serial.isdecimal() else serial
    sign = re.sub(r"[\s、]", "", sign)
    year = re.sub(r"\s", "", year)
    return f"{sign}〔{year}〕{serial}号"


def read_number(text: str) -> str | None:
    """Normal form of the number in a metadata value or a line that holds nothing else; text without one is returned as None."""
    if found := _NUMBER.search(text):
        return tidy(*found.groups())
    text = re.sub(r"\s", "", text)
    return text if re.search(r"第?\d+号", text) and len(text) <= 30 else None


def number_in_line(line: str) -> tuple[str, int, int] | None:
    """The document's own number in a line of its head: (normal form, start, end) within the line.

    The line holds the number alone, after a label (发文字号：), with the signer (签发人) or in brackets.
    """
    found = _NUMBER.search(line)
    if found is None or len(line) > 60:
        return None
    before, after = line[: found.start()].strip(), line[found.end() :].strip()
    sign = re.sub(r"^.*?(?:[号文]|编号)[:：]\s*", "", found[1])
    closes = before.endswith(("（", "(")) and after in ("）", ")")
    fits = closes or not before.strip("（(【 　") or before.endswith(("：", ":", "】", " "))
    if not fits or (after and not re.match(r"[）)】]|签发人|【|\s", line[found.end() :])):
        return None
    return tidy(sign, found[2], found[3]), found.start(), found.end()


def order_number(line: str) -> str | None:
    """第706号 as it stands in an order (令) or an announcement (2020年第8号), without blanks."""
    flat = re.sub(r"\s", "", line).strip("（）()")
    return flat if len(flat) <= 40 and (_PLAIN.fullmatch(flat) or _ORDER.fullmatch(flat)) else None


def numbers_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[str, int, int]]:
    """All numbers within running text: (normal form, start, end), without the words before them."""
    rows = []
    for found in _YEAR_AND_SERIAL.finditer(text, start, len(text) if end is None else end):
        before = _SIGN.search(text, max(start, found.start() - 15), found.start())
        sign = _LEAD.sub("", before.group()) if before else ""
        if sign and (found[1] not in "（(" or len(sign) <= 8):
            rows.append((tidy(sign, found[2], found[3]), found.start() - len(sign), found.end()))
    return rows
