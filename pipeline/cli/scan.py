"""`shenwen scan`: an archive into an index, and everything found in it into files."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenwen.pipeline.cli.lint import a_date
from shenwen.pipeline.walk import UsageError, files_in

if TYPE_CHECKING:
    from shenwen.checks.settings import Settings
    from shenwen.pipeline.scan import Job, Summary

_STATUS = {"ok": "读出", "empty": "空文件", "scanned": "扫描件", "failed": "未能读取", "skipped": "跳过"}
_RELATIONS = {"same": "同一文件", "revision": "不同版本", "restatement": "重复发文", "shared": "有共同段落"}
_CLOCK = {"on_time": "按时", "late": "逾期", "missing": "缺解读", "exempt": "无需解读", "undetermined": "无法确定"}


@click.command("scan", help="扫描档案库：可随时中断、随时续扫，只读新增和改动的文件；每个文件都有结果。")
@click.argument("paths", nargs=-1, required=True, metavar="路径...")
@click.option("--index", "folder", required=True, metavar="目录", help="索引所在的目录，没有就新建")
@click.option("--out", required=True, metavar="目录", help="结果写入的目录")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="进程数  [默认：处理器个数]")
@click.option("--seconds", type=click.FloatRange(0.1), default=60.0, show_default=True, metavar="秒", help="单个文件的时限")
@click.option("--today", callback=a_date, metavar="日期", help="以这一天为今天  [默认：当日]")
@click.option("--config", metavar="文件", help="设置文件  [默认：当前目录或上级目录中的 shenwen.toml]")
def command(
    paths: tuple[str, ...], folder: str, out: str, jobs: int | None, seconds: float, today: date | None, config: str | None
) -> None:
    from shenwen.pipeline.cli.index import opened
    from shenwen.pipeline.scan import Job, read_archive

    files = sorted(files_in(paths))
    job = Job(_settings(config), today or date.today(), seconds, jobs)
    with opened(folder, create=True) as index:
        read = read_archive(index, files, job, _tell)
        click.echo(f"文件 {len(files):,} 个，本次读取 {read:,} 个，其余未变", err=True)
        try:
            summary = _written(index, files, job, Path(out))
        except OSError as error:
            raise UsageError(f"无法写入 {error.filename or out}：{error.strerror}") from error
    click.echo(text_of(summary, out))
    raise SystemExit(status_of(summary))


def _settings(config: str | None) -> Settings:
    from shenwen.checks.rule import PluginError
    from shenwen.checks.settings import SettingsError
    from shenwen.pipeline.judging import settings_for

    try:
        return settings_for(config)
    except (SettingsError, PluginError) as error:
        raise UsageError(str(error)) from error


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r已读 {done:,} / {total:,}", nl=False, err=True)


def _written(index: object, files: list[Path], job: Job, out: Path) -> Summary:
    """The outputs, made anew only where something changed since they were written."""
    import msgspec

    from shenwen.corpus.index import Index
    from shenwen.pipeline.scan import OUTPUTS, Summary, state_of, write_outputs

    assert isinstance(index, Index)
    state = state_of(index, files, job)
    memory = out / "summary.json"
    if memory.is_file() and all((out / name).is_file() for name in OUTPUTS):
        try:
            known = msgspec.json.decode(memory.read_bytes(), type=dict[str, object])
            if known.pop("state", None) == state:
                return msgspec.convert(known, Summary)
        except (msgspec.MsgspecError, OSError):
            pass
    memory.unlink(missing_ok=True)
    summary = write_outputs(index, files, job, out)
    memory.write_bytes(msgspec.json.format(msgspec.json.encode(msgspec.to_builtins(summary) | {"state": state})) + b"\n")
    return summary


def text_of(summary: Summary, out: str) -> str:
    """The lines that end a scan."""
    lines = ["文件：" + _counted(summary.statuses, _STATUS)]
    if summary.reasons:
        lines.append("未读出的原因：" + "、".join(f"{reason} {number:,}" for reason, number in sorted(summary.reasons.items())))
    lines.append("文件之间：" + (_counted(summary.offences, _RELATIONS) or "没有重复"))
    lines.append("政策解读：" + (_counted(summary.clock, _CLOCK) or "没有需要解读的文件"))
    lines.append(
        f"任务和要求：{summary.rows.get('obligations.jsonl', 0):,} 条；问题：{summary.rows.get('findings.jsonl', 0):,} 条"
    )
    lines.append(f"结果：{out}")
    return "\n".join(lines)


def _counted(numbers: dict[str, int], names: dict[str, str]) -> str:
    return "、".join(f"{name} {numbers[key]:,}" for key, name in names.items() if numbers.get(key))


def status_of(summary: Summary) -> int:
    """2 where nothing could be read, 1 where something is wrong or could not be read, else 0."""
    if not summary.statuses.get("ok"):
        return 2
    wrong = (
        summary.severities.get("error", 0)
        + summary.severities.get("warning", 0)
        + summary.offences.get("restatement", 0)
        + summary.clock.get("late", 0)
        + summary.clock.get("missing", 0)
        + summary.statuses.get("failed", 0)
    )
    return int(bool(wrong))
