"""Plain text and Markdown: the text stays exactly as decoded, so that offsets hold in the file itself."""

from __future__ import annotations

import re

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Anchor, Block, BlockKind, Reason, Span
from shenwen.extractors.content import Content, Limits, Unreadable
from shenwen.extractors.encoding import decode
from shenwen.extractors.wrapping import continuations

_BLANKS = " \t\u3000\xa0\u200b\ufeff"
_HEADING = re.compile(r"(#{1,6})\s+\S")
_MARKDOWN = re.compile(r"^(?:#{1,6}\s|\s*[-*+]\s|\||>|```|\*\*)", re.MULTILINE)


def read_text(data: bytes, limits: Limits) -> Content:
    """Text with one block a paragraph; a hard-wrapped paragraph is one block of several lines. Raises Unreadable."""
    text, notes = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip(_BLANKS + "\n"):
        raise Unreadable(Reason.EMPTY, "文件为空")
    markdown = len(_MARKDOWN.findall(text[:20_000])) >= 3 and bool(re.search(r"^#{1,6}\s", text[:20_000], re.MULTILINE))
    return Content(FileFormat.MARKDOWN if markdown else FileFormat.TXT, text, tuple(_blocks(text, markdown)), notes=notes)


def _blocks(text: str, markdown: bool) -> list[Block]:
    lines = text.split("\n")
    joined = continuations(lines)
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(lines, 1):
        bare = line.strip(_BLANKS)
        start = at + line.index(bare) if bare else at
        at += len(line) + 1
        if not bare:
            continue
        if joined[number - 1] and blocks and blocks[-1].kind is BlockKind.PARAGRAPH:
            last = blocks.pop()
            blocks.append(Block(Span(last.span.start, start + len(bare)), last.kind, last.anchor))
        else:
            blocks.append(_block(bare, start, number, markdown))
    return blocks


def _block(bare: str, start: int, number: int, markdown: bool) -> Block:
    span, anchor = Span(start, start + len(bare)), Anchor(line=number)
    if markdown and (mark := _HEADING.match(bare)):
        return Block(span, BlockKind.HEADING, anchor, level=len(mark[1]))
    parts = bare.split("\t")
    if len(parts) >= 3 or (len(parts) == 2 and all(part.strip() for part in parts)):
        return Block(span, BlockKind.TABLE_ROW, anchor, cells=tuple(_cells(parts, start)))
    return Block(span, BlockKind.PARAGRAPH, anchor)


def _cells(parts: list[str], start: int) -> list[Span]:
    spans, at = [], start
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part) + 1
    return spans
