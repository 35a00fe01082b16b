"""Who bears a duty: the body or role that a clause names as its subject, after 由 or after 请.

All functions take masked text (segments.masked) and view offsets.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct

from shenwen.extractors.obligations.modality import Openings, may_begin_name, starts_task, task_verbs, words
from shenwen.extractors.obligations.segments import BLANK


class Name(Struct, frozen=True):
    """A body's name in the view: `how` is `subject`, `by` (由…), `asked` (请…), `is` (a subject before 是) or `formed` (设立…)."""

    start: int
    end: int
    how: str = "subject"
    verbal: bool = False
    """The name begins like a verb (审核机构) and no modal word follows: at the start of a later clause rather a verb."""


#: After a word of the list these show that the word belongs to the name: 政府|审核机构.
_STILL_NAME = re.compile(
    r"单位|机构|机关|部门|主管(?=部门|机关|单位)|人员|者|小组|办公室|委员会|中心|地区|城市|主体|的|指挥部|负责人|工作人员|负责同志|领导|企业|领域|行政部门|行政主管|"
    r"管理(?=机关|部门|机构|人员|单位|办公室|局|委|处|中心)|登记(?=机关|机构|管理机关)|局(?![面限部域])|厅|委(?![托派任屈])|处(?![理置罚以])|标准(?=[按为由的参依])|组(?![织成建合])"
)
#: After a body behind 由: another body follows, or the name goes on (政府确定的机构, 政府审核机构).
_STILL_LISTED = re.compile(
    r"[、和及与或]|[^向对按给报将在统集]{0,2}(?:机构|部门|单位|机关|人员|小组|办公室|委员会|大队|中心|负责人|领导)|确定的|指定的|所属|所在|授权的|委托的|设立的|内设|主管|行政主"
)
_CHARGED = re.compile(r"(?:负责|管理|主管|承担)[^，。]{2,24}的(?:部门|机构)")
_BRACKET = re.compile(rf"[（(]{BLANK}+[）)]")
_LAST_BRACKET = re.compile(rf"[（(]{BLANK}+[）)]$")
_ETC_BODIES = re.compile(r"等(?:部门|单位)?")
_CHINESE = re.compile(r"[\u3400-\u9fff（(、]|" + BLANK)
_BY = re.compile(r"由(?<![理自缘事经来不各]由)(?<!(?:成立|组建|建立|设立)由)|请(?<![提申报邀聘敬恳]请)(?![求示假])")
_LIMIT = 120
_NUMERALS = frozenset("一二两三四五六七八九十0123456789")


@dataclass(frozen=True, slots=True)
class _Words:
    """The compiled vocabulary of bearers."""

    ending: re.Pattern[str]
    whole: frozenset[str]
    lengths: tuple[int, ...]
    strict: frozenset[str]
    demanding: Openings
    following: Openings
    behind_by: Openings
    none: Openings


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files("shenwen.corpus.reference").joinpath("bearer_words.toml").read_text(encoding="utf-8"))
    bodies, others = data["bodies"].split(), data["others"].split()
    names = sorted({*bodies, *others}, key=len, reverse=True)
    followers = {key: words.split() for key, words in data["followers"].items()}
    demanding = {*followers["demand"], *followers["preposition"], "是", "由"}
    following = demanding | {*followers["other"]} | task_verbs()
    return _Words(
        ending=re.compile("|".join(_guarded(name, data) for name in names)),
        whole=frozenset(names),
        lengths=tuple(sorted({len(name) for name in names})),
        strict=frozenset(others) - frozenset(bodies),
        demanding=Openings(demanding),
        following=Openings(following),
        behind_by=Openings(following | {*followers["after_by"]}),
        none=Openings(followers["none"]),
    )


def _guarded(name: str, data: dict[str, dict[str, Any]]) -> str:
    """The word first, then what may not stand on either side: expressions that begin with literals scan faster."""
    before = data["not_after"].get(name)
    after, only = data["not_before"].get(name), data["only_before"].get(name)
    return (
        name
        + (f"(?<![{before}]{name})" if before else "")
        + (f"(?!{'|'.join(after)})" if after else "")
        + (f"(?={'|'.join(only)})" if only else "")
    )


def _endings(mask: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Where a name that begins at `start` may end, nearest first, and whether its last word is one of many uses."""
    table = _words()
    at = start
    while found := table.ending.search(mask, at, min(end, start + _LIMIT)):
        at = found.start() + 1
        stop, strict = found.end(), found.group() in table.strict
        if bracket := _BRACKET.match(mask, stop, end):
            stop = bracket.end()
        if not strict and (etc := _ETC_BODIES.match(mask, stop, end)):
            stop = etc.end()
        yield stop, strict


#: 申请人五年内不得…: how long stands between the subject and what it must do.
_HOW_LONG = re.compile(r"[一二两三四五六七八九十\d]{1,3}个?(?:工作日|小时|[日天月年])(?:以|之)?内")


def _follows(mask: str, at: int, end: int, table: Openings) -> bool:
    """A word that a subject takes stands at `at`."""
    stop = table.end(mask, at, end)
    if not stop and mask[at : at + 1] in _NUMERALS and (span := _HOW_LONG.match(mask, at, end)):
        stop = span.end()
    if not stop or _words().none.end(mask, at, end):
        return False
    still = _STILL_NAME.match(mask, stop, end)
    if still and (still.group() == "的" or may_begin_name(mask, at, end)):
        return False
    return not _CHARGED.match(mask, at, end)


def _acts(mask: str, at: int, end: int) -> bool:
    """Adverbs and a task verb stand at `at`: 足额拨付, 随机抽取."""
    past = words().past_adverbs(mask, at, end)
    return past > at and words().task_at(mask, past, end) and not _words().none.end(mask, at, end)


_BAD_NAME = re.compile(
    r"(?<![所现正内存自潜实])在(?!职|建|校|编|京|册|岗|任|读|地|线|园)|围绕|依托(?!单位)|针对|结合(?!部)|撬动|对接|至少|入选|获得|我们|^\d|^(?:坚持|尊重|一手|抓|拜|聚力|载明|注明|写明|标明)|仅?限于|"
    r"(?<![供反响相适对效])应(?!急|届|聘|征|税|诉|用)|原则上|按|不得|必须|可以|^协[助同]|^[要为减做促让使哪谁严并及只到留凭曾]|^持(?!证人|卡人|有人|照人)|^交(?![通警易运管])|^一大?批|^一[个家名](?!单位$|部门$)|^每(?![个一家位名])|^依法[^的]*$|^取得|^可|[〇零一二三四五六七八九]年|^对外[贸来籍地]|\d个|被移[交送]|动用|^直至|会同|^牵引|^配合|^建议|^直接|^提请|^商(?!务|会|业|家|户|场|贸|品|标)|^所(?!在|属|有)|^申请(?!人|学生|考生|家长|执行人|对象|单位|者|户|家庭|企业|机构|地)|^希望|遵循|^计入|[内容]以|^尤其|^代表(?!团|大会|机构|处|联名)|^(?:禁止|严禁|杜绝|允许|鼓励|提倡|支持|引导|准予|"
    r"、)|^需|(?<![主重需])要(?!素|件|员|闻|点|害|地)|(?:统一|集中|全面|的)领导$|实行|进行|负责(?!人|"
    r"同志|[^，]{2,24}的(?:部门|机构)(?:[（(]|$))|依照|根据|以.*名义|"
    r"通过|由|^[对将把向](?!外)|^[从自因如凡鉴除给以同与](?!外|"
    r"事|然|治|级|类|业|等|贸|来水)|^在(?!职(?!业)|建|校|编|京|册|岗|任|读)|为(?!主)|"
    r"是(?!否)|予以|未经|加强|推进|落实|开展|同意|^视同|^受(?!托|益|害|理|聘|训|审|检|让|赠|援|雇|委托|灾)|^(?:主要|具体)?承担[^的]*$|^本[^，]{1,6}规定|^领导(?!小组|班子|干部|机构|机关|同志|人员)[^、和及]|(?<!财)经(?!营|济|贸|办|信|开|销|纪|理|常|费)|符合|有利于|包括|涉及|属于|之间|任何部门$|接受|确保|参加|向|(?<![合兼])并(?![购轨])|一律|只能|及时|"
    r"内部|下设|组成(?!人员|部门|单位)|作用|情况|超过|采取|采用|实施(?!机关|单位|主体)|选派|违反|不(?!动产|良|设区)|已|未成功|能够|决定(?!的|机关|单位)|(?<![情通海])报(?!社|刊|告|关|检)|未委托|得知|^(?:接|收)到|立即|[中别独同]与|^(?:阻[挠碍]|限制|妨碍|干[扰预])|有证据|须(?!知)"
)
_PREFIX = re.compile(
    r"(?:(?:\d{4}|今|明|本)年(?:度|起)?|“[^”]{1,4}”(?:时期|期间)|凡|原则(?:上)?|一般|届时|会上|期间|\d{1,2}月\d{1,2}日(?:之?前)?|如|若|统一|经[^，]{1,12}批准后|(?:期满|届满|逾期|到期)后?|每年|其(?![他余中它实次]))"
)


def subject_of(mask: str, start: int, end: int) -> Name | None:
    """The body that stands as subject at the beginning of the clause, if one does."""
    if starts_task(mask, start, end):
        return _described(mask, start, end)
    prefix = _PREFIX.match(mask, start, end)
    at = prefix.end() if prefix else start
    if prefix and starts_task(mask, at, end):
        return _described(mask, start, end)
    table = _words()
    if _OPENS_DESCRIPTION.match(mask, at, end) and (described := _described(mask, at, end)):
        return described
    each = mask.startswith("各", at)
    for stop, strict in _endings(mask, at, end):
        strict = strict and not each  # 各省 is a body, 省 may be a verb
        if _follows(mask, stop, end, table.demanding if strict else table.following) or (not strict and _acts(mask, stop, end)):
            return _subject(mask, at, stop, end) or _head_of(mask, at, stop) or _described(mask, at, end)
        if _AUTHORED.match(mask, stop, end) and not _BAD_NAME.search(mask, at, stop):
            return Name(at, stop)
    return _described(mask, at, end)


def _head_of(mask: str, start: int, stop: int) -> Name | None:
    """The noun behind a description that opens the clause: 符合条件的租户申请续租的，应当…"""
    begin = mask.rfind("的", start, stop) + 1
    named = begin and is_complete(mask[begin:stop]) and not _BAD_NAME.search(mask, begin, stop) and "）" not in mask[begin:stop]
    if not named or not _OPENS_DESCRIPTION.match(mask, start, stop) or mask.startswith(("予以", "给予"), stop):
        return None
    return Name(begin, stop)


#: 使用单位应当, 重点排污单位不得: right before a modal word the first characters are no verb, though they may look like one;
#: but 设立企业应当, 聘用人员应当 say what is done.
_COMPOUND = re.compile(
    "(?![对由经向为将把按在于及和与或从各每该本其请])(?:重点|共同|直接|专门|自愿)?"
    "(?:(?:(?!有关|相关|其他|所在|主管|[上下本同]级)[\u3400-\u9fff]){2,5}(?:单位|机关|部门|请求人|义务人)|[\u3400-\u9fff]{2}者"
    "|(?!设立|举办|开办|兴办|成立|新建|组建|撤销|聘|雇用|招[用收]|录用|委托|选择|指定|更换|任命|配备|派出|保护|支持|鼓励|培训|使用|申请|管理|服务)"
    "[\u3400-\u9fff]{2}(?:机构|人员|企业|对象|小?组))(?=(?:[均都也还]|一律|原则上)?(?:应当|不得|必须|可以|有权))"
)
#: 市局拟定的方案应当报市政府批准: who drew it up submits it.
_AUTHORED = re.compile(
    r"(?:制定|制订|拟定|拟订|起草|编制)(?:或[^，的]{2,6})?(?:后)?的[^，]{2,24}(?:应当|应|须|必须|要)(?:当)?(?:[按依][^，]{1,12})?[报经送向]"
)
#: A clause that begins with one of these more likely describes its subject (具有…的公民可以) than begins with its name.
_OPENS_DESCRIPTION = re.compile("具有|符合|属于|持有|从事|曾|未|已(?!建|经建)|拟|依法|经|在|享受|满|年满")
_DESCRIBED = re.compile(
    r"的(?P<head>[^，的：]{2,24}?)(?=(?:[均都也还]|一律|原则上)?(?:应当|不得|必须|可以|应|须|要|可|有权|方可))"
)


def _described(mask: str, start: int, end: int) -> Name | None:
    """The head of a description before a modal word (接受申请材料的主管部门应当…), or a name that begins like a verb."""
    if compound := _COMPOUND.match(mask, start, end):
        return Name(start, compound.end())
    if mask.find("的", start, end) < 0 or mask[start] in "对将把向按除为由":
        return None
    for found in _DESCRIBED.finditer(mask, start, end):
        left, right = found.span("head")
        if is_complete(mask[left:right]) and not _BAD_NAME.search(mask[left:right]):
            # 负责起草的单位应当…: which unit is told by the description alone
            plain = _LAST_BRACKET.sub("", mask[left:right])
            return Name(start if plain in ("单位", "机关", "部门", "机构") else left, right)
    return None


def possessor(mask: str, start: int, end: int) -> Name | None:
    """Whom the condition is about (申请人的住址发生变更的，应当…; 受委托人投票时，应当…): they bear the duty that follows."""
    if starts_task(mask, start, end):
        verbal = _VERBAL_NAME.match(mask, start, end)
        return Name(start, verbal.end()) if verbal else None
    changed = _CHANGED.search(mask, max(start, end - 6), end)
    closed = end - 3 if mask.endswith("的时候", start, end) else end
    for stop, strict in _endings(mask, start, end):
        if _BAD_NAME.search(mask[start:stop]) or _TOWARDS.search(mask, start, stop):
            return None
        if strict and not changed and mask[stop - 3 : stop] not in _words().strict:
            if mask[stop - 1] in "省市县区州乡镇科团村":
                continue
            return None
        if _DECIDED.fullmatch(mask, stop, end):
            return Name(start, stop)
        if mask[stop - 3 : stop] == "国务院" or mask[stop] in "、和或及证区号群" or _STILL_NAME.match(mask, stop + 2, closed):
            continue
        if mask[stop - 2 : stop] == "政府" and _DEPARTMENT.match(mask, stop, end):
            continue
        if changed or (
            mask[stop] not in "的之"
            and not _TROUBLE.match(mask, stop - 2, end)
            and mask[stop - 2 : stop] not in ("城市", "地区", "地方")
        ):
            return Name(start, stop)
        return None
    return None


_DECIDED = re.compile("(?:同意|批准|核准|受理|准予)的")
#: Behind 政府 a department of it follows.
_DEPARTMENT = re.compile("(?!收到|接到|认为|发现|决定|应当|[对向在未不])[\u3400-\u9fff、]{2,16}?(?:部门|机构|机关|委员会|局)")
#: 市场主体出现问题的，应…: the authority should.
_TROUBLE = re.compile("主体(?:出现|存在|发生)")
#: 处置单位在收到废物时，应当…; 赔偿义务机关主张免责的，应当….
_VERBAL_NAME = re.compile("[\u3400-\u9fff]{2,4}(?:单位|机关|人员)(?=在|收到|接到|主张|发现|认为|逾期)")
#: 利害关系人对县局答复不服的: the body is another than the one that the condition is about.
_TOWARDS = re.compile("(?<=..)[对向将把](?!象|方|外)")
_CHANGED = re.compile("(?:变更|变化|变动|更新|调整)的$")


def _subject(mask: str, start: int, stop: int, end: int) -> Name | None:
    name = mask[start:stop]
    if len(name) < 2 or " " in name or _BAD_NAME.search(name):
        return None
    follow = mask[stop]
    institution = (stop - start > 6 and not _second_verb(mask, start, stop)) or (stop - start > 2 and name[-1] in "部局厅署委院")
    if may_begin_name(mask, start, end) and (_lists_verbs(mask, start, stop) or _SETS_UP.match(mask, start + 2, stop)):
        return None
    verbal = follow not in "要应须需可不将必会牵负" and not institution and may_begin_name(mask, start, end)
    return Name(start, stop, how="is" if follow in "是由已属" else "subject", verbal=verbal)


def _second_verb(mask: str, start: int, stop: int) -> bool:
    """组织领导…部门, 制定完善…: two verbs, not a name."""
    return may_begin_name(mask, start + 2, stop) or words().task_at(mask, start + 2, stop)


#: 审批设立高等学校: what is done to it.
_SETS_UP = re.compile("设立|举办|开办|兴办|组建|成立|聘用|雇用")
#: 监督、检查、指导运营单位: verbs, not a name.
_VERBS_LISTED = re.compile("[^、]{2}、[^、]{2}、")


def _lists_verbs(mask: str, start: int, stop: int) -> bool:
    return bool(_VERBS_LISTED.match(mask, start, stop) and words().tasks.end(mask, start + 3, stop))


#: 在人手不足的地方，要…: where, not who.
_WHERE = re.compile("在(?!职|建|校|编|京|册|岗|任|读|园)")


def whole_subject(mask: str, start: int, end: int) -> Name | None:
    """A clause that is nothing but a body's name (从事…的单位，应当…)."""
    prefix = _PREFIX.match(mask, start, end)
    at = prefix.end() if prefix else start
    if mask[end - 1] == "等":
        end -= 1  # 本人及其父母等，可以…
    if not 2 <= end - at <= _LIMIT or not is_complete(mask[at:end]):
        return None
    name = mask[at:end]
    head, found, _ = name.rpartition("的")
    if _DEMANDS.search(name) or _SETS_UP.match(name, 2) or (not found and (starts_task(mask, at, end) or _BAD_NAME.search(name))):
        return None
    if found and (head[:1] in "对将把向按为除" or _WHERE.match(head)):
        return None
    if found and (len(head) > 40 or "、" in head):
        # 制定、修改规范性文件的市政府工作部门，应当…
        return Name(at + len(head) + 1, end, "is") if end - at - len(head) > 4 else None
    return Name(at, end, "is")


#: 由甲、乙组成, 由甲担任 and 由甲为主向乙转变 charge nobody.
_FORMING = re.compile("组成(?!员)|转变|过渡|担任|兼任")
_DEMANDS = re.compile("应当|不得|可以|必须")


def is_complete(name: str) -> bool:
    """The words end like the name of a body, a bracket aside."""
    table = _words()
    end = bracket.start() if (bracket := _LAST_BRACKET.search(name)) else len(name)
    return not name.endswith("农村", 0, end) and any(
        name[end - length : end] in table.whole for length in table.lengths if length <= end
    )


def named_by(mask: str, start: int, end: int) -> tuple[bool, list[Name]]:
    """Whether the clause says who by 由 or 请, and the names there."""
    if _FORBIDS.match(mask, start, end) and (forbidden := _forbidden(mask, start + 2, end)):
        return True, [forbidden]
    if mask.find("由", start, end) < 0 and mask.find("请", start, end) < 0:
        return False, []
    said = False
    names: list[Name] = []
    for found in _BY.finditer(mask, start, end):
        stop = _end_behind(mask, found.end(), end)
        if stop and not _ATTRIBUTE.match(mask, stop, end):
            said = True
            begin = _head(mask, found.end(), stop)
            if begin is not None and not _FORMING.search(mask, stop, end):
                names.append(Name(begin, stop, how="asked" if found.group() == "请" else "by"))
    return said, names


_FORBIDS = re.compile("严禁|禁止|不准|不许")


def _forbidden(mask: str, start: int, end: int) -> Name | None:
    """Who must not, right behind the word that forbids: 禁止任何单位和个人擅自…"""
    table = _words()
    for stop, strict in _endings(mask, start, end):
        if stop - start > 20 or _BAD_NAME.search(mask, start, stop):
            return None
        if _follows(mask, stop, end, table.demanding if strict else table.following) or _acts(mask, stop, end):
            return None if starts_task(mask, start, end) else Name(start, stop)
    return None


#: 交验由主管部门核发的许可证: who made the thing does not bear the duty.
_ATTRIBUTE = re.compile("组?成的|[\u3400-\u9fff]{2}(?:(?:或者?|并|和|、)[\u3400-\u9fff]{2})?的[\u3400-\u9fff]{2}")


def _head(mask: str, start: int, stop: int) -> int | None:
    """Where the name begins: past a description (由涉及到的县局报送), or None where it is no name."""
    if not _BAD_NAME.search(mask[start:stop]):
        return start
    begin = mask.rfind("的", start, stop) + 1
    head = mask[begin:stop]
    return begin if begin and is_complete(head) and not _BAD_NAME.search(head) else None


_PLACE_ACTS = re.compile("统一|统筹|优先|组织(?!部)|安排|制定|决定|负责|按|给予|予以|自行|另行")
#: 国务院, 地方, 中央, 国家: behind 由 often only the beginning of a department's name.
_REGIONAL = frozenset({"务院", "地方", "中央", "国家"})


def _end_behind(mask: str, start: int, end: int) -> int:
    """Where the name behind 由 or 请 ends, or 0: at the nearest body before a verb, else at the nearest body."""
    table = _words()
    nearest = 0
    for stop, strict in _endings(mask, start, end):
        if stop - start < 2 and mask[start] in "省市县区镇乡" and _PLACE_ACTS.match(mask, stop, end):
            return stop
        if stop - start < 2 or _STILL_LISTED.match(mask, stop, end) or _STILL_NAME.match(mask, stop, end):
            continue
        if nearest and stop - nearest > _NAME_GOES_ON:
            break
        if stop >= end or not _CHINESE.match(mask, stop) or _follows(mask, stop, end, table.behind_by):
            return stop
        if not nearest and not strict and mask[stop - 2 : stop] not in _REGIONAL:
            nearest = stop
    return nearest


_NAME_GOES_ON = 12
