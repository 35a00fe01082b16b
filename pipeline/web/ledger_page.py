"""The register of tasks on the page: what is asked for in the address, what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from shenwen.corpus.tasks import State, Task
from shenwen.pipeline.ledger import STATES, Wanted, register, totals

#: The tasks of the index, read anew for each page.
Register = Callable[[], Iterable[Task]]
MOST_ROWS = 500


def ledger_words(tasks: Register, query: Mapping[str, str], today: date | None = None) -> dict[str, Any]:
    """What the template needs. A state that does not exist asks for all."""
    asked = {name: query.get(name, "").strip()[:100] for name in ("owner", "document", "state")}
    chosen = tuple(state for state in STATES if state.value == asked["state"])
    day = today or date.today()
    rows = register(tasks(), day, wanted=Wanted(owner=asked["owner"], document=asked["document"], states=chosen))
    return {
        "asked": asked,
        "states": [(state.value, words) for state, words in STATES.items() if state is not State.DONE],
        "names": STATES,
        "rows": rows[:MOST_ROWS],
        "total": len(rows),
        "totals": [(STATES[state], number) for state, number in totals(rows).items()],
        "today": day.isoformat(),
    }
