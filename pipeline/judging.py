"""From a record to its findings: rules, settings, marks in the draft. The same for lint, review, scan and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shenwen.checks.interpretation_clock import options_problem, shared_options
from shenwen.checks.rule import Context, Remark, Rule, judge, to_finding
from shenwen.checks.settings import Settings, SettingsError, find_settings, load_settings
from shenwen.checks.suppressions import Suppression, suppressions
from shenwen.corpus.model import Failure, Finding, Record, Span
from shenwen.corpus.workdays import Calendar
from shenwen.extractors.content import Limits
from shenwen.pipeline.limits import limits_of
from shenwen.pipeline.process import by_file, records_in

if TYPE_CHECKING:
    from shenwen.corpus.pairing_tables import Pairing


@dataclass(frozen=True, slots=True)
class Judge:
    """Rules with all they need; made once, asked for every record.

    What rules find in a record alone (`begun`) may be found in a worker; what they find in it among the others of its batch, and
    what is shown of all that, follows where the batch is known (`ended`).
    """

    settings: Settings
    context: Context
    rules: tuple[Rule, ...]
    skipped: tuple[Rule, ...] = ()

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        return limits_of(self.settings)

    def among(self, peers: Pairing) -> Judge:
        """This judge with what it must know of the other documents of a batch."""
        return judge_with(self.settings, self.context.archive, self.context.today, peers)

    def __reduce__(self) -> tuple[Any, ...]:
        """Into a worker goes what the judge is made of; the index is opened there."""
        folder = getattr(self.context.archive, "folder", None)
        if self.context.archive is not None and folder is None:
            raise TypeError("an archive without a folder cannot go into a worker")
        return _judge_in_worker, (self.settings, folder, self.context.today)

    def judged(self, record: Record) -> tuple[Record, int]:
        """The record with its findings, and how many findings the draft's own marks silenced."""
        return self.ended(self.begun(record))

    def begun(self, record: Record) -> Record:
        """The record with all that the rules find which ask nothing of its batch."""
        return self._with(record, [rule for rule in self.rules if not rule.needs_peers])

    def ended(self, record: Record) -> tuple[Record, int]:
        """A record that was begun, with its findings as they are shown, and how many the draft's own marks silenced."""
        found = self._with(record, [rule for rule in self.rules if rule.needs_peers]).findings
        marks = [mark for mark in suppressions(record.document) if mark.reason]
        left = [finding for finding in found if not any(mark.covers(finding) for mark in marks)]
        stale = self._stale(record, marks, found)
        shown = [self.settings.graded(finding) for finding in (*left, *stale) if self.settings.wanted(finding)]
        return replace(record, findings=tuple(shown)), len(found) - len(left)

    def _with(self, record: Record, rules: list[Rule]) -> Record:
        found = (*record.findings, *judge(record.document, record.facts, self.context, rules))
        return replace(record, findings=tuple(sorted(found, key=_place)))

    def _stale(self, record: Record, marks: Iterable[Suppression], found: tuple[Finding, ...]) -> Iterator[Finding]:
        """A finding for each mark that silenced nothing, though all its rules ran."""
        ran = {rule.id: rule for rule in self.rules}
        if "ZX9001" not in ran:
            return
        for mark in marks:
            if set(mark.rules) <= set(ran) and not any(mark.covers(finding) for finding in found):
                remark = Remark(f"忽略标记（{'、'.join(mark.rules)}）已无问题可忽略", mark.span, suggestion="删去该标记")
                yield to_finding(ran["ZX9001"], remark, record.document, record.facts)


def begun_by_file(paths: Iterable[Path], judge: Judge) -> Iterator[tuple[Path, list[Record | Failure]]]:
    """Each file with its documents, read and begun, in order; many files in workers."""
    return by_file(paths, judge.limits, partial(_begun_in, judge=judge))


def _begun_in(path: str, limits: Limits, judge: Judge) -> list[Record | Failure]:
    return [judge.begun(item) if isinstance(item, Record) else item for item in records_in(path, limits)]


def _judge_in_worker(settings: Settings, folder: Path | None, today: date | None) -> Judge:
    from shenwen.corpus.index import open_index

    return judge_with(settings, open_index(folder) if folder else None, today)


def _place(finding: Finding) -> tuple[Span, str]:
    return finding.location.span or Span(-1, -1), finding.rule


def judge_with(settings: Settings, archive: Any | None = None, today: date | None = None, peers: Pairing | None = None) -> Judge:
    """A judge for these settings. Rules that ask an archive or a batch (`peers`) that is not given are set aside in `skipped`."""
    if problem := options_problem(settings.options):
        raise SettingsError(problem)
    rules = settings.rules()
    context = Context(
        archive=archive,
        today=today,
        options=shared_options(settings.options),
        organisation=settings.organisation,
        profile=settings.profile,
        peers=peers,
        calendar=calendar_of(settings),
    )
    able = tuple(
        rule for rule in rules if (archive is not None or not rule.needs_index) and (peers is not None or not rule.needs_peers)
    )
    return Judge(settings, context, able, tuple(rule for rule in rules if rule not in able))


def calendar_of(settings: Settings) -> Calendar:
    """Working days: the national ones and what the office's own file adds. Raises SettingsError."""
    if settings.calendar is None:
        return Calendar.default()
    try:
        return Calendar.default().with_file(Path(settings.calendar))
    except OSError as error:
        raise SettingsError(f"无法打开日历文件 {settings.calendar}：{error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"日历文件有误：{error}") from error


def settings_for(given: str | None, folder: Path | None = None) -> Settings:
    """Settings from the file that was named, else from the nearest `shenwen.toml`. Raises SettingsError."""
    path = Path(given) if given else find_settings((folder or Path()).resolve())
    return load_settings(path) if path else Settings()
