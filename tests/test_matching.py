"""Fingerprints, postings, alignment and relations: cases from `cases/corpus`, and laws that hold for any text."""

from __future__ import annotations

import itertools
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shenwen.corpus import postings, postings_sort
from shenwen.corpus.amendments import changes
from shenwen.corpus.entries import Entry, Unit, entry_of
from shenwen.corpus.fingerprints import PIECE, SCALE, canonical, document_fingerprints, fingerprint, thinned
from shenwen.corpus.matching import align, candidates, coverage, linked, look_up, postings_of
from shenwen.corpus.model import Document, Span
from shenwen.corpus.namesakes import with_namesakes
from shenwen.corpus.novelty import new_in
from shenwen.corpus.postings_sort import sorted_parts
from shenwen.corpus.relations import families, find_relations
from shenwen.extractors.read import read_bytes
from shenwen.pipeline.process import understand

CASES = Path(__file__).parent / "cases" / "corpus"
TEXT = "供水企业每年为用户检测管网漏损，检测报告存入档案备查；漏损率连续超标的，限期更换管材，费用不得转嫁给用户。"


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def made(*paragraphs: str) -> Entry:
    return Entry("甲.txt", "", units=tuple(Unit(text, Span(0, len(text)), operative=True) for text in paragraphs))


@pytest.mark.parametrize("case", cases("canonical")["same"], ids=lambda case: case["a"])
def test_what_offices_change_does_not_matter(case: dict[str, str]) -> None:
    assert canonical(case["a"]) == canonical(case["b"]) != ""


@pytest.mark.parametrize("case", cases("canonical")["different"], ids=lambda case: case["a"])
def test_what_matters_is_kept(case: dict[str, str]) -> None:
    assert canonical(case["a"]) != canonical(case["b"])


def test_fingerprints_are_for_ever() -> None:
    """Indexes hold these numbers: a change is a new format of the index."""
    assert fingerprint(TEXT).tolist() == [381741556806793379, 1394118765180319722, 2050685743059055960, 2277904678475949483]


def test_fingerprints_are_the_same_in_another_process() -> None:
    code = f"from shenwen.corpus.fingerprints import fingerprint; print(*fingerprint({TEXT * 3!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert [int(word) for word in run.stdout.split()] == fingerprint(TEXT * 3).tolist()


@given(st.text(alphabet="供水企业每年检测管网漏损报告存入档案备查更换材料费用一二3的\n。， ", max_size=300))
@settings(max_examples=60, deadline=None)
def test_fingerprints_are_ascending_distinct_and_of_the_scale(text: str) -> None:
    hashes = fingerprint(text)
    assert np.array_equal(hashes, np.unique(hashes))
    assert all(int(each) < 2**64 // SCALE for each in hashes)
    assert len(hashes) <= max(len(canonical(text)) - PIECE + 1, 0)
    assert np.array_equal(thinned(hashes, 4 * SCALE), hashes[hashes < 2**64 // (4 * SCALE)])


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_canonical_takes_any_text(text: str) -> None:
    assert canonical(canonical(text)) is not None
    assert "\n" not in canonical(text)


def test_fingerprints_of_a_document_are_those_of_its_units() -> None:
    units = (TEXT, "第二条　" + TEXT[::-1] * 2)
    prints = document_fingerprints(made(*units))
    assert prints.distinct().tolist() == sorted({int(each) for unit in units for each in fingerprint(unit)})
    assert set(prints.units.tolist()) <= {0, 1}


sets = st.lists(st.sets(st.integers(0, 40), max_size=12), min_size=2, max_size=12)


@given(sets, st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_candidates_are_all_pairs_with_enough_in_common(documents: list[set[int]], least: int) -> None:
    prints = [np.array(sorted(each), dtype=np.uint64) for each in documents]
    found = candidates(linked(prints), least=least, share=0.0).tolist()
    pairs = itertools.combinations(range(len(documents)), 2)
    assert found == [[a, b, len(documents[a] & documents[b])] for a, b in pairs if len(documents[a] & documents[b]) >= least]


@given(sets)
@settings(max_examples=40, deadline=None)
def test_sorted_on_files_and_counted_in_batches_it_is_the_same(documents: list[set[int]]) -> None:
    prints = [np.array(sorted(each), dtype=np.uint64) << np.uint64(55) for each in documents]
    whole, at_once = postings_of(prints), candidates(linked(prints), 1, 0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings_sort, "_CHUNK", 5)
        patch.setattr(postings_sort, "_SPOOLED", 30)
        patch.setattr(postings, "_BATCH", 7)
        sizes, parts = sorted_parts(prints)
        hashes, holders = map(np.concatenate, zip(*parts, strict=True))
        assert np.array_equal(candidates(linked(prints), 1, 0.0), at_once)
    assert np.array_equal(hashes, whole.hashes)
    assert np.array_equal(holders, whole.documents)
    assert np.array_equal(sizes, whole.sizes)


@given(sets)
@settings(max_examples=100, deadline=None)
def test_look_up_ranks_by_what_is_shared(documents: list[set[int]]) -> None:
    prints = [np.array(sorted(each), dtype=np.uint64) for each in documents]
    hits = look_up(prints[0], postings_of(prints), least=1)
    shared = {n: len(documents[0] & each) for n, each in enumerate(documents) if documents[0] & each}
    assert {hit.document: hit.shared for hit in hits} == shared
    assert [hit.document for hit in hits] == sorted(shared, key=lambda n: (-shared[n], n))


def test_documents_of_one_title_are_compared_whatever_they_have_in_common() -> None:
    titles = [
        "井盐条例",
        "中华人民共和国井盐专营条例",
        None,
        "井盐专营条例（2019年修订）",
        "关于转发文件的通知",
        *["年度工作总结报告"] * 20,
    ]
    assert with_namesakes(np.array([[0, 2]]), titles).tolist() == [[0, 2], [1, 3]]
    assert with_namesakes(np.array([[0, 2]]), [None, "井盐"]).tolist() == [[0, 2]]


def test_a_long_family_is_linked_through_neighbours() -> None:
    prints = [np.array([1, 2, 3, 4], dtype=np.uint64)] * 30
    rows = candidates(linked(prints, common=10))
    assert {(a, a + 1) for a in range(29)} <= {(a, b) for a, b, _ in rows.tolist()}
    assert len(rows) < 30 * 5


@pytest.mark.parametrize("case", cases("alignment")["case"], ids=lambda case: case["name"])
def test_alignment(case: dict[str, Any]) -> None:
    a, b = made(*case["a"]), made(*case["b"])
    passages = align(a, b)
    assert coverage(a, passages) == pytest.approx(case["cover_a"], abs=0.06)
    assert coverage(b, passages, "b") == pytest.approx(case["cover_b"], abs=0.06)
    assert [[each.a + 1, each.b + 1] for each in passages] == case["pairs"]


def relation_documents() -> dict[str, Entry]:
    found = {}
    for each in cases("relations")["document"]:
        document = read_bytes(each.get("path", f"{each['id']}.txt"), each["text"].strip("\n").encode())
        assert isinstance(document, Document)
        found[each["id"]] = entry_of(understand(document), each.get("source", "issued"))
    return found


@pytest.mark.parametrize("pair", cases("relations")["pair"], ids=lambda pair: f"{pair['a']}-{pair['b']}")
def test_relations(pair: dict[str, str]) -> None:
    entries = relation_documents()
    found = list(find_relations([entries[pair["a"]], entries[pair["b"]]]))
    assert [each.relation.value for each in found] == ([pair["relation"]] if pair["relation"] != "none" else [])


def test_the_order_of_entries_does_not_matter() -> None:
    entries = list(relation_documents().values())
    forwards, backwards = list(find_relations(entries)), list(find_relations(reversed(entries)))
    assert forwards == backwards
    assert [(each.a, each.b) for each in forwards] == sorted((each.a, each.b) for each in forwards)
    copies = {path: home for path, home in families(forwards).items() if "条例" not in path}
    assert copies == dict.fromkeys(("省意见.txt", "省意见一段.txt", "省意见网页.txt"), "省意见.txt")


EDGES = ["泵站应当每日巡查并作记录。", "水尺应当每旬校对并作记录。", "闸门应当每月启闭并作记录。"]
CHANGED = [
    (["堤防由水务局每季检查一次。"], ["堤防由水务局每季检查3次。"], (0, 0, 0)),
    (["堤防由水务局每季检查一次。"], ["堤坊由水务局每季检查一次。"], (0, 0, 0)),
    (["堤防由水务局每季检查一次。"], ["堤防由河道管理处每季检查一次。"], (1, 0, 1)),
    (["堤防由水务局每季检查一次。"], ["堤防由水务局会同乡镇每季检查一次。"], (0, 0, 1)),
    (["堤防由水务局每季检查一次。", "汛期停止采砂作业。"], ["堤防由水务局每季检查一次。", "林木砍伐报经批准。"], (0, 1, 2)),
]


@pytest.mark.parametrize(("ours", "theirs", "expected"), CHANGED, ids=["number", "slip", "reworded", "put in", "own"])
def test_how_nearly_equal_texts_differ(ours: list[str], theirs: list[str], expected: tuple[int, int, int]) -> None:
    assert changes(made(*EDGES, *ours, *EDGES), made("首页", *EDGES, *theirs, *EDGES, "打印本页")) == expected


NEW = [
    ("公共浴室要按月抄表。", [], set()),
    ("公共浴室应当在20日内完成抄表。", [("时限", "20日内")], set()),
    ("公共浴室应当在十五日内完成抄表，用水量下降30%。", [("标准", "30%")], set()),
    ("由市财政局负责公共浴室抄表。", [("责任主体", "市财政局")], set()),
]


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, expected, _ in NEW], ids=lambda case: str(case)[:20])
def test_what_is_new(text: str, expected: list[tuple[str, str]]) -> None:
    assert [tuple(each) for each in new_in(text, ["公共浴室应当在15日内按月完成抄表。"])] == expected
