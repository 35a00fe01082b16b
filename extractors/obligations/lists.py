"""Lists after a lead sentence: items of a duty (应当提交下列材料：) share its modality and bearers, items of a condition
(有下列情形之一的，…：) demand nothing."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass

from shenwen.corpus.model import Modality
from shenwen.extractors.obligations.modality import Modal

_FOLLOWING = re.compile(r"(?:下列|以下|如下)")
#: The list says when, not what: 符合下列条件的… 存在以下问题之一的….
_CONDITION = re.compile(
    r"(?:符合|具备|具有|有|存在|属于|出现|发生|违反|满足|属|对)[^，。：]{0,8}(?:下列|以下|下面)[^，。：]{0,24}?(?:的|之一)|(?:下列|以下)[^，。：]{0,12}(?:之一|情形的|情况的|行为的|条件的)"
)
_BAN = re.compile(r"不得[^，。：]{0,8}(?:下列|以下)")
_DEFINES = re.compile("是指|包括|分为")
#: A lead that demands nothing itself and lists cases or things: 下列所得…：.
_THINGS = re.compile(
    r"(?:下列|以下)[^：]{0,30}(?:情形|情况|案件|所得|项目|范围|人员|单位|内容|条件|费用|部分|类别?|机构|材料|企业|诉讼|居民|信息|事项)[^：]{0,16}[：:]?$"
)
_NOMINAL = re.compile(
    r"(?:下列|以下)[^，。：]{0,16}(?:材料|事项|内容|条件|行为|情形|情况|方式|措施|活动|权利|权益|义务|职责|服务|文件|资料|信息|要求|标准|形式|途径|原则|之一)[：:]?$"
)


#: 单位制定规章的情况；
_THING = re.compile("的(?:情况|行为|事项|材料|证明|资料|信息|内容|范围|标准)[；。;]?$")
_MEASURES = re.compile("(?:措施|处罚|处分|惩戒)[：:]?$")
_STRONG = frozenset({"应当", "应", "必须", "不得", "须", "严禁", "禁止", "只能"})


#: 专管员的主要职责是：, whose items are duties of the body named.
_DUTIES = re.compile(
    "^(?P<who>[^，。：的]{2,40}?)?的?(?:主要|基本|工作|具体)*(?:职责(?:任务)?|职能|(?<=主要)任务)(?:是|为|如下|包括)?[：:]$"
)
_DUTIES_END = re.compile("(?:职责(?:任务)?|职能|主要任务)(?:是|为|如下|包括)?[：:]$")


#: 一、主要职责 or （二）专班职责, a heading over the duties of a body.
_DUTIES_TITLE = re.compile("(?P<who>[^，。：]{2,30}?)??的?(?:主要|基本|工作|具体)*(?:职责|职能)(?:任务)?$")
#: …联席会议（以下简称联席会议）: the body that a document sets up.
_SET_UP = re.compile("(?:以下|下)简称[“《]?(?P<who>[^，。）)”》]{0,8}(?:会议|小组|委员会|委|指挥部|专班))[”》]?[）)]")


@dataclass(slots=True)
class Listing:
    """A list that has begun: `rank` of its lead line, `items` the rank of its items once known."""

    rank: int
    condition: bool
    modality: tuple[Modality, ...]
    items: int = 0
    nominal: bool = False
    """The items are things or acts (材料 事项 条件 行为), not statements of their own."""
    measures: bool = False
    """The items are what may be done, even where one says that something is forbidden: 可以采取下列措施：（一）禁止入境；"""

    def names(self, item: str, strong: bool) -> bool:
        """The item is no statement of its own: a thing or an act, or something that may be done; `strong`: it has a modal word."""
        if strong:
            return self.measures
        return self.nominal or self.modality == (Modality.PERMISSION,) or bool(_THING.search(item) and "，" not in item)

    def holds(self, rank: int) -> bool:
        """A line with a label of this rank is an item; the first item sets the rank."""
        if not self.items and rank > self.rank:
            self.items = rank
        return bool(self.items) and rank >= self.items


def listing_after(sentence: str, rank: int, modality: tuple[Modality, ...]) -> Listing | None:
    """The list that the last sentence of a line opens, or None. `sentence` is masked."""
    opens = sentence.rstrip().endswith(("：", ":"))
    if _CONDITION.search(sentence) and not _BAN.search(sentence) and (opens or sentence.endswith("。")):
        return Listing(rank, True, ())
    if opens and modality and (_FOLLOWING.search(sentence) or Modality.TARGET not in modality):
        measures = modality == (Modality.PERMISSION,) and bool(_MEASURES.search(sentence))
        return Listing(rank, False, modality, nominal=bool(_NOMINAL.search(sentence)), measures=measures)
    if opens and _DUTIES_END.search(sentence) and not set(modality) - {Modality.OBLIGATION}:
        return Listing(rank, False, (Modality.OBLIGATION,), nominal=True)
    if opens and not modality and (_THINGS.search(sentence) or _DEFINES.search(sentence)):
        return Listing(rank, True, ())
    return None


def duty_holder(sentence: str) -> tuple[int, int] | None:
    """Where in the lead sentence of a list of duties the body stands that has them."""
    found = _DUTIES.match(sentence)
    return found.span("who") if found and found["who"] else None


def bodies_set_up(text: str) -> list[tuple[int, int]]:
    """Where the short names of the bodies stand that the document sets up, in order."""
    return [found.span("who") for found in _SET_UP.finditer(text)]


def titled_holder(text: str, start: int, end: int, set_up: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the body stands whose duties follow the heading between the offsets: in it, or the last of `set_up` before it."""
    found = _DUTIES_TITLE.fullmatch(text, start, end)
    if found is None:
        return None
    if found["who"]:
        return found.span("who")
    before = bisect(set_up, (start, start))
    return set_up[before - 1] if before else None


#: 审核主体是否合法；程序是否合法；
_WHETHER = re.compile("(?:审核|审查|核查|检查|评估)[^，；]{2,20}是否")


def opens_within(sentence: str) -> bool:
    """The list begins in the sentence and goes on after its semicolon: 严格审核以下内容：甲；乙。"""
    if sentence.endswith("；") and _WHETHER.search(sentence):
        return True
    head, colon, _ = sentence.partition("：")
    return bool(colon) and sentence.endswith("；") and bool(_FOLLOWING.search(head))


#: 河道保洁方面3项：甲；乙。: what counts as one of them is a name.
_COUNTED = re.compile("[^，。：]{2,30}(?:方面|领域)(?:共|有)?[0-9一二两三四五六七八九十]{1,3}[项个条]：")


def opens_names(sentence: str) -> bool:
    """The names of things begin behind a count of them and go on to the full stop."""
    return "：" in sentence and bool(_COUNTED.match(sentence))


def is_strong(modals: list[Modal]) -> bool:
    """A modal word that holds even within a list of conditions or of things."""
    return any(modal.word in _STRONG for modal in modals)


def is_condition(sentence: str) -> bool:
    """An item that only names a case: 未按规定报送的；"""
    bare = sentence.rstrip("；。;")
    return bare.endswith("的") and not bare.endswith("目的")
