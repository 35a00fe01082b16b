"""The batch for a general office: drafts in, findings and everything people look at out.

Goes in: files and a judge. Comes out: a `Result`, and in the folder `report.html`, `findings.xlsx`, `register.xlsx`,
`interpretations.xlsx` (where documents are known to be published), `findings.json`, `annotated/` (drafts with Word comments) and
`opinions/` (one sheet of advice to sign for each draft).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shenwen.corpus.decisions import Decisions, decisions_in
from shenwen.corpus.model import Failure, Record
from shenwen.pipeline.judging import Judge, begun_by_file
from shenwen.pipeline.peers import peers_of
from shenwen.pipeline.process import records_by_file
from shenwen.pipeline.reports.result import Result
from shenwen.pipeline.reports.wording import file_name

if TYPE_CHECKING:
    from shenwen.pipeline.begun import Begun
    from shenwen.pipeline.metadata_table import MetadataTable

Tell = Callable[[str], None]


def examine(
    paths: Iterable[Path],
    judge: Judge,
    tell: Tell = lambda _: None,
    register: MetadataTable | None = None,
    begun: Begun | None = None,
) -> Result:
    """Every document in the files with its findings; `tell` hears each file's name before it is read.

    All are read before any is judged: whether a document was interpreted shows only among the others. `register` says what
    the files do not say of themselves, `begun` what was read before the batch was stopped.
    """
    from shenwen.pipeline.interpretations import rows_of_batch

    records: list[Record] = []
    failures: list[Failure] = []
    read = partial(_by_file, judge=judge, register=register)
    for path, items in begun.go_on(paths, read) if begun else read(paths):
        tell(str(path))
        for item in items:
            if isinstance(item, Failure):
                failures.append(item)
            else:
                records.append(item)
    peers = peers_of(records, judge.context.archive)
    result = judged(records, failures, judge.among(peers))
    clock = rows_of_batch(peers, {record.document.path for record in records}, judge)
    return replace(result, clock=clock, decisions=_decisions(judge))


def _decisions(judge: Judge) -> Decisions:
    """What was decided before, where an index keeps it."""
    from shenwen.corpus.index import Index

    archive = judge.context.archive
    return decisions_in(archive.folder) if isinstance(archive, Index) else {}


def _by_file(
    paths: Iterable[Path], judge: Judge, register: MetadataTable | None
) -> Iterator[tuple[Path, list[Record | Failure]]]:
    """Each file with its documents, begun; what a register says of them comes before what the rules say."""
    if register is None:
        yield from begun_by_file(paths, judge)
        return
    for path, items in records_by_file(paths, judge.limits):
        yield path, [judge.begun(_amended(item, register)) if isinstance(item, Record) else item for item in items]


def _amended(record: Record, register: MetadataTable) -> Record:
    from shenwen.pipeline.metadata_table import with_metadata

    return with_metadata(record, register)


def judged(records: Iterable[Record], failures: Iterable[Failure], judge: Judge) -> Result:
    """The result of a batch of records that were begun: each with its findings."""
    answers = [judge.ended(record) for record in records]
    silenced = sum(number for _, number in answers)
    return Result(tuple(record for record, _ in answers), tuple(failures), judge.rules, judge.skipped, suppressed=silenced)


def write_reports(result: Result, out: Path, today: date, template: Path | None = None) -> None:
    """Write everything people look at into the folder `out`; `template` is the office's own sheet of advice."""
    from shenwen.pipeline.reports import as_json, interpretations_xlsx, register_xlsx

    out.mkdir(parents=True, exist_ok=True)
    (out / "findings.json").write_text(as_json.render(result), encoding="utf-8", newline="\n")
    write_decided(result, out, today)
    register_xlsx.write_register(result, out / "register.xlsx", today)
    if result.clock:
        interpretations_xlsx.write_interpretations(lambda: result.clock, out / "interpretations.xlsx", today)
    _write_word_files(result, out, today, template)


def write_decided(result: Result, out: Path, today: date) -> None:
    """Write what shows the decisions on findings."""
    from shenwen.pipeline.reports import findings_xlsx, report_html

    (out / "report.html").write_text(report_html.render(result, today), encoding="utf-8", newline="\n")
    findings_xlsx.write_findings(result, out / "findings.xlsx", today)


def _write_word_files(result: Result, out: Path, today: date, template: Path | None) -> None:
    from shenwen.pipeline.reports.annotated_docx import annotated
    from shenwen.pipeline.reports.opinion_docx import opinion

    annotations, opinions = out / "annotated", out / "opinions"
    annotations.mkdir(exist_ok=True)
    opinions.mkdir(exist_ok=True)
    for name, record in word_names(result.records):
        (annotations / name).write_bytes(annotated(record, today))
        (opinions / name).write_bytes(opinion(record, today, template))


def word_names(records: Iterable[Record]) -> list[tuple[str, Record]]:
    """Each record with the name of its Word file: the draft's own name, numbered where two drafts share it."""
    taken: set[str] = set()
    named = []
    for record in records:
        stem = Path(file_name(record.document)).stem or "未命名"
        name, number = f"{stem}.docx", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}.docx"
        taken.add(name.casefold())
        named.append((name, record))
    return named
