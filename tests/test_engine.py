"""Worker processes: results in order, a hanging or dying task costs itself, large results do not clog the pipes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from shenwen.pipeline.engine import Lost, run_all

TASKS = list(range(40))


def square(n: int) -> str:
    return str(n * n)


def large(n: str) -> str:
    return n + "x" * 300_000


def troubled(n: int) -> str:
    if n == 5:
        time.sleep(60)
    if n == 7:
        while True:
            pass
    if n == 11:
        os._exit(9)
    if n == 17:
        raise ValueError("unforeseen")
    if n == 23:
        return str(len(bytes(3 << 30)))
    return str(n)


def waiting(seconds: float) -> str:
    time.sleep(seconds)
    return str(seconds)


def lost(task: object, why: Lost) -> str:
    return f"{task}:{why.reason.value}:{why.message}"


def test_results_come_in_order() -> None:
    assert list(run_all(TASKS, square, lost, jobs=2)) == [str(n * n) for n in TASKS]


def test_large_tasks_and_results_do_not_clog() -> None:
    tasks = [str(n) + "y" * 300_000 for n in range(24)]
    assert [len(result) for result in run_all(tasks, large, lost, jobs=2)] == [len(task) + 300_000 for task in tasks]


def test_a_task_that_hangs_dies_fails_or_takes_all_memory_costs_only_itself() -> None:
    results = list(run_all(TASKS, troubled, lost, jobs=2, seconds=0.3, memory=1 << 30))
    troubles = {
        5: ("timeout", "没有结束"),
        7: ("timeout", "0.3 秒"),
        11: ("crashed", "意外退出"),
        17: ("crashed", "unforeseen"),
        23: ("crashed", "上限 1 GB"),
    }
    for n, result in enumerate(results):
        reason, words = troubles.get(n, (None, ""))
        if reason is None:
            assert result == str(n)
        else:
            assert result.startswith(f"{n}:{reason}:")
            assert words in result


def test_a_task_that_only_waits_is_given_time() -> None:
    assert list(run_all([0.6], waiting, lost, jobs=1, seconds=0.2)) == ["0.6"]


def test_workers_end_quietly_with_the_process_that_started_them() -> None:
    code = (
        "import os, signal, sys\n"
        "from shenwen.pipeline.engine import run_all\n"
        "from test_engine import lost, square\n"
        "if __name__ == '__main__':\n"
        "    for n, _ in enumerate(run_all(range(10**6), square, lost, jobs=2)):\n"
        "        if n == 50:\n"
        "            os.kill(0 if sys.argv[1] == 'SIGINT' else os.getpid(), getattr(signal, sys.argv[1]))\n"
    )
    for name in ("SIGINT", "SIGKILL"):
        run = subprocess.run(
            [sys.executable, "-c", code, name], cwd=Path(__file__).parent, capture_output=True, timeout=60, start_new_session=True
        )
        assert run.returncode != 0
        assert run.stderr.count(b"Traceback") == (name == "SIGINT")  # the parent's own KeyboardInterrupt


def test_no_tasks_no_results() -> None:
    assert list(run_all([], square, lost, jobs=2)) == []


def test_stopping_early_ends_the_workers() -> None:
    results = run_all(range(10_000), square, lost, jobs=2)
    assert next(results) == "0"
    results.close()  # type: ignore[attr-defined]
