"""Ruled tables of a PDF, by pdfplumber: slow, so asked only for pages that have rules."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from shenwen.extractors.pdf_lines import PdfTable, clean

_LONGEST_CELL = 300


def ruled_tables(data: bytes, pages: Sequence[int]) -> Iterator[PdfTable]:
    """Tables of two columns and more on the pages (numbers from 1). Total: a page that pdfplumber cannot read has none."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(pages)) as pdf:
            for page in pdf.pages:
                yield from _tables(page)
                page.close()
    except Exception:  # pdfminer raises anything on odd files; the text is there without it
        return


def _tables(page: object) -> Iterator[PdfTable]:
    """Tables whose cells hold entries; frames around prose and around other tables only lay out the page."""
    height = float(page.height)  # type: ignore[attr-defined]
    found = page.find_tables()  # type: ignore[attr-defined]
    for table in found:
        if any(other is not table and _overlap(table.bbox, other.bbox) for other in found):
            continue
        rows = tuple(tuple(clean((cell or "").replace("\n", "")) for cell in row) for row in table.extract())
        if _holds_entries(rows):
            left, top, right, bottom = table.bbox
            yield PdfTable(left, right, height - bottom, height - top, page.page_number, rows)  # type: ignore[attr-defined]


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _holds_entries(rows: tuple[tuple[str, ...], ...]) -> bool:
    cells = [cell for row in rows for cell in row if cell]
    columns = max((len(row) for row in rows), default=0)
    several = sum(1 for row in rows if sum(1 for cell in row if cell) >= 2)
    return columns >= 2 and len(rows) >= 2 and several * 2 >= len(rows) and max(map(len, cells), default=0) <= _LONGEST_CELL
