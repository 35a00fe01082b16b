"""Bad input: a one-line message in Chinese, the contract's exit status, no traceback."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from shenwen.pipeline.cli import COMMANDS

RUN = [sys.executable, "-c", "from shenwen.pipeline.cli import main; main()"]


def shenwen(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*RUN, *arguments], capture_output=True, check=False)


def one_line(message: bytes) -> str:
    text = message.decode("utf-8").strip()
    assert text.count("\n") == 0, text
    assert "Traceback" not in text
    assert re.search("[\u4e00-\u9fff]", text)
    return text


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\t\n")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "good.txt").write_text("关于印发实施方案的通知\n请各单位于6月底前完成。\n", encoding="utf-8")
    (tmp_path / "nothing").mkdir()
    return tmp_path


@pytest.mark.parametrize("command", ["extract", "lint", "text"])
def test_a_missing_file(command: str) -> None:
    run = shenwen(command, "不存在.docx")
    assert run.returncode == 2
    assert "不存在.docx" in one_line(run.stderr)


@pytest.mark.parametrize("command", ["extract", "lint", "text"])
def test_a_folder_without_files(command: str, files: Path) -> None:
    run = shenwen(command, str(files / "nothing"))
    assert run.returncode == 2
    assert "nothing" in one_line(run.stderr)


@pytest.mark.parametrize("name", ["empty.txt", "blank.txt", "noise.bin"])
@pytest.mark.parametrize("command", ["extract", "lint", "text"])
def test_a_file_that_cannot_be_read(command: str, name: str, files: Path) -> None:
    run = shenwen(command, str(files / name))
    assert run.returncode == 2
    assert name in one_line(run.stderr)


def test_one_bad_file_does_not_stop_the_others(files: Path) -> None:
    run = shenwen("extract", str(files / "empty.txt"), str(files / "good.txt"))
    assert run.returncode == 1
    assert "empty.txt" in one_line(run.stderr)
    assert b'"type":"document"' in run.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["workdays", "2019-02-30", "5"],
        ["workdays", "明天", "5"],
        ["explain", "ZX9999"],
        ["lint", "--select", "ZX9999", "good.txt"],
        ["lint", "--today", "2019-13-01", "good.txt"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_wrong_usage(arguments: list[str], files: Path) -> None:
    run = shenwen(*[str(files / word) if word == "good.txt" else word for word in arguments])
    assert run.returncode == 2
    one_line(run.stderr)


def test_an_index_that_is_not_there(files: Path) -> None:
    run = shenwen("lint", str(files / "good.txt"), "--index", str(files / "no-index"))
    assert run.returncode == 2
    assert "no-index" in one_line(run.stderr)


@pytest.mark.parametrize("arguments", [["extract"], ["lint"], ["workdays"], ["nonsense"], ["extract", "--format", "yaml", "a"]])
def test_usage_errors_of_the_command_line_itself(arguments: list[str]) -> None:
    run = shenwen(*arguments)
    assert run.returncode == 2
    one_line(run.stderr)


@pytest.mark.parametrize("name", [*COMMANDS, "index add", "index laws", "index info", "index verify", "index export"])
def test_help_is_in_chinese_and_aligned(name: str) -> None:
    page = shenwen(*name.split(), "--help").stdout.decode()
    assert "用法：" in page and "显示本帮助。" in page
    assert not re.search(r"Usage|Options|OPTIONS|required|default|Show|<=|>=", page)
    rows = [
        found for line in page.splitlines() if (found := re.match(r"  (-\S+(?: [^\x00-\x7f]+|, --help)?)( {2,})(?=\S)", line))
    ]
    wide = [len(row.group()) + len(re.findall(r"[^\x00-\x7f]", row.group())) for row in rows]
    assert len(set(wide)) == 1, page
