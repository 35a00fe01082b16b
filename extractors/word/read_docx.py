"""docx (ISO/IEC 29500 WordprocessingML, transitional and strict): the text as a person would read it once revisions are accepted.

Body in document order, then footnotes and endnotes, then headers and footers; automatic numbers are part of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Anchor, BlockKind, Comment, Reason, Span
from shenwen.extractors.content import Builder, Content, Limits, Unreadable
from shenwen.extractors.word.docx_numbering import Numbering
from shenwen.extractors.word.docx_package import Package, open_package
from shenwen.extractors.word.docx_styles import Styles, W, child_of, read_styles
from shenwen.extractors.word.docx_text import Walker
from shenwen.extractors.word.word_layout import Layout, is_page_number

#: Footnotes of these types are the rules above the notes, no notes.
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}
#: What Word takes in whole.
_CHUNKS = {FileFormat.DOCX, FileFormat.HTML, FileFormat.TXT, FileFormat.MARKDOWN, FileFormat.RTF, FileFormat.DOC}
_PROPERTIES = {"title": "title", "creator": "creator", "created": "created", "modified": "modified"}
#: Bytes of styles.xml that hold the styles in use; what follows is mostly table styles of no use here.
_STYLES = 2**15
#: Room for nested tables and content controls; what is deeper is refused.
_DEEPER = "文档内部嵌套层数超过安全上限，未读取"


def read_docx(data: bytes, limits: Limits = Limits()) -> Content:
    """Text, blocks, comments and properties of a docx.

    Blocks of the body are anchored to their `w:p`, counted from 1 in document order (those of text boxes, to the paragraph
    that holds the box). Metadata names are `docx:title`, `docx:creator`, `docx:created`, `docx:modified`.

    Raises:
        Unreadable: no docx, encrypted, damaged, beyond the limits, or without any text.
    """
    try:
        return _Reading(open_package(data, limits), limits).content()
    except RecursionError:
        raise Unreadable(Reason.TOO_NESTED, _DEEPER) from None


@dataclass(slots=True)
class _Reading:
    """One docx on its way to `Content`."""

    package: Package
    limits: Limits
    builder: Builder = field(default_factory=Builder)
    notes: list[str] = field(default_factory=list)
    main: str = ""

    def content(self) -> Content:
        self.main = _main_part(self.package)
        root = self.package.xml(self.main)
        body = None if root is None else child_of(root, f"{W}body")
        if body is None:
            raise Unreadable(Reason.DAMAGED, "文件已损坏：缺少正文部分")
        styles = self._styles()
        walker = Walker(styles, Numbering(styles, lambda: self._part("numbering")))
        layout = Layout(self.builder, self._chunk)
        layout.add(walker.story(body))
        comments = self._comments(walker, layout)
        self._footnotes(walker)
        self._margins(walker)
        if not self.builder.blocks:
            if any(name.lower().startswith("word/media/") for name in self.package.members.names):
                raise Unreadable(Reason.SCANNED, "文档中只有图片，没有文字")
            raise Unreadable(Reason.NO_TEXT, "文档中没有文字")
        return Content(
            FileFormat.DOCX,
            self.builder.text,
            tuple(self.builder.blocks),
            self._properties(),
            notes=(*self.notes, *_remarks(walker)),
            comments=comments,
        )

    def _part(self, kind: str) -> Any | None:
        """Root of the first part that the document refers to as `kind`."""
        names = self.package.related(self.main, kind)
        return self.package.xml(names[0]) if names else None

    def _styles(self) -> Styles:
        name = next(iter(self.package.related(self.main, "styles")), "")
        return read_styles(self.package.members.pieces(name, _STYLES))

    def _footnotes(self, walker: Walker) -> None:
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s")
            for note in () if root is None else root.iterfind(f"{W}{kind}"):
                if note.get(f"{W}type") not in _SEPARATORS:
                    Layout(self.builder, part=f"{kind}s", kind=BlockKind.FOOTNOTE).add(walker.story(note))

    def _margins(self, walker: Walker) -> None:
        """Headers and footers, each wording once, without those that only number pages."""
        seen: set[str] = set()
        for kind, block in (("header", BlockKind.HEADER), ("footer", BlockKind.FOOTER)):
            for name in dict.fromkeys(self.package.related(self.main, kind)):
                root = self.package.xml(name)
                if root is None:
                    continue
                trial = Builder()
                Layout(trial, part=kind, kind=block).add(walker.story(root))
                for one in trial.blocks:
                    words = trial.text[one.span.start : one.span.end]
                    if words not in seen and not is_page_number(words):
                        seen.add(words)
                        self.builder.add(words, block, one.anchor)

    def _comments(self, walker: Walker, layout: Layout) -> tuple[Comment, ...]:
        root = self._part("comments")
        found, text = [], self.builder.text
        for node in () if root is None else root.iterfind(f"{W}comment"):
            trial = Builder()
            Layout(trial).add(Walker(walker.styles, Numbering(walker.styles, lambda: None)).story(node))
            spans = [span for part in walker.commented.get(node.get(f"{W}id") or "", ()) if (span := layout.span_of(part, text))]
            covered = Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else None
            found.append(Comment(node.get(f"{W}author") or "", trial.text, covered))
        return tuple(found)

    def _properties(self) -> tuple[tuple[str, str], ...]:
        names = self.package.related("", "core-properties") or ["docProps/core.xml"]
        try:
            root = self.package.xml(names[0])
        except Unreadable:
            return ()  # what the file says of itself is not worth refusing it for
        found = {}
        for node in () if root is None else root:
            name = str(node.tag).rpartition("}")[2]
            if name in _PROPERTIES and (node.text or "").strip():
                found[f"docx:{name}"] = node.text.strip()
        return tuple(found.items())

    def _chunk(self, relationship: str) -> None:
        """Text of a document put in whole; its format is told by its content."""
        target = self.package.relationships(self.main).of_id(relationship)
        data = self.package.members.read(target) if target is not None else None
        if not data or self.limits.nesting <= 0:
            self.notes.append("文档内嵌的其他文档未能读取")
            return
        from shenwen.extractors.file_format import format_of
        from shenwen.extractors.read import read_content

        try:
            if format_of(data) not in _CHUNKS:
                raise Unreadable(Reason.UNSUPPORTED, "不是 Word 可以嵌入的文件类型")
            content = read_content(data, replace(self.limits, nesting=self.limits.nesting - 1))
        except Unreadable as why:
            self.notes.append(f"文档内嵌的其他文档未能读取：{why.message}")
            return
        self.notes.extend(content.notes)
        for block in content.blocks:
            words = content.text[block.span.start : block.span.end]
            if block.kind is BlockKind.TABLE_ROW:
                self.builder.add_row(words.split("\t"), Anchor(part=target or ""))
            else:
                self.builder.add(words, block.kind, Anchor(part=target or ""), block.level)


def _main_part(package: Package) -> str:
    """Name of the part with the text: by the package's relationships, else by its usual name."""
    names = package.related("", "officeDocument") or ["word/document.xml"]
    name = names[0] if package.members.find(names[0]) else "word/document.xml"
    if package.members.find(name) is None:
        if any(name.lower().startswith(("xl/", "ppt/")) for name in package.members.names):
            raise Unreadable(Reason.UNSUPPORTED, "不是文字文档，而是表格或演示文稿")
        raise Unreadable(Reason.DAMAGED, "文件已损坏：缺少正文部分")
    return name


def _remarks(walker: Walker) -> list[str]:
    """What people should know of the text."""
    revised = ["文档带有修订标记，按接受全部修订后的文字读取"] if walker.revised else []
    return [*revised, f"文档中有隐藏文字（{walker.hidden} 字），未读取"] if walker.hidden else revised
