"""Real Word files annotated, and looked at again from three sides: is everything else as it was, is each comment at its words?

    python tests/benchmarks/annotations.py FOLDER [--files 30] [--keep FOLDER]

Every file gets the comments of a review, and some more on words all over it (at most `PROBES`), so that no file goes untested.
The files with comments, revisions, numbering, fields and pictures of their own come first. Then:

- zip and XML: every other part byte-equal; `document.xml` the same letter by letter with the same formatting, once our marks are
  taken out; the parts listed and there; the marks of each comment around exactly its words;
- python-docx: opens, the same paragraphs, the old comments and ours;
- LibreOffice (if installed): both files become OpenDocument; the same paragraphs, lists and revisions, and each comment around
  its words.

Prints one line a file that fails, and the sums.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Document, Record, Span
from shenwen.extractors.find_facts import find_facts
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.judging import Judge, judge_with, settings_for
from shenwen.pipeline.reports.annotated_docx import comment
from shenwen.pipeline.reports.word_comments import AUTHOR, NoPlaceError, WordComment, with_comments

TODAY = date(2026, 1, 1)
PROBES = 12
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
RANGE = ("commentRangeStart", "commentRangeEnd", "commentReference")
OTHERS = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
OWN = {"w:comment ": "comments", "w:ins ": "revisions", "w:del ": "revisions", "w:numPr": "numbering", "w:fldChar": "fields"}


@dataclass(frozen=True, slots=True)
class Case:
    """A file before and after, and the words that each of our comments must stand at (None: at the title)."""

    path: Path
    before: bytes
    after: bytes
    wanted: tuple[str | None, ...]


def letters(text: str) -> str:
    """The text without blanks, tabs and line ends, which readers show in different ways."""
    return re.sub(r"\s", "", text)


def case_of(path: Path, data: bytes, document: Document, judge: Judge) -> Case | None:
    """The file with comments; None where no words can be anchored (a scan in a Word file)."""
    record = judge.judged(Record(document, find_facts(document)))[0]
    notes = [comment(finding) for finding in record.findings] + list(probes(document))
    try:
        made = with_comments(data, document, notes, TODAY, record.facts.masthead.title_span)
    except NoPlaceError:
        return None
    return Case(path, data, made, tuple(letters(document.quote(note.span)) if note.span else None for note in notes))


def probes(document: Document) -> Iterator[WordComment]:
    """Comments on some words in paragraphs spread over the body."""
    body = [block for block in document.blocks if block.anchor.part == "body" and len(block.span) > 8]
    for block in body[:: max(1, len(body) // PROBES)][:PROBES]:
        middle = block.span.start + len(block.span) // 2
        yield WordComment(Span(middle - 3, middle + 3), ("试注",))


# --- zip and XML ------------------------------------------------------------------------------------------------------------------


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(name)) if name in file.namelist() else None


def own_numbers(data: bytes) -> list[str]:
    """Numbers of the comments that are ours, in order."""
    listed = part(data, "word/comments.xml")
    return [each.get(f"{W}id") for each in (() if listed is None else listed) if each.get(f"{W}author") == AUTHOR]


def package_faults(case: Case) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(case.before)) as old, zipfile.ZipFile(io.BytesIO(case.after)) as new:
        if new.testzip() or len(set(new.namelist())) != len(new.namelist()):
            yield "包损坏"
        lost = [name for name in old.namelist() if name not in OTHERS and old.read(name) != new.read(name)]
        yield from (f"部件有变 {name}" for name in lost)
        there = {f"/{name}" for name in new.namelist()}
        types = etree.fromstring(new.read("[Content_Types].xml"))
        kinds = [each.get("PartName") for each in types if each.tag.endswith("Override")]
        before = {each.get("PartName") for each in etree.fromstring(old.read("[Content_Types].xml"))}
        yield from (f"登记了不存在的部件 {name}" for name in kinds if name not in there and name not in before)
        if len(kinds) != len(set(kinds)) or "/word/comments.xml" not in kinds:
            yield "内容类型登记有误"
        relations = etree.fromstring(new.read("word/_rels/document.xml.rels"))
        if len({each.get("Id") for each in relations}) != len(relations):
            yield "关系编号重复"
        if sum(each.get("Type").endswith("/comments") for each in relations) != 1:
            yield "批注部件的关系不是一个"


def stream(data: bytes, ours: set[str]) -> str:
    """`document.xml` letter by letter: elements with their attributes, runs dissolved into the formatting of each letter."""
    out: list[str] = []

    def walk(element: Any, look: str) -> None:
        name = etree.QName(element).localname if isinstance(element.tag, str) else "?"
        if element.get(f"{W}id") in ours and name in RANGE:
            return
        if name == "r":
            if len(element) == 1 and element[0].get(f"{W}id") in ours and element[0].tag == f"{W}commentReference":
                return
            own = element.find(f"{W}rPr")
            look = etree.tostring(own, method="c14n", with_tail=False).decode() if own is not None else ""
            for child in element:
                if child is not own:
                    walk(child, look)
            return
        if name in ("t", "delText"):
            out.append("".join(f"{name}:{letter}:{look};" for letter in element.text or ""))
            return
        marks = sorted((key, value) for key, value in element.attrib.items())
        out.append(f"<{element.tag} {marks} {look if name not in ('p', 'tbl') else ''}>{(element.text or '').strip()}")
        for child in element:
            walk(child, look)
        out.append("</>")

    walk(part(data, "word/document.xml"), "")
    return "".join(out)


def xml_faults(case: Case) -> Iterator[str]:
    ours = own_numbers(case.after)
    if stream(case.before, set()) != stream(case.after, set(ours)):
        yield "正文、格式或修订有变"
    root = part(case.after, "word/document.xml")
    counts = Counter((each.tag, each.get(f"{W}id")) for each in root.iter(*(f"{W}{name}" for name in RANGE)))
    if any(counts[f"{W}{name}", number] != 1 for number in ours for name in RANGE):
        yield "批注标记不成对"
    if len(ours) != len(case.wanted):
        yield f"批注 {len(ours)} 条，应有 {len(case.wanted)} 条"
    yield from (f"批注位置不符：{wanted} → {found}" for wanted, found in misplaced(case.wanted, anchored(root, ours)))


def anchored(root: Any, numbers: list[str]) -> list[str]:
    """The words between the marks of each comment."""
    words, now = dict.fromkeys(numbers, ""), set[str]()
    for element in root.iter(f"{W}t", *(f"{W}{name}" for name in RANGE)):
        number = element.get(f"{W}id")
        if element.tag == f"{W}t":
            if not any(each.tag in HIDDEN for each in element.iterancestors()):
                words |= {each: words[each] + (element.text or "") for each in now & words.keys()}
        elif element.tag == f"{W}{RANGE[0]}":
            now.add(number)
        elif element.tag == f"{W}{RANGE[1]}":
            now.discard(number)
    return [letters(words[number]) for number in numbers]


HIDDEN = {f"{W}moveFrom", f"{W}txbxContent", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def misplaced(wanted: tuple[str | None, ...], found: list[str]) -> list[tuple[str, str]]:
    """Comments whose words are others; automatic numbers, which the file does not spell out, may be missing at the front."""
    pairs = ((want, got) for want, got in zip(wanted, found, strict=False) if want)
    return [(want, got) for want, got in pairs if want != got and not (got and want.endswith(got) and len(want) - len(got) < 9)]


# --- python-docx --------------------------------------------------------------------------------------------------------------------


def python_docx_faults(case: Case) -> Iterator[str]:
    from docx import Document as opened

    try:
        old, new = opened(io.BytesIO(case.before)), opened(io.BytesIO(case.after))
    except Exception as error:  # the other library names damage in many ways
        yield f"python-docx 打不开：{error!r}"
        return
    if [each.text for each in old.paragraphs] != [each.text for each in new.paragraphs]:
        yield "python-docx 读出的文字有变"
    before = [(each.author, each.text) for each in old.comments]
    after = [(each.author, each.text) for each in new.comments]
    if after[: len(before)] != before or [author for author, _ in after[len(before) :]] != [AUTHOR] * len(case.wanted):
        yield "python-docx 读出的批注不符"


# --- LibreOffice --------------------------------------------------------------------------------------------------------------------


def opendocument(files: dict[str, bytes]) -> dict[str, Any]:
    """Each file as LibreOffice reads it (flat OpenDocument), by name; what it cannot read is left out."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, data in files.items():
            (place / f"{name}.docx").write_bytes(data)
        for start in range(0, len(files), 30):
            names = [str(place / f"{name}.docx") for name in list(files)[start : start + 30]]
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "fodt"]
            subprocess.run([*command, "--outdir", folder, *names], capture_output=True, timeout=600, check=False)
        parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
        made = {name: place / f"{name}.fodt" for name in files}
        return {name: etree.parse(path, parser).getroot() for name, path in made.items() if path.exists()}


def office_view(root: Any) -> tuple[list[tuple[str, int, str]], int]:
    """Paragraphs with their kind, depth of list and words (comments left out), and the number of revisions.

    Empty paragraphs do not count: LibreOffice puts one before a table at the very start as soon as a comment stands in it.
    """
    found = []
    for element in root.find(f"{OFFICE}body").iter(f"{TEXT}p", f"{TEXT}h"):
        above = [each.tag for each in element.iterancestors()]
        if f"{OFFICE}annotation" not in above and (words := own_words(element)):
            found.append((etree.QName(element).localname, above.count(f"{TEXT}list"), words))
    return found, len(root.findall(f".//{TEXT}changed-region"))


def own_words(element: Any) -> str:
    return "".join(words for _, words in office_words(element)).strip()


def office_words(element: Any) -> Iterator[tuple[Any, str]]:
    """Pieces of text in reading order with the mark they follow; comments' own words and pictures left out."""
    if element.tag in (f"{OFFICE}annotation", f"{OFFICE}binary-data"):
        yield element, ""
    else:
        yield element, element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from office_words(child)
            yield child, child.tail or ""


def office_comments(root: Any) -> list[tuple[str, str]]:
    """Author and words commented on, in the order in which they begin."""
    words: dict[str, str] = {}
    authors: dict[str, str] = {}
    now: set[str] = set()
    seen: set[Any] = set()
    for mark, text in office_words(root.find(f"{OFFICE}body")):
        name = mark.get(f"{OFFICE}name") if isinstance(mark.tag, str) else None
        if mark.tag == f"{OFFICE}annotation" and mark not in seen:
            seen.add(mark)
            name = name or f"#{len(seen)}"
            authors[name] = mark.findtext(f"{DC}creator") or ""
            words[name] = ""
            now.add(name)
        elif mark.tag == f"{OFFICE}annotation-end" and mark not in seen:
            seen.add(mark)
            now.discard(name or "")
        if text:
            words |= {each: words[each] + text for each in now}
    return [(authors[name], letters(words[name])) for name in authors]


def office_faults(case: Case, old: Any, new: Any) -> Iterator[str]:
    if old is None:
        return
    if new is None:
        yield "LibreOffice 打不开"
        return
    if office_view(old) != office_view(new):
        yield "LibreOffice 读出的文字、编号或修订有变"
    theirs = [said for author, said in office_comments(new) if author != AUTHOR]
    if len(theirs) != len(office_comments(old)):
        yield "LibreOffice 读出的原有批注不符"
    found = Counter(said for author, said in office_comments(new) if author == AUTHOR)
    wanted = Counter(anchored(part(case.after, "word/document.xml"), own_numbers(case.after)))
    if found != wanted:
        yield f"LibreOffice 中的批注位置不符：多 {list(found - wanted)[:3]}，少 {list(wanted - found)[:3]}"


# --- all of it ----------------------------------------------------------------------------------------------------------------------


def features(data: bytes) -> Counter[str]:
    """What the file has of its own that must not be lost."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = [name for name in ("word/document.xml", "word/comments.xml") if name in file.namelist()]
        words = "".join(file.read(name).decode("utf-8", "replace") for name in names)
        pictures = sum(name.startswith("word/media/") for name in file.namelist())
    counted = Counter({"pictures": pictures} if pictures else {})
    for mark, name in OWN.items():
        if number := words.count(f"<{mark}"):
            counted[name] += number
    return counted


def files_of(folder: Path, wanted: int) -> list[tuple[Path, bytes]]:
    """Different Word files, those with most kinds of things of their own first."""
    data = {hashlib.sha256(each).digest(): (path, each) for path in sorted(folder.rglob("*.docx")) if (each := path.read_bytes())}
    real = [(path, each) for path, each in data.values() if zipfile.is_zipfile(io.BytesIO(each))]
    return sorted(real, key=lambda item: (-len(features(item[1])), str(item[0])))[:wanted]


def cases(folder: Path, wanted: int) -> Iterator[Case]:
    judge = judge_with(settings_for(None), None, TODAY)
    for path, data in files_of(folder, wanted):
        found = read_bytes(str(path), data)
        if not isinstance(found, Document) or found.format is not FileFormat.DOCX:
            print(f"{path}：未读出，略过")
        elif (case := case_of(path, data, found, judge)) is None:
            print(f"{path}：没有可以批注的文字，略过")
        else:
            yield case


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=30)
    parser.add_argument("--keep", type=Path, help="write the annotated files here")
    options = parser.parse_args()
    found = list(cases(options.folder, options.files))
    office = opendocument(
        {f"{n}-{side}": data for n, case in enumerate(found) for side, data in (("a", case.before), ("b", case.after))}
        if shutil.which("soffice")
        else {}
    )
    faulty = 0
    for number, case in enumerate(found):
        faults = [*package_faults(case), *xml_faults(case), *python_docx_faults(case)]
        faults += office_faults(case, office.get(f"{number}-a"), office.get(f"{number}-b"))
        faulty += bool(faults)
        print(*(f"{case.path}：{fault}" for fault in faults), sep="\n", end="\n" if faults else "")
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{number:02}.docx").write_bytes(case.after)
    had = Counter(name for case in found for name in features(case.before))
    print(f"{len(found)} 个文件，{sum(len(case.wanted) for case in found)} 条批注；{faulty} 个文件有问题")
    print(f"其中 {sum(key.endswith('-b') for key in office)} 个经 LibreOffice 转换；文件中原有：{dict(had)}")
    sys.exit(bool(faulty))


if __name__ == "__main__":
    main()
