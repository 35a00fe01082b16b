"""Bearers of a sentence: names told apart in all its clauses, and whether the bearer of the sentence before goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.clauses import Clause, clause_subject
from shenwen.extractors.obligations.find_owners import Name, is_complete, named_by, possessor, whole_subject
from shenwen.extractors.obligations.joined_names import parts_of
from shenwen.extractors.obligations.modality import words
from shenwen.extractors.obligations.operative import Reading
from shenwen.extractors.obligations.page import Page


class Owner(Struct, frozen=True):
    """A bearer's name in the view, and how it is named (find_owners.Name.how)."""

    start: int
    end: int
    how: str


_PLACE = re.compile(r"[于在按以每]|根据|可以|应|要|须|必须|结合|通过")
_ON_THEM = re.compile(r"(?:还|也|均|都|并|仍)?(?:在[^，]{2,24}(?:内|期间|前|后))?(?:应当|应|必须|须|可以|可|不得|要|有权)")
_AFTER_SUBJECT = re.compile(
    r"(?:还|也|均|都)?(?:应当|应|必须|须|需|可以|可|不得|不能|不可|要|依照|依法(?=做好|履行|负责|行使)|依据|按照|参照|根据|经|有权|一律|承担|负责)"
)
_ACTIVE = re.compile(
    r"(?:同时，?|特别|尤其|还|也|既)?(?:[该此这]项工作|上述工作|处(?!于)|依法|责令|予以|给予|要|应(?!急|届)|须|需|必须|不得|负责|对|将|把|并|按照?|根据|在|以|通过|结合|针对|发现|发生|未|不|凡|重要|确保|到)"
)


#: 可委托专业机构承担。: what the bearer before may do; 涉及保密的，可不公开 is anybody's.
_MAY = re.compile("可(?!能)")
#: 企业缴费的比例，不得超过…: what is measured stands before it, and bears nothing.
_MEASURE = re.compile("的(?:比例|标准|费用|金额|额度|期限|年限|数额|价格|水平|面积|数量|人数)$")
_MEASURES = frozenset("例准用额度限格平积量数")
#: 成立普查小组，负责…: who is formed bears what follows.
_FORMED = re.compile("(?:成立|组建|设立|下设)(?:由[^，]{2,40}组成的)?(?P<name>[^，的]{3,24})$")
_CHARGED = re.compile("(?:具体)?负责|承担|代表|履行|行使")
_RECEIVED = re.compile("(?:在)?(?:收到|接到|受理|发现|接收|查实|初审|审核|审查|复核|核实|核查|审定|认定)")


def bearers_of(page: Page, clauses: list[Clause]) -> Iterator[Owner]:
    """All bearers that the sentence names, in order, each once."""
    text, mask = page.text, page.mask
    seen: set[str] = set()
    for number in range(len(clauses)):
        for name in _names(mask, clauses, number):
            if "是否" in mask[name.end : name.end + 2]:
                continue
            for left, right in parts_of(text[name.start : name.end]):
                owner = _bare(text, Owner(name.start + left, name.start + right, name.how))
                part = text[owner.start : owner.end]
                if part not in seen and not (part == "本人" and seen):
                    seen.add(part)
                    yield owner


#: 市住房保障主管部门（以下简称市主管部门）, 其监护人: neither belongs to the name.
_SHORT_NAME = re.compile(r"[（(](?:(?:以下|下)?(?:简称|统称|称)|[^（()）]*(?:视为|下同|是指|不包括))[^（()）]*[）)]$")

#: 两名以上工作人员: how many is no part of the name.
_QUANTITY = re.compile(r"[一二两三四五六七八九十\d]+名(?:及?以上)?(?=[\u3400-\u9fff]{2})")


def _bare(text: str, owner: Owner) -> Owner:
    start, end = owner.start, owner.end
    if text[end - 1] in "）)" and (short := _SHORT_NAME.search(text, start, end)):
        end = short.start()
    if quantity := _QUANTITY.match(text, start, end):
        start = quantity.end()
    if text[start] == "其" and end - start > 2 and text[start + 1] not in "他余中":
        start += 1
    return Owner(start, end, owner.how)


def _measured(mask: str, clause: Clause, subject: Name) -> bool:
    said = _AFTER_SUBJECT.match(mask, subject.end)
    return not said and bool(_MEASURE.search(mask, subject.end, clause.end))


def _tells_which(mask: str, clause: Clause, names: list[Name]) -> bool:
    """由县财政负担工资的单位，参加…: who does that only tells which body is meant."""
    behind = mask.rfind("的", clause.lead, clause.end) + 1
    return bool(behind and names and names[-1].end < behind and is_complete(mask[behind : clause.end]))


def _names(mask: str, clauses: list[Clause], number: int) -> list[Name]:
    clause, rest = clauses[number], clauses[number + 1 :]
    said, names = named_by(mask, clause.lead, clause.end)
    if said and rest and _tells_which(mask, clause, names):
        said, names = False, []
    opening = all(before.subordinate and not clause_subject(mask, before, True) for before in clauses[:number])
    subject = None if said else clause_subject(mask, clause, opening)
    if subject and rest and mask[clause.end - 1] in _MEASURES and _measured(mask, clause, subject):
        subject = None
    if subject:
        names = [subject]
    if clause.subordinate and not names and rest:
        acts = _OWN_ACT.search(mask, clause.lead, clause.end)
        if (_on_them(mask, _past_cases(mask, rest)) or (acts and _acts_next(mask, rest))) and (
            concerned := possessor(mask, clause.lead, clause.end)
        ):
            return [concerned]
    if rest and _CHARGED.match(mask, rest[0].lead) and (formed := _formed(mask, clause)):
        return [*names, formed]
    urged = words().urging.end(mask, clause.lead, clause.end) and any(before.signs for before in clauses[:number])
    if not said and not urged and rest and _AFTER_SUBJECT.match(mask, rest[0].lead):
        alone = (
            whole_subject(mask, clause.lead, clause.end)
            if not names
            or (
                names[0].how == "subject"
                and not mask.startswith("作为", names[0].end)
                and mask.find("的", clause.lead, clause.end) > 0
            )
            else None
        )
        if alone or not names:
            return [alone] if alone else []
    if clause.subordinate:
        return [name for name in names if _bears_on(mask, clause, rest, name)]
    return names


#: 县局同意的，出具意见; 海关收到通知时，货物尚未放行的，应当…: who does the one does the other.
_OWN_ACT = re.compile("收到|接到|受理|同意|认为|决定|准予|发现")


def _acts_next(mask: str, rest: list[Clause]) -> bool:
    main = next((clause for clause in rest if not clause.subordinate), rest[0])
    if "由" in mask[main.lead : main.end]:
        return False
    return _on_them(mask, main) or words().task_at(mask, main.lead, main.end)


#: 矿山企业有下列行为之一的，应当追究责任; 公民表现突出的，应当给予表彰: what befalls them, not what they do.
_BEFALLS = re.compile(
    "(?<![理自缘事])由|追究|责令|撤销|吊销|没收|(?:给予|予以)[^，]{0,8}(?:表彰|奖励|表扬|处分|处罚|警告|批评)|处以|处[^，]{0,24}罚款|取消[^，]{0,20}资格"
)


def _on_them(mask: str, main: Clause | None) -> bool:
    """The main clause says what the one bears whom its condition is about."""
    return main is not None and bool(_ON_THEM.match(mask, main.lead, main.end)) and not _BEFALLS.search(mask, main.lead, main.end)


def _formed(mask: str, clause: Clause) -> Name | None:
    found = _FORMED.search(mask, clause.lead, clause.end)
    return Name(*found.span("name"), "formed") if found and is_complete(found.group("name")) else None


#: 村民外出半年以上的，到镇政府办理…: what those do whom a rule is for.
_APPLIES = re.compile("(?:在|到|向|持|凭|携带)[^，对予给由]{1,16}(?:申领|申请(?!人)|办理|提交|缴纳|登记)")


def _bears_on(mask: str, clause: Clause, rest: list[Clause], name: Name) -> bool:
    """The subject of a condition bears the duty too: the main clause (…未完全采纳的，应当…) has a modal word and no subject,
    or the subject received something and acts on it (县局收到材料后，组织…)."""
    if name.how == "by":
        return mask[clause.end - 1] == "后"
    if (
        mask[clause.end - 1] == "后"
        and rest
        and _RECEIVED.match(mask, name.end, clause.end)
        and "由" not in mask[rest[0].lead : rest[0].end]
    ):
        return True
    if rest and _OWN_ACT.match(mask, name.end, clause.end) and _acts_next(mask, rest):
        return True
    main = next((part for part in rest if not part.subordinate), None)
    befalls = main is not None and _BEFALLS.search(mask, main.lead, main.end)
    if mask[clause.end - 1] != "的" and _PLACE.match(mask, name.end, clause.end) and not befalls:
        return True
    return _on_them(mask, _past_cases(mask, rest)) or bool(rest and _APPLIES.match(mask, rest[0].lead))


def _past_cases(mask: str, rest: list[Clause]) -> Clause | None:
    """The clause behind the further cases of the same subject (或者接到通知的)."""
    return next((clause for clause in rest if not _OR_DOES.match(mask, clause.start, clause.end)), None)


_OR_DOES = re.compile("或者(?:[接收提未不拒隐伪擅逾]|经|被|以)|(?:根据|按照)[^，]{0,24}(?:需要|情况|要求|规定)$")


_PUNISHES = re.compile("处[^，]{0,24}罚款|没收|吊销|责令")


def punishes(mask: str, start: int, end: int) -> bool:
    """The statement lays a penalty on somebody."""
    return bool(_PUNISHES.search(mask, start, end))


_MUST = re.compile("应|必须|须|不得")
#: 经核查，…: behind what the act comes.
_AFTER = re.compile("经[^，]{1,10}|必要时|情况属实")
#: Courts do that, not the body named before.
_JUDGED = re.compile("追究(?:其)?刑事责任|给予(?:行政)?处分")
#: Bodies that others set tasks for; all else (企业, 申请人) is governed and bears no bare imperative.
_SETS_TASKS = re.compile(
    "政府|部门|[局委办厅署部]$|管理所|派出所|各地|地区|单位|国务院|[省市县区乡镇州]$|[省市县区乡镇州）]|街道|机关|办公室|会议$|指挥部|专班|委员|总理|[^家]长$|小组|中心|领导|负责|同志|国家|中央|法院|检察"
)


def is_governed(names: list[str]) -> bool:
    """All are companies, citizens and the like."""
    return not any(_SETS_TASKS.search(name) for name in names)


def goes_on(mask: str, reading: Reading, governed: bool = False, within: bool = False) -> bool:
    """The sentence has no subject of its own and demands something, so the bearer before it goes on; one who is governed
    (is_governed) only into a sentence with a modal word, or behind a semicolon (`within`) into one that no authority carries out."""
    if not reading.signs or reading.signs[0].modality is Modality.RECOMMENDATION:
        return False
    if _JUDGED.search(mask, reading.clauses[0].start, reading.clauses[-1].end):
        return False
    if governed and not any(_MUST.match(mask, sign.at) for sign in reading.signs):
        if _BEFALLS.search(mask, reading.clauses[0].start, reading.clauses[-1].end):
            return False
        if not (within or reading.signs[0].strong):
            return False
    clauses = reading.clauses
    main = next(
        (
            clause
            for clause in clauses
            if clause.end > clause.lead and not (clause.subordinate or _AFTER.fullmatch(mask, clause.lead, clause.end))
        ),
        clauses[0],
    )
    if _ACTIVE.match(mask, main.lead) or _ACTIVE.match(mask, clauses[0].start) or _MAY.match(mask, clauses[0].start):
        return True
    table = words()
    at = table.past_adverbs(mask, main.lead, clauses[-1].end)
    return at > main.lead or table.task_at(mask, at, clauses[-1].end)
