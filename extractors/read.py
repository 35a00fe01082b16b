"""Read one file: bytes in, `Document` or `Failure` out. The reader is chosen by content, never by extension."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from shenwen.corpus.model import Block, Document, Failure, FileFormat, Reason, Span
from shenwen.extractors.content import Limits

__all__ = ["Limits", "read_bytes", "read_file"]


def read_bytes(path: str, data: bytes, limits: Limits = Limits()) -> Document | Failure:
    """A document or the reason why there is none. Never raises on any input."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip():
        return Failure(path, Reason.EMPTY, "文件为空", sha256)
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(Span(at, at + len(line))))
        at += len(line) + 1
    return Document(path, sha256, FileFormat.TXT, text, tuple(blocks))


def read_file(path: Path, name: str | None = None, limits: Limits = Limits()) -> Iterator[Document | Failure]:
    """Everything in one file: one item for a document, one for each member of an archive (`a.zip!/b.docx`). Never raises."""
    shown = name or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        yield Failure(shown, Reason.UNREADABLE, f"无法打开文件：{error.strerror}")
        return
    yield read_bytes(shown, data, limits)
