"""`quote == text[start:end]` for every record of every file: on the samples, on our cases, and on made-up documents."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from shenwen.corpus.model import Document, Record
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.as_json import record_json
from shenwen.pipeline.process import records_of, understand

SAMPLES = sorted(
    path for path in (Path(__file__).parent.parent / "corpus/samples").rglob("*") if path.is_file() and path.suffix != ".py"
)

LINES = st.sampled_from(
    [
        "關於進一步做好檔案工作的通知",
        "江南省人民政府办公厅关于印发《实施方案》的通知",
        "云政办发〔2026〕3号",
        "各县（区）人民政府，市政府各部门：",
        "一、总体要求",
        "（一）强化责任。各部门要在5个工作日内反馈，不得拖延。",
        "對附屬檔案要在收到的當日報告,並在3個工作日內布置落實;",
        "1.市财政局牵头，市审计局配合，2026年底前完成。",
        "第一条 为了规范管理，制定本办法。",
        "第二条 申请人应当自收到之日起三十日内提出。",
        "（责任单位：市教育局、市民政局）",
        "任务\t牵头单位\t完成时限",
        "建立台账\t市数据局\t6月底前",
        "本办法自2026年3月1日起施行，有效期5年。",
        "2026年2月2日",
        "　　附件：1.任务清单",
        "",
    ]
)


def assert_traceable(record: Record) -> None:
    text = record.document.text
    for row in record_json(record):
        if "start" in row and "quote" in row:
            assert row["quote"] == text[row["start"] : row["end"]]
        for limit in row.get("deadlines", []):
            assert limit["quote"] == text[limit["start"] : limit["end"]]
            assert row["start"] <= limit["start"] <= limit["end"] <= row["end"]
    for provision in record.facts.provisions:
        assert 0 <= provision.span.start <= provision.span.end <= provision.whole.end <= len(text)
    for citation in record.facts.citations:
        assert 0 <= citation.span.start < citation.span.end <= len(text)


def test_samples() -> None:
    records = [item for path in SAMPLES for item in records_of(path) if isinstance(item, Record)]
    assert records
    for record in records:
        assert_traceable(record)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", "\n    "]))
def test_made_up_documents(lines: list[str], newline: str) -> None:
    document = read_bytes("a.txt", newline.join(lines).encode())
    if isinstance(document, Document):
        assert_traceable(understand(document))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    document = read_bytes("a.txt", text.encode("utf-8", "surrogatepass"))
    if isinstance(document, Document):
        assert_traceable(understand(document))
