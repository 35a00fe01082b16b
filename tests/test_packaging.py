"""The wheel: its top level is exactly `shenwen`, the data files are in it, the samples and tests are not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names in a wheel that is built from a copy, so that no `build/` of an earlier day gets in."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for folder in ("corpus", "extractors", "checks", "pipeline"):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source / file)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(target),
        ".",
    ]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return zipfile.ZipFile(next(target.glob("*.whl"))).namelist()


def test_the_top_level_is_ours_alone(names: list[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"shenwen"}


def test_every_module_and_data_file_is_packed(names: list[str]) -> None:
    kept = (".py", ".toml", ".csv", ".txt", ".sql", ".html", ".css", ".js", ".json", ".docx")
    wanted = {
        f"shenwen/{path.relative_to(ROOT)}"
        for folder in ("corpus", "extractors", "checks", "pipeline")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in kept and "samples" not in path.parts and "__pycache__" not in path.parts
    }
    assert not wanted - set(names)


def test_samples_stay_out(names: list[str]) -> None:
    assert not [name for name in names if "samples" in name or "tests" in name.split("/")]
