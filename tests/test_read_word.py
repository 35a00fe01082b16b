"""Word readers: every trap of docx, lists, hostile packages, doc and rtf. All files are made here."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest
from made_doc import DELETED, HIDDEN, IN_TABLE, ROW_END, container, doc, heading, numbered
from made_doc import level as doc_level
from made_docx import docx, level, numbering, par, part, run, styles, table, zipped
from made_lists import LISTS

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import BlockKind, Reason
from shenwen.extractors.content import Content, Limits, Unreadable
from shenwen.extractors.word.doc_file import is_encrypted_ole
from shenwen.extractors.word.docx_thinning import thinned
from shenwen.extractors.word.number_formats import format_number
from shenwen.extractors.word.read_doc import read_doc
from shenwen.extractors.word.read_docx import read_docx
from shenwen.extractors.word.read_rtf import read_rtf


def lines(content: Content, kind: BlockKind | None = None) -> list[str]:
    return [content.text[b.span.start : b.span.end] for b in content.blocks if kind is None or b.kind is kind]


def read(body: str, **more: object) -> Content:
    return read_docx(docx(body, **more), Limits())  # type: ignore[arg-type]


BOX = "<w:txbxContent>{}</w:txbxContent>"
CHOICE = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
    + BOX
    + "</wps:txbx></wps:wsp></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox>" + BOX + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"

#: Name → (body, lines).
TRAPS: dict[str, tuple[str, list[str]]] = {
    "insertions stay, deletions go": (
        f"<w:p>{run('应当')}<w:ins w:id='1'>{run('及时')}</w:ins>"
        f"<w:del w:id='2'><w:r><w:delText>按时</w:delText></w:r></w:del>{run('办理')}</w:p>",
        ["应当及时办理"],
    ),
    "what was moved stands at its new place": (
        f"<w:p><w:moveFrom w:id='1'>{run('甲')}</w:moveFrom>{run('乙')}</w:p>"
        f"<w:p>{run('丙')}<w:moveTo w:id='2'>{run('甲')}</w:moveTo></w:p>",
        ["乙", "丙甲"],
    ),
    "a deleted paragraph mark joins": (par("前半句", "<w:rPr><w:del w:id='1'/></w:rPr>") + par("后半句"), ["前半句后半句"]),
    "a deleted row goes": (
        table(("甲", "乙"), ("丙", "丁")).replace(
            '<w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">丙',
            "<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space=\"preserve\">丙",
        ),
        ["甲\t乙"],
    ),
    "content controls, smart tags, links, simple fields": (
        f"<w:sdt><w:sdtContent>{par('块')}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent>{run('行内')}</w:sdtContent></w:sdt>"
        f"<w:smartTag>{run('标签')}</w:smartTag><w:hyperlink r:id='x'>{run('链接')}</w:hyperlink>"
        f"<w:fldSimple w:instr='DATE'>{run('域')}</w:fldSimple></w:p>",
        ["块", "行内标签链接域"],
    ),
    "fields give results": (
        f"<w:p>{run('见')}{FIELD.format('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{run('机密')}{FIELD.format('separate')}"
        f"{run('附件')}{FIELD.format('end')}{run('。')}</w:p>",
        ["见附件。"],
    ),
    "a field without an end hurts its paragraph only": (f"<w:p>{FIELD.format('begin')}{run('丢')}</w:p>" + par("还在"), ["还在"]),
    "text boxes once, behind their paragraph": (
        f"<w:p>{run('正文')}{CHOICE.format(par('框内'), par('框内'))}</w:p>" + par("其后"),
        ["正文", "框内", "其后"],
    ),
    "words behind a text box": (
        f"<w:p>{run('前')}<w:r><w:pict><v:textbox>{BOX.format(par('框'))}</v:textbox></w:pict></w:r>{run('后')}</w:p>",
        ["前后", "框"],
    ),
    "old text boxes": (f"<w:p><w:r><w:pict><v:textbox>{BOX.format(par('旧框'))}</v:textbox></w:pict></w:r></w:p>", ["旧框"]),
    "hidden text is left out": (
        "<w:p>" + run("可见", "<w:b/>") + run("隐藏", "<w:vanish/>") + run("仍见", '<w:vanish w:val="0"/>') + "</w:p>",
        ["可见仍见"],
    ),
    "line breaks part lines, tab stops do not": (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>"
        + run("甲")
        + "<w:r><w:br/></w:r>"
        + run("乙")
        + "</w:p>",
        ["甲", "乙"],
    ),
    "signs": (
        f"<w:p>{run('甲')}<w:r><w:noBreakHyphen/><w:sym w:font='Wingdings' w:char='F0FE'/><w:tab/></w:r>{run('乙')}</w:p>",
        ["甲-☑ 乙"],
    ),
    "ruby and formulas": (
        f"<w:p><w:r><w:ruby><w:rt>{run('hé')}</w:rt><w:rubyBase>{run('河')}</w:rubyBase></w:ruby></w:r>"
        "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>",
        ["河a=b"],
    ),
    "a table of data": (
        par("前") + table(("任务", "单位"), ("清淤", par("水利局") + par("住建局"))) + par("后"),
        ["前", "任务\t单位", "清淤\t水利局住建局", "后"],
    ),
    "a table for the layout": (table((par("标题") + par("正文一") + par("正文二"),)), ["标题", "正文一", "正文二"]),
    "a table in a table": (table((table(("任务", "单位")) + par(""), "")), ["任务\t单位"]),
    "prose in a table with a margin": (table(("", par("第一段") + par("第二段"))), ["第一段", "第二段"]),
    "merged cells keep columns apart": (
        table(("甲", "乙", "丙")) + table(("丁", "戊")).replace("<w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>", 1),
        ["甲\t乙\t丙", "丁\t\t戊"],
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps(name: str) -> None:
    body, expected = TRAPS[name]
    content = read(body)
    assert lines(content) == expected
    assert content.text == "\n".join(expected)


@pytest.mark.parametrize("name", TRAPS)
def test_strict_files_read_the_same(name: str) -> None:
    body, expected = TRAPS[name]
    assert lines(read(body, strict=True)) == expected


@pytest.mark.parametrize("name", LISTS)
def test_automatic_numbers(name: str) -> None:
    data, expected = LISTS[name]
    found = lines(read_docx(data, Limits()))
    if name.startswith("format"):
        assert set(expected) <= set(found)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (101, "japaneseCounting", "百一"),
        (27, "lowerLetter", "aa"),
        (1994, "upperRoman", "MCMXCIV"),
        (36, "decimalEnclosedCircle", "㊱"),
        (13, "ideographZodiacTraditional", "丙子"),
        (0, "chineseCounting", "0"),
        (10**9, "upperRoman", "1000000000"),
        (3, "none", ""),
        (3, "hex", "3"),
    ],
)
def test_number_formats(number: int, form: str, shown: str) -> None:
    assert format_number(number, form) == shown


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    words = "各县（区）人民政府要全面摸排河道，建立台账，明确责任人，定期组织巡查，对发现的问题及时督促整改，并向社会公布整改情况"
    width = 25
    broken = [words[at : at + width] for at in range(0, len(words), width)]
    by_marks = "".join(par(line) for line in [*broken, "第二条　本办法自发布之日起施行。"] * 2)
    by_breaks = f"<w:p><w:r>{'<w:br/>'.join(f'<w:t>{line}</w:t>' for line in [*broken, '第二条　本办法施行。'] * 2)}</w:r></w:p>"
    assert lines(read(by_marks)) == [words, "第二条　本办法自发布之日起施行。"] * 2
    assert lines(read(by_breaks)) == [words, "第二条　本办法施行。"] * 2
    assert [block.anchor.paragraph for block in read(by_marks).blocks] == [1, 4, 5, 8]


def test_looks_are_left_out_and_words_are_not() -> None:
    looks = '<w:rFonts w:ascii="宋体"/><w:sz w:val="32"/><w:b/>'
    assert thinned(f"<w:rPr>{looks}</w:rPr>".encode()) == b""
    assert thinned(f"<w:rPr>{looks}<w:vanish/></w:rPr>".encode()) == b"<w:rPr><w:vanish/></w:rPr>"
    assert thinned(b"<w:pPr><w:jc/><w:rPr><w:b/></w:rPr></w:pPr><w:t>a</w:t>") == b"<w:t>a</w:t>"
    for whole in (b"<![CDATA[<w:rPr><w:b/></w:rPr>]]>", b"<w:rPr><w:b/>", b"<w:r><w:b/></w:r>", b""):
        assert thinned(whole) == whole


def test_anchors_count_the_paragraphs_of_the_body_in_document_order() -> None:
    boxed = f"<w:p>{run('三')}{CHOICE.format(par('框'), par('框'))}</w:p>"
    content = read(par("一") + par("") + boxed + table(("四", "五")) + f"<w:sdt><w:sdtContent>{par('六')}</w:sdtContent></w:sdt>")
    places = [(block.anchor.paragraph, block.anchor.part) for block in content.blocks]
    assert places == [(1, "body"), (3, "body"), (3, "body"), (4, "body"), (6, "body")]


def test_headings_by_outline_style_and_name() -> None:
    named = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/>{2}</w:style>'
    sheet = styles(
        '<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/></w:style>'
        + named.format("h2", "heading 2", "")
        + named.format("my", "章名", '<w:basedOn w:val="h2"/>')
        + named.format("out", "条名", '<w:pPr><w:outlineLvl w:val="4"/></w:pPr>')
    )
    body = (
        par("甲", style="h2")
        + par("乙", style="my")
        + par("丙", style="out")
        + par("丁", '<w:outlineLvl w:val="0"/>')
        + par("戊")
    )
    body += par("己", '<w:outlineLvl w:val="9"/>', style="h2") + par("长" * 300, style="h2")
    content = read(body, parts={"styles": sheet})
    assert [block.level for block in content.blocks] == [2, 2, 5, 1, None, None, None]
    assert [block.kind for block in content.blocks][:4] == [BlockKind.HEADING] * 4


def test_notes_come_last_and_margins_apart() -> None:
    notes = "<w:footnote w:type='separator' w:id='0'><w:p/></w:footnote><w:footnote w:id='1'>" + par("注文") + "</w:footnote>"
    content = read(
        par("正文"),
        parts={
            "footnotes": part("footnotes", notes),
            "header1": part("hdr", par("内部资料")),
            "header2": part("hdr", par("内部资料")),
            "footer1": part("ftr", par("— 1 —")),
        },
    )
    assert [(block.kind, text) for block, text in zip(content.blocks, lines(content), strict=True)] == [
        (BlockKind.PARAGRAPH, "正文"),
        (BlockKind.FOOTNOTE, "注文"),
        (BlockKind.HEADER, "内部资料"),
    ]


def test_comments_are_kept_with_their_place() -> None:
    mark = "<w:comment{} w:id='{}'/>"
    body = f"<w:p>{run('应当应当')}{mark.format('RangeStart', 7)}{run('应当')}{mark.format('RangeEnd', 7)}{run('办理')}</w:p>"
    body += f"<w:p>{mark.format('RangeStart', 8)}{run('第一行')}</w:p><w:p>{run('第二行')}{mark.format('RangeEnd', 8)}{run('外')}</w:p>"
    notes = "".join(f"<w:comment w:id='{key}' w:author='张三'>{par('改') + par('请核')}</w:comment>" for key in (7, 8, 9))
    content = read(body, parts={"comments": part("comments", notes)})
    first, second, third = content.comments
    assert (first.author, first.text) == ("张三", "改\n请核")
    assert first.span is not None and (first.span.start, first.span.end) == (4, 6)
    assert second.span is not None and content.text[second.span.start : second.span.end] == "第一行\n第二行"
    assert third.span is None


def test_what_people_should_know_is_noted() -> None:
    noted = read(f"<w:p>{run('甲')}<w:ins w:id='1'>{run('乙')}</w:ins>{run('丙丁', '<w:vanish/>')}</w:p>").notes
    assert len(noted) == 2 and "修订" in noted[0] and "隐藏文字（2 字）" in noted[1]
    assert read(par("甲")).notes == ()


def test_properties_are_metadata_under_names_of_their_own() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>题目</dc:title><dc:creator>办公室</dc:creator></cp:coreProperties>'
    )
    assert read(par("甲"), core=core).metadata == (("docx:title", "题目"), ("docx:creator", "办公室"))


def test_embedded_documents_are_read_within_bounds() -> None:
    inner = docx(par("内层"))
    body = par("外") + '<w:altChunk r:id="chunka"/>' + '<w:altChunk r:id="chunkb"/>'
    content = read(body, chunks={"a.html": "<html><body><p>网页段落</p></body></html>".encode(), "b.docx": inner})
    assert lines(content) == ["外", "网页段落", "内层"]
    deep = inner
    for _ in range(6):
        deep = docx(par("层") + '<w:altChunk r:id="chunka"/>', chunks={"a.docx": deep})
    found = read_docx(deep, Limits(nesting=3))
    assert lines(found).count("层") == 4 and any("未能读取" in note for note in found.notes)


def test_relationships_to_the_outside_are_not_followed() -> None:
    assert lines(read(par("甲"), external="http://192.0.2.1/x.xml")) == ["甲"]
    assert lines(read(par("甲"), external="../../../etc/passwd")) == ["甲"]


def reason(data: bytes, limits: Limits = Limits()) -> Reason:
    with pytest.raises(Unreadable) as caught:
        read_docx(data, limits)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.message)
    return caught.value.reason


def test_hostile_packages_end_with_a_reason() -> None:
    assert reason(docx("")) is Reason.NO_TEXT
    assert reason(docx("", raw={"word/media/image1.png": b"x"})) is Reason.SCANNED
    assert reason(docx(par("甲"))[:-60]) is Reason.TRUNCATED
    assert reason(b"PK\x03\x04" + b"\0" * 100 + b"PK\x05\x06" + b"\0" * 30) is Reason.DAMAGED
    assert reason(zipped({"xl/workbook.xml": b"<a/>"})) is Reason.UNSUPPORTED
    assert reason(zipped({"readme.txt": b"x"})) is Reason.DAMAGED
    assert reason(docx(par("甲")), Limits(members=2)) is Reason.TOO_MANY_MEMBERS
    assert reason(docx(par("甲" * 5000)), Limits(member_bytes=5000)) is Reason.TOO_LARGE
    assert reason(docx(par("甲" * 5000)), Limits(total_bytes=9000)) is Reason.TOO_LARGE
    assert reason(docx(par("甲") * 100), Limits(tags=500)) is Reason.TOO_LARGE
    assert reason(docx(par("甲" * 4_000_000))) is Reason.EXPANSION
    assert reason(docx(par("甲"), raw={"word/document.xml": b"<w:document"})) is Reason.DAMAGED


def test_declared_sizes_are_not_believed() -> None:
    data = bytearray(docx(par("甲" * 2000)))
    at = data.rfind(b"PK\x01\x02", 0, data.find(b"word/document.xml", data.find(b"PK\x01\x02")))
    for size, expected in ((2**31, Reason.TOO_LARGE), (50, Reason.DAMAGED)):
        struct.pack_into("<I", data, at + 24, size)
        assert reason(bytes(data)) is expected


def test_entities_and_depth() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE d [<!ENTITY l0 "哈">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    root = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p>'
    for word in ("&l9;", "&x;"):
        data = docx("", raw={"word/document.xml": (head + root.format("甲" + word) + "</w:body></w:document>").encode()})
        try:
            assert "root:" not in read_docx(data, Limits()).text and len(read_docx(data, Limits()).text) < 100
        except Unreadable as refused:
            assert refused.reason in (Reason.EXPANSION, Reason.DAMAGED)
    for depth in (100, 5000):
        nested = "<w:tbl><w:tr><w:tc>" * depth + par("深") + "</w:tc></w:tr></w:tbl>" * depth
        try:
            assert "深" in read(nested).text
        except Unreadable as refused:
            assert refused.reason in (Reason.EXPANSION, Reason.TOO_NESTED)


def test_a_table_of_a_million_columns_stays_small() -> None:
    wide = table(("甲", "乙")).replace("<w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val='1000000'/></w:tcPr>", 1)
    assert len(read(wide).text) < 300


def test_cyclic_styles_and_lists_end() -> None:
    ring = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/><w:basedOn w:val="{1}"/></w:style>'
    lists = numbering({0: '<w:numStyleLink w:val="a"/>' + level(0, "decimal", "%1.")}, {1: (0, "")})
    content = read(
        par("甲", style="a", number=(1, 0)),
        parts={"styles": styles(ring.format("a", "b") + ring.format("b", "a")), "numbering": lists},
    )
    assert lines(content) == ["1. 甲"]


RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fnil\fcharset0 Arial;}}"
    rb"{\info{\title \'cc\'e2}{\author nobody}}{\*\generator x;}{\header\pard Page 1\par}{\footer\pard \'c4\'da\'b2\'bf\par}"
    rb"\pard\outlinelevel0\f0 \'b1\'ea\'cc\'e2\par"
    rb"\pard {\listtext\f0 \'d2\'bb\'a1\'a2\tab}\u24212?\u24403?\f1 AB\f0\line \'c1\'ed\'d0\'d0{\v \'d2\'fe}{\deleted \'c9\'be}\par"
    rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt \'bd\'e1\'b9\'fb}}{\footnote \pard \'d7\'a2\par}{\*\unknown \'b1\'f0}\par"
    rb"\trowd\cellx1\cellx2\pard\intbl \'bc\'d7\cell \'d2\'d2\cell\row\pard \'ba\'f3\'ce\'c4\par"
    rb"{\pict\bin5 }}{{}\'ff\'ff}\uc0\u-10179 \u-8704 {\*\atnauthor \'d5\'c5}{\*\annotation \'c5\'fa\'d7\'a2}\par}"
)


def test_rtf() -> None:
    content = read_rtf(RTF, Limits())
    assert lines(content, BlockKind.HEADING) == ["标题"]
    assert lines(content, BlockKind.PARAGRAPH) == ["一、应当AB", "另行", "结果", "后文", "\U0001f600"]
    assert lines(content, BlockKind.TABLE_ROW) == ["甲\t乙"]
    assert lines(content, BlockKind.FOOTNOTE) == ["注"]
    assert lines(content, BlockKind.HEADER) == [] and lines(content, BlockKind.FOOTER) == ["内部"]
    assert content.metadata == (("rtf:title", "题"),)
    assert [(comment.author, comment.text) for comment in content.comments] == [("张", "批注")]
    assert len(content.notes) == 2 and content.format is FileFormat.RTF


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"{\\rtf1 }", Reason.NO_TEXT),
        (b"{\\rtf1 {\\pict 00", Reason.TRUNCATED),
        (b"{\\rtf1 " + b"{" * 5000, Reason.TOO_NESTED),
        (b"plain", Reason.UNSUPPORTED),
    ],
)
def test_bad_rtf(data: bytes, expected: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        read_rtf(data, Limits())
    assert caught.value.reason is expected


def test_no_mutation_of_a_file_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens to the bytes: content or a reason, nothing else."""
    monkeypatch.setattr("shenwen.extractors.word.read_doc.convert", lambda *given: None)
    source = random.Random(20)
    body = par("甲", number=(1, 0)) + table(("乙", "丙")) + TRAPS["text boxes once, behind their paragraph"][0]
    whole = docx(body, {"numbering": numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")})})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(300):
        name = source.choice(list(members))
        files = [(read_docx, zipped(members | {name: _mutated(members[name], source)})), (read_docx, _mutated(whole, source))]
        for reader, data in [*files, (read_rtf, _mutated(RTF, source)), (read_doc, _mutated(DOC, source))]:
            try:
                reader(data, Limits())
            except Unreadable as refused:
                assert refused.message


def _mutated(data: bytes, source: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(source.randint(1, 6)):
        at = source.randrange(len(changed))
        match source.randrange(4):
            case 0:
                changed[at] = source.randrange(256)
            case 1:
                del changed[at : at + source.randint(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + 30] * source.randint(1, 5)
            case _:
                changed[at : at + 4] = b"\xff\xff\xff\x7f"
        if not changed:
            return b"PK"
    return bytes(changed)


def test_encrypted_packages_are_told_apart() -> None:
    assert is_encrypted_ole(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert not is_encrypted_ole(docx(par("甲")))


DOC = doc(
    [
        ("办法\r", heading(1)),
        ("总则\r", numbered(1, 0)),
        ("目的\r", numbered(1, 1)),
        ("依据\r", numbered(1, 1)),
        ("分则\r", numbered(1, 0)),
        ("范围\r", numbered(1, 1)),
        ("见\x13REF x\x14附件\x15。应当隐藏删除办理\x0b换行\x1e甲\x01\r", b""),
        ("任务\x07", IN_TABLE),
        ("单位甲\r", IN_TABLE),
        ("单位乙\x07", IN_TABLE),
        ("\x07", ROW_END),
        ("后文\ud83d\ude00\r", b""),
    ],
    characters=[("隐藏", HIDDEN), ("删除", DELETED)],
    lists=[[doc_level(39, "第\0章、"), doc_level(37, "（\1）")]],
    notes="\x02注文\r",
)


def test_doc() -> None:
    content = read_doc(DOC, Limits())
    assert lines(content) == [
        "办法", "第一章、总则", "（一）目的", "（二）依据", "第二章、分则", "（一）范围",
        "见附件。应当办理", "换行-甲", "任务\t单位甲单位乙", "后文\U0001f600", "注文",
    ]  # fmt: skip
    kinds = [block.kind for block in content.blocks]
    assert kinds[0] is BlockKind.HEADING and kinds[8] is BlockKind.TABLE_ROW and kinds[10] is BlockKind.FOOTNOTE
    assert content.format is FileFormat.DOC and len(content.notes) == 2


def test_doc_of_one_byte_characters() -> None:
    assert read_doc(doc([("Plain “text” – 1\r", b"")], narrow=True), Limits()).text == "Plain “text” – 1"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (doc([("甲\r", b"")], flags=0x0300), Reason.ENCRYPTED),
        (doc([("甲\r", b"")], version=0x0065), Reason.NEEDS_LIBREOFFICE),
        (doc([("\r", b"")]), Reason.NO_TEXT),
        (doc([("\x01\r", b"")]), Reason.SCANNED),
        (DOC[:2000], Reason.DAMAGED),
        (container({"Workbook": b"x"}), Reason.UNSUPPORTED),
        (container({"WordDocument": b"x", "1Table": b""}), Reason.DAMAGED),
    ],
)
def test_docs_without_text(data: bytes, expected: Reason, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shenwen.extractors.word.read_doc.convert", lambda *given: None)
    with pytest.raises(Unreadable) as caught:
        read_doc(data, Limits())
    if expected is Reason.DAMAGED:
        assert caught.value.reason in (Reason.DAMAGED, Reason.TRUNCATED, Reason.NEEDS_LIBREOFFICE)
    else:
        assert caught.value.reason is expected


def test_bad_doc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shenwen.extractors.word.read_doc.convert", lambda *given: None)
    for data in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, b""):
        with pytest.raises(Unreadable):
            read_doc(data, Limits())
