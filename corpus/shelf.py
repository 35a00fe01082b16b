"""The documents that can be interpreted, found by number, title, words of a title, address or content without looking at each.

Every look-up costs what it returns: keys and numbers are hashed, near titles come from the rarest of their pieces, content from
sampled pieces, so that pairing a whole archive grows no faster than n log n.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import unquote

from shenwen.corpus.publications import Publication
from shenwen.corpus.sketches import Sketch, containment
from shenwen.corpus.title_keys import Keys, key, keys_of, number_key, places

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
    """Look-ups over a fixed list of documents; all answers are positions in `items`, in ascending order."""

    def __init__(self, items: Sequence[Publication]) -> None:
        self.items = tuple(items)
        self.keys: tuple[Keys, ...] = tuple(keys_of(item.title) for item in self.items)
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.by_number: dict[str, list[int]] = defaultdict(list)
        self.by_address: dict[str, list[int]] = defaultdict(list)
        self.by_path: dict[str, int] = {}
        for at, (item, keys) in enumerate(zip(self.items, self.keys, strict=True)):
            self.by_path[item.path.replace("\\", "/")] = at
            for each in keys.all:
                self.by_key[each].append(at)
            if number := number_key(item.doc_number):
                self.by_number[number].append(at)
            if item.address:
                self.by_address[_address(item.address)].append(at)

    def at_address(self, address: str, page: str) -> list[int]:
        """Documents at an address (scheme and trailing slash do not matter), or in the file that a link of `page` leads to."""
        beside = self.by_path.get(file_linked(address, page))
        return self.by_address.get(_address(address), []) or ([] if beside is None else [beside])

    def near(self, name: str) -> list[int]:
        """Documents whose title is `name` but for words that do not count."""
        keys = keys_of(name)
        wanted = [k for k in dict.fromkeys((keys.core, keys.inner, keys.placeless)) if k and len(k) >= 8]
        return sorted({at for one in wanted for at in self._near(one)})

    def _near(self, wanted: str) -> Iterator[int]:
        pieces = sorted({wanted[i : i + _PIECE] for i in range(len(wanted) - _PIECE + 1)}, key=lambda p: (self._frequency[p], p))
        rare = [self._postings.get(piece, []) for piece in pieces[:_RARE]]
        seen = Counter(k for posting in rare for k in posting[:_COMMON])
        for other, _ in seen.most_common(60):
            if same_but_light_words(wanted, other):
                yield from self.by_key[other]

    @cached_property
    def _postings(self) -> dict[str, list[str]]:
        postings: dict[str, list[str]] = defaultdict(list)
        for each in self.by_key:
            for piece in {each[i : i + _PIECE] for i in range(len(each) - _PIECE + 1)}:
                postings[piece].append(each)
        return postings

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter({piece: len(each) for piece, each in self._postings.items()})

    @cached_property
    def families(self) -> tuple[int, ...]:
        """For each document the position of the first copy of it: same number and title, same title and day of issue, or same
        title and nearly the same text."""
        first: dict[tuple[object, ...], int] = {}
        texts: dict[tuple[str, bool], list[int]] = defaultdict(list)
        return tuple(self._family(at, first, texts) for at in range(len(self.items)))

    def _family(self, at: int, first: dict[tuple[object, ...], int], texts: dict[tuple[str, bool], list[int]]) -> int:
        item, keys = self.items[at], self.keys[at]
        number = number_key(item.doc_number)
        signs: list[tuple[object, ...]] = [(number, keys.core, keys.draft)] if number else []
        issuer = keys.issuer or (item.issuers[0] if item.issuers else "")
        if item.issued_date and issuer:
            signs.append((item.issued_date, keys.core, keys.draft, key(issuer)))
        if issuer and not number and not item.issued_date:
            signs.append((keys.core, keys.draft, key(issuer), item.published_date))
        home = next((first[sign] for sign in signs if sign in first), None)
        same_title = texts[keys.core, keys.draft]
        if home is None:
            home = next((other for other in same_title if self._same_text(at, other)), at)
        if home == at and item.sketch and len(same_title) < _TEXTS:
            same_title.append(at)
        for sign in signs:
            first.setdefault(sign, home)
        return home

    def _same_text(self, at: int, other: int) -> bool:
        item, home = self.items[at], self.items[other]
        if item.doc_number and home.doc_number and item.issued_date and home.issued_date:
            return False  # two numbers, two days: two documents, whatever their text
        shares = (containment(item.sketch, home.sketch), containment(home.sketch, item.sketch))
        return min(shares) >= _SAME

    def place(self, at: int) -> dict[str, str]:
        """Places of a document's issuer, by rank."""
        item = self.items[at]
        names = (*item.issuers, self.keys[at].issuer, item.title)
        return next((found for name in names if name and (found := places(name))), {})


def content_postings(wanted: Iterable[tuple[int, Sketch]]) -> dict[int, list[int]]:
    """For each sampled piece the numbers of the texts that hold it; pieces that many hold say nothing and are dropped."""
    postings: dict[int, list[int]] = defaultdict(list)
    for number, sketch in wanted:
        for piece in sketch.hashes:
            postings[piece].append(number)
    return {piece: numbers for piece, numbers in postings.items() if len(numbers) <= 50}


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
