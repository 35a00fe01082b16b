"""What a scan writes: one file a kind of row, in order of paths, each under a temporary name until it is whole.

Documents, obligations and findings come from workers that take up one file each, with the rules that ask the index or the other
documents; relations from workers that compare some pairs each; interpretations from all publications at once. What nothing has
changed for is left as it stands.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from shenwen.corpus.index import Index, open_index
from shenwen.corpus.model import Failure, Reason
from shenwen.corpus.relations import Relation
from shenwen.corpus.scan_table import Kept, ScanTable
from shenwen.pipeline.engine import Lost
from shenwen.pipeline.json_lines import rows_in
from shenwen.pipeline.judging import Judge, calendar_of, judge_with
from shenwen.pipeline.peers import forget_peers, peers_in
from shenwen.pipeline.scan import Job
from shenwen.pipeline.walk import name_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OF_FILES = ("documents.jsonl", "obligations.jsonl", "findings.jsonl")
RELATIONS, CLOCK, SHEET, AUDIT = "duplicates.jsonl", "interpretations.jsonl", "interpretations.xlsx", "audit.xlsx"
GRAPH = "relations.html"
FOR_AUDITORS = (SHEET, GRAPH, AUDIT)
OUTPUTS = (*OF_FILES, RELATIONS, CLOCK)
_MEMORY = "summary.json"
_PAIRS = 16
#: Rows of interpretations that are in memory at a time.
_ROWS = 1000
_FEW = 40
#: Seconds that a worker may compare some pairs, or finish one file.
_PATIENCE = 600.0


T = TypeVar("T")
R = TypeVar("R")


class ScanProblem(Exception):
    """Outputs that could not be made; the message is for people, in Chinese."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of an output, how many, and how many of each kind."""

    lines: bytes
    rows: int
    kinds: dict[str, int]


@dataclass(frozen=True, slots=True)
class Written:
    """An output as it was written: bytes, rows, rows by kind (status, severity, relation), and the state it was made from."""

    size: int
    rows: int
    kinds: dict[str, int]
    state: str


Summary = dict[str, Written]
Maker = Callable[[Index, Sequence[str], Job], Iterator[Sequence[Part]]]


def write_outputs(index: Index, files: Sequence[str], job: Job, out: Path) -> Summary:
    """All outputs, by name. Raises OSError where the folder cannot be written, ScanProblem where a comparison does not end."""
    out.mkdir(parents=True, exist_ok=True)
    state = state_of(index, files, job)
    today = f"{state}:{job.today.isoformat()}"
    makers: tuple[tuple[Sequence[str], str, Maker], ...] = (
        (OF_FILES, today, partial(_parts_of_files, pairing=state)),
        ((RELATIONS,), state, relations),
        ((CLOCK,), today, partial(_interpretations, pairing=state)),
    )
    summary, changed = _remembered(out), not all((out / name).is_file() for name in FOR_AUDITORS)
    for names, wanted, make in makers:
        if not all(_stands(out / name, summary.get(name), wanted) for name in names):
            summary |= _write(out, names, wanted, make(index, files, job))
            _remember(out, summary)
            changed = True
    if changed:
        _write_for_auditors(out, job.today)
    forget_peers(index, state)
    return summary


def _write_for_auditors(out: Path, today: date) -> None:
    """The workbooks and the page, from the rows that stand in the folder."""
    from shenwen.pipeline.reports.audit_xlsx import write_audit
    from shenwen.pipeline.reports.interpretations_xlsx import write_interpretations
    from shenwen.pipeline.reports.relations_html import write_relations

    write_interpretations(partial(rows_in, out / CLOCK), out / SHEET, today)
    write_relations(out, out / GRAPH, today)
    write_audit(out, out / AUDIT, today)


def state_of(index: Index, files: Sequence[str], job: Job) -> str:
    """A digest of all that the outputs depend on but the day; equal digests, equal outputs."""
    digest = hashlib.sha256(job.version.encode())
    table = ScanTable(index)
    for name in map(name_of, files):
        digest.update(f"{name}\0{table.mark(name)}\n".encode())
    digest.update(index.state().encode())
    return digest.hexdigest()


def _stands(file: Path, written: Written | None, state: str) -> bool:
    return written is not None and written.state == state and file.is_file() and file.stat().st_size == written.size


def _remembered(out: Path) -> Summary:
    """What was written into the folder before; nothing where that cannot be told."""
    import msgspec

    try:
        return msgspec.json.decode((out / _MEMORY).read_bytes(), type=dict[str, Written])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def _remember(out: Path, summary: Summary) -> None:
    import msgspec

    half = out / f".{_MEMORY}.part"
    half.write_bytes(msgspec.json.format(msgspec.json.encode(summary)) + b"\n")
    half.replace(out / _MEMORY)


def _write(out: Path, names: Sequence[str], state: str, parts: Iterable[Sequence[Part]]) -> Summary:
    """Write outputs side by side; each gets its name when all are whole."""
    rows, kinds = Counter[str](), {name: Counter[str]() for name in names}
    with ExitStack() as stack:
        halves = {name: stack.enter_context((out / f".{name}.part").open("wb")) for name in names}
        for each in parts:
            for name, part in zip(names, each, strict=True):
                halves[name].write(part.lines)
                rows[name] += part.rows
                kinds[name].update(part.kinds)
        for half in halves.values():
            half.flush()
            os.fsync(half.fileno())
        sizes = {name: half.tell() for name, half in halves.items()}
    for name in names:
        (out / f".{name}.part").replace(out / name)
    return {name: Written(sizes[name], rows[name], dict(sorted(kinds[name].items())), state) for name in names}


def part_of(rows: Iterable[dict[str, Any]], kind: str) -> Part:
    """The lines of some rows, counted by the value of their field `kind`."""
    import msgspec

    encoder = msgspec.json.Encoder()
    found = list(rows)
    return Part(b"".join(encoder.encode(row) + b"\n" for row in found), len(found), Counter(str(row[kind]) for row in found))


def _run(
    index: Index, job: Job, tasks: Iterable[T], many: int, work: Callable[[T], R], lost: Callable[[T, Lost], R]
) -> Iterator[R]:
    """The work in processes; few tasks (of so many) are done here, before a process would have started."""
    if job.scheduler:
        index.settle()
    if many > _FEW:
        return replace(job, seconds=_PATIENCE).engine(tasks, work, lost)
    _late.cache_clear()
    _entries.cache_clear()
    return map(work, tasks)


# --- documents, obligations, findings -------------------------------------------------------------------------------------------


def _parts_of_files(index: Index, files: Sequence[str], job: Job, pairing: str) -> Iterator[Sequence[Part]]:
    peers_in(index, pairing).close()
    work = partial(parts_of_file, job=job, folder=str(index.folder), pairing=pairing)
    yield from _run(index, job, map(name_of, files), len(files), work, _unfinished)


def parts_of_file(path: str, job: Job, folder: str, pairing: str) -> tuple[Part, ...]:
    """Rows of one file for the three outputs of files. Runs in a worker."""
    table, judge = _late(folder, job, pairing)
    kept = table.kept(path)
    return _parts(replace(kept, records=tuple(judge.judged(record)[0] for record in kept.records)))


@lru_cache(maxsize=1)
def _late(folder: str, job: Job, pairing: str) -> tuple[ScanTable, Judge]:
    """The rules that could not judge when the file was read, with the whole index."""
    index = open_index(Path(folder), settled=bool(job.scheduler))
    judge = judge_with(job.settings, index, job.today, peers_in(index, pairing))
    rules = tuple(rule for rule in judge.rules if rule.needs_index or rule.needs_peers)
    return ScanTable(index), replace(judge, rules=rules)


def _parts(kept: Kept) -> tuple[Part, ...]:
    from shenwen.pipeline.as_json import document_json, finding_json, obligation_json

    documents = [document_json(each.document, each.facts) | {"status": "ok", "reason": None} for each in kept.records]
    documents += [_failed(failure) for failure in kept.failures]
    duties = ({"path": each.document.path} | obligation_json(duty) for each in kept.records for duty in each.facts.obligations)
    return (
        part_of(sorted(documents, key=lambda row: str(row["path"])), "status"),
        part_of(({"type": "obligation"} | row for row in duties), "type"),
        part_of((finding_json(finding) for each in kept.records for finding in each.findings), "severity"),
    )


def _failed(failure: Failure) -> dict[str, Any]:
    return {
        "type": "document",
        "path": failure.path,
        "sha256": failure.sha256,
        "status": failure.status,
        "reason": failure.reason.value,
        "message": failure.message,
    }


def _unfinished(path: str, why: Lost) -> tuple[Part, ...]:
    if why.reason is not Reason.TIMEOUT:
        raise ScanProblem(f"整理 {path} 的结果时出错：{why.message}")
    return _parts(Kept(failures=(Failure(path, why.reason, why.message),)))


# --- relations ------------------------------------------------------------------------------------------------------------------


def relations(index: Index, files: Sequence[str], job: Job) -> Iterator[Sequence[Part]]:
    """Relations among the documents of the files, and between these and the laws of the index."""
    pairs = _pairs(index, files)
    starts = range(0, len(pairs), _PAIRS)
    chunks = (pairs[at : at + _PAIRS].tolist() for at in starts)
    work = partial(relations_of_pairs, folder=str(index.folder), settled=bool(job.scheduler))
    for part in _run(index, job, chunks, len(starts), work, _not_compared):
        yield (part,)


def _pairs(index: Index, files: Sequence[str]) -> NDArray[np.int64]:
    """Ids of documents worth comparing, by paths: a row for each pair."""
    import numpy as np

    from shenwen.corpus.namesakes import with_namesakes
    from shenwen.corpus.postings import candidates, linked
    from shenwen.corpus.postings_files import prints_of

    scanned = set(map(name_of, files))
    ids = np.fromiter((number for number, *_ in _compared(index, scanned)), np.int64)
    laws = np.fromiter((source == "law" for _, source, _ in _compared(index, scanned)), bool)
    alike = candidates(linked(map(prints_of, index.prints(ids.tolist())), index.folder))[:, :2]
    found = with_namesakes(alike, (title for *_, title in _compared(index, scanned)))
    a, b = found[:, 0], found[:, 1]
    apart = ~(laws[a] & laws[b])
    return np.stack([ids[a[apart]], ids[b[apart]]], axis=1)


def _compared(index: Index, scanned: Container[str]) -> Iterator[tuple[int, str, str | None]]:
    """`(id, source, title)` of laws and of the documents of these files, by path."""
    for path, source, number, title in index.places():
        if source == "law" or _file_of(path) in scanned:
            yield number, source, title


def relations_of_pairs(pairs: Sequence[Sequence[int]], folder: str, settled: bool = False) -> Part:
    """Rows of `duplicates.jsonl` for pairs of ids. Runs in a worker."""
    from shenwen.corpus.matching import align
    from shenwen.corpus.relations import relate

    entry = _entries(folder, settled)
    entries = ((entry(a), entry(b)) for a, b in pairs)
    found = (relate(first, second, align(first, second)) for first, second in entries)
    return part_of((relation_json(relation) for relation in found if relation), "relation")


@lru_cache(maxsize=1)
def _entries(folder: str, settled: bool) -> Any:
    return lru_cache(maxsize=512)(open_index(Path(folder), settled=settled).entry)


def relation_json(relation: Relation) -> dict[str, Any]:
    """A row of `duplicates.jsonl`."""
    return {
        "a": relation.a,
        "b": relation.b,
        "relation": relation.relation.value,
        "coverage_a": round(relation.coverage_a, 4),
        "coverage_b": round(relation.coverage_b, 4),
        "reason": relation.reason,
        "pairs": [{"a_provision": a, "b_provision": b, "similarity": round(s, 4)} for a, b, s in relation.pairs],
    }


def _not_compared(pairs: Sequence[Sequence[int]], why: Lost) -> Part:
    raise ScanProblem(f"比较文件时出错：{why.message}。已读取的内容都在索引中，可以再次运行")


# --- interpretations ------------------------------------------------------------------------------------------------------------


def _interpretations(index: Index, files: Sequence[str], job: Job, pairing: str) -> Iterator[Sequence[Part]]:
    """Rows of all documents and interpretations that the index knows, where one of the files has a part in them."""
    from shenwen.pipeline.interpretations import rows_of_pairing

    scanned = set(map(name_of, files))
    peers = peers_in(index, pairing)
    rows = rows_of_pairing(peers, job.today, calendar_of(job.settings), job.settings)
    own = (row for row in rows if not scanned.isdisjoint(_files_in(row)))
    while some := list(islice(own, _ROWS)):
        yield (part_of(some, "status"),)
    peers.close()


def _files_in(row: dict[str, Any]) -> set[str]:
    return {_file_of(path) for path in (row["policy"], row["interpretation"]) if path}


def _file_of(path: str) -> str:
    """The file that a document was read from: the archive, for a member of one."""
    return path.split("!/")[0]
