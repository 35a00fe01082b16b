"""Names of files as a browser gives them."""

from __future__ import annotations

import re

#: In characters; file systems allow 255 bytes, a character takes up to 4.
_LONGEST_NAME = 50


def safe_name(given: str) -> str:
    """The last part of the name, fit for any file system, in its own script: no folder, no control characters, not too long."""
    last = re.split(r"[/\\]", given)[-1]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    short = stem[:_LONGEST_NAME] + dot + suffix[:10] if dot else kept[:_LONGEST_NAME]
    return short or "未命名"
