"""Who may ask: only this machine, by its own name, from the page's own forms. Against DNS rebinding and forged requests."""

from __future__ import annotations

import hmac
from email.message import Message

#: Sent with every answer. The report brings its own, stricter policy within the file (hashes of its one style and script).
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
REPORT_POLICY = "base-uri 'none'; frame-ancestors 'none'"


def own_host(headers: Message, port: int) -> bool:
    """Whether the request names this server as people do: a foreign name that leads here is refused."""
    return headers.get("Host", "") in {f"127.0.0.1:{port}", f"localhost:{port}"}


def own_page(headers: Message) -> bool:
    """Whether a change is asked for by this server's own page, as far as the browser says."""
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
    return origin in (None, f"http://{headers.get('Host')}") and site in (None, "same-origin", "none")


def own_form(sent: bytes | None, token: str) -> bool:
    """Whether the form carries the token of this server's forms."""
    return sent is not None and hmac.compare_digest(sent, token.encode())
