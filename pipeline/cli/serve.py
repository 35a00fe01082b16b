"""`shenwen serve`: the local page."""

from __future__ import annotations

import secrets
import signal
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenwen.pipeline.walk import UsageError

if TYPE_CHECKING:
    from shenwen.checks.settings import Settings
    from shenwen.corpus.tasks import Task
    from shenwen.pipeline.reports.result import Result
    from shenwen.pipeline.web.jobs import Work
    from shenwen.pipeline.web.search_page import Hit
    from shenwen.pipeline.web.server import Search, Site


_HERE = "127.0.0.1"


@click.command("serve", help="在本机浏览器中使用审文：拖入草稿，阅读结果，下载批注稿和表格。只有本机可以访问，文件不外传。")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="端口", help="端口；0 表示任选")
@click.option(
    "--host", default=_HERE, show_default=True, metavar="地址", help="供其他机器访问时的地址；须用启动时给出的完整网址访问"
)
@click.option(
    "--index", metavar="目录", help="现行文件索引，用于检查重复发文和政策解读，并可检索文件、查看任务台账、记载处理结果"
)
@click.option("--config", metavar="文件", help="设置文件  [默认：当前目录或上级目录中的 shenwen.toml]")
@click.option("--max-mb", type=click.IntRange(1, 1024), default=64, show_default=True, metavar="数", help="一次最多上传多少 MB")
@click.option("--open", "browser", is_flag=True, help="同时打开浏览器")
def command(port: int, host: str, index: str | None, config: str | None, max_mb: int, browser: bool) -> None:
    from shenwen.pipeline.web.server import server

    settings, folder = _checked(config, index)
    password = None if host == _HERE else secrets.token_urlsafe(24)
    try:
        serving = server(site_of(settings, folder, max_mb, password), port, host)
    except OSError as error:
        raise UsageError(f"无法使用地址 {host}、端口 {port}：{error.strerror}") from error
    address = f"http://{host}:{serving.effective_port}/" + (f"?key={password}" if password else "")
    click.echo(f"审文已启动：{address}（按 Ctrl-C 结束）")
    if password:
        click.echo("知道上述完整网址的人都可以访问，请只告诉需要使用的人；网页未加密，只宜在可信的内部网络中使用。")
    if browser:
        click.launch(address)
    # told to stop, it ends as with Ctrl-C: drafts that are being judged are deleted on the way out
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        serving.run()
    finally:
        serving.close()
        click.echo("已结束，结果已清除")


def site_of(settings: Settings, folder: str | None, megabytes: int, password: str | None = None) -> Site:
    """What the pages show; `folder` holds the index, if there is one."""
    from shenwen.pipeline.web.jobs import Jobs
    from shenwen.pipeline.web.server import Site

    jobs = Jobs(work_of(settings, folder))
    if folder is None:
        return Site(jobs, megabytes << 20, password=password)
    return Site(jobs, megabytes << 20, tasks_of(folder), search_of(folder), Path(folder), password)


def _checked(config: str | None, index: str | None) -> tuple[Settings, str | None]:
    """Settings and index, tried once so that a mistake shows before the page does. Raises UsageError."""
    from shenwen.checks.rule import PluginError
    from shenwen.checks.settings import SettingsError
    from shenwen.pipeline.cli.lint import open_archive
    from shenwen.pipeline.judging import judge_with, settings_for

    try:
        settings = settings_for(config)
        judge_with(settings)
    except (SettingsError, PluginError) as error:
        raise UsageError(str(error)) from error
    folder = index or settings.index
    if folder:
        open_archive(folder).close()
    return settings, folder


def work_of(settings: Settings, folder: str | None) -> Work:
    """How a batch is judged: as `shenwen review` does, with the index opened for that batch alone."""
    from shenwen.pipeline.web.jobs import Done, examine_files

    def work(files: list[tuple[str, bytes]], tell: Callable[[str], None]) -> Done:
        return examine_files(files, tell, examine, date.today())

    def examine(paths: list[Path], tell: Callable[[str], None]) -> Result:
        from shenwen.pipeline.cli.lint import open_archive
        from shenwen.pipeline.judging import judge_with
        from shenwen.pipeline.review import examine as examined

        archive = open_archive(folder) if folder else None
        try:
            return examined(paths, judge_with(settings, archive, date.today()), tell)
        finally:
            if archive is not None:
                archive.close()

    return work


def tasks_of(folder: str) -> Callable[[], Iterable[Task]]:
    """The tasks kept in the index, read anew each time."""

    def tasks() -> list[Task]:
        from shenwen.pipeline.cli.index import opened
        from shenwen.pipeline.ledger import tasks_of_index

        with opened(folder) as index:
            return list(tasks_of_index(index))

    return tasks


def search_of(folder: str) -> Search:
    """Asks the index, opened anew each time: others may add to it meanwhile."""

    def search(words: str, most: int) -> list[Hit]:
        from shenwen.pipeline.cli.index import opened
        from shenwen.pipeline.web.search_page import hits

        with opened(folder) as index:
            return hits(index, words, most)

    return search
