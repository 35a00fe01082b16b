"""LibreOffice, where it is installed, as the second way to read old formats: headless, in a folder and a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from shenwen.extractors.content import Limits

_PROGRAMS = ("soffice", "libreoffice")
#: What a document asks for beyond itself is refused: macros, and whatever it links to (pictures, sections, sheets).
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def program() -> str | None:
    """Path of LibreOffice's program, None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert(data: bytes, ending: str, to: str, limits: Limits) -> bytes | None:
    """The bytes of the same file in the format `to` (docx, xlsx); None where LibreOffice is missing, takes too long or cannot read it."""
    if (office := program()) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source.{ending}"
        source.write_bytes(data)
        profile = Path(folder) / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", to]
        try:
            done = [*command, "--outdir", folder, str(source)]
            subprocess.run(done, check=False, capture_output=True, timeout=max(1.0, limits.seconds * 0.8), cwd=folder)
        except (subprocess.TimeoutExpired, OSError):
            return None
        made = Path(folder) / f"source.{to}"
        return made.read_bytes() if made.is_file() else None
