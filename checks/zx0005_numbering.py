"""ZX0005 序号跳号或者重号

检查什么
同一层次的序号（一、（一）1.（1）、第一条）是否连续，有无跳号、重号。

为什么
序号错了，引用就会指错条款；常见于增删条款后没有重新编号。

怎样判断
同一上级之下、同一种序号相邻两个：后一个等于前一个的是重号，后一个比前一个大二以上的是跳号。
倒退的多为另起一组，不提示；附件、被印发的文件分别计算；章之下的条连续计算。

反例
一、……　三、……（缺“二、”）

正例
一、……　二、……　三、……

怎样修改
重新编号，并核对文中对条款的引用。

选项
无。

依据
《党政机关公文格式》（GB/T 9704-2012） 7.3.3：文中结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shenwen.checks.operative import head_lines
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, DocumentKind, Facts, Provision, Severity

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MOST = 3
#: Two numbers more than so many apart are of two lists, or of a table that lost its lines; a slip skips one or two. (A second 1.
#: begins another list.)
_GAP = 3
#: Texts that set old and new side by side have every number twice.
_COMPARED = re.compile(r"对照|修改前|修正文本")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each gap and each repetition, at most three a document: one slip shifts all that follows."""
    if facts.masthead.kind in OTHER_KINDS - {DocumentKind.LAW} or _COMPARED.search("".join(head_lines(facts))):
        return
    found = 0
    for provisions in _rows(facts):
        if provisions[0].label.endswith("条") and number_of(provisions[0].label) != 1:
            continue  # articles of a law that is quoted
        for before, after in pairwise(provisions):
            a, b = number_of(before.label), number_of(after.label)
            if a is None or b is None or not (b == a or b >= a + 2) or found >= _MOST:
                continue
            if (
                b - a > _GAP
                or b == a == 1
                or _begins_anew(facts, before, after, b)
                or (b > a and _within(facts, before, after, range(a + 1, b)))
            ):
                continue
            found += 1
            fault = f"“{after.label}”重号" if b == a else f"“{before.label}”之后是“{after.label}”，缺{b - a - 1}个序号"
            start = after.span.start
            length = len(after.label)
            yield Remark(fault, type(after.span)(start, start + length), suggestion="重新编号，并核对文中对条款的引用")


def _rows(facts: Facts) -> Iterator[list[Provision]]:
    """Provisions of one kind of label below one parent, in order."""
    rows: dict[tuple[str | None, str], list[Provision]] = {}
    for provision in facts.provisions:
        kind = re.sub(r"[\d一二三四五六七八九十百千零〇两]+", "#", provision.label)
        if "#" in kind and number_of(provision.label) is not None:
            above = provision.parent or provision.id.rpartition("/")[0]  # attachments count by themselves: 附件1/一
            rows.setdefault((above, kind), []).append(provision)
    yield from (row for row in rows.values() if len(row) >= 2)


def _begins_anew(facts: Facts, before: Provision, after: Provision, number: int) -> bool:
    """Whether a list begins between the two and has come to the latter: 说明：1.……（换行）2.……."""
    return number >= 2 and _within(facts, before, after, range(1, number))


def _within(facts: Facts, before: Provision, after: Provision, wanted: range) -> bool:
    """Whether the missing numbers stand within the lines between: 一行之内的（三）……；（四）……."""
    kind = re.sub(
        r"[\d一二三四五六七八九十百千零〇两]+", lambda _: "#", facts.view.of(before.span)[: len(before.label)] or before.label
    )
    pattern = re.escape(kind).replace("\\#", r"[\d一二三四五六七八九十百千零〇两]+")
    start, end = facts.view.range(type(before.span)(before.span.start, after.span.start))
    found = {number_of(label) for label in re.findall(pattern, facts.view.text[start:end])}
    return found.issuperset(wanted)


def number_of(label: str) -> int | None:
    """The number in a label: 二、 → 2, （十二） → 12, 第一百零三条 → 103, 3. → 3; None for others."""
    found = re.search(r"\d+|[一二三四五六七八九十百千零〇两]+", label)
    if found is None or re.search(r"\d[.．]\d|之", label):
        return None
    words = found.group()
    if words.isdecimal():
        return int(words)
    total = digit = 0
    for char in words:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


RULE = Rule(id="ZX0005", name="序号跳号或者重号", article="公文格式", severity=Severity.WARNING, check=check)
