"""Read one file: bytes in, `Document` or `Failure` out. The reader is chosen by content, never by extension."""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Iterator
from pathlib import Path

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Document, Failure, Reason
from shenwen.extractors.content import Content, Limits, Unreadable
from shenwen.extractors.file_format import format_of, is_message, skipped_reason

__all__ = ["Limits", "read_bytes", "read_content", "read_file", "read_members"]

#: Format → module and function; each module is loaded when its first file comes.
_READERS = {
    FileFormat.TXT: ("read_text", "read_text"),
    FileFormat.HTML: ("read_html", "read_html"),
    FileFormat.DOCX: ("word.read_docx", "read_docx"),
    FileFormat.DOC: ("word.read_doc", "read_doc"),
    FileFormat.RTF: ("word.read_rtf", "read_rtf"),
    FileFormat.PDF: ("pages.read_pdf", "read_pdf"),
    FileFormat.OFD: ("pages.read_ofd", "read_ofd"),
    FileFormat.IMAGE: ("pages.read_image", "read_image"),
    FileFormat.XLSX: ("read_sheet", "read_sheet"),
    **dict.fromkeys((FileFormat.XLS, FileFormat.ODT, FileFormat.UOF, FileFormat.WORDML), ("read_converted", "read_converted")),
}
#: Files that hold files, with the module whose `members_of` takes them out.
_HOLDERS = {FileFormat.ZIP: "read_zip", FileFormat.MESSAGE: "read_message"}


def read_file(path: Path, name: str | None = None, limits: Limits = Limits()) -> Iterator[Document | Failure]:
    """Everything in one file: one item for a document, one for each member of an archive or mail (`a.zip!/b.docx`). Never raises."""
    shown = name or os.fsencode(path).decode("utf-8", "backslashreplace")  # a name in another encoding is shown by its bytes
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            yield Failure(shown, Reason.TOO_LARGE, f"文件有 {size:,} 字节，超过上限 {limits.file_bytes:,} 字节（file_bytes）")
            return
        data = path.read_bytes()
    except FileNotFoundError:
        yield Failure(shown, Reason.NOT_FOUND, "找不到文件")
        return
    except OSError as error:
        yield Failure(shown, Reason.UNREADABLE, f"无法打开文件：{os.strerror(error.errno) if error.errno else error}")
        return
    yield from read_members(shown, data, limits)


def read_members(path: str, data: bytes, limits: Limits = Limits(), depth: int = 0) -> Iterator[Document | Failure]:
    """The document in the bytes, or every member of an archive or mail in its order, down to `limits.nesting` of them. Never raises."""
    holder = _holder(path, data)
    if holder is None:
        yield read_bytes(path, data, limits)
        return
    if depth >= limits.nesting:
        yield Failure(path, Reason.TOO_NESTED, f"文件套文件超过 {limits.nesting} 层（nesting）", hashlib.sha256(data).hexdigest())
        return
    members_of = importlib.import_module(f"shenwen.extractors.{holder}").members_of
    for name, content in members_of(data, limits):
        inner = f"{path}!/{name}" if name else path
        if isinstance(content, Unreadable):
            yield Failure(inner, content.reason, content.message)
        else:
            yield from read_members(inner, content, limits, depth + 1)


def _holder(path: str, data: bytes) -> str | None:
    """The module that takes the files out of a file that holds others, None for any other file."""
    if skipped_reason(path, data) or not (data.startswith(b"PK") or is_message(data)):
        return None
    try:
        return _HOLDERS.get(format_of(data))
    except Unreadable:
        return None


def read_bytes(path: str, data: bytes, limits: Limits = Limits()) -> Document | Failure:
    """A document or the reason why there is none. Never raises on any input."""
    sha256 = hashlib.sha256(data).hexdigest()
    if skipped := skipped_reason(path, data):
        return Failure(path, *skipped, sha256)
    if not data.strip(b" \t\r\n\x00"):
        return Failure(path, Reason.EMPTY, "文件为空", sha256)
    if len(data) > limits.file_bytes:
        message = f"文件有 {len(data):,} 字节，超过上限 {limits.file_bytes:,} 字节（file_bytes）"
        return Failure(path, Reason.TOO_LARGE, message, sha256)
    try:
        content = read_content(data, limits)
    except Unreadable as why:
        return Failure(path, why.reason, why.message, sha256)
    except Exception as crash:  # a bug in a reader costs one file, is named, and never the batch
        return Failure(path, Reason.CRASHED, f"读取时程序内部出错：{type(crash).__name__}: {crash}"[:300], sha256)
    return _document(path, sha256, content)


def read_content(data: bytes, limits: Limits) -> Content:
    """What the reader of the bytes' format makes of them. Raises Unreadable."""
    format_ = format_of(data)
    if format_ not in _READERS:
        raise Unreadable(Reason.UNSUPPORTED, f"不支持的文件类型：{format_.value}")
    module, function = _READERS[format_]
    read = getattr(importlib.import_module(f"shenwen.extractors.{module}"), function)
    content: Content = read(data, limits)
    if not content.text.strip():
        raise Unreadable(Reason.NO_TEXT, "文件中没有文字")
    return content


def _document(path: str, sha256: str, content: Content) -> Document:
    return Document(
        path,
        sha256,
        content.format,
        content.text,
        content.blocks,
        content.metadata,
        content.links,
        content.notes,
        content.comments,
        content.confidence,
    )
