"""A made archive as files of the formats that offices keep, with copies across formats, interpretations, archives of files, and
broken files.

`python tests/benchmarks/mixed_archive.py FOLDER [--documents N]`. Everything follows from the seed.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from datetime import timedelta
from functools import cache
from html import escape
from pathlib import Path

from made_archive import Made, made_archive

_BROKEN = {
    "空.txt": b"",
    "断.pdf": b"%PDF-1.5\n1 0 obj",
    "断.docx": b"PK\x03\x04" + bytes(40),
    "._系统.txt": b"\x00\x05\x16\x07" + bytes(30),
}


def write_archive(folder: Path, documents: int, provisions: tuple[int, int] = (10, 24)) -> int:
    """Write so many documents, each in the next format, every seventh with an interpretation, and the broken files; how many files."""
    writers = (_txt, _gb18030, _html, _docx, _zip)
    interpretations = 0
    for number, made in enumerate(made_archive(documents, planted=0.2, provisions=provisions)):
        ending, data = writers[number % len(writers)](made)
        file = (folder / made.path).with_suffix(ending)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        if number % 7 == 3:
            file.with_name(f"{file.stem}-解读.txt").write_text(_interpretation(made, number % 9), encoding="utf-8")
            interpretations += 1
    for name, data in _BROKEN.items():
        (folder / name).write_bytes(data)
    return documents + interpretations + len(_BROKEN)


def _interpretation(made: Made, days: int) -> str:
    """A page that explains the document, so many days later."""
    day = made.day + timedelta(days=days)
    return (
        f"《{made.title}》政策解读\n近日，{made.issuer}印发了《{made.title}》（{made.number}）。现就有关内容解读如下：\n"
        f"一、起草背景。{made.field}事关群众日常生活，各方面都有改进的愿望，起草中听取了有关部门、企业和群众的意见。\n"
        f"二、主要内容。文件共{len(made.provisions)}条，说明{made.field}由谁来管、怎样管、何时办完。\n"
        f"三、执行口径。各单位对照条文办理，遇到问题向{made.issuer}反映。\n"
        f"{made.issuer}\n{day.year}年{day.month}月{day.day}日\n"
    )


def _txt(made: Made) -> tuple[str, bytes]:
    return ".txt", made.text.encode()


def _gb18030(made: Made) -> tuple[str, bytes]:
    return ".txt", made.text.encode("gb18030")


def _html(made: Made) -> tuple[str, bytes]:
    body = "".join(f"<p>{escape(line)}</p>" for line in made.text.splitlines())
    return (
        ".html",
        f'<html><head><meta charset="utf-8"><title>{escape(made.title)}</title></head><body>{body}</body></html>'.encode(),
    )


def _docx(made: Made) -> tuple[str, bytes]:
    parts, file = _blank(), io.BytesIO()
    head, body, tail = parts["word/document.xml"].decode().partition("<w:body>")
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in made.text.splitlines())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, f"{head}{body}{lines}{tail}" if name == "word/document.xml" else data)
    return ".docx", file.getvalue()


@cache
def _blank() -> dict[str, bytes]:
    """The parts of an empty document of Word."""
    from docx import Document

    file = io.BytesIO()
    Document().save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def _zip(made: Made) -> tuple[str, bytes]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("正文.txt", made.text)
        archive.writestr("网页.html", _html(made)[1])
    return ".zip", file.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=300)
    options = parser.parse_args()
    print(f"{write_archive(options.folder, options.documents)} files in {options.folder}")


if __name__ == "__main__":
    main()
