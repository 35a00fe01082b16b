"""`shenwen rules`: all rules with their articles."""

from __future__ import annotations

import json

import click

from shenwen.pipeline.walk import UsageError


@click.command("rules", help="列出全部规则：编号、名称、《意见》条款、级别。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式")
def command(form: str) -> None:
    from shenwen.checks.rule import PluginError, all_rules
    from shenwen.pipeline.reports.result import SEVERITY_NAMES

    try:
        rules = all_rules()
    except PluginError as error:
        raise UsageError(str(error)) from error
    if form == "json":
        rows = [
            {"rule": r.id, "name": r.name, "article": r.article, "severity": r.severity, "index": r.needs_index} for r in rules
        ]
        click.echo(json.dumps({"version": 1, "rules": rows}, ensure_ascii=False, indent=1))
        return
    for rule in rules:
        note = "，需要 --index" if rule.needs_index else ""
        click.echo(f"{rule.id}  {SEVERITY_NAMES[rule.severity]}  {rule.name}（{article_name(rule.article)}{note}）")


def article_name(article: str) -> str:
    """`第二十一条` for `二十一`; other sources stand as they are written."""
    return f"《意见》第{article}条" if article and not article.strip("一二三四五六七八九十") else article
