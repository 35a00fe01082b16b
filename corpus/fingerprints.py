"""Fingerprints of a text that survive what an office changes when it issues another's words again.

`canonical` folds places, bodies, numbers, dates, connecting words and marks; what is left is cut into overlapping pieces of
`PIECE` characters, each piece is hashed, and the hashes below one `SCALE`-th of all are kept (FracMinHash: Irber et al. 2022). The
same pieces are kept in every text, so that shares of fingerprints estimate shares of text, in both directions. Hashes are plain
arithmetic modulo 2^64: equal on every machine and in every run, and below 2^61, so that they fit a signed column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shenwen.corpus.entries import Entry

PIECE = 12
SCALE = 8
_FEW = 12

#: Names of provinces; bodies whose place in a sentence another body takes when it issues the sentence again; what a document
#: calls itself; connecting words. No two words that begin with the same two characters differ in length.
_FOLDED = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 "
    "台湾 内蒙古 广西 壮族 西藏 宁夏 回族 新疆 维吾尔 香港 澳门 人民 政府 国务院 国家 自治 区域 辖区 地区 设区 "
    "本办法 本条例 本规定 本细则 本意见 本通知 本方案 本决定 本措施 该办法 该条例 该规定 该细则 该意见 该通知 该方案 该决定 该措施 "
    "应当 应该 必须 或者 以及 并且 依照 按照 根据 依据"
)
#: Characters that offices add, drop or exchange: ranks of places, numbers and their units, connecting and modal words.
_DROPPED = (
    "省市州县区盟旗乡镇厅局各全本我该〇零一二三四五六七八九十百千万亿两第条款项年月日号的了和与及或并等对由向将在为以于其应须要当"
)


def canonical(text: str) -> str:
    """The text as it is compared: letters that carry the matter, in order. Takes the normalised view; line ends are dropped."""
    return _text(_folded(text.replace("\n", " ")))


def fingerprint(text: str) -> NDArray[np.uint64]:
    """Ascending distinct fingerprints of a text in the normalised view; empty where it has fewer than `PIECE` letters."""
    import numpy as np

    hashes, _ = _pieces(_folded(text.replace("\n", " ")))
    return np.unique(hashes)


@dataclass(frozen=True, slots=True, eq=False)
class Prints:
    """Fingerprints of a document: `hashes` ascending, one row for each distinct pair of hash and unit; `units` count from 0."""

    hashes: NDArray[np.uint64]
    units: NDArray[np.int32]

    def distinct(self) -> NDArray[np.uint64]:
        """Every hash once, ascending."""
        import numpy as np

        return self.hashes[np.r_[True, self.hashes[1:] != self.hashes[:-1]]] if len(self.hashes) else self.hashes


def document_fingerprints(entry: Entry) -> Prints:
    """The fingerprints of all units; no piece crosses from one unit into the next.

    A text too short for the sampling to be trusted gets fingerprints of its whole besides, so that its copies are found.
    """
    import numpy as np

    codes = _folded("\n".join([unit.text.replace("\n", " ") for unit in entry.units]))
    hashes, units = _pieces(codes)
    if len(hashes) < _FEW and len(codes) >= PIECE:
        digest = np.frombuffer(sha256(_text(codes).encode("utf-8", "surrogatepass")).digest()[:24], "<u8") >> np.uint64(3)
        hashes, units = np.concatenate([hashes, digest]), np.concatenate([units, np.zeros(3, np.int32)])
    order = np.lexsort((units, hashes))
    hashes, units = hashes[order], units[order]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (units[1:] != units[:-1])
    return Prints(hashes[fresh], units[fresh])


def canonical_lines(lines: Sequence[str]) -> list[str]:
    """`canonical` of every line (none holds a line end), in one go."""
    return _text(_folded("\n".join(lines))).split("\n") if lines else []


def thinned(hashes: NDArray[np.uint64], scale: int) -> NDArray[np.uint64]:
    """The part of the fingerprints that a coarser scale keeps (`scale` at least `SCALE`)."""
    return hashes[: int(hashes.searchsorted(2**64 // scale))]


def _text(codes: NDArray[np.uint32]) -> str:
    text: str = codes.tobytes().decode("utf-32-le")
    return text


def _folded(text: str) -> NDArray[np.uint32]:
    """Code points that are left when words, then characters are dropped; line ends stay."""
    codes = _codes(text)
    kept = _table()[codes]
    first, keys, lengths = _words()
    at = first[codes[:-1]].nonzero()[0]
    pairs = codes[at] << 16 | codes[at + 1]
    found = keys.searchsorted(pairs)
    found[found == len(keys)] = 0
    word = keys[found] == pairs
    at, found = at[word], lengths[found[word]]
    for step in range(3):
        inside = at[found > step] + step
        kept[inside[inside < len(kept)]] = 0
    left: NDArray[np.uint32] = kept[kept != 0]
    return left


def _codes(text: str) -> NDArray[np.uint32]:
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    clipped: NDArray[np.uint32] = np.minimum(codes, 0xFFFF)
    return clipped


@cache
def _words() -> tuple[NDArray[np.bool_], NDArray[np.uint32], NDArray[np.int64]]:
    """Whether a code point begins a folded word; the words' first two characters as ascending keys; their lengths."""
    import numpy as np

    words = _FOLDED.split()
    first = np.zeros(0x10000, dtype=bool)
    first[[ord(word[0]) for word in words]] = True
    rows = sorted({ord(word[0]) << 16 | ord(word[1]): len(word) for word in words}.items())
    return first, np.array([key for key, _ in rows], np.uint32), np.array([length for _, length in rows], np.int64)


@cache
def _table() -> NDArray[np.uint32]:
    """Code point → code point kept in its place, 0 for what is dropped."""
    import numpy as np

    table = np.zeros(0x10000, dtype="<u4")
    for first, last in ((0x3400, 0x9FFF), (ord("a"), ord("z"))):
        table[first : last + 1] = np.arange(first, last + 1)
    table[ord("A") : ord("Z") + 1] = np.arange(ord("a"), ord("z") + 1)
    table[ord("\n")] = ord("\n")
    table[[ord(char) for char in _DROPPED]] = 0
    return table


def _pieces(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Kept hashes of all pieces that hold no line end, in text order, and the number of the line each stands in."""
    import numpy as np

    if len(codes) < PIECE:
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    lines = np.zeros(len(codes) + 1, dtype=np.int32)
    np.cumsum(codes == 10, out=lines[1:])
    mixed = _mixed(_rolled(codes.astype(np.uint64)))
    kept = np.flatnonzero((mixed < np.uint64(2**64 // SCALE)) & (lines[PIECE:] == lines[:-PIECE]))
    return mixed[kept], lines[kept]


def _rolled(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The polynomial hash of every piece, by doubling: 1, 2, 4, 8 characters, then 8 + 4."""
    base = 0x9E3779B97F4A7C15
    powers = [pow(base, n, 2**64) for n in (1, 2, 4)]
    import numpy as np

    one, two, four = (np.uint64(power) for power in powers)
    pairs = codes[:-1] * one + codes[1:]
    fours = pairs[:-2] * two + pairs[2:]
    eights = fours[:-4] * four + fours[4:]
    return eights[:-4] * four + fours[8:]


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64: every input bit reaches every output bit."""
    import numpy as np

    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
