"""`shenwen index`: build and keep the index of documents and laws in force."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenwen.pipeline.cli.chinese import ChineseGroup
from shenwen.pipeline.walk import UsageError, files_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shenwen.corpus.index import Index
    from shenwen.pipeline.indexing import Added


@click.group(
    "index", cls=ChineseGroup, help="建立和维护现行文件索引。", subcommand_metavar="命令 [参数]...", options_metavar="[选项]"
)
def command() -> None:
    """The group; its commands follow."""


_index = click.option("--index", "folder", required=True, metavar="目录", help="索引所在的目录")
_jobs = click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="进程数  [默认：处理器个数]")


@command.command("add", help="把已发文件加入索引；内容未变的文件不重复加入。")
@click.argument("paths", nargs=-1, required=True, metavar="路径...")
@_index
@_jobs
def add(paths: tuple[str, ...], folder: str, jobs: int | None) -> None:
    from shenwen.pipeline.indexing import add_files

    files = list(files_in(paths))
    with opened(folder, create=True) as index:
        _finish(index, add_files(index, files, jobs), len(files))


@command.command("laws", help="把法律法规汇编（JSON Lines，可为 .gz）加入索引。")
@click.argument("file", metavar="文件")
@_index
@_jobs
def laws(file: str, folder: str, jobs: int | None) -> None:
    from shenwen.pipeline.indexing import add_laws

    path = Path(file)
    if not path.is_file():
        raise UsageError(f"找不到文件：{file}")
    with opened(folder, create=True) as index:
        try:
            _finish(index, add_laws(index, path, jobs), None)
        except (OSError, ValueError, EOFError) as error:
            raise UsageError(f"{file} 不是法律汇编文件：{error}") from error


@command.command("info", help="索引里有什么。")
@_index
def info(folder: str) -> None:
    with opened(folder) as index:
        counts = index.counts()
        click.echo(f"索引：{folder}")
        click.echo(f"已发文件 {counts.get('issued', 0):,} 件，法律法规 {counts.get('law', 0):,} 件")
        failures = index.failures()
        if failures:
            click.echo(f"未能读取 {len(failures):,} 个文件：")
            for path, reason, message in failures:
                click.echo(f"  {path}：{message}（{reason}）")


@command.command("verify", help="检查索引是否完好。")
@click.option("--repair", is_flag=True, help="重建可以重建的部分（排序指纹）")
@_index
def verify(folder: str, repair: bool) -> None:
    with opened(folder) as index:
        if repair:
            index.sort(force=True)
        problems = index.problems()
    for problem in problems:
        click.echo(problem)
    click.echo("索引完好" if not problems else f"发现 {len(problems)} 处问题")
    raise SystemExit(1 if problems else 0)


@command.command("export", help="导出为 Parquet，供其他工具分析。")
@click.option("--out", required=True, metavar="目录", help="写入的目录")
@_index
def export(folder: str, out: str) -> None:
    from shenwen.pipeline.index_export import write_parquet

    with opened(folder) as index:
        try:
            names = write_parquet(index, Path(out))
        except OSError as error:
            raise UsageError(f"无法写入 {out}：{error.strerror}") from error
    click.echo("已写入：" + "、".join(names))


def opened(folder: str, create: bool = False) -> Index:
    """The index in a folder. Raises UsageError where there is none or it cannot be used."""
    from shenwen.corpus.index import IndexProblem, open_index

    try:
        return open_index(Path(folder), create)
    except IndexProblem as problem:
        raise UsageError(str(problem)) from problem
    except OSError as error:
        raise UsageError(f"无法使用目录 {folder}：{error.strerror}") from error


def _finish(index: Index, results: Iterable[Added], total: int | None) -> None:
    """Follow the work to its end, say what came of it. Exit status 1 where a file could not be read, 2 where none could."""
    documents = failed = skipped = 0
    for number, added in enumerate(results, 1):
        documents += len(added.stored)
        for failure in added.failures:
            skipped += failure.status == "skipped"
            failed += failure.status != "skipped"
            click.echo(f"shenwen：{failure.path}：{failure.message}（{failure.reason.value}）", err=True)
        if sys.stderr.isatty() and number % 20 == 0:
            click.echo(f"\r已读 {number}" + (f" / {total}" if total else ""), nl=False, err=True)
    counts = index.counts()
    passed = f"，跳过 {skipped} 个系统文件" if skipped else ""
    missed = f"，{failed} 个文件未能读取" if failed else ""
    click.echo(f"读入 {documents} 件{missed}{passed}；索引现有 {sum(counts.values()):,} 件")
    if failed:
        raise SystemExit(1 if documents else 2)
