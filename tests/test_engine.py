"""Worker processes: results in order, a hanging or dying task costs itself, large results do not clog the pipes."""

from __future__ import annotations

import os
import time

from shenwen.corpus.model import Reason
from shenwen.pipeline.engine import Lost, run_all

TASKS = list(range(40))


def square(n: int) -> str:
    return str(n * n)


def large(n: str) -> str:
    return n + "x" * 300_000


def troubled(n: int) -> str:
    if n == 5:
        time.sleep(60)
    if n == 11:
        os._exit(9)
    return str(n)


def lost(task: object, why: Lost) -> str:
    return f"{task}:{why.reason.value}"


def test_results_come_in_order() -> None:
    assert list(run_all(TASKS, square, lost, jobs=2)) == [str(n * n) for n in TASKS]


def test_large_tasks_and_results_do_not_clog() -> None:
    tasks = [str(n) + "y" * 300_000 for n in range(24)]
    assert [len(result) for result in run_all(tasks, large, lost, jobs=2)] == [len(task) + 300_000 for task in tasks]


def test_a_hanging_and_a_dying_task_cost_only_themselves() -> None:
    results = list(run_all(TASKS, troubled, lost, jobs=2, seconds=1.0))
    expected = [str(n) for n in TASKS]
    expected[5], expected[11] = f"5:{Reason.TIMEOUT.value}", f"11:{Reason.CRASHED.value}"
    assert results == expected


def test_no_tasks_no_results() -> None:
    assert list(run_all([], square, lost, jobs=2)) == []


def test_stopping_early_ends_the_workers() -> None:
    results = run_all(range(10_000), square, lost, jobs=2)
    assert next(results) == "0"
    results.close()  # type: ignore[attr-defined]
