"""`shenwen review`: a batch of drafts in; comments in Word, sheets, a page to read out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from shenwen.pipeline.cli.limits import ocr_option
from shenwen.pipeline.cli.lint import a_date
from shenwen.pipeline.cli.progress import teller
from shenwen.pipeline.walk import UsageError, files_in

if TYPE_CHECKING:
    from shenwen.checks.settings import Settings
    from shenwen.pipeline.begun import Begun
    from shenwen.pipeline.judging import Judge
    from shenwen.pipeline.metadata_table import MetadataTable
    from shenwen.pipeline.reports.result import Result


@click.command("review", help="审核一批草稿。有警告及以上的问题或有文件未能读取时退出码为 1，用法有误时为 2。")
@click.argument("paths", nargs=-1, required=True, metavar="路径...")
@click.option("--out", required=True, metavar="目录", help="结果写入的目录")
@click.option("--index", metavar="目录", help="现行文件索引，用于检查重复发文和政策解读")
@click.option("--today", callback=a_date, metavar="日期", help="以这一天为今天  [默认：当日]")
@click.option("--config", metavar="文件", help="设置文件  [默认：当前目录或上级目录中的 shenwen.toml]")
@click.option("--metadata", metavar="文件", help="本单位的文件登记表（CSV、xlsx）：文件名、文号、成文日期、发布日期等")
@click.option("--opinion-template", metavar="文件", help="本单位的审核意见模板（docx）  [默认：自带模板]")
@ocr_option
def command(
    paths: tuple[str, ...],
    out: str,
    index: str | None,
    today: date | None,
    config: str | None,
    metadata: str | None,
    opinion_template: str | None,
    ocr: bool,
) -> None:
    from shenwen.corpus.index import IndexProblem
    from shenwen.pipeline.begun import FOLDER
    from shenwen.pipeline.review import examine, write_reports

    day = today or date.today()
    template = _template(opinion_template)
    files = [file for file in files_in(paths) if FOLDER not in file.parts]
    judge = _judge(config, index, day, ocr)
    register = a_register(metadata, judge.settings)
    begun = _begun(files, Path(out), judge, register)
    try:
        result = examine(files, judge, _teller(len(files)), register, begun)
    except IndexProblem as problem:
        raise UsageError(str(problem)) from problem
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    _tell_failures(result)
    _tell_unmatched(register, result)
    try:
        if result.records:
            write_reports(result, Path(out), day, template)
    except OSError as error:
        raise UsageError(f"无法写入 {error.filename or out}：{error.strerror}") from error
    if begun:
        begun.remove()
    if not result.records:
        raise UsageError("没有一份文件可以读取，未生成审核结果")
    click.echo(summary(result, Path(out)))
    raise SystemExit(exit_status(result, judge.settings.fail_on))


def _begun(files: list[Path], out: Path, judge: Judge, register: MetadataTable | None) -> Begun | None:
    """What was read of this batch before; None for a few files, which are read again in no time. Raises UsageError."""
    from shenwen.pipeline.begun import Begun
    from shenwen.pipeline.process import MANY

    try:
        return Begun(out, judge, register) if len(files) >= MANY else None
    except OSError as error:
        raise UsageError(f"无法写入 {error.filename or out}：{error.strerror}") from error


def _teller(total: int) -> Callable[[str], None]:
    """Each file's name in a plain line, or on a terminal one line that counts."""
    if not sys.stderr.isatty():
        return lambda name: click.echo(f"正在审核 {name}", err=True)
    tell, done = teller("已审核"), count()
    return lambda _: tell(next(done), total)


def a_register(given: str | None, settings: Settings) -> MetadataTable | None:
    """The office's own table of files, if one is named. Raises UsageError."""
    if given is None:
        return None
    from shenwen.pipeline.metadata_table import MetadataError, load_metadata

    try:
        return load_metadata(Path(given), dict(settings.metadata))
    except MetadataError as error:
        raise UsageError(str(error)) from error


def _template(given: str | None) -> Path | None:
    from shenwen.pipeline.reports.opinion_docx import TemplateError, check_template

    if given is None:
        return None
    try:
        check_template(Path(given))
    except TemplateError as error:
        raise UsageError(str(error)) from error
    return Path(given)


def _judge(config: str | None, index: str | None, day: date, ocr: bool) -> Judge:
    from dataclasses import replace

    from shenwen.checks.rule import PluginError
    from shenwen.checks.settings import SettingsError
    from shenwen.pipeline.cli.lint import open_archive
    from shenwen.pipeline.judging import judge_with, settings_for

    try:
        settings = settings_for(config)
        settings = replace(settings, ocr=ocr or settings.ocr)
        folder = index or settings.index
        return judge_with(settings, open_archive(folder) if folder else None, day)
    except (SettingsError, PluginError) as error:
        raise UsageError(str(error)) from error


def _tell_failures(result: Result) -> None:
    for failure in result.failures:
        click.echo(f"shenwen：{failure.path}：{failure.message}（{failure.reason.value}）", err=True)


def _tell_unmatched(register: MetadataTable | None, result: Result) -> None:
    """Names the first rows of the office's table that belong to no file."""
    from shenwen.pipeline.metadata_table import unmatched

    names = unmatched(register, result.records) if register else []
    if register and names:
        more = "等" if len(names) > 5 else ""
        click.echo(
            f"shenwen：登记表 {register.source} 中有 {len(names)} 行没有对应的文件：{'、'.join(names[:5])}{more}", err=True
        )


def exit_status(result: Result, fail_on: str | None) -> int:
    """1 where findings reach the failing severity or a file could not be read, else 0."""
    from shenwen.corpus.model import Severity

    limit = None if fail_on == "never" else Severity(fail_on or "warning")
    return int(bool(result.failures) or result.fails(limit))


def summary(result: Result, out: Path) -> str:
    """The table at the end: one line a file, then where the report is."""
    from shenwen.corpus.model import Severity
    from shenwen.pipeline.reports.result import skipped_words
    from shenwen.pipeline.reports.wording import file_name
    from shenwen.pipeline.tasks import tasks_of

    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    rows: list[tuple[str, ...]] = [("文件", "错误", "警告", "提示", "任务")]
    for record in result.records:
        counts = [sum(finding.severity is severity for finding in record.findings) for severity in order]
        rows.append((file_name(record.document), *map(str, counts), str(len(tasks_of(record)))))
    rows.append(("合计", *(str(sum(int(row[n]) for row in rows[1:])) for n in range(1, 5))))
    room = max(get_terminal_size((120, 24)).columns - 25, 20)
    named = [(_fitted(row[0], room), *row[1:]) for row in rows]
    width = max(_width(row[0]) for row in named)
    lines = [row[0] + " " * (width - _width(row[0])) + "".join(" " * (6 - _width(c)) + c for c in row[1:]) for row in named]
    if result.failures:
        lines.append(f"有 {len(result.failures)} 个文件无法读取，未审核。")
    lines.extend(skipped_words(result))
    lines.append(f"审核报告：{out / 'report.html'}")
    lines.append(f"审核意见表、任务台账、批注稿、审核意见：{out}")
    return "\n".join(lines)


def _fitted(name: str, room: int) -> str:
    """The name, its middle left out where it is wider than the terminal has room for; both ends tell files apart."""
    if _width(name) <= room:
        return name
    head, tail = name, ""
    while _width(head) > (room - 2) // 2:
        head = head[:-1]
    for sign in reversed(name):
        if _width(head) + 2 + _width(sign + tail) > room:
            break
        tail = sign + tail
    return f"{head}…{tail}"


def _width(text: str) -> int:
    """Columns that a terminal needs: Chinese characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
