"""A made archive as files of the formats that offices keep, with copies across formats, archives of files, and broken files.

`python tests/benchmarks/mixed_archive.py FOLDER [--documents N]`. Everything follows from the seed.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from html import escape
from pathlib import Path

from made_archive import Made, made_archive

_BROKEN = {
    "空.txt": b"",
    "断.pdf": b"%PDF-1.5\n1 0 obj",
    "断.docx": b"PK\x03\x04" + bytes(40),
    "._系统.txt": b"\x00\x05\x16\x07" + bytes(30),
}


def write_archive(folder: Path, documents: int) -> int:
    """Write so many documents, each in the next format, and the broken files; how many files there are."""
    writers = (_txt, _gb18030, _html, _docx, _zip)
    for number, made in enumerate(made_archive(documents, planted=0.2)):
        ending, data = writers[number % len(writers)](made)
        file = (folder / made.path).with_suffix(ending)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for name, data in _BROKEN.items():
        (folder / name).write_bytes(data)
    return documents + len(_BROKEN)


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
    from docx import Document

    document, file = Document(), io.BytesIO()
    for line in made.text.splitlines():
        document.add_paragraph(line)
    document.save(file)
    return ".docx", file.getvalue()


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
