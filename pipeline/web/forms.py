"""The body of a form with files (RFC 7578): bytes in, named parts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BOUNDARY = re.compile(r'multipart/form-data\s*;.*?boundary="?([^";\s]{1,70})"?', re.IGNORECASE)
_PARAMETER = re.compile(r';\s*(name|filename)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
#: In characters; file systems allow 255 bytes, a character takes up to 4.
_LONGEST_NAME = 50
_MOST_PARTS = 1000


class FormProblem(ValueError):
    """A body that is no such form; the message is for people, in Chinese."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field. `filename` is None for a plain field, and safe as a file name otherwise."""

    name: str
    data: bytes
    filename: str | None = None


def parts_of(content_type: str, body: bytes) -> list[Part]:
    """All fields in their order. Raises FormProblem."""
    found = _BOUNDARY.match(content_type)
    if not found:
        raise FormProblem("提交的内容不是表单")
    pieces = (b"\r\n" + body).split(b"\r\n--" + found[1].encode("latin-1", "replace"))
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise FormProblem("提交的内容不完整，请重新选择文件")
    if len(pieces) > _MOST_PARTS + 2:
        raise FormProblem(f"一次最多提交 {_MOST_PARTS} 个文件")
    return list(_parts(pieces[1:-1]))


def _parts(pieces: list[bytes]) -> Iterator[Part]:
    for piece in pieces:
        head, gap, data = piece.partition(b"\r\n\r\n")
        line = next((row for row in head.decode("utf-8", "replace").split("\r\n") if _is_disposition(row)), "")
        said = {name.lower(): re.sub(r"\\(.)", r"\1", value) for name, value in _PARAMETER.findall(line)}
        if not gap or "name" not in said:
            raise FormProblem("提交的内容不完整，请重新选择文件")
        own = said.get("filename")
        yield Part(said["name"], data, None if own is None else safe_name(own))


def _is_disposition(row: str) -> bool:
    return row.lower().startswith("content-disposition:")


def safe_name(given: str) -> str:
    """The last part of the name a browser gave, fit for any file system: no folder, no control characters, not too long."""
    last = re.split(r"[/\\]", given)[-1].replace("%22", '"')
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    short = stem[:_LONGEST_NAME] + dot + suffix[:10] if dot else kept[:_LONGEST_NAME]
    return short or "未命名"
