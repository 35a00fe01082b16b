"""What a file is by its first bytes; its name only tells files that serve others: those of operating systems and of saved pages."""

from __future__ import annotations

import io
import re
import zipfile

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Reason
from shenwen.extractors.content import Unreadable

_SYSTEM = re.compile(
    r"(?:^|[/!])(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.localized|Icon\r|~\$[^/]*|\.~lock\.[^/]*)$", re.IGNORECASE
)
#: What a saved page brings along to look like itself.
_PAGE_PART = re.compile(r"\.(?:css|js|map|woff2?|ttf|eot|ico|svg)$", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"\x89PNG", FileFormat.IMAGE),
    (b"\xff\xd8\xff", FileFormat.IMAGE),
    (b"GIF8", FileFormat.IMAGE),
    (b"II*\x00", FileFormat.IMAGE),
    (b"MM\x00*", FileFormat.IMAGE),
    (b"{\\rtf", FileFormat.RTF),
)
_UNSUPPORTED = (
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"BZh", "bzip2 压缩文件"),
    (b"\xfd7zXZ", "xz 压缩文件"),
    (b"\x7fELF", "可执行程序"),
    (b"MZ\x90", "可执行程序"),
    (b"SQLite format 3", "数据库文件"),
    (b"OggS", "音频文件"),
    (b"ID3", "音频文件"),
)
#: Documents in one XML file, by a name that their root declares.
_XML = (
    (b"schemas.microsoft.com/office/word/2003/wordml", FileFormat.WORDML),
    (b"urn:oasis:names:tc:opendocument:xmlns:office", FileFormat.ODT),
    (b"schemas.uof.org/cn/", FileFormat.UOF),
)
#: The head of a mail or of a page saved as one (RFC 5322, 2.2): at least two fields, then an empty line.
_FIELDS = re.compile(rb"(?:From [^\n]*+\n)?(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,}+(?=\r?\n)")
_NEEDED = (
    re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE),
)
#: A page has one of these near its head, or several tags of text; a text that merely mentions a tag has not.
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta\s|title>|frameset)", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:/p|/div|/td|/span|/font|br|table|p)\b[^>]{0,300}>", re.IGNORECASE)


def skipped_reason(name: str, data: bytes) -> tuple[Reason, str] | None:
    """Why a file of the operating system is passed over, or None."""
    base = re.split(r"[/\\!]", name)[-1]
    if data[:4] in (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00"):
        return Reason.APPLEDOUBLE, "苹果系统的附属文件（AppleDouble），没有正文"
    if _SYSTEM.search(name) or data[:8] == b"\x00\x00\x00\x01Bud1":
        return Reason.SYSTEM_FILE, f"操作系统或办公软件的临时文件：{base}"
    if _PAGE_PART.search(name):
        return Reason.SYSTEM_FILE, f"网页附带的样式、脚本或字体，没有正文：{base}"
    return None


def format_of(data: bytes) -> FileFormat:
    """The format by content. Raises Unreadable (UNSUPPORTED, ENCRYPTED, DAMAGED) for what has no reader."""
    head = data[:4096]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if b"%PDF-" in head[:1024]:
        return FileFormat.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if head.startswith(_OLE):
        return _ole(data)
    for mark, format_ in _OTHERS:
        if start.startswith(mark):
            return format_
    for mark, name in _UNSUPPORTED:
        if head.startswith(mark):
            raise Unreadable(Reason.UNSUPPORTED, f"不支持的文件类型：{name}")
    if is_message(data):
        return FileFormat.MESSAGE
    if start.startswith(b"<?xml") and (found := next((format_ for name, format_ in _XML if name in head), None)):
        return found
    return FileFormat.HTML if is_page(data) else FileFormat.TXT


def is_message(data: bytes) -> bool:
    """Whether the bytes are a mail, or a page saved in one file (MHTML, RFC 2557)."""
    fields = _FIELDS.match(data[:65_536].lstrip(b"\xef\xbb\xbf\r\n"))
    return fields is not None and all(needed.search(fields.group()) for needed in _NEEDED)


def is_page(data: bytes) -> bool:
    """Whether the bytes are a page, whatever the name says; UTF-16 is seen through its NULs."""
    head = data[:8192].replace(b"\x00", b"")
    opening = head[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _PAGE.search(opening) and opening.startswith(b"<"):
        return True
    tags = len(_TAGS.findall(head))
    return tags >= 3 and bool(_PAGE.search(head) or opening.startswith(b"<") or tags >= 12)


def _zipped(data: bytes) -> FileFormat:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        whole = b"PK\x05\x06" in data[-66_000:]
        reason, why = (Reason.DAMAGED, "压缩结构损坏") if whole else (Reason.TRUNCATED, "文件不完整（缺少压缩目录）")
        raise Unreadable(reason, f"{why}，无法读取") from None
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return FileFormat.DOCX
    if any(name.lower() == "ofd.xml" for name in names):
        return FileFormat.OFD
    if "xl/workbook.xml" in names:
        return FileFormat.XLSX
    if "[Content_Types].xml" in names:
        raise Unreadable(Reason.UNSUPPORTED, "不支持的文件类型：幻灯片、二进制工作簿或其他 Office 文件")
    if "mimetype" in names and "content.xml" in names:
        return FileFormat.ODT
    return FileFormat.ZIP


def _ole(data: bytes) -> FileFormat:
    """Streams of an OLE file are named in UTF-16; the directory may stand anywhere in the file."""
    if "WordDocument".encode("utf-16-le") in data:
        return FileFormat.DOC
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(Reason.ENCRYPTED, "文件已加密，需要密码")
    if "Workbook".encode("utf-16-le") in data:
        return FileFormat.XLS
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise Unreadable(Reason.UNSUPPORTED, "不支持的文件类型：旧版 PowerPoint 文件")
    raise Unreadable(Reason.UNSUPPORTED, "不支持的文件类型：OLE 复合文档，其中没有 Word 正文")
