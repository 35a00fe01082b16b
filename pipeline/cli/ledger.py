"""`shenwen ledger`: the register of tasks across documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenwen.pipeline.cli.limits import limits_here, ocr_option
from shenwen.pipeline.cli.lint import a_date
from shenwen.pipeline.walk import UsageError, files_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shenwen.corpus.tasks import State, Task
    from shenwen.pipeline.ledger import Noted, Row

_FORMATS = ("text", "jsonl", "csv", "xlsx", "ics")
_STATES = {
    "逾期": "overdue",
    "临期": "soon",
    "未到期": "open",
    "周期性": "recurring",
    "时限待定": "undated",
    "无时限": "unlimited",
    "已完成": "done",
}
_SHOWN = 30


@click.command("ledger", help="任务台账：哪些任务逾期、临期、周期性，哪些没有责任主体、没有时限。")
@click.argument("paths", nargs=-1, metavar="[路径]...")
@click.option("--index", "folder", metavar="目录", help="取索引中各文件的任务")
@click.option("--as-of", "day", callback=a_date, metavar="日期", help="以这一天判断是否逾期  [默认：当日]")
@click.option("--owner", default="", metavar="名称", help="只看这个单位牵头、负责或配合的任务（可写名称的一部分）")
@click.option("--document", default="", metavar="文字", help="只看标题、文号或路径含有这些文字的文件")
@click.option("--from", "since", callback=a_date, metavar="日期", help="截止日期不早于这一天")
@click.option("--to", "until", callback=a_date, metavar="日期", help="截止日期不晚于这一天")
@click.option("--state", "states", multiple=True, type=click.Choice(list(_STATES)), help="只看这些情况，可写多次")
@click.option("--no-owner", is_flag=True, help="只看没有写明责任主体的任务")
@click.option("--previous", metavar="文件", help="原台账（xlsx）：其中的“进展”“状态”按编号带入")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="输出格式")
@click.option("--out", metavar="文件", help="写入的文件（xlsx 必须给出）")
@ocr_option
def command(
    paths: tuple[str, ...],
    folder: str | None,
    day: date | None,
    owner: str,
    document: str,
    since: date | None,
    until: date | None,
    states: tuple[str, ...],
    no_owner: bool,
    previous: str | None,
    form: str,
    out: str | None,
    ocr: bool,
) -> None:
    from shenwen.corpus.tasks import State
    from shenwen.pipeline.ledger import Wanted, register

    if not paths and not folder:
        raise UsageError("请给出文件路径，或用 --index 给出索引目录")
    if form == "xlsx" and not out:
        raise UsageError("xlsx 格式请用 --out 给出文件名")
    today = day or date.today()
    wanted = Wanted(owner, document, since, until, tuple(State(_STATES[name]) for name in states), no_owner)
    failed: list[str] = []
    tasks = [*_from_files(paths, failed, ocr), *_from_index(folder)]
    rows = register(tasks, today, _noted(previous), wanted)
    _write(rows, form, out, today)
    if failed:
        raise SystemExit(1 if tasks else 2)


def _from_files(paths: tuple[str, ...], failed: list[str], ocr: bool) -> Iterator[Task]:
    from shenwen.corpus.model import Failure
    from shenwen.pipeline.ledger import tasks_in
    from shenwen.pipeline.process import records_of_all

    for item in records_of_all(files_in(paths), limits_here(ocr)) if paths else ():
        if isinstance(item, Failure):
            if item.status != "skipped":
                failed.append(item.path)
            click.echo(f"shenwen：{item.path}：{item.message}（{item.reason.value}）", err=True)
        else:
            yield from tasks_in(item)


def _from_index(folder: str | None) -> list[Task]:
    if not folder:
        return []
    from shenwen.pipeline.cli.index import opened
    from shenwen.pipeline.ledger import tasks_of_index

    with opened(folder) as index:
        return list(tasks_of_index(index))


def _noted(previous: str | None) -> dict[str, Noted]:
    if previous is None:
        return {}
    from shenwen.pipeline.reports.ledger_sheet import SheetProblem, read_notes

    try:
        return read_notes(Path(previous))
    except SheetProblem as problem:
        raise UsageError(str(problem)) from problem


def _write(rows: list[Row], form: str, out: str | None, today: date) -> None:
    from shenwen.pipeline.reports import ledger_ics, ledger_sheet

    try:
        if form == "xlsx":
            assert out is not None
            ledger_sheet.write_sheet(rows, Path(out), today)
            click.echo(f"已写入 {out}，共 {len(rows)} 项任务")
            return
        data = ledger_ics.render(rows, today) if form == "ics" else _text(rows, form, today).encode()
        if out:
            Path(out).write_bytes(data)
            click.echo(f"已写入 {out}，共 {len(rows)} 项任务")
        else:
            click.echo(data, nl=False)
    except OSError as error:
        raise UsageError(f"无法写入 {out}：{error.strerror}") from error


def _text(rows: list[Row], form: str, today: date) -> str:
    if form == "csv":
        from shenwen.pipeline.reports.ledger_sheet import as_csv

        return as_csv(rows)
    if form == "jsonl":
        import msgspec

        from shenwen.pipeline.ledger import row_json

        return "".join(msgspec.json.encode(row_json(row)).decode() + "\n" for row in rows)
    return "\n".join(_lines(rows, today)) + "\n"


def _lines(rows: list[Row], today: date) -> Iterator[str]:
    """What the terminal shows: totals, then what is nearest."""
    from shenwen.pipeline.ledger import STATES, totals

    yield f"任务台账（{today.isoformat()}）共 {len(rows)} 项：" + "、".join(f"{STATES[s]} {n}" for s, n in totals(rows).items())
    dated: list[State] = [state for state in STATES if state.value in ("overdue", "soon", "open")]
    near = [row for row in rows if row.state in dated]
    for row in near[:_SHOWN]:
        task = row.task
        owners = "、".join(task.owners) or "（未写明责任主体）"
        yield f"  {task.due}  {STATES[row.state]}  {owners}：{task.action[:60]}  [{task.doc_number or task.title or task.path}]"
    if len(near) > _SHOWN:
        yield f"  其余 {len(near) - _SHOWN} 项请用 --format xlsx --out 文件 导出"
