"""Real formats with random damage: every mutated file ends with a document or a clear reason, never with a crash.

The run is seeded and small; `tests/benchmarks/mutations.py` runs as many as asked, in workers that are killed when they hang.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hostile import MAIL, NOTICE, cell, docx, xlsx, zipped
from made_ofd import made_ofd, text
from made_pdf import made_pdf, ruled, typeset

from shenwen.corpus.model import Failure, Reason
from shenwen.extractors.content import Limits
from shenwen.extractors.read import read_members

TABLE = "<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc>" * 3 + "</w:tr></w:tbl>"
PARAGRAPHS = ["一、市水务局要于2026年6月底前完成河道清淤，并向市人民政府报告。", "（一）各县（区）人民政府负总责。"] * 6
PAGE = "<html><meta charset='utf-8'><title>通知</title><body><div class='nav'><a href='/'>首页</a></div>"
RTF = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\pard\u27827?\u36947?\u28165?\u28132?\par\trowd\cellx900 a\cell\row\'c7\'e5\par}"


def seeds() -> dict[str, bytes]:
    """One small file of each format."""
    page = PAGE + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "<table><tr><td>任务<td>时限</table></body></html>"
    paragraphs = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in PARAGRAPHS)
    cells = [["任务", "时限"], ["清淤", "2026年6月"]]
    return {
        "txt": NOTICE * 4,
        "html": page.encode(),
        "rtf": RTF * 2,
        "docx": docx(paragraphs + TABLE),
        "pdf": made_pdf([*typeset(PARAGRAPHS, 8), ruled((60, 200, 400), (700, 670, 640), cells)]),
        "ofd": made_ofd([text(28, 40 + 10 * i, paragraph) for i, paragraph in enumerate(PARAGRAPHS)]),
        "xlsx": xlsx("".join(f'<row r="{n}">{cell(f"A{n}")}{cell(f"B{n}", "2026年6月")}</row>' for n in range(1, 9))),
        "eml": MAIL
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        + page.encode()
        + b"\r\n--b--",
        "zip": zipped({"a.txt": NOTICE, "b.docx": docx()}),
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with one to four random injuries."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        INJURIES[chance.randrange(len(INJURIES))](changed, chance)
    return bytes(changed)


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(1, len(data))
    del data[at : at + chance.choice((1, 7, 100, len(data)))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    part = data[at : at + chance.randint(1, 200)]
    data[at:at] = part * chance.randint(1, 20)


def _fill(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + 30] = bytes([chance.choice((0, 255, 60, 123, 40))]) * 30


def _number(data: bytearray, chance: random.Random) -> None:
    """A digit becomes a large or negative number."""
    digits = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
    if digits:
        at = chance.choice(digits)
        data[at : at + 1] = chance.choice((b"-1", b"99999999999", b"0", b"1e308", b"2147483648"))


def _swap(data: bytearray, chance: random.Random) -> None:
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    data[:] = data[b:] + data[a:b] + data[:a]
    data[:] = data or b"x"


INJURIES: tuple[Callable[[bytearray, random.Random], None], ...] = (_flip, _cut, _repeat, _fill, _number, _number, _flip, _swap)


def inner(kind: str, data: bytes, chance: random.Random) -> bytes:
    """Zipped formats are mostly injured inside, before they are packed: outside, the checksums would stop every injury."""
    if kind not in ("docx", "ofd", "zip") or chance.random() < 0.25:
        return mutated(data, chance)
    import io
    import zipfile

    archive = zipfile.ZipFile(io.BytesIO(data))
    files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in files if "Content_Types" not in name])
    return zipped(files | {name: mutated(files[name], chance)})


def crashes(kind: str, data: bytes, numbers: range) -> list[tuple[int, str]]:
    """Seeds whose mutation of `data` crashed a reader, with the message."""
    found = []
    for number in numbers:
        broken = inner(kind, data, random.Random(f"{kind}{number}"))
        for item in read_members(f"{number}.{kind}", broken, Limits(seconds=20)):
            if isinstance(item, Failure) and item.reason is Reason.CRASHED:
                found.append((number, item.message))
    return found


@pytest.mark.parametrize("kind", sorted(seeds()))
def test_no_mutation_crashes_a_reader(kind: str) -> None:
    assert not crashes(kind, seeds()[kind], range(45))
