"""rtf: the text as a person would read it; fields give their results, revisions count as accepted, hidden text is left out.

Body, then text boxes, footnotes, headers and footers. Automatic numbers are those the writing program put beside its lists
(`\\listtext`, `\\pntext`).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field, replace

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import BlockKind, Comment, Reason
from shenwen.extractors.content import Builder, Content, Limits, Unreadable, one_line
from shenwen.extractors.word.doc_file import joined
from shenwen.extractors.word.list_numbers import apart
from shenwen.extractors.word.rtf_tokens import BRACE, SIGN, TEXT, WORD, tokens
from shenwen.extractors.word.word_layout import Layout, is_page_number
from shenwen.extractors.word.word_tree import DEEPEST, Nest, Paragraph

#: More groups inside one another than any program writes.
_DEEPEST_GROUP = 1000
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 204: "cp1251", 161: "cp1253", 238: "cp1250"}
_CODE_PAGES = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8", 10000: "mac-roman"}
_SIGNS = {
    b"tab": "\t",
    b"line": "\n",
    b"page": "\n",
    b"column": "\n",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "·",
    b"emspace": "\u3000",
    b"enspace": " ",
}
#: Groups whose words are part of a story of their own, by the word that opens them.
_STORIES = {
    b"header": "header",
    b"headerl": "header",
    b"headerr": "header",
    b"headerf": "header",
    b"footer": "footer",
    b"footerl": "footer",
    b"footerr": "footer",
    b"footerf": "footer",
    b"footnote": "footnote",
    b"shptxt": "textbox",
    b"annotation": "comment",
    b"atnauthor": "author",
    b"listtext": "number",
    b"pntext": "number",
    b"info": "info",
    b"title": "title",
    b"fonttbl": "fonts",
}
_SKIPPED = frozenset(
    b"colortbl stylesheet pict nonshppict fldinst objdata bkmkstart bkmkend xe tc txe rxe pntxta pntxtb filetbl "
    b"listtable listoverridetable rsidtbl generator themedata datastore latentstyles template ftnsep ftnsepc aftnsep aftnsepc "
    b"revtbl sp objclass objname private xmlnstbl mmathPr atnid atnref atndate atntime atnicn".split()
)
#: Groups that are read for their control words only.
_SILENT = frozenset({"", "fonts", "info"})
_KEPT_STARS = frozenset({b"shpinst", b"fldrslt"})


@dataclass(slots=True)
class _State:
    """What holds inside a group. `story` is "" where words are dropped, `unread` how many signs follow a Unicode sign in vain."""

    story: str = "body"
    fallback: int = 1
    code_page: str = "cp1252"
    hidden: bool = False
    deleted: bool = False
    depth: int = 0
    outline: int | None = None


@dataclass(slots=True)
class _Story:
    """Words on their way to a paragraph, paragraphs on their way to tables."""

    nest: Nest = field(default_factory=Nest)
    words: list[str] = field(default_factory=list)
    number: str = ""


def read_rtf(data: bytes, limits: Limits = Limits()) -> Content:
    """Text, blocks and comments of an RTF file; its title as `rtf:title`.

    Raises:
        Unreadable: no RTF, groups nested without end, or no text.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rtf"):
        raise Unreadable(Reason.UNSUPPORTED, "不是 RTF 文档")
    reading = _Reading()
    for kind, content, number in tokens(data):
        reading.take(kind, content, number)
    return reading.content(whole=data.rstrip(b"\0 \t\r\n").endswith(b"}"))


@dataclass(slots=True)
class _Reading:
    """One file on its way to `Content`."""

    state: _State = field(default_factory=_State)
    outer: list[_State] = field(default_factory=list)
    stories: dict[str, _Story] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)
    default_page: str = "cp1252"
    font: int = 0
    raw: bytearray = field(default_factory=bytearray)
    starred: bool = False
    unread: int = 0
    revised: bool = False
    concealed: int = 0
    comments: list[Comment] = field(default_factory=list)

    def take(self, kind: int, content: bytes, number: int | None) -> None:
        """One token."""
        if kind == TEXT:
            self._text(content, number is not None)
            return
        if kind == WORD and content == b"u":
            self._flush()
            self.unread = self.state.fallback
            self._write(chr((number or 0) & 0xFFFF))
            return
        self._flush()
        if kind != SIGN:
            self.unread = 0
        if kind == BRACE:
            self._open() if content == b"{" else self._close()
        elif kind == SIGN:
            self._sign(content)
        elif self.state.story:
            self._word(content, number)
        self.starred = kind == SIGN and content == b"*"

    def _text(self, content: bytes, coded: bool) -> None:
        self.starred = False
        if self.unread:
            skipped = 1 if coded else min(self.unread, len(content))
            self.unread -= skipped
            content = content[skipped:]
        if self.state.story:
            self.raw += content

    def _flush(self) -> None:
        """Bytes so far as characters: a character of two bytes may be written half in hexadecimal, half plain."""
        if self.raw:
            text = self.raw.decode(self.state.code_page, "replace")
            self.raw.clear()
            self._write(text)

    def _write(self, text: str) -> None:
        state = self.state
        if state.story in _SILENT or state.deleted:
            return
        if state.hidden:
            self.concealed += len(text.strip())
        else:
            self._story(state.story).words.append(text)

    def _story(self, name: str) -> _Story:
        return self.stories.setdefault(name, _Story())

    def _open(self) -> None:
        if len(self.outer) >= _DEEPEST_GROUP:
            raise Unreadable(Reason.TOO_NESTED, f"RTF 分组嵌套超过 {_DEEPEST_GROUP} 层的上限")
        self.outer.append(self.state)
        self.state = replace(self.state)

    def _close(self) -> None:
        if not self.outer:
            return
        inner, self.state = self.state, self.outer.pop()
        if inner.story and inner.story != self.state.story:
            self._end_story(inner)

    def _end_story(self, inner: _State) -> None:
        story = self._story(inner.story)
        if inner.story == "number":
            self._story(self.state.story or "body").number = apart(one_line("".join(story.words)))
            story.words.clear()
        elif inner.story in ("author", "comment"):
            text = joined("".join(story.words)).strip()
            story.words.clear()
            if inner.story == "comment":
                self.comments.append(Comment(self._taken("author"), text))
            else:
                story.number = text
        elif inner.story != "title":
            self._end_paragraph(inner)

    def _taken(self, name: str) -> str:
        story = self._story(name)
        text, story.number = story.number, ""
        return text

    def _sign(self, content: bytes) -> None:
        if content == b"~":
            self._write("\xa0")
        elif content == b"_":
            self._write("-")
        elif content in (b"\\", b"{", b"}"):
            if self.unread:
                self.unread -= 1
            else:
                self._write(content.decode("ascii"))
        elif content in (b"\r", b"\n"):
            self._end_paragraph(self.state)

    def _word(self, word: bytes, number: int | None) -> None:
        if (self.starred and word not in _KEPT_STARS and word not in _STORIES) or word in _SKIPPED:
            self.state.story = ""
        elif word in _STORIES:
            self.state.story = _STORIES[word]
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif word in (b"par", b"sect"):
            self._end_paragraph(self.state)
        elif word in (b"cell", b"nestcell", b"row", b"nestrow"):
            self._table(word)
        else:
            self._set(word, number)

    def _set(self, word: bytes, number: int | None) -> None:
        """A word that changes what holds from here on."""
        state, on = self.state, number != 0
        if word == b"f" and number is not None:
            self.font = number
            state.code_page = self.fonts.get(number, self.default_page)
        elif word == b"fcharset" and state.story == "fonts" and number in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[number]
        elif word == b"ansicpg":
            self.default_page = state.code_page = _codec(number)
        elif word == b"uc":
            state.fallback = min(max(number or 0, 0), 16)
        elif word == b"plain":
            state.hidden = state.deleted = False
            state.code_page = self.default_page
        elif word == b"pard":
            state.depth, state.outline = 0, None
        elif word == b"intbl":
            state.depth = max(state.depth, 1)
        elif word == b"itap":
            state.depth = min(max(number or 0, 0), DEEPEST)
        elif word == b"outlinelevel":
            state.outline = number
        elif word == b"v":
            state.hidden = on
        elif word in (b"deleted", b"revised"):
            self.revised = self.revised or on
            state.deleted = on if word == b"deleted" else state.deleted

    def _end_paragraph(self, state: _State, depth: int | None = None) -> None:
        story = self._story(state.story or "body")
        level = state.outline + 1 if state.outline is not None and 0 <= state.outline < 9 else None
        text = joined("".join(story.words))
        story.nest.put(Paragraph(text, story.number, level), state.depth if depth is None else depth)
        story.words.clear()
        story.number = ""

    def _table(self, word: bytes) -> None:
        depth = max(self.state.depth, 2 if word.startswith(b"nest") else 1)
        nest = self._story(self.state.story or "body").nest
        if word.endswith(b"cell"):
            self._end_paragraph(self.state, depth)
            nest.end_cell(depth)
        else:
            nest.end_row(depth)

    def content(self, whole: bool) -> Content:
        """Everything laid out. `whole` tells whether the last group was closed."""
        self._flush()
        self._end_paragraph(_State())
        builder = Builder()
        kinds = (("body", BlockKind.PARAGRAPH), ("textbox", BlockKind.PARAGRAPH), ("footnote", BlockKind.FOOTNOTE))
        for name, kind in (*kinds, ("header", BlockKind.HEADER), ("footer", BlockKind.FOOTER)):
            items = self._story(name).nest.items() if name in self.stories else []
            margin = kind in (BlockKind.HEADER, BlockKind.FOOTER)
            kept = [item for item in items if not (margin and isinstance(item, Paragraph) and is_page_number(item.text))]
            Layout(builder, part="body" if name == "body" else name, kind=kind).add(kept)
        if not builder.blocks:
            raise Unreadable(*((Reason.NO_TEXT, "文档中没有文字") if whole else (Reason.TRUNCATED, "文件不完整，没有读到文字")))
        title = one_line(joined("".join(self._story("title").words)))
        return Content(
            FileFormat.RTF,
            builder.text,
            tuple(builder.blocks),
            (("rtf:title", title),) if title else (),
            notes=tuple(self._remarks(whole)),
            comments=tuple(self.comments),
        )

    def _remarks(self, whole: bool) -> list[str]:
        said = [
            (self.revised, "文档带有修订标记，按接受全部修订后的文字读取"),
            (self.concealed > 0, f"文档中有隐藏文字（{self.concealed} 字），未读取"),
            (not whole, "文件结尾不完整，可能缺少文字"),
        ]
        return [remark for holds, remark in said if holds]


def _codec(number: int | None) -> str:
    name = _CODE_PAGES.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
