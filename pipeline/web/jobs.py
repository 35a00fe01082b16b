"""Batches that were handed in: judged one after the other in the background, kept in memory for a while, then forgotten.

The drafts lie in a temporary folder only while they are judged. Results are never written to disk beyond that.
"""

from __future__ import annotations

import re
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from shenwen.corpus.decisions import Decision
from shenwen.pipeline.reports.result import Result

MOST_JOBS = 40
KEPT_SECONDS = 30 * 60

#: Files with their names → everything people look at, by path (`report.html`, `annotated/稿.docx`).
Work = Callable[[list[tuple[str, bytes]], Callable[[str], None]], "Done"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch came to. `rows` are one a draft: name, errors, warnings, hints, tasks."""

    files: dict[str, bytes]
    rows: list[tuple[str, int, int, int, int]]
    failures: list[tuple[str, str]]
    hints: tuple[str, ...] = ()
    result: Result | None = None


@dataclass(slots=True)
class Job:
    """One batch: `told` counts the files begun; `done` or `problem` is set at the end."""

    id: str
    total: int
    files: list[tuple[str, bytes]]
    told: int = 0
    done: Done | None = None
    problem: str | None = None
    ended: float | None = None
    changing: threading.Lock = field(default_factory=threading.Lock)


class Busy(Exception):
    """Too many batches wait."""


@dataclass(slots=True)
class Jobs:
    """The batches of one server. Safe to use from many threads."""

    work: Work
    slots: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(2))
    lock: threading.Lock = field(default_factory=threading.Lock)
    jobs: dict[str, Job] = field(default_factory=dict)

    def begin(self, files: list[tuple[str, bytes]]) -> Job:
        """Hand in a batch. Raises Busy."""
        job = Job(secrets.token_urlsafe(18), len(files), files)
        with self.lock:
            self._forget_old()
            if len(self.jobs) >= MOST_JOBS and not self._forget_oldest():
                raise Busy
            self.jobs[job.id] = job
        threading.Thread(target=self._run, args=(job,), daemon=True).start()
        return job

    def get(self, number: str) -> Job | None:
        """The batch, or None where it is unknown or forgotten."""
        with self.lock:
            self._forget_old()
            return self.jobs.get(number)

    def forget(self, number: str) -> None:
        """Drop a batch with all its results."""
        with self.lock:
            self.jobs.pop(number, None)

    def decided(self, number: str, decision: Decision) -> None:
        """Put a decision on a finding into the results of a batch."""
        job = self.get(number)
        if job is not None and job.done is not None:
            with job.changing:  # two decisions at once: none is lost
                job.done = with_decision(job.done, decision)

    def _forget_oldest(self) -> bool:
        """Drop the oldest results, if there are any."""
        ended = next((number for number, job in self.jobs.items() if job.ended is not None), None)
        return ended is not None and self.jobs.pop(ended) is not None

    def _forget_old(self) -> None:
        now = time.monotonic()
        for number, job in list(self.jobs.items()):
            if job.ended is not None and now - job.ended > KEPT_SECONDS:
                del self.jobs[number]

    def _run(self, job: Job) -> None:
        with self.slots:
            try:
                job.done = self.work(job.files, lambda _: self._tell(job))
            except Exception as error:  # a bug costs this batch, is named on the page, and never the server
                job.problem = f"程序内部出错：{type(error).__name__}: {error}"[:300]
            job.files, job.ended = [], time.monotonic()

    @staticmethod
    def _tell(job: Job) -> None:
        job.told += 1


def examine_files(
    files: list[tuple[str, bytes]], tell: Callable[[str], None], examine: Callable[..., Result], today: date
) -> Done:
    """Judge the files with `examine(paths, tell)`; they and the reports are on disk only while this runs."""
    from shenwen.pipeline.review import write_reports

    with tempfile.TemporaryDirectory(prefix="shenwen-") as folder:
        paths = []
        for number, (name, data) in enumerate(files):
            path = Path(folder) / "drafts" / str(number) / name
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
            paths.append(path)
        place = f"{Path(folder) / 'drafts'}/"
        result = _without_place(examine(paths, tell), place)
        out = Path(folder) / "out"
        if result.records:
            write_reports(result, out, today)
            said = out / "findings.json"
            said.write_text(_named(said.read_text(encoding="utf-8"), place), encoding="utf-8", newline="\n")
        made = {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
        return done_of(result, made)


def _without_place(result: Result, place: str) -> Result:
    """The result with the names people know in the list of unread files."""
    return replace(result, failures=tuple(replace(failure, path=_named(failure.path, place)) for failure in result.failures))


def _named(text: str, place: str) -> str:
    """The text with names in place of paths into the temporary folder (`<place>3/稿.docx` → `稿.docx`)."""
    return re.sub(re.escape(place) + r"\d+/", "", text)


def done_of(result: Result, files: dict[str, bytes]) -> Done:
    """What the page shows of a result."""
    from shenwen.corpus.model import Severity
    from shenwen.pipeline.reports.result import skipped_words
    from shenwen.pipeline.reports.wording import file_name
    from shenwen.pipeline.tasks import tasks_of

    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    rows = []
    for record in result.records:
        error, warning, info = (sum(f.severity is s for f in record.findings) for s in order)
        rows.append((file_name(record.document), error, warning, info, len(tasks_of(record))))
    failures = [(failure.path, failure.message) for failure in result.failures]
    return Done(files, rows, failures, skipped_words(result), result)


def with_decision(done: Done, decision: Decision) -> Done:
    """The results with one more decision, in the report and in the sheet of findings too."""
    from shenwen.pipeline.review import write_decided

    if done.result is None:
        return done
    decisions = {**done.result.decisions, (decision.file, decision.fingerprint): decision}
    result = replace(done.result, decisions=decisions)
    with tempfile.TemporaryDirectory(prefix="shenwen-") as folder:
        write_decided(result, Path(folder), decision.decided)
        made = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    return replace(done, files={**done.files, **made}, result=result)
