"""The normalised view: what it says, and that its map leads back."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Block, Document, Span
from shenwen.extractors.text import fold_width, normalise, script_of, view_of

WORDS = tomllib.loads(resources.files("shenwen.corpus.reference").joinpath("wording.toml").read_text(encoding="utf-8"))["word"]
LETTERS = "檔案附屬程式最佳化網際網路民眾各地各部門要在三個工作日內完成，。,();：１２ａ 　人事馆\n"


def document(text: str, wrapped: bool = False) -> Document:
    lines, at = [], 0
    for line in [text] if wrapped else text.split("\n"):
        lines.append(Block(Span(at, at + len(line))))
        at += len(line) + 1
    return Document("a.txt", "0" * 64, FileFormat.TXT, text, tuple(lines))


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry["from"])
def test_wording_proves_itself_on_its_examples(entry: dict[str, list[str]]) -> None:
    # the table only speaks for text in Traditional script, so the examples are put into such a text
    for example in entry["examples"]:
        assert entry["to"] in view_of(document("為進一步關於執行責任，" + example))[0].text
    for example in entry.get("counter_examples", []):
        assert view_of(document("為進一步關於執行責任，" + example))[0].text.endswith(example)


def test_longer_words_keep_their_place_in_the_source() -> None:
    text = "為落實責任，網際網路平台作為附屬檔案印發，不單獨發文。"
    view, script = view_of(document(text))
    assert script == "hant"
    at = view.text.index("附件")
    assert text[slice(view.source(at, at + 2).start, view.source(at, at + 2).end)] == "附屬檔案"
    at = view.text.index("单独")
    assert text[view.origin(at) : view.origin(at) + 2] == "單獨"


def test_simplified_text_is_not_reworded() -> None:
    assert normalise("完善档案管理，规范办事程式") == "完善档案管理，规范办事程式"


def test_width_is_folded_beside_chinese_only() -> None:
    assert fold_width("省政府,各部门:２０１９年（一）") == "省政府，各部门：2019年（一）"
    assert fold_width("(1)以就业为由\nf(1)的值") == "（1）以就业为由\nf（1）的值"
    assert fold_width("see a,b: c") == "see a,b: c"


def test_scripts() -> None:
    assert script_of("为进一步提高执行力") == "hans"
    assert script_of("為進一步提高執行力") == "hant"


def test_wrapped_lines_are_joined_in_the_view_only() -> None:
    text = "各单位要在5个工\n  作日内反馈。"
    view, _ = view_of(document(text, wrapped=True))
    assert view.text == "各单位要在5个工作日内反馈。"
    at = view.text.index("工作日")
    assert text[slice(*_pair(view.source(at, at + 3)))] == "工\n  作日"


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


@given(st.text(alphabet=LETTERS, max_size=80), st.booleans())
def test_the_map_is_monotonic_and_stays_inside(text: str, wrapped: bool) -> None:
    view, _ = view_of(document(text, wrapped))
    origins = [view.origin(i) for i in range(len(view.text) + 1)]
    assert origins == sorted(origins)
    assert all(0 <= origin <= len(text) for origin in origins)
    assert view.origin(len(view.text)) == len(text) or not view.text or text.endswith(("\n", " "))


@given(st.text(alphabet=LETTERS, max_size=60))
def test_unchanged_characters_point_at_themselves(text: str) -> None:
    view, _ = view_of(document(text))
    for at, char in enumerate(view.text):
        if char in "工作日内完成":
            assert normalise(text[view.origin(at)]) == char


@given(st.text(max_size=200))
def test_any_text_has_a_view(text: str) -> None:
    view, script = view_of(document(text))
    assert script in {"hans", "hant", "mixed"}
    assert len(view.starts) == len(view.shifts)


@pytest.mark.parametrize("text", ["为什么成绩显著的著作要整理档案", "怎么办？著者自负"])
def test_simplified_text_with_shared_characters_stays(text: str) -> None:
    view, script = view_of(document(text))
    assert (view.text, script) == (text, "hans")


def test_strayed_traditional_characters_change_one_by_one() -> None:
    text = "各单位要加强档案管理，成绩显著的予以表扬。" * 6 + "關于落实。"
    view, script = view_of(document(text))
    assert script == "mixed"
    assert view.text == text.replace("關", "关")


def test_symbols_of_private_fonts_are_blanks() -> None:
    assert view_of(document("云川市档案办法\ue003\uf0d8"))[0].text == "云川市档案办法  "
