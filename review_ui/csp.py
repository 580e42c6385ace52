"""The headers on every answer: a strict content policy with a fresh nonce, and the rest."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

# Trusted Types are refused to every script, so no script of ours may write HTML from text.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'nonce-{nonce}' 'strict-dynamic'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NONCE_BYTES = 24


def install(app: Flask) -> None:
    """Put the headers on every answer of the app, errors included, and csp_nonce() in templates."""
    app.add_template_global(csp_nonce)
    app.after_request(_protect)


def csp_nonce() -> str:
    """Return this answer's nonce, the same one each time within the answer."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(NONCE_BYTES)
    nonce: str = g.csp_nonce
    return nonce


def _protect(response: Response) -> Response:
    """Add the headers; a view that sets a stricter policy of its own keeps it."""
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
    for name, value in HEADERS.items():
        response.headers[name] = value
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
