"""Strict type check of the four packages under the names they are installed by.

Checkers cannot follow the editable install's import hook, so the wheel's layout is laid out with links in a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "extractors", "checks", "pipeline")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        namespace = Path(folder) / "shenwen"
        namespace.mkdir()
        for package in PACKAGES:
            (namespace / package).symlink_to(ROOT / package, target_is_directory=True)
        command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
        command += ["--cache-dir", str(ROOT / ".mypy_cache")]
        command += [word for package in PACKAGES for word in ("-p", f"shenwen.{package}")]
        return subprocess.run(command, cwd=folder, env={**os.environ, "MYPYPATH": folder}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
