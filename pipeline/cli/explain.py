"""`shenwen explain RULE`: one rule's page."""

from __future__ import annotations

import json
import re

import click

from shenwen.pipeline.walk import UsageError


@click.command("explain", help="解释一条规则：检查什么、为什么、怎样判断、怎样修改。")
@click.argument("rule", metavar="规则编号")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式")
def command(rule: str, form: str) -> None:
    from shenwen.checks.rule import HEADINGS, PluginError, all_rules

    try:
        found = next((known for known in all_rules() if known.id == rule.strip().upper()), None)
    except PluginError as error:
        raise UsageError(str(error)) from error
    if found is None:
        raise UsageError(f"没有编号为 {rule} 的规则，全部规则见 shenwen rules")
    if form == "text":
        click.echo(found.page)
        return
    pieces = re.split(rf"^({'|'.join(HEADINGS)})$", found.page, flags=re.M)
    sections = {heading: text.strip() for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    page = {
        "version": 1,
        "rule": found.id,
        "name": found.name,
        "article": found.article,
        "severity": found.severity,
        "index": found.needs_index,
        "options": dict(found.options),
        "sections": sections,
        "page": found.page,
    }
    click.echo(json.dumps(page, ensure_ascii=False, indent=1))
