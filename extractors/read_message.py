"""Mails, and pages saved in one file (MHTML, RFC 2557): the text as a document, attachments as members of the file.

Pictures and styles that only serve the text are part of it and no files of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable

#: All that `email` is known to raise on damaged or hostile mails.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, MemoryError)
_UTF8 = b"\xef\xbb\xbf"
#: A mail that says GB2312 may hold any character of GB18030.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz"}


def members_of(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | Unreadable]]:
    """`(name, bytes)` of the text (an empty name) and of each attachment, in order, or the reason why there is none."""
    try:
        message = message_from_bytes(data)
        parts = list(_leaves(message))
        found = list(_members(parts))
    except RecursionError:
        yield "", Unreadable(Reason.TOO_NESTED, "邮件嵌套过深")
        return
    except _BROKEN:
        yield "", Unreadable(Reason.DAMAGED, "邮件或单文件网页损坏，无法读取")
        return
    if len(parts) > limits.members:
        why = f"邮件有 {len(parts):,} 个部分，超过上限 {limits.members:,} 个（members）"
        yield "", Unreadable(Reason.TOO_MANY_MEMBERS, why)
    elif not found:
        yield "", Unreadable(Reason.NO_TEXT, "邮件或单文件网页中没有文字")
    else:
        yield from found


def _leaves(part: Message) -> Iterator[Message]:
    """Parts that hold content, in order; of alternatives (RFC 2046, 5.1.4) the last, which is the fullest."""
    payload = part.get_payload()
    inner = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    if not inner:
        yield part
    for one in inner[-1:] if part.get_content_type() == "multipart/alternative" else inner:
        yield from _leaves(one)


def _members(parts: list[Message]) -> Iterator[tuple[str, bytes]]:
    """The first text under an empty name; further texts and all attachments under their own."""
    texts = 0
    for part in parts:
        attached = _name(part.get_filename())
        if part.get_content_maintype() == "text" and part.get_content_subtype() in ("html", "plain") and not attached:
            texts += 1
            if texts == 1:
                yield "", _text(part)
            else:
                yield _last(part.get("Content-Location", "")) or f"正文{texts}", _text(part)
        elif attached and not (part.get_content_maintype() == "image" and part.get("Content-ID")):
            yield attached, _bytes(part)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> bytes:
    """The part as UTF-8 with its mark where the mail's word for its encoding holds, else as it came: the reader finds out."""
    payload, charset = _bytes(part), (part.get_content_charset() or "").lower()
    try:
        return _UTF8 + payload.decode(_WIDER.get(charset, charset)).encode() if charset else payload
    except (LookupError, UnicodeError):
        return payload


def _name(written: str | None) -> str:
    """An attachment's name as people know it (RFC 2047 words decoded)."""
    if not written:
        return ""
    try:
        return _last(str(make_header(decode_header(written))))
    except (*_BROKEN, UnicodeError):
        return _last(written)


def _last(address: str) -> str:
    """The last step of a path or address."""
    return re.split(r"[/\\]", address.split("?")[0].rstrip("/\\"))[-1].strip()
