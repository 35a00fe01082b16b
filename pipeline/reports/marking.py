"""A document's text cut into pieces, each with the findings and tasks it belongs to; and two passages set against each other.

Goes in: text and spans. Comes out: lines of pieces for a page. No markup is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shenwen.corpus.model import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that lie in the same findings and tasks; `first` are the findings that begin here, `begins` the tasks."""

    text: str
    findings: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    first: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


def lines_of(text: str, findings: Sequence[tuple[int, Span]], tasks: Sequence[tuple[int, Span]]) -> list[list[Piece]]:
    """The text line by line in pieces; empty lines are left out. `findings` and `tasks` are numbers with their spans."""
    findings, tasks = _trimmed(text, findings), _trimmed(text, tasks)
    lines, start = [], 0
    for line in text.split("\n"):
        own = Span(start, start + len(line))
        if line.strip():
            near = [(n, s) for n, s in findings if s.overlaps(own)], [(n, s) for n, s in tasks if s.overlaps(own)]
            lines.append(_pieces(text, own, *near))
        start = own.end + 1
    return lines


def _trimmed(text: str, spans: Sequence[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """The spans without blanks at their beginning, so that each begins in a line that is shown."""
    words = [(number, span, text[span.start : span.end]) for number, span in spans]
    return [(number, Span(span.end - len(own.lstrip()), span.end)) for number, span, own in words if own.strip()]


def _pieces(text: str, own: Span, findings: list[tuple[int, Span]], tasks: list[tuple[int, Span]]) -> list[Piece]:
    edges = {own.start, own.end}
    for _, span in (*findings, *tasks):
        edges |= {max(span.start, own.start), min(span.end, own.end)}
    cuts = sorted(edges)
    return [_piece(text, Span(a, b), findings, tasks) for a, b in pairwise(cuts)]


def _piece(text: str, at: Span, findings: list[tuple[int, Span]], tasks: list[tuple[int, Span]]) -> Piece:
    return Piece(
        text=text[at.start : at.end],
        findings=tuple(n for n, s in findings if s.overlaps(at)),
        tasks=tuple(n for n, s in tasks if s.overlaps(at)),
        first=tuple(n for n, s in findings if s.start == at.start),
        begins=tuple(n for n, s in tasks if s.start == at.start),
    )


def differences(own: str, other: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both passages as words with whether they differ from the other passage; runs of one or two equal signs do not count."""
    from rapidfuzz.distance import Levenshtein

    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for change in Levenshtein.opcodes(own, other):
        same = change.tag == "equal"
        left.append((own[change.src_start : change.src_end], not same))
        right.append((other[change.dest_start : change.dest_end], not same))
    return _joined(left), _joined(right)


def _joined(parts: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Neighbours of one kind joined; a single equal sign between two differences joins them, for the eye's sake."""
    joined: list[tuple[str, bool]] = []
    items = [part for part in parts if part[0]]
    for number, (text, differs) in enumerate(items):
        inside = 0 < number < len(items) - 1 and len(text) == 1
        changed = differs or inside
        if joined and joined[-1][1] == changed:
            joined[-1] = (joined[-1][0] + text, changed)
        else:
            joined.append((text, changed))
    return joined
