"""How far long work is: on a terminal one line that counts, with rate and time left; elsewhere a plain line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

#: Seconds between plain lines; nobody watches a log file.
SELDOM = 30.0


def teller(verb: str) -> Callable[[int, int], None]:
    """A function to be told how many are done, of how many; `verb` is what is done (已读)."""
    begun = said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        rate = done / max(now - begun, 0.001)
        left = round((total - done) / rate) if rate else 0
        words = f"{verb} {done:,} / {total:,}，每秒 {rate:.3g} 个，约剩 {left // 60}分{left % 60:02}秒"
        if sys.stderr.isatty():
            click.echo("\r\x1b[K" + ("" if done == total else words), nl=False, err=True)
        elif now - said >= SELDOM and done < total:
            said = now
            click.echo(words, err=True)

    return tell
