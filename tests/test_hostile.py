"""Each file of the hostile set ends with a document or one clear reason; nothing is fetched, nothing is written."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from hostile import HOSTILE, IN_A_WORKER, NOTICE

from shenwen.corpus.model import Document, Failure, Reason
from shenwen.extractors.read import read_file
from shenwen.pipeline.cli import group
from shenwen.pipeline.engine import run_all


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - IN_A_WORKER))
def test_it_ends_with_a_document_or_a_clear_reason(name: str, tmp_path: Path) -> None:
    make, reasons = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    items = list(read_file(path, name))
    assert items
    for item in items:
        if isinstance(item, Failure):
            assert item.reason is not Reason.CRASHED, item.message
            assert re.search("[一-鿿]", item.message)
            assert len(item.message) <= 300
        else:
            assert all(item.quote(block.span).strip() for block in item.blocks)
    if reasons is not None:
        assert {item.reason if isinstance(item, Failure) else None for item in items} <= reasons
    assert list(tmp_path.iterdir()) == [path]


def read_in_worker(path: str) -> list[Reason]:
    return [item.reason for item in read_file(Path(path)) if isinstance(item, Failure)]


def test_a_file_that_never_ends_costs_itself_and_not_the_batch(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("zip_in_zip.zip", *IN_A_WORKER, "count_that_lies.pdf")]
    for path in paths:
        path.write_bytes(HOSTILE[path.name][0]())
    ends = run_all(map(str, paths), read_in_worker, lambda _, why: [why.reason], jobs=1, seconds=3)
    assert list(ends) == [[Reason.TOO_NESTED], [Reason.TIMEOUT], [Reason.DAMAGED]]


def read(name: str, folder: Path) -> list[Document | Failure]:
    path = folder / name
    path.write_bytes(HOSTILE[name][0]())
    return list(read_file(path, name))


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    assert not any(isinstance(item, Document) and "root:" in item.text for item in read("external_entity.docx", tmp_path))


def test_names_that_lead_out_are_only_names(tmp_path: Path) -> None:
    items = read("paths_that_lead_out.zip", tmp_path)
    assert all(isinstance(item, Document) for item in items)
    assert not Path("/var/shenwen-hostile.txt").exists()


@pytest.mark.parametrize(
    "name", ["external_relationships.docx", "cyclic_styles.docx", "chunk_within_itself.docx", "broken_xref.pdf"]
)
def test_what_is_legible_is_read_all_the_same(name: str, tmp_path: Path) -> None:
    (item,) = read(name, tmp_path)
    assert isinstance(item, Document), item
    assert "清淤" in item.text


@pytest.mark.parametrize("command", ["lint", "review", "extract", "text", "ledger"])
def test_every_command_ends_on_a_file_that_never_ends(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in IN_A_WORKER:
        (tmp_path / name).write_bytes(HOSTILE[name][0]())
    (tmp_path / "通知.txt").write_bytes(NOTICE)
    (tmp_path / "shenwen.toml").write_text("[limits]\nseconds = 2\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    options = {"review": ["--out", str(tmp_path / "out")]}
    run = CliRunner().invoke(group, [command, str(tmp_path), *options.get(command, [])], catch_exceptions=False)
    assert run.exit_code in (0, 1)
    assert "超过单个文件的时限 2 秒" in run.stderr


def test_word_takes_in_no_pdf(tmp_path: Path) -> None:
    (item,) = read("pdf_within.docx", tmp_path)
    assert isinstance(item, Document) and any("不是 Word 可以嵌入的文件类型" in note for note in item.notes)
