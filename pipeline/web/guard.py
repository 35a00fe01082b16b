"""Who may ask: only this machine, by its own name, from the page's own forms. Against DNS rebinding and forged requests."""

from __future__ import annotations

import hmac

from werkzeug.datastructures import Headers

#: Sent with every answer. The report brings its own, stricter policy within the file (hashes of its one style and script).
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
REPORT_POLICY = "base-uri 'none'; frame-ancestors 'none'"


def own_host(headers: Headers, port: int | None) -> bool:
    """Whether the request names this server as people do: a foreign name that leads here is refused."""
    return headers.get("Host", "") in {f"127.0.0.1:{port}", f"localhost:{port}"}


def own_page(headers: Headers) -> bool:
    """Whether a change is asked for by this server's own page, as far as the browser says."""
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
    return origin in (None, f"http://{headers.get('Host')}") and site in (None, "same-origin", "none")


def same(given: str | None, secret: str) -> bool:
    """Whether someone knows the secret; takes as long for a near miss as for any other."""
    return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
