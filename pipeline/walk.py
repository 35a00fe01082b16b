"""Find the files to read. Goes in: paths given by the user. Comes out: files in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click


class UsageError(click.ClickException):
    """Wrong usage, or nothing that could be done: one message, exit status 2."""

    exit_code = 2


def files_in(paths: Iterable[str]) -> Iterator[Path]:
    """Files under the paths, sorted, each once. Raises UsageError for a path that is not there or a folder without files."""
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise UsageError(f"找不到文件或目录：{given}")
        found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        if not found:
            raise UsageError(f"目录中没有文件：{given}")
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file
