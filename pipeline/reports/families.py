"""Families: files joined by twos, gathered."""

from __future__ import annotations

from collections import defaultdict


class Families:
    """Names that belong together because they were joined, or because both were joined to others that were."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def head(self, name: str) -> str:
        """The first name of the family, in order; the name itself where it was joined to none."""
        while (above := self._above.get(name, name)) != name:
            self._above[name] = name = self._above.get(above, above)
        return name

    def join(self, a: str, b: str) -> None:
        first, second = sorted((self.head(a), self.head(b)))
        self._above.setdefault(first, first)
        self._above[second] = first

    def members(self) -> list[list[str]]:
        """The families, the largest first, each in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._above):
            found[self.head(name)].append(name)
        return sorted(found.values(), key=lambda each: (-len(each), each))
