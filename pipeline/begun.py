"""What a batch has read so far, kept beside its results while it runs: a review that was stopped goes on where it was.

A row a file, as a scan keeps them; it counts while file, program, settings, day and index are the same. Files that did not end in their
time are tried again. With the results written, the rows are removed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from shenwen.corpus.index import Index, IndexProblem, open_index
from shenwen.corpus.model import Failure, Reason, Record
from shenwen.corpus.scan_table import Kept, ScanTable
from shenwen.pipeline.judging import Judge
from shenwen.pipeline.walk import mark_of, name_of

Items = list[Record | Failure]
FOLDER = ".begun"


class Begun:
    """The rows of one batch in the folder of its results. `close` when the batch ends, `remove` when its results are written."""

    def __init__(self, out: Path, judge: Judge, register: object = None) -> None:
        """Raises OSError where the folder cannot be written."""
        self._out, self._folder = out, out / FOLDER
        archive = judge.context.archive
        known = archive.state() if isinstance(archive, Index) else None
        made_by = (version("shenwen"), judge.settings, judge.context.today, register, known)
        self._version = hashlib.sha256(repr(made_by).encode()).hexdigest()[:16]
        self._index = self._opened()
        self._index.connection.execute("PRAGMA synchronous = OFF")  # what the system still holds outlives a killed process
        self._table = ScanTable(self._index)

    def _opened(self) -> Index:
        try:
            return open_index(self._folder, create=True)
        except IndexProblem:  # what an interrupted run left cannot be used
            shutil.rmtree(self._folder)
            return open_index(self._folder, create=True)

    def go_on(
        self, paths: Iterable[Path], read: Callable[[list[Path]], Iterator[tuple[Path, Items]]]
    ) -> Iterator[tuple[Path, Items]]:
        """Each file with its items, in order: those of files that are done, and of the others what `read` makes of them."""
        files = list(paths)
        done = {path for path in files if self._table.mark(name_of(path)) == mark_of(path, self._version)}
        fresh = read([path for path in files if path not in done])
        for path in files:
            if path in done:
                kept = self._table.kept(name_of(path))
                yield path, [*kept.records, *kept.failures]
            else:
                _, items = next(fresh)
                self._put(path, items)
                yield path, items

    def _put(self, path: Path, items: Items) -> None:
        records = tuple(item for item in items if isinstance(item, Record))
        failures = tuple(item for item in items if isinstance(item, Failure))
        if not any(each.reason in (Reason.TIMEOUT, Reason.CRASHED) for each in failures):
            self._table.put(name_of(path), mark_of(path, self._version), Kept(records, failures).packed())

    def close(self) -> None:
        """End the use; the rows stay."""
        self._index.close()

    def remove(self) -> None:
        """Remove the rows, and the folder of results where nothing else is in it."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(OSError):
            self._out.rmdir()
