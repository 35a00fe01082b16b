"""How findings, tasks and evidence are put in words for people: the same in Word, Excel and on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import takewhile

from shenwen.corpus.model import Actor, Deadline, Document, Evidence, Finding, Obligation, Record

_NUMERALS = "一二三四五六七八九十"
#: Letters of a document in one cell of a sheet; the whole passage stands in the report and in the machine output.
LONGEST = 240
#: How a file was read, and what one file is to another.
STATUS_NAMES = {"ok": "读出", "empty": "空文件", "scanned": "扫描件", "failed": "未能读取", "skipped": "跳过"}
RELATION_NAMES = {"same": "同一文件", "revision": "不同版本", "restatement": "重复发文", "shared": "有共同段落"}


def article_words(article: str) -> str:
    """`《意见》第二十一条` for `二十一`; other sources as they are written."""
    return f"《意见》第{article}条" if article and not article.strip(_NUMERALS) else article


def place_words(finding: Finding) -> str:
    """Where the finding points, for a person with the paper in hand."""
    at = finding.location
    if at.span is None:
        return "全文"
    words = [
        provision_words(at.provision) if at.provision else "",
        f"第{at.page}页" if at.page else "",
        f"第{at.paragraph}段" if at.paragraph else f"第{at.line}行",
    ]
    return " ".join(filter(None, words))


def provision_words(provision: str | None) -> str:
    """The path of labels as one reads it: `二（七）2` for `二/（七）/2`."""
    return (provision or "").replace("/", " ")


def evidence_words(evidence: Evidence) -> str:
    """One line: the source with number, provision and similarity, and whether it is in force."""
    title = evidence.title or evidence.source
    name = title if title.startswith("《") else f"《{title}》" if evidence.title else title
    number = f"（{evidence.doc_number}）" if evidence.doc_number else ""
    alike = f"，相似度{evidence.similarity:.0%}" if evidence.similarity is not None else ""
    force = {True: "，现行有效", False: "，已失效", None: ""}[evidence.in_force]
    return f"{name}{number}{provision_words(evidence.provision)}{alike}{force}"


def advice_words(finding: Finding) -> str:
    """What the reviewer may do; a certain repair is spelt out."""
    if finding.fix is None:
        return finding.suggestion
    words = f"将“{finding.location.quote}”改为“{finding.fix.replacement}”" if finding.fix.replacement else "删去"
    return finding.suggestion or words


def document_name(record: Record) -> str:
    """The title in one line, or the file's name where no title was found."""
    return re.sub(r"\s*\n\s*", "", record.facts.masthead.title or "") or file_name(record.document)


def file_name(document: Document) -> str:
    """The last part of the path."""
    return file_name_of(document.path)


def file_name_of(path: str) -> str:
    """The last part of the path, whichever way its slashes lean."""
    return re.split(r"[/\\]", path)[-1]


def leaders(obligation: Obligation) -> tuple[list[Actor], list[Actor]]:
    """Actors who lead, and actors who simply bear: one leads who is called 牵头, or who alone stands before supporting bodies."""
    words = obligation.text
    leading = [actor for actor in obligation.actors if _called_leader(actor.name, words)]
    if not leading and obligation.supporting and len(obligation.actors) == 1:
        leading = list(obligation.actors)
    return leading, [actor for actor in obligation.actors if actor not in leading]


def _called_leader(name: str, words: str) -> bool:
    return bool(re.search(f"{re.escape(name)}(?:负责)?牵头|牵头(?:单位|部门)?(?:是|为)?[：:]?{re.escape(name)}", words))


def names(actors: Iterable[Actor]) -> str:
    """The names in their order, each once."""
    return "、".join(dict.fromkeys(actor.full or actor.name for actor in actors))


def limits(obligation: Obligation) -> str:
    """The time limits in the document's own words."""
    return "；".join(dict.fromkeys(" ".join(deadline.quote.split()) for deadline in obligation.deadlines))


def due_day(deadlines: Iterable[Deadline]) -> date | None:
    """The last of the concrete days, the day when the whole task must be done."""
    days = [day for deadline in deadlines if (day := deadline.due or deadline.date)]
    return max(days, default=None)


def one_line(text: str) -> str:
    """The words with blanks and line ends folded."""
    return " ".join(text.split())


def cut(text: str, most: int = LONGEST) -> str:
    """The words, or their beginning where there are more than fit a cell that is read on paper."""
    return text if len(text) <= most else f"{text[: most - 2]}……"


def folder_above(paths: Iterable[str]) -> str:
    """The folder that holds all files, with its last slash; empty where there is none. The other part of a path is what one reads."""
    folders = [re.sub(r"[^/\\]*$", "", path.split("!/")[0]) for path in paths]
    first, last = min(folders, default=""), max(folders, default="")  # what these two share, all share
    shared = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    return re.sub(r"[^/\\]+$", "", shared)
