"""What else an operative statement says: the act, its numbers, condition, exception, qualification and addressees of reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from shenwen.extractors.obligations.act import act_of
from shenwen.extractors.obligations.bearers import Owner
from shenwen.extractors.obligations.clauses import Clause
from shenwen.extractors.obligations.operative import Reading
from shenwen.extractors.obligations.page import Page
from shenwen.extractors.obligations.targets import TARGET_NUMBER

_DIGIT = re.compile(r"\d")
_EXCEPTION = re.compile(r"除(?P<outside>[^，。；]{2,60}?)(?:以外|之外|外)(?=，|的|$)|(?P<aside>[^，。；（）]{2,40})除外")
_QUALIFIED = re.compile(r"原则上|一般情况下|通常情况下|视情")
_RECIPIENT = re.compile(
    r"(?:报送|上报|抄送|报请|转报|移送|送交|反馈到|反馈给|报|向|送)(?P<name>[^，。；、：（）\s]{1,24}?(?:部门|委员会|办公厅|办公室|人民政府|政府|单位|机构|机关|"
    r"小组|指挥部|国务院|上级|社会|部|委|局|厅|办|院))"
    r"(?:（[^）]*）)?(?=报告|备案|审批|批准|核准|审核|同意|通报|提出|反馈|说明|申请|公开|公布|报送|汇报|负责|和|，|。|；|$)"
)


class Parts(Struct, frozen=True):
    """Words of the view, without offsets."""

    action: str | None
    targets: tuple[str, ...]
    condition: str | None
    exception: str | None
    qualified: bool
    recipients: tuple[str, ...]


def parts_of_statement(page: Page, start: int, end: int, reading: Reading, owners: list[Owner]) -> Parts:
    """The parts of the statement between two view offsets; `owners` are the bodies its own words name."""
    text = page.text[start:end]
    exception = _EXCEPTION.search(text) if "除" in text else None
    return Parts(
        action=act_of(page, end, reading, owners),
        targets=tuple(_targets(page, reading)) if reading.clauses else (),
        condition=_condition(page, reading.clauses),
        exception=(exception.group("outside") or exception.group("aside")).strip("（(") if exception else None,
        qualified=bool(_QUALIFIED.search(text)),
        recipients=_recipients(text),
    )


def _recipients(text: str) -> tuple[str, ...]:
    if not any(mark in text for mark in "报向送反"):
        return ()
    return tuple(dict.fromkeys(found.group("name") for found in _RECIPIENT.finditer(text)))


def _targets(page: Page, reading: Reading) -> Iterator[str]:
    if not _DIGIT.search(page.mask, reading.clauses[0].start, reading.clauses[-1].end):
        return
    for clause in reading.clauses:
        for found in TARGET_NUMBER.finditer(page.mask, clause.start, clause.end):
            yield page.text[found.start() : found.end()]


def _condition(page: Page, clauses: list[Clause]) -> str | None:
    """The run of condition clauses that stands first (对…的, …时)."""
    run = [clause for clause in clauses[:-1] if clause.subordinate]
    if not run:
        return None
    last = run[0]
    for clause in run[1:]:
        if clause.start <= last.end + 1:
            last = clause
    return page.text[run[0].start : last.end].strip()
