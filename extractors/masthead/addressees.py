"""主送机关: the line below the title that names bodies and ends with a colon, split into bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shenwen.extractors.lines import Line

_ENDS = re.compile(r"[：:]$")
_BODY = re.compile(
    r"政府|部门|机构|单位|委员会|[委办局厅部署院会处所站校]\b|委|[局厅部署院]|各[省市县区州镇乡]|公司|企业|学校|大学|高校|中心|代表|委员|同志|街道|园区|办公室"
)
_NOT = re.compile(r"[。；]|如下|以下|下列|通知$|意见$|^[一二三四五六七八九十]+、|^（|^附件|^抄送|来源|时间|日期|^第.+条")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、|^第.{1,4}[章条]")
#: A part that can stand alone: it ends as names of bodies end.
_WHOLE = re.compile(
    r"(?:政府|部委|部门|机构|单位|委员会|办公[厅室]|指挥部|小组|中心|公司|企业|学校|大学|院校|学院|街道|办事处|管委会|代表|委员|同志|总队|支队|银行|兵团|集团"
    r"|[委办局厅部署院会处所站社科])(?:（[^）]*）)?$"
)


def find_addressees(lines: Sequence[Line], start: int, stop: int = 14) -> tuple[tuple[str, ...], int] | None:
    """(bodies, number of the line) for the first addressing line among `stop` lines from line `start`, or None."""
    for i in range(start, min(start + stop, len(lines))):
        text = lines[i].text
        if _NOT.search(text[:-1]):
            if _NUMBERED.match(text):
                return None
            continue
        if _ENDS.search(text) and len(text) <= 1500 and _BODY.search(text):
            return split_addressees(text), i
    return None


def split_addressees(text: str) -> tuple[str, ...]:
    """`各市、州、县人民政府，省政府各部门：` → 各市、州、县人民政府 and 省政府各部门: commas part groups."""
    bodies: list[str] = []
    for group in re.split(r"[，,；;]", re.sub(r"\s+", "", text).rstrip("：:")):
        pending = ""
        for part in _outside_brackets(group):
            pending = f"{pending}、{part}" if pending else part
            if _WHOLE.search(pending) and not re.match(r"^各?(?:委|办|局)$", part):
                bodies.append(pending)
                pending = ""
        if pending:
            bodies.append(pending)
    return tuple(bodies)


def _outside_brackets(group: str) -> list[str]:
    return [part for part in re.split(r"、(?![^（]*）)", group) if part]
