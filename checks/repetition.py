"""What the rules on repeated documents have in common: evidence side by side, the words of a remark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shenwen.checks.operative import title_range
from shenwen.checks.rule import Context, Remark
from shenwen.corpus.model import Document, Evidence, Facts, Span

if TYPE_CHECKING:  # comparing is loaded only where there is an archive
    from shenwen.corpus.entries import Entry
    from shenwen.corpus.restatements import Repeated, Restatement, Source

#: Evidence shown with one remark, and characters of each quote; new matters listed, and characters of a new paragraph.
SHOWN, QUOTED, LISTED, OPENING = 20, 300, 6, 40


def repeated_from(draft: Entry, archive: Any, wanted: Callable[[Source], bool]) -> Restatement:
    """What of the draft stands in those documents of the archive that are wanted and not known to be out of force."""
    return _restated(draft, archive).where(wanted)


@lru_cache(maxsize=1)  # several rules ask the same of one draft
def _restated(draft: Entry, archive: Any) -> Restatement:
    from shenwen.corpus.restatements import restated

    binding = (each for each in archive.similar(draft) if binds(draft, each.entry) and each.in_force.value is not False)
    return restated(draft, ((each.entry, each.in_force) for each in binding))


def binds(draft: Entry, entry: Entry) -> bool:
    """Whether the draft has to heed the document: of no other place, not lower than the draft's office, not issued after it."""
    from shenwen.corpus.standing import rank_of, same_place

    later = draft.issued_date and entry.issued_date and entry.issued_date >= draft.issued_date
    return not later and same_place(draft, entry) and rank_of(draft, entry) != "b"


def remarks(document: Document, facts: Facts, context: Context, found: Restatement, what: str) -> Iterator[Remark]:
    """One remark if the share that is repeated, and within it the share that adds nothing, reach the rule's options."""
    best = found.best
    if len(best) < context.option("units") or found.share < context.option("share"):
        return
    if found.bare < found.share * context.option("bare"):
        return
    yield Remark(
        f"{_extent(found)}已见于{what}{_names(best)}，其中{_percent(found.bare / found.share)}没有新增责任主体、任务、标准或者时限"
        + (f"；另有{len(found.fresh)}段为新增内容" if found.fresh else ""),
        _place(document, facts),
        evidence=tuple(evidence(found.draft, source, each) for source, each in best[:SHOWN]),
        suggestion=_suggestion(found),
    )


def evidence(draft: Entry, source: Source, each: Repeated) -> Evidence:
    """One unit of the draft beside the unit that already says it."""
    unit = source.entry.units[each.other]
    return Evidence(
        source=source.entry.path,
        quote=unit.text[:QUOTED],
        title=source.entry.title,
        doc_number=source.entry.doc_number,
        provision=unit.provision,
        similarity=each.similarity,
        in_force=source.in_force.value,
        own=draft.units[each.unit].span,
    )


def _extent(found: Restatement) -> str:
    return f"可执行内容的{_percent(found.share)}（{len(found.best)}段）"


def _percent(share: float) -> str:
    return f"{round(min(share, 1.0) * 100)}%"


def _names(best: tuple[tuple[Source, Repeated], ...]) -> str:
    """The sources, the one with most units first, with what is known of their validity."""
    counts = Counter(source.entry.path for source, _ in best)
    by_path = {source.entry.path: source for source, _ in best}
    ranked = sorted(counts, key=lambda path: (-counts[path], path))
    names = "".join(_name(by_path[path]) for path in ranked[:3])
    return names + (f"等{len(ranked)}件" if len(ranked) > 3 else "")


def _name(source: Source) -> str:
    title = "《" + (source.entry.title or source.entry.path).replace("《", "〈").replace("》", "〉") + "》"
    number = f"（{source.entry.doc_number}）" if source.entry.doc_number else ""
    return title + number + ("" if source.in_force.value else "（效力待核）")


def _suggestion(found: Restatement) -> str:
    new = [f"{item.what}“{item.words}”" for _, each in found.best for item in each.new]
    new += [f"段落“{_opening(found.draft.units[unit].text)}”" for unit in found.fresh]
    if not new:
        return "删去已有规定的内容，直接执行原规定；没有其他内容的，不再发文"
    return "删去已有规定的内容，只保留新增的部分：" + "；".join(list(dict.fromkeys(new))[:LISTED])


def _opening(text: str) -> str:
    return text if len(text) <= OPENING else text[:OPENING] + "……"


def _place(document: Document, facts: Facts) -> Span | None:
    title = title_range(document, facts)
    return facts.view.source(*title) if title else None
