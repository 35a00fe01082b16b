"""Precision and recall of the content-free rule: the labelled set of the tests, and folders of real documents that say something.

`python tests/benchmarks/content_free.py [FOLDER...]`: a flagged document of a folder counts as a false alarm and is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from test_content_free import RULE, flagged, labelled

from shenwen.checks.rule import Context, judge
from shenwen.corpus.model import Failure
from shenwen.pipeline.process import records_of


def main() -> int:
    verdicts = [(name, wanted, flagged(text)) for name, text, wanted in labelled()]
    right = sum(wanted and found for _, wanted, found in verdicts)
    missed = [name for name, wanted, found in verdicts if wanted and not found]
    wrong = [name for name, wanted, found in verdicts if found and not wanted]
    print(f"labelled {len(verdicts)}: precision {right / (right + len(wrong)):.3f}, recall {right / (right + len(missed)):.3f}")
    print("missed", missed, "wrong", wrong)
    for folder in sys.argv[1:]:
        records = [item for path in sorted(Path(folder).rglob("*")) if path.is_file() for item in records_of(path)]
        read = [record for record in records if not isinstance(record, Failure)]
        alarms = [record for record in read if judge(record.document, record.facts, Context(), [RULE])]
        print(f"{folder}: flagged {len(alarms)} of {len(read)}", *(record.document.path for record in alarms), sep="\n  ")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
