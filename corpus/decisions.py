"""What reviewers decided on findings: a file of its own beside the index, so that making the index anew loses no decision.

A finding is known by the name of its file and its fingerprint: moved lines and folders keep the decision.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shenwen.corpus.index import IndexProblem

_FILE = "decisions.sqlite"
_TABLE = """CREATE TABLE IF NOT EXISTS decisions (
    file TEXT NOT NULL, fingerprint TEXT NOT NULL, rule TEXT NOT NULL, accepted INTEGER NOT NULL, reason TEXT NOT NULL,
    decided TEXT NOT NULL, PRIMARY KEY (file, fingerprint)) WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One finding as decided: `file` without folders; `reason` is never empty where the finding was not accepted."""

    file: str
    fingerprint: str
    rule: str
    accepted: bool
    reason: str
    decided: date

    @property
    def words(self) -> str:
        """For people: 采纳, 不采纳."""
        return "采纳" if self.accepted else "不采纳"


Decisions = dict[tuple[str, str], Decision]


def decisions_in(folder: Path) -> Decisions:
    """All decisions beside the index in `folder`, by file name and fingerprint; empty where none was made. Raises IndexProblem."""
    if not (folder / _FILE).is_file():
        return {}
    with _opened(folder) as connection:
        rows = connection.execute("SELECT file, fingerprint, rule, accepted, reason, decided FROM decisions").fetchall()
    made = [Decision(file, mark, rule, bool(yes), reason, date.fromisoformat(day)) for file, mark, rule, yes, reason, day in rows]
    return {(each.file, each.fingerprint): each for each in made}


def decide(folder: Path, decision: Decision) -> None:
    """Keep a decision in place of an earlier one on the same finding. Raises ValueError: dismissed without a reason; IndexProblem."""
    if not decision.accepted and not decision.reason.strip():
        raise ValueError("请写明不采纳的理由")
    with _opened(folder) as connection, connection:
        row = (
            decision.file,
            decision.fingerprint,
            decision.rule,
            decision.accepted,
            decision.reason,
            decision.decided.isoformat(),
        )
        connection.execute("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)", row)


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(folder / _FILE, timeout=60)) as connection:
            connection.execute(_TABLE)
            yield connection
    except sqlite3.DatabaseError as error:
        raise IndexProblem(f"无法使用记载处理结果的文件：{folder / _FILE}（{error}）") from error
