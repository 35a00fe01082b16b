"""The interpretation clock of article 13: published by the drafter within so many working days of the document.

`interpretation_rows` takes publications and answers one row a pair, and one for each document that has no interpretation.
What cannot be known is `undetermined`, with the reason: never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from shenwen.corpus.exemptions import Exemption, default_exemptions, exemption, not_a_policy
from shenwen.corpus.model import DocumentKind
from shenwen.corpus.pairing import pair_all
from shenwen.corpus.pairing_tables import Pair, Pairing
from shenwen.corpus.publications import Publication
from shenwen.corpus.workdays import Calendar, Unannounced


class Status(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    EXEMPT = "exempt"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit for documents whose issuer's name holds `issuer` (all, if empty), issued on `since` or later."""

    workdays: int = 5
    since: date = date(2019, 2, 2)
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class ClockOptions:
    """Settings of the clock.

    `basis` is the day that starts it where both are known (`published`, 发布日期, or `issued`, 成文日期); `since_basis` the day
    that is held against a limit's `since`; of the limits the last that fits decides. `today` None: the future is not looked at.
    """

    today: date | None = None
    limits: tuple[Limit, ...] = (Limit(),)
    basis: str = "published"
    since_basis: str = "issued"
    exemptions: tuple[Exemption, ...] | None = None
    least_confidence: float = 0.6


@dataclass(frozen=True, slots=True)
class InterpretationRow:
    """One line of `interpretations.jsonl`; the fields of the contract first.

    `workdays` counts from the document's day (not counted) to the interpretation's; `deadline` is the last day in time and
    `late_from` the day after it; `late_by` the working days beyond the limit. `copy_of` names the document of which this is
    another copy: such rows are not counted twice.
    """

    policy: str
    interpretation: str | None
    policy_date: date | None
    date_basis: str | None
    interpretation_date: date | None
    workdays: int | None
    deadline: date | None
    status: Status
    reason: str = ""
    limit: int | None = None
    late_by: int | None = None
    late_from: date | None = None
    confidence: float | None = None
    evidence: tuple[str, ...] = ()
    policy_title: str = ""
    interpretation_title: str = ""
    unit: str = ""
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Start:
    """When the clock starts, or why nobody can tell."""

    day: date | None
    basis: str | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class _Verdict:
    status: Status
    reason: str = ""
    deadline: date | None = None
    late_by: int | None = None


def interpretation_rows(
    publications: Iterable[Publication], calendar: Calendar, options: ClockOptions | None = None
) -> list[InterpretationRow]:
    """Rows for all documents that are due or paired, by path. Pairs of less than `least_confidence` are left out."""
    return list(clock_rows(pair_all(publications), calendar, options or ClockOptions()))


def clock_rows(pairing: Pairing, calendar: Calendar, options: ClockOptions) -> Iterator[InterpretationRow]:
    """The rows of a pairing that has been made, by path."""
    for path in pairing.documents():
        yield from document_rows(pairing, path, calendar, options)


def document_rows(pairing: Pairing, path: str, calendar: Calendar, options: ClockOptions) -> list[InterpretationRow]:
    """The rows of one document, by interpretation; empty for a document that article 13 does not speak of."""
    copies = pairing.family(path)
    pairs = [pair for pair in pairing.of_policy(path) if pair.confidence >= options.least_confidence] if copies else []
    rows = _family_rows(copies, pairs, calendar, options) if copies else []
    return [row if row.policy == path else replace(row, policy=path, copy_of=row.policy) for row in rows]


def _family_rows(
    copies: Sequence[Publication], pairs: Sequence[Pair], calendar: Calendar, options: ClockOptions
) -> list[InterpretationRow]:
    """The rows of the document of which the others are copies."""
    first = _original(copies)
    if (not pairs and not_a_policy(first)) or (not pairs and first.kind is DocumentKind.LAW):
        return []
    by_interpretation = {pair.interpretation.path: pair for pair in pairs}
    texts = [pair.interpretation for pair in by_interpretation.values()]
    limit = _limit(first, options)
    start = _start(copies, options)
    verdict = _verdict(first, texts, start, limit, calendar, options)
    base = InterpretationRow(
        policy=first.path,
        interpretation=None,
        policy_date=start.day,
        date_basis=start.basis,
        interpretation_date=None,
        workdays=None,
        deadline=verdict.deadline,
        status=verdict.status,
        reason=verdict.reason,
        limit=limit.workdays if limit else None,
        late_by=verdict.late_by,
        late_from=verdict.deadline + timedelta(days=1) if verdict.deadline else None,
        policy_title=first.title,
        unit=first.issuers[0] if first.issuers else "",
    )
    return [_with_pair(base, pair, start, calendar) for pair in by_interpretation.values()] or [base]


def _with_pair(base: InterpretationRow, pair: Pair, start: _Start, calendar: Calendar) -> InterpretationRow:
    day = pair.interpretation.date
    workdays = None
    if start.day and day and day >= start.day:
        try:
            workdays = calendar.workdays_between(start.day, day)
        except Unannounced:
            workdays = None
    return replace(
        base,
        interpretation=pair.interpretation.path,
        interpretation_title=pair.interpretation.title,
        interpretation_date=day,
        workdays=workdays,
        confidence=round(pair.confidence, 3),
        evidence=pair.evidence,
    )


def _original(copies: Sequence[Publication]) -> Publication:
    """Of several copies the one published first; those without a date last."""
    return min(copies, key=lambda item: (item.date is None, item.published_date or item.issued_date or date.max, item.path))


def _limit(item: Publication, options: ClockOptions) -> Limit | None:
    """The limit that applies, or None where there was none yet on the document's day."""
    day = (item.issued_date or item.published_date) if options.since_basis == "issued" else item.date
    names = "".join(item.issuers) or item.title
    fits = [limit for limit in options.limits if limit.issuer in names and (day is None or limit.since <= day)]
    return fits[-1] if fits else None


def _start(copies: Sequence[Publication], options: ClockOptions) -> _Start:
    published = min((item.published_date for item in copies if item.published_date), default=None)
    days = sorted({item.issued_date for item in copies if item.issued_date})
    issued = days[0] if days else None
    trouble = next((item.date_problem for item in copies if item.date_problem), None)
    day, basis = (issued, "issued") if options.basis == "issued" and issued else (published, "published")
    if day is None:
        day, basis = issued, "issued"
    if day is None:
        return _Start(None, None, trouble or "文件没有发布日期，也没有成文日期")
    if len(days) > 1:
        return _Start(day, basis, f"同一文件有两个成文日期：{days[0]}、{days[-1]}")
    if issued and published and published < issued:
        return _Start(day, basis, f"发布日期{published}早于成文日期{issued}，两者矛盾")
    if options.today and max(filter(None, (issued, published))) > options.today:
        return _Start(day, basis, f"文件日期{max(filter(None, (issued, published)))}在今天（{options.today}）之后")
    return _Start(day, basis, trouble or "")


def _verdict(
    item: Publication,
    texts: Sequence[Publication],
    start: _Start,
    limit: Limit | None,
    calendar: Calendar,
    options: ClockOptions,
) -> _Verdict:
    listed = default_exemptions() if options.exemptions is None else options.exemptions
    if why := exemption(item, listed):
        return _Verdict(Status.EXEMPT, why)
    if start.trouble or start.day is None:
        return _Verdict(Status.UNDETERMINED, start.trouble)
    if limit is None:
        return _Verdict(Status.EXEMPT, _too_early(options))
    try:
        deadline = calendar.add_workdays(start.day, limit.workdays)
    except Unannounced as unknown:
        return _Verdict(Status.UNDETERMINED, str(unknown) or "工作日安排尚未公布")
    return _missing(deadline, options) if not texts else _paired(item, texts, start.day, deadline, calendar, options)


def _too_early(options: ClockOptions) -> str:
    since = min((limit.since for limit in options.limits), default=None)
    return f"文件出台时还没有解读时限要求（{since}起施行）" if since else "没有适用的解读时限"


def _missing(deadline: date, options: ClockOptions) -> _Verdict:
    late_from = deadline + timedelta(days=1)
    if options.today and options.today <= deadline:
        return _Verdict(Status.MISSING, f"尚未发布解读，期限为{deadline}，{late_from}起逾期", deadline)
    return _Verdict(Status.MISSING, f"未找到解读，期限为{deadline}，自{late_from}起逾期", deadline)


def _paired(
    item: Publication,
    texts: Sequence[Publication],
    start: date,
    deadline: date,
    calendar: Calendar,
    options: ClockOptions,
) -> _Verdict:
    usable = [(day, text) for text in texts if (day := text.date) and not _trouble(item, text, start, options)]
    first = min((day for day, _ in usable), default=None)
    if first is not None and first <= deadline:
        ahead = "解读先于文件公布" if first < start else ""
        return _Verdict(Status.ON_TIME, ahead, deadline)
    doubts = [why for text in texts if (why := _trouble(item, text, start, options))]
    if doubts:
        return _Verdict(Status.UNDETERMINED, doubts[0], deadline)
    assert first is not None  # texts without a date have a doubt
    try:
        late = max(1, calendar.workdays_between(deadline, first))
    except Unannounced as unknown:
        return _Verdict(Status.UNDETERMINED, str(unknown) or "工作日安排尚未公布", deadline)
    return _Verdict(Status.LATE, f"逾期{late}个工作日", deadline, late)


def _trouble(item: Publication, text: Publication, start: date, options: ClockOptions) -> str:
    """Why an interpretation's date cannot be held against the document's, or an empty string."""
    day = text.date
    if day is None or text.date_problem:
        return f"解读的{text.date_problem}" if text.date_problem else "解读没有日期"
    if text.issued_date and text.published_date and text.published_date < text.issued_date:
        return f"解读的发布日期{text.published_date}早于其成文日期{text.issued_date}，两者矛盾"
    if options.today and day > options.today:
        return f"解读日期{day}在今天（{options.today}）之后"
    issued = item.issued_date or start
    if day < min(start, issued):
        return f"解读日期{day}早于文件日期{min(start, issued)}"
    return ""
