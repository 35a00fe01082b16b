"""How much of every document's Chinese text the readers keep, and in order, against an independent conversion.

    python tests/benchmarks/fidelity.py FOLDER [--cache FOLDER] [--only docx,doc,rtf,pdf] [--sample 60] [--worst 8]

The other side is LibreOffice's text export (docx, doc, rtf) and poppler's `pdftotext` (pdf); both must be installed, and with
`--cache` their output is kept for the next run. Only Chinese characters count, as a longest common subsequence; for PDF, lines
that stand at the top or foot of many pages are not expected, and order is compared page by page. Headers and
footers of the readers' text are left out.

Files whose hidden text the reader left out are named but not counted, since the other side exports what nobody sees. Files of
one name in several formats are compared with each other.

`kept` is the share of the other side's characters that the reader has, in order; `own` the share of the reader's characters
that the other side has (automatic numbers and text boxes, which the other side's export leaves out, make it smaller).
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
    """poppler's text of each page, without the first and last lines that many pages share; `mode` is an order: "", -raw, -layout."""
    target = cache / f"{hashlib.sha256(data).hexdigest()[:24]}{mode}.pdf.txt"
    if not target.exists():
        with tempfile.NamedTemporaryFile(suffix=".pdf") as source:
            source.write(data)
            source.flush()
            command = ["pdftotext", "-enc", "UTF-8", *([mode] if mode else []), source.name, str(target)]
            subprocess.run(command, check=False, capture_output=True, timeout=120)
    text = target.read_text("utf-8", "replace") if target.exists() else ""
    pages = [[line for line in page.split("\n") if line.strip()] for page in text.split("\f")]
    edges = Counter(re.sub(r"\d+", "0", line) for page in pages for line in {*page[:2], *page[-2:]})
    running = {line for line, times in edges.items() if times >= max(3, len(pages) * 0.4)}
    return ["\n".join(line for line in page if re.sub(r"\d+", "0", line) not in running) for page in pages]


def pdf_score(path: Path, own: Document, data: bytes, cache: Path) -> Score | None:
    """Page by page, a paragraph or table counting for the page it begins on and its neighbours.

    What stands side by side (cells, columns) has no one order on a page; poppler knows three, and the nearest one counts.
    """
    from shenwen.extractors.glyphs import plain

    texts: dict[int, list[str]] = defaultdict(list)
    for block in own.blocks:
        texts[block.anchor.page or 0].append(own.quote(block.span))
    orders = [[chinese(plain(page)) for page in pdf_pages(data, cache, mode)] for mode in ("", "-raw", "-layout")]
    expected = sum(map(len, orders[0]))
    if not expected:
        return None
    shared = 0
    for number, pages in enumerate(zip(*orders, strict=False), 1):
        mine = chinese("".join("".join(texts[near]) for near in (number - 1, number, number + 1)))
        shared += max(common(mine, page) for page in pages)
    return Score(path, "pdf", shared / expected, shared / max(len(own_text(own)), 1), expected, hiding=False)


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


def report(found: list[Score], worst: int) -> None:
    for form in sorted({score.format for score in found}):
        rows = sorted((score for score in found if score.format == form and not score.hiding), key=lambda score: score.kept)
        aside = [f"{score.kept:.2f} {score.path.name[:40]}" for score in found if score.format == form and score.hiding]
        if aside:
            print(f"{form}: with hidden text, not counted: {'; '.join(aside)}")
        if not rows:
            continue
        decile = rows[: max(1, len(rows) // 10)]
        print(
            f"{form}: {len(rows)} files; kept median {statistics.median(row.kept for row in rows):.4f}, "
            f"worst decile {statistics.mean(row.kept for row in decile):.4f} (up to {decile[-1].kept:.4f}); "
            f"own median {statistics.median(row.own for row in rows):.4f}"
        )
        for row in rows[:worst]:
            print(f"    {row.kept:.4f} own {row.own:.4f} {row.expected:7,} {row.path.name[:70]}")
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
