"""Values as bytes to be stored, and back: MessagePack, packed with zlib. The only place that knows this form."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import msgspec

T = TypeVar("T")


class Damaged(ValueError):
    """Bytes that hold no such value."""


def packed(value: Any) -> bytes:
    """The bytes of a value (dataclasses, tuples, dates, enums, plain values)."""
    import msgspec

    return zlib.compress(msgspec.msgpack.encode(value), 1)


def unpacked(blob: bytes, kind: type[T]) -> T:
    """The value of type `kind` that was packed. Raises Damaged."""
    import msgspec

    wanted: Any = kind  # a class is hashable, whatever mypy says of type[T]
    decoder: msgspec.msgpack.Decoder[T] = _decoder(wanted)
    try:
        return decoder.decode(zlib.decompress(blob))
    except (zlib.error, msgspec.MsgspecError, TypeError) as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error


@cache
def _decoder(kind: Any) -> Any:
    import msgspec

    return msgspec.msgpack.Decoder(kind)
