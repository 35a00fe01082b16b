"""PDF files made in the tests: paragraphs, furniture, columns, tables, scans, and every reason for which there is no text."""

from __future__ import annotations

import sys

import pytest
from made_pdf import (
    A4,
    FONT,
    LEADING,
    LEFT,
    RIGHT,
    SIZE,
    TOP,
    Mark,
    Picture,
    Shade,
    Text,
    assembled,
    centred,
    made_pdf,
    ruled,
    typeset,
    width,
    wrapped,
)

from shenwen.corpus.model import BlockKind, Failure, Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.pages.glyphs import is_garbage, plain, unjustified
from shenwen.extractors.pages.layout import Piece
from shenwen.extractors.pages.layout_blocks import page_lines, write_pages
from shenwen.extractors.pages.ocr import sharpened
from shenwen.extractors.pages.read_pdf import numbered, read_pdf
from shenwen.extractors.read import read_bytes

PARAGRAPHS = [
    "一、落实清淤责任。各县（区）人民政府对本辖区河道清淤工作负总责，要把任务分解到乡镇、到村、到人，逐段明确责任人并向社会公布；"
    "市水务局要加强技术指导，及时协调解决跨区域问题，每季度末向市人民政府报告进展情况。",
    "二、保障清淤经费。市财政局要在年度预算中安排专项资金2000万元，各县（区）按照不低于30%的比例配套，专款专用，任何单位和个人不得截留、挤占和挪用。",
    "（一）编制方案。",
    "市水务局会同市自然资源局、市生态环境局于2026年3月底前完成全市河道清淤方案编制工作，报市人民政府批准后实施。",
    "三、加强监督检查。市政府督查室每季度通报一次进展情况，对进度滞后的，约谈主要负责人并责令限期整改到位。",
]


def read(pages: list[list[Mark]], limits: Limits = Limits(), **options: object) -> Content:
    return read_pdf(made_pdf(pages, **options), limits)  # type: ignore[arg-type]


def refused(data: bytes, limits: Limits = Limits()) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_pdf(data, limits)
    return caught.value


def lines(content: Content) -> list[str]:
    return content.text.split("\n")


@pytest.mark.parametrize("lines_a_page", [22, 7, 5, 3])
def test_paragraphs_are_whole_over_lines_and_pages(lines_a_page: int) -> None:
    assert lines(read(typeset(PARAGRAPHS, lines_a_page))) == PARAGRAPHS


def test_every_block_knows_its_page() -> None:
    content = read(typeset(PARAGRAPHS, 5))
    pages = [block.anchor.page for block in content.blocks]
    assert pages[0] == 1
    assert pages == sorted(pages)  # type: ignore[type-var]
    assert pages[-1] == 3


@pytest.mark.parametrize("numbers", ["— {} —", "- {} -", "—{}—", "{}/9", "第{}页 共9页", "第 {} 页", "{}"])
def test_page_numbers_go(numbers: str) -> None:
    assert lines(read(typeset(PARAGRAPHS * 3, 7, numbers=numbers))) == PARAGRAPHS * 3


def test_running_headers_go() -> None:
    assert lines(read(typeset(PARAGRAPHS * 3, 7, header="云川市人民政府公报"))) == PARAGRAPHS * 3


def test_a_number_in_the_text_stays() -> None:
    page: list[Mark] = [Text(LEFT, TOP, "统计结果如下："), Text(LEFT, TOP - 28, "2026"), Text(LEFT, TOP - 56, "以上为合计。")]
    assert lines(read([page])) == ["统计结果如下：", "2026", "以上为合计。"]


def test_lines_of_a_title_are_blocks_of_their_own() -> None:
    title = ["云川市人民政府办公室关于印发全市", "河道清淤工作实施方案的通知"]
    page: list[Mark] = [centred(line, TOP + 30 - 36 * i, 22) for i, line in enumerate(title)]
    page += [Text(LEFT, TOP - 60, "各县（区）人民政府：")]
    page += [Text(x, TOP - 90 - LEADING * i, line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0]))]
    assert lines(read([page])) == [*title, "各县（区）人民政府：", PARAGRAPHS[0]]


def test_a_title_that_fills_its_line_goes_on() -> None:
    title = "云川市人民政府办公室关于进一步加强全市河道清淤工作的指导意见"
    page: list[Mark] = [centred(title[:20], TOP + 30, 22), centred(title[20:], TOP - 6, 22)]
    page += [Text(x, TOP - 90 - LEADING * i, line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0]))]
    assert lines(read([page])) == [title, PARAGRAPHS[0]]


def test_a_line_wider_than_the_text_does_not_make_its_lines_short() -> None:
    """Lines of navigation over an article reach farther."""
    page: list[Mark] = [Text(LEFT, TOP + 50 - 25 * i, "首页 > 政务公开 > 规划计划 > 工作动态", 24) for i in range(2)]
    page += [Text(x, TOP - 40 - LEADING * i, line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0], right=400))]
    assert lines(read([page]))[-1] == PARAGRAPHS[0]


def test_a_bracket_that_clings_to_its_word_leaves_a_line_short() -> None:
    short, rest = "各县区人民政府要把任务分解到乡镇到村，逐段明确了", "（含网格员的）责任并向社会公布。"
    page: list[Mark] = [Text(x, TOP - LEADING * i, line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0]))]
    page += [Text(LEFT + 2 * SIZE, 500, short), Text(LEFT, 500 - LEADING, rest)]
    assert lines(read([page])) == [PARAGRAPHS[0], short + rest]


def test_an_address_under_a_title_is_not_its_end() -> None:
    page: list[Mark] = [
        centred("云川市河道清淤工作简报", TOP),
        Text(LEFT, TOP - LEADING, "https://www.example.cn/2026/03/02/qingyu/a.html"),
    ]
    page += [Text(x, TOP - LEADING * (i + 2), line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0]))]
    assert lines(read([page]))[0] == "云川市河道清淤工作简报"


def test_lines_of_a_table_of_contents_stay() -> None:
    entries = [
        "云川市水务局办事清单……………………………………1",
        "云川市财政局和教育局关于办事事项的联合清单…14",
        "云川市民政局办事清单……………………………………27",
    ]
    page: list[Mark] = [Text(LEFT, TOP - LEADING * i, entry, 448 / width(entry, 1)) for i, entry in enumerate(entries)]
    assert lines(read([page])) == entries


def test_signature_and_date_stay_apart() -> None:
    page: list[Mark] = [Text(x, TOP - LEADING * i, line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0]))]
    page += [Text(330, 500, "云川市人民政府办公室"), Text(370, 472, "2026年3月2日")]
    assert lines(read([page])) == [PARAGRAPHS[0], "云川市人民政府办公室", "2026年3月2日"]


def test_two_columns_are_read_one_after_the_other() -> None:
    """The file draws line by line across the page; a reader goes down the left column first."""
    left = [line for paragraph in PARAGRAPHS[:2] for line in wrapped(paragraph, 60, 280, 10)]
    right = [line for paragraph in PARAGRAPHS[2:] for line in wrapped(paragraph, 315, 535, 10)]
    page: list[Mark] = [centred("河道清淤工作简报", 780, 20)]
    for i in range(max(len(left), len(right))):
        page += [Text(x, 740 - 16 * i, line, 10) for x, line in (*left[i : i + 1], *right[i : i + 1])]
    assert lines(read([page])) == ["河道清淤工作简报", *PARAGRAPHS]


def test_blanks_of_justification_go_and_wide_ones_stay() -> None:
    page: list[Mark] = [Text(LEFT, TOP, "各县"), Text(LEFT + 38, TOP, "人民政府"), Text(LEFT + 250, TOP, "签发人：王明")]
    assert lines(read([page])) == ["各县人民政府 签发人：王明"]


TASKS = [
    ["序号", "任务", "责任单位", "时限"],
    ["1", "编制全市河道清淤方案并报市人民政\n府批准", "市水务局", "2026年3月"],
    ["2", "安排专项资金", "市财政局\n市水务局", "2026年4月"],
]
COLUMNS, ROWS = (60, 100, 310, 420, 530), (700, 670, 630, 590)


def rows(content: Content) -> list[list[str]]:
    found = [block for block in content.blocks if block.kind is BlockKind.TABLE_ROW]
    return [[content.text[cell.start : cell.end] for cell in block.cells] for block in found]


def test_a_ruled_table_is_read_by_rows_and_only_once() -> None:
    page = [Text(LEFT, 760, "任务分解如下："), *ruled(COLUMNS, ROWS, TASKS), Text(LEFT, 500, "请遵照执行。")]
    content = read([page])
    assert rows(content) == [
        TASKS[0],
        ["1", "编制全市河道清淤方案并报市人民政府批准", "市水务局", "2026年3月"],
        ["2", "安排专项资金", "市财政局 市水务局", "2026年4月"],
    ]
    assert (content.blocks[0].kind, content.blocks[-1].kind) == (BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)
    assert content.text.count("编制全市") == 1


def test_a_table_over_two_pages_is_one_table_with_one_head() -> None:
    more = [TASKS[0], ["3", "完成清淤", "各县人民政府", "2026年6月"]]
    content = read([ruled(COLUMNS, ROWS, TASKS), ruled(COLUMNS, ROWS[:3], more)])
    assert [row[0] for row in rows(content)] == ["序号", "1", "2", "3"]
    assert {block.table for block in content.blocks} == {1}
    assert [block.anchor.page for block in content.blocks] == [1, 1, 1, 2]


def test_a_head_of_two_rows_is_there_once() -> None:
    head = [["序号", "任务", "责任", "时限"], ["", "", "单位", "年月"]]
    pages = [ruled(COLUMNS, ROWS, [*head, [str(number), "完成清淤", "水务局", "2026年"]]) for number in (1, 2, 3)]
    assert [row[0] for row in rows(read(pages))] == ["序号", "", "1", "2", "3"]


def test_shades_make_no_cells() -> None:
    """Lines of a cell are shaded one by one, and the whole page is."""
    shades = [Shade(0, 0, *A4), *(Shade(COLUMNS[1] + 5, y, 180, 15) for y in (ROWS[1] - 18, ROWS[1] - 33))]
    assert rows(read([[*shades, *ruled(COLUMNS, ROWS, TASKS)]])) == rows(read([ruled(COLUMNS, ROWS, TASKS)]))


def test_a_cell_that_no_rule_divides_is_one() -> None:
    body = ruled(COLUMNS, ROWS[1:], TASKS[1:])
    title = [Text(200, 680, "河道清淤任务分解表", 12), *ruled((COLUMNS[0], COLUMNS[-1]), ROWS[:2], [])]
    assert rows(read([[*title, *body]]))[0] == ["河道清淤任务分解表"]


def test_a_frame_around_prose_is_no_table() -> None:
    frame = ruled((60, 540), (770, 500), [])
    page = [*frame, *(Text(x, TOP - LEADING * i, line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0])))]
    assert lines(read([page])) == [PARAGRAPHS[0]]


def test_scanned_pages_are_named() -> None:
    assert (why := refused(made_pdf([[Picture()]] * 3))).reason is Reason.SCANNED
    assert "共 3 页" in why.message
    content = read([*typeset(PARAGRAPHS, 22), [Picture()], [Picture()]])
    assert content.notes == ("第 2—3 页为扫描图像，没有文字层，未读取",)


def test_a_watermark_does_not_make_a_scan_text() -> None:
    page: list[Mark] = [Picture(), Text(400, 20, "扫描软件 创建", 10)]
    assert refused(made_pdf([page] * 4)).reason is Reason.SCANNED


def test_a_figure_with_its_caption_is_no_scan() -> None:
    page: list[Mark] = [Picture(60, 300, 475, 440), Text(LEFT, 760, "点击“提交”完成注册，如图所示："), Text(270, 270, "（图1）")]
    assert lines(read([page])) == ["点击“提交”完成注册，如图所示：", "（图1）"]


def test_blank_pages_have_no_text() -> None:
    assert refused(made_pdf([[], []])).reason is Reason.NO_TEXT


def test_a_font_without_a_map_to_characters_is_no_text() -> None:
    """Bytes of GBK shown by a Western font: letters with accents, no word of Chinese."""
    latin = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    garbled = PARAGRAPHS[0].encode("gbk").decode("latin-1")
    page: list[Mark] = [Text(LEFT, TOP, garbled[:60])]
    data = made_pdf([page], font=latin)
    why = refused(data.replace(FONT, latin))
    assert why.reason is Reason.NO_TEXT
    assert "乱码" in why.message


def test_a_password_is_named() -> None:
    encryption = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
    pages = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    assert refused(assembled(pages, encryption)).reason is Reason.ENCRYPTED


def test_truncated_and_damaged_files_differ() -> None:
    data = made_pdf(typeset(PARAGRAPHS))
    assert refused(data[:300]).reason is Reason.TRUNCATED
    assert refused(b"%PDF-1.7\n" + b"\x00" * 3000 + b"\nstartxref\n9\n%%EOF\n").reason is Reason.DAMAGED


def test_what_is_whole_of_a_truncated_file_is_read_with_a_note() -> None:
    data = made_pdf(typeset(PARAGRAPHS * 4, 7))
    content = read_pdf(data[: data.rindex(b"startxref")], Limits())
    assert content.text.startswith(PARAGRAPHS[0])
    assert "不完整" in content.notes[0]


def test_limits_are_named() -> None:
    assert (why := refused(made_pdf([[]] * 4), Limits(pages=3))).reason is Reason.TOO_MANY_PAGES
    assert "pages" in why.message
    assert (why := refused(made_pdf(typeset(PARAGRAPHS)), Limits(seconds=-1))).reason is Reason.TIMEOUT
    assert "seconds" in why.message


def test_turned_pages_are_read_as_seen() -> None:
    """A wide page: turned by a quarter, its text runs upward in the file."""
    page: list[Mark] = [
        Text(100 + LEADING * i, x, line, angle=90) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0], LEFT, RIGHT + 10 * SIZE))
    ]
    assert lines(read([page], turn=90)) == [PARAGRAPHS[0]]


@pytest.mark.parametrize(("angle", "margin"), [(90, 40), (270, 560)])
def test_text_on_its_side_is_read_as_if_the_page_were_turned(angle: int, margin: float) -> None:
    """A wide page bound in a high file: its text runs upward or downward; the file's own header and number do not."""
    rows = list(enumerate(wrapped(PARAGRAPHS[0], LEFT, RIGHT + 10 * SIZE)))
    side = [Text(100 + LEADING * i, x, line, angle=90) for i, (x, line) in rows]
    if angle == 270:
        side = [Text(A4[0] - mark.x, A4[1] - mark.y, mark.text, angle=270) for mark in side]
    page: list[Mark] = [centred("云川市人民政府公报", 800, 10.5), *side, centred("— 7 —", 30, 14)]
    assert lines(read([page])) == [PARAGRAPHS[0]]


def test_watermarks_are_left_out() -> None:
    page: list[Mark] = [Text(x, TOP - LEADING * i, line) for i, (x, line) in enumerate(wrapped(PARAGRAPHS[0]))]
    mark = [Text(150 + 70 * i, 450 + 70 * i, char, 60, angle=45) for i, char in enumerate("内部资料")]
    assert lines(read([[*page, *mark]])) == [PARAGRAPHS[0]]


def test_headers_of_the_parts_of_a_collection_go() -> None:
    """Each is on a few pages of many."""
    parts = ["云川市水务局办事清单", "云川市财政局办事清单", "云川市教育局办事清单", "云川市民政局办事清单"]
    pages = [page for header in parts for page in typeset(PARAGRAPHS * 2, 7, header=header)]
    assert not [line for line in lines(read(pages)) if "清单" in line]


def test_what_browsers_print_in_the_margins_goes() -> None:
    printed = [Text(30, 815, "河道清淤_云川市 https://www.example.cn/a/1.html", 8), Text(30, 20, "2026/3/2 09:15", 8)]
    pages = [[*page, *printed] for page in typeset(PARAGRAPHS, 10, numbers="{} of 2")]
    assert lines(read(pages)) == PARAGRAPHS


def test_numbered_annexes_at_the_top_of_pages_stay() -> None:
    annexes = [("附件1", PARAGRAPHS[0]), ("附件2", PARAGRAPHS[1]), ("附件3", PARAGRAPHS[4])]
    pages = [[Text(LEFT, 780, number), *typeset([text])[0]] for number, text in annexes]
    assert lines(read(pages)) == [line for annex in annexes for line in annex]


def test_document_information_is_metadata() -> None:
    content = read(typeset(PARAGRAPHS), information={"Title": "清淤方案", "Author": "市水务局"})
    assert content.metadata == (("pdf:title", "清淤方案"), ("pdf:author", "市水务局"))


@pytest.mark.parametrize("data", [made_pdf([[Picture()]]), b"\x89PNG\r\n\x1a\n"], ids=["pdf", "picture"])
def test_ocr_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    failure = read_bytes("扫描", data, Limits(ocr=True))
    assert isinstance(failure, Failure)
    assert failure.reason is Reason.SCANNED
    assert "shenwen[ocr]" in failure.message


def test_pictures_say_how_to_have_them_read() -> None:
    failure = read_bytes("扫描.png", b"\x89PNG\r\n\x1a\n")
    assert isinstance(failure, Failure)
    assert (failure.reason, "--ocr" in failure.message) == (Reason.SCANNED, True)


def test_recognised_lines_of_one_size_are_one_paragraph() -> None:
    """Boxes fit the ink: a last line of a few low characters is less high."""
    seen = [Piece(line, x, y, x + 16 * len(line), y + (16 if i else 19)) for i, (x, y, line) in enumerate(_ink(PARAGRAPHS[0]))]
    low = seen[-1]._replace(y1=seen[-1].y0 + 12.5)
    builder = Builder()
    lines = page_lines(sharpened([*seen[:-1], low]), (), 1, A4, [])
    write_pages([lines], [A4[1]], [], builder)
    assert builder.text == PARAGRAPHS[0]


def test_a_recognised_title_keeps_its_size() -> None:
    """Its ink is a quarter higher than that of the text."""
    title = Piece("关于做好全市河道清淤工作的通知", 80, 700, 80 + 15 * 22, 720)
    text = [Piece(line, x, y, x + 16 * len(line), y + 16) for x, y, line in _ink(PARAGRAPHS[0])]
    assert [round(piece.em) for piece in sharpened([title, *text])] == [22, *(16 for _ in text)]


def _ink(paragraph: str) -> list[tuple[float, float, str]]:
    return [(x, TOP - LEADING * i, line) for i, (x, line) in enumerate(wrapped(paragraph))]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⼯作⽅案", "工作方案"),
        ("⻅附件", "见附件"),
        ("⻓江⻔户", "长江门户"),
        ("2019\xad2020年", "2019-2020年"),
        ("ﬁn", "fin"),
        ("\uf900", "\u8c48"),
    ],
)
def test_letters_of_text_layers(written: str, meant: str) -> None:
    assert plain(written) == meant


def test_blanks_between_letters() -> None:
    assert unjustified("各 县 2026 年 6 月 ， use Excel 2019 版") == "各县2026年6月， use Excel 2019版"


def test_garbage_is_not_seen_in_plain_text() -> None:
    assert not is_garbage("".join(PARAGRAPHS))
    assert is_garbage("\ue123\ue456\ue789" * 10)


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0x250 + 37 * n % 0x900) for n in range(60)),  # numbers of glyphs, taken for characters
        "".join(chr(0x3400 + 601 * n % 0x6BFF) for n in range(60)),
    ],
)
def test_numbers_of_glyphs_are_garbage(text: str) -> None:
    assert is_garbage(text)
    assert not is_garbage(text + "".join(PARAGRAPHS) * 2)


@pytest.mark.parametrize(
    "text",
    [
        "各縣（市、區）人民政府應當於每年三月底前完成河道清淤，並向社會公佈進度，逾期未完成者由市政府督查室通報。",
        "The Water Bureau shall finish the dredging of all rivers in the county before the end of March every year.",
        "بارلىق ناھىيىلەر ھەر يىلى مارت ئېيىنىڭ ئاخىرىدىن بۇرۇن دەريا قانىلىنى تازىلاپ بولۇشى كېرەك",
        "도시의 모든 하천 준설은 매년 삼월 말까지 마쳐야 하며 그 결과를 주민에게 알려야 한다.",
    ],
)
def test_text_in_other_writing_is_no_garbage(text: str) -> None:
    assert not is_garbage(text)


def test_page_numbers_in_notes() -> None:
    assert numbered([1, 2, 3, 5, 7, 8]) == "1—3、5、7—8"
