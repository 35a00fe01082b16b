"""`shenwen workdays`: the last day of "within N working days", or the working days between two dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from shenwen.pipeline.walk import UsageError


@click.command(
    "workdays", help="计算“自 日期 起 N 个工作日内”的最后一日（当日不算，调休计入）；给出 --until 则计算两日之间的工作日数。"
)
@click.argument("start", metavar="日期")
@click.argument("count", metavar="[N]", type=int, required=False)
@click.option("--until", metavar="日期", help="计算从 日期 到这一日有几个工作日")
@click.option("--calendar", "extra", metavar="文件", help="补充日历（CSV：date,day,source），用于本省假期或新公布的年份")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式")
def command(start: str, count: int | None, until: str | None, extra: str | None, form: str) -> None:
    import json

    from shenwen.corpus.workdays import Unannounced

    first = parse_day(start)
    if (count is None) == (until is None):
        raise UsageError("请给出工作日数 N，或用 --until 给出截止日期，二者取一")
    if count is not None and not 0 <= count <= 10_000:
        raise UsageError(f"工作日数应在 0 至 10000 之间：{count}")
    try:
        row = _answer(first, count, parse_day(until) if until else None, extra)
    except Unannounced as unknown:
        if form == "json":
            click.echo(json.dumps({"start": str(first), "status": "undetermined", "reason": str(unknown)}, ensure_ascii=False))
        raise UsageError(f"无法确定：{unknown}；可用 --calendar 补充") from None
    click.echo(json.dumps(row, ensure_ascii=False) if form == "json" else _sentence(row))


def parse_day(text: str) -> date:
    """A date in ISO form. Raises UsageError naming what was given."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"日期不对：{text}（应写成 2019-02-02 的样子，且确有这一日）") from None


def _answer(start: date, count: int | None, until: date | None, extra: str | None) -> dict[str, str | int]:
    from shenwen.corpus.workdays import Calendar

    calendar = Calendar.default()
    if extra:
        try:
            calendar = calendar.with_file(Path(extra))
        except (OSError, ValueError) as error:
            raise UsageError(f"补充日历不能用：{error}") from None
    if until is not None:
        return {"start": str(start), "workdays": calendar.workdays_between(start, until), "last_day": str(until)}
    assert count is not None
    return {"start": str(start), "workdays": count, "last_day": str(calendar.add_workdays(start, count))}


def _sentence(row: dict[str, str | int]) -> str:
    return f"{row['start']} 起第 {row['workdays']} 个工作日：{row['last_day']}"
