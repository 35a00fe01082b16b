"""A Word package: its parts, each inflated within the limits and parsed without entities, and nothing outside of it ever opened."""

from __future__ import annotations

import posixpath
from typing import Any

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.read_zip import members_of

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


class Package:
    """Parts by name. Raises Unreadable for what cannot be opened; relations that lead outside are not even kept."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.parts: dict[str, bytes] = {}
        problem: Unreadable | None = None
        for name, content in members_of(data, limits):
            if isinstance(content, bytes):
                self.parts.setdefault(name.lstrip("/"), content)
            elif not name or content.reason is not Reason.DAMAGED or name.startswith("word/document"):
                problem = problem or content
        if problem is not None:
            raise problem

    def main(self) -> str:
        """Name of the main document part. Raises Unreadable (DAMAGED) where there is none."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self.parts:
                return target
        for name in sorted(self.parts):
            if name.startswith("word/document") and name.endswith(".xml"):
                return name
        raise Unreadable(Reason.DAMAGED, "Word 文件中缺少正文部分")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → (kind, part name) of the relations of a part that stay inside the package."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for child in root if root is not None else ():
            target = child.get("Target") or ""
            if child.get("TargetMode") != "External" and child.get("Id") and "://" not in target:
                inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[child.get("Id")] = ((child.get("Type") or "").rpartition("/")[2], inside)
        return found

    def tree(self, name: str) -> Any | None:
        """Root element of a part, None where it is missing. Raises Unreadable for XML that is broken or unreasonably deep."""
        if name not in self.parts:
            return None
        return parse(self.parts[name], name)


def parse(data: bytes, name: str) -> Any:
    """Root of hostile XML: no entities, no network, lxml's own bounds on depth and size of text. Raises Unreadable."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        whole = data.rstrip().endswith(b">")
        reason = Reason.DAMAGED if whole else Reason.TRUNCATED
        raise Unreadable(reason, f"文件内部结构损坏（{name}）：{str(error)[:80]}") from None
    if root is None:
        raise Unreadable(Reason.DAMAGED, f"文件内部结构损坏（{name}）")
    return root


_names: dict[str, str] = {}


def tag_of(element: Any) -> str:
    """`w:p` for WordprocessingML of either dialect, the bare local name for all else, empty for comments and instructions."""
    tag = element.tag
    name = _names.get(tag) if isinstance(tag, str) else ""
    if name is None:
        space, _, local = tag.rpartition("}")
        name = f"w:{local}" if space[1:] in _WORD else local
        if len(_names) < 5000:
            _names[tag] = name
    return name


def value_of(element: Any, name: str = "val") -> str | None:
    """Attribute `w:NAME` in either dialect."""
    for space in _WORD:
        value: str | None = element.get(f"{{{space}}}{name}")
        if value is not None:
            return value
    return None


def child_of(element: Any, *path: str) -> Any | None:
    """First descendant along the tags of `path`, or None."""
    for name in path:
        element = next((child for child in element if tag_of(child) == name), None) if element is not None else None
    return element


def is_on(element: Any | None) -> bool:
    """Whether a toggle such as `w:vanish` is there and not switched off."""
    return element is not None and value_of(element) not in ("0", "false", "off")
