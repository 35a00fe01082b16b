"""Short names of bodies tied to full ones within a document: 以下简称, and names relative to the issuing government."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from shenwen.corpus.model import Level, Masthead

_SHORT = re.compile(r"[（(]以下(?:简称|统称|称)(?:为|：)?[“\"]?(?P<short>[\u3400-\u9fff]{2,16})[”\"]?[）)]")
_BEFORE_BRACKET = re.compile(r"[\u3400-\u9fff]{4,40}$")
_REGION = re.compile(
    r"^(?P<region>[\u3400-\u9fff]{2,12}?(?P<kind>省|自治区|市|自治州|州|盟|县|区|旗))(?=人民政府|政府|[\u3400-\u9fff]{2,}(?:厅|"
    r"局|委员会|委))"
)
_BODY_START = re.compile(r"(?:由|成立|设立|组建|经|在|对|向|将|请|各|和|、|的)(?=[\u3400-\u9fff]{4,}$)")


@cache
def _departments() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = tomllib.loads(
        resources.files("shenwen.corpus.reference").joinpath("departments.toml").read_text(encoding="utf-8")
    )
    return data


class FullNames:
    """Resolves names within one document: `text` is its view, `masthead` who issued it."""

    def __init__(self, text: str, masthead: Masthead) -> None:
        self._own = dict(_short_names(text)) if "以下" in text else {}
        self._national = masthead.level is Level.NATIONAL or any(name.startswith("国务院") for name in masthead.issuers)
        region = next(filter(None, map(_REGION.match, masthead.issuers)), None)
        self._region = region.group("region") if region else ""
        self._kind = region.group("kind")[-1:] if region else ""

    def of(self, name: str) -> str | None:
        """The full name, or None where the name is full already or nothing is known."""
        full = self._own.get(name) or self._relative(name) or self._ministry(name)
        return full if full and full != name else None

    def _relative(self, name: str) -> str | None:
        """省政府办公厅 in a document of 甲省人民政府 is 甲省人民政府办公厅."""
        if not self._region or name[:1] != self._kind:
            return None
        department = _departments()["full"].get(name[1:])
        return f"{self._region}{department}" if department else None

    def _ministry(self, name: str) -> str | None:
        return _departments()["national"].get(name) if self._national else None


def _short_names(text: str) -> Iterator[tuple[str, str]]:
    """Short names with the full ones that stand before （以下简称…）."""
    for found in _SHORT.finditer(text):
        if full := _BEFORE_BRACKET.search(text[max(0, found.start() - 40) : found.start()]):
            yield found.group("short"), _trimmed(full.group())


def _trimmed(name: str) -> str:
    """The body at the end of the words before the bracket."""
    cuts = [found.end() for found in _BODY_START.finditer(name)]
    return name[cuts[-1] :] if cuts else name
