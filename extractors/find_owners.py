"""Who bears a duty: the body or role that a clause names as its subject, after 由 or after 请.

All functions take masked text (segments.masked) and view offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shenwen.extractors.modality import may_begin_name, starts_task, task_alternatives
from shenwen.extractors.segments import BLANK


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name in the view: `how` is `subject`, `by` (由…), `asked` (请…) or `is` (a subject before 是)."""

    start: int
    end: int
    how: str = "subject"


#: What the name of a body or of a role ends in.
_BODY = (
    r"(?:部门|委员会|办公厅|办公室|人民政府|政府|单位|机构|机关|组织|企业|公司|学校|高校|医院|银行|中心|协会|学会|商会|小组|指挥部|各地|地区|地方(?!各|人民|性)|省份|城市|同志|人员|负责人|责任人|主体|代表|"
    r"法院|检察院|兵团|公民|法人|个人|当事人|[申请代理经办受托承租买卖被告监护]人|经营者|生产者|消费者|劳动者|使用者|者|财政|基金|主席|省长|市长|县长|部长|主任|局长|院长|校长|书记|职工|居民|业主|团体|专家组|"
    r"学生|教师|医师|律师|代理师|国家(?!组织|级|经|医|药|能|税|统|知|林|粮|自|卫|市|教|文|标|和)|中央(?!银行|企业|财政)|国务院(?!办公|各|有关|扶)|总局|总队|支队|"
    r"大队|(?<![内外全局干细])部(?!门)|委(?!员|托)|厅|局|署)"
)
#: Endings that many other words have too: they count only before a word that a subject takes.
_WORD = (
    r"(?:人|(?:扶贫|街道|府|政)办|(?:研究|法|医|学|国务)院|(?:研究|派出|事务|管理|交易|服务|卫生|示范|会计师)所|站|(?:[工委理监董]|大|联合|基金|常委|居委|村委)会|(?:合作|旅行|出版|供销)社|"
    r"团|队|校|镇|乡|街道|省|市|县|区|州|(?:双|一|甲|乙|各|对|买|供|需|[托包租])方|(?:农|用|商|住|租|工商|贫困)户|(?:务|查|格|驶|办|专|成|党|学|教|船|会|裁|审)员|企|师|家庭)"
)
_BRACKET = rf"(?:[（(]{BLANK}+[）)])?"
#: After a word of the list these show that the word belongs to the name: 政府|审核机构.
_STILL_NAME = (
    r"(?!单位|机构|机关|部门|人员|者|小组|办公室|委员会|中心|地区|城市|主体|的|指挥部|管理(?=机关|部门|机构|人员|单位|办公室)|企业|领域|登记(?=机关|机构|管理机关)|行政部门|行政主管)"
)
_PREPOSITION = (
    r"在|于(?!是)|对|从|向|以|为|按|依|根据|每|自(?!然|治)|至|经(?!营|济|贸|办|信|开)|与|因|凭|如|"
    r"结合|围绕|针对|依托|参照|通过|会同|联合|利用"
)
_DEMAND = (
    r"[要应须需可不将已未均都也仍还再只]|必须|应当|一律|务必|负责|有权|无权|有义务|方可|"
    r"拒绝|擅自|违反|享有|享受|不得|依法|作为|同时|分别|共同"
)
_OTHER_FOLLOWERS = (
    r"把|给|当|发给|派|拨|自主|自行|首次|定额|综合|换发|贷款|筹措|收到|接到|具体|及时|认真|切实|积极|进一步|继续|主动|优先|适时|尽快|抓紧|定期|多|带头|直接|视|且|负|全面|"
    r"深入|大力|进行|实行|予以|作出|提出|同步|"
    r"参加|统一|逐级|加大|加快|加强|牵头|严格|要求|管理"
)
_LIMIT = 120


@cache
def _subject() -> re.Pattern[str]:
    any_follower = f"{_DEMAND}|{_PREPOSITION}|{task_alternatives()}|{_OTHER_FOLLOWERS}"
    return re.compile(
        rf"(?P<name>[^，：；。\s]{{0,{_LIMIT}}}?(?:{_BODY}{_BRACKET}(?:等部门|等单位|等)?(?=(?:是|由|{any_follower}){_STILL_NAME})"
        rf"|{_WORD}{_BRACKET}(?=(?:是|由|{_DEMAND}|{_PREPOSITION}){_STILL_NAME})))(?P<follow>[^，：；。])"
    )


@cache
def _by() -> re.Pattern[str]:
    follower = f"{_DEMAND}|{_PREPOSITION}|{task_alternatives()}|{_OTHER_FOLLOWERS}|自付|处以|给予|责令|集体|筛选|抽"
    return re.compile(
        rf"(?:(?<![理自缘事经来不各])由|(?<![提申报邀聘敬恳])请)(?P<name>[^，：；。\s]{{1,{_LIMIT}}}?(?:(?:{_BODY}{_BRACKET}(?:等部门|等单位)?(?![、和及与或确审自设内本主制起\u4e00]){_STILL_NAME})"
        rf"|(?:{_WORD}{_BRACKET}(?=(?:{follower}){_STILL_NAME}|[^\u3400-\u9fff（({BLANK}、]|$))))"
    )


_BAD_NAME = re.compile(
    r"应(?!急)|按|不得|必须|可以|^[要为减做协促让使哪谁该其严并及]|^所(?!在|属)|^代表(?!团|大会)|要(?=[加建做抓按对将])|实行|进行|负责(?!人|同志)|依照|根据|以.*名义|通过|由|^[对将把向从自因如凡鉴除给以同与](?!外|"
    r"事|然|治|级|类|业|等)|^在(?!职|建|校|编|京)|为(?!主)|"
    r"是(?!否)|予以|未经|加强|推进|落实|开展|同意|经(?!营|济|贸|办|信|开|销|纪|理|常|费)|符合|有利于|包括|涉及|属于|之间|任何部门$|接受|确保|参加|向|一律|只能|及时|"
    r"内部|组成|作用|情况|采取|采用|实施(?!机关|单位|主体)|选派|违反|不(?!动产|良)|已|未成功|能够|^公民$"
)
_PREFIX = re.compile(r"(?:凡|原则上|一般|届时|会上|期间|如|若|统一|经[^，]{1,12}批准后|每年)")


def subject_of(mask: str, start: int, end: int, opening: bool = True) -> Name | None:
    """The body that stands as subject at the beginning of the clause, if one does.

    A clause that does not open the sentence (`opening`) and begins with a verb goes on with what was said before.
    """
    if starts_task(mask, start, end):
        return None
    prefix = _PREFIX.match(mask, start, end)
    at = prefix.end() if prefix else start
    found = _subject().match(mask, at, end)
    if not found or _BAD_NAME.search(found.group("name")):
        return None
    if not opening and found.group("follow") not in "要应须需可不将必" and may_begin_name(mask, at, end):
        return None
    return Name(*found.span("name"), how="is" if found.group("follow") in "是由已" else "subject")


def owners_of(mask: str, start: int, end: int, opening: bool = True) -> Iterator[Name]:
    """Bearers that the clause names: after 由 or 请, else its subject."""
    named = False
    for found in _by().finditer(mask, start, end):
        named = True
        if not _BAD_NAME.search(found.group("name")) and "组成" not in mask[found.end() : end]:
            yield Name(*found.span("name"), how="asked" if mask[found.start()] == "请" else "by")
    if not named and (subject := subject_of(mask, start, end, opening)):
        yield subject


_COMPLETE = re.compile(rf"(?:{_BODY}|{_WORD}){_BRACKET}$")
_GENERIC = re.compile(
    r"^(?:各级|各|任何|所有|其他|其)?(?:有关|相关)?(?:部门|单位|机构|组织|机关|个人|人员|议事协调机构|医疗机构)$"
)
_PLACES = re.compile(r"^(?:各|有关|相关)?(?:省|市|县|区|州|自治区|直辖市|自治州|乡|镇)$")
_ETC = re.compile(r"等(?P<tail>[^、等]{6,})$")


def parts_of(name: str) -> Iterator[tuple[int, int]]:
    """Offsets of the bodies in one phrase: 甲局、乙局和丙局 are three; 民政、公安等部门 and 各地区、各部门 are one."""
    flat = re.sub(r"[（(][^）)]*[）)]", lambda found: BLANK * len(found.group()), name)
    if etc := _ETC.search(flat):
        yield etc.start("tail"), len(name)
        return
    if flat.endswith(("等部门", "等单位", "等有关部门", "等有关单位", "等机构")):
        yield 0, len(name)
        return
    for left, right in _split(flat, 0, len(flat), "和"):
        for start, end in _split(flat, left, right, "、"):
            yield _trimmed(name, start, end), end


def _split(flat: str, start: int, end: int, mark: str) -> list[tuple[int, int]]:
    """Where `mark` joins whole names, the names; else the range itself."""
    words: list[tuple[int, int]] = []
    at = start
    for word in flat[start:end].split(mark):
        words.append((at, at + len(word)))
        at += len(word) + 1
    texts = [flat[a:b] for a, b in words]
    whole = all(len(text) >= 2 and _COMPLETE.search(text) and not _PLACES.match(text) for text in texts)
    if not whole or any(text.startswith("其") for text in texts):
        return [(start, end)]
    if mark == "和":
        loose = any(_GENERIC.match(text) for text in texts) or texts[0].startswith("各级")
    else:
        loose = texts[0].startswith(("各", "国务院各")) and any(text.startswith("各") for text in texts[1:])
    return [(start, end)] if loose else words


def _trimmed(name: str, start: int, end: int) -> int:
    """Past a long modifier: 具有…学历的中国公民 → 中国公民; 有条件的城市 stays."""
    cut = name.rfind("的", start, end)
    if cut - start > 10 and end - cut > 3:
        return cut + 1
    return start
