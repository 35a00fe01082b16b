"""A draft with the findings as Word comments at the exact words.

Goes in: a judged record. Comes out: the bytes of a docx: the draft's own file with comments added where the draft is a Word
file, else a plain Word file made from its text. The draft itself is never written to.
"""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import BlockKind, Document, Finding, Record
from shenwen.pipeline.reports.findings_xlsx import basis
from shenwen.pipeline.reports.result import SEVERITY_NAMES
from shenwen.pipeline.reports.word_comments import NoPlaceError, WordComment, with_comments
from shenwen.pipeline.reports.wording import LONGEST, advice_words
from shenwen.pipeline.reports.workbook import printable


def annotated(record: Record, today: date) -> bytes:
    """The annotated copy."""
    document, title = record.document, record.facts.masthead.title_span
    comments = [comment(finding) for finding in record.findings]
    data = own_file(document)
    if data is not None:
        try:
            return with_comments(data, document, comments, today, title) if comments else data
        except (NoPlaceError, KeyError):
            pass  # a Word file of unusual make: its text in a plain file serves the reviewer better than none
    return with_comments(word_file(document), document, comments, today, title) if document.text.strip() else b""


def comment(finding: Finding) -> WordComment:
    """What the comment says: the finding, the article with evidence, what to do."""
    advice = advice_words(finding)
    lines = [
        f"【{SEVERITY_NAMES[finding.severity]}】{finding.name}（{finding.rule}）",
        finding.message,
        *(
            f"依据：{line}" if number == 0 else line
            for number, line in enumerate(basis(finding, most=10, quoted=LONGEST).split("\n"))
        ),
        *([f"建议：{advice}"] if advice else []),
    ]
    return WordComment(finding.location.span, tuple(lines))


def own_file(document: Document) -> bytes | None:
    """The bytes of the draft, if it is a Word file that still is what was read."""
    path = Path(document.path)
    if document.format is not FileFormat.DOCX or not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == document.sha256 else None


def word_file(document: Document) -> bytes:
    """A plain Word file with one paragraph for each block of the text."""
    from docx import Document as new_document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    made = new_document()
    font = made.styles["Normal"].font
    font.name, font.size = "仿宋", Pt(14)
    font.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    made.core_properties.author = "审文"
    for block in document.blocks:
        paragraph = made.add_paragraph(printable(document.quote(block.span)))
        paragraph.paragraph_format.space_after = Pt(4)
        if block.kind is BlockKind.HEADING:
            paragraph.runs[0].bold = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
