"""Self-contained pages: a template with the style sheet and the script of its name inside, and a policy that allows only these.

The look that pages have in common is in `report.css`.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import Any


def page_of(name: str, **values: Any) -> str:
    """The page `NAME.html` with `report.css`, `NAME.css` and `NAME.js`; every value is escaped."""
    from jinja2 import Environment, StrictUndefined

    style = "\n".join(_file(each) for each in dict.fromkeys(("report.css", f"{name}.css")))
    script = _file(f"{name}.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_file(f"{name}.html")).render(
        **values,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; form-action 'none'",
    )


def _file(name: str) -> str:
    return resources.files(__package__ or "shenwen.pipeline.reports").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """How a content security policy names one inline style or script. The template puts a line end on both sides."""
    return "sha256-" + base64.b64encode(hashlib.sha256(f"\n{text}\n".encode()).digest()).decode()
