"""Small Word files made by hand, one trait of the format at a time: what no library writes can be written here."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="html" ContentType="text/html"/>{}</Types>'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """A run: `properties` is the inside of `w:rPr`."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str = "", properties: str = "", style: str = "", number: tuple[int, int] | None = None) -> str:
    """A paragraph of text or of ready-made runs; `number` is (list, level)."""
    inside = content if content.startswith("<") else run(content) if content else ""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        own += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{own}{properties}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is text or ready-made paragraphs."""
    made = (
        "<w:tr>" + "".join(f"<w:tc>{cell if cell.startswith('<') else par(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    width = max(len(row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(made)}</w:tbl>"


def level(at: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """`w:lvl` of a list; `more` comes between format and text (w:lvlRestart, w:pStyle, w:isLgl, w:suff)."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbering(abstract: dict[int, str], nums: dict[int, tuple[int, str]]) -> str:
    """numbering.xml: abstract lists by id, lists by id as (abstract id, overrides)."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for key, levels in abstract.items()
    )
    lists += "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>' for key, (of, overrides) in nums.items()
    )
    return f"<w:numbering {_SPACES}>{lists}</w:numbering>"


def styles(content: str) -> str:
    return f"<w:styles {_SPACES}>{content}</w:styles>"


def part(kind: str, content: str) -> str:
    """The root element of any other part: `hdr`, `ftr`, `footnotes`, `comments`."""
    return f"<w:{kind} {_SPACES}>{content}</w:{kind}>"


def docx(
    body: str,
    parts: dict[str, str] | None = None,
    chunks: dict[str, bytes] | None = None,
    core: str = "",
    strict: bool = False,
    raw: dict[str, bytes] | None = None,
    external: str = "",
) -> bytes:
    """A docx file. `parts` are roots by name (`styles`, `numbering`, `footnotes`, `comments`, `header1`, …), `chunks` embedded
    documents by name (relationship `chunkNAME`), `raw` members written as they are, `external` a target that nobody may follow.
    """
    members = {"word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"}
    links, overrides = [], [f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>']
    for name, content in (parts or {}).items():
        kind = name.rstrip("0123456789")
        members[f"word/{name}.xml"] = content
        links.append(f'<Relationship Id="r{name}" Type="{R}/{kind}" Target="{name}.xml"/>')
        overrides.append(f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>')
    for name in chunks or {}:
        links.append(f'<Relationship Id="chunk{name.partition(".")[0]}" Type="{R}/aFChunk" Target="/word/{name}"/>')
    if external:
        links.append(f'<Relationship Id="far" Type="{R}/header" Target="{external}" TargetMode="External"/>')
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_RELATIONSHIPS}">{"".join(links)}</Relationships>'
    members["_rels/.rels"] = (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    members["[Content_Types].xml"] = _TYPES.format("".join(overrides))
    if core:
        members["docProps/core.xml"] = core
    if strict:
        members = {name: _strict(content) for name, content in members.items()}
    return zipped({name: content.encode() for name, content in members.items()} | _chunk_members(chunks) | (raw or {}))


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _chunk_members(chunks: dict[str, bytes] | None) -> dict[str, bytes]:
    return {f"word/{name}": content for name, content in (chunks or {}).items()}


def _strict(content: str) -> str:
    strict = content.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    return strict.replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships")
