"""To which clause of a sentence each modal word belongs, and which of them only describe a thing or a condition."""

from __future__ import annotations

import re

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.clauses import Clause, Sign
from shenwen.extractors.obligations.find_owners import is_complete
from shenwen.extractors.obligations.modality import Modal, words

#: 要在…基础上: the modal word governs what follows, though its clause looks like a condition.
_BEFORE_PLACE = re.compile(r"(?:统一|分别|同时|严格|及时|尽快|提前|首先)?(?:在|于)|按|根据|以|通过|从|自|结合|围绕")
_RELATIVE = re.compile(r"[^，]{1,4}的[^，]{1,4}$")
#: 对不能按期完成的项目，…: the modal word only tells which.
_OF_OBJECT = re.compile("(?:对于?|凡|凡是)(?:依法|依规|按规定|按照规定|确实|确|暂时?|目前|仍|尚)*")


#: 做好今年工作，要坚持以…思想为指导，…: the creed of a report.
_CREED = re.compile("(?:坚持|始终|全面|更加)*以[^，]{2,60}(?:为指导|为指引|为遵循)$")
#: 未经县局允许: what is missing, not what is allowed.
_LEAVE = ("允许", "准许")
_UNLESS = re.compile("未?经")

_LIGHT_WORDS = frozenset({"予以", "给予", "加以"})
#: 鼓励学校在做好教学的同时，…: the modal word opens a clause whose end is only the circumstance of what follows.
_CIRCUMSTANCE = re.compile("[在于][^，]{2,40}(?:同时|过程中|基础上|前提下|条件下|情况下|期间)$")


def _governs(mask: str, modal: Modal, clause: Clause) -> bool:
    if modal.word == "不能" and mask[clause.end - 1] == "的":
        return False  # 不能在户籍地入学的，…
    if _BEFORE_PLACE.match(mask, modal.end, clause.end):
        return True
    return modal.start == clause.lead and bool(_CIRCUMSTANCE.search(mask, modal.end, clause.end))


#: 按照支持小微企业的规定, 在尽可能减少损失的基础上: encouraged by another document, or only the circumstance.
_SOFT_GROUND = re.compile(r"(?:按照?|依照|根据|参照)[^，]{0,60}(?:规定|政策|办法)|在[^，]{0,60}(?:基础上|前提下)")
#: 建立鼓励民间资本参与的项目清单, 落实支持企业创新的政策: what is set up or carried out bears the word in its name.
_INSTRUMENT = re.compile("的[^，的]{0,8}(?:政策|措施|机制|制度|清单|办法|体系|规定|方案|意见|目录)$")
#: 禁止燃放区域的具体办法由县政府制定: what the rule is about.
_OF_A_RULE = re.compile("[^，]{1,16}的[^，的]{2,10}由")
#: 应当移交有权处理的部门, 应当公示可以采用的方法: which one, behind the modal word that counts.
_ATTRIBUTE = re.compile("(?![向对在以由按为将把从就予给])[^，的]{1,10}的[\u3400-\u9fff]{2}")
#: 不得单独申请的子女应当…, 向可以申请补贴的家庭发放: the first modal word only tells who.
_OF_WHOM = re.compile(r"[^，。]{2,24}的[^，。的]{2,12}(?:应当|必须|不得|可以)|(?<=[向给]可以)[^，。]{2,24}的")


#: 这是农民应当享有的权利, 执行禁止买卖的政策: the modal word only tells which.
_OF_A_THING = re.compile("是[^，、]{0,24}$|(?:执行|落实|遵守|贯彻)[^，]{0,4}$|、$")
_THING = re.compile("的[^，的]{1,14}$")


def _within_a_noun(mask: str, modal: Modal, clause: Clause) -> bool:
    if modal.modality is Modality.RECOMMENDATION:
        if modal.start - clause.lead >= 2 and _INSTRUMENT.search(mask, modal.end, clause.end):
            return words().tasks.end(mask, modal.start - 2, modal.start) == modal.start
        ground = _SOFT_GROUND.search(mask, clause.start, clause.end)
        return bool(ground and ground.start() < modal.start < ground.end())
    if mask[modal.start - 1] == "的" and clause.lead < modal.start and mask.find("的", modal.end, clause.end) > 0:
        return True  # 保留一批的可满足急需的口粮
    if _OF_A_THING.search(mask, clause.lead, modal.start) and _THING.search(mask, modal.end, clause.end):
        return True
    if modal.word in ("禁止", "严禁") and _OF_A_RULE.match(mask, modal.end, clause.end):
        return True
    if modal.modality is Modality.PERMISSION and clause.signs and _ATTRIBUTE.match(mask, modal.end, clause.end):
        return True
    return modal.word in ("可以", "不得", "有权") and bool(_OF_WHOM.match(mask, modal.end, clause.end))


_OF_TOPIC = frozenset({"要", "应", "应当", "必须", "须"})


def place_modals(mask: str, modals: list[Modal], clauses: list[Clause]) -> None:
    """Modal words to their clauses; those in a condition or a relative clause do not count."""
    for modal in modals:
        clause = next((clause for clause in clauses if clause.start <= modal.start < clause.end), None)
        if clause is None or (clause.subordinate and not _governs(mask, modal, clause)):
            continue
        if (
            (clause is not clauses[-1] or modal.word == "不予")
            and _RELATIVE.match(mask, modal.end, clause.end)
            and not _BEFORE_PLACE.match(mask, modal.end)
            # 负责起草的单位，应当… tells who, 负责其他方面的任务，… what is to be done
            and (modal.word != "负责" or is_complete(mask[clause.lead : clause.end]))
        ):
            continue
        of_object = clause is not clauses[-1] and _OF_OBJECT.fullmatch(mask, clause.lead, modal.start)
        if of_object and mask.find("的", modal.end, clause.end) > 0:
            continue
        if _within_a_noun(mask, modal, clause) or (modal.word == "要" and _CREED.match(mask, modal.end, clause.end)):
            continue
        if modal.word in _LIGHT_WORDS and clause.signs:
            continue  # 可给予补助 is a permission
        if modal.word in _LEAVE and _UNLESS.match(mask, clause.lead, modal.start) and modal.end == clause.end:
            continue
        if (
            clause.signs
            and modal.word in _OF_TOPIC
            and clause.signs[-1].at == clause.lead
            and clause.signs[-1].modality is Modality.RECOMMENDATION
        ):
            clause.signs.pop()  # 引导农民进城要遵守法律: what is led is the topic
        clause.signs.append(Sign(modal.start, modal.modality, True))
