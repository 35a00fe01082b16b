"""ZX0004 附件与附件说明不一致

检查什么
正文之后列了附件说明的，文稿里是否有这些附件；文稿后面有附件的，正文之后是否列了附件说明；附件序号是否连续。

为什么
附件是公文的一部分；漏附、漏列、错号，收文单位就无法执行。

怎样判断
落款前“附件：1.……”列出的名称数与落款后“附件1”“附件2”等标题数不同的，序号不连续的，予以提示。
落款后一个附件标题也没有的，可能另有文件，只作提示；条文内的“见附件”不计。

反例
附件：1.任务清单　2.联系表（落款后只有“附件1”）

正例
附件：1.任务清单　2.联系表（落款后依次有“附件1”“附件2”）

怎样修改
补齐附件，或者改正附件说明和序号。

选项
无。

依据
《党政机关公文格式》（GB/T 9704-2012） 7.3.4、7.3.8：附件说明列附件的顺序号和名称，附件顺序号和附件标题应当与附件说明的表述一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_statute, signature
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Severity, Span

_HEADING = re.compile(
    r"^[ \t\u3000]*附[ \t\u3000]*件[ \t\u3000]*[（(]?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?[）)]?[ \t\u3000]*[:：]?[ \t\u3000]*$",
    re.MULTILINE,
)
_DIGITS = "一二三四五六七八九十"


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark where announced and attached differ."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts) or facts.inner:
        return
    signed = signature(document, facts)
    if signed is None:
        return
    attached = list(_attached(facts, signed[2]))
    announced = facts.masthead.attachments
    place = announced[0].span if announced else None
    if attached and not announced:
        yield Remark(
            f"落款后有{len(attached)}个附件，正文之后没有附件说明",
            attached[0][1],
            suggestion="在正文之后、落款之前列出附件的序号和名称",
        )
    elif announced and not attached:
        message = f"附件说明列了{len(announced)}个附件，文稿中没有看到"
        yield Remark(message, place, suggestion="确认附件随文稿一并送审", severity=Severity.INFO)
    elif len(announced) != len(attached):
        yield Remark(
            f"附件说明列了{len(announced)}个附件，文稿后有{len(attached)}个", place, suggestion="补齐附件，或者改正附件说明"
        )
    else:
        yield from _out_of_order(attached)


def _attached(facts: Facts, after: int) -> Iterator[tuple[int | None, Span]]:
    """Number and place of each heading 附件N below the signature."""
    for found in _HEADING.finditer(facts.view.text, after):
        yield _value(found["number"]), facts.view.source(found.start(), found.end())


def _value(number: str | None) -> int | None:
    if number is None:
        return None
    if number.isdecimal():
        return int(number)
    return _DIGITS.find(number) + 1 if len(number) == 1 else 10 + _DIGITS.find(number[-1]) + 1


def _out_of_order(attached: list[tuple[int | None, Span]]) -> Iterator[Remark]:
    numbers = [number for number, _ in attached]
    if len(numbers) < 2 or numbers == list(range(1, len(numbers) + 1)):
        return
    wrong = next(n for n, number in enumerate(numbers) if number != n + 1)
    yield Remark(
        f"附件序号不连续：第{wrong + 1}个附件应为“附件{wrong + 1}”", attached[wrong][1], suggestion="按附件说明的顺序编号"
    )


RULE = Rule(id="ZX0004", name="附件与附件说明不一致", article="公文格式", severity=Severity.WARNING, check=check)
