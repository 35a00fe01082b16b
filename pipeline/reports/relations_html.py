"""文件关系图: who restates whom and which version came of which, as one self-contained page: drawings laid out here, each with its tables.

Goes in: the outputs of a scan. Comes out: a page without network or library; every word of a document is escaped.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from shenwen.pipeline.json_lines import rows_in
from shenwen.pipeline.reports.page import page_of
from shenwen.pipeline.reports.relations_graph import DRAWN, LEVEL_NAMES, TOLD, Group, groups_of
from shenwen.pipeline.reports.wording import RELATION_NAMES, folder_above

#: Groups on the page, the largest; more are not looked through by eye.
MOST = 2000


def write_relations(folder: Path, path: Path, today: date) -> None:
    """Write the page from `documents.jsonl` and `duplicates.jsonl` in `folder`. Raises OSError."""
    rows = [
        (number, row | {"pairs": len(row["pairs"])})
        for number, row in enumerate(rows_in(folder / "duplicates.jsonl"), 1)
        if row["relation"] in (*DRAWN, "same")
    ]
    wanted = {row[end] for _, row in rows for end in ("a", "b")}
    known = (row for row in rows_in(folder / "documents.jsonl") if row["path"] in wanted)
    documents = {row["path"]: {name: row.get(name) for name in TOLD} for row in known}
    path.write_text(render(groups_of(documents, rows), folder_above(sorted(documents)), today), encoding="utf-8")


def render(groups: list[Group], above: str, today: date) -> str:
    """The whole page; `above` is the folder left out of paths."""
    lines = Counter(line.relation for group in groups for line in group.lines)
    cards = [card for group in groups for card in group.cards]
    return page_of(
        "relations",
        groups=groups[:MOST],
        left_out=len(groups) - MOST,
        above=above,
        today=today,
        relations=[(kind, RELATION_NAMES[kind], lines[kind]) for kind in DRAWN if lines[kind]],
        names=RELATION_NAMES,
        total=len(cards),
        levels=[name for name in LEVEL_NAMES.values() if any(card.level == name for card in cards)],
        places=sorted({card.place for card in cards if card.place}),
    )
