"""The package around a docx: a zip whose directory is checked before anything is inflated, its parts as XML, relationships.

No relationship with `TargetMode="External"` is ever followed, no entity resolved, nothing read but the package itself.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.docx_thinning import thinned

#: Members smaller than this may be packed as densely as they like: they cannot hurt.
_DENSE = 2**20
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
    """An opened zip; names are compared without regard to case, as the standard has it."""

    archive: zipfile.ZipFile
    limits: Limits
    members: dict[str, zipfile.ZipInfo]
    inflated: int = 0
    _relationships: dict[str, Relationships] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name.lower() in self.members

    def read(self, name: str) -> bytes | None:
        """A part's bytes, None where there is no such part.

        Raises:
            Unreadable: larger or denser than the limits allow, encrypted, or damaged.
        """
        return b"".join(self.pieces(name)) if self.has(name) else None

    def pieces(self, name: str, size: int = -1) -> Iterator[bytes]:
        """A part's bytes in pieces of `size`, each inflated when it is asked for; none where there is no such part.

        Raises:
            Unreadable: as `read`.
        """
        info = self.members.get(name.lower())
        if info is None:
            return
        _check(info, self.limits)
        self.inflated += info.file_size
        if self.inflated > self.limits.total_bytes:
            raise Unreadable(Reason.EXPANSION, f"压缩包内各部分解压后合计超过 {_megabytes(self.limits.total_bytes)} 的上限")
        try:
            with self.archive.open(info) as stream:
                while piece := stream.read(min(size, info.file_size) if size > 0 else info.file_size):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise Unreadable(Reason.DAMAGED, f"文件已损坏：其中的 {_named(name)} 无法解压") from error

    def xml(self, name: str) -> Any | None:
        """Root element of a part, None where there is no such part."""
        data = self.read(name)
        return None if data is None else parse_xml(thinned(data), name)

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
    """The package in `data`, its directory checked.

    Raises:
        Unreadable: no whole zip, or too many members.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        listed = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, OverflowError) as error:
        cut = data.startswith(b"PK") and b"PK\x05\x06" not in data[-66_000:]
        if cut:
            raise Unreadable(Reason.TRUNCATED, "文件不完整：缺少压缩目录，可能没有传完") from error
        raise Unreadable(Reason.DAMAGED, "文件已损坏：压缩目录无法读取") from error
    if len(listed) > limits.members:
        raise Unreadable(Reason.TOO_MANY_MEMBERS, f"压缩包内有 {len(listed)} 个文件，超过 {limits.members} 个的上限")
    return Package(archive, limits, {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in reversed(listed)})


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


def _check(info: zipfile.ZipInfo, limits: Limits) -> None:
    name, size = _named(info.filename), info.file_size
    if info.flag_bits & 1:
        raise Unreadable(Reason.ENCRYPTED, "文件已加密，需要密码")
    if size > limits.member_bytes:
        raise Unreadable(
            Reason.TOO_LARGE, f"其中的 {name} 解压后有 {_megabytes(size)}，超过 {_megabytes(limits.member_bytes)} 的上限"
        )
    if size > _DENSE and size > limits.ratio * max(info.compress_size, 1):
        raise Unreadable(Reason.EXPANSION, f"其中的 {name} 压缩比超过 {limits.ratio} 倍的上限，可能是压缩炸弹")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _named(name: str) -> str:
    """A member's name, short and printable."""
    shown = "".join(sign for sign in name if sign.isprintable())
    return shown if len(shown) <= 60 else f"…{shown[-59:]}"
