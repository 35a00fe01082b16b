"""Readers beside the ordinary choice, on the same bytes in one run: how many times faster.

    python tests/benchmarks/bench_readers.py [FOLDER] [--only pdf]

Without a folder, documents of about 3,000 characters with one table, made here. With a folder, the docx, html and PDF files under it.
For PDF the reader gives paragraphs and tables, which is `extract_text` and `extract_tables` of pdfplumber; `extract_text` alone, which
gives lines, stands beside it, too. pdfium's bare text layer, without any layout, is the least that a reader on pdfium can take.
Processor time, the middle one of several rounds in turn: the ratio of the sums, in which long files count most, and that of the
middle file. Quote the ratios.
"""

from __future__ import annotations

import argparse
import gc
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from shenwen.extractors.content import Limits, Unreadable
from shenwen.extractors.pages.read_pdf import read_pdf
from shenwen.extractors.read_html import read_html
from shenwen.extractors.word.read_docx import read_docx

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two ways to get the text of the same files."""

    name: str
    files: list[bytes]
    ours: Callable[[bytes], object]
    other: Callable[[bytes], object]


def python_docx_text(data: bytes) -> list[str]:
    """What most programs do."""
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def python_docx_all(data: bytes) -> list[str]:
    """The same for the paragraphs in tables, too: without them most of an archive's text may be missing."""
    import docx
    from docx.table import Table

    def texts(holder: Any) -> Iterator[str]:
        for item in holder.iter_inner_content():
            if isinstance(item, Table):
                yield from (text for row in item.rows for cell in row.cells for text in texts(cell))
            else:
                yield item.text

    return list(texts(docx.Document(io.BytesIO(data))))


def ours_docx(data: bytes) -> object:
    return read_docx(data, Limits())


def made_docx() -> list[bytes]:
    """Documents as python-docx writes them, with its full set of styles."""
    import docx

    made = []
    for number in range(20):
        document = docx.Document()
        document.add_heading(f"某县人民政府关于第{number}号河道管护工作的意见", 1)
        for row in range(30):
            document.add_paragraph(
                f"（{row}）各乡镇要建立第{number * 30 + row}批河道台账，明确责任人，定期开展巡查，对发现的问题及时整改。"
                f"县水利局应当在收到报告后"
                f"{row + 1}个工作日内组织核查，核查结果报县政府；逾期未整改的，由县水利局会同有关部门予以通报。"
            )
        table = document.add_table(4, 3)
        for cell in (cell for line in table.rows for cell in line.cells):
            cell.text = "责任单位"
        buffer = io.BytesIO()
        document.save(buffer)
        made.append(buffer.getvalue())
    return made


def ours_pdf(data: bytes) -> object:
    return read_pdf(data, Limits())


def ours_html(data: bytes) -> object:
    return read_html(data, Limits())


def trafilatura_text(data: bytes) -> object:
    import trafilatura

    return trafilatura.extract(data)


def made_html() -> list[bytes]:
    """Pages as saved from a government site: navigation, a table of metadata, the article, a footer."""
    links = "".join(f"<li><a href='/{n}.html'>栏目{n}</a></li>" for n in range(60))
    made = []
    for number in range(100):
        body = "".join(
            f"<p style='text-indent:2em'>（{row}）各乡镇要建立第{number * 30 + row}批河道台账，明确责任人，定期开展巡查，发现问题及时整改；"
            f"县水利局应当在收到报告后{row + 1}个工作日内组织核查，核查结果报县政府。</p>"
            for row in range(40)
        )
        table = "<table><tr><td>索引号：</td><td>000/1</td><td>发布日期：</td><td>2026年1月5日</td></tr></table>"
        made.append(
            f"<html><head><meta charset=utf-8><title>关于第{number}号河道的意见</title></head><body><ul>{links}</ul>{table}"
            f"<div id=zoom>{body}</div><div>版权所有</div></body></html>".encode()
        )
    return made


def pdfplumber_text(data: bytes) -> list[str]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [closed(page, page.extract_text()) for page in pdf.pages]


def pdfplumber_tables(data: bytes) -> list[object]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [closed(page, (page.extract_text(), page.extract_tables())) for page in pdf.pages]


def closed(page: Any, found: Any) -> Any:
    """What was found on the page, which keeps no memory any longer."""
    page.close()
    return found


def pdfium_text(data: bytes) -> list[str]:
    import pypdfium2

    pdf, texts = pypdfium2.PdfDocument(data), []
    for page in pdf:
        layer = page.get_textpage()
        texts.append(layer.get_text_range())
        layer.close()
        page.close()
    pdf.close()
    return texts


def costs(work: Callable[[bytes], object], files: list[bytes]) -> list[float]:
    """Seconds of processor time for each file; the other way's garbage is swept before."""
    gc.collect()
    times = [time.process_time()]
    for data in files:
        work(data)
        times.append(time.process_time())
    return [end - begin for begin, end in pairwise(times)]


def compared(one: Comparison) -> str:
    """Both ways in turn, and the middle one of the rounds' ratios: what else the machine does strikes both."""
    rounds = [(costs(one.ours, one.files), costs(one.other, one.files)) for _ in range(ROUNDS)]
    mine, theirs = (median(map(sum, way)) / len(one.files) for way in zip(*rounds, strict=True))
    ratio = median(sum(others) / sum(own) for own, others in rounds)
    ways = [[median(times) for times in zip(*way, strict=True)] for way in zip(*rounds, strict=True)]
    middle = median(other / own for own, other in zip(*ways, strict=True))
    times = f"{mine * 1000:.2f} ms beside {theirs * 1000:.2f} ms"
    return f"{one.name}: {len(one.files)} files, {times}: {ratio:.1f}x, the middle file {middle:.1f}x"


def readable(files: list[bytes], ours: Callable[[bytes], object], other: Callable[[bytes], object]) -> list[bytes]:
    """Those that both ways can read."""
    kept = []
    for data in files:
        try:
            ours(data)
            other(data)
        except (Unreadable, ValueError, KeyError):
            continue
        kept.append(data)
    return kept


def files_of(folder: Path | None, suffix: str, made: Callable[[], list[bytes]]) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.rglob(f"*{suffix}")) if path.is_file()] if folder else made()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--only", default="docx,html,pdf")
    given = parser.parse_args()
    pairs = (
        ("docx, beside python-docx's paragraph.text loop", ".docx", made_docx, ours_docx, python_docx_text),
        ("docx, beside python-docx with the paragraphs in tables", ".docx", made_docx, ours_docx, python_docx_all),
        ("html, beside trafilatura", ".html", made_html, ours_html, trafilatura_text),
        ("pdf, beside pdfplumber's extract_text", ".pdf", list, ours_pdf, pdfplumber_text),
        ("pdf, beside pdfplumber's extract_text and extract_tables", ".pdf", list, ours_pdf, pdfplumber_tables),
        ("pdfium's bare text layer, beside pdfplumber's extract_text", ".pdf", list, pdfium_text, pdfplumber_text),
    )
    for name, suffix, made, ours, other in pairs:
        if suffix[1:] not in given.only.split(",") or (not given.folder and made is list):
            continue  # speed of PDF files hangs on the fonts they bring with them: only real ones tell it
        found = readable(files_of(given.folder, suffix, made), OWN[suffix], other)
        if not found:
            continue
        print(compared(Comparison(name, found, ours, other)))


OWN = {".docx": ours_docx, ".html": ours_html, ".pdf": ours_pdf}

if __name__ == "__main__":
    main()
