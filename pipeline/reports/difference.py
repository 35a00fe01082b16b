"""What changed between two JSON reports of `shenwen lint`: findings that are new, gone, and still there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from shenwen.checks.settings import SettingsError
from shenwen.corpus.model import Severity
from shenwen.pipeline.reports.as_text import shortened
from shenwen.pipeline.reports.result import SEVERITY_NAMES

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """Findings as they stand in the reports."""

    new: tuple[Row, ...]
    gone: tuple[Row, ...]
    same: int


def difference(old: Path, new: Path) -> Difference:
    """Compare by file name and fingerprint. Raises SettingsError for a file that is no report."""
    before, after = _findings(old), _findings(new)
    known, present = Counter(map(_key, before)), Counter(map(_key, after))
    return Difference(tuple(_beyond(after, known)), tuple(_beyond(before, present)), (known & present).total())


def render(change: Difference) -> str:
    """For a person: what is new, what is gone, and the numbers."""
    lines = [f"新增 {_line(row)}" for row in change.new] + [f"消除 {_line(row)}" for row in change.gone]
    return "\n".join([*lines, f"新增 {len(change.new)} 处，消除 {len(change.gone)} 处，未变 {change.same} 处。"]) + "\n"


def _findings(path: Path) -> list[Row]:
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        if report["version"] != 1:
            raise SettingsError(f"{path} 的版本 {report['version']} 不受支持")
        for row in report["findings"]:
            _key(row), Severity(row["severity"]), row["location"]["quote"]
        return list(report["findings"])
    except OSError as error:
        raise SettingsError(f"无法打开 {path}：{error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, SettingsError):
            raise
        raise SettingsError(f"{path} 不是 shenwen lint --format json 的结果") from error


def _key(row: Row) -> tuple[str, str]:
    return PurePath(row["path"]).name, row["fingerprint"]


def _beyond(rows: list[Row], known: Counter[tuple[str, str]]) -> Iterator[Row]:
    left = Counter(known)
    for row in rows:
        if left[_key(row)] > 0:
            left[_key(row)] -= 1
        else:
            yield row


def _line(row: Row) -> str:
    quote = shortened(row["location"]["quote"], 30)
    return f"{row['path']} {SEVERITY_NAMES[Severity(row['severity'])]} {row['rule']} {row['message']}" + (
        f"：{quote}" if quote else ""
    )
