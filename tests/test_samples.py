"""The small office's day: its files come out in every format, readable, and the same each time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shenwen.corpus.model import Record
from shenwen.pipeline.cli import group
from shenwen.pipeline.process import records_of
from shenwen.pipeline.walk import files_in

SCRIPT = Path(__file__).parent.parent / "corpus" / "samples" / "make_samples.py"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("office")
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(out)], check=True, capture_output=True)
    return out


def test_every_format_is_there(office: Path) -> None:
    suffixes = {path.suffix for path in files_in([str(office)])}
    assert suffixes == {".docx", ".html", ".pdf", ".txt", ".md"}


def test_every_file_is_read(office: Path) -> None:
    for path in files_in([str(office)]):
        for item in records_of(path):
            assert isinstance(item, Record), f"{path.name}：{item}"
            assert "云川市" in item.document.text or "江南省" in item.document.text, path.name


def test_drafts_are_drafts_and_numbered_one_after_the_other(office: Path) -> None:
    names = [path.name[:2] for path in sorted((office / "drafts").iterdir())]
    assert names == [f"{n:02}" for n in range(1, len(names) + 1)]


def test_each_draft_shows_what_it_was_written_for(office: Path, tmp_path: Path) -> None:
    CliRunner().invoke(group, ["index", "add", str(office / "issued"), "--index", str(tmp_path / "index"), "--jobs", "1"])
    folders = [str(office / "drafts"), str(office / "issued"), "--index", str(tmp_path / "index"), "--out", str(tmp_path / "out")]
    run = CliRunner().invoke(group, ["review", *folders, "--today", "2026-06-01"], catch_exceptions=False)
    assert run.exit_code == 1
    found: dict[str, set[str]] = {}
    for finding in json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))["findings"]:
        found.setdefault(Path(finding["path"]).stem, set()).add(finding["rule"])
    wanted = {
        "01-规范政务数据共享": {"ZX2101"},
        "02-加装电梯工作": {"ZX2102", "ZX0703"},
        "03-提升服务意识": {"ZX2103"},
        "04-市容环境整治方案": {"ZX0001", "ZX0301", "ZX0303", "ZX0701", "ZX2105", "ZX2107", "ZX2201"},
        "06-重点任务分工方案": {"ZX2104"},
        "加装电梯实施意见": {"ZX1302"},
        "小微企业稳岗若干措施": {"ZX1301"},
    }
    assert {name: rules - found.get(name, set()) for name, rules in wanted.items()} == {name: set() for name in wanted}
