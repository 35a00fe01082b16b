"""The made archive keeps its promises, and what was planted in it is found."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from bench_duplicates import light_entry
from made_archive import Made, draft, made_archive, original

from shenwen.corpus.fingerprints import document_fingerprints
from shenwen.corpus.matching import align, candidates, coverage, linked


@pytest.fixture(scope="module")
def archive() -> list[Made]:
    return list(made_archive(200, seed=3))


def test_the_seed_decides_everything(archive: list[Made]) -> None:
    assert [made.text for made in made_archive(40, seed=3)] == [made.text for made in archive[:40]]
    assert archive[0].text != next(made_archive(1, seed=4)).text


def test_all_planted_pairs_are_candidates(archive: list[Made]) -> None:
    number = {made.path: n for n, made in enumerate(archive)}
    planted = {tuple(sorted((n, number[made.origin]))) for n, made in enumerate(archive) if made.origin}
    rows = candidates(linked([document_fingerprints(light_entry(made)).distinct() for made in archive]))
    assert len(planted) > 10
    assert planted <= {(a, b) for a, b, _ in rows.tolist()}


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8, 1.0])
def test_coverage_of_edited_copies(archive: list[Made], share: float) -> None:
    chooser = random.Random(5)
    for source in [made for made in archive if made.origin is None][:10]:
        made = draft(chooser, source, share, "draft.txt")
        own = light_entry(made)
        assert coverage(own, align(own, light_entry(source))) == pytest.approx(made.share, abs=0.08)


def test_independent_documents_on_one_field_have_little_in_common(archive: list[Made]) -> None:
    chooser = random.Random(6)
    for source in archive[:20]:
        own = light_entry(original(chooser, "own.txt", source.field))
        assert coverage(own, align(own, light_entry(source))) < 0.15
