"""A cluster of two workers: the same results as here, whatever becomes of tasks and workers; trouble with it is told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_engine import TASKS, lost, square
from test_scan import notice

from shenwen.checks.settings import Settings
from shenwen.corpus.index import open_index
from shenwen.pipeline import scan_outputs
from shenwen.pipeline.engine_dask import ClusterProblem, check_cluster, run_on_cluster
from shenwen.pipeline.scan import Job, read_archive

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


def deadly(n: int) -> str:
    if n == 11:
        os._exit(9)
    return square(n)


def test_results_come_in_order_and_a_task_that_dies_costs_only_itself(cluster: Any) -> None:
    results = list(run_on_cluster(TASKS, deadly, lost, cluster.scheduler_address, 30.0))
    assert results[11].startswith("11:crashed:")
    assert results[:11] + results[12:] == [square(n) for n in TASKS if n != 11]


def test_a_worker_that_is_killed_changes_nothing(cluster: Any) -> None:
    results = run_on_cluster(range(400), square, lost, cluster.scheduler_address, 30.0)
    begun = [next(results)]
    os.kill(next(iter(cluster.workers.values())).process.pid, signal.SIGKILL)
    assert [*begun, *results] == [square(n) for n in range(400)]


def test_a_scan_there_writes_what_a_scan_here_writes(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(scan_outputs, "_FEW", 0)
    folder = Path("档案")
    folder.mkdir()
    for month, topic in enumerate(("河道", "校车", "燃气", "河道", "校车"), 1):
        (folder / f"{month}.txt").write_text(notice(topic, month), encoding="utf-8")
    (folder / "断.pdf").write_bytes(b"%PDF-1.5\n1 0 obj")
    files, written = sorted(map(str, folder.iterdir())), []
    for name, scheduler in (("here", None), ("there", cluster.scheduler_address)):
        job = Job(Settings(), date(2026, 3, 1), 30.0, 1, scheduler=scheduler)
        with open_index(Path(name), create=True) as index:
            assert read_archive(index, files, ["档案"], job) == len(files)
            scan_outputs.write_outputs(index, files, job, Path(name))
        written.append([Path(name, output).read_bytes() for output in scan_outputs.OUTPUTS])
    assert written[0] == written[1]
    assert b'"revision"' in written[0][scan_outputs.OUTPUTS.index(scan_outputs.RELATIONS)]


@pytest.mark.parametrize(("address", "words"), [("127.0.0.1", "无法连接"), ("tcp://127.0.0.1:9", "无法连接")])
def test_a_cluster_that_is_not_there_is_told(address: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shenwen.pipeline.engine_dask._CONNECT_SECONDS", 0.5)
    with pytest.raises(ClusterProblem, match=words):
        check_cluster(address, [])


def test_folders_that_workers_do_not_see_are_told(cluster: Any, tmp_path: Path) -> None:
    with pytest.raises(ClusterProblem, match="不在这里"):
        check_cluster(cluster.scheduler_address, [str(tmp_path / "不在这里")])
