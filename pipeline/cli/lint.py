"""`shenwen lint`: findings on drafts before they are issued; the exit status shows whether anything stands in the way."""

from __future__ import annotations

import importlib
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shenwen.pipeline.cli.limits import ocr_option
from shenwen.pipeline.walk import UsageError, files_in

if TYPE_CHECKING:
    from shenwen.checks.settings import Settings
    from shenwen.corpus.model import Finding
    from shenwen.pipeline.judging import Judge
    from shenwen.pipeline.reports.result import Result

#: `--format` → module of pipeline/reports.
FORMATS = {name: f"as_{name}" for name in ("text", "json", "sarif", "github", "junit", "csv")}


def a_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """A day written YYYY-MM-DD. Raises UsageError."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"日期应写成 2026-01-31 的形式，且确有这一天：{value}") from error


@click.command("lint", help="发布前检查。有达到级别的问题时退出码为 1，用法有误或无文件可查时为 2。")
@click.argument("paths", nargs=-1, required=True, metavar="路径...")
@click.option("--index", metavar="目录", help="现行文件索引，用于检查重复发文")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="输出格式")
@click.option("--out", metavar="文件", help="结果写入文件")
@click.option("--select", multiple=True, metavar="规则", help="只用这些规则，可写编号开头，如 ZX21；可重复")
@click.option("--ignore", multiple=True, metavar="规则", help="不用这些规则；可重复")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="到哪一级退出码为 1  [默认：warning]")
@click.option("--baseline", metavar="文件", help="基线：其中已有的问题不再报告")
@click.option("--write-baseline", metavar="文件", help="把现有问题写成基线")
@click.option("--today", callback=a_date, metavar="日期", help="以这一天为今天  [默认：当日]")
@click.option("--config", metavar="文件", help="设置文件  [默认：当前目录或上级目录中的 shenwen.toml]")
@click.option("--fix", is_flag=True, help="直接改正确定无疑的问题（仅限文本文件）")
@click.option("--diff", is_flag=True, help="比较两份 JSON 结果：新增、已消除")
@ocr_option
def command(
    paths: tuple[str, ...],
    index: str | None,
    form: str,
    out: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    baseline: str | None,
    write_baseline: str | None,
    today: date | None,
    config: str | None,
    fix: bool,
    diff: bool,
    ocr: bool,
) -> None:
    from shenwen.checks.rule import PluginError
    from shenwen.checks.settings import SettingsError
    from shenwen.corpus.model import Severity

    try:
        settings = _settings(config, select, ignore, ocr)
        limit = fail_on or settings.fail_on or "warning"
        if diff:
            raise SystemExit(_compare(paths, limit))
        judge = _judge(settings, index, today)
        result = _mended(paths, judge, _result(paths, judge)) if fix else _result(paths, judge)
        if write_baseline:
            _write_baseline(write_baseline, result)
        result = _without_known(result, baseline)
    except (SettingsError, PluginError) as error:
        raise UsageError(str(error)) from error
    _show(result, form, out)
    if not result.records:
        raise SystemExit(2)
    if result.failures or result.fails(None if limit == "never" else Severity(limit)):
        raise SystemExit(1)


def _settings(config: str | None, select: tuple[str, ...], ignore: tuple[str, ...], ocr: bool) -> Settings:
    from dataclasses import replace

    from shenwen.checks.settings import check_rule_names
    from shenwen.pipeline.judging import settings_for

    settings = settings_for(config)
    settings = replace(settings, ocr=ocr or settings.ocr, ignore=settings.ignore + check_rule_names(ignore, "--ignore"))
    return replace(settings, select=check_rule_names(select, "--select") or settings.select)


def _judge(settings: Settings, index: str | None, today: date | None) -> Judge:
    from shenwen.pipeline.judging import judge_with

    folder = index or settings.index
    return judge_with(settings, open_archive(folder) if folder else None, today or date.today())


def open_archive(folder: str) -> Any:
    """The index in the folder. Raises UsageError where there is none or it cannot be used."""
    from shenwen.pipeline.cli.index import opened

    if not Path(folder).is_dir():
        raise UsageError(f"找不到索引目录：{folder}")
    return opened(folder)


def _result(paths: tuple[str, ...], judge: Judge) -> Result:
    from shenwen.corpus.model import Failure
    from shenwen.pipeline.judging import begun_by_file
    from shenwen.pipeline.peers import interpreted_peers
    from shenwen.pipeline.review import judged

    records, failures = [], []
    for item in (item for _, items in begun_by_file(files_in(paths), judge) for item in items):
        if isinstance(item, Failure):
            failures.append(item)
            click.echo(f"shenwen：{item.path}：{item.message}（{item.reason.value}）", err=True)
        else:
            records.append(item)
    peers = interpreted_peers(records, judge.context.archive)
    return judged(records, failures, judge.among(peers) if peers else judge)


def _mended(paths: tuple[str, ...], judge: Judge, result: Result) -> Result:
    """Certain repairs made in the files, then judged anew."""
    from shenwen.pipeline.mending import MendError, mend_file

    count = 0
    for record in result.records:
        try:
            count += mend_file(record.document, record.findings)
        except (MendError, OSError) as error:
            click.echo(f"shenwen：{error}", err=True)
    click.echo(f"shenwen：已改正 {count} 处", err=True)
    return _result(paths, judge) if count else result


def _compare(paths: tuple[str, ...], limit: str) -> int:
    """Exit status of comparing two reports: 1 where a new finding is at or above the limit."""
    from shenwen.corpus.model import Severity
    from shenwen.pipeline.reports.difference import difference, render

    if len(paths) != 2:
        raise UsageError("--diff 需要两份 JSON 结果：shenwen lint --diff 旧.json 新.json")
    change = difference(Path(paths[0]), Path(paths[1]))
    sys.stdout.write(render(change))
    return int(limit != "never" and any(Severity(row["severity"]).rank >= Severity(limit).rank for row in change.new))


def _without_known(result: Result, baseline: str | None) -> Result:
    """The result without the findings that the baseline has."""
    from dataclasses import replace

    from shenwen.checks.baseline import load_baseline, new_findings

    if not baseline:
        return result
    new: set[Finding] = set(new_findings(result.findings, load_baseline(Path(baseline))))
    records = tuple(replace(record, findings=tuple(f for f in record.findings if f in new)) for record in result.records)
    shown = sum(len(record.findings) for record in records)
    return replace(result, records=records, known=len(result.findings) - shown)


def _write_baseline(path: str, result: Result) -> None:
    from shenwen.checks.baseline import dump_baseline

    _write(path, dump_baseline(result.findings))


def _show(result: Result, form: str, out: str | None) -> None:
    report = importlib.import_module(f"shenwen.pipeline.reports.{FORMATS[form]}").render(result)
    if out:
        _write(out, report)
    else:
        sys.stdout.write(report)
        sys.stdout.flush()


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"无法写入 {path}：{error.strerror}") from error
