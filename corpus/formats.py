"""What a file is by its content: formats that are read, and those that hold files."""

from __future__ import annotations

from enum import StrEnum


class FileFormat(StrEnum):
    """What a file is by its content, whatever its name says."""

    TXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    PDF = "pdf"
    OFD = "ofd"
    XLSX = "xlsx"
    XLS = "xls"
    ODT = "odt"
    UOF = "uof"
    WORDML = "wordml"
    ZIP = "zip"
    MESSAGE = "message"
    IMAGE = "image"
