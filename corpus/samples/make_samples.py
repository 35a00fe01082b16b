"""Write the small office's day: issued documents and drafts, in the formats an office has.

Goes in: the folders `issued/` and `drafts/` beside this file. Comes out, under `--out`: the same folders, where every
`NAME.docx.txt` has become a Word file `NAME.docx` in the layout of official documents; all other files are copied.
The city, its bodies and its documents are invented. Marks at the beginning of a line of `.docx.txt`: `^ ` letterhead,
`= ` document number, `# ` title, `## ` and `### ` headings, `> ` signature and date; everything else is a paragraph.
"""

from __future__ import annotations

import argparse
import shutil
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

HERE = Path(__file__).parent
FOLDERS = ("issued", "drafts")
SUFFIX = ".docx.txt"
BODY_SIZE, TITLE_SIZE, LETTERHEAD_SIZE = Pt(16), Pt(22), Pt(36)
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def write_samples(out: Path) -> list[Path]:
    """Write both folders under `out`; the files written, in order."""
    return [_write(source, out / folder) for folder in FOLDERS for source in sorted((HERE / folder).iterdir())]


def _write(source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if not source.name.endswith(SUFFIX):
        return Path(shutil.copyfile(source, folder / source.name))
    target = folder / source.name.removesuffix(".txt")
    word_file(source.read_text(encoding="utf-8")).save(str(target))
    return target


def word_file(marked: str) -> DocumentObject:
    """A Word document from marked lines."""
    document = Document()
    _page(document)
    for line in marked.splitlines():
        if line.strip():
            _line(document, line)
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
    document.core_properties.author = "云川市（虚构）"
    return document


def _page(document: DocumentObject) -> None:
    """Margins of GB/T 9704-2012: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)


def _line(document: DocumentObject, line: str) -> None:
    mark, _, text = line.partition(" ")
    paragraph = document.add_paragraph()
    match mark:
        case "^":
            _words(paragraph, text, "方正小标宋简体", LETTERHEAD_SIZE, CENTRE).font.color.rgb = RGBColor(0xC0, 0, 0)
        case "=":
            _words(paragraph, text, "仿宋_GB2312", BODY_SIZE, CENTRE)
        case "#":
            _words(paragraph, text, "方正小标宋简体", TITLE_SIZE, CENTRE)
        case "##":
            _indented(paragraph, text, "黑体")
        case "###":
            head, stop, rest = text.partition("。")
            _indented(paragraph, head + stop, "楷体_GB2312")
            _words(paragraph, rest, "仿宋_GB2312", BODY_SIZE)
        case ">":
            _words(paragraph, text, "仿宋_GB2312", BODY_SIZE, RIGHT)
        case _ if line.endswith("："):
            _words(paragraph, line, "仿宋_GB2312", BODY_SIZE)
        case _:
            _indented(paragraph, line, "仿宋_GB2312")


def _indented(paragraph: Paragraph, text: str, font: str) -> None:
    paragraph.paragraph_format.first_line_indent = BODY_SIZE * 2
    _words(paragraph, text, font, BODY_SIZE)


def _words(paragraph: Paragraph, text: str, font: str, size: int, alignment: WD_ALIGN_PARAGRAPH | None = None) -> Run:
    """A run of these words with its fonts; line distance 28 points as the standard has it, more for large type."""
    layout = paragraph.paragraph_format
    layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, max(Pt(28), Pt(size / 12700 * 1.3))
    if alignment is not None:
        paragraph.alignment = alignment
    run = paragraph.add_run(text)
    run.font.size, run.font.name = size, font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="生成示例：虚构的云川市一天的文件")
    parser.add_argument("--out", type=Path, required=True, help="写到哪个目录")
    for path in write_samples(parser.parse_args().out):
        print(path)
