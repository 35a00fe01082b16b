"""Members of a zip archive, each within the limits; nothing is ever written to disk, so names cannot lead anywhere."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable

_CHUNK = 1 << 20
#: A small file of blanks packs 1000:1 and harms nobody; the ratio counts from here on.
_RATIO_FROM = 10 * 2**20


def members_of(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | Unreadable]]:
    """`(name, bytes)` of every file in the archive's order, or the reason why a member is not given. An empty name is the archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        yield "", Unreadable(Reason.DAMAGED, "压缩包损坏，无法读取目录")
        return
    if not members:
        yield "", Unreadable(Reason.EMPTY, "压缩包中没有文件")
        return
    if len(members) > limits.members:
        yield (
            "",
            Unreadable(Reason.TOO_MANY_MEMBERS, f"压缩包有 {len(members):,} 个文件，超过上限 {limits.members:,} 个（members）"),
        )
        return
    left = limits.total_bytes
    for member in members:
        try:
            content = _inflate(archive, member, limits, left)
        except Unreadable as why:
            yield _name(member), why
            continue
        left -= len(content)
        yield _name(member), content


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, left: int) -> bytes:
    """The member's bytes, counted while they come: what the directory declares is not believed."""
    if member.flag_bits & 0x1:
        raise Unreadable(Reason.ENCRYPTED, "压缩包内文件已加密，需要密码")
    allowed = min(limits.member_bytes, left)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                if size > allowed:
                    raise Unreadable(*_too_large(limits, left))
                if size > _RATIO_FROM and size > limits.ratio * max(member.compress_size, 1):
                    raise Unreadable(Reason.EXPANSION, f"解压后膨胀超过 {limits.ratio} 倍（ratio），疑为压缩炸弹")
                parts.append(part)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise Unreadable(Reason.DAMAGED, f"压缩包内文件损坏：{type(error).__name__}") from None
    return b"".join(parts)


def _too_large(limits: Limits, left: int) -> tuple[Reason, str]:
    if left < limits.member_bytes:
        return Reason.TOO_LARGE, f"压缩包解压后总量超过上限 {limits.total_bytes:,} 字节（total_bytes）"
    return Reason.TOO_LARGE, f"压缩包内文件解压后超过上限 {limits.member_bytes:,} 字节（member_bytes）"


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name as people know it: Windows writes GBK without saying so. Separators and dots stay as they are."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeError:
            return name
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeError:
                continue
    return name
