"""`shenwen extract`: documents, provisions, obligations and deadlines as JSON Lines."""

from __future__ import annotations

import sys

import click

from shenwen.corpus.model import Failure, Record
from shenwen.pipeline.cli.limits import limits_here, ocr_option
from shenwen.pipeline.walk import files_in


@click.command("extract", help="提取文件中的任务、责任主体和时限，每行一个 JSON 对象。")
@click.argument("paths", nargs=-1, required=True, metavar="路径...")
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="输出格式")
@ocr_option
def command(paths: tuple[str, ...], form: str, ocr: bool) -> None:
    import msgspec

    from shenwen.pipeline.as_json import record_json
    from shenwen.pipeline.process import records_of_all

    encoder = msgspec.json.Encoder()
    read = failed = 0
    for item in records_of_all(files_in(paths), limits_here(ocr)):
        match item:
            case Failure():
                failed += 1
                click.echo(f"shenwen：{item.path}：{item.message}（{item.reason.value}）", err=True)
            case Record():
                read += 1
                for row in record_json(item):
                    sys.stdout.buffer.write(encoder.encode(row) + b"\n")
    sys.stdout.flush()
    if failed:
        raise SystemExit(1 if read else 2)
