"""What one file may cost, for commands that ask no rules; the option that lets scans be recognised, for all."""

from __future__ import annotations

import click

from shenwen.extractors.content import Limits
from shenwen.pipeline.walk import UsageError

ocr_option = click.option("--ocr", is_flag=True, help="识别扫描件和图片中的文字（需可选组件 ocr，每页数秒）")


def limits_here(ocr: bool) -> Limits:
    """The limits of the nearest `shenwen.toml`, else the defaults. Raises UsageError for a file that is not understood."""
    from dataclasses import replace

    from shenwen.checks.settings import SettingsError
    from shenwen.pipeline.judging import settings_for
    from shenwen.pipeline.limits import limits_of

    try:
        settings = settings_for(None)
    except SettingsError as error:
        raise UsageError(str(error)) from error
    return limits_of(replace(settings, ocr=ocr or settings.ocr))
