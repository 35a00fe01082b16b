"""ZX0303 时限用语含糊

检查什么
要求办理的事项只写“规定时间内”“一定时期内”“近期内”“尽快”，没有写明具体时限。

为什么
《意见》第七条、第十条要求明确时限要求；没有明确的时限，就无从督办，也无从说明是否逾期。

怎样判断
要求句中有上述用语，同一句又没有日期、期限或者所依据的规定的，予以提示；全文只提示一次，列出各处。
“及时”“定期”“适时”在公文中另有惯常用法，不单独提示；需要检查“适时”的，在选项中加上。

反例
必须在规定时间内完成整改。

正例
必须在收到通知后15个工作日内完成整改。

怎样修改
写明具体日期、期限或者周期；时限由其他文件规定的，写明文件名称。

选项
`minimum`：全文出现多少处才提示，默认 1。
`words`：检查哪些用语，可选“规定时间内”“近期”“尽快”“适时”，默认前三种。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条、第十条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_statute, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Evidence, Facts, Modality, Obligation, Severity, Span

_VAGUE = {
    "规定时间内": re.compile(r"(?<!法律)(?<!法规)(?:规定|要求|限定|一定)(?:的)?(?:时间|时限|期限|时期)(?:之?内|前)"),
    "近期": re.compile(r"在?近期(?:之?内)(?!目标)"),
    "尽快": re.compile(r"尽快|尽早|早日"),
    "适时": re.compile(r"适时"),
}
#: What others asked for is told, not demanded: 你省请求，……；尽快批复……
_ASKED = re.compile(r"(?:请求|建议|提出|反映)[，：:]")
_DEFINITE = re.compile(
    r"\d+\s*个?(?:工作日|日|天|月|周|年|小时)|[一二三四五六七八九十]+(?:个)?(?:工作日|日内|天内|月|周"
    r"|年|小时)|年底|月底|季度|《|依法|法定|家长|考生|学生|当事人|申请人|权利人"
)


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark a document, at the first place; the others are its evidence."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts) or re.search(r"报告|公报", title_text(document, facts)):
        return
    places = [span for obligation in facts.obligations if (span := _vague(facts, obligation, context.option("words")))]
    if not places or len(places) < context.option("minimum"):
        return
    words = "、".join(dict.fromkeys(f"“{facts.view.of(span)}”" for span in places))
    yield Remark(
        f"{words}没有写明具体时限（全文{len(places)}处）",
        places[0],
        evidence=tuple(Evidence(source=document.path, quote=document.quote(span), own=span) for span in places[1:]),
        suggestion="写明具体日期、期限或者周期；时限由其他文件规定的，写明文件名称",
    )


def _vague(facts: Facts, obligation: Obligation, words: tuple[str, ...]) -> Span | None:
    """Where a demand puts off to an indefinite time."""
    if obligation.deadlines or not {Modality.OBLIGATION, Modality.TARGET} & set(obligation.modality):
        return None
    start, end = facts.view.range(obligation.span)
    text = facts.view.text[start:end]
    found = next((at for word, pattern in _VAGUE.items() if word in words and (at := pattern.search(text))), None)
    before = re.split(r"[。\n]", facts.view.text[max(0, start - 80) : start])[-1]
    if found is None or _DEFINITE.search(text) or _ASKED.search(before):
        return None
    return facts.view.source(start + found.start(), start + found.end())


RULE = Rule(
    id="ZX0303",
    name="时限用语含糊",
    article="七",
    severity=Severity.INFO,
    check=check,
    options=(("minimum", 1), ("words", ("规定时间内", "近期", "尽快"))),
)
