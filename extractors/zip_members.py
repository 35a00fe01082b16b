"""Parts of a file that is a zip inside (docx, OFD): read by name, counted while they come, never written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable

_CHUNK = 1 << 20
#: A small part of blanks packs 1000:1 and harms nobody; the ratio counts from here on.
_RATIO_FROM = 10 * 2**20
#: All that `zipfile` is known to raise on damaged or hostile archives.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    IndexError,
    KeyError,
    MemoryError,
)


@dataclass(slots=True)
class Members:
    """The parts of one file. `names` are as written in the directory; what is read counts against `limits.total_bytes`.

    Separators, a leading slash and letter case do not matter in a name (some producers err).
    """

    names: tuple[str, ...]
    _archive: zipfile.ZipFile
    _limits: Limits
    _infos: dict[str, zipfile.ZipInfo]
    _given: int = 0

    def find(self, name: str) -> str | None:
        """The part's name as written, None if there is no such part."""
        found = self._infos.get(_plain(name))
        return None if found is None else found.filename

    def read(self, name: str) -> bytes | None:
        """The part's bytes, None if there is no such part. Raises Unreadable: limits, damage, encryption."""
        return None if self.find(name) is None else b"".join(self.pieces(name))

    def pieces(self, name: str, size: int = _CHUNK) -> Iterator[bytes]:
        """The part's bytes in pieces of `size`, each inflated when it is asked for; none if there is no such part.

        What the directory declares is refused if too large, and not believed if small. Raises Unreadable as `read`.
        """
        member = self._infos.get(_plain(name))
        if member is None:
            return
        if member.flag_bits & 0x1:
            raise Unreadable(Reason.ENCRYPTED, "文件已加密，需要密码")
        before, given = self._given, 0
        self._check(member, member.file_size, before)
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(size):
                    given += len(piece)
                    self._given += len(piece)
                    self._check(member, given, before)
                    yield piece
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED, f"文件内部件损坏（{member.filename[:80]}）：{type(error).__name__}") from None

    def _check(self, member: zipfile.ZipInfo, size: int, before: int) -> None:
        """Raises Unreadable when `size` bytes of a part, `before` having been read of others, pass a limit."""
        limits = self._limits
        if size > limits.member_bytes:
            raise Unreadable(Reason.TOO_LARGE, f"文件内部件解压后超过上限 {limits.member_bytes:,} 字节（member_bytes）")
        if before + size > limits.total_bytes:
            raise Unreadable(Reason.TOO_LARGE, f"文件解压后总量超过上限 {limits.total_bytes:,} 字节（total_bytes）")
        if size > _RATIO_FROM and size > limits.ratio * max(member.compress_size, 1):
            raise Unreadable(Reason.EXPANSION, f"文件解压后膨胀超过 {limits.ratio} 倍（ratio），疑为压缩炸弹")


def checked_members(data: bytes, limits: Limits) -> Members:
    """The parts of a zip held in memory; nothing is inflated yet. Raises Unreadable: damaged, truncated, too many members."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _BROKEN:
        whole = b"PK\x05\x06" in data[-66_000:]
        reason, why = (Reason.DAMAGED, "压缩结构损坏") if whole else (Reason.TRUNCATED, "文件不完整（缺少压缩目录）")
        raise Unreadable(reason, f"{why}，无法读取") from None
    if len(members) > limits.members:
        message = f"文件内有 {len(members):,} 个部件，超过上限 {limits.members:,} 个（members）"
        raise Unreadable(Reason.TOO_MANY_MEMBERS, message)
    parts = [member for member in members if not member.is_dir()]
    first = {_plain(member.filename): member for member in reversed(parts)}
    return Members(tuple(dict.fromkeys(member.filename for member in parts)), archive, limits, first)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
