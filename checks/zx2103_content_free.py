"""ZX2103 没有实质内容

检查什么
全文是否只有号召、表态、背景和转述，没有可以检查的任务、责任主体、标准、数量、程序、时限或者权利。

为什么
《意见》第二十一条要求：没有实质内容、可发可不发的文件一律不发。

怎样判断
逐句辨认：写明数量或标准、时间要求、责任主体、决定或事项、程序或材料、条件权利或罚则、名单或联系方式之一的，是有实质内容的句子；
只有“提高认识”“加强领导”“狠抓落实”一类套话，或者几乎全由放在任何文件里都成立的词语组成的，是套话；交代缘由、形势和会议情况的，是背景。
得分＝背景以外各句中抽象词语和重复标题的字所占比重×（1－有实质内容的句子所占比重），达到界限的，予以提示。
短通知只要有一项确实的具体事项，即不提示；全文没有一项的，界限放宽，篇幅越短放得越宽。只有数字、时间、主体的外形而并无内容的，不算具体事项：口号中的数字（“120%的干劲”）、
“责任单位：各科室”、“对落实不力的予以通报”、“决定开展……活动”、“于12月底前报送贯彻落实情况”（本来就是布置报送、统计、自查的除外）。
以“加强”“抓好”“严防”一类词语领起的要求（“加强对林区的巡查”）、禁止本来就属违规的行为（“不得迟报漏报”）、只要求有关部门“各司其职、密切配合”的，
是人人都应当做到的，不算具体事项；一千二百字以上的长文，这类要求写明的对象、标题说到的事物仍予计入。不足百字的，有一句写明具体事物即不提示。倡议书按号召看待。
只转发上级文件、没有补充任何内容的，同样提示；附件只是所转文件的，不算补充。函和答复一句具体事物也没有的，才提示。
判断结果列出各项比重、尚有实质内容的句子和缺少的内容，供审核人员决定。
任免、表彰、更正、放假、成立或调整机构、批复、有补充内容的转发等短文件，均不提示。

反例
各单位要提高思想认识，切实加强组织领导，层层压实责任，确保各项工作取得实效。请认真贯彻落实。

正例
各乡镇于6月10日前在水库、池塘边设立警示牌，每日巡查不少于3次，巡查记录交教育局存档。

怎样修改
补上谁来做、做什么、做到什么程度、何时完成；补不出来的，不发文，可改用电话、会议纪要或者工作群通知。

选项
`limit`：得分的界限，默认 0.66。调高则提示更少。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_addressed, operative_ranges, title_of, title_range, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.substance import Nature, Sentence, full_of_substance, sentences, signals
from shenwen.corpus.model import Document, DocumentKind, Evidence, Facts, Severity

#: Letters of body. In a short notice one concrete fact is enough; in a long one a report on "how it was carried out" is none.
ONE_FACT_IS_ENOUGH = 180
#: In so few lines a sentence that names things may be the fact that no pattern knows.
FEW_LINES = 100
LONG = 300
VERY_LONG = 1200
#: Where not one sentence carries substance, so much less of abstract words decides.
NOTHING_AT_ALL = 0.08
#: A short text whose only facts are of a doubtful kind (不得损害……).
DOUBTFUL = 0.11
#: In a long text the share of abstract words is measured without general duties and the title's words: it is less.
WORDS_ALONE = 0.05
#: Half a page without one such sentence has nowhere to hide anything; a few lines may name a thing that no pattern knows.
SHORT, NOTHING_AND_SHORT = range(80, 250), 0.16
#: Without one set phrase, the share of abstract words must speak for itself.
UNPHRASED = 0.6
#: Answers, appointments and the like: their one act is in the title.
_ACTS = re.compile(r"(?:批复|公示|讣告|贺信|慰问信|感谢信|任职|免职|任免|名单|公告)(?:（[^）]*）)?$")
#: A letter asks or answers one thing: it is empty only where it names none.
_LETTER = re.compile(r"(?:复函|答复|函)(?:（[^）]*）)?$")
#: Kinds that are no documents of an office's own: they explain, report or are filled in.
OTHER_KINDS = {DocumentKind.INTERPRETATION, DocumentKind.LAW, DocumentKind.NEWS, DocumentKind.FORM}


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """One remark on a document whose sentences carry next to nothing."""
    if facts.masthead.kind in OTHER_KINDS:
        return
    title = title_text(document, facts)
    if _ACTS.search(title) or not (title or is_addressed(facts)):
        return
    ranges = list(operative_ranges(document, facts))
    if full_of_substance(facts.view.text, ranges, 1 - float(context.option("limit")) + NOTHING_AND_SHORT):
        return
    found = [s for start, end in ranges for s in sentences(facts.view.text, start, end, title)]
    if not found or not (_is_empty(found, context) or _is_bare_relay(found)):
        return
    if _LETTER.search(title) and any(s.nature is Nature.SUBSTANCE or s.names_things for s in found):
        return
    substance = [s for s in found if s.nature is Nature.SUBSTANCE]
    at = title_range(document, facts) or next(((s.start, s.end) for s in found if s.nature is Nature.PHRASE), None)
    yield Remark(
        _message(found, substance, title_of(facts)),
        facts.view.source(*at) if at else None,
        evidence=tuple(_evidence(document, facts, sentence) for sentence in substance),
        suggestion="补上责任主体、具体任务、标准和时限；补不出来的，建议不发文",
    )


def _is_empty(found: list[Sentence], context: Context) -> bool:
    """Whether the score reaches the limit: the share of abstract words, lessened by the share of sentences with substance."""
    total = sum(s.weight for s in found)
    spoken = [s for s in found if s.nature is not Nature.BACKGROUND]
    substance = [s for s in spoken if s.nature is Nature.SUBSTANCE]
    if total < ONE_FACT_IS_ENOUGH and any(s.firm for s in substance):
        return False
    if total < FEW_LINES and any(s.names_things for s in spoken):
        return False
    own = sum(s.weight for s in substance if not (s.only_report and total >= LONG)) / total
    limit = float(context.option("limit")) - _relief(total, bool(substance), own)
    phrased = any(s.phrases or s.nature is Nature.PHRASE for s in found)
    return emptiness(spoken, total >= VERY_LONG) * (1 - own) >= (limit if phrased else max(limit, UNPHRASED))


def _relief(total: int, substance: bool, own: float) -> float:
    """What a text is let off the limit for: it is short, and nothing in it is a fact beyond doubt."""
    if substance and total < ONE_FACT_IS_ENOUGH:
        return DOUBTFUL
    if total >= VERY_LONG:
        return WORDS_ALONE
    if own:
        return 0.0
    return NOTHING_AND_SHORT if total in SHORT else NOTHING_AT_ALL


def emptiness(spoken: list[Sentence], long: bool = False) -> float:
    """Share of abstract words (in a `long` text without clauses of general duty) over all sentences that are no background."""
    weight = sum(s.weight for s in spoken)
    return sum((s.worded if long else s.abstract) * s.weight for s in spoken) / weight if weight else 0.0


def _is_bare_relay(found: list[Sentence]) -> bool:
    """A cover that passes a document on, calls for its execution and adds nothing."""
    if any(s.nature is Nature.SUBSTANCE for s in found):
        return False
    relayed = [s for s in found if s.relay]
    return bool(relayed) and all(s.relay or s.nature in (Nature.PHRASE, Nature.BACKGROUND) for s in found)


def _message(found: list[Sentence], substance: list[Sentence], title: str) -> str:
    total = sum(s.weight for s in found)
    shares = "，".join(
        f"{word}{sum(s.weight for s in found if s.nature is nature) * 100 // total}%"
        for nature, word in ((Nature.PHRASE, "套话"), (Nature.BACKGROUND, "背景"), (Nature.SUBSTANCE, "有实质内容的句子"))
    )
    present = {name for s in substance for name in s.signals}
    missing = "、".join(name for name in signals() if name not in present)
    some = f"尚有实质内容的句子{len(substance)}句；" if substance else "没有一句有实质内容；"
    return f"{title}没有实质内容，可发可不发：{shares}。{some}缺少：{missing}"


def _evidence(document: Document, facts: Facts, sentence: Sentence) -> Evidence:
    span = facts.view.source(sentence.start, sentence.end)
    return Evidence(source=document.path, quote=document.quote(span), title="本件尚有实质内容的句子", own=span)


RULE = Rule(
    id="ZX2103",
    name="没有实质内容",
    article="二十一",
    severity=Severity.WARNING,
    check=check,
    options=(("limit", 0.66),),
)
