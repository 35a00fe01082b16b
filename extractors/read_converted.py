"""Formats that LibreOffice reads for us, where it is installed: OpenDocument, UOF (GB/T 20916), Word 2003 XML, Excel before 2007."""

from __future__ import annotations

from dataclasses import replace

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Reason
from shenwen.extractors.content import Content, Limits, Unreadable
from shenwen.extractors.file_format import format_of
from shenwen.extractors.libreoffice import convert, program

#: What people call the format, and the ending by which LibreOffice knows it.
_FORMATS = {
    FileFormat.XLS: ("旧版 Excel 文件", "xls"),
    FileFormat.ODT: ("OpenDocument 文件", "odt"),
    FileFormat.UOF: ("标文通（UOF）文件", "uot"),
    FileFormat.WORDML: ("Word 2003 XML 文件", "xml"),
}
#: Stands near the head of an OpenDocument file that holds sheets.
_SHEETS = b"opendocument.spreadsheet"


def read_converted(data: bytes, limits: Limits) -> Content:
    """What LibreOffice makes of the file, as docx or xlsx. Raises Unreadable: LibreOffice missing, or it cannot read the file."""
    format_ = format_of(data)
    name, ending = _FORMATS[format_]
    sheets = format_ is FileFormat.XLS or _SHEETS in data[:4096]
    if format_ is FileFormat.ODT:
        ending = f"{'' if data.startswith(b'PK') else 'f'}od{'s' if sheets else 't'}"
    made = convert(data, ending, "xlsx" if sheets else "docx", limits)
    if made is None and program() is None:
        raise Unreadable(
            Reason.NEEDS_LIBREOFFICE, f"{name}，需安装 LibreOffice 后读取，或者另存为 {'xlsx' if sheets else 'docx'}"
        )
    if made is None:
        raise Unreadable(Reason.DAMAGED, f"{name}，LibreOffice 无法转换")
    if sheets:
        from shenwen.extractors.read_sheet import read_sheet as read
    else:
        from shenwen.extractors.word.read_docx import read_docx as read
    content = read(made, limits)
    return replace(content, format=format_, notes=(*content.notes, "由 LibreOffice 转换后读取"))
