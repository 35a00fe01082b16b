"""The text of a document as the finders of obligations share it: masked once, scanned for modal words once."""

from __future__ import annotations

from bisect import bisect_left

from shenwen.extractors.obligations.modality import Modal, modals_in
from shenwen.extractors.obligations.segments import masked


class Page:
    """`text` is the view's text, `mask` the same with brackets and quotations blanked out."""

    __slots__ = ("_modals", "_starts", "mask", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.mask = masked(text)
        self._modals = list(modals_in(self.mask))
        self._starts = [modal.start for modal in self._modals]

    def modals(self, start: int, end: int) -> list[Modal]:
        """The modal words that begin between `start` and `end`."""
        return self._modals[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
