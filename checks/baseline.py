"""A baseline: the findings that an old stock of documents had on a given day, so that only new ones count.

Findings are kept as counts by file name and fingerprint, so that moved lines and folders do not bring them back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePath

from shenwen.checks.settings import SettingsError
from shenwen.corpus.model import Finding

Counts = Counter[tuple[str, str]]


def counts_of(findings: Iterable[Finding]) -> Counts:
    """How often each finding occurs, by file name and fingerprint."""
    return Counter((PurePath(finding.path).name, finding.fingerprint) for finding in findings)


def load_baseline(path: Path) -> Counts:
    """Raises SettingsError for a file that is not a baseline."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["version"] != 1:
            raise SettingsError(f"基线文件 {path} 的版本 {table['version']} 不受支持")
        return Counter({(name, mark): int(n) for name, marks in table["files"].items() for mark, n in marks.items()})
    except OSError as error:
        raise SettingsError(f"无法打开基线文件 {path}：{error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, SettingsError):
            raise
        raise SettingsError(f"基线文件 {path} 不是审文的基线") from error


def dump_baseline(findings: Iterable[Finding]) -> str:
    """The baseline's text: sorted, one finding a line, fit for version control."""
    files: dict[str, dict[str, int]] = {}
    for (name, mark), number in sorted(counts_of(findings).items()):
        files.setdefault(name, {})[mark] = number
    return json.dumps({"version": 1, "files": files}, ensure_ascii=False, indent=1) + "\n"


def new_findings(findings: Iterable[Finding], baseline: Counts) -> tuple[Finding, ...]:
    """The findings beyond those that the baseline counts."""
    left = Counter(baseline)
    new = []
    for finding in findings:
        key = (PurePath(finding.path).name, finding.fingerprint)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return tuple(new)
