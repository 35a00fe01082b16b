"""Whether words of a text are forbidden or denied there: 不得把关注公众号作为考核指标 is no demand to follow the account."""

from __future__ import annotations

import re

_NEGATION = re.compile(
    r"不得|不准|不许|不能|不应|不再|不搞|不要|不把|不将|不以|不作|严禁|禁止|杜绝|取消|全面清理|清理规范|清理各类|停止|避免"
    r"|防止|减少|精简|压缩|严控|从严控制|力戒|反对|坚决(?:整治|纠正)|原则上不|一般不|无需|不需|不必|没有|未"
)
#: A new clause with a demand of its own ends the reach of a negation before it.
_NEW_CLAUSE = re.compile(r"[。；\n]|[，,](?:并|同时|而且|但|要|应|须|必须|请|把|将|对|由|确保|做到|每|各)")
_AFTER = re.compile(r"^[^。；，\n]{0,20}(?:不(?:得|再|应|能|准|宜)?(?:作为|列入|纳入|计入|与)|一律取消|予以取消|不作为)")


def negated(text: str, start: int, end: int) -> bool:
    """Whether a negation governs `text[start:end]`: before it without a new clause between, or right after it."""
    begin = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    before = text[begin:start]
    ends = [found.end() for found in _NEGATION.finditer(before)]
    if ends and not _NEW_CLAUSE.search(before, ends[-1]):
        return True
    return bool(_AFTER.match(text[end : end + 60]))
