"""OFD files (GB/T 33190) made in the tests."""

from __future__ import annotations

import pytest
from made_ofd import PICTURE, made_ofd, rule, text

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import BlockKind, Document, Reason
from shenwen.extractors.content import Content, Limits, Unreadable
from shenwen.extractors.pages.read_ofd import read_ofd
from shenwen.extractors.read import read_bytes

PARAGRAPH = "市水务局会同市财政局于2026年3月底前完成河道清淤方案编制工作，报市人民政府批准后组织实施，并向社会公布。"


def body(paragraph: str = PARAGRAPH, top: float = 60) -> str:
    """The paragraph in lines of 28 characters, the first indented by two."""
    lines = [paragraph[:26], *(paragraph[i : i + 28] for i in range(26, len(paragraph), 28))]
    return "".join(text(28 + (11.2 if i == 0 else 0), top + 10 * i, line) for i, line in enumerate(lines))


def read(*pages: str, **options: object) -> Content:
    return read_ofd(made_ofd(pages, **options), Limits())  # type: ignore[arg-type]


def refused(data: bytes, limits: Limits = Limits()) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_ofd(data, limits)
    return caught.value


def test_lines_are_paragraphs_with_their_pages() -> None:
    content = read(
        text(60, 30, "关于河道清淤的通知", 7.7) + text(28, 45, "各县（区）人民政府：") + body(), text(110, 40, "云川市水务局")
    )
    assert content.text.split("\n") == ["关于河道清淤的通知", "各县（区）人民政府：", PARAGRAPH, "云川市水务局"]
    assert [block.anchor.page for block in content.blocks] == [1, 1, 1, 2]
    assert content.metadata == (("ofd:title", "清淤方案"),)


def test_order_is_that_of_the_page_not_of_the_file() -> None:
    content = read(text(28, 200, "二、第二件。") + text(28, 100, "一、第一件。"))
    assert content.text == "一、第一件。\n二、第二件。"


def test_page_numbers_go_and_templates_stay() -> None:
    pages = [body() + text(100, 280, f"— {n} —", 4.9) for n in (1, 2)]
    content = read(*pages, template=text(39.2, 20, "请予公开。"))
    assert content.text.split("\n") == ["请予公开。", PARAGRAPH] * 2


def test_letters_set_apart_are_words_and_wide_gaps_are_blanks() -> None:
    spaced = text(28, 60, "关于清淤", step=8.0) + text(28, 80, "云政发〔2026〕5号") + text(130, 80, "签发人：王明")
    assert read(spaced).text.split("\n") == ["关于清淤", "云政发〔2026〕5号 签发人：王明"]


def test_ruled_tables_are_rows() -> None:
    level = "".join(rule(20, y, 120, 0.3) for y in (50, 60, 70))
    upright = "".join(rule(x, 50, 0.3, 20) for x in (20, 80, 140))
    cells = text(22, 52, "任务") + text(82, 52, "责任单位") + text(22, 62, "河道清淤") + text(82, 62, "市水务局")
    content = read(level + upright + cells)
    assert content.text == "任务\t责任单位\n河道清淤\t市水务局"
    assert {block.kind for block in content.blocks} == {BlockKind.TABLE_ROW}


def test_it_is_known_by_content() -> None:
    item = read_bytes("通知.pdf", made_ofd([body()], root="/Doc_0\\document.XML"))
    assert isinstance(item, Document)
    assert item.format is FileFormat.OFD


def test_reasons() -> None:
    assert refused(made_ofd([PICTURE] * 3)).reason is Reason.SCANNED
    assert refused(made_ofd([""])).reason is Reason.NO_TEXT
    assert refused(made_ofd([body()], root="Doc_9/Document.xml")).reason is Reason.DAMAGED
    assert refused(made_ofd([body()], parts={"OFD.xml": b"<ofd:OFD"})).reason is Reason.DAMAGED
    assert "pages" in refused(made_ofd([body()] * 3), Limits(pages=2)).message


def test_a_missing_page_is_noted() -> None:
    data = made_ofd([body(), body()]).replace(b"Page_1/Content.xml", b"Page_1/Content.xxx")
    assert read_ofd(data, Limits()).notes == ("第 2 页缺少内容部件，未读取",)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ('Boundary="x y" Size="-" CTM="1 2"', 'X="1e999" DeltaX="g 99999 1 g g"'),
        ('Boundary="1e300 1e300 0 0" Size="1e300" CTM="1e200 0 0 1e200 0 0"', ""),
        ('Boundary="1 1 1 1" Size="0"', 'X="-1e30" Y="nan" DeltaX="g 3"'),
        ("", ""),
    ],
)
def test_odd_values_never_crash(place: str, code: str) -> None:
    words = f"<ofd:TextObject {place}><ofd:TextCode {code}>河道</ofd:TextCode></ofd:TextObject>"
    path = f"<ofd:PathObject {place}><ofd:AbbreviatedData>L C 5 Q M 1e308 1e308 L 1e308 0</ofd:AbbreviatedData></ofd:PathObject>"
    assert "河道" in read(words * 3 + path + "<!-- <ofd:TextObject/> --><?php?>").text
