"""OFD files made for tests: pages of texts at given places, rules, pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(x: float, y: float, words: str, size: float = 5.6, step: float | None = None) -> str:
    """A text object whose upper left corner is at `x`, `y` in millimetres; `step` is the distance of its characters."""
    deltas = f' DeltaX="g {len(words) - 1} {step or size}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 160 {size}" Size="{size}"><ofd:TextCode X="0" Y="{size * 0.875}"{deltas}>'
        f"{escape(words)}</ofd:TextCode></ofd:TextObject>"
    )


def rule(x: float, y: float, width: float, height: float) -> str:
    line = f"M 0 0 L {width} {height}"
    return (
        f'<ofd:PathObject Boundary="{x} {y} {width} {height}"><ofd:AbbreviatedData>{line}</ofd:AbbreviatedData></ofd:PathObject>'
    )


PICTURE = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="4"/>'


def made_ofd(
    pages: Sequence[str], template: str = "", parts: dict[str, bytes] | None = None, root: str = "Doc_0/Document.xml"
) -> bytes:
    """An OFD with the objects of each page over those of the template; `parts` are added or replace others."""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    common = '<ofd:TemplatePage ID="99" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    used = '<ofd:Template TemplateID="99"/>' if template else ""
    files = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocInfo><ofd:Title>清淤方案</ofd:Title></ofd:DocInfo>"
        f"<ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": _page(template, ""),
    }
    files |= {f"Doc_0/Pages/Page_{i}/Content.xml": _page(objects, used) for i, objects in enumerate(pages)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({name: content.encode() for name, content in files.items()} | (parts or {})).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _page(objects: str, used: str) -> str:
    return f"<ofd:Page {SPACE}>{used}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
