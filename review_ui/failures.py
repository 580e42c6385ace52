"""What a refused request is answered with: one status per error, one plain page for all of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    SecurityError,
)
from werkzeug.routing import RequestRedirect

from moderation import errors
from moderation.errors import ModerationError

STATUS: Final[dict[type[ModerationError], int]] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.IllegalTransition: 409,
    errors.ClaimedByOther: 409,
    errors.EvidenceMissing: 409,
    errors.InvalidInput: 400,
    errors.SettingsError: 500,
    errors.StoreError: 503,
}

_TITLES: Final = {
    400: "There is a problem",
    403: "You may not do this",
    404: "Page not found",
    405: "This page cannot do that",
    409: "Nothing was changed",
    413: "That is too large",
    429: "Too many tries",
    500: "Something went wrong",
    503: "Watchroom cannot reach its record",
}
_SAYS: Final = {
    400: "Watchroom did not understand the request. Go back and try again.",
    404: "There is no such page, or what it shows is not yours to see.",
    405: "Go back and use the buttons on the page.",
    413: "What you sent is larger than Watchroom takes. Send a smaller file or a shorter text.",
    500: "Nothing was changed. Try again; if it happens again, tell the person who runs Watchroom.",
    503: "Nothing was changed. Wait a minute and try again; if it lasts, tell the person who runs "
    "Watchroom.",
}
_TOO_OLD: Final = (
    "This form has been open too long, or it was sent twice. Go back, open the page again and "
    "send it once more. Nothing was changed."
)
# Never shown again: what proves or guards something, or was typed to guard itself.
_NOT_REPEATED: Final = frozenset({"csrf_token", "form_id", "revision", "password", "email", "next"})


def install(app: Flask) -> None:
    """Answer every failure with a page that says what happened and what to do."""
    app.register_error_handler(ModerationError, _refused)
    app.register_error_handler(CSRFError, _too_old)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _record_away)
    app.register_error_handler(500, _broken)


def status_of(err: ModerationError) -> int:
    """Return the status of an error; the nearest class above it decides for one without its own."""
    return next(STATUS[kind] for kind in type(err).__mro__ if kind in STATUS)


def page(status: int, says: str = "", title: str = "") -> Response:
    """Return the page of one failure."""
    shown = render_template(
        "failure.html",
        title=title or _TITLES.get(status, HTTPStatus(status).phrase),
        says=says or _SAYS.get(status, HTTPStatus(status).phrase),
        typed=_typed(),
        back=_way_back(),
    )
    return make_response(shown, status)


def _refused(err: ModerationError) -> Response:
    return page(status_of(err), str(err))


def _too_old(_err: CSRFError) -> Response:
    return page(400, _TOO_OLD, "Send the form again")


def _wrong_host(_err: SecurityError) -> Response:
    """Answer without a page: with an unknown host name no address on it would be right."""
    return Response("This is not an address of Watchroom.\n", 400, mimetype="text/plain")


def _http(err: HTTPException) -> Response | HTTPException:
    if isinstance(err, RequestRedirect) or err.code is None or err.code < HTTPStatus.BAD_REQUEST:
        return err
    answer = page(err.code)
    if isinstance(err, MethodNotAllowed) and err.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(err.valid_methods))
    return answer


def _record_away(err: OperationalError) -> Response:
    current_app.logger.error("record_unavailable", extra={"kind": type(err.orig).__name__})
    return page(503)


def _broken(err: InternalServerError) -> Response:
    """Answer what nobody foresaw.

    A record that was away while the session was looked for arrives here too; the layout needs a
    session, so the answer goes without it.
    """
    if isinstance(err.original_exception, OperationalError):
        return Response(f"{_TITLES[503]}. {_SAYS[503]}\n", 503, mimetype="text/plain")
    return page(500)


def _typed() -> list[str]:
    """Return the texts of a refused form, so that nobody has to write them again."""
    if request.method != "POST" or request.content_length is None:
        return []
    limit = request.max_content_length
    if limit is not None and request.content_length > limit:
        return []
    return [
        value
        for name, value in request.form.items()
        if name not in _NOT_REPEATED
        and not name.startswith("password")
        and len(value) >= 3
        and (" " in value.strip() or len(value) > 40)
    ]


def _way_back() -> str:
    """Return the nearest page above a form's address, which is where the form stood."""
    if request.method != "POST" or request.url_rule is None:
        return "/"
    parts = request.path.strip("/").split("/")
    adapter = current_app.url_map.bind("")
    for length in range(len(parts), 0, -1):
        path = "/" + "/".join(parts[:length])
        if adapter.test(path, method="GET"):
            return path
    return "/"
