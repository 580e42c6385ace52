"""The bodies that the stand-in for X says no with, and the table of every name that it uses.

Reference: X's published specification, github.com/xdevplatform/docs openapi.json, versions 2.165
(old spelling), 2.167 and 2.168 (new spelling). What is not there is marked.
"""

from __future__ import annotations

from typing import Any

from tests.standins.base import Answer

PROBLEM = "application/problem+json"
TYPES = "https://api.x.com/2/problems/"

# Schema Post; the names of a spelling stand with its word as {name}.
POST_FIELDS = {
    "attachments": {"media_keys"},
    "author_id": set(),
    "conversation_id": set(),
    "created_at": set(),
    "edit_controls": {"edits_remaining", "is_edit_eligible", "editable_until"},
    "edit_history_{name}_ids": set(),
    "entities": {"urls", "start", "end", "url", "expanded_url", "display_url", "media_key"},
    "id": set(),
    "in_reply_to_user_id": set(),
    "lang": set(),
    "note_{name}": {"text"},
    "referenced_{name}s": {"type", "id"},
    "text": set(),
    "withheld": {"copyright", "country_codes"},
}
USER_FIELDS = {"id", "name", "username"}
META_FIELDS = {"newest_id", "oldest_id", "result_count", "next_token"}
# Schema Problem and its kinds; parameters and message stand in the errors of a 400.
PROBLEM_FIELDS = {
    *("type", "title", "detail", "status", "errors", "parameters", "message"),
    *("parameter", "resource_id", "resource_type", "section", "value", "reason"),
    *("client_id", "registration_url", "required_enrollment", "period", "scope"),
}
# RFC 6749.
TOKEN_FIELDS = {"token_type", "expires_in", "access_token", "scope", "refresh_token"}
TOKEN_ERROR_FIELDS = {"error", "error_description"}
PROBLEM_TYPES = {
    "about:blank",
    *(
        TYPES + kind
        for kind in (
            "invalid-request",
            "resource-not-found",
            "not-authorized-for-resource",
            "client-forbidden",
            "usage-capped",
            "unsupported-authentication",
            "oauth1-permissions",
            "credits",  # not in any reference: a guess at what X says once the credits are gone
        )
    ),
}

_FIELDS = {"tweet.fields", "post.fields", "expansions", "user.fields"}
_PAGED = {"max_results", "since_id", "until_id", "start_time", "end_time"}
PARAMETERS = {
    "mentions": _FIELDS | _PAGED | {"pagination_token"},
    "tweets": _FIELDS | _PAGED | {"pagination_token", "exclude"},
    "search": _FIELDS | _PAGED | {"next_token", "pagination_token", "query", "sort_order"},
    "lookup": _FIELDS,
    "me": _FIELDS,
    "hidden": set(),
}
LEAST_RESULTS = {"mentions": 5, "tweets": 5, "search": 10}


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Answer:
    """Return an answer that refuses."""
    where = kind if kind == "about:blank" else TYPES + kind
    body = {"title": title, "detail": detail, "type": where, "status": status, **more}
    return Answer(body, status, content_type=PROBLEM)


def invalid(parameter: str, value: str, message: str) -> Answer:
    """Return X's answer to a parameter that it does not take."""
    errors = [{"parameters": {parameter: [value]}, "message": message}]
    detail = "One or more parameters to your request was invalid."
    return problem(400, "Invalid Request", detail, "invalid-request", errors=errors)


def missing(post_id: str, parameter: str = "id") -> dict[str, Any]:
    """Return one error of an answer of 200: a post that is not there."""
    return {
        "value": post_id,
        "detail": f"Could not find tweet with {parameter}: [{post_id}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": parameter,
        "resource_id": post_id,
        "type": TYPES + "resource-not-found",
    }


def not_shown(post_id: str) -> dict[str, Any]:
    """Return one error of an answer of 200: a post that this account may not see."""
    return {
        "value": post_id,
        "detail": f"Sorry, you are not authorized to see the Tweet with id: [{post_id}].",
        "title": "Authorization Error",
        "resource_type": "tweet",
        "parameter": "id",
        "resource_id": post_id,
        "section": "data",
        "type": TYPES + "not-authorized-for-resource",
    }


def no_path() -> Answer:
    """Return what X says of a path that it does not have."""
    return Answer(b"", 404)


def unauthorized() -> Answer:
    """Return what X says of a token or a signature that it does not take."""
    return problem(401, "Unauthorized", "Unauthorized")


def forbidden() -> Answer:
    """Return what X says of an action that is not this account's to take."""
    return problem(403, "Forbidden", "You are not permitted to perform this action.")


def no_scope() -> Answer:
    """Return what X says of a token without the scope. Unconfirmed."""
    return problem(403, "Forbidden", "Forbidden")


def read_only() -> Answer:
    """Return what X says of an OAuth 1.0a app that may only read."""
    detail = (
        "Your client app is not configured with the appropriate oauth1 app permissions for this "
        "endpoint."
    )
    return problem(403, "Forbidden", detail, "oauth1-permissions")


def wrong_login() -> Answer:
    """Return what X says of an app's own token where it wants a user's."""
    detail = (
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported "
        "authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    )
    return problem(403, "Unsupported Authentication", detail, "unsupported-authentication")


def app_refused() -> Answer:
    """Return what X says of an app that is in no project."""
    return problem(
        403,
        "Client Forbidden",
        "When authenticating requests to the Twitter API v2 endpoints, you must use keys and "
        "tokens from a Twitter developer App that is attached to a Project.",
        "client-forbidden",
        reason="client-not-enrolled",
        required_enrollment="Appropriate Level of API Access",
        client_id="31",
        registration_url="https://developer.twitter.com/en/docs/projects/overview",
    )


def locked() -> Answer:
    """Return what X says of an account that it has locked. Unconfirmed."""
    return problem(403, "Forbidden", "Your account is temporarily locked. Please log in to X.")


def usage_capped() -> Answer:
    """Return the usage cap: a 429 without a near reset."""
    detail = "Usage cap exceeded: Monthly product cap"
    return problem(
        429, "UsageCapExceeded", detail, "usage-capped", period="Monthly", scope="Product"
    )


def out_of_credits(status: int = 402) -> Answer:
    """Return what X says once the credits are used up. Unconfirmed."""
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return problem(status, "CreditsDepleted", detail, "credits")


def too_many() -> Answer:
    """Return the answer of a rate limit."""
    return problem(429, "Too Many Requests", "Too Many Requests")


def down() -> Answer:
    """Return X's own body of a fault."""
    return problem(503, "Service Unavailable", "Service Unavailable")


def grant_refused() -> Answer:
    """Return what X says of a refresh token that was used before, or that it never gave."""
    body = {
        "error": "invalid_request",
        "error_description": "Value passed for the token was invalid.",
    }
    return Answer(body, 400)
