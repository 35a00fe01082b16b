"""Scan: every file accounted for, only what changed is read again, killed at any moment it ends with the same outputs."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from shenwen.pipeline.scan_outputs import OUTPUTS

TODAY = "2026-03-01"


def notice(topic: str, month: int) -> str:
    return (
        f"云川市人民政府关于加强{topic}管理的通知\n云政发〔2025〕{month}号\n各县（区）人民政府：\n"
        f"一、各县（区）人民政府应当于2025年{month}月底前完成{topic}排查，建立台账，逐项整改销号。\n"
        f"二、市{topic}主管部门负责监督检查，每季度通报一次，对整改不力的约谈主要负责人。\n"
        f"三、{topic}管理经费列入年度预算，专款专用，任何单位和个人不得截留、挤占、挪用。\n云川市人民政府\n2025年{month}月6日\n"
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "档案"
    (folder / "子目录").mkdir(parents=True)
    for month, topic in enumerate(("河道", "校车", "燃气", "电梯", "桥梁", "山林", "校舍", "渡口"), 1):
        (folder / "子目录" / f"{topic}.txt").write_text(notice(topic, month), encoding="utf-8")
    (folder / "河道副本.txt").write_text(notice("河道", 1), encoding="gb18030")
    (folder / "空.txt").write_bytes(b"")
    (folder / "._河道.txt").write_bytes(b"\x00\x05\x16\x07" + bytes(30))
    (folder / "断.pdf").write_bytes(b"%PDF-1.5\n1 0 obj")
    return folder


def command(archive: Path, work: Path) -> list[str]:
    code = "from shenwen.pipeline.cli import main; main()"
    place = ["--index", str(work / "index"), "--out", str(work / "out"), "--today", TODAY, "--jobs", "2"]
    return [sys.executable, "-c", code, "scan", str(archive), *place]


def scan(archive: Path, work: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(archive, work), capture_output=True, text=True, timeout=120)


def rows(work: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (work / "out" / name).read_text(encoding="utf-8").splitlines()]


def outputs(work: Path) -> dict[str, bytes]:
    return {name: (work / "out" / name).read_bytes() for name in OUTPUTS}


def test_every_file_is_accounted_for_and_copies_are_found(archive: Path, tmp_path: Path) -> None:
    run = scan(archive, tmp_path)
    assert run.returncode == 1, run.stderr
    documents = {Path(row["path"]).name: row for row in rows(tmp_path, "documents.jsonl")}
    assert len(documents) == 12
    assert {name: documents[name]["status"] for name in ("空.txt", "._河道.txt", "断.pdf", "校车.txt")} == {
        "空.txt": "empty",
        "._河道.txt": "skipped",
        "断.pdf": "failed",
        "校车.txt": "ok",
    }
    same = [row for row in rows(tmp_path, "duplicates.jsonl") if row["relation"] == "same"]
    assert [{Path(row["a"]).name, Path(row["b"]).name} for row in same] == [{"河道.txt", "河道副本.txt"}]
    assert {Path(row["path"]).name for row in rows(tmp_path, "obligations.jsonl")} >= {"校车.txt", "河道副本.txt"}
    assert "Traceback" not in run.stderr


def test_only_what_changed_is_read_again(archive: Path, tmp_path: Path) -> None:
    scan(archive, tmp_path)
    before = outputs(tmp_path)
    assert "本次读取 0 个" in scan(archive, tmp_path).stderr
    assert outputs(tmp_path) == before
    (archive / "子目录" / "校车.txt").write_text(notice("校车安全", 9), encoding="utf-8")
    (archive / "河道副本.txt").unlink()
    run = scan(archive, tmp_path)
    assert "本次读取 1 个" in run.stderr
    documents = {Path(row["path"]).name: row for row in rows(tmp_path, "documents.jsonl")}
    assert "河道副本.txt" not in documents
    assert "校车安全" in documents["校车.txt"]["title"]
    assert not [row for row in rows(tmp_path, "duplicates.jsonl") if row["relation"] == "same"]


def test_killed_at_any_moment_it_ends_with_the_same_outputs(archive: Path, tmp_path: Path) -> None:
    scan(archive, tmp_path / "undisturbed")
    disturbed = tmp_path / "disturbed"
    moments = random.Random(7)
    for _ in range(5):
        process = subprocess.Popen(
            command(archive, disturbed), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.2, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    run = scan(archive, disturbed)
    assert run.returncode == 1, run.stderr
    assert outputs(disturbed) == outputs(tmp_path / "undisturbed")


@pytest.mark.parametrize("name", ["没有这个目录", "空目录"])
def test_wrong_usage_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "空目录").mkdir()
    run = scan(tmp_path / name, tmp_path)
    assert run.returncode == 2
    assert name in run.stderr
    assert "Traceback" not in run.stderr


def test_another_day_reads_nothing_again_and_another_archive_forgets_nothing(archive: Path, tmp_path: Path) -> None:
    scan(archive, tmp_path)
    before = outputs(tmp_path)
    other = tmp_path / "别处"
    other.mkdir()
    (other / "渡口.txt").write_text(notice("渡口", 3), encoding="utf-8")
    scan(other, tmp_path)
    run = subprocess.run([*command(archive, tmp_path), "--today", "2026-03-02"], capture_output=True, text=True, timeout=120)
    assert "本次读取 0 个" in run.stderr
    assert outputs(tmp_path).keys() == before.keys()
    assert outputs(tmp_path)["documents.jsonl"] == before["documents.jsonl"]


def test_repeated_documents_are_findings_too(tmp_path: Path) -> None:
    folder = tmp_path / "档案"
    folder.mkdir()
    first, again = notice("河道", 1), notice("河道", 2).replace("云川市", "云川市东湖区").replace("县（区）", "乡镇")
    (folder / "市.txt").write_text(first * 1, encoding="utf-8")
    (folder / "区.txt").write_text(again, encoding="utf-8")
    scan(folder, tmp_path)
    found = [row for row in rows(tmp_path, "findings.jsonl") if row["rule"] == "ZX2102"]
    assert {Path(row["path"]).name for row in found} == {"区.txt"}
    assert {Path(each["source"]).name for row in found for each in row["evidence"]} == {"市.txt"}


def test_interpretations_are_looked_for_among_all_files_and_no_tables_are_left(tmp_path: Path) -> None:
    folder = tmp_path / "档案"
    folder.mkdir()
    (folder / "河道.txt").write_text(notice("河道", 3), encoding="utf-8")
    (folder / "河道解读.txt").write_text(
        "《云川市人民政府关于加强河道管理的通知》政策解读\n近日，云川市人民政府印发了《云川市人民政府关于加强河道管理的通知》，现解读如下：\n"
        "一、河道由谁管、怎样管、何时办完，通知作了规定。\n云川市水务局\n2025年3月28日\n",
        encoding="utf-8",
    )
    scan(folder, tmp_path)
    (row,) = rows(tmp_path, "interpretations.jsonl")
    assert (row["status"], row["workdays"]) == ("late", 16)
    late = [row for row in rows(tmp_path, "findings.jsonl") if row["rule"] == "ZX1302"]
    assert [Path(row["path"]).name for row in late] == ["河道.txt"]
    assert not list((tmp_path / "index").glob("pairing-*"))


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names there are Unicode")
def test_names_in_another_encoding_and_links_to_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "档案"
    folder.mkdir()
    (folder / os.fsdecode("通知.txt".encode("gb18030"))).write_text(notice("河道", 1), encoding="utf-8")
    (folder / "无.txt").symlink_to("不在这里")
    for _ in range(2):
        run = scan(folder, tmp_path)
        assert "Traceback" not in run.stderr
        assert [row["status"] for row in rows(tmp_path, "documents.jsonl")] == ["ok", "failed"]
    assert "本次读取 0 个" in run.stderr


def test_a_damaged_index_is_named(archive: Path, tmp_path: Path) -> None:
    scan(archive, tmp_path)
    file = tmp_path / "index" / "index.db"
    data = bytearray(file.read_bytes())
    data[4096 * 3 :] = bytes(len(data) - 4096 * 3)
    file.write_bytes(data)
    run = scan(archive, tmp_path)
    assert run.returncode == 2
    assert "索引" in run.stderr
    assert "Traceback" not in run.stderr
