"""How much of every document's Chinese text the readers keep, and in order, against an independent conversion.

    python tests/benchmarks/fidelity.py FOLDER [--cache FOLDER] [--only docx,doc,rtf,pdf] [--sample 60] [--worst 8]

The other side is LibreOffice's text export (docx, doc, rtf) and poppler's `pdftotext` (pdf); both must be installed, and with
`--cache` their output is kept for the next run. Only Chinese characters count, as a longest common subsequence over the whole file.
Headers and footers of the readers' text are left out.

`kept` is the share of the other side's characters that the reader has, in order; `own` the share of the reader's characters
that the other side has (automatic numbers and text boxes, which the other side's export leaves out, make it smaller).
Files whose hidden text the reader left out are named but not counted, since the other side exports what nobody sees. Files of
one name in several formats are compared with each other.

A PDF page has no one order of cells and columns. poppler knows three: its own, which reads the lines of neighbouring cells across
(so that even the order within a cell is lost), `-raw`, the order in which the file draws, and `-layout`. For `kept` each page
is expected in that order of the three that is nearest to the reader's; cells and all other lines must still follow one another as
there. Two more figures stand beside it: `default` expects poppler's own order everywhere, `any` asks only whether the characters are
there at all. Not expected are lines at the top or foot of many pages, and those with which a page begins or ends just as the
page before or after it does: running headers, and heads of tables, which the reader gives once. Lines that a clipped page
draws again on the next one are expected once.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from shenwen.corpus.model import BlockKind, Document
from shenwen.extractors.read import read_bytes

OFFICE = ("docx", "doc", "rtf")
AROUND = {BlockKind.HEADER, BlockKind.FOOTER}
_OTHER = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Score:
    """One file's agreement with the other side."""

    path: Path
    format: str
    kept: float
    own: float
    expected: int
    hiding: bool
    default: float = 1.0
    any: float = 1.0


def chinese(text: str) -> str:
    return _OTHER.sub("", text)


def own_text(document: Document) -> str:
    """The reader's Chinese characters, headers and footers left out."""
    return chinese("".join(document.quote(block.span) for block in document.blocks if block.kind not in AROUND))


def common(one: str, other: str) -> int:
    """Length of the longest common subsequence."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(one, other)


def office_texts(files: list[tuple[Path, bytes, str]], cache: Path) -> dict[Path, str]:
    """LibreOffice's text export of many files, in one call; cached by content."""
    named = {path: cache / f"{hashlib.sha256(data).hexdigest()[:24]}.txt" for path, data, _ in files}
    missing = [(named[path].with_suffix(f".{form}"), data) for path, data, form in files if not named[path].exists()]
    with tempfile.TemporaryDirectory() as folder:
        inputs = [Path(folder) / source.name for source, _ in missing]
        for target, (_, data) in zip(inputs, missing, strict=True):
            target.write_bytes(data)
        for start in range(0, len(inputs), 40):
            command = [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "txt:Text (encoded):UTF8",
            ]
            batch = [str(path) for path in inputs[start : start + 40]]
            subprocess.run([*command, "--outdir", str(cache), *batch], check=False, capture_output=True, timeout=600)
    return {path: target.read_text("utf-8", "replace") for path, target in named.items() if target.exists()}


def pdf_pages(data: bytes, cache: Path, mode: str) -> list[str]:
    """poppler's text of each page without what repeats at its edges; `mode` is an order: "", -raw, -layout."""
    target = cache / f"{hashlib.sha256(data).hexdigest()[:24]}{mode}.pdf.txt"
    if not target.exists():
        with tempfile.NamedTemporaryFile(suffix=".pdf") as source:
            source.write(data)
            source.flush()
            command = ["pdftotext", "-enc", "UTF-8", *([mode] if mode else []), source.name, str(target)]
            subprocess.run(command, check=False, capture_output=True, timeout=120)
    text = target.read_text("utf-8", "replace") if target.exists() else ""
    pages = [[line for line in page.split("\n") if line.strip()] for page in text.split("\f")]
    forms = [[re.sub(r"\d+", "0", "".join(line.split())) for line in page] for page in pages]
    edges = Counter(line for form in forms for line in {*form[:2], *form[-2:]})
    running = {line for line, times in edges.items() if times >= max(3, len(pages) * 0.4)}
    kept = []
    for page, form, before, after in zip(pages, forms, [[], *forms], [*forms[1:], []], strict=False):
        head = max(alike(form, before), alike(form, after))
        foot = max(alike(form[::-1], before[::-1]), alike(form[::-1], after[::-1]), overlap(form, after))
        lines = range(head, max(head, len(page) - foot))
        kept.append("\n".join(page[number] for number in lines if form[number] not in running))
    return kept


def alike(one: list[str], other: list[str]) -> int:
    """How many first lines are the same."""
    return next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def overlap(one: list[str], following: list[str]) -> int:
    """How many last lines the following page begins with: a page clipped by a browser draws them, and the next one shows them."""
    counts = range(min(len(one), len(following)), 1, -1)
    return next((count for count in counts if one[-count:] == following[:count]), 0)


def pdf_score(path: Path, own: Document, data: bytes, cache: Path) -> Score | None:
    from shenwen.extractors.pages.glyphs import plain

    texts: dict[int, list[str]] = defaultdict(list)
    for block in own.blocks:
        texts[block.anchor.page or 0].append(own.quote(block.span))
    orders = [[chinese(plain(page)) for page in pdf_pages(data, cache, mode)] for mode in ("", "-raw", "-layout")]
    nearest = []
    for number, pages in enumerate(zip(*orders, strict=True), 1):
        # a paragraph or table counts for the page it begins on: the neighbours hold the rest
        mine = chinese("".join("".join(texts[near]) for near in (number - 1, number, number + 1)))
        nearest.append(max(pages, key=lambda page: common(mine, page) - len(page)))
    expected, default, mine = "".join(nearest), "".join(orders[0]), own_text(own)
    if not expected:
        return None
    shared = common(mine, expected)
    return Score(
        path,
        "pdf",
        shared / len(expected),
        shared / max(len(mine), 1),
        len(expected),
        hiding=False,
        default=common(mine, default) / max(len(default), 1),
        any=(Counter(expected) & Counter(mine)).total() / len(expected),
    )


def scores(folder: Path, cache: Path, only: set[str], sample: int) -> Iterable[Score]:
    """Read every file both ways."""
    read: dict[Path, tuple[Document, bytes]] = {}
    taken: Counter[str] = Counter()
    for path in sorted(folder.rglob("*"), key=lambda path: hashlib.md5(str(path.relative_to(folder)).encode()).digest()):
        if not path.is_file() or path.name.startswith("._"):
            continue
        data = path.read_bytes()
        if not re.match(rb"PK|\xd0\xcf\x11\xe0|\{\\rtf|%PDF|.{0,100}%PDF", data[:110], re.DOTALL):
            continue
        document = read_bytes(str(path), data)
        if not isinstance(document, Document):
            print(f"  unread  {path.name[:60]}: {document.reason.value} {document.message}")
        elif document.format.value in only and taken[document.format.value] < sample:
            taken[document.format.value] += 1
            read[path] = document, data
    office = office_texts(
        [(path, data, own.format.value) for path, (own, data) in read.items() if own.format.value in OFFICE], cache
    )
    for path, (own, data) in read.items():
        if own.format.value == "pdf":
            if score := pdf_score(path, own, data, cache):
                yield score
            continue
        expected = chinese(office.get(path, ""))
        if expected:
            mine = own_text(own)
            shared = common(mine, expected)
            yield Score(
                path,
                own.format.value,
                shared / len(expected),
                shared / max(len(mine), 1),
                len(expected),
                any("隐藏" in note for note in own.notes),
            )


def copies(folder: Path) -> None:
    """How far files of one name in several formats agree: twice the common characters of the sum of both."""
    named: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("._"):
            named[re.sub(r"[\W_]", "", path.stem)].append(path)
    for one, other in (pair for paths in named.values() for pair in combinations(paths, 2)):
        if one.suffix.lower()[:4] == other.suffix.lower()[:4]:
            continue
        read = [read_bytes(str(path), path.read_bytes()) for path in (one, other)]
        texts = [own_text(document) for document in read if isinstance(document, Document)]
        if len(texts) == 2:
            agreement = 2 * common(*texts) / max(sum(map(len, texts)), 1)
            print(f"copies {one.suffix} and {other.suffix}: {agreement:.4f} {one.name[:60]}")


def spread(shares: list[float]) -> str:
    decile = sorted(shares)[: max(1, len(shares) // 10)]
    return f"median {statistics.median(shares):.4f}, worst decile {statistics.mean(decile):.4f} (up to {decile[-1]:.4f})"


def report(found: list[Score], worst: int) -> None:
    for form in sorted({score.format for score in found}):
        rows = sorted((score for score in found if score.format == form and not score.hiding), key=lambda score: score.kept)
        aside = [f"{score.kept:.2f} {score.path.name[:40]}" for score in found if score.format == form and score.hiding]
        if aside:
            print(f"{form}: with hidden text, not counted: {'; '.join(aside)}")
        if not rows:
            continue
        print(
            f"{form}: {len(rows)} files; kept {spread([row.kept for row in rows])}; "
            f"own median {statistics.median(row.own for row in rows):.4f}"
        )
        if form == "pdf":
            print(f"    in poppler's default order {spread([row.default for row in rows])}")
            print(f"    in any order {spread([row.any for row in rows])}")
        for row in rows[:worst]:
            more = f" default {row.default:.4f} any {row.any:.4f}" if form == "pdf" else ""
            print(f"    {row.kept:.4f} own {row.own:.4f}{more} {row.expected:7,} {row.path.name[:70]}")
        for row in sorted(rows, key=lambda row: row.own)[: worst // 2]:
            print(f"    most of its own: {row.own:.4f} kept {row.kept:.4f} {row.path.name[:60]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", default="docx,doc,rtf,pdf")
    parser.add_argument("--sample", type=int, default=10_000)
    parser.add_argument("--worst", type=int, default=8)
    given = parser.parse_args()
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        sys.exit("needs soffice (LibreOffice) and pdftotext (poppler)")
    with tempfile.TemporaryDirectory() as spare:
        cache = given.cache or Path(spare)
        cache.mkdir(parents=True, exist_ok=True)
        report(list(scores(given.folder, cache, set(given.only.split(",")), given.sample)), given.worst)
    copies(given.folder)


if __name__ == "__main__":
    main()
