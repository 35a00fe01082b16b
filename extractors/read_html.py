"""Saved pages: the article with its tables, without navigation; what the page says of the article becomes metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Anchor, BlockKind, Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.encoding import decode
from shenwen.extractors.html_article import Article, find_article
from shenwen.extractors.html_pieces import Page, Piece, page_of
from shenwen.extractors.wrapping import continuations, goes_on

#: Fewer `<br>` than this are no sign of lines broken at a fixed width.
_MANY_BREAKS = 6
#: The foot of a page in a document that was saved page by page: — 3 —. So many rising numbers are page marks.
_PAGE_MARK = re.compile(r"\s*[—–－―-]\s*(\d{1,4})\s*[—–－―-]\s*")
_PAGES, _MARK_LENGTH = 3, 20


def read_html(data: bytes, limits: Limits) -> Content:
    """The article of a page. Raises Unreadable where the page holds no text, or more tags than the limits allow."""
    if (tags := data.count(b"<")) > limits.tags:
        raise Unreadable(Reason.TOO_LARGE, f"网页有 {tags:,} 个标签，超过上限 {limits.tags:,} 个（tags）")
    markup, notes = decode(data, declared=True)
    page = page_of(markup, tags)
    article = find_article(page)
    builder = Builder()
    if article.title:
        builder.add(article.title, BlockKind.HEADING, Anchor(paragraph=1), level=1)
    shown = [page.pieces[number] for number in range(article.first, article.last) if number not in article.records]
    _write(_without_pages(shown), builder)
    if not builder.blocks and (pictures := page.pictures()):
        raise Unreadable(Reason.SCANNED, f"网页中只有图片（{pictures} 张），没有文字")
    if not builder.blocks:
        raise Unreadable(Reason.NO_TEXT, "网页中没有正文")
    return Content(
        FileFormat.HTML,
        builder.text,
        tuple(builder.blocks),
        metadata=(*article.metadata, *page.meta),
        links=tuple(_links(page, article)),
        notes=notes,
    )


def _without_pages(pieces: list[Piece]) -> list[Piece]:
    """The pieces without page marks; paragraphs that go on behind one are made whole."""
    short = [(at, piece.text) for at, piece in enumerate(pieces) if len(piece.text) <= _MARK_LENGTH]
    marks = {at: int(found[1]) for at, text in short if (found := _PAGE_MARK.fullmatch(text))}
    if len(marks) < _PAGES or list(marks.values()) != sorted(set(marks.values())):
        return pieces
    whole: list[Piece] = []
    for at, piece in enumerate(pieces):
        if at in marks:
            continue
        broken = at - 1 in marks and whole and not (whole[-1].cells or whole[-1].heading or piece.cells or piece.heading)
        if broken and goes_on(whole[-1].text, piece.text):
            whole[-1] = replace(whole[-1], text=whole[-1].text + piece.text.lstrip())
        else:
            whole.append(piece)
    return whole


def _write(pieces: Sequence[Piece], builder: Builder) -> None:
    """Blocks for the pieces; lines broken by `<br>` at a fixed width are joined to paragraphs."""
    joined = _continued(pieces)
    waiting: str | None = None
    for number, piece in enumerate(pieces):
        if waiting is not None and not (joined[number] and piece.broken):
            builder.add(waiting, anchor=Anchor(paragraph=number))
            waiting = None
        if piece.cells:
            builder.add_row(piece.cells, Anchor(paragraph=number + 1), piece.table)
        elif piece.heading:
            builder.add(piece.text, BlockKind.HEADING, Anchor(paragraph=number + 1), level=piece.heading)
        else:
            waiting = piece.text if waiting is None else waiting + piece.text.lstrip()
    if waiting is not None:
        builder.add(waiting, anchor=Anchor(paragraph=len(pieces)))


def _continued(pieces: Sequence[Piece]) -> list[bool]:
    if sum(1 for piece in pieces if piece.broken) < _MANY_BREAKS:
        return [False] * len(pieces)
    return continuations(["" if piece.cells else piece.text for piece in pieces])


def _links(page: Page, article: Article) -> Iterator[tuple[str, str]]:
    """Links of the article in order; scripts and marks within the page are none."""
    for text, address in page.links(article.first, article.last):
        if not re.match(r"(?:#|javascript:|data:|vbscript:)", address, re.IGNORECASE):
            yield text, address
