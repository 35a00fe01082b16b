"""Headings among sentences: a heading that is an imperative (（一）强化政治责任。) still demands nothing."""

from __future__ import annotations

import re

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.find_owners import subject_of
from shenwen.extractors.obligations.modality import words
from shenwen.extractors.obligations.page import Page
from shenwen.extractors.obligations.responsibility import bracket_at_start
from shenwen.extractors.obligations.segments import Line, Sentence

_ENDS = "。！？；：!?;:，,"
_LONGEST_TITLE = 40
_LONGEST_HEADING = 28
_LONGEST_LEAD = 12
_NOT_HEADING = re.compile(
    r"^对|原则上|^为[^，]{2,24}提供|，包括|由|负责|的，|予以|[:：]|^[^，]{1,14}(?:部门|部|委|局|厅|署|院|政府|学校|企业|单位)(?:对|应(?!对|急)|会同|组织|实行)"
)


_TOLD = re.compile(
    r"回顾|主要成[效就绩]|工作成[效就绩]|取得的?成[效就绩]|工作情况|进展情况|背景|基本情况|现状|存在的?(?:主要|突出)?(?:问题|困难)|典型经验|经验做法|典型做法|典型案例|先进事迹|起草(?:说明|过程)|必要性|面临的?形势|发展基础|发展成就|指导思想(?![和与及、])"
)


def tells(page: Page, line: Line) -> bool:
    """The line is the heading of a part that reports (工作回顾, 出台背景) or professes (指导思想) and demands nothing."""
    return opens_part(page, line) and bool(_TOLD.search(page.mask, line.start, line.end))


def opens_part(page: Page, line: Line) -> bool:
    """A title, or the label of a part that ends like a sentence: （一）指导思想。"""
    first = line.sentences[0]
    short = line.rank > 0 and len(line.sentences) == 1 and first.end - first.body <= _LONGEST_LEAD
    return short or is_title(page, line)


#: A label within a line: texts whose line breaks were lost.
_LABEL = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
_NUMBER = re.compile(r"\d{1,2}[.．、]\s*$")
_NEXT_NUMBER = re.compile(r"\s*(?:[（(]?\d{1,2}[.．、）)]|[①-⑳])")
#: （一）受理申请的程序和时间：
_NAMES_PART = re.compile("[^，、。：]{2,24}的?(?:程序|时间|流程|步骤|条件|范围|对象|标准)[：:]")
_ARTICLE = re.compile("第[^条]{1,6}条")
_AIM = re.compile("(?:目标|指标)(?!责任|考核|管理|绩效)")


def aims(page: Page, line: Line) -> bool:
    """The heading of the line announces goals."""
    first = line.sentences[0]
    return bool(_AIM.search(page.mask, first.start, min(first.end, first.start + _LONGEST_HEADING)))


def is_title(page: Page, line: Line) -> bool:
    """A line of its own without an end mark, not long: a title or heading."""
    first = line.sentences[0]
    return len(line.sentences) == 1 and page.text[first.end - 1] not in _ENDS and first.end - first.body <= _LONGEST_TITLE


def is_heading(page: Page, line: Line, sentence: Sentence, following: Line | None) -> bool:
    """Titles (lines without an end mark), the short first sentence after a label, and short lead words within a paragraph."""
    text, mask = page.text, page.mask
    length = sentence.end - sentence.body
    last = text[sentence.end - 1]
    if last not in _ENDS and sentence.first and sentence.last:
        return length <= _LONGEST_TITLE or "，" not in mask[sentence.start : sentence.end]
    if line.rank and sentence.first and sentence.last and _NAMES_PART.fullmatch(mask, sentence.body, sentence.end):
        return not page.modals(sentence.body, sentence.end)
    if last not in _ENDS and not sentence.last:
        return length <= _LONGEST_HEADING
    deeper = sentence.last and line.rank and _goes_deeper(line, following)
    if last != "。" or length > (_LONGEST_TITLE if deeper else _LONGEST_HEADING) or _ARTICLE.match(line.label):
        return False
    if text[sentence.end : sentence.end + 1] in ("（", "(") and bracket_at_start(text[sentence.end : line.end]):
        return False
    plain = mask[sentence.body : sentence.end].rstrip("。")
    if plain.count("，") > 1 or not _only_encourages(page, sentence):
        return False
    if (sentence.first and line.rank) or _LABEL.match(text, sentence.start, sentence.body) or _over_text(text, sentence):
        over = not sentence.last or _goes_deeper(line, following)
        return over and not _NOT_HEADING.search(plain) and not _says_who(mask, sentence)
    if sentence.last:
        return False
    if _ORDINAL.match(text, sentence.start, sentence.body) and "，" not in plain and _opens_task(plain):
        return not _ORDINAL.match(text[sentence.end : min(sentence.end + 12, line.end)].lstrip())
    opens = _opens_paragraph(page, sentence)
    return (_is_lead(plain) and (opens or _has_parallel(mask, line, plain))) or (opens and _is_couplet(plain))


def _says_who(mask: str, sentence: Sentence) -> bool:
    """七、局长召集和主持局务会议。: a sentence with its subject, not the name of a task."""
    subject = subject_of(mask, sentence.body, sentence.end)
    return subject is not None and not subject.verbal and subject.how == "subject"


def _over_text(text: str, sentence: Sentence) -> bool:
    """2.完善制度。… within a line: a numbered sentence over one without a number."""
    if sentence.last or not _NUMBER.search(text, max(sentence.start, sentence.body - 4), sentence.body):
        return False
    return not _NEXT_NUMBER.match(text, sentence.end)


#: 一是加强领导。: lead words of what follows them, unless the next of the series does.
_ORDINAL = re.compile("[一二三四五六七八九十]{1,2}是")
#: 坚持问题导向，注重创新驱动: the name of a principle.
_PRINCIPLE = re.compile("坚持[^，、]{2,9}，[^，、。]{4,10}(?=。|$)")


def _opens_task(plain: str) -> bool:
    table = words()
    return table.task_at(plain, table.past_adverbs(plain, 0, len(plain)), len(plain))


def _is_lead(plain: str) -> bool:
    return (
        len(plain) <= _LONGEST_LEAD
        and "，" not in plain
        and bool(words().task_at(plain, 0, len(plain)) or plain.startswith("坚持"))
    ) or bool(_PRINCIPLE.fullmatch(plain))


#: 加强统筹谋划，积极稳妥推进: two halves of one length over a paragraph.
_COUPLET = re.compile(r"(?P<one>[^，、。\d]{4,7})，(?P<two>[^，、。\d]{4,7})")


def _is_couplet(plain: str) -> bool:
    halves = _COUPLET.fullmatch(plain)
    return halves is not None and len(halves["one"]) == len(halves["two"]) and _opens_task(plain)


def _opens_paragraph(page: Page, sentence: Sentence) -> bool:
    """The paragraph's first sentence, unless owners stand behind it in a bracket, as they do behind a task."""
    return sentence.first and page.text[sentence.end : sentence.end + 1] not in ("（", "(")


def _has_parallel(mask: str, line: Line, plain: str) -> bool:
    """Lead words within a paragraph come in series (完善…机制。 … 完善…机制。 …)."""
    texts = (mask[sentence.body : sentence.end].rstrip("。") for sentence in line.sentences)
    return sum(_is_lead(text) and text[:2] == plain[:2] and text[-2:] == plain[-2:] for text in texts) > 1


def _only_encourages(page: Page, sentence: Sentence) -> bool:
    """No modal word, or a short call to encourage (（九）支持企业发展。), which may be a heading too."""
    modals = page.modals(sentence.body, sentence.end)
    short = sentence.end - sentence.body <= _LONGEST_LEAD + 3
    if short and not sentence.last and len(modals) == 1 and modals[0].start == sentence.body and modals[0].word == "必须":
        return True  # 1．必须备足物资。… over the text behind it
    principle = modals and _PRINCIPLE.match(page.mask, sentence.body, sentence.end)
    return all(
        (modal.modality is Modality.RECOMMENDATION or modal.word == "给予")
        and (principle or (short and modal.start == sentence.body))
        for modal in modals
    )


def _goes_deeper(line: Line, following: Line | None) -> bool:
    """A paragraph or a deeper item follows, so the line stands over it."""
    return following is not None and (following.rank == 0 or following.rank > line.rank)
