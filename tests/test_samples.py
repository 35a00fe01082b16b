"""The small office's day: its files come out in every format, readable, and the same each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shenwen.corpus.model import Record
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
