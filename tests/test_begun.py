"""A review that was stopped goes on where it was, and comes to the same end."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from shenwen.checks.settings import Settings
from shenwen.pipeline import process, review
from shenwen.pipeline.begun import Begun
from shenwen.pipeline.cli import group
from shenwen.pipeline.judging import Judge, judge_with

TODAY = date(2026, 4, 1)


@pytest.fixture
def drafts(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "drafts"
    folder.mkdir()
    for number in range(6):
        text = f"关于检查第{number}批电梯的通知\n各单位应当于2026年5月底前完成检查，不得拖延。\n市政府办公室\n2026年3月{number + 1}日\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    return sorted(folder.iterdir())


def judge(settings: Settings = Settings()) -> Judge:  # noqa: B008  frozen
    return judge_with(settings, None, TODAY)


def gone_on(out: Path, drafts: list[Path], many: int | None = None, settings: Settings = Settings()) -> tuple[list, list[Path]]:  # noqa: B008
    """What comes of so many of the drafts, and which were read for it."""
    read: list[Path] = []

    def reading(paths: list[Path]):  # type: ignore[no-untyped-def]
        for path, items in review._by_file(paths, judge(), None):
            read.append(path)
            yield path, items

    begun = Begun(out, judge(settings))
    found = list(islice(begun.go_on(drafts, reading), many))
    begun.close()
    return found, read


def test_only_what_was_not_read_is_read(drafts: list[Path], tmp_path: Path) -> None:
    whole, _ = gone_on(tmp_path / "undisturbed", drafts)
    _, read = gone_on(tmp_path / "out", drafts, 4)
    assert read == drafts[:4]
    found, read = gone_on(tmp_path / "out", drafts)
    assert (found, read) == (whole, drafts[4:])
    drafts[1].write_text("关于河道的通知\n", encoding="utf-8")
    assert gone_on(tmp_path / "out", drafts)[1] == [drafts[1]]
    assert gone_on(tmp_path / "out", drafts, settings=Settings(organisation="云川市人民政府"))[1] == drafts


def test_the_command_goes_on_and_leaves_only_results(drafts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(out: str) -> int:
        arguments = ["review", str(drafts[0].parent), "--out", str(tmp_path / out), "--today", TODAY.isoformat()]
        return CliRunner().invoke(group, arguments).exit_code

    monkeypatch.setattr(process, "MANY", 2)
    with monkeypatch.context() as stopped:
        stopped.setattr(review, "write_reports", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        run("out")
    assert (tmp_path / "out/.begun/index.db").is_file()
    (drafts[0].parent / ".begun").mkdir()
    (drafts[0].parent / ".begun/index.db").write_bytes(b"another batch's")
    assert run("out") == run("undisturbed") == 1
    assert not (tmp_path / "out/.begun").exists()
    for name in ("findings.json", "report.html"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "undisturbed" / name).read_bytes()
