"""The bodies of a Mastodon instance's answers, and the reference they are checked against.

Read at github.com/mastodon/documentation, commit 2903485 (2 July 2026, Mastodon 4.5): the pages
content/en/entities and content/en/methods.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


def names(told: str) -> frozenset[str]:
    """Return the names in a line."""
    return frozenset(told.split())


ACCOUNT_FIELDS = names(
    "id username acct display_name locked bot discoverable group created_at note url avatar "
    "avatar_static header header_static followers_count following_count statuses_count "
    "last_status_at emojis fields"
)
STATUS_FIELDS = names(
    "id created_at edited_at in_reply_to_id in_reply_to_account_id sensitive spoiler_text "
    "visibility language uri url replies_count reblogs_count favourites_count content reblog "
    "account media_attachments mentions tags emojis card poll quote favourited reblogged muted "
    "bookmarked filtered"
)
REFERENCE: dict[str, frozenset[str]] = {
    "Account": ACCOUNT_FIELDS,
    "CredentialAccount": ACCOUNT_FIELDS | {"source", "role"},
    "Status": STATUS_FIELDS,
    "Notification": frozenset({"id", "type", "created_at", "account", "status", "group_key"}),
    "Context": frozenset({"ancestors", "descendants"}),
    "Quote": frozenset({"state", "quoted_status"}),
    "Poll": names(
        "id expires_at expired multiple votes_count voters_count options emojis voted own_votes"
    ),
    "MediaAttachment": names("id type url preview_url remote_url meta description blurhash"),
    "Relationship": names(
        "id following showing_reblogs notifying languages followed_by blocking blocked_by muting "
        "muting_notifications requested requested_by domain_blocking endorsed note"
    ),
    "Report": names(
        "id action_taken action_taken_at category comment forwarded created_at status_ids rule_ids "
        "target_account"
    ),
    "Application": names("id name website scopes redirect_uri redirect_uris vapid_key"),
    "Error": frozenset({"error", "error_description"}),
}
"""The fields that each entity may have."""

PARAMETERS: dict[str, frozenset[str]] = {
    "notifications": names(
        "max_id since_id min_id limit types[] exclude_types[] account_id include_filtered"
    ),
    "account statuses": names(
        "max_id since_id min_id limit only_media exclude_replies exclude_reblogs pinned tagged"
    ),
    "statuses": frozenset({"id[]"}),
    "relationships": frozenset({"id[]", "with_suspended"}),
    "reports": names("account_id status_ids[] comment forward category rule_ids[]"),
}
"""The parameters that each call may have; all others have none."""

ERRORS = frozenset(
    {
        (401, "The access token is invalid"),
        (401, "The access token was revoked"),
        (401, "The access token expired"),
        (403, "This action is outside the authorized scopes"),
        (403, "Your login is currently disabled"),
        (404, "Record not found"),
        (404, "Not Found"),
        (422, "This method requires an authenticated user"),
        (422, "Validation failed: Unknown parameter"),
        (422, "Validation failed: Comment is too long (maximum is 1000 characters)"),
        (422, "Validation failed: Rule ids does not reference valid rules"),
        (429, "Too many requests"),
        (500, "Internal Server Error"),
    }
)
"""The errors that the stand-in gives, each with its status."""


@dataclass
class Person:
    """Somebody with an account, here or on another instance."""

    id: str
    username: str
    domain: str = ""
    name: str = ""
    suspended: bool = False

    @property
    def acct(self) -> str:
        """Return the name under which the instance knows them."""
        return f"{self.username}@{self.domain}" if self.domain else self.username


@dataclass
class Toot:
    """One post. raw stands for its whole body where a test wants it broken."""

    id: str
    author: Person
    html: str
    at: datetime
    above: str | None = None
    above_author: str | None = None
    edited_at: datetime | None = None
    visibility: str = "public"
    warning: str = ""
    poll: tuple[str, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    quoted: Toot | None = None
    raw: bytes | None = None
    below: list[str] = field(default_factory=list)


def iso(at: datetime | None) -> str | None:
    """Return a time as Mastodon writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z" if at else None


def paragraphs(text: str) -> str:
    """Return a typed text as Mastodon's HTML."""
    parts = html.escape(text).split("\n\n")
    return "".join(f"<p>{part.replace(chr(10), '<br />')}</p>" for part in parts)


def account(who: Person, host: str) -> dict[str, Any]:
    """Return an Account."""
    home = who.domain or host
    return {
        "id": who.id,
        "username": who.username,
        "acct": who.acct,
        "display_name": who.name or who.username.title(),
        "locked": False,
        "bot": False,
        "created_at": "2024-01-01T00:00:00.000Z",
        "note": "",
        "url": f"https://{home}/@{who.username}",
        "followers_count": 3,
        "following_count": 4,
        "statuses_count": 5,
        "emojis": [],
        "fields": [],
    }


def status(toot: Toot, host: str) -> bytes:
    """Return a Status."""
    if toot.raw is not None:
        return toot.raw
    home = toot.author.domain or host
    body = {
        "id": toot.id,
        "created_at": iso(toot.at),
        "in_reply_to_id": toot.above,
        "in_reply_to_account_id": toot.above_author,
        "sensitive": bool(toot.warning),
        "spoiler_text": toot.warning,
        "visibility": toot.visibility,
        "language": "en",
        "uri": f"https://{home}/users/{toot.author.username}/statuses/{toot.id}",
        "url": f"https://{home}/@{toot.author.username}/{toot.id}",
        "replies_count": len(toot.below),
        "edited_at": iso(toot.edited_at),
        "content": toot.html,
        "reblog": None,
        "account": account(toot.author, host),
        "media_attachments": [
            {"id": str(at), "type": "image", "url": url, "description": says or None}
            for at, (url, says) in enumerate(toot.pictures, 1)
        ],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": _poll(toot),
        "quote": _quote(toot, host),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _poll(toot: Toot) -> dict[str, Any] | None:
    if not toot.poll:
        return None
    options = [{"title": title, "votes_count": 0} for title in toot.poll]
    return {"id": toot.id, "expired": False, "multiple": False, "options": options}


def _quote(toot: Toot, host: str) -> dict[str, Any] | None:
    if toot.quoted is None:
        return None
    return {"state": "accepted", "quoted_status": json.loads(status(toot.quoted, host))}


def relationship(who: str, *, blocking: bool) -> dict[str, Any]:
    """Return a Relationship."""
    return {"id": who, "following": False, "followed_by": False, "blocking": blocking}
