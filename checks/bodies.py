"""What kind of body a name stands for, and who issues a draft to whom: asked by the rules of articles 二十一 and 二十二."""

from __future__ import annotations

import re
from enum import StrEnum

from shenwen.checks.operative import head_lines
from shenwen.checks.rule import Context
from shenwen.corpus.model import Document, Facts, Span


class BodyKind(StrEnum):
    GOVERNMENT = "government"
    GOVERNMENT_OFFICE = "government_office"
    COORDINATING = "coordinating"
    DEPARTMENT = "department"
    PARTY = "party"
    OTHER = "other"


#: First match decides. A coordinating body is known by its last word: …领导小组办公室 is one.
_KINDS = (
    (
        BodyKind.PARTY,
        re.compile(r"^(?:中共|中国共产党)|(?:党委|党组|党工委|省委|市委|县委|区委|州委|中央)(?:办公厅|办公室)?$|纪委|军委"),
    ),
    (
        BodyKind.COORDINATING,
        re.compile(
            r"(?:领导小组|工作组|指挥部|联席会议|工作专班|协调小组|委员会)(?:办公室)$|(?:领导小组|指挥部|联席会议|专班|协调小组)$"
        ),
    ),
    (BodyKind.GOVERNMENT_OFFICE, re.compile(r"(?:政府|国务院)(?:办公厅|办公室)$")),
    (BodyKind.GOVERNMENT, re.compile(r"(?:人民)?政府$|^国务院$|办事处$|管理委员会$|管委会$")),
    (BodyKind.DEPARTMENT, re.compile(r"(?:[厅局部署委]|委员会|总局|海关|管理处|分局|办公室|中心)$")),
)
#: A department's or coordinating body's document that has the government's consent says so.
APPROVAL = re.compile(
    r"(?:经|报)[^，。；]{0,24}(?:政府|国务院|办公厅|办公室|领导同志|领导)[^，。；]{0,10}(?:同意|批准|授权|审定)"
    r"|(?:受|经)[^，。；]{0,16}(?:政府|国务院)[^，。；]{0,6}(?:委托|授权)|根据[^，。；]{0,12}政府[^，。；]{0,6}授权"
)
_LOWER_GOVERNMENT = re.compile(
    r"(?:人民)?政府(?!办公|各|组成|有关|直属|[^，。；、]{0,12}(?:部门|机构))|各(?:市|州|县|区|乡|镇"
    r"|街道)[^，。；、]{0,8}政府|(?<!特派员)(?<!代表)(?<!联络)(?<!监管)(?<!总)办事处"
)


def kind_of(name: str) -> BodyKind:
    """The kind of a body, by its name."""
    name = re.sub(r"[\s）)]+$|（[^）]*）", "", name)
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), BodyKind.OTHER)


def issuers(document: Document, facts: Facts, context: Context) -> tuple[str, ...]:
    """Who issues the draft: as found, else as its first lines say, else the organisation of the settings."""
    if facts.masthead.issuers:
        return facts.masthead.issuers
    named = next((found.group(1) for line in head_lines(facts) if (found := _ISSUER_LINE.match(line))), context.organisation)
    return tuple(re.split(r"[、\s]+", named)) if named else ()


def is_department(document: Document, facts: Facts, context: Context) -> bool:
    """Whether departments or coordinating bodies alone issue the draft."""
    kinds = {kind_of(name) for name in issuers(document, facts, context)}
    if not kinds:
        return context.profile == "部门"
    return kinds <= {BodyKind.DEPARTMENT, BodyKind.COORDINATING}


def governments_addressed(document: Document, facts: Facts) -> Span | None:
    """Where the draft addresses lower governments (各县人民政府), if it does."""
    span = facts.masthead.addressees_span
    text = facts.view.text
    start, end = facts.view.range(span) if span else _salutation(text)
    found = _LOWER_GOVERNMENT.search(text, start, end)
    return facts.view.source(found.start(), found.end()) if found else None


_ISSUER_LINE = re.compile(
    r"^([^，。；：:《》]{2,30}?(?:政府|办公[厅室]|[厅局部委署]|委员会|领导小组|指挥部|联席会议))(?:文件|关于[^。]*)?$"
)


def _salutation(text: str) -> tuple[int, int]:
    found = re.search(r"^[^。；\n]{2,300}[:：][ \t]*$", text[:2000], re.M)
    return (found.start(), found.end()) if found else (0, 0)
