"""All data types: immutable values, every fact with its place in the source.

Offsets are code-point offsets, half-open, into `Document.text`, the text that was fixed when the file was read.
`View` is the same text in Simplified script and mainland wording, for matching, with a map back to the source.

The three types of which every document has hundreds are msgspec's structs, made in a tenth of the time of a frozen dataclass.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from msgspec import Struct

from shenwen.corpus.formats import FileFormat

Day = date
"""The type of a day, for classes that have a field named `date`."""


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TABLE_ROW = "table_row"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"


class DocumentKind(StrEnum):
    """What a document is for: the `kind` of the contract."""

    POLICY = "policy"
    INTERPRETATION = "interpretation"
    LAW = "law"
    NEWS = "news"
    FORM = "form"
    OTHER = "other"


class Level(StrEnum):
    """Rank of the issuing body, from the name (国务院/部委, 省, 市州, 县区, 乡镇)."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Modality(StrEnum):
    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"
    TARGET = "target"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return (Severity.INFO, Severity.WARNING, Severity.ERROR).index(self)


class Reason(StrEnum):
    """Why a file has no record: a closed set, each with its status in `Failure.status`."""

    EMPTY = "empty"
    NO_TEXT = "no_text"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    NEEDS_LIBREOFFICE = "needs_libreoffice"
    SYSTEM_FILE = "system_file"
    APPLEDOUBLE = "appledouble"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_MEMBERS = "too_many_members"
    TOO_NESTED = "too_nested"
    EXPANSION = "expansion"
    TIMEOUT = "timeout"
    UNREADABLE = "unreadable"
    NOT_FOUND = "not_found"
    CRASHED = "crashed"


class Span(Struct, frozen=True, order=True, gc=False):
    """Code points `start` (included) to `end` (excluded) of `Document.text`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Anchor(Struct, frozen=True, gc=False):
    """Where a block stands in its file: numbers count from 1 (`paragraph` counts the `w:p` of a docx body in document order)."""

    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    part: str = "body"


class Block(Struct, frozen=True, gc=False):
    """A paragraph, heading or table row. `cells` are the spans of a row's cells; `level` is a heading's rank from 1."""

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    anchor: Anchor = Anchor()
    level: int | None = None
    cells: tuple[Span, ...] = ()
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment found in a draft: `span` is what it is anchored to, if that is known."""

    author: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read.

    `path` is the name people use (`a.zip!/b.docx` for a member), `sha256` that of the bytes, `metadata` what the file says of
    itself in `(name, value)` pairs (rows of a government page's table, `<meta>` tags, document properties), `links` the
    `(text, address)` pairs of a page's article, `notes` what the reader wants people to know (revisions accepted, hidden text).
    """

    path: str
    sha256: str
    format: FileFormat
    text: str
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    confidence: float | None = None

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file without a record, with the reason from a closed set and one sentence for people, in Chinese."""

    path: str
    reason: Reason
    message: str
    sha256: str | None = None

    @property
    def status(self) -> str:
        """`empty`, `scanned`, `skipped` or `failed`, as in the contract."""
        match self.reason:
            case Reason.EMPTY | Reason.NO_TEXT:
                return "empty"
            case Reason.SCANNED:
                return "scanned"
            case Reason.SYSTEM_FILE | Reason.APPLEDOUBLE:
                return "skipped"
            case _:
                return "failed"


@dataclass(frozen=True, slots=True)
class View:
    """Normalised text for matching, with the way back.

    `text[i]` stands for `source[origin(i)]`. `starts[k]` is a view offset from which on the difference between source and view
    offsets is `shifts[k]`; both ascend in `starts`, and `starts[0]` is 0.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def origin(self, offset: int) -> int:
        """Source offset of the view offset `offset` (the start of a character, or the end of the text)."""
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]

    def source(self, start: int, end: int) -> Span:
        """Source span of the view's half-open range; characters dropped by the view at its inner edges stay inside."""
        if end <= start:
            at = self.origin(start)
            return Span(at, at)
        return Span(self.origin(start), self.origin(end - 1) + 1)

    def offset(self, source: int) -> int:
        """View offset of the first view character at or after the source offset."""
        starts, shifts = self.starts, self.shifts
        at = bisect_right(range(len(starts)), source, key=lambda k: starts[k] + shifts[k]) - 1
        if at < 0:
            return 0
        end = starts[at + 1] if at + 1 < len(starts) else len(self.text)
        return min(source - shifts[at], end)

    def range(self, span: Span) -> tuple[int, int]:
        """View range `(start, end)` that shows the source span."""
        return self.offset(span.start), self.offset(span.end)

    def of(self, span: Span) -> str:
        """Normalised text of a source span."""
        start, end = self.range(span)
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Located:
    """A value with the words it was read from (`span` is None where it comes from metadata)."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """版头与版记: who issued what to whom and when. Unknown is None or empty."""

    title: str | None = None
    title_span: Span | None = None
    doc_number: str | None = None
    doc_number_span: Span | None = None
    issuers: tuple[str, ...] = ()
    doc_type: str | None = None
    kind: DocumentKind = DocumentKind.OTHER
    level: Level | None = None
    addressees: tuple[str, ...] = ()
    addressees_span: Span | None = None
    issued_date: date | None = None
    issued_date_span: Span | None = None
    published_date: date | None = None
    effective_date: date | None = None
    expires_date: date | None = None
    printed_date: date | None = None
    topic: str | None = None
    index_number: str | None = None
    publicity: str | None = None
    attachments: tuple[Located, ...] = ()
    copies_to: tuple[str, ...] = ()
    source: str | None = None
    body: Span | None = None
    """From the first word after the addressees to the signature; what lies outside is masthead, record and page furniture."""


@dataclass(frozen=True, slots=True)
class InnerDocument:
    """What a 转发 or 印发 notice wraps: its own title and span; its provisions are those within `span`."""

    title: str
    span: Span
    issuer: str | None = None
    issued_date: date | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered unit. `id` is the path of labels (`二/（七）/2`), unique in the document; `level` counts from 1 (outermost).

    `span` is the unit's own text up to its first child or the next unit, `whole` the unit with all its children,
    `heading` the span of its heading sentence or line, if it has one.
    """

    id: str
    label: str
    level: int
    span: Span
    whole: Span
    heading: Span | None = None
    text: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit. `norm` is the normal form of the labelling guide; `due` the concrete last day, or None with `reason`."""

    span: Span
    quote: str
    norm: str
    kind: str
    amount: int | None = None
    unit: str | None = None
    trigger: str | None = None
    bound: str | None = None
    date: Day | None = None
    due: Day | None = None
    exception: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A body that bears or supports a duty: its name in the source script and where; `full`: resolved, in Simplified script."""

    name: str
    span: Span | None = None
    full: str | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Obligation:
    """One operative statement. `quote` is the source text of `span`, `text` the same in the normalised view."""

    span: Span
    quote: str
    text: str
    modality: tuple[Modality, ...]
    provision: str | None = None
    actors: tuple[Actor, ...] = ()
    supporting: tuple[Actor, ...] = ()
    recipients: tuple[str, ...] = ()
    action: str | None = None
    targets: tuple[str, ...] = ()
    condition: str | None = None
    exception: str | None = None
    qualified: bool = False
    deadlines: tuple[Deadline, ...] = ()
    listed: bool = False
    """A thing in a list (身份证；): what orders it is the sentence that opens the list."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A document or law named in the text. `role` is `cites`, `implements`, `amends`, `repeals`, `forwards` or `interprets`."""

    span: Span
    title: str | None = None
    doc_number: str | None = None
    article: str | None = None
    role: str = "cites"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one document; each finder fills in its part."""

    view: View = View("")
    masthead: Masthead = Masthead()
    inner: tuple[InnerDocument, ...] = ()
    provisions: tuple[Provision, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    """Time limits outside obligations: entry into force, validity."""
    citations: tuple[Citation, ...] = ()
    script: str = "hans"
    """`hans`, `hant` or `mixed`."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding points. `span` is None for a finding about the whole document."""

    span: Span | None = None
    provision: str | None = None
    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    column: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage elsewhere that bears a finding out. `in_force` is None where validity is unknown."""

    source: str
    quote: str
    title: str | None = None
    doc_number: str | None = None
    provision: str | None = None
    similarity: float | None = None
    in_force: bool | None = None
    own: Span | None = None
    """The passage of the judged document that this stands against."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A certain repair: replace the words of `span` by `replacement`."""

    span: Span
    replacement: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a document. `undetermined` marks a rule that lacked what it needs; `message` then says what."""

    rule: str
    name: str
    severity: Severity
    message: str
    path: str
    article: str
    location: Location = Location()
    evidence: tuple[Evidence, ...] = ()
    suggestion: str = ""
    fix: Fix | None = None
    fingerprint: str = ""
    undetermined: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One document, read and understood."""

    document: Document
    facts: Facts
    findings: tuple[Finding, ...] = field(default=())
