"""Parts of a file that is a zip inside (docx, OFD): read by name, counted while they come, never written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
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
    """The parts of one file. `names` are as written in the directory; `read` counts what it gave against `limits.total_bytes`."""

    names: tuple[str, ...]
    _archive: zipfile.ZipFile
    _limits: Limits
    _given: int = 0

    def find(self, name: str) -> str | None:
        """The part's name as written: separators, a leading slash and letter case do not matter (some producers err)."""
        plain = _plain(name)
        return next((own for own in self.names if own == name), None) or next(
            (own for own in self.names if _plain(own) == plain), None
        )

    def read(self, name: str) -> bytes | None:
        """The part's bytes, None if there is no such part. Raises Unreadable: limits, damage, encryption."""
        own = self.find(name)
        if own is None:
            return None
        data = _inflate(self._archive, self._archive.getinfo(own), self._limits, self._limits.total_bytes - self._given)
        self._given += len(data)
        return data


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
    names = tuple(dict.fromkeys(member.filename for member in members if not member.is_dir()))
    return Members(names, archive, limits)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, left: int) -> bytes:
    """The part's bytes: what the directory declares is refused if too large, and not believed if small."""
    if member.flag_bits & 0x1:
        raise Unreadable(Reason.ENCRYPTED, "文件已加密，需要密码")
    _check_size(member.file_size, member.compress_size, limits, left)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                _check_size(size, member.compress_size, limits, left)
                parts.append(part)
    except _BROKEN as error:
        raise Unreadable(Reason.DAMAGED, f"文件内部件损坏（{member.filename[:80]}）：{type(error).__name__}") from None
    return b"".join(parts)


def _check_size(size: int, packed: int, limits: Limits, left: int) -> None:
    """Raises Unreadable when a part of `size` bytes, inflated from `packed`, passes a limit."""
    if size > limits.member_bytes:
        raise Unreadable(Reason.TOO_LARGE, f"文件内部件解压后超过上限 {limits.member_bytes:,} 字节（member_bytes）")
    if size > left:
        raise Unreadable(Reason.TOO_LARGE, f"文件解压后总量超过上限 {limits.total_bytes:,} 字节（total_bytes）")
    if size > _RATIO_FROM and size > limits.ratio * max(packed, 1):
        raise Unreadable(Reason.EXPANSION, f"文件解压后膨胀超过 {limits.ratio} 倍（ratio），疑为压缩炸弹")
