"""ZX0304 责任用语含糊

检查什么
对部门和单位提出的要求，是否写成“尽量”“尽可能”“视情”“酌情”一类可做可不做的话。

为什么
《意见》第七条要求明确责任主体、目标任务、工作标准和时限；可做可不做的要求，既不能督办，也不能问责。

怎样判断
句中既有“要”“应”“须”“必须”等要求用语，又有上述用语修饰所要求的行为的，以及写明了责任主体而由其“视情给予”“酌情减免”的，予以提示；
全文只提示一次，列出各处。
法律法规和条文式文件、鼓励和倡导性的内容、写明了在什么条件下可以变通或者做不到时怎么办的，不提示；
只在几种方式中择优（“尽可能采用视频形式”）、对人的关怀照顾、对个人的劝告（“就医时尽量避免乘坐公交”），也不提示。

反例
各部门要尽量压缩审批时间。

正例
各部门要将审批时间压缩至10个工作日以内。

怎样修改
确属要求的，删去含糊用语，写明标准；确属提倡的，改用“鼓励”“提倡”。

选项
`minimum`：全文出现多少处才提示，默认 1。
`words`：检查哪些用语，默认“尽量”“尽可能”“视情”“酌情”。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第七条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_statute
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Evidence, Facts, Modality, Obligation, Severity, Span

_VAGUE = {
    "尽量": re.compile(r"(?<!不)尽量"),
    "尽可能": re.compile(r"尽(?:最大)?可能|尽其所能"),
    "视情": re.compile(r"(?<!可)(?<!可以)视情(?:况)?(?!形|节|况?(?:严重|轻重)|况(?:决定是否启动|启动|分别))"),
    "酌情": re.compile(r"酌情"),
}
#: What makes the vague word part of a demand (将视情况给予补助 is a promise).
_DEMAND = re.compile(r"要|应|须|务必")
#: What a named bearer gives or remits as it sees fit: 视情况予以免除.
_GRANT = re.compile(r"^(?:予以|给予|减免|免除|降低|减收|缓收|补助|补贴|安排|增加|提高)")
#: A principle that is quoted (“尽可能网上办”).
_QUOTED = re.compile(r"“[^”]*$")
#: What names the condition under which the duty bends, or leaves a right to a citizen.
_BOUNDED = re.compile(
    r"(?:确有|确因|如有|如遇|遇有|因)[^，。；]{1,16}(?:的|，)|除[^，。；]{1,20}外|(?:有|没有|具备|不具备)条件的|鼓励|提倡|倡导|引导|支持"
)
#: A choice among ways, care for a person, advice to one: nobody is held to a standard.
_CHOICE = re.compile(
    r"^(?:采用|采取|利用|通过|使用|选用|选择|以[^，。；]{1,12}(?:方式|形式)|使|让|照顾|兼顾|(?:避免|减少|不)?(?:乘坐|前往|外出|出行|接触|聚集))"
)
#: Persons to whom advice is given, and a standard that the sentence names itself: 尽量少开会，每月不超过两场.
_PERSONS = re.compile(
    r"(?:群众|市民|居民|公民|村民|乘客|旅客|游客|家长|学生|师生|消费者|患者|病人|考生|驾驶人|职工|员工|用户|申请人|个人)们?(?:也|都)?[应要须]"
)
_MEASURED = re.compile(
    r"(?:不(?:超过|少于|低于|高于)|至少|最多)[^，。；]{0,8}[\d一二两三四五六七八九十]|\d+\s*(?:分钟|小时|天|日|个工作日|%)|\d+月|年底"
)
#: Within which sum a discretion moves: 500元至2000元.
_RANGE = re.compile(r"\d[^，。；]{0,4}[至到—~-]\s*\d")
#: What is done where it cannot be done: 协商不成的，…….
_FALLBACK = re.compile(r"^[。；]?对?[^，。；]{0,16}(?:不成|不能|无法|难以|未能|达不到|不具备|确需|确实)[^，。；]{0,12}的?，")
_OTHERWISE = re.compile(r"，[^，。；]{0,10}(?:不成|不能|无法|难以|未能|达不到|确需|确实)[^，。；]{0,10}的，")
#: A condition of another demand: 在尽可能消减风险的基础上.
_WITHIN = re.compile(r"在[^，。；]{0,8}$"), re.compile(r"^[^，。；]*(?:基础上|前提下|情况下)")
#: So far behind a demand stands what to do without it.
_AFTER = 48


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark a document, at the first place; the others are its evidence."""
    if facts.masthead.kind in OTHER_KINDS or is_statute(facts):
        return
    places = [span for obligation in facts.obligations if (span := _vague(facts, obligation, context.option("words")))]
    if not places or len(places) < context.option("minimum"):
        return
    words = "、".join(dict.fromkeys(f"“{facts.view.of(span)}”" for span in places))
    yield Remark(
        f"要求中使用{words}，可做可不做，难以督办（全文{len(places)}处）",
        places[0],
        evidence=tuple(Evidence(source=document.path, quote=document.quote(span), own=span) for span in places[1:]),
        suggestion="确属要求的，删去含糊用语，写明标准；确属提倡的，改用“鼓励”“提倡”",
    )


def _vague(facts: Facts, obligation: Obligation, words: tuple[str, ...]) -> Span | None:
    """Where a demand leaves it to its bearer whether to meet it."""
    if Modality.OBLIGATION not in obligation.modality:
        return None
    start, end = facts.view.range(obligation.span)
    text = facts.view.text[start:end]
    if _BOUNDED.search(text):
        return None
    found = next((at for word, pattern in _VAGUE.items() if word in words and (at := pattern.search(text))), None)
    if found is None or _QUOTED.search(text, 0, found.start()):
        return None
    granted = bool(obligation.actors) and bool(_GRANT.search(text[found.end() :])) and text[found.start() - 1] != "将"
    if not granted and not _DEMAND.search(text, 0, found.start()):
        return None
    if _is_bounded(found.group(), text[: found.start()], text[found.end() :], facts.view.text[end : end + _AFTER]):
        return None
    return facts.view.source(start + found.start(), start + found.end())


def _is_bounded(word: str, before: str, after: str, behind: str) -> bool:
    """Whether the word between these qualifies what no standard could replace, or what is bounded by a number, a range, a fallback
    (also in the sentence `behind`)."""
    opened, closed = _WITHIN
    if _CHOICE.search(after) or _PERSONS.search(before) or (opened.search(before) and closed.search(after)):
        return True
    rest = re.split("[。\n]", after + behind)[0]
    if word.startswith("尽") and (_MEASURED.search(rest) or _OTHERWISE.search(rest)):
        return True
    return bool(_RANGE.search(before + after) or _FALLBACK.search(behind))


RULE = Rule(
    id="ZX0304",
    name="责任用语含糊",
    article="七",
    severity=Severity.INFO,
    check=check,
    options=(("minimum", 1), ("words", tuple(_VAGUE))),
)
