"""`shenwen scan`: an archive into an index, and everything found in it into files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenwen.pipeline.cli.limits import ocr_option
from shenwen.pipeline.cli.lint import a_date
from shenwen.pipeline.cli.progress import teller
from shenwen.pipeline.cli.review import a_register
from shenwen.pipeline.walk import UsageError, names_in

if TYPE_CHECKING:
    from shenwen.checks.settings import Settings
    from shenwen.pipeline.scan_outputs import Summary

_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}
_CLOCK = {"on_time": "按时", "late": "逾期", "missing": "缺解读", "exempt": "无需解读", "undetermined": "无法确定"}


@click.command("scan", help="扫描档案库：可随时中断、随时续扫，只读新增和改动的文件；每个文件都有结果。")
@click.argument("paths", nargs=-1, required=True, metavar="路径...")
@click.option("--index", "folder", required=True, metavar="目录", help="索引所在的目录，没有就新建")
@click.option("--out", required=True, metavar="目录", help="结果写入的目录")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="进程数  [默认：处理器个数]")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="local：本机多进程；dask：Dask 集群（需可选组件 dask，各台机器以同一路径看到文件和索引）",
)
@click.option("--scheduler", metavar="地址", help="Dask 调度器的地址，如 tcp://10.0.0.1:8786")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1),
    metavar="秒",
    help="单个文件的时限，按处理器时间计  [默认：60，识别文字时 600，或设置文件中 limits.seconds]",
)
@click.option("--today", callback=a_date, metavar="日期", help="以这一天为今天  [默认：当日]")
@click.option("--metadata", metavar="文件", help="本单位的文件登记表（CSV、xlsx）：文件名、文号、成文日期、发布日期等")
@click.option("--parquet", is_flag=True, help="另存为 Parquet 表，供 pandas 等工具使用")
@click.option("--config", metavar="文件", help="设置文件  [默认：当前目录或上级目录中的 shenwen.toml]")
@ocr_option
def command(
    paths: tuple[str, ...],
    folder: str,
    out: str,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    seconds: float | None,
    today: date | None,
    metadata: str | None,
    parquet: bool,
    config: str | None,
    ocr: bool,
) -> None:
    from shenwen.corpus.index import IndexProblem
    from shenwen.pipeline.cli.index import opened
    from shenwen.pipeline.engine_dask import ClusterProblem, check_cluster
    from shenwen.pipeline.limits import limits_of
    from shenwen.pipeline.scan import Job, read_archive
    from shenwen.pipeline.scan_outputs import ScanProblem, write_outputs

    if (engine == "dask") != bool(scheduler):
        raise UsageError("--engine dask 和 --scheduler 须一起使用")
    files = names_in(paths)
    settings = _settings(config, ocr)
    job = Job(
        settings,
        today or date.today(),
        seconds or limits_of(settings).seconds,
        jobs,
        a_register(metadata, settings),
        scheduler,
    )
    with opened(folder, create=True) as index:
        try:
            if scheduler:
                check_cluster(scheduler, (*paths, folder))
            read = read_archive(index, files, paths, job, teller("已读"))
            click.echo(f"文件 {len(files):,} 个，本次读取 {read:,} 个，其余未变；正在比较文件、整理结果", err=True)
            summary = write_outputs(index, files, job, Path(out))
            if parquet:
                from shenwen.pipeline.rows_parquet import write_parquet

                write_parquet(Path(out), summary)
        except (ScanProblem, ClusterProblem, IndexProblem) as problem:
            raise UsageError(str(problem)) from problem
        except OSError as error:
            raise UsageError(f"无法写入 {error.filename or out}：{error.strerror}") from error
    click.echo(text_of(summary, out))
    raise SystemExit(status_of(summary))


def _settings(config: str | None, ocr: bool) -> Settings:
    from dataclasses import replace

    from shenwen.checks.rule import PluginError
    from shenwen.checks.settings import SettingsError
    from shenwen.pipeline.judging import judge_with, settings_for

    try:
        settings = settings_for(config)
        return judge_with(
            replace(settings, ocr=ocr or settings.ocr)
        ).settings  # what cannot be followed shows before anything is read
    except (SettingsError, PluginError) as error:
        raise UsageError(str(error)) from error


def text_of(summary: Summary, out: str) -> str:
    """The lines that end a scan."""
    from shenwen.pipeline.reports.wording import RELATION_NAMES, STATUS_NAMES

    lines = ["文件：" + _counted(summary, "documents.jsonl", STATUS_NAMES)]
    lines.append("文件之间：" + (_counted(summary, "duplicates.jsonl", RELATION_NAMES) or "没有重复"))
    lines.append("政策解读：" + (_counted(summary, "interpretations.jsonl", _CLOCK) or "没有需要解读的文件"))
    lines.append("问题：" + (_counted(summary, "findings.jsonl", _SEVERITY) or "没有"))
    lines.append(f"任务和要求：{summary['obligations.jsonl'].rows:,} 条")
    lines.append(f"审计工作簿：{Path(out) / 'audit.xlsx'}")
    lines.append(f"文件关系图：{Path(out) / 'relations.html'}")
    lines.append(f"全部结果：{out}")
    return "\n".join(lines)


def _counted(summary: Summary, name: str, words: dict[str, str]) -> str:
    kinds = summary[name].kinds
    return "、".join(f"{word} {kinds[key]:,}" for key, word in words.items() if kinds.get(key))


#: Kinds of rows that something is to be done about.
_WRONG = {
    "documents.jsonl": ("failed",),
    "duplicates.jsonl": ("restatement",),
    "interpretations.jsonl": ("late", "missing"),
    "findings.jsonl": ("error", "warning"),
}


def status_of(summary: Summary) -> int:
    """2 where nothing could be read, 1 where something is wrong or could not be read, else 0."""
    if not summary["documents.jsonl"].kinds.get("ok"):
        return 2
    return int(any(summary[name].kinds.get(kind) for name, kinds in _WRONG.items() for kind in kinds))
