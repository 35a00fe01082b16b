"""Plain text, its encodings and wrapped lines; formats by content; members of zip archives."""

from __future__ import annotations

import codecs
import io
import zipfile
from pathlib import Path

import pytest

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import BlockKind, Document, Failure, Reason
from shenwen.extractors.read import Limits, read_bytes, read_file, read_members

NOTICE = "云川市人民政府办公室关于做好河道清淤工作的通知\n各县（区）人民政府：\n请于6月底前完成清淤。\n"


def read(data: bytes) -> Document:
    item = read_bytes("x", data)
    assert isinstance(item, Document), item
    return item


def failed(data: bytes, limits: Limits | None = None) -> Failure:
    item = read_bytes("x", data, limits or Limits())
    assert isinstance(item, Failure), item
    return item


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    assert read(NOTICE.encode(encoding)).text == NOTICE


def test_utf_16_big_endian_with_mark() -> None:
    assert read(codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-be")).text == NOTICE


def test_newlines_are_universal() -> None:
    assert read(NOTICE.replace("\n", "\r\n").encode()).text == NOTICE


def test_a_few_lost_bytes_are_noted() -> None:
    document = read(NOTICE.encode() * 9 + b"\xff\xfe" + "甲".encode() + b"\x80")
    assert document.text.startswith(NOTICE)
    assert document.notes


def test_blocks_are_paragraphs_at_their_lines() -> None:
    document = read(("\n　　" + NOTICE).encode())
    assert [document.quote(block.span) for block in document.blocks] == NOTICE.split("\n")[:3]
    assert [block.anchor.line for block in document.blocks] == [2, 3, 4]


WRAPPED = """　　一、落实清淤责任。各县（区）人民政府对本辖区河道清淤工作负总责，要把任务分解
到乡镇、到村、到人，逐段明确责任人并向社会公布；市水务局要加强技术指导，及时协调解
决跨区域问题。
　　二、保障清淤经费。市财政局要在年度预算中安排专项资金，各县（区）按照不低于百分之
三十的比例配套，专款专用，任何单位和个人不得截留、挤占和挪用。
　　三、加强监督检查。市政府督查室每季度通报一次进展情况，对进度滞后的，约谈主要负责
人并责令限期整改到位。
"""


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    document = read(WRAPPED.encode())
    assert [document.quote(block.span)[:2] for block in document.blocks] == ["一、", "二、", "三、"]
    assert document.text == WRAPPED


def test_one_paragraph_a_line_is_left_alone() -> None:
    lines = [f"第{n}条　河道管理单位应当每月巡查一次，并做好记录备查。" for n in "一二三四五六七八"]
    assert len(read("\n".join(lines).encode()).blocks) == 8


def test_tabs_make_a_row() -> None:
    document = read("序号\t任务\t完成时限\n1\t河道清淤\t6月底\n".encode())
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert [[document.quote(cell) for cell in row.cells] for row in rows] == [
        ["序号", "任务", "完成时限"],
        ["1", "河道清淤", "6月底"],
    ]


def test_markdown_headings() -> None:
    document = read("# 工作方案\n\n## 一、目标\n\n- 清淤十条河道\n- 建成两座泵站\n".encode())
    assert document.format is FileFormat.MARKDOWN
    assert [block.level for block in document.blocks if block.kind is BlockKind.HEADING] == [1, 2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\t", Reason.EMPTY),
        ("　　\n　".encode(), Reason.EMPTY),
        (bytes(range(256)) * 40, Reason.DAMAGED),
        (b"\x00\x05\x16\x07" + bytes(40), Reason.APPLEDOUBLE),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), Reason.SCANNED),
        (b"Rar!\x1a\x07\x00" + bytes(40), Reason.UNSUPPORTED),
        (b"MZ\x90\x00" + bytes(40), Reason.UNSUPPORTED),
        (b"PK\x03\x04" + bytes(60), Reason.TRUNCATED),
    ],
)
def test_what_is_no_text_has_its_reason(data: bytes, reason: Reason) -> None:
    assert failed(data).reason is reason


def test_the_limit_is_named() -> None:
    failure = failed(b"x" * 100, Limits(file_bytes=50))
    assert failure.reason is Reason.TOO_LARGE
    assert "file_bytes" in failure.message


def test_files_of_the_system_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "Thumbs.db"
    path.write_bytes(b"whatever")
    (item,) = read_file(path)
    assert isinstance(item, Failure)
    assert item.status == "skipped"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_members_are_documents_under_the_archive_name() -> None:
    data = zipped({"通知.txt": NOTICE.encode(), "空.txt": b"", "../../逃逸.txt": NOTICE.encode("gb18030")})
    items = list(read_members("a.zip", data))
    assert [item.path for item in items] == ["a.zip!/通知.txt", "a.zip!/空.txt", "a.zip!/../../逃逸.txt"]
    assert [type(item) for item in items] == [Document, Failure, Document]


def test_archives_in_archives_have_an_end() -> None:
    data = zipped({"甲.txt": NOTICE.encode()})
    for depth in range(6):
        data = zipped({f"{depth}.zip": data})
    (item,) = read_members("a.zip", data)
    assert isinstance(item, Failure)
    assert item.reason is Reason.TOO_NESTED


def test_a_bomb_is_stopped_while_it_inflates() -> None:
    (item,) = read_members("a.zip", zipped({"炸弹.txt": bytes(40 * 2**20)}))
    assert isinstance(item, Failure)
    assert item.reason is Reason.EXPANSION


def test_too_many_members() -> None:
    data = zipped({f"{n}.txt": b"x" for n in range(12)})
    (item,) = read_members("a.zip", data, Limits(members=10))
    assert isinstance(item, Failure)
    assert item.reason is Reason.TOO_MANY_MEMBERS
