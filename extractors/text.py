"""The normalised view: Simplified script, mainland official wording, one width of marks, wrapped lines joined.

Goes in: source text and its blocks. Comes out: `View`, text for matching with a map back to the source. OpenCC's `tw2s` keeps
lengths; our own table of official vocabulary (corpus/reference/wording.toml) does not, hence the map.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

from shenwen.corpus.model import Block, BlockKind, Document, View

#: ASCII marks beside Chinese text become the full-width marks that official writing uses; digits and letters become ASCII.
_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDTH |= {0xFF05: ord("%"), 0xFF0E: ord("."), 0x3000: ord(" "), 0xA0: ord(" "), 0x2002: ord(" "), 0x2003: ord(" ")}
_WIDTH |= {ord("﹝"): ord("〔"), ord("﹞"): ord("〕"), ord("○"): ord("〇")}
_WIDTH |= {ord("ˎ"): ord(","), ord("﹑"): ord("、"), ord("､"): ord("、")}
#: Private-use characters (symbols of a word processor's own fonts) say nothing.
_WIDTH |= dict.fromkeys(range(0xE000, 0xF900), ord(" "))
_WIDE = re.compile(f"[{''.join(map(re.escape, map(chr, sorted(_WIDTH))))}]")
_MARKS = str.maketrans(",;:?!()", "，；：？！（）")
_CJK = "\u3400-\u9fff\uf900-\ufaff"
#: An ASCII mark counts as Chinese punctuation when Chinese (or a closing mark) stands on one side of it.
_ASCII_MARK = re.compile(rf"(?<=[{_CJK}》”）\)」』])[,;:?!()]|[,;:?!()](?=[{_CJK}《“「『])|\((?=[0-9]{{1,3}}\)[{_CJK}])")


#: Characters that `tw2s` changes in some words and Simplified script has too (为什么, 显著): no sign of Traditional script.
_SHARED = frozenset("么著")


@cache
def _traditional() -> re.Pattern[str]:
    """One character that OpenCC's `tw2s` changes (corpus/reference/traditional.txt, made from OpenCC's own table)."""
    characters = resources.files("shenwen.corpus.reference").joinpath("traditional.txt").read_text(encoding="utf-8").strip()
    return re.compile(f"[{''.join(sorted(set(characters) - _SHARED))}]")


@cache
def _wording() -> tuple[re.Pattern[str], dict[str, str]]:
    table = tomllib.loads(resources.files("shenwen.corpus.reference").joinpath("wording.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    alternatives: list[str] = []
    for entry in table["word"]:
        words[entry["from"]] = entry["to"]
        before = "".join(f"(?<!{word})" for word in entry.get("not_after", []))
        after = "".join(f"(?!{word})" for word in entry.get("not_before", []))
        alternatives.append(f"{before}{re.escape(entry['from'])}{after}")
    return re.compile("|".join(alternatives)), words


@cache
def _tw2s() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("tw2s").convert
    return convert


def script_of(text: str) -> str:
    """`hant` where Traditional characters are common, `mixed` where a few stand in Simplified text, else `hans`."""
    found = len(_traditional().findall(text[:20_000]))
    letters = min(len(text), 20_000) or 1
    if found / letters > 0.03:
        return "hant"
    return "mixed" if found / letters > 0.002 else "hans"


def simplify(text: str) -> str:
    """Simplified characters, same length as `text`. Text without Traditional characters is returned as it is; in Simplified
    text only the Traditional characters that strayed into it change (显著 stays)."""
    if not _traditional().search(text):
        return text
    if script_of(text) != "hant":
        return _traditional().sub(lambda found: "".join(_one_to_one(found.group())), text)
    converted = _tw2s()(text)
    return converted if len(converted) == len(text) else "".join(_one_to_one(text))


def _one_to_one(text: str) -> Iterator[str]:
    """Character by character: the rare text in which a phrase changes its length still keeps its offsets."""
    convert = _tw2s()
    for char in text:
        simple = convert(char)
        yield simple if len(simple) == 1 else char


def fold_width(text: str) -> str:
    """Full-width digits and letters to ASCII, ASCII marks beside Chinese to Chinese marks; same length."""
    text = _WIDE.sub(lambda char: chr(_WIDTH[ord(char.group())]), text)
    return _ASCII_MARK.sub(lambda mark: mark.group().translate(_MARKS), text)


def normalise(text: str) -> str:
    """Text for matching without a map: what `view_of` gives for a single paragraph."""
    flat = fold_width(simplify(text))
    if script_of(text) != "hant":
        return flat
    pattern, words = _wording()
    return pattern.sub(lambda word: words[word.group()], flat)


def view_of(document: Document) -> tuple[View, str]:
    """The view of a document and its script.

    Line breaks inside one block (hard-wrapped paragraphs) are left out, with the blanks around them; between blocks one
    line feed stays. The official vocabulary is only mapped in documents in Traditional script, where 檔案 means 文件.
    """
    text = document.text
    script = script_of(text)
    flat = fold_width(simplify(text))
    cuts = [(start, end, "") for start, end in _wrapped_breaks(flat, document.blocks)]
    if script == "hant":
        pattern, words = _wording()
        cuts += [(found.start(), found.end(), words[found.group()]) for found in pattern.finditer(flat)]
    return _edit(flat, sorted(cuts)), script


def _wrapped_breaks(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, int]]:
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW:
            continue
        start, end = block.span.start, block.span.end
        if "\n" in text[start:end]:
            for found in re.finditer(r"[ \t]*\n[ \t]*", text[start:end]):
                yield start + found.start(), start + found.end()


def _edit(text: str, cuts: list[tuple[int, int, str]]) -> View:
    if not cuts:
        return View(text)
    pieces: list[str] = []
    starts, shifts = [0], [0]
    at = length = 0
    for start, end, word in cuts:
        if start < at:
            continue
        pieces += [text[at:start], word]
        length += start - at
        if word and len(word) != end - start:
            # characters of the new word point at the first ones of the old; the last points at the old word's last
            starts += [length, length + len(word) - 1]
            shifts += [start - length, end - 1 - (length + len(word) - 1)]
        length += len(word)
        starts.append(length)
        shifts.append(end - length)
        at = end
    pieces.append(text[at:])
    return View("".join(pieces), *_compact(starts, shifts))


def _compact(starts: list[int], shifts: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Keep the last shift for each start and drop repeats."""
    table = dict(zip(starts, shifts, strict=True))
    kept: list[tuple[int, int]] = []
    for start, shift in sorted(table.items()):
        if not kept or kept[-1][1] != shift:
            kept.append((start, shift))
    return tuple(start for start, _ in kept), tuple(shift for _, shift in kept)
