"""JSON Lines read back, one row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows_in(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of the file. Raises OSError, msgspec.DecodeError."""
    import msgspec

    with file.open("rb") as lines:
        yield from (msgspec.json.decode(line) for line in lines)
