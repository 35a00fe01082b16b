"""版记 and 附注: copies (抄送), printing office and date (印发), publicity (公开属性)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from shenwen.extractors.dates import dates_in
from shenwen.extractors.lines import Line
from shenwen.extractors.masthead.addressees import split_addressees

_COPIES = re.compile(r"^抄\s*[送报]\s*[:：]\s*(\S.*)$")
_PUBLICITY = re.compile(
    r"(?:公开(?:方式|属性|形式|类型|类别)[:：]\s*|[（(]\s*此件\s*)?(主动公开|依申请公开|不予公开|免予公开|(?<=此件)公开发布|(?<=此件)公开|(?<=此件)不公开|(?<=此件)删减后公开)"
)
_NORMAL = {"公开发布": "主动公开", "公开": "主动公开", "删减后公开": "主动公开", "免予公开": "不予公开", "不公开": "不予公开"}


def copies_to(lines: Sequence[Line]) -> tuple[str, ...]:
    """The bodies that get copies."""
    for line in lines:
        if line.text.startswith("抄") and (found := _COPIES.match(line.text)):
            return split_addressees(re.sub(r"[。.]\s*", "，", found[1]).strip("，"))
    return ()


def printed_date(lines: Sequence[Line]) -> date | None:
    """The day a document was printed: `某市人民政府办公室 2024年4月3日印发`."""
    for line in lines:
        text = line.text.rstrip(" 。")
        if len(text) < 80 and text.endswith(("印发", "印")):
            return next((day for day, _, end in dates_in(text) if text[end:].strip() in ("印发", "印")), None)
    return None


def publicity(lines: Sequence[Line]) -> str | None:
    """主动公开, 依申请公开 or 不予公开 as marked on a line of its own."""
    for line in lines:
        if len(line.text) <= 40 and "公开" in line.text and (found := _PUBLICITY.search(line.text)):
            return normal_publicity(found[1])
    return None


def normal_publicity(value: str) -> str:
    """The attribute's name in the regulation on the disclosure of government information."""
    return _NORMAL.get(value.strip(), value.strip())
