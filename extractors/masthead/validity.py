"""Entry into force and end of validity as the text states them (自2019年3月1日起施行, 有效期5年, 有效期至2024年12月31日)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from shenwen.extractors.dates import dates_in, number

_FORCE = re.compile(r"起(?:正式|试)?(?:施行|实施|执行|生效)(?!的)")
_SINCE = re.compile(r"[自从于]([^自从。；]{2,40})$")
_ISSUE = re.compile(r"(?:发布|印发|公布|下发|发文)(?:之日)?(?:(?:三十|30)[日天]后)?$")
_LASTS = re.compile(r"有效期(?:限)?(?:自[^，。；]{2,40}?)?(?:[为至到：:]|截至|截止)*\s*")
_LONGEST = 300
#: The document speaks of itself.
_OWN = re.compile(
    r"本(?:通知|意见|办法|规定|细则|方案|条例|决定|公告|通告|措施|文件|规范|规则|计划|制度|标准|指引|规程|政策|若干|暂行|试行|实施)"
)
_YEARS = re.compile(r"(?:暂定)?\s*([一二两三四五六七八九十\d]{1,3})\s*(个月|年)")


def validity(text: str, issued: date | None, title: str = "") -> tuple[date | None, date | None]:
    """(first day in force, last day in force), each None where the text does not say. `issued` serves 自发布之日起; `title` is
    the document's own: what the text says of other documents (《…》自…起施行) does not count."""
    effective = _effective(text, issued, title)
    return effective, _expires(text, effective or issued)


def _effective(text: str, issued: date | None, title: str) -> date | None:
    """The statement nearest the end that speaks of this document; one within a quotation or about another text does not count."""
    for found in reversed(list(_FORCE.finditer(text))):
        since = _SINCE.search(text, max(0, found.start() - 44), found.start())
        if since is None:
            continue
        day = next((day for day, _, _ in dates_in(since[1])), None)
        if day is None and _ISSUE.search(since[1]):
            day = issued
        if day and _is_own(text, since.start(), found.end(), title):
            return day
    return None


def _is_own(text: str, start: int, end: int, title: str) -> bool:
    """The sentence speaks of 本… or announces the document; a tax or a price within the text has its own dates."""
    before = _sentence(text, start)
    books = re.findall(r"《([^《》]{4,})", before)
    if books and not _OWN.search(before) and not any(_is_of(title, book) for book in books):
        return False
    announces = re.search(r"本|现将|公布|通过|以上|有效期", before)
    return bool(announces) or (len(before.strip()) <= 4 and text[end : end + 1] in "。，；")


def _is_of(title: str, book: str) -> bool:
    """Whether the document is the book, or passes it on (关于印发《…》的通知), not one about it (关于贯彻实施《…》的通知)."""
    return book in title and (title.endswith((book, f"{book}》")) or bool(re.search(r"印发|转发|公布|发布", title)))


def _sentence(text: str, end: int) -> str:
    """What stands between the last full stop, semicolon or line feed and `end`, at most 300 characters."""
    first = max(0, end - _LONGEST)
    return text[max(first, *(text.rfind(mark, first, end) + 1 for mark in "。；\n")) : end]


def _expires(text: str, effective: date | None) -> date | None:
    """The validity of the document, not of the permits and certificates it speaks of."""
    for found in _LASTS.finditer(text):
        before = _sentence(text, found.start())
        own = _OWN.search(before) or re.search(r"起(?:正式|试)?(?:施行|实施|执行|生效)[，,]?$", before)
        follows = not before.strip() and re.search(
            r"(?:施行|实施|执行|生效)。\s*$", text[max(0, found.start() - 12) : found.start()]
        )
        if not own and not follows:
            continue
        following = text[found.end() : found.end() + 24]
        day = next((day for day, start, _ in dates_in(following) if day and start <= 2), None)
        if day:
            return day
        years = _YEARS.match(following)
        if years and effective and (amount := number(years[1].replace("两", "二"))):
            return _after(effective, amount * 12 if years[2] == "年" else amount)
    return None


def _after(day: date, months: int) -> date | None:
    """The last day of a validity of so many months that begins on `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 28):
        try:
            return date(year, month + 1, last) - timedelta(days=1)
        except ValueError:
            continue
    return None
