"""The index as Parquet tables, for analysts and their tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shenwen.corpus.index import Index


def write_parquet(index: Index, out: Path) -> list[str]:
    """Write `documents.parquet` and `passages.parquet` into `out`; the names written. Raises OSError."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    documents: list[dict[str, Any]] = []
    passages: list[dict[str, Any]] = []
    for stored in index.entries():
        entry = stored.entry
        documents.append(
            {
                "source": entry.source,
                "path": entry.path,
                "sha256": entry.sha256,
                "title": entry.title,
                "doc_number": entry.doc_number,
                "issuers": list(entry.issuers),
                "doc_type": entry.doc_type,
                "kind": entry.kind.value,
                "level": entry.level.value if entry.level else None,
                "issued_date": entry.issued_date,
                "published_date": entry.published_date,
                "effective_date": entry.effective_date,
                "expires_date": entry.expires_date,
                "expired": stored.expired,
            }
        )
        passages += [
            {
                "path": entry.path,
                "provision": unit.provision,
                "start": unit.span.start,
                "end": unit.span.end,
                "operative": unit.operative,
                "text": unit.text,
            }
            for unit in entry.units
        ]
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("documents", documents), ("passages", passages)):
        parquet.write_table(arrow.Table.from_pylist(rows), out / f"{name}.parquet", compression="zstd")
    return ["documents.parquet", "passages.parquet"]
