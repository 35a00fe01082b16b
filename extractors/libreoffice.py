"""LibreOffice, where it is installed, as the second way to read old formats: headless, in a folder and a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from shenwen.extractors.content import Limits

_PROGRAMS = ("soffice", "libreoffice")


def convert_to_docx(data: bytes, ending: str, limits: Limits) -> bytes | None:
    """The bytes of the same document as docx; None where LibreOffice is missing, takes too long or cannot read it."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source.{ending}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx"]
        try:
            done = [*command, "--outdir", folder, str(source)]
            subprocess.run(done, check=False, capture_output=True, timeout=max(1.0, limits.seconds * 0.8), cwd=folder)
        except (subprocess.TimeoutExpired, OSError):
            return None
        made = Path(folder) / "source.docx"
        return made.read_bytes() if made.is_file() else None
