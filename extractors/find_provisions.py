"""The numbered structure as a tree in reading order: 编/章/节/条/款/项 and 一、（一）1.（1）①.

Wrapped documents and attachments begin a tree of their own under a prefix (`附1/`, `附件2/`). 一是, 二是 within a sentence are
no units. The paragraphs of an article that has several are its 款.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from shenwen.corpus.model import Document, Facts, Provision, View
from shenwen.extractors.labels import Label, new_label, numbering_of
from shenwen.extractors.lines import Line, lines_of
from shenwen.extractors.masthead.attachments import attachment_headings
from shenwen.extractors.masthead.issuers import is_body

_LONGEST_HEADING, _LONGEST_LINE = 32, 60
_LONGEST_CONTENTS, _LEAST_CONTENTS = 300, 4
_DUTY = re.compile(r"应当|必须|不得|严禁|禁止|由.{2,20}负责|\d+个?(?:工作)?日内|可以")
_END = "。；;！？：:，,、"
_DIVISIONS = frozenset(("part", "chapter", "section"))
_ARTICLE_NAME = re.compile(r"\s*[（【\[][^）】\]]{2,30}[）】\]]")
#: What leads to the page number in a table of contents.
_LEADER = re.compile(r"(?:[.…·．]{2,}|(?<=\D))\d*$")
_DIGITS = "一二三四五六七八九十"


@dataclass(slots=True)
class _Unit:
    """A unit while its end is not yet known; offsets are the view's."""

    label: Label
    id: str
    parent: str | None
    level: int
    start: int
    after_label: int
    line: Line
    own_end: int
    whole_end: int


@dataclass(slots=True)
class _Tree:
    """Units so far, those still open, and how ids begin. `run` counts how often the outermost numbers began anew."""

    units: list[_Unit] = field(default_factory=list)
    open: list[_Unit] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    prefix: str = ""
    run: int = 1

    def begin(self, prefix: str) -> None:
        """What follows belongs to another document or attachment."""
        self.open.clear()
        self.prefix, self.run = prefix, 1

    def add(self, line: Line, label: Label, start: int) -> _Unit:
        """The new unit below the open units of higher rank; the others are closed."""
        while self.open and self.open[-1].label.rank >= label.rank:
            self.open.pop()
        above = self.open[-1] if self.open else None
        unit = _Unit(
            label,
            self._identity(label, above),
            above.id if above else None,
            len(self.open) + 1,
            start,
            line.start + label.end,
            line,
            line.end,
            line.end,
        )
        if above and above.own_end > start:
            above.own_end = start
        self.units.append(unit)
        self.open.append(unit)
        return unit

    def takes(self, label: Label) -> bool:
        """Whether a label fits: 3.5 is one only below 3 (3.5万元 elsewhere is a sum)."""
        above, dot, _ = label.name.rpartition(".")
        return label.kind != "decimal" or not dot or any(unit.label.name == above for unit in self.open)

    def _identity(self, label: Label, above: _Unit | None) -> str:
        """The path of names; outermost numbers that begin anew carry the count of their run (`一#2`)."""
        if above and label.kind != "decimal":
            path = f"{above.id}/{label.name}"
        else:
            if label.value == 1 and self._outermost(label) in self.seen:
                self.run += 1
            path = self._outermost(label)
        self.seen[path] = self.seen.get(path, 0) + 1
        return path if self.seen[path] == 1 else self._another(path)

    def _outermost(self, label: Label) -> str:
        return f"{self.prefix}{label.name}" + (f"#{self.run}" if self.run > 1 else "")

    def _another(self, path: str) -> str:
        while (name := f"{path}#{self.seen[path]}") in self.seen:
            self.seen[path] += 1
        self.seen[name] = 1
        return name

    def extend(self, line: Line) -> None:
        """A line without a label belongs to the last unit."""
        if self.open:
            self.open[-1].own_end = self.open[-1].whole_end = line.end


def find_provisions(document: Document, facts: Facts) -> Facts:
    """Reads: view, masthead, inner. Writes: provisions."""
    view = facts.view
    lines = lines_of(view.text)
    label_of = numbering_of(view.text).label_of
    labels = [label_of(line.text) for line in lines]
    parts = _parts(facts, lines)
    kept = _kept(facts, lines, parts)
    kept &= _without_contents(lines, labels, [0, *(start for start, _ in parts)])
    units = _units(lines, labels, parts, kept)
    return replace(facts, provisions=tuple(_provision(view, unit) for unit in units))


def _parts(facts: Facts, lines: Sequence[Line]) -> list[tuple[int, str]]:
    """(view offset, prefix) of each wrapped document and attachment, in order."""
    view = facts.view
    inner = [view.offset(wrapped.span.start) for wrapped in facts.inner]
    headings = [
        (lines[at].start, lines[min(at + 3, len(lines) - 1)].start, number)
        for number, at in attachment_headings(lines, _below_the_body(facts, lines))
    ]
    rows = [(start, f"附件{number or ''}") for start, _, number in headings]
    headed = {begin for begin in inner for start, stop, _ in headings if start <= begin <= stop}
    rows += [(start, f"附{count}") for count, start in enumerate((i for i in inner if i not in headed), start=1)]
    return list(_distinct(sorted(rows)))


def _distinct(rows: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for start, name in rows:
        seen[name] = seen.get(name, 0) + 1
        yield start, f"{name}/" if seen[name] == 1 else f"{name}#{seen[name]}/"


def _below_the_body(facts: Facts, lines: Sequence[Line]) -> int:
    """Number of the first line that may head an attachment: below what is announced and signed, and a sentence at least."""
    view, head = facts.view, facts.masthead
    marks = [view.offset(span.end) for span in (head.title_span, head.addressees_span, head.issued_date_span) if span]
    marks += [view.offset(attachment.span.end) for attachment in head.attachments if attachment.span]
    at = max(marks, default=0)
    first = next((i for i, line in enumerate(lines) if "。" in line.text), len(lines))
    return max(first + 1, sum(line.start < at for line in lines))


def _kept(facts: Facts, lines: Sequence[Line], parts: Sequence[tuple[int, str]]) -> set[int]:
    """Numbers of the lines that may belong to a provision: without what is announced as attached, signature and record."""
    view, head = facts.view, facts.masthead
    body_end = view.offset(head.body.end) if head.body else len(view.text)
    following = parts[0][0] if parts else len(view.text) + 1
    dropped = [view.range(attachment.span) for attachment in head.attachments if attachment.span]
    signed = _signed(facts, lines)
    dropped.append((min(signed, body_end, following), following))
    if parts and signed > parts[-1][0]:
        dropped.append((signed, len(view.text) + 1))
    kept, starts = set(range(len(lines))), [line.start for line in lines]
    for start, end in dropped:
        first = max(0, bisect_right(starts, start) - 1)
        kept.difference_update(i for i in range(first, bisect_left(starts, end)) if lines[i].end > start)
    return kept


def _signed(facts: Facts, lines: Sequence[Line]) -> int:
    """View offset of the signature that ends the text (the body above the date, or the date), or the end of the text."""
    span, body = facts.masthead.issued_date_span, facts.masthead.body
    if span is None or body is None or (span.start < body.end and not facts.inner):
        return len(facts.view.text) + 1
    at = facts.view.offset(span.start)
    i = sum(line.end <= at for line in lines) - 1
    while i > 0 and len(lines[i].text) <= 40 and is_body(lines[i].flat):
        at, i = lines[i].start, i - 1
    return at


def _without_contents(lines: Sequence[Line], labels: Sequence[Label | None], begins: Sequence[int]) -> set[int]:
    """Numbers of all lines but those of tables of contents: labelled titles that come again further below."""
    dropped: set[int] = set()
    numbers = [i for i, label in enumerate(labels) if label]
    for begin in begins:
        first = next((i for i in numbers if lines[i].start >= begin), None)
        if first is not None:
            dropped.update(range(first, _end_of_contents(lines, labels, first)))
    return set(range(len(lines))) - dropped


def _end_of_contents(lines: Sequence[Line], labels: Sequence[Label | None], first: int) -> int:
    """Number of the line below the table of contents that begins on line `first`; `first` itself where there is none.

    The table ends where its first title comes again, or at the first sentence if most of its titles come again below that.
    """
    names: list[str] = []
    stop = first
    while stop < min(first + _LONGEST_CONTENTS, len(lines)):
        name = _LEADER.sub("", lines[stop].flat)
        if stop > first + 1 and name.startswith(names[0]):
            return stop
        if "。" in lines[stop].text:
            break
        if labels[stop] or not names:
            names.append(name)
        stop += 1
    below = {lines[i].flat for i in range(stop, len(lines)) if labels[i]} if len(names) >= _LEAST_CONTENTS else set()
    again = sum(name in below for name in names)
    return stop if again >= _LEAST_CONTENTS and 5 * again >= 4 * len(names) else first


def _units(
    lines: Sequence[Line], labels: Sequence[Label | None], parts: Sequence[tuple[int, str]], kept: set[int]
) -> list[_Unit]:
    """All units in reading order."""
    tree = _Tree()
    paragraphs = _paragraphs(lines, labels, kept)
    waiting = list(parts)
    for i, line in enumerate(lines):
        while waiting and line.start >= waiting[0][0]:
            tree.begin(waiting.pop(0)[1])
        label = labels[i]
        if i not in kept:
            continue
        if label and tree.takes(label):
            unit = tree.add(line, label, line.start)
            if i in paragraphs:
                _first_paragraph(tree, unit)
        elif i in paragraphs:
            tree.add(line, new_label(f"第{_numeral(paragraphs[i])}款", "paragraph", 0), line.start)
        else:
            tree.extend(line)
    return _ended(tree.units)


def _paragraphs(lines: Sequence[Line], labels: Sequence[Label | None], kept: set[int]) -> dict[int, int]:
    """Line number → 款 number, for the articles of several paragraphs: each but the first begins after a full stop."""
    found: dict[int, int] = {}
    article, count, before = None, 1, ""
    for i in sorted(kept):
        label, text = labels[i], lines[i].text
        if label and (label.kind == "article" or label.kind in _DIVISIONS or label.kind == "one"):
            article, count = (i if label.kind == "article" else None), 1
        elif article is not None and label is None and _is_paragraph(text) and before.endswith(("。", "；")):
            count += 1
            found[article], found[i] = 1, count
        before = text
    return found


def _is_paragraph(text: str) -> bool:
    """A sentence of its own, or the beginning of a list."""
    return text.endswith(("。", "：")) and not text.startswith(("“", "附", "注", "（", "——")) and "\t" not in text


def _first_paragraph(tree: _Tree, article: _Unit) -> None:
    """The first 款 begins behind the article's number (and name)."""
    text = article.line.text
    end = article.label.end
    named = _ARTICLE_NAME.match(text, end)
    end = named.end() if named else end
    start = end + len(text[end:]) - len(text[end:].lstrip())
    if start < len(text):
        unit = tree.add(article.line, new_label("第一款", "paragraph", start), article.start + start)
        article.own_end = article.start + end
        unit.whole_end = unit.own_end


def _numeral(value: int) -> str:
    """1–99 as Chinese numerals; 款 beyond that keep their digits."""
    if value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    return ("" if not tens else "十" if tens == 1 else _DIGITS[tens - 1] + "十") + (_DIGITS[ones - 1] if ones else "")


def _ended(units: list[_Unit]) -> list[_Unit]:
    """Each unit's whole reaches to the end of its last descendant."""
    by_id = {unit.id: unit for unit in units}
    for unit in reversed(units):
        parent = by_id.get(unit.parent or "")
        if parent:
            parent.whole_end = max(parent.whole_end, unit.whole_end)
    return units


def _provision(view: View, unit: _Unit) -> Provision:
    heading = _heading(unit)
    return Provision(
        id=unit.id,
        label=unit.label.text,
        level=unit.level,
        span=view.source(unit.start, unit.own_end),
        whole=view.source(unit.start, unit.whole_end),
        heading=view.source(*heading) if heading else None,
        text=view.text[unit.start : unit.own_end],
        parent=unit.parent,
    )


def _heading(unit: _Unit) -> tuple[int, int] | None:
    """The whole line where it is no sentence, or the short first sentence that demands nothing of anybody by itself."""
    line, rest = unit.line, unit.line.text[unit.label.end :]
    if not rest.strip() or unit.label.kind == "paragraph":
        return None
    if unit.label.kind == "article":
        named = _ARTICLE_NAME.match(rest)
        return (line.start, unit.after_label + named.end()) if named else None
    if unit.label.kind in _DIVISIONS or (rest[-1] not in _END and len(rest) <= _LONGEST_LINE):
        return line.start, line.end
    stop = rest.find("。")
    first = rest[:stop]
    whole = stop == len(rest) - 1 and unit.own_end <= line.end
    if stop < 0 or stop > _LONGEST_HEADING or whole or _DUTY.search(first) or re.search(r"[；：:]", first):
        return None
    return line.start, unit.after_label + stop + 1
