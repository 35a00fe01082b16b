"""Saved pages: which text is the article, tables, encodings, what the page says of itself."""

from __future__ import annotations

import pytest

from shenwen.corpus.model import BlockKind, Document, Failure, Reason
from shenwen.extractors.read import read_bytes

TITLE = "云川市人民政府关于加强河道管理的意见"
BODY = """<p>各县（区）人民政府：</p><p>　　为加强河道管理，现提出如下意见。</p>
<p>　　一、各县（区）人民政府应当于2026年6月底前完成河道划界，并向社会公布。</p>
<p>　　二、市水务局负责监督检查，每季度通报一次，发现问题及时督促整改，确保取得实效。</p>"""
NAVIGATION = "<div class='nav'>" + "".join(f"<a href='/{n}.html'>栏目名称之{n}</a>" for n in range(40)) + "</div>"


def page(body: str, head: str = "", title: str = TITLE) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    )


def read(data: bytes) -> Document:
    item = read_bytes("x", data)
    assert isinstance(item, Document), item
    return item


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def test_navigation_and_footer_are_left_out() -> None:
    footer = "<div class='foot'>主办单位：云川市人民政府办公室　技术支持：某公司　ICP备00000号</div>"
    document = read(page(f"{NAVIGATION}<div><h1>{TITLE}</h1><div>{BODY}</div></div>{footer}"))
    assert lines(document)[0] == TITLE
    assert lines(document)[1] == "各县（区）人民政府："
    assert lines(document)[-1].endswith("确保取得实效。")
    assert len(document.blocks) == 5


def test_title_is_not_said_twice() -> None:
    document = read(page(f"{NAVIGATION}<div><p>{TITLE}</p>{BODY}</div>"))
    assert document.text.count(TITLE) == 1


def test_a_paragraph_that_outweighs_the_others_is_not_the_whole_article() -> None:
    long = "<p>" + "为加强河道管理，落实管护责任，改善水生态环境，市人民政府同意印发实施方案，请认真组织实施。" * 20 + "</p>"
    signed = "<p>附件：实施方案</p><p>云川市水务局</p><p>2026年1月5日</p>"
    bar = "<div>来源：云川日报　日期：2026-01-07</div>"
    found = lines(read(page(f"{NAVIGATION}<div><h1>{TITLE}</h1>{bar}<div><p>各县（区）水务局：</p>{long}{signed}</div></div>")))
    assert [found[0], found[1], *found[-3:]] == [TITLE, "各县（区）水务局：", "附件：实施方案", "云川市水务局", "2026年1月5日"]


def test_what_an_outer_container_says_before_the_article_is_part_of_it() -> None:
    first = "<p>第一条　为了规范河道管护，明确各方责任，根据有关法律、法规，制定本办法。</p>"
    site = "<p>声明：转载本网信息请注明来源，本网站不对其内容的真实性负责，也不承担相应的法律责任。</p>"
    found = lines(read(page(f"{NAVIGATION}<div><div>{first}<div>{BODY * 3}</div></div>{site}</div>")))
    assert found[1].startswith("第一条")
    assert found[-1].endswith("确保取得实效。")


def test_who_signs_is_not_taken_for_the_title() -> None:
    office = "云川市人民政府办公室"
    title = f"{office}关于加强河道管理的意见"
    body = f"<p>各单位：</p><p>请遵照执行。</p><p>{office}</p><p>2026年1月5日</p>{BODY}"
    assert lines(read(page(f"<h1>{title}</h1>{NAVIGATION}<div>{body}</div>", title=title)))[0] == title


def test_metadata_table_becomes_metadata() -> None:
    table = (
        "<table><tr><td>索 引 号：</td><td>000/2026-1</td><td>主题分类：</td><td>水利</td></tr>"
        "<tr><td>发文机关：</td><td>云川市人民政府</td><td>成文日期：</td><td>2026年01月05日</td></tr>"
        "<tr><td>发文字号：</td><td>云政发〔2026〕1号</td><td>发布日期：</td><td>2026年01月07日</td></tr></table>"
    )
    document = read(page(f"{table}<div>{BODY}</div>", "<meta name='PubDate' content='2026-01-07'>"))
    said = dict(document.metadata)
    assert said["发文字号"] == "云政发〔2026〕1号"
    assert said["索引号"] == "000/2026-1"
    assert said["PubDate"] == "2026-01-07"
    assert "索" not in document.text


def test_bar_below_the_title_becomes_metadata() -> None:
    bar = "<div>来源：云川市水务局　　日期：2026-01-07　　【字号 大 中 小】</div>"
    document = read(page(f"<div><h1>{TITLE}</h1>{bar}<div>{BODY}</div></div>"))
    assert dict(document.metadata) == {"来源": "云川市水务局", "日期": "2026-01-07"}


def test_a_name_without_value_takes_no_other_name_for_it() -> None:
    document = read(page(f"<div><h1>{TITLE}</h1><p>来源：　访问量：199　发布日期：2026-01-07</p><div>{BODY}</div></div>"))
    assert dict(document.metadata) == {"发布日期": "2026-01-07"}
    assert "访问量" not in document.text


def test_cells_stand_in_their_columns_under_cells_that_span() -> None:
    table = (
        "<table><tr><th>序号</th><th>类别</th><th>任务</th><th>牵头单位</th></tr>"
        "<tr><td>1</td><td rowspan=2>划界</td><td>埋设界桩</td><td>县水利局</td></tr>"
        "<tr><td>2</td><td>公布坐标</td><td>县测绘院</td></tr>"
        "<tr><td>3</td><td colspan=2>检查堤防</td><td>县应急局</td></tr>"
        "<tr><td>4</td><td colspan=x rowspan=-7>清淤</td><td>清理淤泥</td><td>县城管局</td></tr></table>"
    )
    rows = [line.split("\t") for line in read(page(f"<div>{BODY}{table}</div>")).text.splitlines() if "\t" in line]
    assert rows[1:] == [
        ["1", "划界", "埋设界桩", "县水利局"],
        ["2", "", "公布坐标", "县测绘院"],
        ["3", "检查堤防", "", "县应急局"],
        ["4", "清淤", "清理淤泥", "县城管局"],
    ]


def test_lines_of_a_cell_do_not_run_together() -> None:
    data = ("县", "数"), ("甲县<br>乙县", "10<br>20"), ("丙县", "<p>3</p><p>4</p>")
    table = "".join(f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in data)
    rows = [line for line in read(page(f"<div>{BODY}<table>{table}</table></div>")).text.splitlines() if "\t" in line]
    assert rows == ["县\t数", "甲县乙县\t10 20", "丙县\t3 4"]


def test_a_cell_that_claims_to_span_the_world() -> None:
    table = "<table>" + "<tr><td colspan=99999 rowspan=99999>划界</td><td>县水利局</td></tr>" * 300 + "</table>"
    assert len(read(page(f"<div>{BODY}{table}</div>")).text) < 100_000


def test_data_table_gives_rows_and_layout_table_paragraphs() -> None:
    data = "<table><tr><th>任务</th><th>时限</th></tr><tr><td>划界</td><td>6月底</td></tr></table>"
    document = read(page(f"<table><tr><td width=10></td><td>{BODY}{data}</td></tr></table>"))
    rows = [[document.quote(cell) for cell in block.cells] for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows == [["任务", "时限"], ["划界", "6月底"]]
    assert sum(1 for block in document.blocks if block.kind is BlockKind.PARAGRAPH) == 4


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("gb18030", "gb2312"),
        ("gbk", "GBK"),
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("big5", "big5"),
        ("utf-8", "no-such-charset"),
    ],
)
def test_declared_encodings_are_believed_where_the_bytes_agree(written: str, declared: str) -> None:
    text = (
        f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={declared}'></head><body>{BODY}</body></html>"
    )
    text = text.replace("为加强河道管理", "加") if written == "big5" else text
    data = text.encode(written, "ignore")
    assert "人民政府" in read(data).text


def test_scripts_styles_and_hidden_text_are_not_read() -> None:
    hidden = "<script>document.write('脚本')</script><style>p{}</style><p style='display: none'>隐藏</p><!-- 注释 -->"
    text = read(page(f"<div>{hidden}{BODY}</div>")).text
    assert not any(word in text for word in ("脚本", "隐藏", "注释"))


def test_lines_broken_by_br_at_a_fixed_width_are_joined() -> None:
    paragraph = "　　三、各级各部门要切实加强组织领导，健全工作机制，落实工作责任，强化监督考核，确保各项任务"
    broken = "<br>".join(
        [paragraph, "按期完成。各县（区）人民政府要把河道管理工作列入重要议事日程，定期研究解决存在的困难和问", "题。"] * 3
    )
    document = read(page(f"<div>{BODY}<div>{broken}</div></div>"))
    assert sum(1 for line in lines(document) if line.endswith("困难和问题。")) == 3


def test_page_marks_go_and_what_they_broke_is_joined() -> None:
    marks = [f"<table><tr><td></td><td>－ {n} －</td></tr></table>" for n in (1, 2, 3)]
    first = "一、各县（区）人民政府要全面摸排河道，建立台账，明确责任人，定期"
    found = lines(read(page(f"<div><p>实施方案</p>{marks[0]}<p>{first}</p>{marks[1]}<p>巡查。</p>{marks[2]}{BODY}</div>")))
    assert "实施方案" in found
    assert first + "巡查。" in found
    assert not any("－" in line for line in found)


def test_spans_and_links_belong_to_their_line() -> None:
    body = "<div>甲 <span class='x'>乙</span> A <b>B</b> <a href='/c'>丙</a>丁<div>戊</div>己</div>"
    assert lines(read(page(body + BODY, title="")))[:3] == ["甲乙 A B 丙丁", "戊", "己"]


def test_links_are_kept_and_never_followed() -> None:
    document = read(page(f"<div>{BODY}<p>附件：<a href='/files/1.docx'>任务清单</a><a href='javascript:x()'>打印</a></p></div>"))
    assert document.links == (("任务清单", "/files/1.docx"),)


def test_html_in_a_text_file_is_read_as_a_page() -> None:
    assert "<p>" not in read(f"<div>{BODY}</div>".encode()).text


def test_text_that_mentions_a_tag_stays_text() -> None:
    assert "<p>" in read("关于网页编辑的说明：段落用 <p> 标记，换行用 <br> 标记。\n".encode()).text


def test_pictures_only_are_a_scan() -> None:
    item = read_bytes("x", page("<img src='1.png'><img src='2.png'>", title=""))
    assert isinstance(item, Failure)
    assert item.reason is Reason.SCANNED


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 50_000 + "深" + "</div>" * 50_000, "<table>" * 3000 + "深", "<a href=x>" * 20_000 + "深", "<b>" * 5000 + "深"],
)
def test_deep_nesting_ends(markup: str) -> None:
    item = read_bytes("x", b"<html><body>" + markup.encode())
    assert isinstance(item, Document | Failure)
    assert not isinstance(item, Failure) or item.reason is not Reason.CRASHED, item
