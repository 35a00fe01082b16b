"""What one file may cost, as the settings say."""

from __future__ import annotations

from shenwen.checks.settings import Settings
from shenwen.extractors.content import Limits

#: A page that is recognised takes seconds: where scans are, the default limit of time is longer.
_OCR_SECONDS = 600.0


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings give, the default ones for the rest."""
    usual = {"seconds": _OCR_SECONDS} if settings.ocr else {}
    return Limits(**usual | dict(settings.limits), ocr=settings.ocr)  # type: ignore[arg-type]  # the settings checked the kinds
