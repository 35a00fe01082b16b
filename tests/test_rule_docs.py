"""docs/rules.md is what docs/make_rules.py writes, and every article of the founding document has its row."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

from shenwen.checks.rule import all_rules

DOCS = Path(__file__).parent.parent / "docs"
ARTICLES = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
]


def rules_page() -> str:
    spec = importlib.util.spec_from_file_location("make_rules", DOCS / "make_rules.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.rules_page())


def test_the_page_is_in_step_with_the_rules() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page(), "run: python docs/make_rules.py"


def test_every_article_has_a_rule_or_a_reason() -> None:
    rows = tomllib.loads((DOCS / "articles.toml").read_text(encoding="utf-8"))["article"]
    assert [row["number"] for row in rows] == ARTICLES
    checked = {rule.article for rule in all_rules()}
    assert not [row["number"] for row in rows if row["number"] not in checked and not row["software"]]
