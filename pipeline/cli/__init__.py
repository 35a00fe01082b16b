"""The command line: one file per command, loaded only when it is called, so that `--help` stays fast."""

from __future__ import annotations

import importlib
import sys

import click

from shenwen.pipeline.cli.chinese import ChineseContext
from shenwen.pipeline.cli.chinese import explain as in_chinese  # not `explain`: that is a command's module

#: Command name → (module beside this one, one line of help). Help stands here so that listing commands imports none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "review": ("review", "审核一批草稿：批注、审核意见表、任务台账"),
    "scan": ("scan", "扫描档案库：可续扫，每个文件都有交代"),
    "lint": ("lint", "发布前检查：快，退出码可用于流水线"),
    "extract": ("extract", "提取任务、责任主体和时限（JSON Lines）"),
    "text": ("text", "打印程序读到的正文，每段一行"),
    "ledger": ("ledger", "任务台账：到期、逾期、周期性任务"),
    "index": ("index", "建立和维护现行文件索引"),
    "rules": ("rules", "列出全部规则及其条款依据"),
    "explain": ("explain", "解释一条规则"),
    "workdays": ("workdays", "计算“N个工作日内”的最后一日"),
    "serve": ("serve", "在本机浏览器中使用审文"),
}


class Commands(click.Group):
    """A group whose commands are imported on use; a command whose module is not there yet is not listed."""

    context_class = ChineseContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (module, _) in COMMANDS.items() if _exists(module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None or not _exists(entry[0]):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{entry[0]}").command
        command.context_class, command.options_metavar = ChineseContext, "[选项]"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _exists(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(f"{__name__}.{module}") is not None


@click.group(
    cls=Commands,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="shenwen", prog_name="shenwen", message="%(prog)s %(version)s")
@click.pass_context
def group(context: click.Context) -> None:
    """审文：像办公厅一样仔细地阅读政府文件。"""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Entry point. Results go to stdout, diagnostics to stderr; 0 nothing to complain of, 1 findings, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    try:
        sys.exit(group.main(prog_name="shenwen", standalone_mode=False) or 0)
    except click.ClickException as error:
        click.echo(f"shenwen：{in_chinese(error)}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("shenwen：已中断。再次运行即可：scan、index 和多份草稿的 review 从中断处继续，其他命令重新开始", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # the reader of our output has gone (`shenwen … | head`): nothing to say, and no second error at exit
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if (words := _of_an_index(error)) is None:
            raise
        click.echo(f"shenwen：{words}", err=True)
        sys.exit(2)


def _of_an_index(error: Exception) -> str | None:
    """What to say of an error that comes from a damaged or busy index; None for any other error."""
    import sqlite3

    from shenwen.corpus.packing import Damaged

    if isinstance(error, sqlite3.OperationalError):
        return f"索引无法读写：{error}"
    if isinstance(error, sqlite3.DatabaseError | Damaged):
        return f"索引损坏（{error}）：请用 shenwen index verify 检查，或换一个目录重建"
    return None
