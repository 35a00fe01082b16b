"""文种: the type a title ends with (corpus/reference/document_types.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_BRACKETS = re.compile(r"\s*(?:[（(〔\[][^（()）]{0,30}[）)〕\]])\s*$")


@dataclass(frozen=True, slots=True)
class DocumentType:
    """`legal` for the fifteen types of the regulation, `structured` for those that are adopted in articles."""

    name: str
    legal: bool
    structured: bool


@cache
def _types() -> tuple[re.Pattern[str], dict[str, DocumentType]]:
    source = resources.files("shenwen.corpus.reference").joinpath("document_types.toml").read_text(encoding="utf-8")
    endings: dict[str, DocumentType] = {}
    patterns = []
    for entry in tomllib.loads(source)["type"]:
        kind = DocumentType(entry["name"], entry.get("legal", False), entry.get("structured", False))
        guard = "".join(f"(?<!{word})" for word in entry.get("not_after", []))
        for ending in entry.get("endings", [entry["name"]]):
            endings[ending] = kind
            patterns.append(f"{guard}{ending}" if len(ending) == 1 else ending)
    patterns.sort(key=len, reverse=True)
    return re.compile(f"({'|'.join(patterns)})$"), endings


def without_brackets(title: str) -> str:
    """The title without brackets at its end: （试行）, （征求意见稿）, （2019年修订）."""
    while (shorter := _BRACKETS.sub("", title)) != title:
        title = shorter
    return title


def type_of(title: str) -> DocumentType | None:
    """The type of a title, or None where it ends with no known one."""
    pattern, endings = _types()
    found = pattern.search(without_brackets(title.rstrip("。.；; ")))
    return endings[found[1]] if found else None
