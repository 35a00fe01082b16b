"""What else than text lies on a PDF page: straight rules of tables, and images."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import compress, repeat

from shenwen.extractors.pages.layout_stretches import Box
from shenwen.extractors.pages.layout_tables import MOST_RULES, Rule, rule_of
from shenwen.extractors.pages.pdf_view import View
from shenwen.extractors.pages.pdfium import columns, numbers, pdfium

#: Kinds of objects and of segments (fpdf_edit.h).
_PATH, _IMAGE, _FORM = 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2
#: Segments of a path that is one box.
_BOX = 5
_MOST_OBJECTS, _MOST_SEGMENTS = 20_000, 4_000


def rules_on(page: int, view: View) -> list[Rule]:
    """Straight level and upright rules: thin boxes, and the sides of larger paths. Of a drawing, more than a table can have.

    The sides of a plain coloured box are none: it shades a cell, a line of text or the page. `page` is pdfium's.
    """
    found: list[Rule] = []
    paths = _objects(page, _PATH)
    for path, box in zip(paths, _bounds(paths, view), strict=True):
        if rule := rule_of(*box):
            found.append(rule)
        elif not _is_shade(path):
            found += _sides(path, view)[:MOST_RULES]
        if len(found) > MOST_RULES:
            break
    width, height = view.width, view.height
    return [rule for rule in found if rule[2] >= 0 and rule[0] <= width and rule[3] >= 0 and rule[1] <= height]


def covered_by_images(page: int, view: View) -> float:
    """Share of the page that its largest image covers, 0 to 1."""
    images = _bounds(_objects(page, _IMAGE, _FORM), view)
    largest = max(((right - left) * (top - bottom) for left, bottom, right, top in images), default=0.0)
    return min(1.0, max(0.0, largest) / max(view.width * view.height, 1.0))


def _is_shade(path: int) -> bool:
    """Whether the path is one box that is filled and not outlined."""
    if pdfium().segments_in(path) > _BOX:
        return False
    filled, outlined = array("i", [0]), array("i", [0])
    pdfium().draw_mode(path, filled.buffer_info()[0], outlined.buffer_info()[0])
    return not outlined[0]


def _objects(page: int, *kinds: int) -> list[int]:
    """The page's objects of these kinds, in the order of drawing."""
    calls = pdfium()
    count = min(calls.objects_on(page), _MOST_OBJECTS)
    items = list(map(calls.object_at, repeat(page, count), range(count)))
    return list(compress(items, map(kinds.__contains__, map(calls.kind_of, items))))


def _bounds(items: Sequence[int], view: View) -> list[Box]:
    """Boxes of objects, as the page is seen."""
    return view.boxes(*columns(pdfium().bounds_of, items, 4))


def _sides(path: int, view: View) -> list[Rule]:
    """Level and upright sides of a path of straight lines."""
    calls = pdfium()
    a, b, c, d, e, f = numbers(calls.matrix_of, path, width=6)
    count = max(0, min(calls.segments_in(path), _MOST_SEGMENTS))
    segments = list(map(calls.segment_at, repeat(path, count), range(count)))
    xs, ys = columns(calls.point_of, segments, 2)
    sides: list[tuple[float, float, float, float]] = []
    start = last = (0.0, 0.0)
    for segment, kind, x, y in zip(segments, map(calls.segment_kind, segments), xs, ys, strict=True):
        point = a * x + c * y + e, b * x + d * y + f
        if kind == _MOVE_TO:
            start = point
        elif kind == _LINE_TO:
            sides.append((*last, *point))
        if calls.closes(segment):
            sides.append((*point, *start))
        last = point
    return [rule for side in view.boxes(*zip(*sides, strict=True)) if (rule := rule_of(*side))] if sides else []
