"""Find the files to read. Goes in: paths given by the user. Comes out: files in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click


class UsageError(click.ClickException):
    """Wrong usage, or nothing that could be done: one message, exit status 2."""

    exit_code = 2


def name_of(path: Path) -> str:
    """The path as records have it: bytes that are no UTF-8 are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def files_in(paths: Iterable[str]) -> Iterator[Path]:
    """Files under the paths, sorted, each once. Raises UsageError for a path that is not there or a folder without files."""
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise UsageError(f"找不到文件或目录：{given}")
        found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() or _dangles(p))
        if not found:
            raise UsageError(f"目录中没有文件：{given}")
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file


def _dangles(path: Path) -> bool:
    """A link to nothing is reported, not passed over."""
    return path.is_symlink() and not path.exists()
