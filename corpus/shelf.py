"""The documents that can be interpreted, found by number, title, words of a title, address or content without looking at each.

Every look-up costs what it returns: keys and numbers lie in tables, near titles come from the rarest of their pieces, content from
sampled pieces, so that pairing a whole archive grows no faster than n log n.
"""

from __future__ import annotations

import posixpath
import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from heapq import heappush, heappushpop
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from shenwen.corpus.postings import Postings, holders, sharing
from shenwen.corpus.postings_files import kept_postings
from shenwen.corpus.publications import Publication
from shenwen.corpus.sketches import Sketch, containment
from shenwen.corpus.title_keys import Keys, key, keys_of, number_key, places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SCHEMA = """
PRAGMA temp.cache_size = -65536;
CREATE TEMP TABLE signs (sign TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TEMP TABLE titles (number INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TEMP TABLE first (sign TEXT PRIMARY KEY, home INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE texts (title TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (title, at)) WITHOUT ROWID;
"""

#: Words whose presence or absence leaves a title the same document's.
_LIGHT = re.compile(
    r"^(?:关于|印发|转发|发布|公布|进一步|切实|有关|若干|政策|工作|的|等|和|与|及|地|得|了|通知|公告|意见的|试行|暂行|修订|修正|最新|全文"
    r"|做好|加强|国务院|办公厅|办公室|人民政府|政府|教育部|省|市|县|区|省级|我省|我市|全省|全市|本市|《|》)+$"
)
#: These make another document of a title that holds them.
_HEAVY = re.compile(r"\d|[一二三四五六七八九十]批|第|补充|废止|修改|试点|续|细则|实施|配套|不")
_PIECE = 3
_RARE = 6
_COMMON = 400
#: Share of each other's text that makes two documents of one title copies; with so many of one title a text is compared.
_SAME, _TEXTS = 0.8, 12
#: A sampled piece that more texts hold says nothing; so many documents that share most are kept for each text.
_MANY, _SHARERS = 50, 20
_BACK = "\\"


def same_but_light_words(first: str, second: str) -> bool:
    """Whether two title keys differ only in words that do not count (or in one character of a long title)."""
    if min(len(first), len(second)) < 8 or abs(len(first) - len(second)) > 24:
        return False
    swapped = 0
    for what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        parts = [part for part in (first[a:b], second[c:d]) if part]
        if any(_HEAVY.search(part) for part in parts):
            return False
        if all(_LIGHT.match(part) for part in parts):
            continue
        swapped += max(b - a, d - c)
    return swapped <= (1 if min(len(first), len(second)) >= 14 else 0)


class Shelf:
    """Look-ups over the documents among `items`, put on it one after the other; all answers are positions in `items`, ascending.

    What is looked up lies in temporary tables of the connection and in files below `scratch`: memory grows by eight bytes an item.
    """

    def __init__(self, items: Sequence[Publication], connection: sqlite3.Connection, scratch: Path) -> None:
        self.items = items
        #: For each document the position of the first copy of it; -1 for what is no document.
        self.families = array("q", [-1]) * len(items)
        self._connection, self._scratch = connection, scratch
        connection.executescript(_SCHEMA)

    def put(self, at: int) -> int:
        """Put the document at this position on the shelf; the position of the first copy of it. Positions ascend."""
        item, keys = self.items[at], self.keys(at)
        number = number_key(item.doc_number)
        signs = [f"key {each}" for each in keys.all] + [f"path {item.path.replace(_BACK, '/')}"]
        signs += [f"number {number}"] if number else []
        signs += [f"address {_address(item.address)}"] if item.address else []
        self._connection.executemany("INSERT INTO signs VALUES (?, ?)", [(sign, at) for sign in signs])
        self.families[at] = self._family(at)
        return self.families[at]

    def ready(self) -> None:
        """Make what was put there fit to be looked up."""
        self._connection.execute("CREATE INDEX temp.signs_at ON signs (sign, at)")

    def keys(self, at: int) -> Keys:
        """The keys of a document's title."""
        return keys_of(self.items[at].title)

    def titled(self, key: str) -> list[int]:
        """Documents whose title has this key."""
        return self._signed(f"key {key}")

    def numbered(self, number: str) -> list[int]:
        """Documents of this number, given as its key."""
        return self._signed(f"number {number}")

    def at_path(self, path: str) -> list[int]:
        """The document at a path."""
        return self._signed(f"path {path.replace(_BACK, '/')}")[-1:]

    def at_address(self, address: str, page: str) -> list[int]:
        """Documents at an address (scheme and trailing slash do not matter), or in the file that a link of `page` leads to."""
        return self._signed(f"address {_address(address)}") or self.at_path(file_linked(address, page))

    def _signed(self, sign: str) -> list[int]:
        return [at for (at,) in self._connection.execute("SELECT at FROM signs WHERE sign = ? ORDER BY at", (sign,))]

    def near(self, name: str) -> list[int]:
        """Documents whose title is `name` but for words that do not count."""
        keys = keys_of(name)
        wanted = [k for k in dict.fromkeys((keys.core, keys.inner, keys.placeless)) if k and len(k) >= 8]
        return sorted({at for one in wanted for at in self._near(one)})

    def _near(self, wanted: str) -> Iterator[int]:
        pieces = sorted({wanted[i : i + _PIECE] for i in range(len(wanted) - _PIECE + 1)})
        found = holders(_hashes(pieces), self._pieces)
        rare = sorted(zip((len(each) for each in found), pieces, found, strict=True), key=lambda each: each[:2])[:_RARE]
        seen = Counter(number for *_, each in rare for number in each[:_COMMON].tolist())
        for number, _ in seen.most_common(60):
            (other,) = self._connection.execute("SELECT key FROM titles WHERE number = ?", (number,)).fetchone()
            if same_but_light_words(wanted, other):
                yield from self.titled(other)

    @cached_property
    def _pieces(self) -> Postings:
        """The pieces of all keys; the keys are numbered in the order in which they came."""
        self._connection.execute(
            "INSERT INTO titles SELECT row_number() OVER (ORDER BY min(rowid)) - 1, substr(sign, 5) FROM signs"
            " WHERE sign >= 'key ' AND sign < 'key!' GROUP BY sign"
        )
        keys = self._connection.execute("SELECT number, key FROM titles ORDER BY number")
        rows = ((n, _hashes(sorted({k[i : i + _PIECE] for i in range(len(k) - _PIECE + 1)})).tobytes()) for n, k in keys)
        return kept_postings(self._scratch, rows)

    def _family(self, at: int) -> int:
        """Same number and title, same title and day of issue, or same title and nearly the same text make copies."""
        item, keys = self.items[at], self.keys(at)
        number = number_key(item.doc_number)
        signs: list[tuple[object, ...]] = [(number, keys.core, keys.draft)] if number else []
        issuer = keys.issuer or (item.issuers[0] if item.issuers else "")
        if item.issued_date and issuer:
            signs.append((item.issued_date, keys.core, keys.draft, key(issuer)))
        if issuer and not number and not item.issued_date:
            signs.append((keys.core, keys.draft, key(issuer), item.published_date))
        home = next((first for sign in signs if (first := self._first(repr(sign))) is not None), None)
        title = f"{keys.draft:d}{keys.core}"
        if home is None:
            same_title = self._texts(title)
            home = next((other for other in same_title if self._same_text(at, other)), at)
            if home == at and item.sketch and len(same_title) < _TEXTS:
                self._connection.execute("INSERT INTO texts VALUES (?, ?)", (title, at))
        rows = [(repr(sign), home) for sign in signs]
        self._connection.executemany("INSERT OR IGNORE INTO first VALUES (?, ?)", rows)
        return home

    def _first(self, sign: str) -> int | None:
        row = self._connection.execute("SELECT home FROM first WHERE sign = ?", (sign,)).fetchone()
        return row[0] if row else None

    def _texts(self, title: str) -> list[int]:
        return [at for (at,) in self._connection.execute("SELECT at FROM texts WHERE title = ? ORDER BY at", (title,))]

    def _same_text(self, at: int, other: int) -> bool:
        item, home = self.items[at], self.items[other]
        if item.doc_number and home.doc_number and item.issued_date and home.issued_date:
            return False  # two numbers, two days: two documents, whatever their text
        shares = (containment(item.sketch, home.sketch), containment(home.sketch, item.sketch))
        return min(shares) >= _SAME

    def place(self, at: int) -> dict[str, str]:
        """Places of a document's issuer, by rank."""
        item = self.items[at]
        names = (*item.issuers, self.keys(at).issuer, item.title)
        return next((found for name in names if name and (found := places(name))), {})

    def sharers(self, texts: Iterable[Sketch]) -> list[list[int]]:
        """For each text the documents that share most of its sampled pieces, most first, a few; a piece that many of the texts hold
        says nothing."""
        postings = kept_postings(self._scratch, ((n, _sampled(sketch).tobytes()) for n, sketch in enumerate(texts)))
        best: list[list[tuple[int, int]]] = [[] for _ in range(len(postings.sizes))]
        for at, home in enumerate(self.families):
            if home < 0:
                continue
            numbers, shared = sharing(_sampled(self.items[at].sketch), postings, _MANY)
            for number, many in zip(numbers.tolist(), shared.tolist(), strict=True):
                (heappushpop if len(best[number]) == _SHARERS else heappush)(best[number], (many, -at))
        return [[-at for _, at in sorted(each, reverse=True)] for each in best]


def _hashes(pieces: Sequence[str]) -> NDArray[np.uint64]:
    """A number for each piece, spread evenly below the bound of fingerprints."""
    import numpy as np

    letters = np.array([[ord(letter) for letter in piece] for piece in pieces], np.uint64).reshape(-1, _PIECE)
    packed = (letters[:, 0] << np.uint64(42)) | (letters[:, 1] << np.uint64(21)) | letters[:, 2]
    return packed * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(3)


def _sampled(sketch: Sketch) -> NDArray[np.uint64]:
    """The hashes of a sketch, spread over the range of fingerprints."""
    import numpy as np

    return np.frombuffer(sketch.packed, np.uint32).astype(np.uint64) << np.uint64(29)


def same_address(first: str, second: str) -> bool:
    """Whether two addresses are one page: scheme, www, query and trailing slash do not matter."""
    return _address(first) == _address(second)


def file_linked(address: str, page: str) -> str:
    """The path that a relative link of a saved page leads to."""
    return posixpath.normpath(
        posixpath.join(posixpath.dirname(page.replace("\\", "/")), unquote(re.sub(r"[#?].*$", "", address)))
    )


def _address(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[#?].*$|/$", "", address.strip().lower())
