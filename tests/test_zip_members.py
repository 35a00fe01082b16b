"""Parts of zipped files: found whatever the producer's spelling, counted while they come, limits named in the message."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from shenwen.corpus.model import Reason
from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.zip_members import checked_members


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refused(data: bytes, limits: Limits, name: str = "a") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        checked_members(data, limits).read(name)
    return caught.value


def test_parts_are_read_by_name() -> None:
    members = checked_members(zipped(a=b"one", b=b"two"), Limits())
    assert members.names == ("a", "b")
    assert (members.read("a"), members.read("b"), members.read("c")) == (b"one", b"two", None)


def test_spelling_of_a_name_does_not_matter() -> None:
    members = checked_members(zipped(**{"Doc_0\\Document.xml": b"x"}), Limits())
    assert members.read("/Doc_0/document.xml") == b"x"


@pytest.mark.parametrize(
    ("limits", "reason", "named"),
    [
        (Limits(member_bytes=99), Reason.TOO_LARGE, "member_bytes"),
        (Limits(total_bytes=99), Reason.TOO_LARGE, "total_bytes"),
        (Limits(members=0), Reason.TOO_MANY_MEMBERS, "members"),
    ],
)
def test_limits_are_named(limits: Limits, reason: Reason, named: str) -> None:
    why = refused(zipped(a=b"x" * 100), limits)
    assert why.reason is reason
    assert named in why.message


def test_the_total_counts_all_reads() -> None:
    members = checked_members(zipped(a=b"x" * 60, b=b"y" * 60), Limits(total_bytes=100))
    assert members.read("a")
    with pytest.raises(Unreadable, match="total_bytes"):
        members.read("b")


def test_a_bomb_is_stopped_while_it_inflates() -> None:
    bomb = zipped(a=bytes(40 * 2**20))
    assert refused(bomb, Limits()).reason is Reason.EXPANSION


def test_a_size_that_lies_is_not_believed() -> None:
    """The directory says 10 bytes; the stream holds far more than the limit."""
    data = bytearray(zipped(a=b"z" * 5_000_000))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 10)
    assert refused(bytes(data), Limits(member_bytes=1000)).reason in (Reason.DAMAGED, Reason.TOO_LARGE)


def test_two_gigabytes_declared_are_refused_before_reading() -> None:
    data = bytearray(zipped(a=b"small"))
    struct.pack_into("<I", data, data.rindex(b"PK\x01\x02") + 24, 2**31)
    assert refused(bytes(data), Limits()).reason is Reason.TOO_LARGE


def test_damage_and_truncation_differ() -> None:
    data = zipped(a=b"x" * 1000)
    assert refused(data[:60], Limits()).reason is Reason.TRUNCATED
    broken = bytearray(data)
    broken[35:40] = b"\xff" * 5
    assert refused(bytes(broken), Limits()).reason is Reason.DAMAGED


def test_a_password_is_named() -> None:
    data = bytearray(zipped(a=b"x"))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data), Limits()).reason is Reason.ENCRYPTED
