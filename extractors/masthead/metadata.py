"""What a file says of itself (rows of a government page's table, `<meta>` tags) under our names. It wins over the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Our field → the names it goes by, best first, without blanks and colons, in lower case.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("标题", "名称", "文件名称", "信息名称", "文件标题", "articletitle", "og:title", "title"),
    "doc_number": ("发文字号", "文号", "发布文号", "文件编号", "发文文号", "文件字号"),
    "issuers": ("发文机关", "发文机构", "发文单位", "制定机关"),
    #: Who keeps the page; as good as any where nothing else names the issuer.
    "publisher": ("发布机构", "发布机关", "发布单位", "公开责任部门", "信息来源单位"),
    "issued_date": ("成文日期", "成文时间", "生成日期"),
    #: The day of sending stands for the day of issue where the signature has none.
    "sent_date": ("发文日期", "发文时间", "印发日期"),
    "published_date": (
        "发布日期",
        "发布时间",
        "公布日期",
        "公开日期",
        "公开时间",
        "发表日期",
        "发表时间",
        "pubdate",
        "firstpublishedtime",
        "publishdate",
        "article:published_time",
        "日期",
        "时间",
    ),
    "effective_date": ("实施日期", "施行日期", "生效日期", "生效时间"),
    "expires_date": ("失效日期", "废止日期", "失效时间", "有效期至"),
    "topic": ("主题分类", "主题词", "信息分类", "体裁分类", "组配分类"),
    "index_number": ("索引号", "信息索引号", "索引"),
    "publicity": ("公开方式", "公开属性", "公开形式", "公开类型", "信息公开形式"),
    "source": ("来源", "信息来源", "contentsource", "稿源"),
}
_NAMES = {name: field for field, names in FIELDS.items() for name in names}
_LABELLED = re.compile(
    r"^[•·●◆\-*\s【]*("
    + "|".join(sorted((r"\s*".join(name) for name in _NAMES if not name.isascii()), key=len, reverse=True))
    + r")\s*\**\s*(?:[:：】]\s*\**\s*)+(\S.*)$"
)
#: A further label on the same line ends the value.
_NEXT = re.compile(r"\s+(?=(?:[\u4e00-\u9fff]\s?){2,8}[:：])")


def _key(name: str) -> str:
    return re.sub(r"[\s:：【】]", "", name).lower()


def fields_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Known fields with their values; of several names for one field the best wins. Empty values and 无 count as unknown."""
    found: dict[str, tuple[int, str]] = {}
    for name, value in pairs:
        field = _NAMES.get(_key(name))
        value = value.strip()
        if field is None or value in ("", "无", "暂无", "-", "--"):
            continue
        rank = FIELDS[field].index(_key(name))
        if field not in found or rank < found[field][0]:
            found[field] = rank, value
    return {field: value for field, (_, value) in found.items()}


def labelled(line: str) -> tuple[str, str] | None:
    """(name, value) of a line such as `发布单位：某市人民政府`, for copies of pages that kept their table as text."""
    if len(line) > 120 or not any(mark in line for mark in "：:】"):
        return None
    found = _LABELLED.match(line)
    return (found[1], found[2]) if found else None


def parts_of(line: str) -> list[str]:
    """A line of several labels with their values, cut before each label; a line without any is left whole."""
    return _NEXT.split(line) if len(line) <= 300 else [line]
