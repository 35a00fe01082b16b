"""Who must be interpreted: policy documents open to the public; and who need not be, with the reason for the report.

The list is data (`reference/exemptions.toml`) that an office may add to or take from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from shenwen.corpus.model import DocumentKind
from shenwen.corpus.publications import Publication
from shenwen.corpus.title_keys import bare, is_draft, quoted

_CLOSED = re.compile(r"不予公开|不公开|免予公开|依申请公开|内部(?:使用|文件)|秘密|机密|绝密")
_FORWARD = re.compile(r"(?:转发|批转)")
_ISSUES = re.compile(r"(?:印发|发布|公布)[《〈]?$")
#: No title is longer; patterns look at no more of one.
_LONGEST = 300
_LEVELS = {
    DocumentKind.NEWS: "新闻信息，不是政策文件",
    DocumentKind.FORM: "表格、范本，不是政策文件",
    DocumentKind.OTHER: "未能识别为政策文件",
}


@dataclass(frozen=True, slots=True)
class Exemption:
    """A sort of document that needs no interpretation: its name, a pattern for titles, document types (文种)."""

    name: str
    pattern: re.Pattern[str]
    types: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()


@cache
def default_exemptions() -> tuple[Exemption, ...]:
    """The list that comes with the program."""
    source = files("shenwen.corpus.reference").joinpath("exemptions.toml").read_text(encoding="utf-8")
    return exemptions_of(source)


def exemptions_of(toml: str) -> tuple[Exemption, ...]:
    """The list in a TOML text. Raises tomllib.TOMLDecodeError, KeyError or re.error for one that is not well made."""
    return tuple(
        Exemption(
            name=row["name"],
            pattern=re.compile(row["pattern"]),
            types=frozenset(row.get("types", ())),
            examples=tuple(row.get("examples", ())),
            counter=tuple(row.get("counter", ())),
        )
        for row in tomllib.loads(toml).get("exempt", ())
    )


def exemption(publication: Publication, listed: tuple[Exemption, ...], added_chars: int = 400) -> str | None:
    """Why a document needs no interpretation, in Chinese, or None.

    A 转发 notice whose own words are fewer than `added_chars` adds nothing to what it forwards.
    """
    if is_draft(publication.title):
        return "征求意见稿（草案），尚未出台"
    if publication.publicity and _CLOSED.search(publication.publicity):
        return f"公开属性为“{publication.publicity}”"
    title = _own_words(publication.title)[-_LONGEST:]
    names = [title, *_issued(publication.title)]
    for each in listed:
        if (publication.doc_type and publication.doc_type in each.types) or any(map(each.pattern.search, names)):
            return each.name
    own = publication.own_chars
    if _FORWARD.search(title) and (own is None or own < added_chars):
        return "转发文件，没有增加内容"
    return None


def not_a_policy(publication: Publication) -> str | None:
    """Why a document is none that article 13 speaks of by its kind, in Chinese, or None."""
    return _LEVELS.get(publication.kind)


def _issued(title: str) -> Iterator[str]:
    """The title of what a notice issues (印发《……名单》): what it is decides, not the notice around it."""
    for name, start, _ in quoted(title):
        if _ISSUES.search(title, 0, start):
            yield bare(name)[-_LONGEST:]


@lru_cache(maxsize=1 << 14)
def _own_words(title: str) -> str:
    """The title without what it quotes and without brackets behind it."""
    title = bare(title)
    for _, start, end in reversed(list(quoted(title))):
        title = title[:start] + "〇" + title[end:]
    return title
