"""Many files in worker processes. A file that hangs or kills its worker costs itself, never the batch.

Tasks go out in small chunks; a worker says which task it begins, so that the time of each is watched, that of the processors: on a busy
machine no slow file is lost. What a task raises comes back as its loss; results come in the order of the tasks, and no more are under
way than the workers need, which bounds memory.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from shenwen.corpus.model import Reason

T = TypeVar("T")
R = TypeVar("R")
_CHUNK = 8
#: Chunks that may be out or waiting for an earlier one to end, for each worker.
_AHEAD = 4
#: A worker that has taken so many tasks is replaced: libraries leak.
_TASKS_A_WORKER = 2000
_START_SECONDS = 60.0
#: A task that takes no time of the processors is given up when so many times its limit have gone by.
_ASLEEP = 10
_GIGABYTE = 1 << 30
#: Memory of one worker: four times what the largest PDF of an ordinary archive takes.
MEMORY = 4 * _GIGABYTE


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a task has no result: `TIMEOUT` or `CRASHED`, with one sentence for people."""

    reason: Reason
    message: str


def run_all(
    tasks: Iterable[T],
    work: Callable[[T], R],
    lost: Callable[[T, Lost], R],
    jobs: int | None = None,
    seconds: float = 60.0,
    memory: int = MEMORY,
) -> Iterator[R]:
    """`work(task)` for every task, in order. `work` and tasks must be picklable; `lost` answers for a task without a result.

    `jobs` is the number of processes (default: of processors); `seconds` the limit of processors' time for one task, `memory` that of
    a worker in bytes (on systems that can set one).
    """
    pool = Pool(work, jobs or os.cpu_count() or 1, seconds, memory)
    try:
        yield from pool.run(iter(tasks), lost)
    finally:
        pool.stop()


def _serve(pipe: Connection, work: Callable[[Any], Any], memory: int) -> None:
    """A worker's life: chunks in; for every task `(number, False, processors' seconds so far)` at its begin and
    `(number, True, result)` at its end."""
    _bound(memory)
    with suppress(EOFError, OSError):  # whoever gave the tasks is gone
        while (chunk := pipe.recv()) is not None:
            for number, task in chunk:
                pipe.send((number, False, time.process_time()))
                pipe.send((number, True, _result(work, task, memory)))


def _result(work: Callable[[Any], Any], task: Any, memory: int) -> Any:
    try:
        return work(task)
    except MemoryError:
        return Lost(Reason.CRASHED, f"处理该文件所需内存超过上限 {memory / _GIGABYTE:g} GB")
    except Exception as error:  # any bug costs this task, and is named
        return Lost(Reason.CRASHED, f"程序内部出错：{type(error).__name__}: {error}")


def _bound(memory: int) -> None:
    """Limit what this process may take for itself; files that it maps (an index) are the system's. A system without such a limit
    goes without."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes started within ignore Ctrl-C, which reaches all of a terminal; the one who started them ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would undo the mask at its own start
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _spent(pid: int) -> float:
    """Seconds of the processors that a process and the programs that it runs have taken; 0 for one that is gone."""
    import psutil

    spent = 0.0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            times = each.cpu_times()
            spent += times.user + times.system
    return spent


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    waiting: deque[tuple[int, Any]] = field(default_factory=deque)
    since: float = 0.0
    begun: bool = False
    spent: float = 0.0
    taken: int = 0

    def over(self, seconds: float) -> Lost | None:
        """Why the task at hand must end, where it must."""
        waited = time.monotonic() - self.since - (0 if self.begun else _START_SECONDS)
        if waited > seconds * _ASLEEP:
            return Lost(Reason.TIMEOUT, f"处理 {waited:.0f} 秒没有结束，远超过单个文件的时限 {seconds:g} 秒（seconds），已终止")
        if self.begun and waited > seconds and _spent(self.process.pid) - self.spent > seconds:
            return Lost(Reason.TIMEOUT, f"处理超过单个文件的时限 {seconds:g} 秒（seconds，按处理器时间计），已终止")
        return None


@dataclass(slots=True)
class Pool(Generic[T, R]):
    """Processes that do one kind of work, kept between runs; `stop` ends them."""

    work: Callable[[T], R]
    jobs: int
    seconds: float
    memory: int
    workers: list[_Worker] = field(default_factory=list)
    done: dict[int, R] = field(default_factory=dict)

    def run(self, tasks: Iterator[T], lost: Callable[[T, Lost], R]) -> Iterator[R]:
        """`run_all` with these processes."""
        numbered = enumerate(tasks)
        upcoming = next(numbered, None)
        due = 0
        while True:
            while upcoming and self._out() + len(self.done) < self.jobs * _CHUNK * _AHEAD and (worker := self._idle()):
                # small at first: a few files for all workers
                self._send(worker, [upcoming, *islice(numbered, max(0, min(worker.taken, _CHUNK) - 1))])
                upcoming = next(numbered, None)
            while due in self.done:
                yield self.done.pop(due)
                due += 1
            if not upcoming and not self._out():
                return
            self._listen(lost)

    def _out(self) -> int:
        return sum(len(worker.waiting) for worker in self.workers)

    def _idle(self) -> _Worker | None:
        """A worker that waits for a chunk; a new one where there is room. To others nothing is sent: while a worker writes its
        results and we write its tasks, both pipes may be full."""
        idle = next((worker for worker in self.workers if not worker.waiting), None)
        return idle or (self._start() if len(self.workers) < self.jobs else None)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.work, self.memory), daemon=True)
        with _uninterrupted():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _send(self, worker: _Worker, chunk: list[tuple[int, T]]) -> None:
        if not worker.waiting:
            worker.since, worker.begun = time.monotonic(), False
        worker.waiting.extend(chunk)
        worker.taken += len(chunk)
        with suppress(OSError):  # a dead worker is noticed when it is listened to
            worker.pipe.send(chunk)

    def _listen(self, lost: Callable[[T, Lost], R]) -> None:
        """Take in what workers say; put an end to those that are over their time."""
        busy = [worker for worker in self.workers if worker.waiting]
        ready = wait([worker.pipe for worker in busy], timeout=0.2)
        for worker in busy:
            if worker.pipe in ready:
                self._hear(worker, lost)
            elif why := worker.over(self.seconds):
                self._replace(worker, lost, why)

    def _hear(self, worker: _Worker, lost: Callable[[T, Lost], R]) -> None:
        try:
            while worker.pipe.poll():
                number, ended, result = worker.pipe.recv()
                worker.since, worker.begun = time.monotonic(), not ended
                if not ended:
                    worker.spent = result
                else:
                    _, task = worker.waiting.popleft()
                    self.done[number] = lost(task, result) if isinstance(result, Lost) else result
        except (EOFError, OSError):
            self._replace(worker, lost, self._crashed())
            return
        if worker.taken >= _TASKS_A_WORKER and not worker.waiting:
            self._dismiss(worker)

    def _crashed(self) -> Lost:
        return Lost(
            Reason.CRASHED, f"处理该文件的进程意外退出（可能超过内存上限 {self.memory / _GIGABYTE:g} GB），其余文件不受影响"
        )

    def _replace(self, worker: _Worker, lost: Callable[[T, Lost], R], why: Lost) -> None:
        """End a worker: its first task is lost, a new worker takes the others."""
        self._dismiss(worker, kill=True)
        number, task = worker.waiting.popleft()
        self.done[number] = lost(task, why)
        if worker.waiting:
            self._send(self._start(), list(worker.waiting))

    def _dismiss(self, worker: _Worker, kill: bool = False) -> None:
        self.workers.remove(worker)
        if kill:
            worker.process.kill()
        else:
            with suppress(OSError):
                worker.pipe.send(None)
        worker.process.join(timeout=5)
        worker.pipe.close()

    def stop(self) -> None:
        """End all workers, whatever they do."""
        for worker in list(self.workers):
            self._dismiss(worker, kill=bool(worker.waiting))
