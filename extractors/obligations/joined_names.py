"""The bodies in one phrase told apart: 甲局、乙局和丙局 are three, 各地区、各部门 one. Works on the view's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.extractors.obligations.find_owners import is_complete
from shenwen.extractors.obligations.modality import words
from shenwen.extractors.obligations.segments import BLANK

_GENERIC = re.compile(
    r"^(?:各级|各|任何|所有|其他|其)?(?:有关|相关)?(?:职能|主管)?(?:部门|单位|机构|组织|机关|个人|人员|议事协调机构|医疗机构)$"
)
_PLACES = re.compile(r"^(?:各|有关|相关)?(?:省|市|县|区|州|自治区|直辖市|自治州|乡|镇)$")
#: Begins the description of a body, not its name.
_VERBAL = re.compile(
    "曾|已|未|拟|参与|获得|纳入|列入|担任|就读|签订|承办|接受|接收|收到|参加|从事|申请|申报|符合|具有|具备|持有|取得|属于|经(?!济|贸|信|开|营)|需要|负有"
)
#: Which one is told by the description alone.
_ANYBODY = re.compile("(?:机关|单位|部门|机构|组织)(?:(?:或者?|和|、)(?:机关|单位|部门|机构|组织))*")
_APPOINTED = re.compile("(?:确定|指定|授权|委托|设立)的$")
#: 东湖流域市、县人民政府: one name for several levels.
#: 东湖区、西湖区教育局: each has one, and the name is told once.
_NAMED_PLACES = re.compile(
    "(?!各|有关|相关)[^、的各]{1,5}[县区市](?:、[^、的]{1,5}[县区市])*[、和][^、的]{1,5}[县区市](?:人民政府|政府|[^、县区市]{1,10}(?:局|委|办|部门))$"
)
_PLACES_LISTED = re.compile("[省市县区州乡镇]、(?:自治)?[省市县区州乡镇](?:（[^）]*）)?(?:级|各级)?(?:人民)?政府")
_LEVELS = re.compile("直辖市|设区|自治州|自治县")
_ETC = re.compile(r"等(?P<tail>(?!有关|相关)[^、等]{6,})$")


def parts_of(name: str) -> Iterator[tuple[int, int]]:
    """Offsets of the bodies in one phrase: 甲局、乙局和丙局 are three; 民政、公安等部门 and 各地区、各部门 are one.

    甲局、乙局等部门 are the two that are named."""
    if (outside := name.find("以外的") + 3) > 3:
        for left, right in parts_of(name[outside:]):
            yield outside + left, outside + right
        return
    if not any(mark in name for mark in "、和同及等"):
        yield _trimmed(name, 0, len(name)), len(name)
        return
    flat = re.sub(
        r"[（(][^）)]*[）)]", lambda found: found.group()[0] + BLANK * (len(found.group()) - 2) + found.group()[-1], name
    )
    if etc := _ETC.search(flat):
        yield etc.start("tail"), len(name)
        return
    if etc := _ETC_AFTER.search(flat):
        named = list(_told(flat, 0, etc.start(), ("和", "、")))
        # 市住建局、市城管局等部门 names two, 民政、公安等部门 none by its own name.
        own = all(_AGENCY.fullmatch(flat, *place) and is_complete(flat[slice(*place)]) for place in named)
        yield from named if own else [(0, len(name))]
        return
    for begin, stop in _told(flat, 0, len(flat), _MARKS):
        yield _trimmed(name, begin, stop), stop


_ETC_AFTER = re.compile("等(?:有关|相关)?(?:部门|单位|机构)$")
_AGENCY = re.compile("[^、的]{2,}[局委部厅署办院行会府室]")
_MARKS = ("以及", "和", "同", "、", "及")
_MARK = {"同": "同(?!志)", "及": "(?<!以)及"}


def _told(flat: str, start: int, end: int, marks: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The ranges of the names told apart at each of `marks` in turn."""
    if not marks:
        yield start, end
        return
    for left, right in _split(flat, start, end, marks[0]):
        yield from _told(flat, left, right, marks[1:])


#: 其有关部门 and 其监护人 belong to the name before, 其他单位 is one of its own.
_THEIRS = re.compile("其(?![他余])")


def _split(flat: str, start: int, end: int, mark: str) -> list[tuple[int, int]]:
    """Where `mark` joins whole names, the names; else the range itself."""
    spans: list[tuple[int, int]] = []
    at = start
    for word in re.split(_MARK.get(mark, mark), flat[start:end]):
        spans.append((at, at + len(word)))
        at += len(word) + len(mark)
    if len(spans) == 1:
        return spans
    texts = [flat[a:b] for a, b in spans]
    whole = all(len(text) >= 2 and is_complete(text) and not _PLACES.match(text) for text in texts)
    if mark == "、" and "财政" in texts[:-1] and texts[-1].endswith("部门"):
        return [(start, end)]
    # 承办培训和考试的县局: the mark joins what the verb governs.
    described = "的" in texts[-1] and words().tasks.end(flat, start, end)
    if not whole or described or any(map(_THEIRS.match, texts)) or _PLACES_LISTED.search(flat, start, end):
        return [(start, end)]
    if _NAMED_PLACES.match(flat, start, end):
        return [(start, end)]
    if mark == "及":
        loose = any(len(text) < 3 or text[-1] not in "局委部厅署办院行社府处会门" or _GENERIC.match(text) for text in texts)
    elif mark in ("和", "以及"):
        loose = any(_GENERIC.match(text) for text in texts) or texts[0].startswith("各级") or texts[0] in ("国家", "中央")
    else:
        loose = texts[0].startswith(("各", "国务院各")) and any(text.startswith("各") for text in texts[1:])
    return [(start, end)] if loose else spans


def _trimmed(name: str, start: int, end: int) -> int:
    """Past a long modifier: 具有…学历的中国公民 → 中国公民; 有条件的城市 stays, and whose body it is, or who appointed it."""
    cut = name.rfind("的", start, end)
    if cut > start and _LEVELS.search(name, start, cut):
        return start  # 直辖市、设区的市或者相当于同级的主管部门
    if _ANYBODY.fullmatch(name, cut + 1, end) and cut > start:
        return start
    modified = cut - start > 10 or (cut > start and _VERBAL.match(name, start))
    if modified and end - cut > 3 and not _APPOINTED.search(name, start, cut + 1) and not is_complete(name[start:cut]):
        return cut + 1
    return start
