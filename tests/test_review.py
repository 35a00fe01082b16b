"""What people see: sheets that hold words as words, a page that escapes everything, comments at the exact words."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas
import pytest
from click.testing import CliRunner
from docx import Document as WordDocument
from lxml import etree
from lxml import html as lxml_html

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import (
    Actor,
    Anchor,
    Block,
    Deadline,
    Document,
    Evidence,
    Facts,
    Finding,
    Location,
    Masthead,
    Modality,
    Obligation,
    Record,
    Severity,
    Span,
)
from shenwen.pipeline.cli import group
from shenwen.pipeline.reports import report_html
from shenwen.pipeline.reports.annotated_docx import annotated
from shenwen.pipeline.reports.findings_xlsx import write_findings
from shenwen.pipeline.reports.marking import differences, lines_of
from shenwen.pipeline.reports.opinion_docx import TemplateError, check_template, opinion
from shenwen.pipeline.reports.register_xlsx import write_register
from shenwen.pipeline.reports.result import Result
from shenwen.pipeline.reports.word_comments import WordComment, with_comments
from shenwen.pipeline.review import word_names

TODAY = date(2026, 4, 1)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NASTY = '=HYPERLINK("http://example.invalid","点我")<script>alert(1)</script>'
TEXT = f"关于<b>测试</b>的通知\n市财政局牵头，市审计局配合，于2026年6月30日前完成核查。\n{NASTY}\n"


def finding(text: str, words: str | None, path: str = "draft.txt", **more: object) -> Finding:
    span = Span(text.index(words), text.index(words) + len(words)) if words else None
    at = Location(span=span, provision="一/（二）", line=2, quote=words or "")
    values = {"rule": "ZX2102", "name": "现行文件已有部署", "severity": Severity.WARNING, "message": NASTY, "article": "二十一"}
    return Finding(**{**values, **more}, path=path, location=at)  # type: ignore[arg-type]


def record(text: str = TEXT, path: str = "draft.txt", findings: tuple[Finding, ...] | None = None) -> Record:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(Span(at, at + len(line)), anchor=Anchor(paragraph=len(blocks) + 1)))
        at += len(line) + 1
    document = Document(path, "0" * 64, FileFormat.TXT, text, tuple(blocks))
    title = text.split("\n")[0]
    masthead = Masthead(title=title, title_span=Span(0, len(title)))
    facts = Facts(masthead=masthead, obligations=(duty(text),) if "市审计局" in text else ())
    own = (finding(text, "完成核查"), finding(text, None), finding(text, NASTY)) if findings is None else findings
    return Record(document, facts, own)


def duty(text: str) -> Obligation:
    quote = "市财政局牵头，市审计局配合，于2026年6月30日前完成核查。"
    start = text.index(quote)
    when = text.index("2026年6月30日前")
    limit = Deadline(Span(when, when + 10), "2026年6月30日前", "by:2026-06-30", "absolute", due=date(2026, 6, 30))
    return Obligation(
        Span(start, start + len(quote)),
        quote,
        quote,
        (Modality.OBLIGATION,),
        actors=(Actor("市财政局"),),
        supporting=(Actor("市审计局"),),
        action="完成核查",
        deadlines=(limit,),
    )


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def test_sheet_of_findings_keeps_words_as_words(tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    write_findings(Result((record(),)), path, TODAY)
    sheet = openpyxl.load_workbook(path).active
    heading, *body = sheet.iter_rows()
    wanted = ["序号", "位置", "原文", "问题", "依据", "建议", "级别", "处理结果"]
    assert [cell.value for cell in heading if cell.value in wanted] == wanted
    assert all(cell.data_type != "f" for row in body for cell in row)
    assert body[2][[cell.value for cell in heading].index("原文")].value == NASTY
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
    assert [row[0].hyperlink.target + "#" + row[0].hyperlink.location for row in body] == [
        f"report.html#f{number}" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "1e5", "2026-01-01", "http://example.invalid", "\x01坏字符", "<r>粗</r>"]
)
def test_sheets_never_interpret_words(tmp_path: Path, words: str) -> None:
    path = tmp_path / "findings.xlsx"
    write_findings(Result((record(f"标题\n{words}\n", findings=(finding(words, words),)),)), path, TODAY)
    cell = openpyxl.load_workbook(path).active["D2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", words.replace("\x01", ""), None)


def test_sheets_keep_what_excel_takes_for_codes_of_characters(tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    words = "_x0041_ & <b>"
    write_findings(Result((record(f"标题\n{words}\n", findings=(finding(words, words),)),)), path, TODAY)
    with zipfile.ZipFile(path) as file:
        cells = etree.fromstring(file.read("xl/worksheets/sheet1.xml")).xpath("//*[local-name()='c'][@r='D2']")
    assert ["".join(cell.itertext()) for cell in cells] == ["_x005F_x0041_ & <b>"]


def test_register_names_who_does_what_by_when(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    write_register(Result((record(),)), path, TODAY)
    table = pandas.read_excel(path, dtype=str, keep_default_na=False)
    row = table.iloc[0].to_dict()
    assert list(table.columns)[:6] == ["序号", "任务内容", "牵头单位", "责任单位", "配合单位", "完成时限"]
    assert (row["任务内容"], row["牵头单位"], row["责任单位"], row["配合单位"]) == ("完成核查", "市财政局", "", "市审计局")
    assert (row["完成时限"], str(row["截止日期"])[:10]) == ("2026年6月30日前", "2026-06-30")


def test_page_escapes_every_word_and_asks_no_network() -> None:
    page = report_html.render(Result((record(),)), TODAY)
    assert "<script>alert" not in page and "<b>测试" not in page and "&lt;b&gt;测试" in page
    tree = lxml_html.fromstring(page)
    assert not tree.xpath("//@src | //link | //iframe | //img | //*[@style] | //@*[starts-with(name(), 'on')]")
    assert all(not href.startswith("http") for href in tree.xpath("//a/@href"))
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy


def test_every_link_on_the_page_leads_somewhere() -> None:
    tree = lxml_html.fromstring(report_html.render(Result((record(), record(path="b.txt"))), TODAY))
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    assert {href[1:] for href in tree.xpath("//a/@href")} <= set(names)
    assert {"f1", "f6", "t1", "t2", "m1", "d2"} <= set(names)


def test_marks_show_exactly_the_words() -> None:
    tree = lxml_html.fromstring(report_html.render(Result((record(),)), TODAY))
    marked = {mark.get("data-f"): mark.text_content() for mark in tree.xpath("//mark")}
    assert marked == {"1": "完成核查", "3": NASTY}


def test_overlapping_findings_lose_no_letter() -> None:
    text = "甲乙丙丁\n\n戊己庚辛"
    lines = lines_of(text, [(1, Span(1, 7)), (2, Span(2, 3)), (3, Span(4, 6))], [(1, Span(0, 10))])
    assert ["".join(piece.text for piece in line) for line in lines] == ["甲乙丙丁", "戊己庚辛"]
    assert [(piece.text, piece.findings) for piece in lines[0]] == [("甲", ()), ("乙", (1,)), ("丙", (1, 2)), ("丁", (1,))]


def test_differences_show_what_changed() -> None:
    own, other = differences("应当在20日内完成迁移", "应当在15日内完成迁移")
    assert [text for text, differs in own if differs] == ["20"]
    assert [text for text, differs in other if differs] == ["15"]
    assert "".join(text for text, _ in other) == "应当在15日内完成迁移"


def word_bytes() -> bytes:
    """A Word file with a run in three fonts, a link-like field, a deletion, an insertion and a comment of somebody's."""
    made = WordDocument()
    made.add_paragraph("关于测试的通知")
    paragraph = made.add_paragraph()
    for words, bold in (("市财政", True), ("局牵头，\t于6月", False), ("底前完成核查。", True)):
        paragraph.add_run(words).bold = bold
    change = '<w:{0} xmlns:w="{1}" w:id="90" w:author="甲"><w:r><w:{2}>{3}</w:{2}></w:r></w:{0}>'
    for mark, tag, words in (("del", "delText", "删去的字"), ("ins", "t", "插入的字")):
        paragraph._p.append(etree.fromstring(change.format(mark, W[1:-1], tag, words)))
    made.add_comment(paragraph.runs[0], "原有批注", "乙")
    made.sections[0].footer.paragraphs[0].text = "页脚"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


WORD_TEXT = "关于测试的通知\n市财政局牵头，\t于6月底前完成核查。插入的字"


def commented_words(data: bytes) -> dict[str, tuple[str, str]]:
    """Number of a comment → the words between its marks, and its own words; read with lxml alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
        listed = etree.fromstring(file.read("word/comments.xml"))
    open_now: set[str] = set()
    words: dict[str, str] = {}
    for element in root.iter():
        number = element.get(f"{W}id")
        if element.tag == f"{W}commentRangeStart":
            open_now.add(number)
            words[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_now.remove(number)
        elif element.tag == f"{W}t":
            words |= {number: words[number] + element.text for number in open_now}
    assert not open_now
    return {c.get(f"{W}id"): (words[c.get(f"{W}id")], "".join(c.itertext())) for c in listed}


@pytest.mark.parametrize(
    "words", ["市财政局", "财政", "局牵头，\t于6月底", "完成", "核查。插入", "插入的字", "关于测试的通知", "查"]
)
def test_comments_stand_at_the_exact_words(words: str) -> None:
    source = record(WORD_TEXT, findings=()).document
    start = WORD_TEXT.index(words)
    made = with_comments(word_bytes(), source, [WordComment(Span(start, start + len(words)), ("一", "二"))], TODAY, None)
    anchored = commented_words(made)
    assert anchored["0"] == ("市财政", "原有批注")
    assert anchored["1"] == (words.replace("\t", ""), "一二")


def test_comments_that_overlap_each_keep_their_words() -> None:
    source = record(WORD_TEXT, findings=()).document
    spans = [("财政局", "甲"), ("局牵头", "乙"), ("财政局牵头", "丙"), ("市财政局", "丁")]
    notes = [WordComment(Span((at := WORD_TEXT.index(words)), at + len(words)), (name,)) for words, name in spans]
    anchored = commented_words(with_comments(word_bytes(), source, notes, TODAY, None))
    assert [anchored[str(n)] for n in (1, 2, 3, 4)] == spans


def test_everything_else_in_the_file_stays() -> None:
    before = word_bytes()
    source = record(WORD_TEXT, findings=()).document
    after = with_comments(before, source, [WordComment(Span(9, 12), ("甲",)), WordComment(None, ("乙",))], TODAY, Span(0, 7))
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert changed == {"word/document.xml", "word/comments.xml"}
        roots = [etree.fromstring(file.read("word/document.xml")) for file in (old, new)]
    texts = [[(node.tag, node.text) for node in root.iter(f"{W}delText")] for root in roots]
    assert texts[0] == texts[1]
    fonts = [
        [(letter, run.bold) for p in WordDocument(io.BytesIO(d)).paragraphs for run in p.runs for letter in run.text]
        for d in (before, after)
    ]
    assert fonts[0] == fonts[1]
    assert commented_words(after)["2"][0] == "关于测试的通知"


def test_drafts_of_other_formats_get_a_word_file_of_their_text() -> None:
    anchored = commented_words(annotated(record(), TODAY))
    assert [words for words, _ in anchored.values()] == ["完成核查", "关于<b>测试</b>的通知", NASTY]
    assert "《意见》第二十一条" in anchored["0"][1]


def test_sheet_of_advice_is_filled() -> None:
    sheet = WordDocument(io.BytesIO(opinion(record(), TODAY)))
    words = "\n".join(p.text for p in sheet.paragraphs) + "\n".join(c.text for t in sheet.tables for r in t.rows for c in r.cells)
    assert not re.search(r"\{\w+\}", words)
    assert "提出意见3处（警告3处）" in words and "2026年4月1日" in words
    assert len(sheet.tables[-1].rows) == 1 + 3


def test_a_template_without_a_row_for_findings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    WordDocument().save(str(path))
    with pytest.raises(TemplateError, match="问题"):
        check_template(path)


def test_names_of_word_files_are_unique() -> None:
    named = word_names([record(path=path) for path in ("a/稿.txt", "b/稿.docx", "稿-2.md", "x.zip!/稿.html")])
    assert len({name for name, _ in named}) == 4
    assert named[0][0] == "稿.docx"


def test_command_writes_everything_and_tells_where(tmp_path: Path) -> None:
    drafts, out = tmp_path / "drafts", tmp_path / "out"
    drafts.mkdir()
    (drafts / "甲.txt").write_text("关于检查的通知\n市水务局于2026年5月底前完成检查。\n", encoding="utf-8")
    run = CliRunner().invoke(group, ["review", str(drafts), "--out", str(out), "--today", "2026-04-01"])
    assert run.exit_code in (0, 1), run.output
    names = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert {"report.html", "findings.xlsx", "register.xlsx", "findings.json"} <= names
    assert {"annotated/甲.docx", "opinions/甲.docx"} <= names
    assert "审核报告" in run.output and "合计" in run.output


@pytest.mark.parametrize("arguments", [["--index", "nowhere"], ["--today", "2026-02-30"], ["--opinion-template", "nowhere.docx"]])
def test_wrong_usage_is_one_line_in_chinese(tmp_path: Path, arguments: list[str]) -> None:
    draft = tmp_path / "甲.txt"
    draft.write_text("关于检查的通知\n", encoding="utf-8")
    run = CliRunner().invoke(group, ["review", str(draft), "--out", str(tmp_path / "out"), *arguments])
    assert run.exit_code == 2
    assert not (tmp_path / "out").exists()
    assert re.search(r"[\u4e00-\u9fff]", run.output)


def test_evidence_with_similarity_is_set_side_by_side() -> None:
    proof = Evidence("a.txt", "于5月底前完成核查", title="关于核查的通知", similarity=0.9, in_force=True)
    draft = record()
    draft = replace(draft, findings=(replace(draft.findings[0], evidence=(proof,)),))
    tree = lxml_html.fromstring(report_html.render(Result((draft,)), TODAY))
    assert tree.xpath("//div[@class='pair']//ins/text()") and "现行有效" in tree.text_content()
