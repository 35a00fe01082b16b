"""The package around a docx: a zip whose directory is checked before anything is inflated, its parts as XML, relationships.

No relationship with `TargetMode="External"` is ever followed, no entity resolved, nothing read but the package itself.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.word.docx_thinning import thinned
from shenwen.extractors.zip_members import Members, checked_members

#: ISO/IEC 29500 Strict has namespaces of its own for the same names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)


@dataclass(frozen=True, slots=True)
class Relationships:
    """From one part to the others inside the package; `folder` is that of the part, `nodes` the elements of its `.rels`."""

    folder: str
    nodes: Sequence[Any]

    def of_kind(self, kind: str) -> list[str]:
        """Names of the parts of a kind, the last word of the type (`header`, `styles`)."""
        return [self._target(node) for node in self.nodes if (node.get("Type") or "").endswith(f"/{kind}")]

    def of_id(self, key: str) -> str | None:
        """Name of the part with this id."""
        return next((self._target(node) for node in self.nodes if node.get("Id") == key), None)

    def _target(self, node: Any) -> str:
        target = unquote(node.get("Target") or "")
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))


@dataclass(slots=True)
class Package:
    """The parts of a docx, and what they say of one another."""

    members: Members
    limits: Limits
    _relationships: dict[str, Relationships] = field(default_factory=dict)

    def xml(self, name: str) -> Any | None:
        """Root element of a part, None where there is no such part.

        Raises:
            Unreadable: as `Members.read` and `parse_xml`, or more tags than the limits allow.
        """
        data = self.members.read(name)
        if data is None:
            return None
        data = thinned(data)
        if (tags := data.count(b"<")) > self.limits.tags:
            raise Unreadable(Reason.TOO_LARGE, f"文件内部件有 {tags:,} 个标签，超过上限 {self.limits.tags:,} 个（tags）")
        return parse_xml(data, name)

    def relationships(self, part: str) -> Relationships:
        """Relationships of a part ("" for the package) to other parts inside the package."""
        if part not in self._relationships:
            folder, base = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
            nodes = () if root is None else [node for node in root if node.get("TargetMode") != "External"]
            self._relationships[part] = Relationships(folder, nodes)
        return self._relationships[part]

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that `part` refers to as `kind`."""
        return self.relationships(part).of_kind(kind)


def open_package(data: bytes, limits: Limits) -> Package:
    """The package in `data`, its directory checked. Raises Unreadable: no whole zip, or too many members."""
    return Package(checked_members(data, limits), limits)


def parse_xml(data: bytes, name: str) -> Any:
    """Root element, parsed without entities, network or unbounded sizes.

    Raises:
        Unreadable: `data` is no well-formed XML, or larger or deeper than the parser allows.
    """
    from lxml import etree

    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    try:
        return etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        detail = str(error)
        if "depth" in detail or "huge" in detail.lower() or "amplification" in detail or "loop" in detail:
            raise Unreadable(Reason.EXPANSION, f"其中的 {_named(name)} 嵌套或展开超过安全上限，未读取") from error
        raise Unreadable(Reason.DAMAGED, f"文件已损坏：其中的 {_named(name)} 不是完整的 XML") from error


@cache
def _parser() -> Any:
    """One parser for all parts: making one costs as much as parsing a small part."""
    from lxml import etree

    return etree.XMLParser(
        collect_ids=False,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _named(name: str) -> str:
    """A member's name, short and printable."""
    shown = "".join(sign for sign in name if sign.isprintable())
    return shown if len(shown) <= 60 else f"…{shown[-59:]}"
