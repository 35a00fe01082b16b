"""The house rules that a machine can check: import fences, laziness, size of functions and files, names of modules."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "extractors", "checks", "pipeline")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "samples" not in path.parts)

#: Third-party library → modules that may import it. A library used in one place can be replaced in one place.
FENCES: dict[str, set[str]] = {
    "opencc": {"extractors/text.py"},
    "docx": {"pipeline/reports/annotated_docx.py", "pipeline/reports/opinion_docx.py"},
    "pdfplumber": set(),  # rules are pdfium's too: only the benchmark compares with it
    "pypdfium2": {"extractors/pages/pdf_pages.py", "extractors/pages/pdfium.py"},
    "rapidocr": {"extractors/pages/ocr.py"},
    "PIL": {"extractors/pages/ocr.py"},
    "selectolax": {"extractors/html_pieces.py"},
    "olefile": {"extractors/word/doc_file.py"},
    "lxml": {"extractors/word/docx_package.py", "pipeline/reports/annotated_docx.py", "pipeline/reports/word_comments.py"},
    "chinese_calendar": set(),  # only the tests compare with it: the table we ship is our own
    "xlsxwriter": {"pipeline/reports/workbook.py"},
    "spacy": {"extractors/spacy_components.py"},
    "psutil": {"pipeline/engine.py"},
    "icalendar": {"pipeline/reports/ledger_ics.py"},
}


def imports(path: Path) -> set[str]:
    """Top-level names imported anywhere in the file, and `shenwen.<folder>` for our own."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        found |= {".".join(name.split(".")[: 2 if name.startswith("shenwen.") else 1]) for name in names}
    return found


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and length in lines, docstring not counted, of every function in the file."""
    rows = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = node.body[0] if ast.get_docstring(node) is not None else None
            own = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
            rows.append((node.name, (node.end_lineno or 0) - node.lineno + 1 - own))
    return rows


@pytest.mark.parametrize("library", sorted(FENCES))
def test_each_library_has_its_one_place(library: str) -> None:
    users = {str(path.relative_to(ROOT)) for path in FILES if library in imports(path)}
    assert users <= FENCES[library]


def test_nobody_imports_the_folders_by_their_bare_names() -> None:
    guilty = {str(path.relative_to(ROOT)) for path in FILES if imports(path) & set(PACKAGES)}
    assert not guilty


def test_functions_are_small_and_files_do_one_thing() -> None:
    lengths = sorted(length for path in FILES for _, length in functions(path))
    long = {f"{path.relative_to(ROOT)}:{name}": length for path in FILES for name, length in functions(path) if length > 60}
    assert not long
    assert lengths[len(lengths) // 2] <= 12
    assert lengths[int(len(lengths) * 0.9)] <= 40
    large = {str(path.relative_to(ROOT)): n for path in FILES if (n := len(path.read_text().splitlines())) > 450}
    assert not large


def test_no_module_without_a_noun() -> None:
    assert not [path for path in FILES if path.stem in {"utils", "helpers", "common", "manager", "misc"}]


HEAVY = ("spacy", "pandas", "numpy", "pdfplumber", "pypdfium2", "docx", "lxml", "jieba", "xlsxwriter", "pyarrow", "jinja2")


def modules_loaded_by(*arguments: str) -> set[str]:
    """Top-level modules in memory after `shenwen ARGUMENTS` ran."""
    code = (
        "import sys\n"
        f"sys.argv = ['shenwen', *{list(arguments)!r}]\n"
        "from shenwen.pipeline.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\nLOADED', ' '.join({name.split('.')[0] for name in sys.modules}))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.rpartition("LOADED ")[2].split())


def test_help_loads_nothing_heavy() -> None:
    assert not modules_loaded_by("--help") & set(HEAVY)


def test_lint_of_a_text_file_loads_nothing_heavy(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("关于做好防汛工作的通知\n各县（区）人民政府：\n请于6月底前完成河道清障。\n", encoding="utf-8")
    loaded = modules_loaded_by("lint", str(draft))
    assert "shenwen" in loaded
    assert not loaded & set(HEAVY)


def test_names_of_definitions_in_the_model_are_unique() -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for path in (ROOT / "corpus").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                names[node.name].append(path.name)
    assert not {name: files for name, files in names.items() if len(files) > 1}
