"""The address that health checks ask: does this process answer, and does the record?"""

from __future__ import annotations

from flask import Blueprint, Response

from review_ui import shell

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def show() -> Response:
    """Answer 200 when the record answers; a record that is away makes it 503."""
    shell.store().check()
    return Response("ok\n", mimetype="text/plain")
