"""`shenwen text`: the text of one file as the pipeline sees it; all offsets point into it."""

from __future__ import annotations

import click

from shenwen.corpus.model import Failure
from shenwen.pipeline.cli.limits import limits_here, ocr_option
from shenwen.pipeline.walk import files_in


@click.command("text", help="打印程序读到的正文（原字体、每段一行）；各项输出中的偏移量都以此为准。")
@click.argument("path", metavar="路径")
@ocr_option
def command(path: str, ocr: bool) -> None:
    from shenwen.pipeline.process import documents_of_all

    read = 0
    for item in documents_of_all(files_in([path]), limits_here(ocr)):
        if isinstance(item, Failure):
            click.echo(f"shenwen：{item.path}：{item.message}（{item.reason.value}）", err=True)
        else:
            read += 1
            click.echo(item.text, nl=not item.text.endswith("\n"))
    if not read:
        raise SystemExit(2)
