"""`shenwen lint --fix`: certain repairs, written into text files and nowhere else.

Goes in: a judged record whose document was read from a text file. Comes out: the number of repairs written. A file is only
rewritten when its bytes decode to exactly the text that was judged; encoding and line ends stay as they were.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Document, Finding, Fix

ENCODINGS = ("utf-8-sig", "utf-8", "gb18030", "utf-16")


class MendError(ValueError):
    """A file that cannot be mended safely; the message is for people."""


def mended(text: str, fixes: Iterable[Fix]) -> tuple[str, int]:
    """The text with the repairs made, and how many; of overlapping ones the first counts."""
    pieces, at, count = [], 0, 0
    for fix in sorted(fixes, key=lambda fix: fix.span):
        if fix.span.start >= at:
            pieces += [text[at : fix.span.start], fix.replacement]
            at, count = fix.span.end, count + 1
    return "".join([*pieces, text[at:]]), count


def mend_file(document: Document, findings: Iterable[Finding]) -> int:
    """Repairs written into the document's file. Raises MendError."""
    fixes = [finding.fix for finding in findings if finding.fix]
    path = Path(document.path)
    if not fixes or document.format not in (FileFormat.TXT, FileFormat.MARKDOWN) or not path.is_file():
        return 0
    data = path.read_bytes()
    encoding = next((name for name in ENCODINGS if _decoded(data, name) == document.text), None)
    if encoding is None:
        raise MendError(f"{document.path}：原文件编码不能原样写回，未改动")
    text, count = mended(document.text, fixes)
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    _replace(path, text.encode(encoding))
    return count


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text with universal newlines if the bytes are in this encoding and come back the same, else None."""
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return None
    if (
        text.encode(encoding) != data
        or ("\r" in text.replace("\r\n", ""))
        or ("\r\n" in text and "\n" in text.replace("\r\n", ""))
    ):
        return None
    return text.replace("\r\n", "\n")


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file, then rename: a crash leaves the old file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    Path(name).chmod(path.stat().st_mode)
    Path(name).replace(path)
