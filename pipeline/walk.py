"""Find the files to read. Goes in: paths given by the user. Comes out: files in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from shenwen.corpus.scan_table import Mark


class UsageError(click.ClickException):
    """Wrong usage, or nothing that could be done: one message, exit status 2."""

    exit_code = 2


def name_of(path: str | Path) -> str:
    """The path as records have it: bytes that are no UTF-8 are written out."""
    text = str(path)
    name = os.fsencode(text).decode("utf-8", "backslashreplace")
    return text if name == text else name


def mark_of(path: Path, version: str) -> Mark:
    """What tells the file, as it is now, from a changed one, read by this version."""
    from shenwen.corpus.scan_table import Mark

    try:
        stat = path.stat()
    except OSError:
        return Mark(-1, -1, version)
    return Mark(stat.st_size, stat.st_mtime_ns, version)


def files_in(paths: Iterable[str]) -> Iterator[Path]:
    """Files under the paths, sorted, each once. Raises UsageError for a path that is not there or a folder without files."""
    given = list(paths)
    seen: set[Path] = set()
    for each in given:
        path = Path(each)
        if not path.exists():
            raise UsageError(f"找不到文件或目录：{each}")
        found = iter([path] if path.is_file() else _below(path))
        if (first := next(found, None)) is None:
            raise UsageError(f"目录中没有文件：{each}")
        for file in chain([first], found):
            if file not in seen:
                if len(given) > 1:
                    seen.add(file)
                yield file


def names_in(paths: Iterable[str]) -> list[str]:
    """`files_in` as words, all in the order of their parts: a fraction of the memory."""
    given = list(paths)
    names = list(map(str, files_in(given)))
    return names if len(given) == 1 else sorted(names, key=lambda name: Path(name).parts)


def _below(folder: Path) -> Iterator[Path]:
    """All files below a folder in the order of their paths' parts; a folder that may not be read has none."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except PermissionError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(folder / entry.name)
        elif entry.is_file() or _dangles(folder / entry.name):
            yield folder / entry.name


def _dangles(path: Path) -> bool:
    """A link to nothing is reported, not passed over."""
    return path.is_symlink() and not path.exists()
