"""What one run of the linter has to tell: the value that every report format shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from shenwen.checks.rule import Rule
from shenwen.corpus.decisions import Decision, Decisions
from shenwen.corpus.model import Failure, Finding, Record, Severity

#: Words for people.
SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


@dataclass(frozen=True, slots=True)
class Result:
    """Documents with their findings, files that could not be read, the rules that ran and those that could not (no index, no batch)."""

    records: tuple[Record, ...]
    failures: tuple[Failure, ...] = ()
    rules: tuple[Rule, ...] = ()
    skipped: tuple[Rule, ...] = ()
    known: int = 0
    """Findings left out because the baseline has them."""
    suppressed: int = 0
    """Findings left out because the draft says so, with a reason."""
    clock: tuple[dict[str, Any], ...] = ()
    """Rows of `interpretations.jsonl` for what was published and for what is interpreted; empty where nothing was."""
    decisions: Decisions = field(default_factory=dict)
    """What reviewers decided on findings before."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for record in self.records for finding in record.findings)

    def decision(self, finding: Finding) -> Decision | None:
        """What was decided on this finding, here or in an earlier version of the file."""
        return self.decisions.get((PurePath(finding.path).name, finding.fingerprint))

    def counts(self) -> Counter[Severity]:
        """How many findings of each severity."""
        return Counter(finding.severity for finding in self.findings)

    def fails(self, limit: Severity | None) -> bool:
        """Whether any finding is at or above `limit` (None: findings never fail)."""
        return limit is not None and any(finding.severity.rank >= limit.rank for finding in self.findings)


def skip_reason(rule: Rule) -> str:
    """Why a rule could not run: `no_index` or `no_peers` (no other documents to look among)."""
    return "no_index" if rule.needs_index else "no_peers"


def skipped_words(result: Result) -> tuple[str, ...]:
    """One sentence for each reason why rules did not run, with their ids."""
    reasons = {"no_index": "未指定 --index", "no_peers": "同批没有政策解读可以对照"}
    named = {why: "、".join(rule.id for rule in result.skipped if skip_reason(rule) == why) for why in reasons}
    return tuple(f"{words}，以下规则未执行：{named[why]}。" for why, words in reasons.items() if named[why])
