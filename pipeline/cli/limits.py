"""What one file may cost, for commands that ask no rules."""

from __future__ import annotations

from shenwen.extractors.content import Limits
from shenwen.pipeline.walk import UsageError


def limits_here() -> Limits:
    """The limits of the nearest `shenwen.toml`, else the defaults. Raises UsageError for a file that is not understood."""
    from pathlib import Path

    from shenwen.checks.settings import SettingsError, find_settings, load_settings

    path = find_settings(Path().resolve())
    try:
        settings = load_settings(path) if path else None
    except SettingsError as error:
        raise UsageError(str(error)) from error
    return Limits(**dict(settings.limits)) if settings else Limits()  # type: ignore[arg-type]  # the settings checked the kinds
