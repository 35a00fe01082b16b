"""Automatic numbers of the made lists beside LibreOffice's: equal but for what LibreOffice leaves out of the standard.

python tests/benchmarks/list_numbers.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from made_lists import LISTS

from shenwen.extractors.content import Limits
from shenwen.extractors.word.read_docx import read_docx

#: Where LibreOffice (7.4) departs from ISO/IEC 29500-1: lvlRestart (17.9.10), a second startOverride (17.9.26), isLgl (17.9.4).
KNOWN = {"articles run on through chapters", "a start override to another number", "legal numbering shows figures"}


def lines(text: str) -> list[str]:
    """Lines with words; a number alone belongs to an empty paragraph."""
    found = (re.sub(r"\s", "", line) for line in text.lstrip("\ufeff").split("\n"))
    return [line for line in found if re.search(r"[^一二三四五六七八九十\d、.（）]", line)]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        named = {name: Path(folder) / f"{at}.docx" for at, name in enumerate(LISTS)}
        for name, path in named.items():
            path.write_bytes(LISTS[name][0])
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, *map(str, named.values())]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        same = {
            name: lines(path.with_suffix(".txt").read_text("utf-8")) == lines(read_docx(path.read_bytes(), Limits()).text)
            for name, path in named.items()
        }
    for name in same:
        print("same   " if same[name] else "known  " if name in KNOWN else "DIFFERS", name)
    print(f"{sum(same.values())} of {len(same)} equal; unexplained: {sum(not same[name] for name in set(same) - KNOWN)}")


if __name__ == "__main__":
    main()
