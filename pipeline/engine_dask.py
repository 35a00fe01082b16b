"""The engine on the machines of a Dask cluster: chunks of tasks go out, and on each machine a process of `engine.py` does them.

So a file that hangs or kills its process costs itself there as here; a machine that goes takes nothing with it, Dask gives its chunks
to another. Folders must have the same path on all machines. Tasks are small and the work is sent once; results come from the machines
directly. Needs the extra `dask`.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from shenwen.pipeline.engine import MEMORY, Lost, Pool

T = TypeVar("T")
R = TypeVar("R")
#: Tasks in a chunk, chunks for each thread that may be out; seconds to wait for the scheduler, and for workers when there are none.
_CHUNK, _AHEAD = 16, 3
_CONNECT_SECONDS, _DESERTED_SECONDS = 10, 60
#: Pools of this process that wait for a chunk, by the work they do.
_idle: dict[bytes, list[Pool[Any, Any]]] = {}


class ClusterProblem(Exception):
    """The cluster cannot be used; the message is for people, in Chinese."""


def run_on_cluster(
    tasks: Iterable[T], work: Callable[[T], R], lost: Callable[[T, Lost], R], address: str, seconds: float, memory: int = MEMORY
) -> Iterator[R]:
    """`run_all` on the cluster whose scheduler has this address. Raises ClusterProblem."""
    with _client(address) as client:
        order = client.submit(_same, pickle.dumps((work, str(Path.cwd()), seconds, memory)), pure=False)
        try:
            yield from _results(client, iter(tasks), order, lost)
        finally:
            client.run(_end)


def check_cluster(address: str, folders: Sequence[str]) -> None:
    """Raises ClusterProblem where the cluster cannot be reached, has another version of the program or does not see the folders."""
    with _client(address) as client:
        known = client.run(_known, [str(Path(folder).absolute()) for folder in folders])
    for worker, (its_version, missing) in sorted(known.items()):
        if its_version != version("shenwen"):
            raise ClusterProblem(f"{worker} 上的审文是 {its_version} 版，本机是 {version('shenwen')} 版")
        if missing:
            raise ClusterProblem(f"{worker} 上找不到 {missing[0]}：各台机器须以同一路径看到文件和索引")


def _client(address: str) -> Any:
    """A connection to a cluster that has at least one worker."""
    try:
        from distributed import Client
        from distributed.comm import parse_address, parse_host_port
    except ImportError as error:
        raise ClusterProblem("使用 Dask 需要可选组件：pip install 'shenwen[dask]'") from error
    try:
        parse_host_port(parse_address(address)[1])
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterProblem(f"无法连接 Dask 调度器 {address}（{error or type(error).__name__}）") from error
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
    except TimeoutError as error:
        client.close()
        raise ClusterProblem(f"Dask 调度器 {address} 下没有工作进程") from error
    return client


def _results(client: Any, tasks: Iterator[T], order: Any, lost: Callable[[T, Lost], R]) -> Iterator[R]:
    out: deque[tuple[list[T], Any]] = deque()
    while True:
        while len(out) < _AHEAD * max(sum(client.nthreads().values()), 1) and (chunk := list(islice(tasks, _CHUNK))):
            out.append((chunk, client.submit(_done, order, chunk, pure=False)))
        if not out:
            return
        chunk, future = out.popleft()
        for task, result in zip(chunk, _gathered(client, future), strict=True):
            yield lost(task, result) if isinstance(result, Lost) else result


def _gathered(client: Any, future: Any) -> Any:
    """The results of a chunk, as soon as they are there."""
    from distributed import KilledWorker

    deserted = 0
    while True:
        try:
            if isinstance(error := future.exception(timeout=_CONNECT_SECONDS), KilledWorker):
                raise ClusterProblem(f"Dask 的工作进程反复退出（{error}）")
            return client.gather(future, direct=True)
        except TimeoutError:
            deserted = 0 if client.nthreads() else deserted + _CONNECT_SECONDS
            if deserted >= _DESERTED_SECONDS:
                raise ClusterProblem("Dask 的工作进程都已退出") from None


# --- on the workers -------------------------------------------------------------------------------------------------------------


def _same(order: bytes) -> bytes:
    """A task whose result is its argument: what Dask loses of results it makes anew."""
    return order


def _done(order: bytes, chunk: list[Any]) -> list[Any]:
    """Results of a chunk; a `Lost` for a task that has none."""
    waiting = _idle.setdefault(order, [])
    pool = waiting.pop() if waiting else _pool(order)
    results = list(pool.run(iter(chunk), _why))
    waiting.append(pool)
    return results


def _pool(order: bytes) -> Pool[Any, Any]:
    """One process for the work. Dask forbids its workers to have any, and ends them by force: ours end when their pipe does."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    work, folder, seconds, memory = pickle.loads(order)
    return Pool(partial(_there, work=work, folder=folder), 1, seconds, memory)


def _there(task: Any, work: Callable[[Any], Any], folder: str) -> Any:
    """The work in the folder that paths are relative to."""
    os.chdir(folder)
    return work(task)


def _why(task: Any, why: Lost) -> Any:
    return why


def _end() -> None:
    while _idle:
        for pool in _idle.popitem()[1]:
            pool.stop()


def _known(folders: Sequence[str]) -> tuple[str, list[str]]:
    """The version of the program here, and the folders that are not there."""
    return version("shenwen"), [folder for folder in folders if not Path(folder).exists()]
