"""Owners in closing brackets （责任单位：…）（…牵头，…配合）."""

from __future__ import annotations

import re

from msgspec import Struct

_BRACKETED = r"[（(【\[](?P<inner>[^（）()【】\[\]]*(?:[（(][^（）()]*[）)][^（）()【】\[\]]*)*)[）)】\]]"
_BRACKET = re.compile(_BRACKETED + r"[。；]?\s*$")
_LEADING = re.compile(_BRACKETED + r"[。；]?")
_SAYS = re.compile(
    r"(?:牵头|责任|负责|主办|主管|实施|承办|落实)(?:的)?(?:单位|部门|处室|领导|人|主体)?(?:及分工)?[：:]|(?:负责|牵头|配合|落实|组织实施|承办|参加|参与)(?:落实|"
    r"实施)?[。；]?$|(?:牵头|负责)[，、；。]|分工负责|按职责|[部委局厅办会院室署行社][（）省区市县等]*(?:督促)?指导$"
)


class Duty(Struct, frozen=True):
    """Names of leading and supporting bodies, and the view offset from which on they stand."""

    lead: tuple[str, ...]
    support: tuple[str, ...] = ()
    at: int = 0


#: A bracket of its own that holds nothing but names: …。（县公安局、县商务局）
_NAMES_ONLY = re.compile(
    r"(?:[^、，；：。（）()]{1,14}(?:局|委|厅|办|部|署|委员会|办公室|政府|支队|中心)、)+[^、，；：。（）()]{1,14}(?:局|委|厅|办|部|署|委员会|办公室|政府|支队|中心)"
)

_GROUP = re.compile(r"[，；;。]")
_HEAD = re.compile(
    r"^(?:(?P<kind>牵头|责任|负责|配合|协办|主办|参加|参与|支持|承办|落实|主管|实施)(?:的)?(?:单位|部门|处室|领导|人|主体)?[：:]?)(?=.)"
)
_END = re.compile(
    r"(?:按照?职责)?(?:分工)?(?:分别)?(?:(?P<kind>牵头负责|牵头|负责|配合|协同|参与|参加|落实|组织实施|承办|督促指导|指导)(?:落实|实施|推进)?|按照?职责分工)$"
)
_OTHER_HEAD = re.compile(r"[^：:]{2,8}[：:]")
#: 排在第一位的部门为牵头部门，下同: how the brackets are to be read.
_ASIDE = re.compile("(?:以?下同|(?:排|列)[^，]*第一[^，]*)")
_SUPPORTING = ("配合", "协办", "参加", "参与", "支持", "协同")
_REST = re.compile(r"等?(?:按照?职责分工(?:负责)?|按职责|按分工|分工负责|分别负责|共同负责|共同)$")


def bracket_at_end(text: str) -> tuple[int, Duty] | None:
    """The owners in a bracket that closes `text` and where the bracket begins, or None where it is another bracket."""
    found = _BRACKET.search(text)
    if not found:
        return None
    alone = not text[: found.start()].rstrip() or text[: found.start()].rstrip()[-1] in "。；"
    if not _SAYS.search(found.group("inner")) and not (alone and _NAMES_ONLY.fullmatch(found.group("inner"))):
        return None
    duty = duty_of(found.group("inner"))
    return (found.start(), duty) if duty.lead or duty.support else None


def bracket_at_start(text: str) -> tuple[int, Duty] | None:
    """The owners in a bracket that opens `text` (they belong to what stands before it) and where the bracket ends."""
    found = _LEADING.match(text)
    if not found or not _SAYS.search(found.group("inner")):
        return None
    duty = duty_of(found.group("inner"))
    return (found.end(), duty) if duty.lead or duty.support else None


def duty_of(text: str) -> Duty:
    """Lead and supporting bodies of 责任单位：甲、乙；配合单位：丙 or 甲牵头，乙、丙配合. Who guides leads where nobody else does."""
    lead: list[str] = []
    support: list[str] = []
    guides: list[str] = []
    role = "lead"
    for group in filter(None, map(str.strip, _GROUP.split(text))):
        if _ASIDE.fullmatch(group):
            continue
        if _OTHER_HEAD.match(group) and not _HEAD.match(group):
            role = ""
            continue
        if head := _HEAD.match(group):
            role = "support" if head.group("kind") in _SUPPORTING else "lead"
            group = group[head.end() :]
        if end := _END.search(group):
            role = "guide" if "指导" in (end.group("kind") or "") else "support" if end.group("kind") in _SUPPORTING else "lead"
            group = group[: end.start()]
        first, _, others = group.partition("会同")
        if not role:
            continue
        {"lead": lead, "support": support, "guide": guides}[role].extend(names_in(first))
        support.extend(names_in(others))
    return Duty(tuple(lead), (*support, *guides)) if lead else Duty(tuple(guides), tuple(support))


def names_in(text: str) -> list[str]:
    """Names of bodies told apart at commas and blanks outside brackets."""
    text = _REST.sub("", text.strip())
    names: list[str] = []
    depth = at = 0
    for position, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if depth == 0 and char in "、,， ":
            names.append(text[at:position])
            at = position + 1
    names.append(text[at:])
    cleaned = (re.sub(r"^(?:由|和|及)|等(?:(?:有关|相关)?(?:部门|单位))?$", "", name.strip()) for name in names)
    return [name for name in cleaned if 1 < len(name) <= 40]
