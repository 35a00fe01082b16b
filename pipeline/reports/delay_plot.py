"""Delays of interpretations by month, as a drawing that stands in the page.

Goes in: rows of `interpretations.jsonl`. Comes out: one `<svg>` element without style sheets or scripts, so that a strict
content policy lets it through; an empty string where there is nothing to draw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from shenwen.pipeline.reports.interpretations_xlsx import documents_of

#: What is later than this many working days is drawn at the edge.
EDGE = 20
LEFT, TOP, STEP, HEIGHT, FLOOR = 64, 28, 9, EDGE * 9, 34
#: A column is no narrower than this; where there are more months than fit, the earliest are left out.
NARROWEST, WIDTH, MOST = 14, 760, 60
COLOURS = {"on_time": "#2f7d4f", "late": "#c2410c", "missing": "#7a2e8f"}


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where months stand: `width` units a column."""

    months: tuple[str, ...]
    width: float

    def middle(self, month: str) -> float:
        return LEFT + (self.months.index(month) + 0.5) * self.width


def delay_plot(rows: Iterable[dict[str, Any]]) -> str:
    """Each month's documents by working days until the first interpretation; those without stand below the line."""
    known = [row for row in documents_of(rows) if row["policy_date"] and row["status"] in COLOURS]
    months = _months([row["policy_date"][:7] for row in known])
    points = Counter((row["policy_date"][:7], _height(row), row["status"]) for row in known if row["policy_date"][:7] in months)
    if not points:
        return ""
    axis = _Axis(months, max(NARROWEST, min(80.0, WIDTH / len(months))))
    limit = Counter(row["limit"] for row in known if row["limit"]).most_common(1)
    right, bottom = LEFT + len(months) * axis.width, TOP + HEIGHT + FLOOR
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {right + 24:.0f} {bottom + 34}" '
        f'width="{right + 24:.0f}" font-size="12" fill="currentColor"><title>各月政策解读用时（工作日）</title>',
        *_frame(axis, right, limit[0][0] if limit else None),
        *(_mark(axis, point, count) for point, count in sorted(points.items(), key=lambda each: str(each))),
        *_legend(),
        "</svg>",
    ]
    return "".join(parts)


def _months(given: Iterable[str]) -> tuple[str, ...]:
    """All months from the first to the last, `YYYY-MM`; at most `MOST`, the latest."""
    days = sorted({date.fromisoformat(f"{month}-01") for month in given})
    if not days:
        return ()
    first, last = (day.year * 12 + day.month - 1 for day in (days[0], days[-1]))
    return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(max(first, last - MOST + 1), last + 1))


def _height(row: dict[str, Any]) -> int | None:
    """Working days for the drawing, None for a document without interpretation."""
    return None if row["status"] == "missing" else min(row["workdays"] or 0, EDGE)


def _y(height: int | None) -> float:
    return TOP + HEIGHT + FLOOR * 0.6 if height is None else TOP + HEIGHT - height * STEP


def _frame(axis: _Axis, right: float, limit: int | None) -> list[str]:
    parts = []
    for value in range(0, EDGE + 1, 5):
        words = f"{value}以上" if value == EDGE else str(value)
        parts.append(f'<text x="{LEFT - 8}" y="{_y(value) + 4:.1f}" text-anchor="end">{words}</text>')
        parts.append(f'<path d="M{LEFT} {_y(value):.1f}H{right:.1f}" stroke="currentColor" stroke-opacity="0.15"/>')
    parts.append(f'<text x="{LEFT - 8}" y="{_y(None) + 4:.1f}" text-anchor="end">缺失</text>')
    if limit is not None and limit < EDGE:
        path = f"M{LEFT} {_y(limit) - STEP / 2:.1f}H{right:.1f}"
        parts.append(
            f'<path d="{path}" stroke="{COLOURS["late"]}" stroke-dasharray="4 3"><title>期限{limit}个工作日</title></path>'
        )
    every = max(1, ceil(60 / axis.width))
    for number, month in enumerate(axis.months):
        if number % every == 0:
            at = f'x="{axis.middle(month):.1f}" y="{TOP + HEIGHT + FLOOR + 20}"'
            parts.append(f'<text {at} text-anchor="middle">{month}</text>')
    return parts


def _mark(axis: _Axis, point: tuple[str, int | None, str], count: int) -> str:
    """A circle for in time, a square for late, a cross for missing; larger for more documents."""
    month, height, status = point
    x, y, r = axis.middle(month), _y(height), min(2.5 + count**0.5, axis.width / 2, 9)
    days = {None: "没有解读", EDGE: f"{EDGE}个工作日以上"}.get(height, f"{height}个工作日")
    title = f"<title>{month}：{days}，{count}份</title>"
    return _shape(status, x, y, r, title)


def _shape(status: str, x: float, y: float, r: float, inside: str = "") -> str:
    colour = COLOURS[status]
    if status == "on_time":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}">{inside}</circle>'
    if status == "late":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" fill="{colour}">{inside}</rect>'
    cross = f"M{x - r:.1f} {y - r:.1f}l{2 * r:.1f} {2 * r:.1f}M{x - r:.1f} {y + r:.1f}l{2 * r:.1f} {-2 * r:.1f}"
    return f'<path d="{cross}" stroke="{colour}" stroke-width="2">{inside}</path>'


def _legend() -> list[str]:
    parts = []
    for number, (status, words) in enumerate([("on_time", "按时"), ("late", "逾期"), ("missing", "缺失")]):
        x = LEFT + 10 + number * 70
        parts += [_shape(status, x, 10, 4), f'<text x="{x + 10}" y="14">{words}</text>']
    return parts
