"""Formats that LibreOffice reads for us: told by their content, converted where it is installed, named where it is not."""

from __future__ import annotations

import http.server
import shutil
import threading
import zipfile

import pytest
from hostile import docx, zipped

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Document, Failure, Reason
from shenwen.extractors.file_format import format_of
from shenwen.extractors.read import read_bytes

SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
WORDML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>'
    "<w:t>请于2026年6月底前完成清淤。</w:t></w:r></w:p></w:body></w:wordDocument>"
).encode()
FILES = {
    FileFormat.ODT: zipped({"mimetype": SHEETS, "content.xml": b"<x/>"}, zipfile.ZIP_STORED),
    FileFormat.WORDML: WORDML,
    FileFormat.UOF: b'<?xml version="1.0"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>',
    FileFormat.XLS: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"),
}


needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize("kind", list(FILES))
def test_without_libreoffice_it_is_named(kind: FileFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shenwen.extractors.libreoffice.shutil.which", lambda name: None)
    assert format_of(FILES[kind]) is kind
    item = read_bytes("a", FILES[kind])
    assert isinstance(item, Failure) and item.reason is Reason.NEEDS_LIBREOFFICE
    assert "LibreOffice" in item.message


def test_what_libreoffice_makes_is_read_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "shenwen.extractors.read_converted.convert", lambda data, ending, to, limits: docx() if to == "docx" else None
    )
    item = read_bytes("a.xml", WORDML)
    assert isinstance(item, Document)
    assert (item.format, item.notes[-1]) == (FileFormat.WORDML, "由 LibreOffice 转换后读取")


def test_a_sheet_is_asked_for_as_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr("shenwen.extractors.read_converted.convert", lambda data, ending, to, limits: asked.append((ending, to)))
    read_bytes("a", FILES[FileFormat.ODT])
    read_bytes("a", FILES[FileFormat.XLS])
    assert asked == [("ods", "xlsx"), ("xls", "xlsx")]


def flat_odt(inside: str) -> bytes:
    """An OpenDocument text in one XML file."""
    kinds = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}
    names = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in kinds.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} xmlns:xlink="http://www.w3.org/1999/xlink" '
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text>{inside}</office:text></office:body></office:document>"
    ).encode()


@needs_libreoffice
def test_an_opendocument_text() -> None:
    words = "各县（区）人民政府要于2026年6月底前完成河道清淤。"
    item = read_bytes("a.fodt", flat_odt(f"<text:p>{words}</text:p>"))
    assert isinstance(item, Document), item
    assert (item.format, item.text) == (FileFormat.ODT, words)


@needs_libreoffice
def test_what_a_document_links_to_is_not_fetched() -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            asked.append(self.raw_requestline.decode())
            return False

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = f'xlink:href="http://127.0.0.1:{server.server_port}/x" xlink:type="simple"'
        picture = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image {link}/></draw:frame>'
        section = f'<text:section text:name="a"><text:section-source {link}/><text:p>乙</text:p></text:section>'
        item = read_bytes("a.fodt", flat_odt(f"<text:p>甲{picture}</text:p>{section}"))
        server.shutdown()
    assert isinstance(item, Document), item
    assert (item.text, asked) == ("甲\n乙", [])
