"""The hostile set: files that would cost memory, time or secrets if a reader believed them. Each is made here, none is large.

`HOSTILE` maps a name to its maker and to what must come of it: reasons, or None where a document is as good an end.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from made_ofd import made_ofd
from made_pdf import FONT, Text, assembled, made_pdf, stream, typeset

from shenwen.corpus.model import Reason

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
PARAGRAPH = "<w:p><w:r><w:t>各县（区）人民政府要于2026年6月底前完成河道清淤。</w:t></w:r></w:p>"
NOTICE = "云川市人民政府关于河道清淤的通知\n各县（区）人民政府：\n请于2026年6月底前完成河道清淤。\n".encode()


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str = PARAGRAPH, head: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A docx with this inside of `w:body`; `head` stands before the root element."""
    document = f'{head}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATION}"><Relationship Id="r1" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
    return zipped({name: content.encode() for name, content in (files | (parts or {})).items()})


def zip_bomb() -> bytes:
    return zipped({"a.txt": bytes(60 * 2**20)})


def docx_bomb() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<" + b" " * (60 * 2**20)})


def ofd_bomb() -> bytes:
    return made_ofd([""], parts={"Doc_0/Pages/Page_0/Content.xml": b"<" + b" " * (60 * 2**20)})


def zip_in_zip() -> bytes:
    data = zipped({"a.txt": NOTICE})
    for _ in range(6):
        data = zipped({"a.zip": data})
    return data


def many_members() -> bytes:
    return zipped({f"{i}.txt": b"" for i in range(10_001)}, zipfile.ZIP_STORED)


def paths_that_lead_out() -> bytes:
    names = (
        "../../../../var/shenwen-hostile.txt",
        "/tmp/shenwen-hostile.txt",
        "C:\\shenwen.txt",
        "a/../../b.txt",
        "..\\x.txt",
        "x" * 3000,
    )
    return zipped(dict.fromkeys(names, NOTICE))


def two_gigabytes_declared() -> bytes:
    data = bytearray(zipped({"a.txt": NOTICE}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.rindex(mark) + offset, 2**31)
    return bytes(data)


def docx_of_two_gigabytes() -> bytes:
    data = bytearray(docx())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 2**31)
    return bytes(data)


def directory_that_lies() -> bytes:
    data = bytearray(zipped({"a.txt": NOTICE * 100_000}))
    struct.pack_into("<I", data, data.rindex(b"PK\x01\x02") + 24, 10)
    return bytes(data)


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "哈">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    return docx("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", f"<!DOCTYPE x [{entities}]>")


def external_entity() -> bytes:
    return docx("<w:p><w:r><w:t>读&x;完</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def external_relationships() -> bytes:
    links = "".join(
        f'<Relationship Id="r{i}" Type="{R}/{kind}" Target="{target}" TargetMode="External"/>'
        for i, (kind, target) in enumerate(
            [
                ("aFChunk", "http://127.0.0.1:9/x"),
                ("styles", "file:///etc/passwd"),
                ("footnotes", "\\\\host\\share"),
                ("image", "ftp://x/"),
            ]
        )
    )
    parts = {"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATION}">{links}</Relationships>'}
    return docx(PARAGRAPH + '<w:altChunk r:id="r0"/>', parts=parts)


def deep_docx() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 20_000 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 20_000)


def deep_but_allowed_docx() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 80 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 80)


def cyclic_styles() -> bytes:
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/><w:basedOn w:val="{1}"/></w:style>'
    styles = f'<w:styles xmlns:w="{W}">{style.format("A", "B")}{style.format("B", "A")}{style.format("C", "C")}</w:styles>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    links = (
        f'<Relationships xmlns="{RELATION}"><Relationship Id="r1" Type="{R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r2" Type="{R}/numbering" Target="numbering.xml"/></Relationships>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{name}"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>清淤</w:t></w:r></w:p>"
        for name in "ABC"
    )
    return docx(body, parts={"word/styles.xml": styles, "word/numbering.xml": numbering, "word/_rels/document.xml.rels": links})


def chunk_within_itself() -> bytes:
    """A part that brings in the document it belongs to."""
    links = f'<Relationships xmlns="{RELATION}"><Relationship Id="r1" Type="{R}/aFChunk" Target="document.xml"/></Relationships>'
    return docx(PARAGRAPH + '<w:altChunk r:id="r1"/>', parts={"word/_rels/document.xml.rels": links})


def pdf_within() -> bytes:
    """A Word file that brings in a PDF, which Word would not."""
    links = f'<Relationships xmlns="{RELATION}"><Relationship Id="r1" Type="{R}/aFChunk" Target="chunk.pdf"/></Relationships>'
    parts = {"word/_rels/document.xml.rels": links, "word/chunk.pdf": "%PDF-1.7\n"}
    return docx(PARAGRAPH + '<w:altChunk r:id="r1"/>', parts=parts)


def nul_docx() -> bytes:
    return docx("<w:p><w:r><w:t>清\x00淤</w:t></w:r></w:p>")


def wide_docx() -> bytes:
    """A row of 20,000 cells, one of them over a million columns."""
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{i * 7919 % 999_983}</w:t></w:r></w:p></w:tc>" for i in range(20_000))
    span = '<w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p/></w:tc>'
    return docx(f"{PARAGRAPH}<w:tbl><w:tr>{span}{cells}</w:tr></w:tbl>")


def wide_html() -> bytes:
    cells = b"".join(b"<td>%d" % i for i in range(100_000))
    return b"<html><meta charset=utf-8><table><tr><td colspan=1000000000 rowspan=99999999>x" + cells + b"</table>" + NOTICE


def million_cells_html() -> bytes:
    return b"<html><meta charset=utf-8><table><tr>" + b"<td>x</td>" * 1_000_000 + b"</table>" + NOTICE


def deep_html() -> bytes:
    return b"<html><meta charset=utf-8><body>" + b"<div><table><tr><td>" * 20_000 + NOTICE


def marks_html() -> bytes:
    """Open marks that a parser makes anew in every paragraph."""
    marks = "".join(f"<font size={n}>清淤<p>" for n in range(4900))
    return f"<html><meta charset=utf-8><body>{marks}".encode()


def entities_html() -> bytes:
    return "<html><meta charset=utf-8><body><p>清&#0;淤&#x110000;&#xD800;&amp".encode() + b"&lt;" * 200_000 + b"</p>"


def deep_rtf() -> bytes:
    return b"{\\rtf1" + b"{" * 500_000 + b" text " + b"}" * 10


def odd_rtf() -> bytes:
    return b"{\\rtf1\\ansi\\bin2147483647 x\\u99999999 ?\\u-1?\\'zz\\uc1000000\\u28165 {\\*\\pict " + b"f" * 100_000 + b"}}"


def nul_text() -> bytes:
    return b"\x00".join(bytes([byte]) for byte in NOTICE) + bytes(1_000_000)


def long_line() -> bytes:
    return "清淤".encode() * 1_000_000


def cyclic_pages() -> bytes:
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 1 0 R 2 0 R] /Count 3 >>"])


def count_that_lies() -> bytes:
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 2000000000 >>"])


def _pdf_with(content: bytes, resources: bytes, *more: bytes) -> bytes:
    """One page with this content stream (object 4) and these resources; `more` are the objects from 5 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << " + resources + b" >> >>"
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, content, *more])


def cyclic_forms() -> bytes:
    form = stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")
    return _pdf_with(stream(b"/X Do"), b"/XObject << /X 5 0 R >>", form)


def broken_xref() -> bytes:
    data = made_pdf(typeset(["市水务局要于2026年6月底前完成河道清淤。"]))
    at = data.rindex(b"xref\n0 ")
    return data[:at] + data[at:].replace(b"0000", b"9999")


def xref_loop() -> bytes:
    data = made_pdf(typeset(["市水务局要于2026年6月底前完成河道清淤。"]))
    start = data.rindex(b"xref\n0 ")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def missing_fonts() -> bytes:
    return made_pdf([[Text(74, 700, "市水务局要于2026年6月底前完成河道清淤。")]]).replace(b"/F1 3 0 R", b"/F9 9 0 R")


def endless_stream() -> bytes:
    data = made_pdf([[Text(74, 700, "清淤")]])
    return data[: data.rindex(b"endstream")].replace(b"/Length", b"/Length 2147483647 /X") + bytes(100_000)


def pdf_bomb() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(60)) + packer.flush()
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    return _pdf_with(content, b"")


def pdf_bomb_at_the_end() -> bytes:
    """What begins like a font that does not pack at all."""
    packed = zlib.compress(Random(1).randbytes(100_000) + bytes(45 * 2**20), 9)
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    return _pdf_with(content, b"")


def pdf_bomb_in_a_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(bytes(50 * 2**20), 9), 9)
    content = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(packed) + packed + b"\nendstream"
    return _pdf_with(content, b"")


def deep_pdf() -> bytes:
    return _pdf_with(stream(b"q " * 200_000 + b"[" * 200_000), b"/Deep " + b"[" * 100_000 + b"]" * 100_000)


def huge_page() -> bytes:
    data = made_pdf([[Text(74, 700, "市水务局要于2026年6月底前完成河道清淤。")]])
    return data.replace(b"[0 0 595.0 842.0]", b"[-1e30 0 1e30 9e9 ]").replace(b"/Width 1 ", b"/Width 9999999 ")


def endless_rules() -> bytes:
    lines = b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S\n" % (i % 590, i % 590, i % 800, i % 800) for i in range(30_000))
    return _pdf_with(stream(lines + b"BT /F1 12 Tf 70 700 Td <6e056de4> Tj ET"), b"/Font << /F1 5 0 R >>", FONT)


#: What no library call gives back: it takes a worker that can be killed.
IN_A_WORKER = {"cyclic_forms.pdf"}

Maker = Callable[[], bytes]
ANY = None


def xlsx(rows: str, head: str = "") -> bytes:
    """A workbook of one sheet with these rows; `head` stands before the sheet's root element."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relation = f'<Relationships xmlns="{RELATION}"><Relationship Id="r1" Type="{R}/'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/s.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{relation}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{R}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relation}worksheet" Target="s.xml"/></Relationships>',
        "xl/s.xml": f'{head}<worksheet xmlns="{main}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>',
    }
    return zipped({name: content.encode() for name, content in files.items()})


def cell(place: str, words: str = "清淤") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def xlsx_corners() -> bytes:
    """Two cells, at either end of the largest sheet there can be."""
    return xlsx(f'<row r="1">{cell("A1")}{cell("XFD1")}</row><row r="1048576">{cell("XFD1048576")}</row>')


def xlsx_bomb() -> bytes:
    return xlsx(f'<row r="1">{cell("A1", " " * 60 * 2**20)}</row>')


def xlsx_of_tags() -> bytes:
    return xlsx("".join(f'<row r="{n}">{"<c/>" * 100}</row>' for n in range(1, 10_500)))


def xlsx_laughs() -> bytes:
    entities = '<!ENTITY a0 "哈">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    return xlsx(f'<row r="1">{cell("A1", "&a11;")}</row>', f"<!DOCTYPE x [{entities}]>")


MAIL = b"From: a@b\r\nMIME-Version: 1.0\r\n"


def folded_text() -> bytes:
    """The head of a mail that never ends: each of its lines could be taken apart in many ways."""
    return b"MIME-Version: 1.0\nContent-Type: text/plain\n" + b"       a\n" * 7000 + "清淤".encode()


def deep_mail() -> bytes:
    """Parts within parts, more than any parser goes down."""
    levels = range(3000)
    heads = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in levels)
    return MAIL + b"".join(heads) + b"Content-Type: text/plain\r\n\r\n" + NOTICE


def mail_of_parts() -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\na\r\n"
    return MAIL + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 10_001 + b"--b--\r\n"


def mail_in_mail() -> bytes:
    mail = MAIL + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + NOTICE
    for _ in range(6):
        attached = b'Content-Type: application/octet-stream; name="../../a.eml"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        mail = MAIL + b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (len(mail), len(mail)) + attached + mail
    return mail


HOSTILE: dict[str, tuple[Maker, set[Reason] | None]] = {
    "zip_bomb.zip": (zip_bomb, {Reason.EXPANSION}),
    "docx_bomb.docx": (docx_bomb, {Reason.EXPANSION}),
    "ofd_bomb.ofd": (ofd_bomb, {Reason.EXPANSION}),
    "zip_in_zip.zip": (zip_in_zip, {Reason.TOO_NESTED}),
    "many_members.zip": (many_members, {Reason.TOO_MANY_MEMBERS}),
    "paths_that_lead_out.zip": (paths_that_lead_out, ANY),
    "two_gigabytes_declared.zip": (two_gigabytes_declared, ANY),
    "docx_of_two_gigabytes.docx": (docx_of_two_gigabytes, {Reason.TOO_LARGE}),
    "directory_that_lies.zip": (directory_that_lies, {Reason.DAMAGED, Reason.TOO_LARGE}),
    "billion_laughs.docx": (billion_laughs, ANY),
    "external_entity.docx": (external_entity, ANY),
    "external_relationships.docx": (external_relationships, ANY),
    "deep.docx": (deep_docx, {Reason.EXPANSION, Reason.DAMAGED, Reason.TOO_NESTED}),
    "deep_but_allowed.docx": (deep_but_allowed_docx, ANY),
    "cyclic_styles.docx": (cyclic_styles, ANY),
    "chunk_within_itself.docx": (chunk_within_itself, ANY),
    "pdf_within.docx": (pdf_within, ANY),
    "nul.docx": (nul_docx, {Reason.DAMAGED}),
    "wide.docx": (wide_docx, ANY),
    "wide.html": (wide_html, ANY),
    "million_cells.html": (million_cells_html, {Reason.TOO_LARGE}),
    "deep.html": (deep_html, ANY),
    "marks.html": (marks_html, ANY),
    "entities.html": (entities_html, ANY),
    "corners.xlsx": (xlsx_corners, ANY),
    "bomb.xlsx": (xlsx_bomb, {Reason.EXPANSION}),
    "tags.xlsx": (xlsx_of_tags, {Reason.TOO_LARGE}),
    "laughs.xlsx": (xlsx_laughs, {Reason.DAMAGED}),
    "folded.txt": (folded_text, ANY),
    "deep.eml": (deep_mail, {Reason.TOO_NESTED}),
    "parts.eml": (mail_of_parts, {Reason.TOO_MANY_MEMBERS}),
    "mail_in_mail.eml": (mail_in_mail, {Reason.TOO_NESTED}),
    "deep.rtf": (deep_rtf, ANY),
    "odd.rtf": (odd_rtf, ANY),
    "nul.txt": (nul_text, ANY),
    "long_line.txt": (long_line, ANY),
    "cyclic_pages.pdf": (cyclic_pages, ANY),
    "count_that_lies.pdf": (count_that_lies, ANY),
    "cyclic_forms.pdf": (cyclic_forms, {Reason.TIMEOUT}),
    "broken_xref.pdf": (broken_xref, ANY),
    "xref_loop.pdf": (xref_loop, ANY),
    "missing_fonts.pdf": (missing_fonts, {Reason.NO_TEXT}),
    "endless_stream.pdf": (endless_stream, ANY),
    "pdf_bomb.pdf": (pdf_bomb, {Reason.EXPANSION}),
    "pdf_bomb_at_the_end.pdf": (pdf_bomb_at_the_end, {Reason.EXPANSION}),
    "pdf_bomb_in_a_bomb.pdf": (pdf_bomb_in_a_bomb, {Reason.EXPANSION}),
    "deep.pdf": (deep_pdf, ANY),
    "huge_page.pdf": (huge_page, ANY),
    "endless_rules.pdf": (endless_rules, ANY),
}
