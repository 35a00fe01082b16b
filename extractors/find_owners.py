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
    r"(?:部门|委员会|办公厅|办公室|人民政府|政府|单位|机构|机关|企业|公司|学校|高校|医院|银行|中心|协会|学会|商会|小组|指挥部|各地|地区|地方(?!各|人民|性)|省份|城市|同志|人员|负责人|责任人|主体|"
    r"法院|检察院|兵团|公民|法人(?!组织|资格|代表|治理)|个人|当事人|[申请代理经办受托承租买卖被告监护]人|经营者|生产者|消费者|劳动者|使用者|(?<!或)者|财政(?!局|厅|部|所|机关|"
    r"票)|基金|主席|省长|市长|县长|部长|主任|局长|院长|校长|书记|职工|居民|业主(?!管)|团体|(?:流动|常住|户籍)人口|民警|干警|[河湖林田链]长|主席团|代表团|兵团|集团|专家组|"
    r"学生|教师|医师|律师|代理师|国家(?=鼓励|支持|实行|建立(?!的)|保护|采取|推行|推进|推动|扶持|提倡|保障|加强|完善|制定|设立|实施|加大|根据|依法|维护|发展(?!改革|和)|"
    r"促进|健全|引导|对(?!外)|在|为|将|应|每年|按|继续|统一|规定|禁止|严禁|不|机关(?=应|要|不|可))|中央(?!银行|企业|财政)|国务院(?!办公|各|有关|扶)|总局|总队|支队|"
    r"大队|(?<![内外全局干细])部(?!门)|委(?!员|托)|厅|局|署)"
)
#: Endings that many other words have too: they count only before a word that a subject takes.
_WORD = (
    r"(?:人|组织|代表|(?:检查|督查|巡查|督导|考核|评审|专家|调查|领导|工作|指导|村民|居民)组|(?:科|处|办公|教研|研究|值班|档案)室|(?:扶贫|街道|府|政)办|(?:研究|"
    r"法|医|学|国务)院|(?:研究|派出|事务|管理|交易|服务|卫生|示范|会计师)所|站|"
    r"(?:[工委理监董]|大|联合|基金|常委|居委|村委)会|(?:合作|旅行|出版|供销)社|"
    r"团|队|校|镇|乡|街道|省|市|县|区|州|(?:双|一|甲|乙|各|对|买|供|需|[托包租])方|(?:农|用|商|住|租|工商|贫困)户|(?:运动|[^动人])员|企|师|家庭)"
)
_BRACKET = rf"(?:[（(]{BLANK}+[）)])?"
#: After a word of the list these show that the word belongs to the name: 政府|审核机构.
_STILL_NAME = (
    r"(?!单位|机构|机关|部门|人员|者|小组|办公室|委员会|中心|地区|城市|主体|的|指挥部|负责人|工作人员|负责同志|领导|"
    r"管理(?=机关|部门|机构|人员|单位|办公室)|企业|领域|登记(?=机关|机构|管理机关)|行政部门|行政主管)"
)
#: After a body behind 由: another body follows, or the name goes on (政府确定的机构, 政府审核机构).
_STILL_LISTED = (
    r"(?![、和及与或]|.{0,2}(?:机构|部门|单位|机关|人员|小组|办公室|委员会|大队|中心|负责人|领导)|"
    r"确定的|指定的|所属|授权的|委托的|设立的|内设|主管|行政主)"
)
_PREPOSITION = (
    r"在|于(?!是)|对|从|向|以|为|按|依|根据|每|自(?!然|治)|至|经(?!营|济|贸|办|信|开)|与|因|凭|如|"
    r"结合|围绕|针对|依托|参照|通过|会同|联合|利用"
)
_DEMAND = (
    r"[要应须需可不将已未均都也仍还再只]|必须|应当|一律|务必|负责(?!人|同志|[^，。]{2,24}的(?:部门|机构))|有权|无权|有义务|方可|"
    r"拒绝|擅自|违反|享有|享受|不得|依法|作为|同时|分别|共同"
)
_OTHER_FOLLOWERS = (
    r"把|给|当|鼓励|支持|扶持|提倡|保护|维护|发给|派|拨|自主|自行|首次|定额|综合|换发|贷款|筹措|收到|接到|具体|及时|认真|切实|积极|进一步|继续|主动|优先|适时|尽快|抓紧|定期|多|带头|直接|视|且|负总责|全面|"
    r"深入|大力|进行|实行|予以|作出|提出|同步|"
    r"招用|变更|终止|解除|取得|从事|逾期|参加|统一|逐级|加大|加快|加强|牵头|严格|要求|管理"
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
        rf"(?:(?<![理自缘事经来不各])由|(?<![提申报邀聘敬恳])请)(?P<name>[^，：；。\s]{{1,{_LIMIT}}}?(?:(?:{_BODY}{_BRACKET}(?:等部门|等单位)?{_STILL_LISTED})"
        rf"|(?:{_WORD}{_BRACKET}(?=(?:{follower}){_STILL_NAME}|[^\u3400-\u9fff（({BLANK}、]|$))))"
    )


_BAD_NAME = re.compile(
    r"应(?!急)|按|不得|必须|可以|^协[助同]|^[要为减做促让使哪谁其严并及只到留交持凭]|^所(?!在|属)|^代表(?!团|大会)|^需|要(?=[加建做抓按对将])|实行|进行|负责(?!人|"
    r"同志|[^，]{2,24}的(?:部门|机构)$)|依照|根据|以.*名义|"
    r"通过|由|^[对将把向从自因如凡鉴除给以同与](?!外|"
    r"事|然|治|级|类|业|等)|^在(?!职|建|校|编|京)|为(?!主)|"
    r"是(?!否)|予以|未经|加强|推进|落实|开展|同意|经(?!营|济|贸|办|信|开|销|纪|理|常|费)|符合|有利于|包括|涉及|属于|之间|任何部门$|接受|确保|参加|向|一律|只能|及时|"
    r"内部|组成|作用|情况|超过|采取|采用|实施(?!机关|单位|主体)|选派|违反|不(?!动产|良)|已|未成功|能够|决定(?!的)|报(?!社|刊|告)"
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


_WHOLE = re.compile(rf"[^，：；。\\s]{{0,{_LIMIT}}}(?:{_BODY}|{_WORD}){_BRACKET}$")


def whole_subject(mask: str, start: int, end: int) -> Name | None:
    """A clause that is nothing but a body's name (从事…的单位，应当…)."""
    prefix = _PREFIX.match(mask, start, end)
    at = prefix.end() if prefix else start
    if end - at < 2 or not _WHOLE.match(mask, at, end):
        return None
    name = mask[at:end]
    head, found, _ = name.rpartition("的")
    if re.search(r"应当|不得|可以|必须", name) or (not found and (starts_task(mask, at, end) or _BAD_NAME.search(name))):
        return None
    if found and (re.match(r"[对将把向按在为除]", head) or len(head) > 24 or "、" in head):
        return None
    return Name(at, end, "is")


def owners_of(mask: str, start: int, end: int, opening: bool = True) -> Iterator[Name]:
    """Bearers that the clause names: after 由 or 请, else its subject."""
    named = False
    asks = mask.find("由", start, end) >= 0 or mask.find("请", start, end) >= 0
    for found in _by().finditer(mask, start, end) if asks else ():
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
