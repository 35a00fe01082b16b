"""Writes docs/rules.md from the rules themselves, docs/articles.toml and docs/firing.csv: `python docs/make_rules.py`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

from shenwen.checks.rule import HEADINGS, Rule, all_rules

HERE = Path(__file__).parent
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}


def rules_page() -> str:
    """The whole page, in Chinese."""
    rules = [rule for rule in all_rules() if rule.id.startswith("ZX")]
    parts = [_head(), _table(rules), _articles(rules), _firing(rules), "## 逐条说明\n", *(_section(rule) for rule in rules)]
    return "\n".join(parts).rstrip() + "\n"


def _head() -> str:
    return (
        "# 规则\n\n"
        "本页由 `python docs/make_rules.py` 根据规则自身的说明生成，请勿手工修改。\n"
        "编号前两位数字是《省人民政府关于进一步提高全省政府系统执行力的意见》的条款，`ZX00` 是公文格式，`ZX90` 是审文自身。\n"
        "单条规则的说明也可以用 `shenwen explain 规则编号` 查看。\n"
    )


def _table(rules: list[Rule]) -> str:
    rows = ["## 全部规则\n", "| 编号 | 名称 | 条款 | 级别 | 需要索引 |", "|---|---|---|---|---|"]
    for rule in rules:
        needs = "是" if rule.needs_index else ""
        rows.append(f"| [{rule.id}](#{rule.id.lower()}) | {rule.name} | {rule.article} | {SEVERITIES[rule.severity]} | {needs} |")
    return "\n".join(rows) + "\n"


def _articles(rules: list[Rule]) -> str:
    table = tomllib.loads((HERE / "articles.toml").read_text(encoding="utf-8"))["article"]
    rows = ["## 条款与规则\n", "| 条款 | 要求 | 规则 | 其他办法，或者不设规则的理由 |", "|---|---|---|---|"]
    for row in table:
        own = "、".join(rule.id for rule in rules if rule.article == row["number"])
        rows.append(f"| {row['number']} | {row['demand']} | {own} | {row['software']} |")
    return "\n".join(rows) + "\n"


def _firing(rules: list[Rule]) -> str:
    path = HERE / "firing.csv"
    if not path.exists():
        return ""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    names = [name for name in rows[0] if name != "rule"]
    head = ["## 在真实文件上的触发情况\n", "由 `python tests/benchmarks/firing.py` 统计：触发该规则的文件数。\n"]
    head += ["| 编号 | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    known = {rule.id for rule in rules} | {"文件总数"}
    return (
        "\n".join(
            [*head, *(f"| {row['rule']} | " + " | ".join(row[n] for n in names) + " |" for row in rows if row["rule"] in known)]
        )
        + "\n"
    )


def _section(rule: Rule) -> str:
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    for number, line in enumerate(rule.page.splitlines()):
        if number == 0:
            yield f'<a id="{rule.id.lower()}"></a>\n\n### {line}'
        elif line in HEADINGS:
            yield f"#### {line}\n"
        else:
            yield line


if __name__ == "__main__":
    (HERE / "rules.md").write_text(rules_page(), encoding="utf-8", newline="\n")
