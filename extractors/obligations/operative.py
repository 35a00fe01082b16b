"""Does a sentence demand, forbid, allow, encourage or aim, and where in it.

Works on masked text (segments.masked), one sentence at a time: first what demands nothing (silent.py), then the evidence
clause by clause (modal words, bare imperatives, 由…, a body as subject).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.clauses import Clause, Sign, clause_subject, clauses_of
from shenwen.extractors.obligations.find_owners import Name, is_complete, whole_subject
from shenwen.extractors.obligations.modal_places import place_modals
from shenwen.extractors.obligations.modality import words
from shenwen.extractors.obligations.page import Page
from shenwen.extractors.obligations.silent import is_blocked, is_frame, is_idle, is_mere_attitude, is_validity
from shenwen.extractors.obligations.targets import hopes_of, targets_of

#: A number alone may be a report; with one of these it is to be reached.
_AIMED = re.compile(r"确保|力争|争取|以上|以内|以下|目标|不低于|不超过|左右|年底|年末|\d年(?:初步|基本|全面)|月底|季度末|之前")
_BY_WHOM = re.compile(r"(?<![理自缘事经来不各])由(?![于来此衷头\d])(?P<rest>[^，：]{2,})")
_COMPOSED = re.compile(
    r"组成(?!员)|构成|担任|兼任|转向|转为|变为|改为|调整为|降[到至为低]|升[为至到格]|压缩|转变|过渡|引起|造成|导致|原因|产生|市场决定|所致"
)
_PASSIVE = re.compile(
    r"每(?:半?年|季度?|月|周)(?:度)?(?:至少)?(?:召开|举行|举办|组织|开展|进行)(?!的)|"
    r"负有[^，]*(?:义务|责任)|处(?:以)?[^，。]{0,30}(?:罚款|罚金|徒刑|拘役|拘留|死刑)|定罪处罚|从重处罚|遵照执行|参照执行|实行|采取|采用|按照?[^，]{1,40}(?:执行|办理|支付|结算|处理|掌握|确定|计算|折算|排序|分配|分担|拨付|扣除|缴纳|计征|计发|发放|签发|核发|收取|安排|编制|认定|支取|缴存|"
    r"规定)|参照[^，]{2,40}|执行(?<=规定执行)|执行(?<=办法执行)|执行(?<=标准执行)|执行(?<=要求执行)|执行(?<=政策执行)|以[^，]{2,20}(?:通过|为准|为限)(?![的])|"
    r"依照[^，]{1,40}规定|依据[^，]{1,40}规定|比照[^，]{1,40}规定|"
    + "|".join(f"{verb}(?<![不未已]{verb})" for verb in ("列入", "纳入"))
    + r"|计入|划入|转入|记入|免征|免收|继续(?!有效)|为依据|一并|"
    r"不(?:少于|超过|低于|高于|多于|晚于|早于|迟于|大于|小于)(?![^，。]{1,12}的[^，。；])|"
    + "|".join(f"{mark}(?:基本|全部|全面)?(?:完成|报送|报|上报|办结|落实|整改|到位|反馈|建成|启动)" for mark in "前内日底")
    + r"|通过[^，]{2,30}实现|进行(?!的|中)|全额|从[^，]{2,30}(?:支付|列支|解决|安排)"
)
_PREPOSED = re.compile(
    r"(?:对于?|将|把|按照?|依(?!次)照?|依据|根据|以|在|从|自|于|向|为(?!了)|通过|结合|围绕|针对|依托|利用|经|会同|与|凭|每(?=[\d两三])|每年|每月|每季度|每半年|到|至|除|因|遇|发生|出现)"
)
#: 会期原则上一天: a rule, whatever its verb.
_RULE = re.compile("原则上(?!同意)")
#: 及时向市局提出: behind an adverb.
_TO_WHOM = re.compile("[向将把对]")
#: 不为各镇题词, 不收礼: an act left undone, as a rule.
_ABSTAINS = re.compile(
    "(?:一般|一律|原则上|均|都|也)?不(?:[为向在将把以](?![^，]*的[^，]{0,6}，)|收(?!到)|搞|设(?!区|防)|题|吃|邀|陪|送|接受|兼|刻|印发|公开|公布|安排|组织|举办|开展|指定|增加|重复|另行|层层)"
)
#: 不抽贷、不断贷
_REFRAINS = re.compile("不(?<![和的及予于要能够]不)[^，、不的]{1,4}、不[^，、的]{1,4}(?=[、，]|$)")
#: 在航权谈判中支持…: where, and the act behind it.
_INSIDE = re.compile("在[^，]{2,24}?(?:中|方面|领域|环节|范围内)(?!的|央|心|小|等|介|医)")
_BY_MEANS = re.compile(r"通过[^，]*?(?:方式|形式|途径|渠道|手段)")
#: When, of the act behind it: 2027年起推行, “十五五”期间新建, 3个工作日内答复, 提前5日公告, 验收合格后发给.
_ON_DAY = re.compile(
    r"20\d\d年?(?:[—\-至到]{1,2}20\d\d年)?(?:年?[底末初]|[上下]半年|第?[一二三四]季度|\d{1,2}月(?:[底末]|\d{1,2}日)?)?(?:[之以]?前|起|开始|期间)?(?=[^，]{2})"
    "|“[^”]{1,4}”(?:时期|期间)"
)
_TERM = re.compile(
    r"(?:[^，近的\d]{0,20}?(?<![近去])(?<!最近)(?:\d+|[一二两三四五六七八九十半]+)个?(?:工作日|自然日|日|天|小时|分钟|月|周|年)(?:[之以]?内|前)|提前\d+个?(?:工作日|日|天|小时))(?=[^，的]{2})"
)
_THEN = re.compile("[^，、的]{1,8}(?<![今以前背落先最然随此事售灾产战课])后(?![续期者备方勤果台])(?=[^，]{2})")


def _past_time(mask: str, lead: int, end: int) -> int:
    """Where the act begins behind words that only say when, or `lead`."""
    found = None
    if mask[lead] in "2“":
        found = _ON_DAY.match(mask, lead, end)
    if not found and (mask.find("内", lead, end) > 0 or mask.find("前", lead, end) >= 0):
        found = _TERM.match(mask, lead, end)
    if not found and mask.find("后", lead, lead + 10) > 0:
        found = _THEN.match(mask, lead, end)
    return found.end() if found else lead


#: 按照…的规定，…: on what ground or in what manner the next clause is to be done.
_GROUND = re.compile(
    r"(?:按照?|依照|依据|根据|遵照|本着|围绕|针对|结合)[^，]*(?:规定|要求|精神|原则|需要|部署|办法|标准|职责|分工|意见|情况|实际|程序|权限|目标|思路)$"
)
#: 报经县政府同意，可…: on which condition.
_APPROVED_FIRST = re.compile("报经?[^，]{2,24}(?:同意|批准|核准)，可")
_GROUND_OPENS = frozenset("按依根遵本围针结")
_RIGHT = re.compile(
    r"享有[^，]*权|享受(?<![不停止申请]享受)(?!了|[^，]{0,12}的[^，]{0,6}[为按是由])[^，]{2,60}(?:待遇|服务|便利|补贴|补助|政策|优惠|金|抚恤|优待)"
    r"|有(?<!享有)(?:依法)?[^，]{2,40}的权利"
)
_ENJOYS = re.compile("(?:按照?|依照?)[^，]{0,16}享受(?!的)")
#: 不受行驶路线的限制: who is free of it may.
_RELEASED = re.compile("不受(?!理)[^，]{1,40}的?限制$")
#: 严格保护区域内，禁止…: where.
_WITHIN_AREA = ("区域内", "范围内", "地带内", "区内")
_LIGHT = re.compile(r"进行|予以|实行|实施|作出|纳入|列入|加以|采取|给予|开展")


class Reading(Struct, frozen=True):
    """A sentence taken apart: its clauses, and the signs in order (none: it demands nothing)."""

    clauses: list[Clause]
    signs: list[Sign]

    @property
    def reported(self) -> bool:
        """Only numbers, and nothing in the sentence says that they are still to be reached."""
        return bool(self.signs) and all(sign.modality is Modality.TARGET and not sign.strong for sign in self.signs)


def read_sentence(page: Page, start: int, end: int) -> Reading:
    """The sentence between two view offsets, without its label."""
    clauses = clauses_of(page.mask, start, end)
    return Reading(clauses, signs_of(page, start, end, clauses))


def signs_of(page: Page, start: int, end: int, clauses: list[Clause]) -> list[Sign]:
    """Every sign of an operative statement in the sentence, in order; empty where it demands nothing."""
    mask = page.mask
    sentence = mask[start:end]
    modals = page.modals(start, end)
    if is_blocked(sentence, modals):
        return []
    place_modals(mask, modals, clauses)
    has_modal = any(clause.signs for clause in clauses)
    if (frame := is_frame(sentence)) or is_validity(sentence):
        words_kept = "请应必须需" if frame else "请应必须需要"
        kept = [sign for clause in clauses for sign in clause.signs if mask[sign.at] in words_kept]
        return kept + [sign for clause in clauses for sign in _by_whom(mask, clause)]
    if is_mere_attitude(mask, clauses):
        return []
    aims, dated = targets_of(mask, clauses)
    if has_modal or not is_idle(sentence):
        _imperatives(mask, clauses[:dated] if aims else clauses, [sign.at for sign in aims], has_modal)
    demands = [sign for clause in clauses for sign in clause.signs]
    if not demands and not aims:
        return hopes_of(mask, clauses)
    if aims and dated is None and not demands and not _AIMED.search(sentence):
        # Perhaps a report of what was reached: whoever knows the context decides (Reading.reported).
        opens = any(mask.startswith("20", aim.at) for aim in aims) or any(_opens_task(mask, clause) for clause in clauses)
        return aims if opens else [Sign(aim.at, aim.modality) for aim in aims]
    return sorted(demands + aims, key=lambda sign: sign.at)


def _opens_task(mask: str, clause: Clause) -> bool:
    table = words()
    at = table.past_adverbs(mask, _past_time(mask, clause.lead, clause.end), clause.end)
    return table.task_at(mask, at, clause.end) or table.task_at(mask, clause.lead, clause.end)


#: Behind 鼓励企业…, these are again what the authority does itself.
_STATE_ACTS = ("支持", "引导", "推动", "推进", "指导", "积极引进")
#: And these where nobody is encouraged by name: 鼓励发展保险，加强指导.
_WITHOUT_ACTOR = (*_STATE_ACTS, "加强", "加大", "完善", "落实")


def _own_acts(mask: str, clause: Clause) -> tuple[str, ...]:
    last = clause.signs[-1]
    if last.modality is not Modality.RECOMMENDATION or mask[last.at : last.at + 2] not in ("鼓励", "支持"):
        return ()
    return _WITHOUT_ACTOR if words().task_at(mask, last.at + 2, clause.end) else _STATE_ACTS


#: Behind a prohibition these begin a demand of its own: 严禁瞒报，严格落实值班制度.
_ANEW = (
    "严格落实",
    "严格执行",
    "严格按",
    "严格遵守",
    "严格规范",
    "加强",
    "建立",
    "健全",
    "完善",
    "告知",
    "书面",
    "说明理由",
    "退回",
    "责令",
    "限期",
    "追回",
)


def _imperatives(mask: str, clauses: list[Clause], aims: list[int], has_modal: bool) -> None:
    """Bare imperatives: a task verb opens the clause, or a body, 由… or a preposed object stands before one."""
    soft = forbids = False
    own: tuple[str, ...] = ()
    for clause in clauses:
        if clause.signs:
            soft = clause.signs[-1].modality is not Modality.OBLIGATION
            forbids = clause.signs[-1].modality is Modality.PROHIBITION
            own = _own_acts(mask, clause)
            if not any(sign.modality is Modality.OBLIGATION for sign in clause.signs):
                clause.signs.extend(sign for sign in _by_whom(mask, clause) if sign.at < clause.signs[0].at)
            continue
        if clause.subordinate and mask[clause.end - 1] != "的":
            clause.signs.extend(_by_whom(mask, clause))
        if clause.subordinate or any(clause.start <= aim < clause.end for aim in aims):
            continue
        sign = _imperative(mask, clause, clauses, has_modal, clause is clauses[0] or not any(other.signs for other in clauses))
        soft = soft and not mask.startswith(own, clause.lead) and not (forbids and mask.startswith(_ANEW, clause.lead))
        if sign is None or (soft and not sign.strong):
            continue
        clause.signs.append(sign)


#: 进一步降低收费标准 sets a task, 降低收费标准 alone only says what comes of it.
_FURTHER = ("进一步", "大力", "着力", "加快", "不断")

#: 前无需再次审批: nothing is demanded.
_NEEDLESS = re.compile("(?:无需|无须|毋需|不必(?!要))(?![^，]*的[^，]{2})")


def _leads_only(mask: str, clause: Clause, clauses: list[Clause]) -> bool:
    """The clause frees of something, or only says where, about what, on what ground or who."""
    lead, end = clause.lead, clause.end
    if _NEEDLESS.search(mask, lead, end) or _only_names(mask, clause, clauses):
        return True
    if clause is clauses[-1]:
        return False
    if mask.endswith(_WITHIN_AREA, lead, end) or _is_topic(mask, clause, clauses):
        return True
    if mask[lead] == "报" and _APPROVED_FIRST.match(mask, lead, clauses[-1].end):
        return True
    return mask[lead] in _GROUND_OPENS and bool(_GROUND.match(mask, lead, end))


def _imperative(mask: str, clause: Clause, clauses: list[Clause], has_modal: bool, opening: bool) -> Sign | None:
    table = words()
    lead, end = clause.lead, clause.end
    if not table.task_at(mask, lead, end):
        lead = _past_time(mask, lead, end)
    if _leads_only(mask, clause, clauses):
        return None
    if mask.find("不受", lead, end) >= 0 and (released := _RELEASED.search(mask, lead, end)):
        return Sign(released.start(), Modality.PERMISSION, True)
    if table.task_at(mask, lead, end) and not table.effects.end(mask, lead, end):
        return Sign(lead, Modality.OBLIGATION)
    at = table.past_adverbs(mask, lead, end)
    if table.effects.end(mask, at, end):
        opens = clause is clauses[0] and (table.openers.end(mask, at, end) or mask.startswith(_FURTHER, lead))
        return Sign(at, Modality.OBLIGATION) if opens else None
    urged = lead < at < end and mask[at] not in "的级权股序" and table.urging.end(mask, lead, end)
    if urged or table.task_at(mask, at, end):
        return Sign(at, Modality.OBLIGATION)
    for sign in _by_whom(mask, clause):
        return sign
    subject = clause_subject(mask, clause, opening)
    if abstains := _ABSTAINS.match(mask, subject.end if subject else at, end):
        return Sign(abstains.start(), Modality.PROHIBITION, True)
    if subject is not None and subject.how == "subject" and not _is_copula(mask, clause, subject):
        if (has_modal and _leads_to_modal(mask, clause, clauses)) or _leads_to_right(mask, clause, clauses):
            return None
        right = _RIGHT.search(mask, subject.end, clause.end)
        return Sign(subject.end, Modality.PERMISSION if right else Modality.OBLIGATION, True)
    if (mask[at] in "有享" and _RIGHT.match(mask, at, end)) or (mask[lead] in "按依" and _ENJOYS.match(mask, lead, end)):
        return Sign(lead, Modality.PERMISSION, True)
    if refrains := _REFRAINS.search(mask, clause.lead, clause.end):
        return Sign(refrains.start(), Modality.PROHIBITION, True)
    return _laid_down(mask, clause, clauses, has_modal, lead, at)


def _is_copula(mask: str, clause: Clause, subject: Name) -> bool:
    """甲局为主管部门, 办公室设在乙局: what the subject is."""
    if mask.startswith("设在", subject.end):
        return True
    return mask[subject.end] == "为" and (
        is_complete(mask[subject.end + 1 : clause.end]) or not words().inner_task.search(mask, subject.end, clause.end)
    )


def _laid_down(mask: str, clause: Clause, clauses: list[Clause], has_modal: bool, lead: int, at: int) -> Sign | None:
    """Neither a verb nor a body opens the act, which begins at `lead`, behind its adverbs at `at`: by what means, where, on
    what, or as a rule."""
    end = clause.end
    table = words()
    means = _BY_MEANS.match(mask, clause.lead, clause.end)
    if means and table.inner_task.search(mask, means.end(), clause.end):
        return Sign(clause.lead, Modality.OBLIGATION)
    inside = _INSIDE.match(mask, lead, end)
    if inside and table.task_at(mask, table.past_adverbs(mask, inside.end(), end), end):
        return Sign(inside.end(), Modality.OBLIGATION)
    preposed = _PREPOSED.match(mask, lead, clause.end) or (at > lead and _TO_WHOM.match(mask, at, end))
    if preposed and not _names_who(mask, clause, clauses):
        verb = (
            _LIGHT.search(mask, clause.lead, clause.end)
            if has_modal or mask[clause.lead] == "通"
            else table.inner_task.search(mask, clause.lead + 1, clause.end)
        )
        if verb and not _left_to_another(mask, clause, clauses):
            return Sign(clause.lead, Modality.OBLIGATION, mask[clause.lead] in "将把")
    passive = _PASSIVE.search(mask, clause.lead, clause.end) or _RULE.search(mask, clause.start, clause.end)
    return Sign(passive.start(), Modality.OBLIGATION) if passive else None


#: 提请审议的草案，应当…; 市与区的职责分工，由…: what the next clause is about.
_TOPIC = re.compile(
    "(?:列入|提请|申请|报送|提交|依照|依法|需要|经)[^，]{2,40}的[^，的]{2,12}$|[^，]{4,40}(?:分工|办法|标准|范围|方案|事项|程序|比例)$"
)


def _is_topic(mask: str, clause: Clause, clauses: list[Clause]) -> bool:
    following = clauses[clauses.index(clause) + 1]
    if mask[following.lead] == "由":
        return bool(_TOPIC.match(mask, clause.lead, clause.end))
    if mask[clause.lead] not in "列提申报依需经" or not mask.startswith(("应当", "必须", "可以"), following.lead):
        return False
    return bool(_TOPIC.match(mask, clause.lead, clause.end))


def _names_who(mask: str, clause: Clause, clauses: list[Clause]) -> bool:
    """依法接受委托的单位，不得…: the clause is only the subject of the next."""
    following = clauses[clauses.index(clause) + 1 :]
    modal = bool(following) and any(sign.strong and sign.at == following[0].lead for sign in following[0].signs)
    return modal and whole_subject(mask, clause.lead, clause.end) is not None


def _only_names(mask: str, clause: Clause, clauses: list[Clause]) -> bool:
    """承办考试的县政府，要…: the clause only says who. 参加保险的人员，本人及其配偶，可以… too."""
    following = clauses[clauses.index(clause) + 1 :]
    while len(following) > 1 and not following[0].signs and whole_subject(mask, following[0].lead, following[0].end):
        following = following[1:]
    return (
        bool(following and following[0].signs)
        and bool(_ON_THEM.match(mask, following[0].lead, following[0].end))
        and mask.find("的", clause.lead, clause.end) > 0
        and is_complete(mask[clause.lead : clause.end])
    )


def _left_to_another(mask: str, clause: Clause, clauses: list[Clause]) -> bool:
    """在全省范围内实施管制，由…决定: the clause is only the case that 由… decides."""
    following = clauses[clauses.index(clause) + 1 :]
    return bool(following) and mask[following[0].lead] == "由" and mask[clause.lead] not in "将把对"


_ON_THEM = re.compile(r"(?:均|都|并|原则上|一般)?(?:应当|应|必须|须|可以|可|不得|要|有权)")


#: 单位自建的停车场，允许…: what is allowed stands before it, and is no act.
_GRANTS = re.compile("允许|准许|准予")
_TOPIC = re.compile("的[^，的]{1,20}$")


def _leads_to_modal(mask: str, clause: Clause, clauses: list[Clause]) -> bool:
    """主管部门根据需要，…，可以…: the clause with the subject only leads to the one with the modal word."""
    for following in clauses[clauses.index(clause) + 1 :]:
        if following.signs:
            if _GRANTS.match(mask, following.lead):
                return bool(_TOPIC.search(mask, clause.lead, clause.end))
            return mask[following.start] not in "也还" and bool(_ON_THEM.match(mask, following.lead, following.end))
        if not following.subordinate and not _PREPOSED.match(mask, following.lead, following.end):
            return False
    return False


def _leads_to_right(mask: str, clause: Clause, clauses: list[Clause]) -> bool:
    """职工对公益事业的捐赠，依法享受减免: the clause with the subject only leads to what is enjoyed."""
    following = clauses[clauses.index(clause) + 1 :]
    return bool(following) and bool(_ENJOYS.match(mask, following[0].lead, following[0].end))


def _by_whom(mask: str, clause: Clause) -> Iterator[Sign]:
    if mask.find("由", clause.start, clause.end) < 0:
        return
    found = _BY_WHOM.search(mask, clause.start, clause.end)
    if found and not _COMPOSED.search(found.group("rest")):
        yield Sign(found.start(), Modality.OBLIGATION, True)
