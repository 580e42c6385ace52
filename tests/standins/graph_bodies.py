"""The Graph API's bodies: JSON escaped as Meta escapes it, and its errors word for word."""

from __future__ import annotations

import json
from typing import Any

from tests.standins.base import Answer


class GraphFault(Exception):
    """The platform's own error, as the answer that it is."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def encoded(body: Any) -> bytes:
    """Return JSON as Meta writes it: no letter beyond ASCII, and every slash escaped."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def error(
    message: str,
    code: int,
    *,
    subcode: int | None = None,
    status: int = 400,
    kind: str = "OAuthException",
    transient: bool | None = None,
) -> Answer:
    """Return one error. Which parts it has differs from error to error."""
    told: dict[str, Any] = {"message": message, "type": kind, "code": code}
    if subcode is not None:
        told["error_subcode"] = subcode
    if transient is not None:
        told["is_transient"] = transient
    told["fbtrace_id"] = f"A{code}x{subcode or 0}"
    return Answer(encoded({"error": told}), status)


def not_there(method: str, native_id: str) -> Answer:
    """Return what is said of an object that is gone, and as well of one that may not be seen."""
    return error(
        f"Unsupported {method.lower()} request. Object with ID '{native_id}' does not exist, "
        "cannot be loaded due to missing permissions, or does not support this operation.",
        100,
        subcode=33,
        kind="GraphMethodException",
    )


def no_alias(name: str) -> Answer:
    """Return what is said of a name that is nobody's."""
    return error(f"(#803) Some of the aliases you requested do not exist: {name}", 803, status=404)


def no_path(path: str) -> Answer:
    """Return what is said of a path that leads nowhere."""
    return error(f"Unknown path components: {path}", 2500, status=404)


def no_field(name: str, kind: str) -> Answer:
    """Return what is said of a field that a type has not."""
    return error(f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind})", 100)


def bad_parameter(name: str) -> Answer:
    """Return what is said of a parameter that is unknown or out of bounds."""
    return error(f"(#100) Param {name} is not valid", 100)


def bad_cursor() -> Answer:
    """Return what is said of a cursor from elsewhere, or from long ago. Unconfirmed wording."""
    return error("(#100) Invalid cursors values", 100)


DEAD = {
    458: "Error validating access token: The user has not authorized application 1.",
    459: "Error validating access token: You cannot access the app till you log in to "
    "www.facebook.com and follow the instructions given.",
    460: "Error validating access token: The session has been invalidated because the user "
    "changed their password or Facebook has changed the session for security reasons.",
    463: "Error validating access token: Session has expired",
    464: "Error validating access token: Sessions for the user are not allowed because the user "
    "is not a confirmed user.",
    467: "Error validating access token: The session is invalid because the user logged out.",
}
"""The ways in which a token dies, by subcode."""


def dead_token(subcode: int) -> Answer:
    """Return what is said to a token that has died."""
    return error(DEAD[subcode], 190, subcode=subcode)


def unknown_token() -> Answer:
    """Return what is said to a token that never was."""
    return error("Invalid OAuth access token - Cannot parse access token", 190)


def no_role() -> Answer:
    """Return what is said to a living token of somebody without a role on the Page."""
    return error(
        "Any of the pages_read_engagement, pages_manage_metadata, pages_read_user_content, "
        "pages_manage_ads, pages_show_list or pages_messaging permission(s) must be granted "
        "before impersonating a user's page.",
        190,
    )


def may_not_read(permission: str) -> Answer:
    """Return what is said to a token without a permission to read."""
    return error(
        f"(#10) This endpoint requires the '{permission}' permission or the 'Page Public Content "
        "Access' feature.",
        10,
        status=403,
    )


def may_not_act(permission: str) -> Answer:
    """Return what is said to a token without a permission to act."""
    return error(f"(#200) Requires {permission} permission to manage the object", 200, status=403)


def refused_item() -> Answer:
    """Return what is said of one item that cannot be hidden or deleted. Unconfirmed wording."""
    return error("(#200) Permissions error", 200, status=403)


def punished() -> Answer:
    """Return what is said to an account that is being punished."""
    return error(
        "The action attempted has been deemed abusive or is otherwise disallowed", 368, status=403
    )


THROTTLES = {
    4: "(#4) Application request limit reached",
    17: "(#17) User request limit reached",
    32: "(#32) Page request limit reached",
    613: "(#613) Calls to this api have exceeded the rate limit.",
    80001: "(#80001) There have been too many calls to this Page account.",
    80002: "(#80002) There have been too many calls to this Instagram account.",
}


def throttled(code: int) -> Answer:
    """Return what is said to whoever asks too often. The status is never 429."""
    return error(THROTTLES[code], code, status=403 if code < 100 else 400, transient=code == 4)


def broken(method: str) -> Answer:
    """Return the platform's own 500."""
    return error(
        f"An unexpected error has occurred. Please retry your request later. ({method})",
        2,
        status=500,
        transient=True,
    )
